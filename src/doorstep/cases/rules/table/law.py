"""What no row may do, whoever writes it: the law stands above the table.

A row is refused when it is written; where the catalogue changes later, it is passed over when a case comes.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from doorstep.cases.rules.admission import Barred, barred_from_grids
from doorstep.cases.rules.table.rows import Row, To
from doorstep.catalogue.item import Item, Level

BELOW_A_DEPARTMENT: Final = frozenset({Level.GRID, Level.PROPERTY, Level.COMMUNITY})
"""To whom nothing may be pushed down that only departments may do; a subdistrict office brings them together."""


class Law(StrEnum):
    """What stands against a row; the words of each name the rule and the law."""

    NO_ITEM = "no-item"
    OFF_THE_LIST = "off-the-list"
    DEPARTMENT_WORK = "department-work"
    LEGAL_CHANNEL = "legal-channel"


class Unlawful(NamedTuple):
    """One thing that the law forbids of a row, and the items that it is about."""

    law: Law
    items: tuple[str, ...] = ()


def against(item: Item | None, level: Level) -> Law | None:
    """What stands against giving this to somebody of that level."""
    if item is not None and item.legal_channel is not None:
        return Law.LEGAL_CHANNEL
    barred = barred_from_grids(item)
    if barred is Barred.DEPARTMENT_WORK and level in BELOW_A_DEPARTMENT:
        return Law.DEPARTMENT_WORK
    return Law(barred) if barred is not None and level is Level.GRID else None


def unlawful(row: Row, items: Iterable[Item], level_of: dict[str, Level]) -> list[Unlawful]:
    """What the law forbids of a row; `level_of` tells the levels of the units that rows name."""
    level = level_of_holder(row.holder, level_of)
    if level is None:
        return []
    found: dict[Law, list[str]] = {}
    for item in items:
        # A class may hold a matter of the courts among others: those never come to the table. Naming it is a mistake.
        is_named = item.id in row.what
        law = against(item, level) if row.is_about(item) else None
        if law is not None and (law is not Law.LEGAL_CHANNEL or is_named):
            found.setdefault(law, []).append(item.id)
    if not row.what and level is Level.GRID:
        found.setdefault(Law.NO_ITEM, [])
    return [Unlawful(law, tuple(named)) for law, named in found.items()]


def level_of_holder(to: To, level_of: dict[str, Level]) -> Level | None:
    """The level of whoever a row sends to; None for a unit that is not there."""
    return to.kind.level if to.kind is not None else level_of.get(str(to.unit))
