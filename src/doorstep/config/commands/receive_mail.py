"""`doorstep receive-mail [FILE]`: one letter, from a file or from the pipe of a mail server.

It ends with the numbers that mail servers know (sysexits.h): 0 when the letter was taken or let lie, 65 when it goes
back to its sender with the words that are printed, 75 when it should be tried again later.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from doorstep.config.serving import database_up
from doorstep.core.text import text

GO_BACK: Final = 65
TRY_AGAIN: Final = 75
ENDS: Final = {"large": GO_BACK, "unreadable": GO_BACK, "later": TRY_AGAIN}


def run(file: Annotated[Path | None, typer.Argument(help=text("command-receive-mail-file"))] = None) -> int:
    from django.db import InterfaceError, OperationalError

    try:
        with database_up():
            from doorstep.core.time import clock
            from doorstep.notices.mail import LARGEST, receive

            with sys.stdin.buffer if file is None else file.open("rb") as letter:
                became = receive(letter.read(LARGEST + 1), at=clock.now())
    except (OperationalError, InterfaceError) as gone:
        typer.echo(str(gone), err=True)
        return TRY_AGAIN
    typer.echo(text(f"command-receive-mail-{became}"))
    return ENDS.get(became, 0)
