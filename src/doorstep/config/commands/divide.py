"""`doorstep divide FILE`: a file of buildings in, micro-grids out as GeoJSON, a map and a picture, without a database.

`doorstep divide --community CODE` draws a draft for a community whose buildings are in the database; with `--all`,
every community of a file or of the database is divided.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from doorstep.config import reporting
from doorstep.config.beforehand import Beforehand, Told, findings_of, tell_moves, tell_special, told, write_atoms
from doorstep.config.opening import progress
from doorstep.config.serving import database_up
from doorstep.config.wanted import Count, Effort, Outlines, Unit, Wanted
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say, text

if TYPE_CHECKING:
    from doorstep.areas.readers import BuildingsFile
    from doorstep.config.dividing_all import Outcome
    from doorstep.core.geometry.metres import Projection
    from doorstep.engines.districting import Buildings, Division


class DivideRefused(Refusal):
    """It cannot be divided like this."""


# About how far the work has come when each stage of the engine begins.
STAGES: Final = {"warming-up": 0.05, "atoms": 0.2, "microgrids": 0.3, "relief": 0.6, "proof": 0.75, "grids": 0.85,
                 "polygons": 0.9}  # fmt: skip

MOST_REFUSED: Final = 50


def run(
    file: Annotated[Path | None, typer.Argument(help=text("command-divide-file"))] = None,
    base_map: Annotated[Path | None, typer.Option(help=text("command-option-base-map"))] = None,
    datum: Annotated[str | None, typer.Option(help=text("command-option-datum"))] = None,
    community: Annotated[str | None, typer.Option(help=text("command-option-community"))] = None,
    low: Annotated[int, typer.Option(min=1, help=text("command-divide-low"))] = 50,
    high: Annotated[int, typer.Option(min=1, help=text("command-divide-high"))] = 100,
    grid_low: Annotated[int, typer.Option(min=1, help=text("command-divide-grid-low"))] = 200,
    grid_high: Annotated[int, typer.Option(min=1, help=text("command-divide-grid-high"))] = 500,
    grid_unit: Annotated[Unit, typer.Option(help=text("command-divide-grid-unit"))] = Unit.HOUSEHOLDS,
    target: Annotated[int, typer.Option(min=0, help=text("command-divide-target"))] = 0,
    grid_target: Annotated[int, typer.Option(min=0, help=text("command-divide-grid-target"))] = 0,
    count: Annotated[Count, typer.Option(help=text("command-divide-count"))] = Count.LIVED_IN,
    keep_compounds: Annotated[bool, typer.Option("--keep-compounds", help=text("command-divide-keep"))] = False,
    residential_default: Annotated[
        bool, typer.Option("--residential-default", help=text("command-option-residential-default"))
    ] = False,
    effort: Annotated[Effort, typer.Option(help=text("command-divide-effort"))] = Effort.STANDARD,
    seed: Annotated[int, typer.Option(min=0, help=text("command-divide-seed"))] = 0,
    outlines: Annotated[Outlines, typer.Option(help=text("command-divide-outlines"))] = Outlines.FOOTPRINTS,
    standing: Annotated[Path | None, typer.Option(help=text("command-divide-standing"))] = None,
    moved: Annotated[float, typer.Option(min=0.0, max=100.0, help=text("command-divide-moved"))] = 1.0,
    special: Annotated[Path | None, typer.Option(help=text("command-divide-special"))] = None,
    fixed: Annotated[str | None, typer.Option(help=text("command-divide-fixed"))] = None,
    balance: Annotated[list[str] | None, typer.Option(help=text("command-divide-balance"))] = None,
    out: Annotated[Path, typer.Option(help=text("command-divide-out"))] = Path("districts"),
    all_: Annotated[bool, typer.Option("--all", help=text("command-divide-all"))] = False,
    processes: Annotated[int, typer.Option(min=0, max=1024, help=text("command-divide-processes"))] = 0,
    ray: Annotated[str | None, typer.Option(help=text("command-divide-ray"))] = None,
    report: Annotated[Path | None, typer.Option(help=text("report-option"))] = None,
) -> None:
    reporting.refuse_ending(report)
    wanted = Wanted(
        low, high, grid_low, grid_high, count, keep_compounds, effort, seed, outlines, target, grid_target, grid_unit
    )
    wanted.refuse_contradictions()
    said = Beforehand(standing, moved, special, fixed, tuple(balance or ()))
    if all_ or file is None:
        said.refuse_for_many()
    if all_:
        divide_everything(file, base_map, datum, wanted, residential_default, out, processes, ray, report)
    elif file is not None:
        code = _community_code(community)
        divide_file(file, base_map, datum, code, wanted, residential_default, out, report, said)
    elif community is not None:
        draw_draft(community, wanted, report)
    else:
        raise DivideRefused(say("command-divide-nothing"), say("command-divide-nothing-try"))


def _community_code(written: str | None) -> str | None:
    from doorstep.areas.rules.codes import Level, level_of, parse

    if written is None:
        return None
    code = parse(written)
    if level_of(code) is not Level.COMMUNITY:
        raise DivideRefused(say("areas-code-not-community", code=written), say("areas-code-ask"))
    return code


def divide_file(
    file: Path,
    base_map: Path | None,
    datum: str | None,
    community: str | None,
    wanted: Wanted,
    is_residential_by_default: bool,
    out: Path,
    report: Path | None,
    said: Beforehand,
) -> None:
    """The buildings of a file, divided; the results in the folder, and what is to be reported of them."""
    from doorstep.areas.dividing import counted
    from doorstep.areas.readers import read_base_map, read_buildings
    from doorstep.areas.readers.formats import Format
    from doorstep.areas.readers.households import usual_housing
    from doorstep.config.commands.import_ import list_findings

    with progress(is_shown=True) as tell:
        tell(0.0, text("command-divide-reading", file=file.name))
        read = read_buildings(file, datum)
        features = read_base_map(base_map) if base_map is not None else None
        findings = [read.findings, *([features.findings] if features else [])]
        if read.is_good and (features is None or features.is_good):
            usual = usual_housing(plain_is_residential=is_residential_by_default)
            buildings, plane, estimated = counted(read, str(wanted.count), usual)
            barriers = [plane.flatten(each.shape) for each in features.features if each.is_barrier] if features else []
            more = told(said, file, read, buildings, plane)
            findings += more.findings
            if more.is_good:
                with _naming_rows(said, read, more):
                    division, seconds = _divided(buildings, barriers, wanted, more.options, tell)
                is_osm = read.format in (Format.OVERPASS, Format.PBF)
                _write(division, plane, buildings, is_osm, community, file.stem, out)
                with reporting.writing(out):
                    write_atoms(out / "buildings.csv", division, read, community)
            if report is not None and more.is_good:
                reporting.of_division(
                    report, division, plane, buildings, features, name=file.stem, community=community,
                    settings=wanted.wishes(), estimated=estimated, is_osm=is_osm,
                )  # fmt: skip
    list_findings([each for found in findings for each in (*found.problems, *found.remarks)])
    if problems := sum(found.problem_count for found in findings):
        raise DivideRefused(
            say("command-divide-problems", file=file.name, count=problems), say("areas-import-refused-try")
        )
    typer.echo(
        text(
            "command-divide-of", file=file.name, buildings=len(buildings), households=division.households,
            estimated=estimated,
        )
    )  # fmt: skip
    _tell(division, wanted, seconds)
    tell_special(division)
    if said.standing:
        tell_moves(division)
    typer.echo(text("command-divide-written", folder=str(out)))
    reporting.tell_where(report)


@contextmanager
def _naming_rows(said: Beforehand, read: BuildingsFile, more: Told) -> Iterator[None]:
    """What the engine refuses is told by the rows of the files."""
    from doorstep.config.commands.import_ import list_findings
    from doorstep.engines.districting import DistrictingError

    try:
        yield
    except DistrictingError as error:
        list_findings(findings_of(error, said, read, more.special_rows))
        raise DivideRefused(say("districting-refused", reason=str(error)), say("districting-refused-try")) from error


def _divided(
    buildings: Buildings, barriers: list[Any], wanted: Wanted, more: Mapping[str, Any], tell: Any
) -> tuple[Division, float]:
    from doorstep.areas.dividing import kernels

    os.environ.setdefault("NUMBA_CACHE_DIR", kernels())
    from doorstep.engines.districting import divide, warm_up

    def follow(stage: str, part: float) -> None:
        tell(STAGES.get(stage, 0.5) + 0.05 * part, text(f"districting-stage-{stage}"))

    warm_up(follow, wanted.effort.value)
    began = time.perf_counter()
    division = divide(
        buildings,
        barriers=barriers,
        bounds=wanted.bounds,
        grid_bounds=wanted.grid_bounds,
        keep_together=buildings.compounds if wanted.keep_compounds else None,
        effort=wanted.effort.value,
        seed=wanted.seed,
        outlines=wanted.outlines.value,
        progress=follow,
        **more,
    )
    return division, time.perf_counter() - began


def _write(
    division: Division,
    plane: Projection,
    buildings: Buildings,
    is_osm: bool,
    community: str | None,
    name: str,
    out: Path,
) -> None:
    import numpy as np
    import orjson

    from doorstep.engines.districting.render import geojson, html_map, png

    words = {
        "language": language(),
        "title": text("command-divide-title", name=name),
        "microgrid": text("districting-microgrid-number"),
        "grid": text("districting-grid-number"),
        "households": text("districting-households-word"),
        "in_range": text("districting-figure-in-range"),
        "out_of_range": text("command-divide-out-of-range"),
        "notice": text("command-divide-osm") if is_osm else "",
    }
    with reporting.writing(out):
        out.mkdir(parents=True, exist_ok=True)
        places = geojson(division, lambda xy: np.column_stack(plane.degrees(xy[:, 0], xy[:, 1])), community)
        (out / "districts.geojson").write_bytes(orjson.dumps(places))
        (out / "map.html").write_text(html_map(division, words, buildings.footprints), encoding="utf-8")
        (out / "map.png").write_bytes(png(division, footprints=buildings.footprints))


def _tell(division: Division, wanted: Wanted, seconds: float) -> None:
    from doorstep.areas.dividing import certificate_of

    for name, pieces in (("microgrids", division.microgrids), ("grids", division.grids)):
        _tell_level(name, len(pieces), sum(piece.is_in_range for piece in pieces), wanted)
        for piece in pieces:
            if not piece.is_in_range:
                label, unit = str(piece.number), wanted.grid_unit.value
                if name == "microgrids":
                    label, unit = f"{division.grids[piece.grid].number}-{piece.number}", "households"
                _tell_why(label, piece.households, {**certificate_of(piece), "unit": unit})
    typer.echo(text("command-divide-seconds", seconds=round(seconds, 2)))


def _tell_level(name: str, count: int, inside: int, wanted: Wanted) -> None:
    """How many pieces of a level there are, and how many of them in range."""
    low, high, unit = wanted.low, wanted.high, ""
    if name == "grids":
        low, high = wanted.grid_low, wanted.grid_high
        unit = "-microgrids" if wanted.grid_unit is Unit.MICROGRIDS else ""
    typer.echo(text(f"command-divide-{name}{unit}", count=count, inside=inside, low=low, high=high))


def _tell_why(label: str, households: int, certificate: Mapping[str, Any]) -> None:
    from doorstep.areas.dividing import why

    typer.echo(f"  {label}: {text('districting-households', count=households)}")
    for said in why(certificate):
        typer.echo(f"    {text(said)}")


def draw_draft(community: str, wanted: Wanted, file: Path | None) -> None:
    """A draft in the database, to be looked at and published at the desk."""
    with database_up():
        from doorstep.areas import plans
        from doorstep.areas.actions.drawing import Wishes, draw, staying
        from doorstep.areas.actions.importing import community_in_force
        from doorstep.core.access import WORKER, acting_as
        from doorstep.core.time import clock

        wishes = Wishes(**wanted.wishes())
        began = time.perf_counter()
        with acting_as(WORKER, because="doorstep divide"), progress(is_shown=True) as tell:
            tell(0.3, text("districting-stage-microgrids"))
            area = community_in_force(community).pk
            plan = draw(area, staying(area, wishes), by=WORKER, at=clock.now())
            outside = [piece for piece in plans.pieces_of(plan.pk) if piece.certificate]
            if file is not None:
                reporting.of_plan(file, plan)
        report = plan.report
        typer.echo(text("command-divide-draft", number=plan.pk, buildings=report["buildings"],
                        households=report["households"], estimated=report["estimated_buildings"]))  # fmt: skip
        _tell_level("microgrids", report["microgrids"], report["in_range"], wanted)
        for piece in outside:
            _tell_why(f"{piece.grid_number}-{piece.microgrid_number}", piece.households, piece.certificate or {})
        _tell_level("grids", report["grids"], report["grids_in_range"], wanted)
        for grid in report["grids_outside"]:
            _tell_why(str(grid["number"]), grid["households"], grid)
        typer.echo(text("command-divide-seconds", seconds=round(time.perf_counter() - began, 2)))
        typer.echo(text("command-divide-look", number=plan.pk))
        reporting.tell_where(file)


def divide_everything(
    file: Path | None,
    base_map: Path | None,
    datum: str | None,
    wanted: Wanted,
    is_residential_by_default: bool,
    out: Path,
    processes: int,
    ray: str | None,
    report: Path | None,
) -> None:
    """Every community of the file, or else of the database."""
    from doorstep.config.dividing_all import FilePlace, HousePlace, crew_of, divide_all, keep_kernels, own_processors

    keep_kernels()
    crew = crew_of(processes or own_processors(), ray)
    began = time.perf_counter()
    with _going_on(), progress(is_shown=True) as tell:
        _warmed(tell, wanted.effort)
        if file is not None:
            from doorstep.areas.readers.households import usual_housing

            tell(0.0, text("command-divide-reading", file=file.name))
            with reporting.writing(out):
                out.mkdir(parents=True, exist_ok=True)
                defaults = usual_housing(plain_is_residential=is_residential_by_default)
                place = FilePlace(
                    file, base_map, datum, str(wanted.count), defaults, _options(wanted), wanted.keep_compounds, out
                )
                outcome = divide_all(place, crew, tell)
                place.bind(outcome.refused)
        else:
            with database_up():
                from doorstep.areas import plans
                from doorstep.areas.actions.drawing import Wishes
                from doorstep.core.access import WORKER, acting_as

                with acting_as(WORKER, because="doorstep divide --all"):
                    found = plans.divisible()
                outcome = divide_all(HousePlace(found, Wishes(**wanted.wishes())), crew, tell)
    seconds = time.perf_counter() - began
    _tell_all(outcome, wanted, seconds)
    if report is not None:
        reporting.of_all(report, outcome, wanted.wishes(), seconds)
        reporting.tell_where(report)
    if file is not None:
        typer.echo(text("command-divide-all-written", folder=str(out)))
    if outcome.refused:
        raise DivideRefused(say("command-divide-all-refused", count=len(outcome.refused)))


@contextmanager
def _going_on() -> Iterator[None]:
    """Who stops it is told that nothing is lost."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(text("command-divide-all-stopped"), err=True)
        raise


