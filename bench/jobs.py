"""Claim: a case's own row is job enough. Due rows are worked off faster than jobs of a queue library, and a killed
worker costs nothing: what it held is free at once, and nothing is done twice.

Against pgqueuer, the library that we would otherwise use, installed for this measure alone. Both do the same: change
one row for each job, with PostgreSQL safe against power cuts. Ours claims due rows with SKIP LOCKED and writes a batch
in one transaction, as `cases.actions.ledger.hold_due` does; pgqueuer hands out jobs in batches of the same size, each
of which is a transaction of its own, eight at a time. Run alone: `python -m bench.jobs`.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from bench.house import machine
from bench.intake import show

from doorstep.core.postgres import BENCH, SUPERUSER, temporary_server

RESULTS = Path(__file__).parent / "results" / "jobs.json"
LIBRARY = "pgqueuer>=1.6"
BATCH, AT_ONCE = 100, 8
JOBS, KILLED_AFTER, WRITES, RUNS = 10_000, 3_000, 1_000, 3
DONE_WITHIN_S = 180.0
WAYS = ("due rows", "pgqueuer")

SCHEMA = """
CREATE TABLE thing (id bigint PRIMARY KEY, due_at timestamptz, done integer NOT NULL DEFAULT 0, done_at timestamptz);
CREATE INDEX thing_due ON thing (due_at) WHERE due_at IS NOT NULL
"""
ADD = "INSERT INTO thing (id, due_at) SELECT i, %s FROM generate_series(%s::bigint, %s::bigint) i"
CLAIM = "SELECT id FROM thing WHERE due_at <= now() ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED"
DO = "UPDATE thing SET due_at = NULL, done = done + 1, done_at = clock_timestamp() WHERE id = ANY(%s)"


# The two workers, each a process of its own ---------------------------------------------------------------------------


def work_off_due_rows(dsn: str) -> None:
    """Claim a batch, write it, commit; as long as it is let."""
    with psycopg.connect(dsn) as connection:
        while True:
            with connection.transaction():
                claimed = [number for (number,) in connection.execute(CLAIM, [BATCH])]
                connection.execute(DO, [claimed])
            if not claimed:
                time.sleep(0.02)


def work_off_pgqueuer(dsn: str) -> None:
    """The same with pgqueuer."""
    import asyncio

    from pgqueuer import PgQueuer  # type: ignore[import-not-found]
    from psycopg_pool import AsyncConnectionPool

    async def run() -> None:
        connection = await psycopg.AsyncConnection.connect(dsn, autocommit=True)
        queuer = PgQueuer.from_psycopg_connection(connection)
        async with AsyncConnectionPool(dsn, min_size=AT_ONCE, max_size=AT_ONCE, kwargs={"autocommit": True}) as pool:

            @queuer.entrypoint("step")
            async def step(job: Any) -> None:
                async with pool.connection() as own:
                    await own.execute(DO, [[int(job.payload)]])

            await queuer.run(batch_size=BATCH)

    asyncio.run(run())


WORKERS: dict[str, Callable[[str], None]] = {"due rows": work_off_due_rows, "pgqueuer": work_off_pgqueuer}


# Beginning ------------------------------------------------------------------------------------------------------------


def install_pgqueuer(dsn: str) -> None:
    """Its tables, in our database."""
    import asyncio

    from pgqueuer.queries import Queries  # type: ignore[import-not-found]

    async def run() -> None:
        async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
            await Queries.from_psycopg_connection(connection).install()

    asyncio.run(run())


def enqueue(connection: psycopg.Connection, numbers: Sequence[int]) -> None:
    """Jobs of pgqueuer, within the caller's transaction, which its own driver would refuse."""
    from pgqueuer.adapters.drivers.psycopg import SyncPsycopgDriver  # type: ignore[import-not-found]
    from pgqueuer.queries import SyncQueries

    class WithinTransaction(SyncPsycopgDriver):  # type: ignore[misc]
        def __init__(self, connection: psycopg.Connection) -> None:
            self._connection = connection

    queries = SyncQueries(WithinTransaction(connection))
    queries.enqueue(["step"] * len(numbers), [b"%d" % number for number in numbers], [0] * len(numbers))


def add(dsn: str, way: str, count: int) -> None:
    """So many new things to do, in one transaction."""
    with psycopg.connect(dsn) as connection:
        last = connection.execute("SELECT coalesce(max(id), 0) FROM thing").fetchall()[0][0]
        connection.execute(ADD, [_now() if way == "due rows" else None, last + 1, last + count])
        if way == "pgqueuer":
            enqueue(connection, range(last + 1, last + count + 1))


# Measuring ------------------------------------------------------------------------------------------------------------


