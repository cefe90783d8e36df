"""Claim: a city of 1.2 million households is divided in a minute on two processors; time grows with the city alone.

Against: 60 s and 4 GB for the 700 communities of the invented city (1.28 M households), each in range or with
its proof. The cities of seed 1 with 1, 100, 700 and 5,000 communities are divided by as many processes as there are
processors, as `doorstep divide --all` does it, without files. Seconds are from the first question to the last answer,
with the arrays in memory (for more than 1,000 communities they are made meanwhile, and `made_in` says how long that
took). Writes `results/districting_city.json`; what was measured before with other numbers of communities is kept there.

    python -m bench.districting.city                        the sizes 1, 100 and 700
    python -m bench.districting.city 5000 --effort quick    one size, with another effort
    python -m bench.districting.city 700 --effort certified    200 s asked, and 400 proved best or impossible
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.districting.cities import SEED, by_kind, first, row_of

from doorstep.areas.crews import Task, divided, of_processes
from doorstep.config.dividing_all import keep_kernels, own_processors
from doorstep.engines.districting import warm_up
from doorstep.engines.districting.synthetic import Community

RESULTS = Path(__file__).parents[1] / "results" / "districting_city.json"
SIZES = (1, 100, 700)
IN_MEMORY = 1000
MOST_SECONDS, MOST_GB = 60.0, 4.0
GOAL_AT = 700


class Watch(threading.Thread):
    """The most memory that this process and its children had together, looked at ten times a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._is_over = threading.Event()

    def run(self) -> None:
        while not self._is_over.wait(0.1):
            self._look()

    def end(self) -> float:
        """In GB."""
        self._is_over.set()
        self.join()
        self._look()
        return self.most / 2**30

    def _look(self) -> None:
        self.most = max(self.most, sum(map(resident_bytes, [os.getpid(), *children()])))


def children() -> list[int]:
    own = Path(f"/proc/{os.getpid()}/task")
    return [int(pid) for task in own.iterdir() for pid in (task / "children").read_text().split()]


def resident_bytes(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except (FileNotFoundError, ProcessLookupError):
        return 0


def measure(count: int, effort: str, processes: int) -> dict[str, Any]:
    """One city of so many communities."""
    made_in, asked = 0.0, dict[str, Community]()

    def made() -> Iterator[Community]:
        nonlocal made_in
        communities = first(count)
        while True:
            began = time.perf_counter()
            community = next(communities, None)
            made_in += time.perf_counter() - began
            if community is None:
                return
            yield community

    def tasks(source: Any) -> Iterator[Task]:
        for community in source:
            asked[str(community.number)] = community
            yield Task(str(community.number), community.buildings, {"barriers": community.barriers, "effort": effort})

    source = list(made()) if count <= IN_MEMORY else made()
    with of_processes(processes) as crew:
        # The processes are there and have loaded their kernels, as after the first community of any run.
        warm = [Task("warm", each.buildings, {"effort": "quick"}) for each in first(2 * processes)]
        list(divided(iter(warm), crew))
        watch, used = Watch(), cpu_seconds()
        watch.start()
        began = time.perf_counter()
        rows, worked = [], 0.0
        for done in divided(tasks(source), crew):
            assert done.division is not None, done.refused
            worked += done.cpu_seconds
            rows.append(row_of(asked.pop(done.key), done.division, done.seconds))
        seconds = time.perf_counter() - began
        memory = watch.end()
    figures = by_kind(sorted(rows, key=lambda row: row["number"]))
    return {
        "communities": count,
        "effort": effort,
        "processes": processes,
        "seconds": round(seconds, 2),
        "cpu_of_divisions": round(worked, 2),
        "cpu_of_this_process": round(cpu_seconds() - used, 2),
        "made_in": round(made_in, 2),
        "seconds_a_thousand_households": round(1000 * seconds / figures["all"]["households"], 5),
        "peak_gb": round(memory, 3),
        "load_before": round(LOAD, 1),
        "kinds": figures,
        "without_a_proof": [row for row in rows if row["in_range"] + row["certified"] < row["pieces"]],
    }


LOAD = os.getloadavg()[0]


def cpu_seconds() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("communities", type=int, nargs="*", default=SIZES)
    asked.add_argument("--effort", default="standard")
    asked.add_argument("--processes", type=int, default=own_processors())
    wanted = asked.parse_args()
    keep_kernels()
    warm_up(effort=wanted.effort)
    kept = json.loads(RESULTS.read_text())["measures"] if RESULTS.exists() else []
    missed = []
    for count in wanted.communities:
        figures = measure(count, wanted.effort, wanted.processes)
        kept = [each for each in kept if (each["communities"], each["effort"]) != (count, wanted.effort)] + [figures]
        write(sorted(kept, key=lambda each: (each["effort"], each["communities"])))
        show(figures)
        missed += faults(figures)
    for fault in missed:
        print(f"MISSED: {fault}")
    return 1 if missed else 0


def write(measures: list[dict[str, Any]]) -> None:
    about = {
        "machine": {"processors": os.cpu_count(), "model": platform.processor() or platform.machine()},
        "python": platform.python_version(),
        "seed": SEED,
        "households_are": "invented",
        "measures": measures,
    }
    RESULTS.write_text(json.dumps(about, indent=1) + "\n")


def show(figures: dict[str, Any]) -> None:
    whole = figures["kinds"]["all"]
    print(
        f"{figures['communities']:>6} communities, {whole['households']:>9,} households, {figures['effort']}: "
        f"{figures['seconds']:>7.2f} s, {figures['cpu_of_divisions']:>7.2f} s of processors, "
        f"{figures['peak_gb']:.2f} GB, "
        f"solved {whole['solved']}, with proof {whole['solved_or_certified']}, cost {whole['cost_per_piece']}, "
        f"proved best {whole['proved_best']}, gap of {whole['bounded']} others {whole['mean_gap_of_bounded']}",
        flush=True,
    )


def faults(figures: dict[str, Any]) -> list[str]:
    whole = figures["kinds"]["all"]
    found = []
    if whole["solved_or_certified"] < whole["communities"]:
        found.append(
            f"{whole['communities'] - whole['solved_or_certified']} communities without answer and without proof"
        )
    if figures["communities"] == GOAL_AT and figures["effort"] == "standard":
        if figures["seconds"] > MOST_SECONDS:
            found.append(f"{figures['seconds']} s for the city instead of {MOST_SECONDS}")
        if figures["peak_gb"] > MOST_GB:
            found.append(f"{figures['peak_gb']} GB instead of {MOST_GB}")
    return found


if __name__ == "__main__":
    sys.exit(main())
