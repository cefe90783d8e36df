"""`doorstep import territory FILE`, `doorstep import units FILE`,
`doorstep import calendar FILE`,
`doorstep import catalogue [FILE|FOLDER] [--from DAY] [--overwrite | --overwrite-sheet NAME …]`,
`doorstep import amounts FILE --community CODE --balance COLUMN`,
`doorstep import buildings FILE [--community CODE] [--datum NAME] [--base-map FILE]`,
`doorstep import hotline FILE [--area CODE] [--partner NAME] [--report FILE]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from doorstep.config.serving import database_up
from doorstep.core.text import say, text

if TYPE_CHECKING:
    from doorstep.areas.actions.importing import Imported
    from doorstep.areas.readers.records import BaseMapFile, BuildingsFile, Finding
    from doorstep.areas.rules.households import HousingDefaults
    from doorstep.cases.actions.calendar import ImportedDays
    from doorstep.catalogue.actions.exchanging import Left
    from doorstep.staff.actions.units import ImportedUnits

MOST_SHOWN = 50

group = typer.Typer(no_args_is_help=True)


@group.command("territory", help=text("command-import-territory"))
def territory(file: Path) -> None:
    with database_up():
        from doorstep.areas.actions.importing import import_territory
        from doorstep.areas.readers import read_territory
        from doorstep.core.time import clock

        read = read_territory(file)
        list_findings([*read.findings.problems, *read.findings.remarks])
        _tell(file.name, import_territory(read, at=clock.now()))


@group.command("buildings", help=text("command-import-buildings"))
def buildings(
    file: Path,
    community: Annotated[str | None, typer.Option(help=text("command-import-community"))] = None,
    datum: Annotated[str | None, typer.Option(help=text("command-option-datum"))] = None,
    base_map: Annotated[Path | None, typer.Option(help=text("command-option-base-map"))] = None,
    residential_default: Annotated[
        bool, typer.Option("--residential-default", help=text("command-option-residential-default"))
    ] = False,
) -> None:
    with database_up():
        from doorstep.areas.readers import read_base_map, read_buildings
        from doorstep.areas.readers.households import usual_housing

        defaults = usual_housing(plain_is_residential=residential_default)
        features = None if base_map is None else read_base_map(base_map)
        if features is not None:
            list_findings([*features.findings.problems, *features.findings.remarks])
        if community is None:
            import_all(file, datum, features, defaults)
        else:
            import_one(community, read_buildings(file, datum), features, defaults)


def import_one(community: str, read: BuildingsFile, features: BaseMapFile | None, defaults: HousingDefaults) -> None:
    from doorstep.areas.actions.importing import import_base_map, import_buildings
    from doorstep.core.time import clock

    list_findings([*read.findings.problems, *read.findings.remarks])
    _tell(read.file, import_buildings(community, read, at=clock.now(), defaults=defaults))
    if features is not None:
        _tell(features.file, import_base_map(community, features))


def import_all(file: Path, datum: str | None, features: BaseMapFile | None, defaults: HousingDefaults) -> None:
    """Community by community, each as a whole or not at all; the same file again goes on where it was refused."""
    from doorstep.areas.readers import CommunitiesFile, MapOfAll
    from doorstep.core.geometry.metres import Projection

    communities = CommunitiesFile(file, datum)
    whole = None if features is None else MapOfAll(features)
    for community in communities.counts:
        read = communities.read(community)
        near = None
        if whole is not None and read.is_good:
            near = whole.near(read.buildings, Projection.of(read.buildings[0].shape.centroid.x))
        typer.echo(community)
        import_one(community, read, near, defaults)


@group.command("amounts", help=text("command-import-amounts"))
def amounts(
    file: Path,
    community: Annotated[str, typer.Option(help=text("command-option-community-of-buildings"))],
    balance: Annotated[list[str], typer.Option(help=text("command-import-amounts-balance"))],
) -> None:
    with database_up():
        from doorstep.areas.actions.counting import import_amounts
        from doorstep.areas.actions.importing import ImportRefused
        from doorstep.areas.readers.amounts import read_amounts

        read = read_amounts(file, balance)
        list_findings([*read.findings.problems, *read.findings.remarks])
        try:
            _tell(file.name, import_amounts(community, read))
        except ImportRefused as refused:
            if refused.findings is not read.findings:
                list_findings(refused.findings.problems)
            raise


@group.command("units", help=text("command-import-units"))
def units(file: Path) -> None:
    with database_up():
        from doorstep.catalogue.files import read_catalogue
        from doorstep.core.time import clock
        from doorstep.staff.actions.units import import_units
        from doorstep.staff.units_file import read_units

        read = read_units(file, read_catalogue().departments.keys())
        list_findings([*read.findings.problems, *read.findings.remarks])
        _tell(file.name, import_units(read, at=clock.now()))


@group.command("hotline", help=text("command-import-hotline"))
def hotline(
    file: Path,
    area: Annotated[str | None, typer.Option(help=text("command-option-hotline-area"))] = None,
    partner: Annotated[str, typer.Option(help=text("command-option-partner"))] = "12345",
    report: Annotated[Path | None, typer.Option(help=text("command-option-rows"))] = None,
) -> None:
    with database_up():
        from doorstep.core.access import WORKER
        from doorstep.core.time import clock
        from doorstep.exchange.importing import Brought, area_for, bring_file, cells, noted

        at = clock.now()
        lines = bring_file(file, area_for(area, at), by=WORKER, at=at, name=partner)
        brought = Brought()
        for line in lines if report is None else noted(lines, report):
            brought.add(line)
        for line in brought.listed[:MOST_SHOWN]:
            typer.echo(" ".join(filter(None, cells(line))), err=True)
        typer.echo(text(say("command-import-hotline-done", file=file.name, **brought.told())))


@group.command("calendar", help=text("command-import-calendar"))
def calendar(file: Path) -> None:
    with database_up():
        from doorstep.cases.actions.calendar import import_calendar
        from doorstep.cases.calendar_file import read_calendar
        from doorstep.core.time import clock

        read = read_calendar(file)
        list_findings([*read.findings.problems, *read.findings.remarks])
        _tell(file.name, import_calendar(read, at=clock.now()))


@group.command("catalogue", help=text("command-import-catalogue"))
def catalogue(
    source: Annotated[Path | None, typer.Argument(help=text("command-import-catalogue-source"))] = None,
    from_on: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help=text("command-option-from-on"))
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=text("command-option-overwrite"))] = False,
    overwrite_sheet: Annotated[
        list[str] | None, typer.Option("--overwrite-sheet", help=text("command-option-overwrite-sheet"))
    ] = None,
) -> None:
    with database_up():
        from doorstep.catalogue.actions.exchanging import shipped_why, take_in, try_file, try_shipped
        from doorstep.core.access import WORKER, acting_as
        from doorstep.core.time import clock

        at = clock.now()
        with acting_as(WORKER):
            if source is None:
                trial = try_shipped(at=at, overwrite=None if overwrite else overwrite_sheet or ())
            else:
                trial = try_file(source, at=at)
            for left in trial.left:
                typer.echo(_left(left))
            list_findings([*trial.findings, *trial.remarks])
            for change in trial.changes:
                typer.echo(text("command-import-catalogue-change", sheet=change.name, places=len(change.differences)))
            if from_on is None:
                typer.echo(text("command-import-catalogue-tried", sheets=len(trial.changes)))
                raise typer.Exit(0 if trial.is_good else 1)
            why = shipped_why() if source is None else text("command-import-catalogue-why")
            done = take_in(trial, from_on.date(), why=why, by=WORKER, at=at)
        typer.echo(text("command-import-catalogue-done", sheets=done, day=from_on.date().isoformat()))


def _left(left: Left) -> str:
    """Why a sheet stays as the place has it, and what to say to have the other."""
    from doorstep.core.time.zone import local_date

    places, day = len(left.change.differences), local_date(left.since).isoformat()
    return text("command-import-catalogue-left", sheet=left.change.name, places=places, day=day)


def list_findings(findings: Sequence[Finding]) -> None:
    for finding in findings[:MOST_SHOWN]:
        typer.echo(str(finding), err=True)
    if len(findings) > MOST_SHOWN:
        typer.echo(text(say("command-import-more", count=len(findings) - MOST_SHOWN)), err=True)


def _tell(file: str, done: Imported | ImportedUnits | ImportedDays) -> None:
    typer.echo(text("command-import-done", file=file, added=done.added, changed=done.changed, same=done.same))
