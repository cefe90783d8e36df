"""Claim: a page of fifty of a desk's queue takes 5 ms in the database and 150 ms over HTTP at most, at a million cases.

Row-level security is on: every statement runs under the role of its desk. In the database: planning and execution of
all statements of a page as EXPLAIN ANALYZE measures them, for desks drawn at random, their first pages and those after,
after one turn to warm up. Over HTTP: the whole page through granian with two workers, one client after the other and
eight at once. Against Amsterdam's Signalen (its list of 50 at a million reports: 2.7 pages/s, 272-419 statements).
Run alone: `python -m bench.queue [cases ...]`.
"""

from __future__ import annotations

import atexit
import hashlib
import http.client
import json
import os
import random
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "queue.json"
SIZES = (10_000, 100_000, 1_000_000)
DESKS, TURNS, HTTP_PAGES, AT_ONCE = 25, 4, 240, 8
GOALS = {"database_p99_ms": 5.0, "http_p99_ms": 150.0}

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
os.environ.setdefault("DOORSTEP_SECRET_KEY", secrets.token_urlsafe())
os.environ["DOORSTEP_HOME"] = tempfile.mkdtemp(prefix="doorstep-bench-")
atexit.register(shutil.rmtree, os.environ["DOORSTEP_HOME"], ignore_errors=True)
os.environ["DOORSTEP_STATIC"] = f"{os.environ['DOORSTEP_HOME']}/static"

import django  # noqa: E402

django.setup()

import psycopg  # noqa: E402
from bench.fill import City, fill  # noqa: E402
from bench.house import log_in_to, machine  # noqa: E402
from django.db import connection, connections  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from doorstep.cases import queue  # noqa: E402
from doorstep.cases.queue import Tab, Wanted  # noqa: E402
from doorstep.config.opening import collect_static  # noqa: E402
from doorstep.config.serving import Address, processes  # noqa: E402
from doorstep.core.access import Actor, Role, acting_as  # noqa: E402
from doorstep.core.postgres import BENCH, SUPERUSER, Server, temporary_server  # noqa: E402


def main(sizes: Sequence[int]) -> int:
    """Print the table, write the JSON; not 0 if a goal is missed at the largest size."""
    told = machine(postgresql="18 (embedded), fsync off for filling; pages only read")
    collect_static(Path(os.environ["DOORSTEP_STATIC"]))
    sized = [measured(size) for size in sizes]
    told["load_after"] = [round(load, 2) for load in os.getloadavg()]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"machine": told, "goals": GOALS, "sizes": sized}, indent=2) + "\n", encoding="utf-8")
    show(told, sized)
    last = sized[-1]
    page_p99 = last["database"]["open"]["p99_ms"]
    is_reached = page_p99 <= GOALS["database_p99_ms"] and last["http"]["one"]["p99_ms"] <= GOALS["http_p99_ms"]
    return 0 if is_reached else 1


def measured(cases: int) -> dict[str, Any]:
    """All figures of a city with that many cases, on a server of its own."""
    with temporary_server({**BENCH, "fsync": "off"}) as server:
        log_in_to(server)
        city = fill(server.dsn(SUPERUSER), cases)
        database = {name: in_database(act, desks_of(city)) for name, act in PAGES.items()}
        over_http = through_granian(server, city)
        connections.close_all()
    return {"cases": cases, "filled_in_s": city.seconds, "database": database, "http": over_http}


# In the database ------------------------------------------------------------------------------------------------------

AT = datetime.now(UTC)
Act = Callable[[Actor], Any]


def a_page(wanted: Wanted, pages: int = 1) -> Act:
    """Read a page, or some pages one after the other."""

    def read(desk: Actor) -> None:
        cursor = None
        for _ in range(pages):
            cursor = queue.page(wanted, by=desk, at=AT, cursor=cursor).later
            if cursor is None:
                return

    return read


PAGES: dict[str, Act] = {
    "open": a_page(Wanted()),
    "open, third page": a_page(Wanted(), pages=3),
    "overdue": a_page(Wanted(Tab.OVERDUE)),
    "asked": a_page(Wanted(Tab.ASKED)),
    "ended": a_page(Wanted(Tab.ENDED)),
    "counts of the tabs": lambda desk: queue.counts(by=desk, at=AT),
    "open, urgent only": a_page(Wanted(urgency="urgent")),
    "search of two characters": a_page(Wanted(Tab.ALL, words="路灯")),
    "search of two words": a_page(Wanted(Tab.ALL, words="12号楼 电梯")),
}


def desks_of(city: City) -> list[Actor]:
    """Desks of every kind, drawn at random but alike on every run."""
    chance = random.Random(2026)
    kinds = [
        (Role.COMMUNITY, city.communities, "community_desk"),
        (Role.SUBDISTRICT, city.subdistricts, "subdistrict_office"),
        (Role.COUNTY, city.counties, "command_centre"),
    ]
    desks = [
        Actor(role, org=area, unit=city.units[unit][areas.index(area)])
        for role, areas, unit in kinds
        for area in chance.choices(areas, k=DESKS)
    ]
    departments = chance.choices(city.units["department"], k=DESKS)
    return desks + [Actor(Role.DEPARTMENT, org=unit, unit=unit) for unit in departments]


