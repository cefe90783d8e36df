"""Claim: no public library divides as many communities within the bounds, nor as well, nor in a time that is of use.

Against: spopt (max-p, AZP, SKATER, region k-means), gerrychain, k-means-constrained, METIS (once, and the best of 30)
and KaHIP (strong), each in an environment of its own below `var/bench`, made by this bench. All of them, and Doorstep,
get the same graphs: those of the first communities of each kind of the invented city. A division is feasible if every
piece hangs together and holds 50 to 100 households. The objective is Doorstep's, and only max-p, gerrychain and
k-means-constrained know the bounds at all; costs are compared on the communities that the peer solved, once with the
usual weights, and once with the weight of borders too, for which Doorstep is asked again. Seconds are those of the call
alone; a call longer than the cap counts with the cap. `whole_city` is no measurement: it is what 700 communities would
take on one processor, by the mean seconds of each kind. Writes `results/districting_peers.json`.

    python -m bench.districting.peers                                     20 communities, three seeds, 60 s
    python -m bench.districting.peers --of-each 1 --seeds 1 --cap 10      a first look
    python -m bench.districting.peers --only kahip --only max-p           some of them; the others' figures are kept
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import selectors
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from bench.districting.cities import BOUNDS, SEED, WEIGHTS, first, judged, sample, survey_of

from doorstep.config.dividing_all import keep_kernels
from doorstep.engines.districting import Weights, warm_up
from doorstep.engines.districting.graph import sources
from doorstep.engines.districting.partition import partition
from doorstep.engines.districting.problem import Effort
from doorstep.engines.districting.survey import Survey
from doorstep.engines.districting.synthetic import Community

ROOT = Path(__file__).parents[2]
INSIDE = Path(__file__).parent / "inside"
RESULTS = Path(__file__).parents[1] / "results" / "districting_peers.json"
ENVIRONMENTS = ROOT / "var" / "bench"
START_S = 120.0
"""How long a library may take to be imported."""
CITY = 700
OWN_EFFORTS: tuple[Effort, ...] = ("quick", "standard", "thorough")
ROUND = replace(WEIGHTS, perimeter=1.0)
"""The usual weights, and the border of a piece counts as much as its compactness."""
WITH_BORDERS = "-with-borders"
Rows = Sequence[dict[str, Any]]
LONGEST_BORDER_M = 100.0
SAME_COMPOUND, ACROSS_BARRIER = 3.0, 0.2
"""How much dearer, and cheaper, a border is to those that shorten borders."""


@dataclass(frozen=True)
class Library:
    """A file of `inside/`, what to install for it, and its methods."""

    name: str
    packages: tuple[str, ...]
    methods: tuple[str, ...]


LIBRARIES = (
    Library("spopt", ("spopt", "scikit-learn"), ("max-p", "azp", "skater", "region-k-means")),
    Library("gerrychain", ("gerrychain",), ("recursive-tree",)),
    Library("kmeans", ("k-means-constrained",), ("k-means",)),
    Library("metis", ("pymetis", "numpy"), ("metis", "metis-best-of-30")),
    Library("kahip", ("kahip", "numpy"), ("kahip-strong",)),
)


@dataclass(frozen=True, eq=False)
class Case:
    """A community with its graph, in arrays for us and in a file for them."""

    community: Community
    survey: Survey
    file: Path


class Asked:
    """A library in its environment, started anew after each call that took too long."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.versions: dict[str, str] = {}
        self._running: subprocess.Popen[str] | None = None

    def solve(self, case: Case, method: str, seed: int, cap: float) -> dict[str, Any]:
        """Seconds and divisions, or what went wrong."""
        running = self._running = self._running or self._started()
        assert running.stdin is not None
        running.stdin.write(json.dumps({"file": str(case.file), "method": method, "seed": seed}) + "\n")
        running.stdin.flush()
        line = _line(running, cap)
        if line is None:
            self.end()
            return {"seconds": cap, "fault": "timeout"}
        if not line:
            self.end()
            return {"seconds": cap, "fault": "ended"}
        return json.loads(line)  # type: ignore[no-any-return]

    def end(self) -> None:
        if self._running is not None:
            self._running.kill()
            self._running.communicate()
            self._running = None

    def _started(self) -> subprocess.Popen[str]:
        told = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
        told.pop("PYTHONPATH", None)
        running = subprocess.Popen(
            [str(environment(self._library) / "bin" / "python"), str(INSIDE / f"with_{self._library.name}.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=told,
        )
        line = _line(running, START_S)
        if not line:
            running.kill()
            raise RuntimeError(f"{self._library.name} does not start.")
        self.versions = json.loads(line)
        return running


def _line(running: subprocess.Popen[str], cap: float) -> str | None:
    """A line that it says within the cap; empty if it ended, nothing if it says none."""
    assert running.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(running.stdout, selectors.EVENT_READ)
        return running.stdout.readline() if selector.select(cap) else None


def environment(library: Library) -> Path:
    return ENVIRONMENTS / library.name


def install(library: Library) -> None:
    """An environment of its own, unless there is one."""
    there = environment(library)
    if (there / "bin" / "python").exists():
        return
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(there)], check=True)
    python = str(there / "bin" / "python")
    subprocess.run([*uv, "pip", "install", "--quiet", "--python", python, *library.packages], check=True)


