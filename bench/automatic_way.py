"""Claim: reports reach whoever acts, with a reason and due times, 150 a second for as long as they come.

While reports come in over HTTP at that rate, one machine carries them on: located, classified, dispatched, counted and
told, in production's own process. Then it is left behind on purpose and its own pace is measured. What took how long is
read from the moments at which PostgreSQL made the rows durable, not from our clocks. Run alone:
`python -m bench.automatic_way`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.clients import drive
from bench.house import SIZES, House, Meter, filled_server, house, machine
from bench.intake import CLIENTS, WEB_WORKERS, requests, show

from doorstep.core.postgres import BENCH

RESULTS = Path(__file__).parent / "results" / "automatic_way.json"
MACHINES = 1
A_SECOND, SUSTAINED_S, WARM_S = 160.0, 60.0, 8.0
LEFT_BEHIND = 10_000
CAUGHT_UP_WITHIN_S = 300.0
GOALS = {"dispatched_a_second": 150}


def measured(cases: int) -> dict[str, Any]:
    """One row of the table: the rate kept up, and the pace when far behind, on a database of that many cases."""
    settings = {**BENCH, "track_commit_timestamp": "on"}
    with filled_server(cases, settings) as server:
        with house(server, web=WEB_WORKERS, machines=MACHINES) as running:
            drive(running.address, requests(seed=0), clients=CLIENTS, seconds=WARM_S, a_second=A_SECOND)
            _wait_until(lambda: _due(running) == 0)
            kept_up = _kept_up(running)
        with house(server, web=WEB_WORKERS) as running:
            _leave_behind(running)
        with house(server, web=1, machines=MACHINES) as running:
            return {"cases": cases, **kept_up, **_caught_up(running)}


def _kept_up(running: House) -> dict[str, Any]:
    """Reports come at a steady rate; how many were settled in that time, and how long each took."""
    last = running.count("SELECT coalesce(max(id), 0) FROM cases_case")
    with Meter(running) as meter:
        answers = drive(running.address, requests(seed=1), clients=CLIENTS, seconds=SUSTAINED_S, a_second=A_SECOND)
        settled = running.count(_SETTLED, last)
    _wait_until(lambda: _due(running) == 0)
    if running.count(_SETTLED, last) != answers.good:
        raise RuntimeError(f"{answers.statuses} were answered, not all of them are settled: {answers.refused}")
    ((p50, p99),) = running.ask(_TOOK, last)
    return {
        "reported_a_second": round(answers.a_second),
        "intake_p99_ms": round(answers.percentile_ms(99), 1),
        "dispatched_a_second": round(settled / meter.used.seconds),
        "settled_after_p50_ms": round(1000 * p50),
        "settled_after_p99_ms": round(1000 * p99),
        "cpu_ms_a_case": meter.used.a_case_ms(answers.good),
        "elsewhere_cores": meter.used.elsewhere_cores,
    }


def _leave_behind(running: House) -> None:
    """Reports that nobody carries on yet."""
    while (missing := LEFT_BEHIND - _due(running)) > 0:
        batch = requests(seed=missing)
        drive(running.address, (next(batch) for _ in range(missing)), clients=CLIENTS, seconds=120)


def _caught_up(running: House) -> dict[str, Any]:
    """The machine alone with its work; its first seconds, in which it reads the territory, do not count."""
    _wait_until(lambda: _due(running) < LEFT_BEHIND)
    due, began = _due(running), time.perf_counter()
    with Meter(running) as meter:
        _wait_until(lambda: _due(running) == 0)
    done = due / (time.perf_counter() - began)
    return {"alone_a_second": round(done), "alone_cpu_ms_a_case": meter.used.a_case_ms(due)}


def _due(running: House) -> int:
    return running.count("SELECT count(*) FROM cases_case WHERE look_again_at <= now()")


def _wait_until(is_so: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + CAUGHT_UP_WITHIN_S
    while not is_so():
        if time.monotonic() > give_up_at:
            raise RuntimeError(f"The machine did not catch up within {CAUGHT_UP_WITHIN_S:.0f} s.")
        time.sleep(0.2)


# Settled: somebody has it, or a person was asked a question that no rule could answer.
_SETTLED = """
SELECT count(*) FROM cases_case WHERE id > %s AND (state NOT IN ('reported', 'located', 'classified') OR question <> '')
"""
_TOOK = """
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY s), percentile_cont(0.99) WITHIN GROUP (ORDER BY s) FROM (
    SELECT extract(epoch FROM max(pg_xact_commit_timestamp(xmin)) - min(pg_xact_commit_timestamp(xmin)))::float8 AS s
    FROM cases_event WHERE case_id > %s GROUP BY case_id) took
"""


def main() -> int:
    """Print the table, write the JSON; not 0 if the goal is missed."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    told = machine(clients=CLIENTS, web_workers=WEB_WORKERS, machines=MACHINES)
    rows = [measured(cases) for cases in sizes]
    kept = {"machine": told, "asked_a_second": A_SECOND, "for_s": SUSTAINED_S, "goals": GOALS, "rows": rows}
    RESULTS.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    show("automatic way", told, rows, list(rows[0]))
    return 0 if rows[-1]["dispatched_a_second"] >= GOALS["dispatched_a_second"] else 1


if __name__ == "__main__":
    sys.exit(main())