def in_database(act: Act, desks: Sequence[Actor]) -> dict[str, Any]:
    """Milliseconds that the server spends on what `act` asks, over all desks and turns but the first."""
    times: list[float] = []
    for turn in range(TURNS + 1):
        for desk in desks:
            spent: list[float] = []
            with acting_as(desk), connection.execute_wrapper(explained(spent)):
                act(desk)
            # What went before the last statement only led to the page that is meant.
            if turn:
                times.append(spent[-1])
    return told_of(times)


def explained(spent: list[float]) -> Callable[..., Any]:
    """Have the server measure each statement before it is really run."""

    def run(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        with connection.connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
            plan = cursor.fetchone()[0][0]
        spent.append(plan["Planning Time"] + plan["Execution Time"])
        return execute(sql, params, many, context)

    return run


# Over HTTP ------------------------------------------------------------------------------------------------------------


def through_granian(server: Server, city: City) -> dict[str, Any]:
    """The whole page as a browser gets it, signed in at desks of every kind."""
    keys = sessions(server, city)
    with pages_served(server) as port:
        fetch_all(port, keys, AT_ONCE, HTTP_PAGES)  # every thread opens its connection
        return {
            "one": fetch_all(port, keys, 1, HTTP_PAGES),
            "eight": fetch_all(port, keys, AT_ONCE, HTTP_PAGES * 2),
        }


def sessions(server: Server, city: City) -> list[str]:
    """Keys of sessions with both factors, one for each of some desks."""
    units = [unit for kind in ("community_desk", "subdistrict_office", "command_centre", "department")
             for unit in random.Random(7).sample(city.units[kind], 7)]  # fmt: skip
    keys = [secrets.token_urlsafe(24) for _ in units]
    with psycopg.connect(server.dsn(SUPERUSER)) as owner:
        for key, unit in zip(keys, units, strict=True):
            hashed = hashlib.sha256(key.encode()).hexdigest()
            owner.execute(_SESSION, {"unit": unit, "name": key[:20].lower(), "hash": hashed})
    return keys


_SESSION = """
WITH seat AS (
    SELECT a.id, a.person_id FROM staff_appointment a JOIN staff_post p ON p.id = a.post_id WHERE p.unit_id = %(unit)s
), account AS (
    INSERT INTO staff_account (username, password, person_id, totp_last_step, failures, password_changed_at,
        must_change_password) SELECT %(name)s, '', person_id, 0, 0, now(), false FROM seat RETURNING id
)
INSERT INTO staff_session (key_hash, account_id, appointment_id, second_factor, began_at, seen_at, expires_at, browser)
SELECT %(hash)s, account.id, seat.id, true, now(), now() + interval '1 hour', now() + interval '3 hours', ''
FROM account, seat
"""


@contextmanager
def pages_served(server: Server) -> Iterator[int]:
    """Granian with two workers on a free port, as `doorstep serve` starts it."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    web = next(each for each in processes(Address("127.0.0.1", port), 2, server.folder) if each.name == "web")
    told = {**web.environment, **os.environ, "DOORSTEP_HOME": str(server.folder)}
    process = subprocess.Popen(web.command, env=told)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                fetch(http.client.HTTPConnection("127.0.0.1", port, timeout=10), "")
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def fetch_all(port: int, keys: Sequence[str], clients: int, pages: int) -> dict[str, Any]:
    """Fetch that many pages by that many clients, each on a kept connection, each page of another desk."""

    def client(number: int) -> list[float]:
        kept = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        return [fetch(kept, keys[turn % len(keys)]) for turn in range(number, pages, clients)]

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        times = [each for found in pool.map(client, range(clients)) for each in found]
    return {"clients": clients, "pages_a_second": round(pages / (time.perf_counter() - began), 1), **told_of(times)}


def fetch(kept: http.client.HTTPConnection, key: str) -> float:
    """Milliseconds until the whole page is here; a page that is not the queue is an error."""
    began = time.perf_counter()
    kept.request("GET", "/desk/", headers={"Cookie": f"doorstep_session={key}"} if key else {})
    answer = kept.getresponse()
    body = answer.read()
    if key and (answer.status != 200 or b'id="list"' not in body):
        raise RuntimeError(f"No queue came: {answer.status}")
    return (time.perf_counter() - began) * 1000


# Telling --------------------------------------------------------------------------------------------------------------


def told_of(times: Sequence[float]) -> dict[str, Any]:
    """The middle and the slow end of some times."""
    inner = statistics.quantiles(times, n=100)
    return {
        "count": len(times),
        "p50_ms": round(inner[49], 2),
        "p95_ms": round(inner[94], 2),
        "p99_ms": round(inner[98], 2),
    }


def show(told: dict[str, Any], sized: Sequence[dict[str, Any]]) -> None:
    """One line a kind of page, one column a size."""
    table = Table(title=" · ".join(f"{name} {value}" for name, value in told.items()))
    table.add_column("p50 / p99, ms")
    for size in sized:
        table.add_column(f"{size['cases']:,} cases", justify="right")
    for where, names in (("database", list(PAGES)), ("http", ["one", "eight"])):
        for name in names:
            figures = [size[where][name] for size in sized]
            table.add_row(f"{where}: {name}", *(f"{each['p50_ms']} / {each['p99_ms']}" for each in figures))
    Console(width=140).print(table)


if __name__ == "__main__":
    sys.exit(main([int(each) for each in sys.argv[1:]] or SIZES))
