"""How fast are 10,000 areas told as GeoJSON by OGC API – Features?

The whole way over HTTP through granian with one worker, one question after the other on a kept connection: all
micro-grids in one page, plain and packed; a window of some; a page of public cases. The outlines are as vertices of
real ones are: 60 each. The goal is the page of 10,000, p99 at most 500 ms; the first page after a change, which writes
all of them, is told apart. Run alone: `python -m bench.features [areas ...]`.
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
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "features.json"
SIZES = (1_000, 10_000)
CASES, GOAL_MS, ASKED, VERTICES = 20_000, 500.0, 100, 60

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
os.environ.setdefault("DOORSTEP_SECRET_KEY", secrets.token_urlsafe())
os.environ["DOORSTEP_HOME"] = tempfile.mkdtemp(prefix="doorstep-bench-")
atexit.register(shutil.rmtree, os.environ["DOORSTEP_HOME"], ignore_errors=True)

import django  # noqa: E402

django.setup()

import psycopg  # noqa: E402
import shapely  # noqa: E402
from bench.house import House, filled_server, house, machine  # noqa: E402

from doorstep.core.postgres import SUPERUSER  # noqa: E402

PACKED = {"Accept-Encoding": "gzip"}


def main(sizes: list[int]) -> int:
    """Measure every size; 1 if the goal was missed at the largest."""
    told: dict[str, Any] = {"goal_p99_ms": GOAL_MS, "machine": machine(), "sizes": []}
    for size in sizes:
        with filled_server(CASES, microgrids=size) as server:
            draw(server.dsn(SUPERUSER))
            with house(server, web=1) as running:
                figures = measured(running, size)
        told["sizes"].append(figures)
        print(json.dumps(figures, indent=1))
    reached = all(told["sizes"][-1][name]["p99_ms"] <= GOAL_MS for name in ("all, plain", "all, packed"))
    RESULTS.write_text(json.dumps({**told, "reached": reached}, indent=1) + "\n")
    return 0 if reached else 1


def draw(dsn: str) -> None:
    """Give every square as many vertices as real outlines have."""
    with psycopg.connect(dsn) as owner:
        rows = owner.execute("SELECT id, outline FROM areas_area WHERE level = 'microgrid'").fetchall()
        shapes = shapely.from_wkb([bytes(outline) for _, outline in rows])
        finer = shapely.segmentize(shapes, shapely.length(shapes) / VERTICES)
        with owner.cursor() as cursor:
            cursor.executemany(
                "UPDATE areas_area SET outline = %s WHERE id = %s",
                [(wkb, pk) for wkb, (pk, _) in zip(shapely.to_wkb(finer), rows, strict=True)],
            )


def measured(running: House, areas: int) -> dict[str, Any]:
    """Milliseconds of every page at this size."""
    every = f"collections/microgrid/items?limit={min(areas, 10_000)}"
    began = time.perf_counter()
    asked(running, every, {}, times=0)
    first_ms = (time.perf_counter() - began) * 1000
    return {
        "areas": areas,
        "the first, which writes all": {"ms": round(first_ms)},
        "all, plain": asked(running, every, {}),
        "all, packed": asked(running, every, PACKED),
        "a window": asked(running, "collections/microgrid/items?bbox=119.0,32.3,119.02,32.4&limit=1000", {}),
        "1,000 public cases": asked(running, "collections/cases/items?limit=1000", {}),
    }


def asked(running: House, path: str, headers: dict[str, str], times: int = ASKED) -> dict[str, Any]:
    """One client that asks and asks; what it had to wait, and what came."""
    connection = HTTPConnection(*running.address, timeout=120)
    waited, size = [], 0
    for turn in range(times + 3 if times else 1):
        began = time.perf_counter()
        connection.request("GET", f"/features/{path}", headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {body[:500]!r}")
        if turn >= 3:
            waited.append((time.perf_counter() - began) * 1000)
        size = len(body)
    if not waited:
        return {}
    inner = statistics.quantiles(waited, n=100)
    return {"kB": round(size / 1000), "p50_ms": round(inner[49], 1), "p95_ms": round(inner[94], 1),
            "p99_ms": round(inner[98], 1)}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main([int(each) for each in sys.argv[1:]] or list(SIZES)))