def measured(dsn: str, way: str) -> dict[str, Any]:
    """One row of the table."""
    return {
        "way": way,
        "ms_to_write_a_thing_with_its_job": write_ms(dsn, way),
        "jobs_a_second": round(statistics.median(pace(dsn, way) for _ in range(RUNS))),
        **killed(dsn, way),
    }


def write_ms(dsn: str, way: str) -> float:
    """Single things, each in a transaction of its own, as reports come; thrown away afterwards."""
    with psycopg.connect(dsn) as connection:
        times = []
        for number in range(10_000_001, 10_000_001 + WRITES):
            began = time.perf_counter()
            with connection.transaction():
                connection.execute(ADD, [_now() if way == "due rows" else None, number, number])
                if way == "pgqueuer":
                    enqueue(connection, [number])
            times.append(time.perf_counter() - began)
        connection.execute("DELETE FROM thing")
        if way == "pgqueuer":
            connection.execute("DELETE FROM pgqueuer")
    return round(1000 * statistics.median(times), 2)


def pace(dsn: str, way: str) -> float:
    """Jobs a second of one worker that was already waiting."""
    _forget(dsn)
    with _worker(dsn, way):
        add(dsn, way, BATCH)
        _wait_until_done(dsn)
        _forget(dsn)
        add(dsn, way, JOBS)
        _wait_until_done(dsn)
    ((seconds,),) = _ask(dsn, "SELECT extract(epoch FROM max(done_at) - min(done_at))::float8 FROM thing")
    return float(JOBS / seconds)


def killed(dsn: str, way: str) -> dict[str, Any]:
    """Two workers, one of them killed with -9: seconds until the last job was done, and jobs done twice."""
    _forget(dsn)
    with _worker(dsn, way), _worker(dsn, way) as victim:
        add(dsn, way, 2 * BATCH)
        _wait_until_done(dsn)
        _forget(dsn)
        add(dsn, way, JOBS)
        while _ask(dsn, "SELECT count(*) FROM thing WHERE done > 0")[0][0] < KILLED_AFTER:
            time.sleep(0.005)
        victim.kill()
        at = _now()
        _wait_until_done(dsn)
    ((last_s, typical_s, twice),) = _ask(
        dsn,
        "SELECT extract(epoch FROM max(done_at) - %(at)s)::float8, extract(epoch FROM"
        " percentile_disc(0.98) WITHIN GROUP (ORDER BY done_at) - %(at)s)::float8,"
        " count(*) FILTER (WHERE done > 1) FROM thing",
        {"at": at},
    )
    return {
        "98_of_100_done_after_the_kill_s": round(typical_s, 2),
        "all_done_after_the_kill_s": round(last_s, 2),
        "done_twice": int(twice),
    }


@contextmanager
def _worker(dsn: str, way: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", "bench.jobs", way, dsn], stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_until_done(dsn: str) -> None:
    give_up_at = time.monotonic() + DONE_WITHIN_S
    while _ask(dsn, "SELECT count(*) FROM thing WHERE done = 0")[0][0]:
        if time.monotonic() > give_up_at:
            raise RuntimeError(f"Not done within {DONE_WITHIN_S:.0f} s.")
        time.sleep(0.05)


def _forget(dsn: str) -> None:
    _ask(dsn, "TRUNCATE thing")


def _ask(dsn: str, query: str, given: Any = None) -> list[tuple[Any, ...]]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        cursor = connection.execute(query, given)
        return cursor.fetchall() if cursor.description else []


def _now() -> datetime:
    return datetime.now(UTC)


def main() -> int:
    """Print the table, write the JSON; not 0 if due rows are slower or anything was done twice by them."""
    told = machine(jobs=JOBS, batch=BATCH, compared_with=LIBRARY)
    with tempfile.TemporaryDirectory() as folder, temporary_server(BENCH) as server:
        # Our own packages come first: the library brings copies of some of them.
        install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--target", folder, LIBRARY]
        subprocess.run(install, check=True)
        sys.path.append(folder)
        os.environ["PYTHONPATH"] = os.pathsep.join([os.environ.get("PYTHONPATH", ""), folder])
        dsn = server.dsn(SUPERUSER)
        for statement in SCHEMA.split(";"):
            _ask(dsn, statement)
        install_pgqueuer(dsn)
        rows = [measured(dsn, way) for way in WAYS]
    RESULTS.write_text(json.dumps({"machine": told, "runs": RUNS, "rows": rows}, indent=2) + "\n", encoding="utf-8")
    show("jobs", told, rows, list(rows[0]))
    ours, theirs = rows
    return 0 if ours["jobs_a_second"] >= theirs["jobs_a_second"] and not ours["done_twice"] else 1


if __name__ == "__main__":
    if len(sys.argv) == 3:
        WORKERS[sys.argv[1]](sys.argv[2])
    else:
        sys.exit(main())
