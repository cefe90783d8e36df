"""`doorstep import territory FILE`, `doorstep import buildings FILE --community CODE [--datum NAME] [--base-map FILE]`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from doorstep.config.serving import database_up
from doorstep.core.text import say, text

if TYPE_CHECKING:
    from doorstep.areas.actions.importing import Imported
    from doorstep.areas.readers.records import Finding

MOST_SHOWN = 50

group = typer.Typer(no_args_is_help=True)


@group.command("territory", help=text("command-import-territory"))
def territory(file: Path) -> None:
    with database_up():
        from doorstep.areas.actions.importing import import_territory
        from doorstep.areas.readers import read_territory
        from doorstep.core.time import clock

        read = read_territory(file)
        _list([*read.findings.problems, *read.findings.remarks])
        _tell(file, import_territory(read, at=clock.now()))


@group.command("buildings", help=text("command-import-buildings"))
def buildings(
    file: Path,
    community: Annotated[str, typer.Option(help=text("command-option-community"))],
    datum: Annotated[str | None, typer.Option(help=text("command-option-datum"))] = None,
    base_map: Annotated[Path | None, typer.Option(help=text("command-option-base-map"))] = None,
) -> None:
    with database_up():
        from doorstep.areas.actions.importing import import_base_map, import_buildings
        from doorstep.areas.readers import read_base_map, read_buildings
        from doorstep.core.time import clock

        read = read_buildings(file, datum)
        _list([*read.findings.problems, *read.findings.remarks])
        _tell(file, import_buildings(community, read, at=clock.now()))
        if base_map is not None:
            features = read_base_map(base_map)
            _list([*features.findings.problems, *features.findings.remarks])
            _tell(base_map, import_base_map(community, features))


def _list(findings: Sequence[Finding]) -> None:
    for finding in findings[:MOST_SHOWN]:
        typer.echo(str(finding), err=True)
    if len(findings) > MOST_SHOWN:
        typer.echo(text(say("command-import-more", count=len(findings) - MOST_SHOWN)), err=True)


def _tell(file: Path, done: Imported) -> None:
    typer.echo(text("command-import-done", file=file.name, added=done.added, changed=done.changed, same=done.same))
