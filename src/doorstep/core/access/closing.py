"""Close every table, then open what the policy files say; run after every migration, any number of times."""

from __future__ import annotations

from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from doorstep.core.access.roles import SCOPES

FOLDER = Path(__file__).parent / "policies"
EVERYONE = ", ".join(scope.database_role for scope in SCOPES.values())


def policy_files() -> dict[str, str]:
    """The SQL of each table that is open to anybody, by table name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.sql"))}


def close_and_open(connection: BaseDatabaseWrapper) -> None:
    """Make the database's policies equal to the files: one transaction, so nobody sees a half-closed house."""
    files = policy_files()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = sorted(row[0] for row in cursor.fetchall())
        unknown = files.keys() - set(tables)
        if unknown:
            raise LookupError(f"Policies for tables that do not exist: {', '.join(sorted(unknown))}")
        for table in tables:
            _close(cursor, table)
            if table in files:
                cursor.execute(files[table].replace("{everyone}", EVERYONE))
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {EVERYONE}")


def _close(cursor: object, table: str) -> None:
    run = cursor.execute  # type: ignore[attr-defined]
    run(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    run(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    run(f'REVOKE ALL ON "{table}" FROM {EVERYONE}, PUBLIC')
    run("SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND tablename = %s", [table])
    for (name,) in cursor.fetchall():  # type: ignore[attr-defined]
        run(f'DROP POLICY "{name}" ON "{table}"')
