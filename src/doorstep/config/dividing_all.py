"""`doorstep divide --all`: every community of a file or of the database, with whatever hands there are.

What was divided before, from the same buildings with the same wishes, is not divided again; so a run that was
interrupted or killed goes on where it ended when the same command is given once more.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import quote

import numpy as np
import orjson

from doorstep.areas.crews import Crew, Done, Task, alone, divided, of_processes, on_ray
from doorstep.areas.dividing import assurance_of, certificate_of, counted, kernels, mark_of
from doorstep.areas.readers import CommunitiesFile, MapOfAll, read_base_map
from doorstep.core.geometry.metres import Projection
from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text

if TYPE_CHECKING:
    from doorstep.areas.actions.drawing import Question, Wishes
    from doorstep.areas.models import Plan
    from doorstep.areas.plans import Divisible
    from doorstep.areas.readers import BuildingsFile
    from doorstep.areas.rules.households import HousingDefaults
    from doorstep.config.opening import Tell
    from doorstep.engines.districting import Division

SUMMED: Final = ("buildings", "households", "estimated", "microgrids", "in_range", "grids", "grids_in_range")
TOLD: Final = (*SUMMED, "cost_per_piece", "assurance", "sizes")


class DivideAllRefused(Refusal):
    """The communities cannot be divided like this."""


@dataclass
class Outcome:
    """What became of the communities: new answers, those kept from before, and those refused with their reason."""

    fresh: int = 0
    kept: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SUMMED, 0))
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def done(self) -> int:
        return self.fresh + self.kept

    def add(self, community: str, figures: Mapping[str, Any], seconds: float | None = None) -> None:
        """The figures of one more community; without seconds they were there before."""
        told = {name: figures[name] for name in TOLD if name in figures}
        self.rows.append({**told, "community": community, "seconds": seconds})
        for name in SUMMED:
            self.sums[name] += int(figures.get(name, 0))


class Place(Protocol):
    """Where communities come from and their answers go."""

    def communities(self) -> Mapping[str, int]:
        """The key of each community and about how much work it is."""

    def ask(self, key: str) -> Task | Mapping[str, Any]:
        """What is to be done for a community, or the figures of the answer that there is; refuses what is unsound."""

    def keep(self, done: Done) -> Mapping[str, Any]:
        """Keep a division; its figures."""


def crew_of(processes: int, ray: str | None) -> AbstractContextManager[Crew]:
    """Who does the work."""
    if ray is not None:
        return on_ray(ray)
    return alone() if processes == 1 else of_processes(processes)


def divide_all(place: Place, crew: AbstractContextManager[Crew], tell: Tell) -> Outcome:
    """Divide what is not divided yet; each answer is kept as soon as it is there."""
    outcome = Outcome()
    work = place.communities()
    following = _Following(work, tell)

    def tasks() -> Iterator[Task]:
        for key in work:
            try:
                found = place.ask(key)
            except Refusal as no:
                outcome.refused[key] = str(no)
                following.passed(key)
                continue
            if isinstance(found, Task):
                yield found
            else:
                outcome.kept += 1
                outcome.add(key, found)
                following.passed(key)

    with crew as hands:
        for done in divided(tasks(), hands):
            if done.division is None:
                outcome.refused[done.key] = text("districting-refused", reason=done.refused)
            else:
                outcome.add(done.key, place.keep(done), round(done.seconds, 3))
                outcome.fresh += 1
            following.finished(done.key)
    return outcome


class _Following:
    """Says how far the work has come and how long the rest will take, once a hundredth."""

    def __init__(self, work: Mapping[str, int], tell: Tell) -> None:
        self._work, self._tell = work, tell
        self._whole = max(1, sum(work.values()))
        self._passed = self._finished = self._count = 0
        self._last_told = -1
        self._began = time.monotonic()
        self._say()

    def passed(self, key: str) -> None:
        """There was nothing to do."""
        self._passed += self._work[key]
        self._one_more()

    def finished(self, key: str) -> None:
        self._finished += self._work[key]
        self._one_more()

    def _one_more(self) -> None:
        self._count += 1
        if 100 * (self._passed + self._finished) // self._whole > self._last_told:
            self._say()

    def _say(self) -> None:
        done = self._passed + self._finished
        self._last_told = 100 * done // self._whole
        self._tell(done / self._whole, self._words(done))

    def _words(self, done: int) -> str:
        if not self._finished:
            return text("command-divide-all-begun", done=self._count, of=len(self._work))
        left = (time.monotonic() - self._began) * (self._whole - done) / self._finished
        unit, seconds = ("minutes", 60) if left >= 90 else ("seconds", 1)
        return text(f"command-divide-all-{unit}", done=self._count, of=len(self._work), left=round(left / seconds))


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
    keep_compounds: bool
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
            "barriers": self._barriers(read, plane),
            "keep_together": buildings.compounds if self.keep_compounds else None,
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

    def _barriers(self, read: BuildingsFile, plane: Projection) -> list[Any]:
        if self._map is None:
            return []
        near = self._map.near(read.buildings, plane)
        return [plane.flatten(each.shape) for each in near.features if each.is_barrier]


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

    def __init__(self, found: Sequence[Divisible], wishes: Wishes) -> None:
        self._found = {each.code: each for each in found}
        self._wishes = wishes
        self._waiting: dict[str, Question] = {}

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
                return _of_plan(before)
        self._waiting[key] = asked
        return Task(key, asked.buildings, asked.options)

    def keep(self, done: Done) -> Mapping[str, Any]:
        from doorstep.areas.actions.drawing import keep
        from doorstep.core.access import WORKER, acting_as
        from doorstep.core.time import clock

        assert done.division is not None
        with acting_as(WORKER, because="doorstep divide --all"):
            return _of_plan(keep(self._waiting.pop(done.key), done.division, by=WORKER, at=clock.now()))


def _of_plan(plan: Plan) -> dict[str, Any]:
    sizes = list(plan.pieces.order_by("code").values_list("households", flat=True))
    return {**plan.report, "estimated": plan.report["estimated_buildings"], "sizes": sizes}


def own_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def keep_kernels() -> None:
    """Where this process and those that it starts find compiled kernels."""
    os.environ.setdefault("NUMBA_CACHE_DIR", kernels())
