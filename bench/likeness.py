"""Claim: whoever writes is offered the similar open cases near by within 20 ms, among a million open and recent ones.

A city whose million cases are all open and from the last fourteen days, the longest that is still looked at; words and
pins drawn at random. Three times are told: finding them (`cases.similar.offered`: the index of place and time, then the
words of each compared whole); everything that a page proposes while somebody writes, over HTTP; and for comparison the
estimate by MinHash of the same candidates, which finds topics each hour and is not needed here: see
docs/decisions/near-cases-are-compared-whole.md. Run alone: `python -m bench.likeness [cases ...]`.
"""

from __future__ import annotations

import atexit
import json
import os
import random
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results" / "likeness.json"
SIZES = (10_000, 100_000, 1_000_000)
DAYS, ASKED, WARM = 14.0, 1_000, 100
GOALS = {"found_p99_ms": 20.0}

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
os.environ.setdefault("DOORSTEP_SECRET_KEY", secrets.token_urlsafe())
os.environ["DOORSTEP_HOME"] = tempfile.mkdtemp(prefix="doorstep-bench-")
atexit.register(shutil.rmtree, os.environ["DOORSTEP_HOME"], ignore_errors=True)

import django  # noqa: E402

django.setup()

import numpy as np  # noqa: E402
from bench.clients import Answers, drive  # noqa: E402
from bench.house import House, filled_server, house, log_in_to, machine  # noqa: E402
from bench.intake import EAST, NORTH, SOUTH, WEST, posted, show  # noqa: E402
from django.db import connections  # noqa: E402

from doorstep.cases import similar  # noqa: E402
from doorstep.cases.actions.classify import propose  # noqa: E402
from doorstep.cases.queries import catalogue  # noqa: E402
from doorstep.core.access import WORKER, acting_as  # noqa: E402
from doorstep.engines.likeness import Signer, grams_of, jaccards, unpacked  # noqa: E402


def measured(cases: int) -> dict[str, Any]:
    """One row of the table."""
    with filled_server(cases, days=DAYS, still_open=1.0) as server:
        log_in_to(server)
        at = datetime.now(UTC)
        found, near = found_ms(list(writing(ASKED)), at)
        signed = minhash_ms(list(writing(50)), at)
        connections.close_all()
        with house(server) as running:
            over_http = proposals(running)
    return {
        "cases": cases,
        "near_p50": round(statistics.median(near)),
        "near_most": max(near),
        "found_p50_ms": percentile(found, 50),
        "found_p99_ms": percentile(found, 99),
        "http_p50_ms": round(over_http.percentile_ms(50), 2),
        "http_p99_ms": round(over_http.percentile_ms(99), 2),
        **signed,
    }


def writing(count: int) -> Iterator[tuple[str, float, float]]:
    """What somebody writes, and where; alike on every run."""
    chance = random.Random(2026)
    sayings = [words for item in catalogue().items.values() for words in item.examples]
    for _ in range(count):
        words = f"{chance.randint(1, 40)}号楼{chance.choice(sayings)}"
        yield words, chance.uniform(WEST, EAST), chance.uniform(SOUTH, NORTH)


def found_ms(asked: Sequence[tuple[str, float, float]], at: datetime) -> tuple[list[float], list[int]]:
    """How long it took to find what may be offered, after one turn to warm up; and how many reports were compared."""
    items = [found.item.id if (found := propose(words)) else None for words, _, _ in asked]
    for _ in range(2):
        times = [
            _ms(lambda w=words, i=item, x=lon, y=lat: similar.offered(w, i, x, y, at=at))  # type: ignore[misc]
            for (words, lon, lat), item in zip(asked, items, strict=True)
        ]
    with acting_as(WORKER):
        return times, [len(similar._near(lon, lat, at)) for _, lon, lat in asked]


def minhash_ms(asked: Sequence[tuple[str, float, float]], at: datetime) -> dict[str, float]:
    """Comparing the same candidates exactly, and by signatures that were kept; and what is then estimated wrong."""
    signer, exact, estimated, off = Signer(), [], [], []
    for words, lon, lat in asked:
        with acting_as(WORKER):
            texts = [unpacked(each.grams) for each in similar._near(lon, lat, at)]
        if not texts:
            continue
        kept, grams = signer.sign(texts), grams_of(words)
        exact.append(_ms(lambda g=grams, t=texts: jaccards(g, t)))  # type: ignore[misc]
        estimated.append(_ms(lambda g=grams, k=kept: (signer.sign([g])[0] == k).mean(axis=1)))  # type: ignore[misc]
        off.append(float(np.abs((signer.sign([grams])[0] == kept).mean(axis=1) - jaccards(grams, texts)).max()))
    return {
        "compared_whole_ms": round(statistics.median(exact), 2),
        "by_minhash_ms": round(statistics.median(estimated), 2),
        "minhash_off_by_most": round(max(off), 2),
    }


def proposals(running: House) -> Answers:
    """All that is proposed while somebody writes, for one client after the other."""

    asked = [
        posted("proposals", {"words": words, "place": {"point": {"lon": lon, "lat": lat, "accuracy_m": 12}}}, "-" * 20)
        for words, lon, lat in writing(ASKED + WARM)
    ]
    drive(running.address, iter(asked[:WARM]), clients=2, seconds=60)
    answers = drive(running.address, iter(asked[WARM:]), clients=1, seconds=120)
    if set(answers.statuses) != {200}:
        raise RuntimeError(f"No proposal came: {answers.statuses} {answers.refused}")
    return answers


def percentile(times: Sequence[float], percent: float) -> float:
    """The time within which so many of them lie."""
    return round(float(np.percentile(times, percent)), 2)


def _ms(does: Callable[[], object]) -> float:
    began = time.perf_counter()
    does()
    return (time.perf_counter() - began) * 1000


def main() -> int:
    """Print the table, write the JSON; not 0 if the goal is missed."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    told = machine(days=DAYS, asked=ASKED)
    rows = [measured(cases) for cases in sizes]
    RESULTS.write_text(json.dumps({"machine": told, "goals": GOALS, "rows": rows}, indent=2) + "\n", encoding="utf-8")
    show("likeness", told, rows, list(rows[0]))
    return 0 if rows[-1]["found_p99_ms"] <= GOALS["found_p99_ms"] else 1


if __name__ == "__main__":
    sys.exit(main())
