"""`doorstep serve`: a community's own installation, until it is told to stop."""

from __future__ import annotations

from typing import Annotated

import typer

from doorstep.config.serving import Address, alone, database_server, open_house, refuse_taken_port, serve
from doorstep.core import postgres
from doorstep.core.text import text


def run(
    host: Annotated[str, typer.Option(help=text("command-option-host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, help=text("command-option-port"))] = 8000,
    workers: Annotated[int, typer.Option(min=1, help=text("command-option-workers"))] = 2,
) -> None:
    address = Address(host, port)
    with alone(postgres.home(), address):
        refuse_taken_port(address)
        with database_server() as server:
            open_house(with_demo=False)
            serve(address, workers, server, lambda: print(text("command-serve-up", address=str(address)), flush=True))
        print(text("command-stopped"))
