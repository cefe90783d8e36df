"""What a file says, as plain records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from doorstep.areas.rules.codes import AreaCode, Level
from doorstep.areas.rules.kinds import BuildingKind
from doorstep.core.geometry import Datum
from doorstep.core.text import Message, text

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell about one row of a file; `row` is a number as a spreadsheet shows it, an id, or empty."""

    file: str
    row: int | str
    field: str
    what: Message
    try_this: Message | None = None

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.row, self.field) if part != "")
        return " ".join([f"{where}:", text(self.what), *([text(self.try_this)] if self.try_this else [])])


@dataclass(frozen=True, slots=True)
class Findings:
    """All that there is to tell about a file.

    A problem stops the import; a remark says what was repaired or left out. Lists are cut at a length that a person can
    read; the counts are whole.
    """

    problems: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    problem_count: int = 0
    remark_count: int = 0


@dataclass(frozen=True, slots=True)
class TerritoryArea:
    """A county, subdistrict or community, with the first row that names it."""

    code: AreaCode
    name: str
    level: Level
    parent: AreaCode
    row: int


@dataclass(frozen=True, slots=True)
class TerritoryFile:
    """The territory of a file, from above: cities if named, counties, subdistricts, communities, each by code."""

    file: str
    areas: tuple[TerritoryArea, ...]
    findings: Findings

    @property
    def is_good(self) -> bool:
        """Whether nothing stands against importing it."""
        return not self.findings.problem_count

    def at(self, level: Level) -> tuple[TerritoryArea, ...]:
        """The areas of one level."""
        return tuple(area for area in self.areas if area.level is level)


@dataclass(frozen=True, slots=True)
class Building:
    """A building as the file knows it; `None` and empty text are not known."""

    source: str
    """The same at every reading: `osm/way/123`, `own/7` for the file's own id, or else `shape/…` from the outline."""
    row: int | str
    name: str
    kind: BuildingKind
    shape: BaseGeometry
    """A polygon, several, or a point; degrees of WGS 84."""
    floors: int | None = None
    entrances: int | None = None
    dwellings: int | None = None
    lived_in: int | None = None
    address: str = ""
    compound: str = ""
    community: str = ""
    """In a file of several, the code or name of its community as the file writes it."""


@dataclass(frozen=True, slots=True)
class BuildingsFile:
    """The buildings of a file."""

    file: str
    format: str
    datum: Datum | None
    """In which the file was written; the shapes are in WGS 84."""
    buildings: tuple[Building, ...]
    findings: Findings

    @property
    def is_good(self) -> bool:
        """Whether nothing stands against importing it."""
        return not self.findings.problem_count


class FeatureKind(StrEnum):
    """What a map shows below the grids."""

    ROAD = "road"
    PATH = "path"
    RAILWAY = "railway"
    WATER = "water"
    GREEN = "green"
    WALL = "wall"
    COMPOUND = "compound"
    BOUNDARY = "boundary"


@dataclass(frozen=True, slots=True)
class Feature:
    """A line or polygon of the base map, in degrees of WGS 84."""

    source: str
    """The same at every reading and no other feature's: `osm/way/123`, or `osm/way/123#wall` for the wall around it."""
    kind: FeatureKind
    grade: str
    """The source's finer word: `primary`, `footway`, `river`, `park`."""
    name: str
    shape: BaseGeometry
    is_barrier: bool
    """Whether people do not simply walk across it, so that a grid had better end there."""


@dataclass(frozen=True, slots=True)
class BaseMapFile:
    """Roads, waters, railways, greens, walls and compounds of a file."""

    file: str
    features: tuple[Feature, ...]
    findings: Findings

    @property
    def is_good(self) -> bool:
        """Whether nothing stands against importing it."""
        return not self.findings.problem_count

    def of(self, *kinds: FeatureKind) -> tuple[Feature, ...]:
        """The features of those kinds."""
        return tuple(feature for feature in self.features if feature.kind in kinds)
