"""`doorstep synthesize city --households N --seed S --out FOLDER`: the files of a city that never was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from doorstep.areas.inventing import InventedFormat
from doorstep.config.opening import progress
from doorstep.config.reporting import writing
from doorstep.core.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doorstep.engines.districting.synthetic import Community

group = typer.Typer(no_args_is_help=True)


@group.callback()
def _group() -> None:
    """Cities only, for now; with a callback, the one command keeps its name."""


@group.command("city", help=text("command-synthesize-city"))
def city(
    households: Annotated[int, typer.Option(min=1, max=100_000_000, help=text("command-synthesize-households"))],
    seed: Annotated[int, typer.Option(min=0, help=text("command-synthesize-seed"))] = 0,
    format_: Annotated[
        InventedFormat, typer.Option("--format", help=text("command-synthesize-format"))
    ] = InventedFormat.GEOPACKAGE,
    out: Annotated[Path, typer.Option(help=text("command-synthesize-out"))] = Path("city"),
) -> None:
    from doorstep.areas.inventing import write_city
    from doorstep.engines.districting import synthetic

    with progress(is_shown=True) as tell, writing(out):

        def followed() -> Iterator[Community]:
            done = 0
            for community in synthetic.city(households, seed):
                tell(min(1.0, done / households), text("command-synthesize-at-work"))
                done += community.households
                yield community

        written = write_city(followed(), out, format_)
    typer.echo(
        text(
            "command-synthesize-done", folder=str(out), file=written.buildings.name, communities=written.communities,
            buildings=written.houses, households=written.households,
        )
    )  # fmt: skip
