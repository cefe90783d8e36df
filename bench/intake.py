"""Claim: reports become durable rows of the ledger at 400 a second and more, p99 below 200 ms, where the rest follows
as jobs; at 150 a second and more, p99 below 300 ms, where the answer already tells place, item and what is like it.

Over HTTP on loopback to two web processes from 32 clients, PostgreSQL safe against power cuts, row-level security on,
with 100 thousand, a million and 10 million events in the ledger. Two paces: as fast as they are answered, which tells
how many there can be; and just as many as are claimed, answered or not, each counted from when it was due, which tells
how long they take. Every answer of 201 is counted again in the ledger. Run alone: `python -m bench.intake [cases ...]`.
"""

from __future__ import annotations

import itertools
import json
import random
import statistics
import sys
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
from bench.clients import drive
from bench.house import DURABILITY, SIZES, House, Meter, filled_server, house, machine
from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results" / "intake.json"
CLIENTS, WEB_WORKERS = 32, 2
RUNS, RUN_S, WARM_S = 3, 8.0, 4.0
GOALS = {
    "as jobs": {"cases_a_second": 400, "p99_ms": 200},
    "in the answer": {"cases_a_second": 150, "p99_ms": 300},
}
# Where `bench.fill` puts its micro-grids.
WEST, EAST, SOUTH, NORTH = 119.0, 119.25, 32.15, 32.4
SENTENCES = (
    "3号楼2单元楼道灯不亮了，晚上老人上下楼看不见",
    "小区北门的垃圾两天没有人清运，味道很大",
    "消防通道又被私家车堵住了，希望来人处理",
    "5号楼的电梯停在七楼不动，门打不开",
    "人行道上的井盖松动，骑车经过很危险",
    "楼上漏水到我家卧室天花板，物业一直不来",
)


def requests(seed: int, *, propose: bool = False) -> Iterator[bytes]:
    """Reports as a phone sends them: a sentence and a pin, each with a key of its own.

    With `propose` the answer tells what is made of it.
    """
    chance = random.Random(seed)
    for number in itertools.count():
        said = {
            "words": SENTENCES[number % len(SENTENCES)],
            "place": {
                "point": {
                    "lon": round(chance.uniform(WEST, EAST), 6),
                    "lat": round(chance.uniform(SOUTH, NORTH), 6),
                    "accuracy_m": 12,
                }
            },
            "propose": propose,
        }
        yield posted("reports", said, uuid.uuid4().hex)


def posted(path: str, said: Mapping[str, Any], key: str) -> bytes:
    """A request of the open interface."""
    body = orjson.dumps(said)
    return (
        b"POST /api/v1/%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b"Idempotency-Key: %s\r\nContent-Length: %d\r\n\r\n%s" % (path.encode(), key.encode(), len(body), body)
    )


def measured(cases: int) -> Iterator[dict[str, Any]]:
    """Rows of the table: each way's median run on a database of that many cases."""
    with filled_server(cases) as server, house(server, web=WEB_WORKERS) as running:
        durability = running.settings()
        unsafe = [name for name in DURABILITY if durability[name] != "on"]
        if unsafe:
            raise RuntimeError(f"Not durable: {', '.join(unsafe)} is off.")
        events = running.count("SELECT count(*) FROM cases_event")
        for way in GOALS:
            asked = {"propose": way == "in the answer"}
            drive(running.address, requests(0, **asked), clients=CLIENTS, seconds=WARM_S)
            runs = [run(running, requests(seed, **asked)) for seed in range(1, RUNS + 1)]
            median = sorted(runs, key=lambda each: each["cases_a_second"])[len(runs) // 2]
            pace = GOALS[way]["cases_a_second"]
            steady = [run(running, requests(10 + seed, **asked), pace) for seed in range(1, RUNS + 1)]
            steady_p99 = statistics.median(each["p99_ms"] for each in steady)
            told = {"events": events, "cases": cases, "way": way, **median, "steady_p99_ms": steady_p99}
            yield {**told, "runs": runs, "steady_runs": steady, "postgres": durability}


def run(running: House, reports: Iterator[bytes], a_second: float | None = None) -> dict[str, Any]:
    """One run; a case that was answered and is not in the ledger stops everything."""
    before = _reports(running)
    with Meter(running) as meter:
        answers = drive(running.address, reports, clients=CLIENTS, seconds=RUN_S, a_second=a_second)
    kept = _reports(running) - before
    if kept != answers.good or len(answers.latencies_s) != answers.good:
        raise RuntimeError(f"{answers.statuses} were answered, {kept} are in the ledger: {answers.refused}")
    return {
        "cases_a_second": round(answers.a_second),
        "p50_ms": round(answers.percentile_ms(50), 1),
        "p99_ms": round(answers.percentile_ms(99), 1),
        "cpu_ms_a_case": meter.used.a_case_ms(answers.good),
        "elsewhere_cores": meter.used.elsewhere_cores,
    }


def _reports(running: House) -> int:
    # Rows that are counted one by one would warm the cache; the sequence counts only what was tried.
    return running.count("SELECT count(*) FROM cases_event WHERE move = 'report'")


def show(title: str, told: Mapping[str, Any], rows: list[dict[str, Any]], columns: list[str]) -> None:
    """The table on the screen."""
    table = Table(title=f"{title} · " + " · ".join(f"{name} {value}" for name, value in told.items()))
    for column in columns:
        table.add_column(column.replace("_", " "), justify="right")
    for row in rows:
        table.add_row(*(_told(row[column]) for column in columns))
    Console(width=150).print(table)


def _told(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name} {each}" for name, each in value.items())
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def is_reached(row: Mapping[str, Any]) -> bool:
    """Whether a row is as quick and as fast as its way has to be."""
    goal = GOALS[row["way"]]
    return row["cases_a_second"] >= goal["cases_a_second"] and row["steady_p99_ms"] <= goal["p99_ms"]


def main() -> int:
    """Print the table, write the JSON; not 0 if a goal is missed."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    told = machine(clients=CLIENTS, web_workers=WEB_WORKERS)
    rows = [row for cases in sizes for row in measured(cases)]
    RESULTS.parent.mkdir(exist_ok=True)
    kept = {"machine": told, "runs_of_s": RUN_S, "goals": GOALS, "rows": rows}
    RESULTS.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    columns = ["events", "way", "cases_a_second", "p50_ms", "p99_ms", "steady_p99_ms", "cpu_ms_a_case"]
    columns += ["elsewhere_cores"]
    show("intake", told, rows, columns)
    return 0 if all(is_reached(row) for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
