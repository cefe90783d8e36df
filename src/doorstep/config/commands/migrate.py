"""`doorstep migrate`: bring the database up to this version."""

from __future__ import annotations

from doorstep.config.serving import database_server
from doorstep.core.text import text


def run() -> None:
    with database_server():
        from doorstep.config.migrating import migrate

        migrate()
    print(text("command-migrate-done"))