@contextmanager
def cases(of_each: int) -> Iterator[list[Case]]:
    """The communities of the sample."""
    with tempfile.TemporaryDirectory() as folder:
        yield [_case(community, Path(folder) / f"{community.number}.npz") for community in sample(of_each)]


def _case(community: Community, file: Path) -> Case:
    seen = survey_of(community)
    graph = seen.graph
    np.savez(
        file,
        households=graph.size,
        xy=seen.atoms.xy,
        first=graph.first,
        neighbour=graph.neighbour,
        weight=_border_weights(seen),
        low=BOUNDS.low,
        high=BOUNDS.high,
        target=BOUNDS.target,
    )
    return Case(community, seen, file)


def _border_weights(seen: Survey) -> np.ndarray:
    graph, tiles = seen.graph, seen.tessellation
    length = {(int(a), int(b)): metres for (a, b), metres in zip(tiles.pairs, tiles.shared_m, strict=True)}
    source = sources(graph)
    ends = zip(np.minimum(source, graph.neighbour).tolist(), np.maximum(source, graph.neighbour).tolist(), strict=True)
    metres = np.minimum([length[pair] for pair in ends], LONGEST_BORDER_M)
    same = graph.compound[source] == graph.compound[graph.neighbour]
    weight = metres * np.where(same, SAME_COMPOUND, 1.0) * np.where(graph.crosses, ACROSS_BARRIER, 1.0)
    return np.maximum(1, weight).astype(np.int64)


def best(case: Case, pieces: Sequence[Sequence[int]]) -> dict[str, Any]:
    """The division with the fewest pieces at fault, then the cheapest; and what the cheapest with borders costs."""
    plain, with_borders = (_least(case, pieces, weights) for weights in (WEIGHTS, ROUND))
    return plain | {"cost_with_borders": with_borders["cost"]}


def _least(case: Case, pieces: Sequence[Sequence[int]], weights: Weights) -> dict[str, Any]:
    each = [judged(case.survey.graph, np.array(piece), weights) for piece in pieces]
    return min(each, key=lambda one: (one["pieces"] - one["in_range"] + one["cut_off_parts"], one["cost"]))


def ask_library(library: Library, these: list[Case], seeds: int, cap: float) -> Iterator[dict[str, Any]]:
    """Each method on each community with each seed."""
    install(library)
    asked = Asked(library)
    try:
        for method in library.methods:
            rows = []
            for case in these:
                for seed in range(seeds):
                    answer = asked.solve(case, method, seed, cap)
                    rows.append(_row(case, seed, answer) | (best(case, answer["pieces"]) if "pieces" in answer else {}))
            show(method, rows)
            yield {"method": method, "versions": asked.versions, "rows": rows}
    finally:
        asked.end()


def _row(case: Case, seed: int, answer: dict[str, Any]) -> dict[str, Any]:
    about = {
        "number": case.community.number,
        "kind": str(case.community.kind),
        "atoms": len(case.survey.graph.size),
        "households": case.community.households,
        "seed": seed,
        "seconds": round(answer["seconds"], 4),
        "feasible": False,
    }
    return about | ({"fault": answer["fault"]} if "fault" in answer else {})


def ask_ourselves(these: list[Case], seeds: int) -> Iterator[dict[str, Any]]:
    """The same for Doorstep: the same graphs, no finer atoms than the peers have."""
    for effort, weights in (*((each, WEIGHTS) for each in OWN_EFFORTS), ("standard", ROUND)):
        method = f"doorstep-{effort}" + (WITH_BORDERS if weights is ROUND else "")
        rows = []
        for case in these:
            for seed in range(seeds):
                began = time.perf_counter()
                graph = case.survey.graph
                division = partition(graph, BOUNDS, weights, effort, (seed, 0), float(BOUNDS.target))
                answer = {"seconds": time.perf_counter() - began}
                rows.append(_row(case, seed, answer) | best(case, [division.piece.tolist()]))
        show(method, rows)
        yield {"method": method, "versions": {}, "rows": rows}


