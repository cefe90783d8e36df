"""The legal bases on which a holder may object: those that this item and this holder give, and one to be written."""

from __future__ import annotations

from typing import Final, NamedTuple

from doorstep.cases.rules.admission import Barred, barred_from_grids
from doorstep.cases.rules.decline import WRITTEN
from doorstep.catalogue.item import Catalogue, Item, Level
from doorstep.core.text import Message, language, say

LAWS: Final = frozenset(
    {
        "urban-management", "sanitation", "greenery", "housing", "planning", "water", "drainage", "power", "gas",
        "fire", "police", "traffic-police", "emergency", "ecology", "market", "health", "human-resources", "transport",
    }
)  # fmt: skip
"""Departments whose own law is named in words; others act by their list of powers and duties."""


class Basis(NamedTuple):
    """One basis: its name in the ledger, and its words."""

    key: str
    message: Message


def bases(item: Item | None, holder: Level, own: frozenset[str], catalogue: Catalogue) -> list[Basis]:
    """What this holder may rest an objection on; `own` are the holder's own trades."""
    found = []
    barred = barred_from_grids(item) if holder is Level.GRID else None
    if barred is Barred.OFF_THE_LIST:
        found.append(Basis("off-the-list", say("objection-basis-off-the-list")))
    if _is_department_work(item) and holder is not Level.DEPARTMENT:
        found.append(Basis("department-work", say("objection-basis-department-work")))
    found.extend(_duties(item, own, catalogue))
    if holder is Level.PROPERTY:
        found.append(Basis("contract", say("objection-basis-contract")))
    found.append(Basis("place", say("objection-basis-place")))
    found.append(Basis("duties", say("objection-basis-duties")))
    found.append(Basis(WRITTEN, say("objection-basis-written")))
    return found


def _is_department_work(item: Item | None) -> bool:
    return barred_from_grids(item) is Barred.DEPARTMENT_WORK


def _duties(item: Item | None, own: frozenset[str], catalogue: Catalogue) -> list[Basis]:
    """The item names another department, by its own law where that is known."""
    trades = [each.department for each in item.who if each.department] if item is not None else []
    return [_duty(trade, catalogue) for trade in trades if trade not in own]


def _duty(trade: str, catalogue: Catalogue) -> Basis:
    named = catalogue.departments[trade].name.said(language())
    if trade in LAWS:
        return Basis(f"law-{trade}", say("objection-basis-law", department=named, law=say(f"objection-law-{trade}")))
    return Basis(f"duty-{trade}", say("objection-basis-duty", department=named))


def basis_named(key: str, catalogue: Catalogue) -> Message:
    """The words of a basis that the ledger keeps."""
    kind, _, trade = key.partition("-")
    if kind in ("law", "duty") and trade in catalogue.departments:
        return _duty(trade, catalogue).message
    if key == WRITTEN:
        return say("objection-basis-written-told")
    return say(f"objection-basis-{key}")
