"""`doorstep receive-mail [FILE]`: one letter, from a file or from the pipe of a mail server.

It ends with the numbers that mail servers know (sysexits.h): 0 when the letter was taken or let lie, 75 when it should
be tried again later.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from doorstep.config.serving import database_up
from doorstep.core.text import text

TRY_AGAIN: Final = 75


def run(file: Annotated[Path | None, typer.Argument(help=text("command-receive-mail-file"))] = None) -> int:
    raw = sys.stdin.buffer.read() if file is None else file.read_bytes()
    from django.db import InterfaceError, OperationalError

    try:
        with database_up():
            from doorstep.core.time import clock
            from doorstep.notices.mail import receive

            became = receive(raw, at=clock.now())
    except (OperationalError, InterfaceError) as gone:
        typer.echo(str(gone), err=True)
        return TRY_AGAIN
    typer.echo(text(f"command-receive-mail-{became}"))
    return 0
