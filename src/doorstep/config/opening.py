"""Opening the house: schema, static files and, for the demo, its story. Run as `python -m doorstep.config.opening`."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from doorstep.config.command import exit_code
from doorstep.core import postgres
from doorstep.core.text import text

Tell = Callable[[float, str], None]

# What the comment on the database says once the whole demo is in it.
LOADED: Final = "demo loaded"


def main(arguments: list[str]) -> int:
    return exit_code(lambda: open_house(with_demo="--demo" in arguments))


def open_house(*, with_demo: bool) -> None:
    """Bring the schema up to date, collect what changed of the static files, load the demo unless it is loaded."""
    os.environ.setdefault("DOORSTEP_STATIC", str(postgres.home() / "static"))
    is_loaded = with_demo and demo_is_loaded()
    if with_demo and not is_loaded:
        # An earlier load that was cut off left half a story; nobody has worked with it yet.
        start_database_anew()
    with progress(is_shown=with_demo and not is_loaded) as tell:
        tell(0.0, text("command-opening-schema"))
        from doorstep.config.migrating import migrate

        migrate()
        tell(0.02, text("command-opening-static"))
        collect_static(postgres.home() / "static")
        if with_demo:
            from doorstep.config import demo

            if not is_loaded:
                demo.load(lambda done, words: tell(0.05 + 0.95 * done, words))
                remember_the_demo_is_loaded()
            (postgres.home() / "people.json").write_text(json.dumps([list(row) for row in demo.people()]))


def demo_is_loaded() -> bool:
    with psycopg.connect(postgres.databases()["owner"]) as owner:
        comment = owner.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    return comment == (LOADED,)


def remember_the_demo_is_loaded() -> None:
    with psycopg.connect(postgres.databases()["owner"]) as owner:
        owner.execute(f"COMMENT ON DATABASE {postgres.DATABASE} IS '{LOADED}'")


def start_database_anew() -> None:
    """An empty database in place of this installation's; only ever the demo's own."""
    server = postgres.server_for(postgres.home())
    with psycopg.connect(server.dsn(postgres.SUPERUSER, "postgres"), autocommit=True) as superuser:
        superuser.execute(f"DROP DATABASE IF EXISTS {postgres.DATABASE} WITH (FORCE)")
    server.make_database()


def collect_static(folder: Path) -> None:
    """Copy, name by content and compress the static files, unless none has changed since."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{storage.path(name)} {found.st_mtime_ns} {found.st_size}\n".encode())
    stamp = folder / ".digest"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    folder.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, skip_checks=True)
    stamp.write_text(digest.hexdigest())


@contextmanager
def progress(*, is_shown: bool) -> Iterator[Tell]:
    """A function to be told how much is done (0 to 1) and in words what comes now."""
    console = Console()
    if not is_shown:
        yield lambda done, words: None
    elif not console.is_terminal:
        # Nobody watches: a line for each thing that begins.
        said: list[str] = []

        def tell_in_lines(done: float, words: str) -> None:
            if words not in said:
                said.append(words)
                print(f"{done:4.0%} {words}", flush=True)

        yield tell_in_lines
    else:
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:3.0f}%"))
        with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
            task = bar.add_task("", total=1.0)
            yield lambda done, words: bar.update(task, completed=done, description=words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
