"""`doorstep heads [FOLDER] [--rotate]`: the newest signed head, all of them as files, or a new key that signs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from doorstep.config.serving import database_up
from doorstep.core.text import text


def run(
    to: Annotated[Path | None, typer.Argument(help=text("command-heads-to"))] = None,
    rotate: Annotated[bool, typer.Option("--rotate", help=text("command-option-rotate"))] = False,
) -> None:
    with database_up():
        from doorstep.core.access import WORKER, acting_as
        from doorstep.core.time import clock
        from doorstep.proofs import queries
        from doorstep.proofs.actions import keys
        from doorstep.proofs.actions.sequencing import sign_now

        if rotate:
            with acting_as(WORKER):
                new = keys.rotate(clock.now())
            print(text("proofs-heads-rotated", key=new.published))
        sign_now(clock.now())
        with acting_as(WORKER):
            newest = queries.newest_or_refused()
            written = _write_all(to) if to is not None else None
    if written is None:
        print(newest.note, end="")
    else:
        print(text("command-heads-done", count=written, folder=str(to)))


def _write_all(folder: Path) -> int:
    """One file a head; how many."""
    from doorstep.proofs.queries import heads

    folder.mkdir(parents=True, exist_ok=True)
    count, before = 0, None
    while found := heads(before=before, limit=1000):
        for head in found:
            (folder / f"{head.size}.txt").write_text(head.note, encoding="utf-8")
        count, before = count + len(found), found[-1].size
    return count
