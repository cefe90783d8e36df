"""`doorstep export hotline FILE [--area CODE] [--partner NAME] [--since DAY]`, `doorstep export catalogue TO`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from doorstep.config.serving import database_up
from doorstep.core.text import text

group = typer.Typer(no_args_is_help=True)


@group.callback()
def export() -> None:
    """What is written out for others."""


@group.command("hotline", help=text("command-export-hotline"))
def hotline(
    file: Path,
    area: Annotated[str | None, typer.Option(help=text("command-option-hotline-area"))] = None,
    partner: Annotated[str, typer.Option(help=text("command-option-partner"))] = "12345",
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=text("command-option-since"))] = None,
) -> None:
    with database_up():
        from doorstep.core.access import WORKER, acting_as
        from doorstep.core.time import clock
        from doorstep.exchange.actions.partners import hotline_of
        from doorstep.exchange.answers import answers, write
        from doorstep.exchange.importing import area_for

        at = clock.now()
        with acting_as(WORKER):
            known = hotline_of(area_for(area, at), at=at, name=partner)
            rows = write(file, answers(known.id, since.date() if since else None))
        typer.echo(text("command-export-hotline-done", file=file.name, rows=rows))


@group.command("catalogue", help=text("command-export-catalogue"))
def catalogue(to: Annotated[Path, typer.Argument(help=text("command-export-catalogue-to"))]) -> None:
    with database_up():
        from doorstep.catalogue.actions.exchanging import write
        from doorstep.core.access import WORKER, acting_as
        from doorstep.core.time import clock

        with acting_as(WORKER):
            sheets = write(to, at=clock.now())
        typer.echo(text("command-export-catalogue-done", to=to.name, sheets=sheets))
