"""Where communities of `doorstep divide --all` come from and their answers go: a file and a folder, or the database.

An answer is kept with a mark of what was asked, so that the same question is not answered twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import numpy as np
import orjson
import shapely

from doorstep.areas.crews import Done, Task
from doorstep.areas.dividing import assurance_of, certificate_of, counted, mark_of
from doorstep.areas.readers import CommunitiesFile, MapOfAll, read_base_map
from doorstep.areas.writers.report_all import Drawn
from doorstep.config.beforehand import lines_of
from doorstep.core.geometry.metres import Projection
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

if TYPE_CHECKING:
    from doorstep.areas.actions.drawing import Question, Wishes
    from doorstep.areas.models import Plan
    from doorstep.areas.plans import Divisible
    from doorstep.areas.readers import BuildingsFile, Feature
    from doorstep.areas.rules.households import HousingDefaults
    from doorstep.config.wanted import Wanted
    from doorstep.engines.districting import Division


class DivideAllRefused(Refusal):
    """The communities cannot be divided like this."""


@dataclass
class FilePlace:
    """Communities in the column of a file; answers in a folder, one file a community, and one of all at the end.

    `count` is "lived_in" or "dwellings"; `options` go to the engine as they are.
    """

    file: Path
    base_map: Path | None
    datum: str | None
    count: str
    defaults: HousingDefaults
    options: Mapping[str, Any]
    wanted: Wanted
    out: Path

    def __post_init__(self) -> None:
        self._communities = CommunitiesFile(self.file, self.datum)
        self._map = _map_of(self.base_map)
        self._waiting: dict[str, tuple[Projection, dict[str, Any]]] = {}

    def communities(self) -> Mapping[str, int]:
        return self._communities.counts

    def ask(self, key: str) -> Task | Mapping[str, Any]:
        read = self._communities.read(key)
        if not read.is_good:
            first, count = str(read.findings.problems[0]), read.findings.problem_count
            raise DivideAllRefused(say("command-divide-all-problems", count=count, first=first))
        buildings, plane, estimated = counted(read, self.count, self.defaults)
        options = {
            **self.options,
            **lines_of(self._near(read, plane), plane, self.wanted),
            "keep_together": buildings.compounds if self.wanted.keep_compounds else None,
        }
        mark = mark_of(buildings, options)
        if (before := self._before(key)) and before["question"] == mark:
            return before  # type: ignore[no-any-return]
        about = {"community": key, "question": mark, "buildings": len(buildings), "estimated": estimated}
        self._waiting[key] = plane, about
        return Task(key, buildings, options)

    def keep(self, done: Done) -> Mapping[str, Any]:
        from doorstep.engines.districting.render import geojson

        division = done.division
        assert division is not None
        plane, about = self._waiting.pop(done.key)
        code = done.key if len(done.key) == 12 and done.key.isdecimal() else None
        figures = {**about, **_figures(division), "seconds": round(done.seconds, 3)}
        places = geojson(division, lambda xy: np.column_stack(plane.degrees(xy[:, 0], xy[:, 1])), code)
        for place in places["features"]:
            place["properties"]["community"] = done.key
        path = self._path(done.key)
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        half.write_bytes(orjson.dumps({"figures": figures, **places}))
        # Whoever kills us leaves a whole file or none.
        half.replace(path)
        return figures

    @property
    def of_file(self) -> str:
        return self.file.name

    @property
    def is_osm(self) -> bool:
        # A file as OpenStreetMap writes it has no column that names communities.
        return False

    def drawn(self, key: str) -> Drawn:
        document = orjson.loads(self._path(key).read_bytes())
        outside = {(each["grid"], each["microgrid"]): each for each in document["figures"]["outside"]}
        found = [each for each in document["features"] if each["properties"]["level"] == "microgrid"]
        pieces = [
            _piece(told["grid"], told["number"], told["households"], outside.get((told["grid"], told["number"])))
            for told in (each["properties"] for each in found)
        ]
        return Drawn(pieces, list(shapely.from_geojson([orjson.dumps(each["geometry"]) for each in found])))

    def bind(self, refused: Mapping[str, str]) -> None:
        """`districts.geojson` with all grids and micro-grids, and `report.json` with a row a community."""
        rows = []
        with (self.out / "districts.geojson").open("wb") as whole:
            whole.write(b'{"type":"FeatureCollection","features":[')
            between = b"\n"
            for key in self.communities():
                if key in refused or not self._path(key).exists():
                    continue
                document = orjson.loads(self._path(key).read_bytes())
                rows.append(document["figures"])
                for place in document["features"]:
                    whole.write(between + orjson.dumps(place))
                    between = b",\n"
            whole.write(b"\n]}\n")
        report = {"communities": rows, "refused": dict(refused)}
        (self.out / "report.json").write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))

    def _path(self, key: str) -> Path:
        return self.out / "communities" / f"{quote(key, safe='')}.geojson"

    def _before(self, key: str) -> Any:
        path = self._path(key)
        return orjson.loads(path.read_bytes())["figures"] if path.exists() else None

    def _near(self, read: BuildingsFile, plane: Projection) -> Sequence[Feature]:
        return () if self._map is None else self._map.near(read.buildings, plane).features


def _piece(grid: int, number: int, households: int, certificate: Mapping[str, Any] | None) -> dict[str, Any]:
    told = {name: (certificate or {}).get(name) for name in ("proof", "facts", "reasons")}
    return {
        "name": f"{grid}-{number}",
        "grid": grid,
        "households": households,
        "in_range": certificate is None,
        "certificate": told if certificate else None,
    }


def _map_of(base_map: Path | None) -> MapOfAll | None:
    if base_map is None:
        return None
    read = read_base_map(base_map)
    if not read.is_good:
        first, count = str(read.findings.problems[0]), read.findings.problem_count
        raise DivideAllRefused(say("command-divide-all-problems", count=count, first=first))
    return MapOfAll(read)


def _figures(division: Division) -> dict[str, Any]:
    outside = [piece for piece in division.microgrids if not piece.is_in_range]
    return {
        "households": division.households,
        "microgrids": len(division.microgrids),
        "in_range": len(division.microgrids) - len(outside),
        "grids": len(division.grids),
        "grids_in_range": sum(grid.is_in_range for grid in division.grids),
        "sizes": [piece.households for piece in division.microgrids],
        "cost_per_piece": round(division.cost_per_piece, 4),
        "assurance": assurance_of(division),
        "outside": [
            {
                "grid": division.grids[piece.grid].number,
                "microgrid": piece.number,
                "households": piece.households,
                **certificate_of(piece),
            }
            for piece in outside
        ],
    }


class HousePlace:
    """Communities in the database; each answer becomes a draft."""

    of_file: Final = ""

    def __init__(self, found: Sequence[Divisible], wishes: Wishes) -> None:
        self._found = {each.code: each for each in found}
        self._wishes = wishes
        self._waiting: dict[str, Question] = {}
        self._plans: dict[str, int] = {}

    def communities(self) -> Mapping[str, int]:
        return {code: each.buildings for code, each in self._found.items()}

    def ask(self, key: str) -> Task | Mapping[str, Any]:
        from doorstep.areas.actions.drawing import ask, staying
        from doorstep.areas.plans import drawn_for
        from doorstep.core.access import WORKER, acting_as

        with acting_as(WORKER, because="doorstep divide --all"):
            asked = ask(self._found[key].id, staying(self._found[key].id, self._wishes))
            before = drawn_for(asked.community, asked.mark)
            if before is not None:
                return self._of_plan(key, before)
        self._waiting[key] = asked
        return Task(key, asked.buildings, asked.options)

    def keep(self, done: Done) -> Mapping[str, Any]:
        from doorstep.areas.actions.drawing import keep
        from doorstep.core.access import WORKER, acting_as
        from doorstep.core.time import clock

        assert done.division is not None
        with acting_as(WORKER, because="doorstep divide --all"):
            plan = keep(self._waiting.pop(done.key), done.division, by=WORKER, at=clock.now())
            return self._of_plan(done.key, plan)

    def _of_plan(self, key: str, plan: Plan) -> dict[str, Any]:
        self._plans[key] = plan.pk
        sizes = list(plan.pieces.order_by("code").values_list("households", flat=True))
        named = {"name": self._found[key].name, "plan": plan.pk, "sizes": sizes}
        return {**plan.report, "estimated": plan.report["estimated_buildings"], **named}

    @property
    def is_osm(self) -> bool:
        from doorstep.areas.plan_report import is_from_osm
        from doorstep.core.access import WORKER, acting_as

        with acting_as(WORKER, because="doorstep divide --all"):
            return any(is_from_osm(each.id) for each in self._found.values())

    def drawn(self, key: str) -> Drawn:
        from doorstep.areas.plan_report import is_in_range
        from doorstep.areas.plans import pieces_of
        from doorstep.core.access import WORKER, acting_as

        with acting_as(WORKER, because="doorstep divide --all"):
            rows = pieces_of(self._plans[key])
        outside = [None if is_in_range(row.certificate) else row.certificate for row in rows]
        pieces = [
            _piece(row.grid_number, row.microgrid_number, row.households, why)
            for row, why in zip(rows, outside, strict=True)
        ]
        return Drawn(pieces, [shapely.from_wkb(bytes(row.outline)) for row in rows])
