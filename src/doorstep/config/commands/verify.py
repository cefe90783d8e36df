"""`doorstep verify`: check that nobody has changed, cut or reworded the life of any case."""

from __future__ import annotations

from itertools import chain

import typer
from rich.console import Console

from doorstep.config.serving import database_up
from doorstep.core.text import text

SHOWN = 10
UNSOUND = 1


def run() -> None:
    with database_up():
        from doorstep.cases.checking import Checked, check_ledger

        console = Console()
        with console.status(text("chain-looking")) as status:

            def tell(so_far: Checked) -> None:
                status.update(text("chain-so-far", cases=so_far.cases, rows=so_far.rows))

            checked = check_ledger(tell)
    if checked.is_sound:
        print(text("chain-sound", cases=checked.cases, rows=checked.rows))
        return
    found = [
        *(text(f"chain-fault-{each.fault}", case=str(each.case), seq=each.seq) for each in checked.faults),
        *(text("chain-fault-strayed", case=str(case)) for case in checked.strayed),
        *(text("chain-fault-reworded", case=str(case), seq=seq) for case, seq in checked.reworded),
    ]
    print(text("chain-unsound", count=len(found)))
    for each in chain(found[:SHOWN], [text("chain-more", count=len(found) - SHOWN)] if len(found) > SHOWN else []):
        print(f"  {each}")
    raise typer.Exit(UNSOUND)
