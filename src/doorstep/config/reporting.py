"""Where a command writes the report of its run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text

if TYPE_CHECKING:
    from types import ModuleType

    from doorstep.areas.models import Plan
    from doorstep.areas.readers import BaseMapFile
    from doorstep.config.dividing_all import Outcome, Place
    from doorstep.core.geometry.metres import Projection
    from doorstep.engines.districting import Buildings, Division, Weights

ENDINGS: Final = (".html", ".json")
POINT_M: Final = 5.0


class ReportRefused(Refusal):
    """There is no report of that kind."""


class WritingRefused(Refusal):
    """Nothing can be written there."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """What the disk refuses is told in words."""
    try:
        yield
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise WritingRefused(
            say("command-divide-cannot-write", folder=str(folder), reason=reason),
            say("command-divide-cannot-write-try"),
        ) from fault


def tell_where(file: Path | None) -> None:
    """Where the report is, if one was asked for."""
    if file is not None:
        typer.echo(text("report-written", file=str(file)))


def refuse_ending(file: Path | None) -> None:
    """A name that says neither page nor JSON is refused before the work begins."""
    if file is not None and file.suffix.lower() not in ENDINGS:
        raise ReportRefused(say("report-ending"), say("report-ending-try"), str(file))


def of_division(
    file: Path,
    division: Division,
    plane: Projection,
    buildings: Buildings,
    features: BaseMapFile | None,
    *,
    moves: Mapping[str, Any] | None,
    name: str,
    community: str | None,
    settings: Mapping[str, Any],
    estimated: int,
    is_osm: bool,
    weights: Weights,
    shares: Sequence[Mapping[str, Any]],
) -> None:
    """The report of a division that was written into a folder."""
    from doorstep.areas import reporting
    from doorstep.areas.writers import report
    from doorstep.core.time import clock

    ground: dict[str, Sequence[Any]] = {"buildings": [] if buildings.footprints is None else list(buildings.footprints)}
    for layer, kinds in reporting.LAYERS.items():
        found = features.features if features else ()
        ground[layer] = [plane.flatten(each.shape) for each in found if each.kind in kinds]
    if moves is not None:
        ground["moved"] = _where_moved(division, buildings)
    told = reporting.report_of_division(
        division, plane, weights, name=name, community=community, settings=settings, at=clock.now(),
        estimated=estimated, is_osm=is_osm, ground=ground, moves=moves, shares=shares,
    )  # fmt: skip
    _write(file, report, told)


def _where_moved(division: Division, buildings: Buildings) -> list[Any]:
    """The buildings in which somebody comes elsewhere; a circle where their walls are not known."""
    import numpy as np
    import shapely

    rows = np.unique(division.atoms.building[division.moves.atom])
    if buildings.footprints is not None:
        return list(buildings.footprints[rows])
    return list(shapely.buffer(shapely.points(buildings.xy[rows]), POINT_M))


def of_plan(file: Path, plan: Plan) -> None:
    """The report of a draft in the database."""
    from doorstep.areas.plan_report import report_of_plan
    from doorstep.areas.writers import report

    _write(file, report, report_of_plan(plan))


def of_all(file: Path | None, outcome: Outcome, place: Place, settings: Mapping[str, Any], seconds: float) -> None:
    """The report of every community: a map of all, a small one of those to look at first, and one row each.

    Nothing where no file is named for it.
    """
    if file is None:
        return
    from doorstep.areas.reporting import report_of_all
    from doorstep.areas.writers import report_all
    from doorstep.core.time import clock

    told = report_of_all(
        outcome.rows, outcome.refused, place.drawn, settings=settings, seconds=seconds, at=clock.now(),
        of_file=place.of_file, is_osm=place.is_osm,
    )  # fmt: skip
    _write(file, report_all, told)


def _write(file: Path, writer: ModuleType, told: Any) -> None:
    with writing(file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix.lower() == ".json":
            file.write_bytes(writer.as_json(told))
        else:
            file.write_text(writer.as_html(told), encoding="utf-8")
