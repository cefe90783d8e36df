"""`doorstep demo`: the whole story on this machine, until Ctrl-C."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from doorstep.config.command import demo_in_hand
from doorstep.config.serving import (
    Address,
    ServingRefused,
    alone,
    database_server,
    open_house,
    refuse_taken_port,
    serve,
)
from doorstep.core.text import say, text


def run(
    host: Annotated[str, typer.Option(help=text("command-option-host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, help=text("command-option-port"))] = 8000,
    workers: Annotated[int, typer.Option(min=1, help=text("command-option-workers"))] = 2,
) -> None:
    refuse_foreign_database()
    address = Address(host, port)
    with demo_in_hand() as home, alone(home, address):
        refuse_taken_port(address)
        with database_server() as server:
            open_house(with_demo=True)
            serve(address, workers, server, lambda: welcome(address, home))
        print(text("command-stopped"))


def refuse_foreign_database() -> None:
    """The demo begins with an empty database, so it is only given one of its own."""
    if "DATABASE_URL" in os.environ:
        raise ServingRefused(say("command-demo-foreign"), say("command-demo-foreign-try"))


def welcome(address: Address, home: Path) -> None:
    """The address, and who to sign in as."""
    console = Console()
    console.print()
    console.print(text("command-demo-up", address=str(address)), style="bold", highlight=False)
    people = Table(show_edge=False, pad_edge=False)
    for column in ("post", "name", "password", "try"):
        people.add_column(text(f"command-people-{column}"), overflow="fold")
    for row in json.loads((home / "people.json").read_text()):
        people.add_row(*row)
    console.print(people)
    if address.is_open:
        console.print(text("command-demo-open"), style="bold")
    console.print(text("command-stop-with"))
