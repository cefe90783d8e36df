"""The parts of a case that were called for, and the case that a part belongs to."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import QuerySet

from doorstep.cases.models import Part
from doorstep.cases.rules.calling import SCORES as SCORES
from doorstep.cases.rules.calling import Part as PartFacts
from doorstep.cases.rules.facts import UnitId
from doorstep.cases.rules.outside import MAY_WORK_BY_LINK
from doorstep.core.access import Actor, Role

LATEST: Final = 50


class PartRow(NamedTuple):
    """One unit's part, as its case and the case that it belongs to show it."""

    number: str
    whole_number: str
    unit: str
    caller: str | None
    called_at: datetime
    answer_by: datetime
    answered_at: datetime | None
    place: str
    meet_at: datetime | None
    ended_at: datetime | None
    outcome: str
    score: int | None
    unit_kind: str

    @property
    def may_have_link(self) -> bool:
        """Whether the unit may send somebody who comes by a link."""
        return self.is_open and self.unit_kind in MAY_WORK_BY_LINK

    @property
    def is_open(self) -> bool:
        """Whether the unit is still at it."""
        return self.ended_at is None

    def is_silent(self, at: datetime) -> bool:
        """Whether the unit should have said by now that it comes."""
        return self.is_open and self.answered_at is None and self.answer_by < at


def parts_of(case: int) -> list[PartRow]:
    """The parts of a case in the order of the calls, as far as whoever asks may see them."""
    return _rows(Part.objects.filter(whole=case).order_by("called_at", "case_id"))


def part_of(case: int) -> PartRow | None:
    """How this case is a part of another; None when it stands for itself."""
    return next(iter(_rows(Part.objects.filter(case=case))), None)


def latest_parts(by: Actor) -> list[PartRow]:
    """The latest calls that concern whoever asks: a department its own answers, a desk those of its area."""
    rows = Part.objects.filter(unit=by.unit) if by.role in (Role.DEPARTMENT, Role.GRID) else Part.objects.all()
    return _rows(rows.order_by("-called_at", "-case_id")[:LATEST])


def facts_of(case: int) -> list[PartFacts]:
    """The parts as the rules see them."""
    rows = Part.objects.filter(whole=case).values_list("number", "unit_id", "ended_at", "outcome")
    return [PartFacts(number, UnitId(str(unit)), ended is None, outcome) for number, unit, ended, outcome in rows]


def _rows(found: QuerySet[Part]) -> list[PartRow]:
    return [PartRow(*row) for row in found.values_list(*_COLUMNS)]


_COLUMNS: Final = (
    "number",
    "whole_number",
    "unit__name",
    "caller__name",
    "called_at",
    "answer_by",
    "answered_at",
    "place",
    "meet_at",
    "ended_at",
    "outcome",
    "score",
    "unit__kind",
)
