"""`doorstep administrators SYSTEM SECURITY AUDIT`: the first three accounts of an installation, named after people."""

from __future__ import annotations

from typing import Annotated

import typer

from doorstep.config.serving import database_up
from doorstep.core.text import text


def run(
    system: Annotated[str, typer.Argument(help=text("command-administrators-system"))],
    security: Annotated[str, typer.Argument(help=text("command-administrators-security"))],
    audit: Annotated[str, typer.Argument(help=text("command-administrators-audit"))],
) -> None:
    with database_up():
        from doorstep.core.time import clock
        from doorstep.staff.actions.founding import found_administrators

        for opened in found_administrators([system, security, audit], at=clock.now()):
            post = text(f"staff-post-{opened.post.replace('_', '-')}")
            typer.echo(f"{post}  {opened.name}  {opened.username}  {opened.password}")
    typer.echo(text("command-administrators-done"))
