"""The catalogue in force, held in memory by every process and read anew when it has changed.

Files seed the catalogue once; from then on its versions in the database rule. The edges (a request, a worker's round,
a command) say what time it is; every other second at most they ask one row whether anything was published since, so
that a new version serves without a restart and a page asks nothing more. What comes into force at midnight needs no
question at all: it is in memory already.
"""

from __future__ import annotations

import threading
import time
from bisect import bisect_right
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Any, Final

from doorstep.catalogue.files import assemble, read_catalogue
from doorstep.catalogue.item import Catalogue
from doorstep.catalogue.kept import Kept, as_sheets, moments, standing
from doorstep.core.access import WORKER, acting_as, current_actor

LOOK_EVERY_S: Final = 2.0
BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""From when the files count that the catalogue was begun with: cases older than the catalogue keep to it too."""


@dataclass(frozen=True)
class Editions:
    """All published versions, and the catalogue of each moment at which one of them came into force."""

    rows: tuple[Kept, ...]

    @cached_property
    def moments(self) -> list[datetime]:
        return moments(self.rows)

    def at(self, moment: datetime) -> Edition:
        place = max(bisect_right(self.moments, moment) - 1, 0)
        return self._edition(self.moments[place])

    @lru_cache(maxsize=16)  # noqa: B019 - there is one of these a process, and its end clears what it held
    def _edition(self, since: datetime) -> Edition:
        standing_then = standing(self.rows, since)
        return Edition(
            assemble(as_sheets({name: row.said for name, row in standing_then.items()})),
            {name: row.id for name, row in standing_then.items()},
            since,
        )

    def __hash__(self) -> int:
        return id(self)


@dataclass(frozen=True)
class Edition:
    """A catalogue, the versions that it consists of by the names of their sheets, and since when it stands so."""

    catalogue: Catalogue
    versions: Mapping[str, int] = field(default_factory=dict)
    since: datetime = BEGINNING

    def version_of(self, item: str) -> int | None:
        """Which version of this item it holds."""
        return self.versions.get(f"items/{item}")


@lru_cache(maxsize=1)
def _shipped() -> Edition:
    return Edition(read_catalogue())


class _House:
    """What this process holds. One thread looks at a time; the others go on with what is known."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.stamp: int | None = None
        self.editions: Editions | None = None
        self.now: Edition | None = None
        self.next_look = 0.0


_house = _House()


def catalogue() -> Catalogue:
    """The items, classes and limits in force; those of the files until the database was first asked."""
    return edition().catalogue


def edition() -> Edition:
    """The same with its versions."""
    return _house.now or _shipped()


def edition_at(moment: datetime) -> Edition:
    """The catalogue as it stood then, and what its items were."""
    editions = _house.editions
    return _shipped() if editions is None else editions.at(moment)


def look_again(at: datetime, *, now: bool = False) -> None:
    """It is now `at`: see whether another version is in force. `now`: without waiting for the next look to be due."""
    if now or time.monotonic() >= _house.next_look:
        with _house.lock:
            if now or time.monotonic() >= _house.next_look:
                _house.next_look = time.monotonic() + LOOK_EVERY_S
                _read()
    if _house.editions is not None:
        _house.now = _house.editions.at(at)


def expire() -> None:
    """The next look is due at once: this process itself has just published something."""
    _house.next_look = 0.0


def forget() -> None:
    """Back to the files, as in a process that has not looked yet."""
    _house.stamp = _house.editions = _house.now = None
    _house.next_look = 0.0


def _read() -> None:
    from doorstep.catalogue.models import Stamp, Version

    with nullcontext() if current_actor() is not None else acting_as(WORKER):
        stamp = Stamp.objects.values_list("number", flat=True).first()
        if stamp == _house.stamp:
            return
        published = Version.objects.filter(published_at__isnull=False, taken_back_at=None)
        rows: list[Any] = list(published.order_by("from_at", "id").values_list("id", "name", "said", "from_at"))
    _house.editions = Editions(tuple(Kept(*row) for row in rows)) if rows else None
    _house.now = None
    _house.stamp = stamp
