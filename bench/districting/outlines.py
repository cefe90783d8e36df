"""Claim: borders true to the footprints are drawn for a city in a minute on two cores, and every coverage is valid.

The first communities of the invented city and three real places are divided, then outlined; only the outlining is
measured, in processor seconds of one process. Run alone: `python -m bench.districting.outlines [communities]`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from bench.districting.cities import first
from bench.districting_places import helsinki, kouvola, tsinghua
from bench.house import machine
from rich.console import Console
from rich.table import Table

from doorstep.engines.districting import Buildings, divide, finishing, warm_up

RESULTS = Path(__file__).parents[1] / "results" / "districting_outlines.json"
COMMUNITIES = 100
Place = tuple[str, Buildings, np.ndarray, shapely.Geometry | None]


def main() -> int:
    """Print the table, write the JSON; not 0 if a coverage is not valid."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COMMUNITIES
    warm_up()
    real = [(make.__name__, place.buildings, place.barriers, None) for make in REAL if (place := make())]
    rows = [measured(each[0], [each]) for each in real]
    rows.append(measured(f"{count} invented communities", _invented(count)))
    kept = {
        "machine": machine(shapely=shapely.__version__, geos=shapely.geos_version_string),
        "rows": rows,
    }
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    table = Table(*rows[0])
    for row in rows:
        table.add_row(*map(str, row.values()))
    Console(width=140).print(table)
    return 0 if all(row["valid"] == row["places"] for row in rows) else 1


REAL = (tsinghua, kouvola, helsinki)


def _invented(count: int) -> Iterable[Place]:
    return (("", each.buildings, each.barriers, each.ground) for each in first(count))


def measured(name: str, places: Iterable[Place]) -> dict[str, Any]:
    """One row of the table."""
    spent: list[float] = []
    sums = dict.fromkeys(("places", "buildings", "microgrids", "valid", "in_several_parts"), 0)
    with _timed(spent):
        for _, buildings, barriers, ground in places:
            division = divide(buildings, barriers=barriers, boundary=ground, outlines="footprints", effort="quick")
            polygons = np.array([piece.polygon for piece in division.microgrids])
            sums["places"] += 1
            sums["buildings"] += len(buildings)
            sums["microgrids"] += len(polygons)
            sums["valid"] += bool(shapely.coverage_is_valid(polygons) and shapely.is_valid(polygons).all())
            sums["in_several_parts"] += int((shapely.get_type_id(polygons) != 3).sum())
    seconds = sum(spent)
    return {
        "what": name,
        **sums,
        "cpu_s": round(seconds, 2),
        "cpu_ms_a_building": round(1000 * seconds / sums["buildings"], 3),
    }


class _timed:  # noqa: N801 - read as a word of the `with` statement
    """Within it the processor time of every outlining is noted."""

    def __init__(self, spent: list[float]) -> None:
        self._spent, self._real = spent, finishing.true_polygons

    def __enter__(self) -> None:
        def outline(*given: Any) -> Any:
            began = time.process_time()
            polygons = self._real(*given)
            self._spent.append(time.process_time() - began)
            return polygons

        finishing.true_polygons = outline

    def __exit__(self, *_: object) -> None:
        finishing.true_polygons = self._real


if __name__ == "__main__":
    sys.exit(main())
