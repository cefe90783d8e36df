"""How fast may anybody list 1,000 public requests by Open311 in a city of a million public cases, in JSON and in XML?

The whole way over HTTP through granian with two workers, one question after the other on a kept connection, each for
another day so that no two are alike: the latest thousand, those of one service, those near a point, the public steps
of a day. The goal is the latest thousand, p99 at most 300 ms.
Run alone: `python -m bench.open311 [cases ...]`.
"""

from __future__ import annotations

import atexit
import json
import os
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "open311.json"
GOAL_MS = 300.0
ASKED = 100

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
os.environ.setdefault("DOORSTEP_SECRET_KEY", secrets.token_urlsafe())
os.environ["DOORSTEP_HOME"] = tempfile.mkdtemp(prefix="doorstep-bench-")
atexit.register(shutil.rmtree, os.environ["DOORSTEP_HOME"], ignore_errors=True)

import django  # noqa: E402

django.setup()

import psycopg  # noqa: E402
from bench.fill import DAYS  # noqa: E402
from bench.house import SIZES, House, filled_server, house, log_in_to, machine  # noqa: E402

from doorstep.cases.published import public_items  # noqa: E402
from doorstep.core.postgres import SUPERUSER  # noqa: E402

LISTED = {
    "the latest, JSON": ("requests.json", {}),
    "the latest, XML": ("requests.xml", {}),
    "of one service, JSON": ("requests.json", {"service_code": "street-light"}),
    "near a point, JSON": ("requests.json", {"lat": "32.3", "long": "119.1", "radius": "2000"}),
    "steps of a day, JSON": ("servicerequestupdates.json", {}),
}


def main(sizes: list[int]) -> int:
    """Measure every size; 1 if the goal was missed at the largest."""
    told: dict[str, Any] = {"goal_p99_ms": GOAL_MS, "machine": machine(), "sizes": []}
    for size in sizes:
        # A city of its own, however it is kept: its cases become public.
        with filled_server(size, days=DAYS) as server:
            log_in_to(server)
            make_public(server.dsn(SUPERUSER))
            with house(server) as running:
                figures = measured(running)
            told["sizes"].append(figures)
            print(json.dumps(figures, ensure_ascii=False, indent=1))
    reached = all(told["sizes"][-1][name]["p99_ms"] <= GOAL_MS for name in list(LISTED)[:2])
    RESULTS.write_text(json.dumps({**told, "reached": reached}, ensure_ascii=False, indent=1) + "\n")
    return 0 if reached else 1


def make_public(dsn: str) -> None:
    """Every case that has an item becomes one of a public item: the list is as long as its city."""
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            "UPDATE cases_case SET item = (%(items)s::text[])[1 + id %% array_length(%(items)s::text[], 1)]"
            " WHERE item <> '' AND item <> ALL(%(items)s)", {"items": public_items()},
        )  # fmt: skip
        owner.execute("VACUUM ANALYZE cases_case")


def measured(running: House) -> dict[str, Any]:
    """Milliseconds of every list at this size."""
    public = running.count(
        "SELECT count(*) FROM cases_case WHERE kept_from = 0 AND source <> 'part' AND item = ANY(%s)", public_items()
    )
    figures: dict[str, Any] = {"public_cases": public, "cases": running.count("SELECT count(*) FROM cases_case")}
    for name, (path, given) in LISTED.items():
        figures[name] = asked(running, path, _spans(path, given))
    return figures


def _spans(path: str, given: dict[str, str]) -> Callable[[int], str]:
    """The question of each turn: another end, as many days before it as may be asked for."""
    days = 1 if path.startswith("servicerequestupdates") else 90

    def question(turn: int) -> str:
        until = datetime.now(UTC) - timedelta(days=turn % 60, minutes=turn)
        span = {"start_date": (until - timedelta(days=days)).isoformat(), "end_date": until.isoformat()}
        return urlencode({**given, **span})

    return question


def asked(running: House, path: str, question: Callable[[int], str], times: int = ASKED) -> dict[str, Any]:
    """One client that asks and asks; what it had to wait, and what came."""
    connection = HTTPConnection(*running.address, timeout=60)
    waited, rows, size = [], [], 0
    for turn in range(times + 5):
        began = time.perf_counter()
        connection.request("GET", f"/open311/v2/{path}?{question(turn)}")
        answer = connection.getresponse()
        body = answer.read()
        if turn >= 5:
            waited.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {body[:500]!r}")
        rows.append(body.count(b"service_request_id") // (2 if path.endswith("xml") else 1))
        size = max(size, len(body))
    inner = statistics.quantiles(waited, n=100)
    return {"rows": round(statistics.median(rows)), "kB": round(size / 1000), "p50_ms": round(inner[49], 1),
            "p95_ms": round(inner[94], 1), "p99_ms": round(inner[98], 1)}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main([int(each) for each in sys.argv[1:]] or list(SIZES[1:])))
