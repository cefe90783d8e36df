"""Bring the schema up to date, close every table, open what the policies say, and copy the table of moves."""

from __future__ import annotations

import os

from doorstep.cases.rules.lifecycle import transitions
from doorstep.core.refusals import Refusal
from doorstep.core.text import say


class SchemaBehind(Refusal):
    """The database was never opened by this version of Doorstep."""


def migrate() -> None:
    """Everything a database needs before anybody may use it; safe to run any number of times.

    Logs in as the owner (`settings.DATABASES["owner"]`); the app's own role could not do any of it.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
    import django
    from django.core.management import call_command
    from django.db import connections, transaction

    from doorstep.core.access.closing import close_and_open
    from doorstep.core.time import clock

    django.setup()
    from doorstep.catalogue.actions.seeding import seed

    owner = connections["owner"]
    call_command("migrate", database="owner", verbosity=0, interactive=False, skip_checks=True)
    with transaction.atomic(using="owner"):
        close_and_open(owner)
        _copy_the_moves(owner)
        seed(owner, at=clock.now())
    owner.close()


def refuse_a_schema_behind() -> None:
    """Raise `SchemaBehind` where migrations of this version are still to be applied. Django is set up."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    owner = connections["owner"]
    executor = MigrationExecutor(owner)
    is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    owner.close()
    if is_behind:
        raise SchemaBehind(say("command-schema-behind"), say("command-schema-behind-try"))


def _copy_the_moves(owner: object) -> None:
    """Moves are only ever added: rows of the ledger point at them."""
    rows = [tuple(str(part) for part in row) for row in transitions()]
    with owner.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.executemany(
            "INSERT INTO cases_move (move, from_state, to_state, by_hat) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            rows,
        )