def show(method: str, rows: Sequence[dict[str, Any]]) -> None:
    solved = sum(row["feasible"] for row in rows)
    faults = Counter(row["fault"].partition(":")[0] for row in rows if "fault" in row)
    seconds = np.array([row["seconds"] for row in rows])
    print(f"{method:>20}: {solved}/{len(rows)} feasible, mean {seconds.mean():.3f} s, max {seconds.max():.2f} s",
          *(f"{name} {count}" for name, count in faults.items()), flush=True)  # fmt: skip


def summary(method: dict[str, Any], ours: Mapping[str, Rows], kinds: Counter[str]) -> dict[str, Any]:
    """What the table of the documentation says of a method."""
    rows = method["rows"]
    mean = {kind: float(np.mean([row["seconds"] for row in rows if row["kind"] == kind])) for kind in kinds}
    cost, compared = _against(rows, ours.get("doorstep-standard", ()), "cost")
    with_borders, _ = _against(rows, ours.get(f"doorstep-standard{WITH_BORDERS}", ()), "cost_with_borders")
    return {
        "asked": len(rows),
        "feasible": sum(row["feasible"] for row in rows),
        "timeouts": sum(row.get("fault") == "timeout" for row in rows),
        "other_faults": sum(row.get("fault", "timeout") != "timeout" for row in rows),
        "seconds_median": round(float(np.median([row["seconds"] for row in rows])), 4),
        "seconds_max": round(max(row["seconds"] for row in rows), 3),
        "cost_against_doorstep_standard": cost,
        "cost_with_borders_against_doorstep_standard": with_borders,
        "compared_on": compared,
        "whole_city": {
            "seconds": round(sum(mean[kind] * count for kind, count in kinds.items()), 1),
            "extrapolated": True,
            "at_least": any(row.get("fault") == "timeout" for row in rows),
        },
    }


def _against(rows: Rows, ours: Rows, cost: str) -> tuple[float | None, int]:
    """The summed cost by that of ours, over what the peer solved and we were asked too; and over how many."""
    own = {(row["number"], row["seed"]): row[cost] for row in ours if cost in row}
    both = [
        (row[cost], own[row["number"], row["seed"]])
        for row in rows
        if row["feasible"] and cost in row and (row["number"], row["seed"]) in own
    ]
    return (round(sum(a for a, _ in both) / sum(b for _, b in both), 3) if both else None), len(both)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--of-each", type=int, default=4, help="communities of each kind")
    asked.add_argument("--seeds", type=int, default=3)
    asked.add_argument("--cap", type=float, default=60.0, help="seconds of a call")
    every = [name for each in LIBRARIES for name in (each.name, *each.methods)]
    asked.add_argument("--only", action="append", choices=[*every, "doorstep"], help="a library or a method")
    wanted = asked.parse_args()
    names = set(wanted.only or [*every, "doorstep"])
    run = {
        "of_each_kind": wanted.of_each,
        "seeds": wanted.seeds,
        "cap": wanted.cap,
        "load": round(os.getloadavg()[0], 1),
    }
    keep_kernels()
    warm_up()
    with cases(wanted.of_each) as these:
        each_library = (ask_library(library, these, wanted.seeds, wanted.cap) for library in _chosen(names))
        for method in chain(ask_ourselves(these, wanted.seeds) if "doorstep" in names else (), *each_library):
            kept = [each for each in _before() if each["method"] != method["method"]]
            write([*kept, method | {"run": run}])
    return 0


def _chosen(names: set[str]) -> Iterator[Library]:
    """The libraries that are named, or those of their methods that are."""
    for library in LIBRARIES:
        methods = library.methods if library.name in names else tuple(each for each in library.methods if each in names)
        if methods:
            yield replace(library, methods=methods)


def _before() -> list[dict[str, Any]]:
    return json.loads(RESULTS.read_text())["methods"] if RESULTS.exists() else []


@cache
def kinds_of_city() -> Counter[str]:
    """How many communities of each kind the whole city has."""
    return Counter(str(community.kind) for community in first(CITY))


def write(methods: list[dict[str, Any]]) -> None:
    kinds = kinds_of_city()
    ours = {each["method"]: each["rows"] for each in methods if each["method"].startswith("doorstep")}
    about = {
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "city_seed": SEED,
        "households_are": "invented",
        "summary": {each["method"]: summary(each, ours, kinds) for each in methods},
        "methods": methods,
    }
    RESULTS.write_text(json.dumps(about, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
