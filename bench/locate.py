"""Claim: a point finds its micro-grid in microseconds; a million points find theirs among 16,000 in a second or two.

Against shapely's STRtree asked for all points at once, which is what one would otherwise use. On invented cities:
Voronoi cells around random seeds, with bent borders, in a box as large as Zhenjiang's towns; points anywhere in it.
Run alone: `python -m bench.locate`.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from rich.console import Console
from rich.table import Table

from doorstep.core.geometry import NOWHERE, AreaIndex

RESULTS = Path(__file__).parent / "results" / "locate.json"
BOX = (119.20, 31.90, 119.90, 32.30)
AREAS = (160, 1_600, 16_000)
POINTS = (10_000, 100_000, 1_000_000)
SINGLES = 20_000
RUNS = 5
CORNERS_AN_AREA = 40
GOALS = {"points_a_second": 500_000, "single_us": 25.0}


def city(areas: int, rng: np.random.Generator) -> np.ndarray:
    """Micro-grids that tile the box, their borders bent by up to a tenth of their width, neighbours alike."""
    west, south, east, north = BOX
    box = shapely.box(*BOX)
    seeds = shapely.MultiPoint(rng.uniform((west, south), (east, north), (areas, 2)))
    cells = shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=box)), box)
    width = ((east - west) * (north - south) / areas) ** 0.5
    cut = shapely.segmentize(cells, 4 * width / CORNERS_AN_AREA)

    def bend(xy: np.ndarray) -> np.ndarray:
        return xy + width / 10 * np.column_stack([np.sin(9 * xy[:, 1] / width), np.sin(7 * xy[:, 0] / width)])

    return np.asarray(shapely.transform(cut, bend))


def median_s(act: Callable[[], Any]) -> float:
    """The median time of several runs after one to warm up."""
    act()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def by_tree(tree: shapely.STRtree, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """What one would otherwise write."""
    which, area = tree.query(shapely.points(lon, lat), predicate="intersects")
    answers = np.full(len(lon), NOWHERE)
    answers[which[::-1]] = area[::-1]
    return answers


def measured(areas: int, rng: np.random.Generator) -> list[dict[str, Any]]:
    """One row for each number of points in a city of that many micro-grids."""
    cells = city(areas, rng)
    start = time.perf_counter()
    index = AreaIndex(cells)
    build_s = time.perf_counter() - start
    tree = shapely.STRtree(cells)
    west, south, east, north = BOX
    rows = []
    for points in POINTS:
        lon, lat = rng.uniform((west, south), (east, north), (points, 2)).T
        differ = int((index.locate_many(lon, lat) != by_tree(tree, lon, lat)).sum())
        singles = list(zip(lon[:SINGLES].tolist(), lat[:SINGLES].tolist(), strict=True))
        many_s = median_s(lambda lon=lon, lat=lat: index.locate_many(lon, lat))
        tree_s = median_s(lambda lon=lon, lat=lat: by_tree(tree, lon, lat))
        single_s = median_s(lambda singles=singles: [index.locate(x, y) for x, y in singles]) / len(singles)
        find_s = median_s(lambda singles=singles: [index.find(x, y) for x, y in singles[:2_000]]) / 2_000
        rows.append(
            {
                "areas": areas,
                "corners_an_area": round(float(shapely.get_num_coordinates(cells).mean()), 1),
                "points": points,
                "build_s": round(build_s, 3),
                "points_a_second": round(points / many_s),
                "strtree_points_a_second": round(points / tree_s),
                "single_us": round(single_s * 1e6, 2),
                "single_with_margin_us": round(find_s * 1e6, 2),
                "answers_that_differ": differ,
            }
        )
    return rows


def machine() -> dict[str, Any]:
    """What it ran on, and what else ran."""
    return {
        "cpu": next(
            (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
            platform.processor(),
        ),
        "cores": os.cpu_count(),
        "load_before": [round(load, 2) for load in os.getloadavg()],
        "python": platform.python_version(),
        "numpy": np.__version__,
        "shapely": shapely.__version__,
        "geos": shapely.geos_version_string,
    }


def main() -> int:
    """Print the table, write the JSON; not 0 if a goal is missed or an answer differs."""
    told = machine()
    rng = np.random.default_rng(2026)
    rows = [row for areas in AREAS for row in measured(areas, rng)]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps({"machine": told, "runs": RUNS, "goals": GOALS, "rows": rows}, indent=2) + "\n", encoding="utf-8"
    )
    table = Table(title=" · ".join(f"{name} {value}" for name, value in told.items()))
    for column in rows[0]:
        table.add_column(column.replace("_", " "), justify="right")
    for row in rows:
        table.add_row(*(f"{value:,}" for value in row.values()))
    Console(width=150).print(table)
    last = rows[-1]
    is_reached = (
        last["points_a_second"] >= GOALS["points_a_second"]
        and last["single_us"] <= GOALS["single_us"]
        and not any(row["answers_that_differ"] for row in rows)
    )
    return 0 if is_reached else 1


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


if __name__ == "__main__":
    sys.exit(main())
