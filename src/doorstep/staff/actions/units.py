"""Units as a file has them: new ones begin, known ones follow it; nothing is closed by leaving it out."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from doorstep.areas.models import Area
from doorstep.core.access import Actor, Role, acting_as, audit
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.staff.models import Unit
from doorstep.staff.units_file import UnitsFile


class UnitsRefused(Refusal):
    """The file was not taken; nothing was changed."""


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
            told = {"subject": record.subject, "is_on_call": record.is_on_call}
            found = Unit.objects.filter(kind=record.kind, name=record.name, area=areas[record.area], closed_at=None)
            if not found.exists():
                Unit.objects.create(kind=record.kind, name=record.name, area=areas[record.area], **told)
                added += 1
            else:
                changed += found.exclude(**told).update(**told)
        audit.deed("imported-units", read.file, by=system, at=at, facts={"added": added, "changed": changed})
    return ImportedUnits(added, changed, len(read.units) - added - changed)
