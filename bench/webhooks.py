"""Claim: 10,000 webhooks are delivered within 60 s with a slow and a dead receiver among them, though the worker is
killed with -9 in the middle: each case in order, and none lost.

The receivers are processes of their own: HTTP servers that verify each message with the `standardwebhooks` library and
write down what they heard. Three are quick and share the deliveries; one takes two seconds for each answer and one is
not there, and each of these two has as many waiting as a quick one. The worker is the one that is served, with
everything else that it does, on a PostgreSQL safe against power cuts. Run alone: `python -m bench.webhooks`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psycopg
from bench.house import DURABILITY, environment_of, machine, python
from bench.intake import show
from standardwebhooks.webhooks import Webhook

from doorstep.core.postgres import BENCH, SUPERUSER, Server, temporary_server

RESULTS = Path(__file__).parent / "results" / "webhooks.json"
SIZES, EVENTS, QUICK, SLOW_S = (1_000, 10_000, 50_000), 5, 3, 2.0
GOALS = {"deliveries": 10_000, "seconds": 60}
GIVEN_UP_AFTER_S = 1200.0
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
LOOPBACK = {"DOORSTEP_CALL_INSIDE": "127.0.0.0/8"}


class Receiver:
    """A process that takes deliveries; what it verified stands in its file, a line each."""

    def __init__(self, folder: Path, name: str, waits_s: float) -> None:
        self.file = folder / f"{name}.jsonl"
        self.file.touch()
        command = [sys.executable, "-m", "bench.webhooks", "receive", str(self.file), str(waits_s)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    @cached_property
    def url(self) -> str:
        """Where it is, once it has come up."""
        assert self.process.stdout is not None
        return f"http://127.0.0.1:{self.process.stdout.readline().strip()}/"

    def lines(self) -> int:
        with self.file.open("rb") as file:
            return sum(1 for _ in file)

    def heard(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.file.read_text().splitlines()]


def receive(file: str, waits_s: float) -> None:
    """Be a receiver until somebody ends this process."""
    verify = Webhook(SECRET).verify
    with Path(file).open("a", buffering=1) as kept:

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                said = verify(body, dict(self.headers))["data"]
                time.sleep(waits_s)
                told = {"id": self.headers["webhook-id"], "case": said["number"], "seq": said["seq"]}
                kept.write(json.dumps(told) + "\n")
                self.send_response(204)
                self.end_headers()

            def log_message(self, *said: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        print(server.server_port, flush=True)
        server.serve_forever()


@contextmanager
def receivers(folder: Path) -> Iterator[tuple[list[Receiver], Receiver, Receiver]]:
    """The quick ones, the slow one, and one that is not there any more."""
    with ExitStack() as running:
        made = []
        for name, waits_s in [*((f"quick-{n}", 0.0) for n in range(QUICK)), ("slow", SLOW_S), ("dead", 0.0)]:
            made.append(Receiver(folder, name, waits_s))
            running.callback(made[-1].process.wait)
            running.callback(made[-1].process.kill)
        *quick, slow, dead = made
        for each in made:
            assert each.url
        dead.process.kill()
        yield quick, slow, dead


_SUBSCRIBE = """
from datetime import UTC, datetime
import json, sys
import django
django.setup()
from doorstep.core.access import Actor, Role, acting_as
from doorstep.exchange.actions.subscribing import Wanted, subscribe
by = Actor(Role.SYSTEM_ADMIN)
with acting_as(by):
    for url in json.loads(sys.argv[1]):
        made = subscribe(Wanted(url, url, secret=sys.argv[2]), (), by=by, at=datetime.now(UTC))
        print(made.subscription)
"""
# As if each case had moved so often, the moves of one after those of all others.
_MOVED = """
INSERT INTO exchange_delivery (subscription_id, stream, nth, kind, said, happened_at, written_at, state, attempts,
    look_again_at)
SELECT %(subscription)s, 'case/' || c, n, 'case.taken.v1', jsonb_build_object('number', c::text, 'seq', n,
    'state', 'taken', 'item', 'stairwell-rubbish', 'case_class', '02', 'urgency', 'ordinary', 'county', '321102',
    'subdistrict', '321102001', 'community', '321102001001', 'holder', '示例网格队', 'outcome', '',
    'merged_into', null, 'reported_at', now(), 'promised_by', now(), 'ended_at', null),
    now(), now(), 'waiting', 0, now()
