"""`doorstep divide --all`: every community of a file or of the database, with whatever hands there are.

What was divided before, from the same buildings with the same wishes, is not divided again; so a run that was
interrupted or killed goes on where it ended when the same command is given once more.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from doorstep.areas.crews import Crew, Done, Task, alone, divided, of_processes, on_ray
from doorstep.areas.dividing import kernels
from doorstep.areas.refused import refused
from doorstep.areas.writers.report_all import Drawn
from doorstep.core.refusals import Refusal
from doorstep.core.text import text

if TYPE_CHECKING:
    from doorstep.config.opening import Tell

SUMMED: Final = ("buildings", "households", "estimated", "microgrids", "in_range", "grids", "grids_in_range")
TOLD: Final = (*SUMMED, "cost_per_piece", "assurance", "sizes", "name", "plan")


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

    @property
    def of_file(self) -> str:
        """The name of the file they come from; empty for the database."""

    @property
    def is_osm(self) -> bool:
        """Whether any buildings come from OpenStreetMap, whose licence asks to be named."""

    def communities(self) -> Mapping[str, int]:
        """The key of each community and about how much work it is."""

    def ask(self, key: str) -> Task | Mapping[str, Any]:
        """What is to be done for a community, or the figures of the answer that there is; refuses what is unsound."""

    def keep(self, done: Done) -> Mapping[str, Any]:
        """Keep a division; its figures."""

    def drawn(self, key: str) -> Drawn:
        """The micro-grids of an answer that is kept, their shapes in degrees."""


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
            if done.refused is not None:
                outcome.refused[done.key] = " ".join(text(each) for each in refused(done.refused))
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


def own_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def keep_kernels() -> None:
    """Where this process and those that it starts find compiled kernels."""
    os.environ.setdefault("NUMBA_CACHE_DIR", kernels())
