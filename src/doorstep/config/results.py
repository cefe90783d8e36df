"""What `doorstep divide` writes into its folder, and what it says afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from doorstep.config import reporting
from doorstep.config.wanted import Unit, Wanted
from doorstep.core.text import language, text

if TYPE_CHECKING:
    from doorstep.config.dividing_all import Outcome
    from doorstep.core.geometry.metres import Projection
    from doorstep.engines.districting import Buildings, Division

MOST_REFUSED: Final = 50


def write(
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


def tell(division: Division, wanted: Wanted, seconds: float) -> None:
    from doorstep.areas.dividing import certificate_of

    for name, pieces in (("microgrids", division.microgrids), ("grids", division.grids)):
        tell_level(name, len(pieces), sum(piece.is_in_range for piece in pieces), wanted)
        for piece in pieces:
            if not piece.is_in_range:
                label, unit = str(piece.number), wanted.grid_unit.value
                if name == "microgrids":
                    label, unit = f"{division.grids[piece.grid].number}-{piece.number}", "households"
                tell_why(label, piece.households, {**certificate_of(piece), "unit": unit})
    typer.echo(text("command-divide-seconds", seconds=round(seconds, 2)))


def tell_level(name: str, count: int, inside: int, wanted: Wanted) -> None:
    """How many pieces of a level there are, and how many of them in range."""
    low, high, unit = wanted.low, wanted.high, ""
    if name == "grids":
        low, high = wanted.grid_low, wanted.grid_high
        unit = "-microgrids" if wanted.grid_unit is Unit.MICROGRIDS else ""
    typer.echo(text(f"command-divide-{name}{unit}", count=count, inside=inside, low=low, high=high))


def tell_why(label: str, households: int, certificate: Mapping[str, Any]) -> None:
    from doorstep.areas.dividing import why

    typer.echo(f"  {label}: {text('districting-households', count=households)}")
    for said in why(certificate):
        typer.echo(f"    {text(said)}")


def tell_all(outcome: Outcome, wanted: Wanted, seconds: float) -> None:
    sums = outcome.sums
    typer.echo(
        text("command-divide-all-done", fresh=outcome.fresh, kept=outcome.kept, buildings=sums["buildings"],
             households=sums["households"], estimated=sums["estimated"])
    )  # fmt: skip
    tell_level("microgrids", sums["microgrids"], sums["in_range"], wanted)
    tell_level("grids", sums["grids"], sums["grids_in_range"], wanted)
    typer.echo(text("command-divide-seconds", seconds=round(seconds, 2)))
    for community, reason in list(outcome.refused.items())[:MOST_REFUSED]:
        typer.echo(f"{community}: {reason}", err=True)
    if len(outcome.refused) > MOST_REFUSED:
        typer.echo(text("command-import-more", count=len(outcome.refused) - MOST_REFUSED), err=True)
