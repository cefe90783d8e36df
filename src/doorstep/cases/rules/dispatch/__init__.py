"""Who should act? The first rule that knows decides; when none does, a person is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from doorstep.cases.rules.dispatch import (
    community_desk,
    department,
    grid_team,
    legal_channel,
    on_call,
    property_company,
    subdistrict,
)
from doorstep.cases.rules.facts import CaseFacts, Choice, UnitFacts, UnitId, able, first_to_ask
from doorstep.catalogue.item import LegalChannel
from doorstep.core.text import Message

Rule = Callable[[CaseFacts, Sequence[UnitFacts]], Choice | None]

RULES: Final[tuple[Rule, ...]] = (
    on_call.choose,
    grid_team.choose,
    property_company.choose,
    community_desk.choose,
    department.choose,
    subdistrict.choose,
)
"""Danger first, then from the nearest to the farthest."""


class Explained(NamedTuple):
    """The law gives the matter to another channel: nobody here decides it, the way there is explained."""

    channel: LegalChannel
    because: Message


def choose_unit(case: CaseFacts, units: Sequence[UnitFacts]) -> Choice | Explained | None:
    """Who acts first and who is called to help; or the legal channel; or None, and a person is asked."""
    if (legal := legal_channel.explain(case)) is not None:
        return Explained(*legal)
    for rule in RULES:
        if (choice := rule(case, units)) is not None:
            return choice._replace(together_with=tuple(_helpers(case, units, choice)))
    return None


def _helpers(case: CaseFacts, units: Sequence[UnitFacts], choice: Choice) -> list[UnitId]:
    helpers: list[UnitId] = []
    for handler in case.item.together_with if case.item else ():
        fitting = [unit for unit in able(case, units) if unit.fits(handler) and unit.id != choice.unit]
        if fitting:
            helpers.append(first_to_ask(case, fitting).id)
    return helpers
