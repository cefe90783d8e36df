"""Who should act? One order, from the law down: the legal channel, the level above where the one below could not solve
it, the city's table, then the rules of the house.

Critical first among the rules of the house, then from the nearest to the farthest. The first that knows decides; when
none does, a person is asked. What was tried before is kept with the decision, so that "why me?" has an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

from doorstep.cases.rules.dispatch import (
    by_table,
    community_desk,
    department,
    grid_team,
    legal_channel,
    on_call,
    property_company,
    raised,
    standing_in,
    subdistrict,
)
from doorstep.cases.rules.dispatch.passed import Passed, why_passed
from doorstep.cases.rules.facts import CaseFacts, Choice, UnitFacts, UnitId, able, first_to_ask
from doorstep.cases.rules.table.moment import Moment
from doorstep.cases.rules.table.rows import Row, Table
from doorstep.catalogue.item import LegalChannel, Level
from doorstep.core.text import Message


class Rule(NamedTuple):
    """A rule of the house: what it chooses, and, when it chose nobody, why not."""

    name: str
    choose: Callable[[CaseFacts, Sequence[UnitFacts]], Choice | None]
    why_passed: Callable[[CaseFacts, Sequence[UnitFacts]], Passed]


RULES: Final = (
    Rule("on-call", on_call.choose, partial(why_passed, None)),
    Rule("grid-team", grid_team.choose, partial(why_passed, Level.GRID)),
    Rule("property-company", property_company.choose, partial(why_passed, Level.PROPERTY)),
    Rule("community-desk", community_desk.choose, partial(why_passed, Level.COMMUNITY)),
    Rule("department", department.choose, partial(why_passed, Level.DEPARTMENT)),
    Rule("standing-in", standing_in.choose, standing_in.why_passed),
    Rule("subdistrict", subdistrict.choose, partial(why_passed, Level.SUBDISTRICT)),
)
"""Danger first, then from the nearest to the farthest."""

TABLE: Final = "table"


class Explained(NamedTuple):
    """The law gives the matter to another channel: nobody here decides it, the way there is explained."""

    channel: LegalChannel
    because: Message


@dataclass(frozen=True)
class Decided:
    """What came of a case, which rule or row said so, and what was tried before it.

    `tried` names rules, and rows by their number as `row:7`, each with why it did not decide; rows that do not fit the
    case are not among them.
    """

    came_of_it: Choice | Explained | None
    by: str = ""
    row: Row | None = None
    tried: tuple[tuple[str, Passed], ...] = ()


def decide(
    case: CaseFacts, units: Sequence[UnitFacts], table: Table | None = None, moment: Moment | None = None
) -> Decided:
    """The whole answer: who acts, by which rule or row, and what was passed over."""
    if (legal := legal_channel.explain(case)) is not None:
        return Decided(Explained(*legal), by="legal-channel")
    if (above := raised.choose(case, units)) is not None:
        return Decided(above, by="raised")
    passed: list[tuple[Row, Passed]] = []
    found = by_table.choose(case, moment, units, table, passed) if table is not None and moment is not None else None
    tried = [(f"row:{row.id}", why) for row, why in passed]
    if found is not None:
        by_row = found.choice._replace(together_with=_with_helpers(case, units, found.choice))
        return Decided(by_row, TABLE, found.row, tuple(tried))
    for rule in RULES:
        if (choice := rule.choose(case, units)) is not None:
            helped = choice._replace(together_with=_with_helpers(case, units, choice))
            return Decided(helped, rule.name, None, tuple(tried))
        tried.append((rule.name, rule.why_passed(case, units)))
    return Decided(None, tried=tuple(tried))


def choose_unit(
    case: CaseFacts, units: Sequence[UnitFacts], table: Table | None = None, moment: Moment | None = None
) -> Choice | Explained | None:
    """Who acts first and who is called to help; or the legal channel; or None, and a person is asked."""
    return decide(case, units, table, moment).came_of_it


def _with_helpers(case: CaseFacts, units: Sequence[UnitFacts], choice: Choice) -> tuple[UnitId, ...]:
    """Whoever the row names, then whoever the item always calls to help; never the holder."""
    helpers = list(choice.together_with)
    for handler in case.item.together_with if case.item else ():
        fitting = [unit for unit in able(case, units) if unit.fits(handler) and unit.id != choice.unit]
        if fitting:
            helpers.append(first_to_ask(case, fitting).id)
    return tuple(dict.fromkeys(helpers))
