"""The decision table as it stands: the version that rules a day, the draft, the past, and what a row may name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Max, Q

from doorstep.areas.models import Area
from doorstep.cases.in_force import in_force as in_force
from doorstep.cases.in_force import with_rows
from doorstep.cases.models import DispatchTable as DispatchTable
from doorstep.cases.models import Rehearsal as Rehearsal
from doorstep.cases.models import TableEdit
from doorstep.cases.queries import LEVEL_OF_UNIT, catalogue
from doorstep.cases.rules.table.checking import Known as Known
from doorstep.cases.rules.table.comparing import Compared as Compared
from doorstep.cases.rules.table.comparing import from_answer as from_answer
from doorstep.cases.rules.table.editing import EditRefused as EditRefused
from doorstep.cases.rules.table.findings import Finding as Finding
from doorstep.cases.rules.table.findings import findings
from doorstep.cases.rules.table.moment import DAYS as DAYS
from doorstep.cases.rules.table.rows import Row as Row
from doorstep.cases.rules.table.rows import Table, from_kept
from doorstep.cases.rules.table.rows import Words as Words
from doorstep.cases.rules.table.rows import words_of as words_of
from doorstep.cases.table_models import TableState
from doorstep.core.access import Actor, Role
from doorstep.core.studies import OPEN
from doorstep.staff.models import Unit

MOST_LISTED: Final = 50
EDITORS: Final = (Role.SUBDISTRICT, Role.COUNTY)


def county_of(actor: Actor) -> Area | None:
    """The county whose table this desk writes."""
    area = Area.objects.select_related("county").defer("outline", "county__outline").filter(pk=actor.org or 0).first()
    return None if area is None else area.county or area


def own_code(actor: Actor) -> str:
    """The code of the area to which this desk's rows are bound; the county's binds nothing."""
    return str(Area.objects.values_list("code", flat=True).get(pk=actor.org or 0))


def version(county: int, number: int) -> DispatchTable | None:
    """One version, as far as whoever asks may see it."""
    return DispatchTable.objects.filter(county=county, version=number).first()


def published(county: int, number: int) -> Table | None:
    """A version that was published, with its rows."""
    found = DispatchTable.objects.filter(county=county, version=number, state=TableState.PUBLISHED)
    return with_rows(found.values_list("pk", "version", "from_on").first())


def draft(county: int) -> DispatchTable | None:
    """What is being written, if anything is."""
    return DispatchTable.objects.filter(county=county, state=TableState.DRAFT).first()


def versions(county: int) -> list[DispatchTable]:
    """The versions, the newest first."""
    found = DispatchTable.objects.filter(county=county).exclude(state=TableState.DISCARDED).defer("rows")
    return list(found.order_by("-version")[:MOST_LISTED])


def next_version(county: int) -> int:
    """The number that the next version gets."""
    newest: int | None = DispatchTable.objects.filter(county=county).aggregate(newest=Max("version"))["newest"]
    return (newest or 0) + 1


def table_of(kept: DispatchTable) -> Table:
    """A version with its rows, drafts too."""
    return Table(kept.version, kept.from_on, rows_of(kept))


def rows_of(kept: DispatchTable) -> tuple[Row, ...]:
    """Its rows."""
    return tuple(from_kept(each) for each in kept.rows)


def findings_of(rows: Sequence[Row]) -> list[Finding]:
    """What is to be looked at in these rows together."""
    return findings(rows, catalogue().items.values())


def last_edit(kept: DispatchTable) -> TableEdit | None:
    """The latest change that was not taken back."""
    return TableEdit.objects.filter(table=kept, is_undone=False).defer("before").order_by("-seq").first()


def editors_of(kept: DispatchTable) -> list[tuple[int | None, int | None]]:
    """Who had a hand in a draft: account and post of each."""
    return list(TableEdit.objects.filter(table=kept).values_list("by_account", "by_post").distinct())


def known_to(county: int) -> Known:
    """What a row of this county's table may name."""
    inside = Area.objects.filter(Q(pk=county) | Q(county=county), valid_until=None)
    units = units_of(county)
    return Known(
        catalogue=catalogue(),
        areas=frozenset(inside.values_list("code", flat=True)),
        levels={str(unit.pk): LEVEL_OF_UNIT[unit.kind] for unit in units},
        names={str(unit.pk): unit.name for unit in units},
    )


def units_of(county: int) -> list[Any]:
    """The units that a row may send to, by area and name; teams of grids are named by their kind."""
    found = Unit.objects.filter(Q(area=county) | Q(area__county=county), closed_at=None, kind__in=LEVEL_OF_UNIT)
    return list(found.select_related("area").defer("area__outline").order_by("area__code", "name", "pk"))


def subdistricts_and_communities(county: int) -> list[tuple[str, str]]:
    """Code and name of those in force, each community behind its subdistrict."""
    found = Area.objects.filter(county=county, level__in=["subdistrict", "community"], valid_until=None)
    return list(found.order_by("code").values_list("code", "name"))


def areas_named(codes: Sequence[str]) -> dict[str, str]:
    """The names of these areas, by code."""
    return dict(Area.objects.filter(code__in=codes, valid_until=None).values_list("code", "name"))


def rehearsal(number: int) -> Rehearsal | None:
    """A rehearsal by its number, with its table."""
    return Rehearsal.objects.select_related("table").filter(pk=number).first()


def latest_rehearsal(kept: DispatchTable) -> Rehearsal | None:
    """The newest rehearsal of a version."""
    return Rehearsal.objects.filter(table=kept).order_by("-pk").first()


def open_rehearsal(kept: DispatchTable) -> Rehearsal | None:
    """What is being worked out for a version now."""
    return Rehearsal.objects.filter(table=kept, state__in=OPEN).first()
