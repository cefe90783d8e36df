"""Who acts: units begin and change as a file has them or by hand, and end by hand alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet

from doorstep.areas.models import Area
from doorstep.core.access import WORKER, Actor, Role, acting_as, audit
from doorstep.core.contacts import read_public_phone
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.events import tell
from doorstep.events.staff import UnitEnded
from doorstep.staff.actions.duty import forget_duty, keep_duty
from doorstep.staff.duty import Duty, duty_of
from doorstep.staff.models import Appointment, Post, Unit, UnitKind
from doorstep.staff.rules.seats import AREA_OF_UNIT, KEPT_BY_HAND, LONGEST_NAME

if TYPE_CHECKING:
    # Its readers take a quarter of a second to load, which every web process would spend at its start.
    from doorstep.staff.units_file import UnitsFile


class UnitsRefused(Refusal):
    """The file was not taken; nothing was changed."""


class UnitRefused(Refusal):
    """Not this unit, not here, or not under this name."""


class UnitUnknown(Refusal):
    """No such unit, or one that acts no more."""

    status = 404


# From a file ----------------------------------------------------------------------------------------------------------


class ImportedUnits(NamedTuple):
    """How many units are new, were changed, and were as the file has them."""

    added: int
    changed: int
    same: int


def import_units(read: UnitsFile, *, at: datetime) -> ImportedUnits:
    """All of the file or nothing. A unit is known again by its kind, name and area."""
    if read.findings.problem_count:
        raise UnitsRefused(
            say("areas-import-refused", file=read.file, count=read.findings.problem_count),
            say("areas-import-refused-try"),
        )
    system = Actor(Role.SYSTEM_ADMIN)
    with acting_as(system, because="import"):
        codes = {unit.area for unit in read.units}
        areas = {area.code: area for area in Area.objects.filter(code__in=codes, valid_until=None).defer("outline")}
        if unknown := sorted(codes - areas.keys()):
            raise UnitsRefused(say("staff-units-area", code=unknown[0]), say("staff-units-area-try"))
        added = changed = 0
        for record in read.units:
            told = Told(record.name, record.subject, record.is_on_call, record.phone).columns()
            found = Unit.objects.filter(kind=record.kind, name=record.name, area=areas[record.area], closed_at=None)
            known = found.values_list("pk", flat=True).first()
            unit = known or Unit.objects.create(kind=record.kind, area=areas[record.area], **told).pk
            is_other = bool(found.exclude(**told).update(**told))
            is_other |= keep_duty(unit, replace(duty_of(unit), **record.duty))
            added += known is None
            changed += known is not None and is_other
        audit.deed("imported-units", read.file, by=system, at=at, facts={"added": added, "changed": changed})
    return ImportedUnits(added, changed, len(read.units) - added - changed)


# By hand --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What is said of a unit: its name, for a department its trade, and whether it takes critical cases at any hour.

    `phone` is public; how its duty is reached is not. None of either: nothing is said of it, and what was kept stays.
    """

    name: str
    subject: str = ""
    is_on_call: bool = False
    phone: str | None = None
    duty: Duty | None = None

    def columns(self) -> dict[str, Any]:
        """What stands in the row of the unit, and may stand in the audit."""
        told = {"name": self.name, "subject": self.subject, "is_on_call": self.is_on_call}
        return told if self.phone is None else {**told, "phone": read_public_phone(self.phone)}


def begin_unit(kind: str, area: int | None, told: Told, subjects: Collection[str], *, by: Actor, at: datetime) -> int:
    """A new unit in an area; its id. `subjects` are the trades that the catalogue knows."""
    if kind not in KEPT_BY_HAND:
        raise UnitRefused(say("staff-unit-no-kind"), say("staff-unit-no-kind-try"), "kind")
    place = Area.objects.filter(pk=area or 0, valid_until=None).defer("outline").first()
    if place is None:
        raise UnitRefused(say("staff-post-no-area"), say("staff-post-no-area-try"), "area")
    level = AREA_OF_UNIT.get(kind, place.level)
    if place.level != level:
        raise UnitRefused(
            say("staff-unit-level"), say("staff-unit-level-try", level=say(f"command-level-{level}")), "area"
        )
    _refuse_told(kind, told, subjects)
    _refuse_twin(Unit(kind=kind, area=place), told)
    columns = told.columns()
    made = Unit.objects.create(kind=kind, area=place, **columns)
    facts = {"kind": kind, "area": place.code, **columns, **_keep_duty(made.pk, told)}
    audit.deed("began-unit", f"unit {made.pk}", by=by, at=at, facts=facts)
    return made.pk


def change_unit(unit: int, told: Told, subjects: Collection[str], *, by: Actor, at: datetime) -> None:
    """Its name, its trade, whether it is on call, and how it is reached; its kind and area are what it is."""
    row = _held(unit)
    _refuse_told(row.kind, told, subjects)
    _refuse_twin(row, told)
    columns = told.columns()
    Unit.objects.filter(pk=row.pk).update(**columns)
    audit.deed("changed-unit", f"unit {row.pk}", by=by, at=at, facts={**columns, **_keep_duty(row.pk, told)})


def _keep_duty(unit: int, told: Told) -> dict[str, bool]:
    # The audit says that it was changed, never how anybody is reached.
    return {"is_duty_changed": True} if told.duty is not None and keep_duty(unit, told.duty) else {}


def end_unit(unit: int, *, by: Actor, at: datetime) -> None:
    """It acts no more from now on: its seats end today, and what it held waits for a desk to say who has it."""
    row = _held(unit)
    if row.kind not in KEPT_BY_HAND:
        raise UnitRefused(say("staff-unit-of-plan"), say("staff-unit-of-plan-try"))
    Unit.objects.filter(pk=row.pk).update(closed_at=at)
    forget_duty(row.pk)
    abolish(Post.objects.filter(unit=row), local_date(at))
    audit.deed("ended-unit", f"unit {row.pk}", by=by, at=at, facts={"name": row.name})
    # Whoever keeps units sees no case; that cases wait for somebody else is the machine's doing.
    with acting_as(WORKER, because="end a unit"):
        tell([UnitEnded(row.pk, at)])


def abolish(posts: QuerySet[Post], on: date) -> None:
    """These seats are no more from this day on, and nobody sits in them."""
    seats = list(posts.filter(abolished_on=None).values_list("pk", flat=True))
    held = Appointment.objects.filter(post__in=seats, from_on__lt=on).exclude(until_on__lte=on)
    held.update(until_on=on)
    Post.objects.filter(pk__in=seats).update(abolished_on=on)


def _held(unit: int) -> Unit:
    row = Unit.objects.select_for_update().filter(pk=unit, closed_at=None).first()
    if row is None:
        raise UnitUnknown(say("staff-unit-unknown"), say("staff-unit-unknown-try"))
    return row


def _refuse_told(kind: str, told: Told, subjects: Collection[str]) -> None:
    if not 0 < len(told.name) <= LONGEST_NAME:
        raise UnitRefused(say("staff-unit-no-name"), say("staff-unit-no-name-try", most=LONGEST_NAME), "name")
    if kind == UnitKind.DEPARTMENT and told.subject not in subjects:
        raise UnitRefused(say("staff-unit-no-subject"), say("staff-unit-no-subject-try"), "subject")


def _refuse_twin(unit: Unit, told: Told) -> None:
    same = Unit.objects.filter(kind=unit.kind, area=unit.area_id, name=told.name, closed_at=None)
    if same.exclude(pk=unit.pk).exists():
        raise UnitRefused(say("staff-unit-twin"), say("staff-unit-twin-try"), "name")
