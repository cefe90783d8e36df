"""Claim: a real community is divided within seconds, every piece in range, in one part, without gap or overlap.

Against: 5 s and 100 %. On: Tsinghua's campus and staff housing, Kouvola, Helsinki (`districting_places.py` says how
households are estimated). Seconds depend on what else runs; `cpu` is what the process itself used. Prints a table,
writes `results/districting_real.json`.

    python -m bench.districting_real
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import shapely
from bench.districting_places import Place, helsinki, kouvola, tsinghua

from doorstep.engines.districting import divide, warm_up
from doorstep.engines.districting.division import Division, Piece

RESULTS = Path(__file__).parent / "results" / "districting_real.json"
SEEDS = (0, 1, 2, 3, 4)
EFFORTS = ("quick", "standard", "thorough")
COLUMNS = (
    "place",
    "effort",
    "atoms",
    "households",
    "seconds",
    "worst",
    "cpu",
    "microgrids",
    "in_range",
    "grids",
    "J",
    "tiled",
)


def measure(place: Place, effort: Any) -> dict[str, Any]:
    """The median over the seeds of one effort on one place."""
    divide(place.buildings, barriers=place.barriers, effort="quick")
    seconds, cpu, divisions = [], [], []
    for seed in SEEDS:
        start, worked = time.perf_counter(), time.process_time()
        divisions.append(divide(place.buildings, barriers=place.barriers, effort=effort, seed=seed))
        seconds.append(time.perf_counter() - start)
        cpu.append(time.process_time() - worked)
    return {
        "place": place.name,
        "effort": effort,
        "buildings": len(place.buildings),
        "atoms": int((divisions[0].atoms.households > 0).sum()),
        "households": divisions[0].households,
        "seconds": round(statistics.median(seconds), 3),
        "worst": round(max(seconds), 3),
        "cpu": round(statistics.median(cpu), 3),
        "microgrids": round(statistics.median(len(each.microgrids) for each in divisions)),
        "in_range": f"{min(_share_in_range(each.microgrids) for each in divisions):.1%}",
        "grids": f"{min(_share_in_range(each.grids) for each in divisions):.1%}",
        "J": round(statistics.median(each.cost_per_piece for each in divisions), 4),
        "tiled": all(_tiles(each) for each in divisions),
    }


def _share_in_range(pieces: Sequence[Piece]) -> float:
    return sum(piece.is_in_range for piece in pieces) / len(pieces)


def _tiles(division: Division) -> bool:
    polygons = [piece.polygon for piece in division.microgrids]
    in_one_part = all(polygon.geom_type == "Polygon" for polygon in polygons)
    return bool(in_one_part and shapely.coverage_is_valid(polygons))


def first_warm_up() -> dict[str, float]:
    """A first warm-up on a machine, in a process and a cache of its own."""
    script = "from doorstep.engines.districting import warm_up; warm_up()"
    with tempfile.TemporaryDirectory() as cache:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", script], check=True, env=os.environ | {"NUMBA_CACHE_DIR": cache})
        seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"seconds": round(seconds, 1), "cpu": round(used.ru_utime + used.ru_stime, 1)}


def machine() -> dict[str, Any]:
    packages = ("numpy", "numba", "shapely")
    return {
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": [round(load, 1) for load in os.getloadavg()],
        **{name: version(name) for name in packages},
        "geos": shapely.geos_version_string,
    }


def main() -> None:
    told = {"machine": machine(), "first_warm_up": first_warm_up(), "seeds": SEEDS}
    warm_up()
    rows = [measure(place(), effort) for place in (tsinghua, kouvola, helsinki) for effort in EFFORTS]
    print(" ".join(f"{name:>10}" for name in COLUMNS))
    for row in rows:
        print(" ".join(f"{row[name]!s:>10}" for name in COLUMNS))
    print(json.dumps(told))
    RESULTS.write_text(json.dumps({**told, "rows": rows}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
