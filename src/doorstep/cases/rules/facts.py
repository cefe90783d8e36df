"""What the rules are told: plain facts about a case and about the units that may act on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, NewType

from doorstep.areas import names
from doorstep.catalogue.item import Handler, Item, Level, Urgency
from doorstep.core.text import Message
from doorstep.core.time.limits import Limit

UnitId = NewType("UnitId", str)
AreaCode = NewType("AreaCode", str)
"""12 digits for a community, 15 for a grid, 17 for a micro-grid; who serves a code serves all that begin with it."""


@dataclass(frozen=True)
class CaseFacts:
    """A case as the rules see it.

    `area` is the finest area known, `declined_by` whoever has already said no, `complained_of` the units that it
    complains about, `raised_from` the level that could not solve it.
    """

    number: str
    area: AreaCode
    item: Item | None
    urgency: Urgency
    reported_at: datetime
    declined_by: frozenset[UnitId] = frozenset()
    complained_of: frozenset[UnitId] = frozenset()
    raised_from: Level | None = None


@dataclass(frozen=True)
class UnitFacts:
    """A unit that may act: where, at which level, in which trades, and whether anybody is there.

    `is_staffed` says that a post of it is held; liaisons and volunteers are no staff and do not count. `is_on_call`
    says that it takes critical cases at this moment. `is_outside` says that it has no accounts and works by links: no
    rule sends it anything, a person does.
    """

    id: UnitId
    name: str
    level: Level
    serves: frozenset[AreaCode]
    departments: frozenset[str] = frozenset()
    is_staffed: bool = True
    is_on_call: bool = False
    is_outside: bool = False
    open_cases: int = 0

    @property
    def said(self) -> Message | str:
        """What it is called, for a sentence: a grid that nobody named has its name in every language."""
        return names.said(self.name)

    @property
    def is_reached(self) -> bool:
        """Whether somebody there would see what a person sends."""
        return self.is_staffed or self.is_outside

    def covers(self, area: AreaCode) -> bool:
        return any(area.startswith(served) for served in self.serves)

    def fits(self, handler: Handler) -> bool:
        return (
            not self.is_outside
            and self.level is handler.level
            and (not handler.department or handler.department in self.departments)
        )

    def nearness(self, area: AreaCode) -> int:
        """How closely its territory fits: digits of the longest served code that holds the area."""
        return max((len(served) for served in self.serves if area.startswith(served)), default=0)

    def place_in_a_list(self, area: AreaCode) -> tuple[int, AreaCode, str]:
        """The nearest first, then by code: the tenth grid stands behind the ninth."""
        return -self.nearness(area), min(self.serves, default=AreaCode("")), self.name


class Choice(NamedTuple):
    """Who should act, and why, in words the resident may read; `limit` where the table asks for a shorter one."""

    unit: UnitId
    because: Message
    together_with: tuple[UnitId, ...] = ()
    limit: Limit | None = None


def able(case: CaseFacts, units: Sequence[UnitFacts]) -> list[UnitFacts]:
    """Units that may be asked at all: there, staffed, not complained about, and not one that has declined."""
    refused = case.declined_by | case.complained_of
    return [unit for unit in units if unit.is_staffed and unit.id not in refused and unit.covers(case.area)]


def first_to_ask(case: CaseFacts, units: Sequence[UnitFacts]) -> UnitFacts:
    """The nearest of them, and of those the one with the least on its hands.

    Ties go to the earlier name, so that the same facts give the same unit on every run.
    """
    return min(units, key=lambda unit: (-unit.nearness(case.area), unit.open_cases, unit.name, unit.id))
