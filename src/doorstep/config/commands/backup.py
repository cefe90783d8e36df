"""`doorstep backup FILE`: everything of this installation in one file, while people go on working."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from doorstep.config.serving import database_server
from doorstep.core import postgres
from doorstep.core.backup import Installation, back_up
from doorstep.core.text import text
from doorstep.core.time import clock


def run(file: Annotated[Path, typer.Argument(help=text("command-backup-file"))]) -> None:
    with database_server():
        manifest = back_up(file.absolute(), this_installation(), clock.now())
    size_mb = round(file.stat().st_size / 1e6, 1)
    print(text("command-backup-done", file=str(file), size=size_mb, tables=len(manifest.tables), rows=manifest.rows))


def this_installation() -> Installation:
    """With a login that sees every row: our own server's superuser, or on another the one that is named for it."""
    urls = postgres.databases()
    url = os.environ.get("DATABASE_BACKUP_URL") or urls.get("superuser") or urls["owner"]
    return Installation(url, postgres.home(), postgres.installed_binaries())