FROM generate_series(1, %(moves)s) n, generate_series(1, %(cases)s) c ORDER BY n, c
"""


def subscribed(server: Server, all_of_them: list[Receiver]) -> list[int]:
    """Their subscriptions, in the order of the receivers."""
    told = {**environment_of(server), **LOOPBACK}
    urls = json.dumps([each.url for each in all_of_them])
    done = subprocess.run(
        [sys.executable, "-c", _SUBSCRIBE, urls, SECRET], env=told, check=True, capture_output=True, text=True
    )
    return [int(line) for line in done.stdout.split()]


@contextmanager
def worker(server: Server, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The machine as it is served."""
    with log.open("ab") as said:
        command = [sys.executable, "-m", "doorstep.config.worker"]
        child = subprocess.Popen(command, env={**environment_of(server), **LOOPBACK}, stdout=said, stderr=said)
        try:
            yield child
        finally:
            child.kill()
            child.wait()


def measured(deliveries: int) -> dict[str, Any]:
    """One row of the table; what is lost, or out of order, stops everything."""
    with temporary_server(BENCH) as server, tempfile.TemporaryDirectory() as made, receivers(Path(made)) as them:
        quick, slow, dead = them
        python(environment_of(server), "from doorstep.config.migrating import migrate; migrate()")
        with psycopg.connect(server.dsn(SUPERUSER), autocommit=True) as database:
            unsafe = [name for name in DURABILITY if database.execute(f"SHOW {name}").fetchone() != ("on",)]
            if unsafe:
                raise RuntimeError(f"Not durable: {', '.join(unsafe)} is off.")
            cases = -(-deliveries // (QUICK * EVENTS))
            for subscription in subscribed(server, [*quick, slow, dead]):
                given = {"subscription": subscription, "moves": EVENTS, "cases": cases}
                database.execute(_MOVED, given)
            database.execute("ANALYZE exchange_delivery")
        wanted = cases * EVENTS * QUICK
        seconds, again_s = _delivered(server, quick, wanted, Path(made) / "worker.log")
        doubled = sum(_checked(each, cases) for each in quick)
        return {
            "deliveries": wanted,
            "seconds": round(seconds, 1),
            "a_second": round(wanted / seconds),
            "restart_s": round(again_s, 1),
            "twice": doubled,
            "lost": 0,
            "slow_took": slow.lines(),
        }


def _delivered(server: Server, quick: list[Receiver], wanted: int, log: Path) -> tuple[float, float]:
    """How long it took with the worker killed halfway, and from the kill to the next delivery."""
    began = time.perf_counter()
    with worker(server, log) as first:
        _until(quick, wanted // 2, log)
        first.kill()
        first.wait()
    killed_at, before = time.perf_counter(), sum(each.lines() for each in quick)
    with worker(server, log):
        _until(quick, before + 1, log)
        again_s = time.perf_counter() - killed_at
        _until(quick, wanted, log, distinct=True)
    return time.perf_counter() - began, again_s


def _until(quick: list[Receiver], count: int, log: Path, *, distinct: bool = False) -> None:
    give_up_at = time.monotonic() + GIVEN_UP_AFTER_S
    while sum(each.lines() for each in quick) < count or (distinct and _different(quick) < count):
        if time.monotonic() > give_up_at:
            raise RuntimeError(f"Not all came: {log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.1)


def _different(quick: list[Receiver]) -> int:
    return sum(len({told["id"] for told in each.heard()}) for each in quick)


def _checked(receiver: Receiver, cases: int) -> int:
    """Every move of every case, in order; how many came twice."""
    heard = receiver.heard()
    by_case: dict[str, list[int]] = {}
    for told in heard:
        by_case.setdefault(told["case"], []).append(told["seq"])
    for case, seqs in by_case.items():
        if seqs != sorted(seqs) or set(seqs) != set(range(1, EVENTS + 1)):
            raise RuntimeError(f"Case {case} was told as {seqs}.")
    if len(by_case) != cases:
        raise RuntimeError(f"{len(by_case)} of {cases} cases were told.")
    return len(heard) - cases * EVENTS


def main() -> int:
    """Print the table, write the JSON; not 0 if the goal is missed."""
    if sys.argv[1:2] == ["receive"]:
        receive(sys.argv[2], float(sys.argv[3]))
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    told = machine(quick=QUICK, slow_s=SLOW_S, events_a_case=EVENTS)
    rows = [measured(size) for size in sizes]
    RESULTS.parent.mkdir(exist_ok=True)
    kept = {"machine": told, "goals": GOALS, "rows": rows}
    RESULTS.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    columns = ["deliveries", "seconds", "a_second", "restart_s", "twice", "lost", "slow_took"]
    show("webhooks", told, rows, columns)
    held_to = [row for row in rows if row["deliveries"] <= GOALS["deliveries"] * 1.01]
    return 0 if all(row["seconds"] <= GOALS["seconds"] for row in held_to) else 1


if __name__ == "__main__":
    sys.exit(main())