def _warmed(tell: Any, effort: Effort) -> None:
    """Before any process begins, so that each finds the kernels compiled."""
    from doorstep.engines.districting import warm_up

    warm_up(lambda stage, part: tell(0.0, text(f"districting-stage-{stage}")), effort.value)


def _options(wanted: Wanted) -> dict[str, Any]:
    return {
        "bounds": wanted.bounds,
        "grid_bounds": wanted.grid_bounds,
        "effort": wanted.effort.value,
        "seed": wanted.seed,
        "outlines": wanted.outlines.value,
    }


def _tell_all(outcome: Outcome, wanted: Wanted, seconds: float) -> None:
    sums = outcome.sums
    typer.echo(
        text("command-divide-all-done", fresh=outcome.fresh, kept=outcome.kept, buildings=sums["buildings"],
             households=sums["households"], estimated=sums["estimated"])
    )  # fmt: skip
    _tell_level("microgrids", sums["microgrids"], sums["in_range"], wanted)
    _tell_level("grids", sums["grids"], sums["grids_in_range"], wanted)
    typer.echo(text("command-divide-seconds", seconds=round(seconds, 2)))
    for community, reason in list(outcome.refused.items())[:MOST_REFUSED]:
        typer.echo(f"{community}: {reason}", err=True)
    if len(outcome.refused) > MOST_REFUSED:
        typer.echo(text("command-import-more", count=len(outcome.refused) - MOST_REFUSED), err=True)
