"""`doorstep restore FILE`: put a backup in place, and bring it up to this version."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from doorstep.config.commands.backup import this_installation
from doorstep.config.serving import Address, alone, database_server
from doorstep.core import postgres
from doorstep.core.backup import BackupRefused, Manifest, restore
from doorstep.core.text import say, text


def run(
    file: Annotated[Path, typer.Argument(help=text("command-restore-file"))],
    replace: Annotated[bool, typer.Option("--replace", help=text("command-restore-replace"))] = False,
) -> None:
    with alone(postgres.home(), Address("", 0)), database_server():
        manifest = restore(file.absolute(), this_installation(), replacing=replace, refuse=refuse_a_newer)
        from doorstep.config.migrating import migrate

        migrate()
        if os.environ.get("DOORSTEP_DEMO") == "1":
            from doorstep.config.opening import remember_the_demo_is_loaded

            remember_the_demo_is_loaded()
    print(
        text(
            "command-restore-done", file=str(file), at=manifest.made_at, tables=len(manifest.tables), rows=manifest.rows
        )
    )


def refuse_a_newer(manifest: Manifest) -> None:
    """A schema from the future cannot be brought back to this version."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
    import django
    from django.db.migrations.loader import MigrationLoader

    django.setup()
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = sorted(set(manifest.migrations) - known)
    if unknown:
        raise BackupRefused(say("command-restore-newer", migration=unknown[0]), say("command-restore-newer-try"))
