"""`doorstep divide FILE`: a file of buildings in, micro-grids out as GeoJSON, a map and a picture, without a database.

`doorstep divide --community CODE` draws a draft for a community whose buildings are in the database; with `--all`,
every community of a file or of the database is divided.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from doorstep.config import reporting, results
from doorstep.config.beforehand import Beforehand
from doorstep.config.dividing_file import DivideRefused, divide_file
from doorstep.config.opening import progress
from doorstep.config.serving import database_up
from doorstep.config.wanted import Count, Effort, Line, Outlines, Unit, Wanted, weights_named
from doorstep.core.text import say, text


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
    grids: Annotated[str | None, typer.Option(help=text("command-divide-grids-column"))] = None,
    uncrossable: Annotated[list[Line] | None, typer.Option(help=text("command-divide-uncrossable"))] = None,
    weight: Annotated[list[str] | None, typer.Option(help=text("command-divide-weight"))] = None,
    stairwells: Annotated[int | None, typer.Option(min=0, max=1000, help=text("command-divide-stairwells"))] = None,
    out: Annotated[Path, typer.Option(help=text("command-divide-out"))] = Path("districts"),
    all_: Annotated[bool, typer.Option("--all", help=text("command-divide-all"))] = False,
    processes: Annotated[int, typer.Option(min=0, max=1024, help=text("command-divide-processes"))] = 0,
    ray: Annotated[str | None, typer.Option(help=text("command-divide-ray"))] = None,
    report: Annotated[Path | None, typer.Option(help=text("report-option"))] = None,
) -> None:
    reporting.refuse_ending(report)
    wanted = Wanted(
        low, high, grid_low, grid_high, count, keep_compounds, effort, seed, outlines, target, grid_target, grid_unit,
        tuple(uncrossable or ()), weights_named(weight or ()),
    )  # fmt: skip
    wanted.refuse_contradictions()
    said = Beforehand(standing, moved, special, fixed, tuple(balance or ()), grids)
    if all_ or file is None:
        said.refuse_for_many(is_file=file is not None)
        if stairwells is not None:
            raise DivideRefused(say("command-divide-stairwells-many"), say("command-divide-beforehand-many-try"))
    if all_:
        divide_everything(file, base_map, datum, wanted, residential_default, out, processes, ray, report, said)
    elif file is not None:
        divide_file(file, base_map, datum, community, wanted, residential_default, out, report, said, stairwells)
    elif community is not None:
        draw_draft(community, wanted, report, said)
    else:
        raise DivideRefused(say("command-divide-nothing"), say("command-divide-nothing-try"))


def draw_draft(community: str, wanted: Wanted, file: Path | None, said: Beforehand) -> None:
    """A draft in the database, to be looked at and published at the desk."""
    with database_up():
        from doorstep.areas import plans
        from doorstep.areas.actions.drawing import Wishes, draw, staying
        from doorstep.areas.actions.importing import community_in_force
        from doorstep.core.access import WORKER, acting_as
        from doorstep.core.time import clock

        wishes = Wishes(**wanted.wishes(balances=said.balance))
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
        results.tell_level("microgrids", report["microgrids"], report["in_range"], wanted)
        for piece in outside:
            results.tell_why(f"{piece.grid_number}-{piece.microgrid_number}", piece.households, piece.certificate or {})
        results.tell_level("grids", report["grids"], report["grids_in_range"], wanted)
        for grid in report["grids_outside"]:
            results.tell_why(str(grid["number"]), grid["households"], grid)
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
    said: Beforehand,
) -> None:
    """Every community of the file, or else of the database."""
    from doorstep.config.dividing_all import crew_of, divide_all, keep_kernels, own_processors
    from doorstep.config.dividing_places import FilePlace, HousePlace

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
                place = FilePlace(file, base_map, datum, str(wanted.count), defaults, _options(wanted), wanted, out)
                outcome = divide_all(place, crew, tell)
                place.bind(outcome.refused)
            seconds = time.perf_counter() - began
            reporting.of_all(report, outcome, place, wanted.settings(), seconds)
        else:
            with database_up():
                from doorstep.areas import plans
                from doorstep.areas.actions.drawing import Wishes
                from doorstep.core.access import WORKER, acting_as

                with acting_as(WORKER, because="doorstep divide --all"):
                    found = plans.divisible()
                house = HousePlace(found, Wishes(**wanted.wishes(balances=said.balance)))
                outcome = divide_all(house, crew, tell)
                seconds = time.perf_counter() - began
                reporting.of_all(report, outcome, house, wanted.settings(balances=said.balance), seconds)
    results.tell_all(outcome, wanted, seconds)
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
        "weights": wanted.weighed(),
    }
