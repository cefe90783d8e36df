"""A file with the buildings of several communities, each named in a column."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from doorstep.areas.readers.buildings import read_buildings, rows_by_community
from doorstep.areas.readers.formats import USUAL
from doorstep.areas.readers.records import BaseMapFile, Building, BuildingsFile
from doorstep.areas.readers.report import FileRefused
from doorstep.core.geometry.metres import Projection
from doorstep.core.text import say

WIDE: Final = replace(USUAL, file_bytes=64 * 2**30)
"""For a file that is read one community at a time."""
AROUND_M: Final = 20.0
"""How far from its buildings the roads and waters of a community are looked for."""


class CommunitiesFile:
    """The communities of a file, in the order of their names; only a GeoPackage is not kept in memory.

    Raises `FileRefused` where a building has no community, or where a file that is read as a whole has a problem.
    """

    def __init__(self, path: Path, datum: str | None = None) -> None:
        self._path, self._datum = path, datum
        self._rows = rows_by_community(path, limits=WIDE)
        self._read = {} if self._rows is not None else _parted(read_buildings(path, datum))
        if not self.counts or "" in self.counts:
            raise FileRefused(say("areas-file-no-community", file=path.name), say("areas-file-no-community-try"))

    @property
    def counts(self) -> Mapping[str, int]:
        """How many buildings each community has."""
        if self._rows is not None:
            return {community: len(rows) for community, rows in self._rows.items()}
        return {community: len(read.buildings) for community, read in self._read.items()}

    def read(self, community: str) -> BuildingsFile:
        """The buildings of one."""
        if self._rows is None:
            return self._read[community]
        return read_buildings(self._path, self._datum, only=self._rows[community], limits=WIDE)


def read_buildings_of(
    path: Path, datum: str | None, community: str | None, elsewhere: Collection[str] = ()
) -> BuildingsFile:
    """The buildings of a community, where the file names it in its column; else all of the file."""
    if community is None:
        return read_buildings(path, datum, elsewhere=elsewhere)
    # What cannot be read at all is told in full by whoever reads it as a whole.
    with suppress(FileRefused):
        rows = rows_by_community(path, limits=WIDE)
        if rows is not None and community in rows:
            return read_buildings(path, datum, only=rows[community], limits=WIDE, elsewhere=elsewhere)
    read = read_buildings(path, datum, elsewhere=elsewhere)
    own = tuple(building for building in read.buildings if building.community == community)
    return replace(read, buildings=own) if read.is_good and own else read


def _parted(read: BuildingsFile) -> dict[str, BuildingsFile]:
    if not read.is_good:
        first, count = str(read.findings.problems[0]), read.findings.problem_count
        raise FileRefused(say("areas-file-problems", count=count, first=first), say("areas-row-mend"))
    found: dict[str, list[Building]] = {}
    for building in read.buildings:
        found.setdefault(building.community, []).append(building)
    return {community: replace(read, buildings=tuple(buildings)) for community, buildings in sorted(found.items())}


class MapOfAll:
    """The base map of all communities, of which each takes what is near its buildings."""

    def __init__(self, read: BaseMapFile) -> None:
        self._whole = read
        self._shapes = np.array([feature.shape for feature in read.features], dtype=object)
        self._tree = shapely.STRtree(self._shapes)

    def near(self, buildings: Sequence[Building], plane: Projection) -> BaseMapFile:
        """Only the features around these buildings."""
        shapes: list[Any] = [building.shape for building in buildings]
        ground = plane.flatten(shapely.convex_hull(shapely.geometrycollections(shapes)))
        around = plane.unflatten(shapely.buffer(ground, AROUND_M))
        rows = np.sort(self._tree.query(around, predicate="intersects")).tolist()
        return replace(self._whole, features=tuple(self._whole.features[row] for row in rows))
