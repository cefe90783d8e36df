"""Files of the place as plain records: its communities, its buildings, its roads and waters.

An edge of areas, like a door: it touches the disk and never the database. A reader does not raise for what a file
holds; it lists every problem with its row and what to do, and an action that writes takes the records only if there
is none.
"""

from doorstep.areas.readers.base_map import read_base_map
from doorstep.areas.readers.buildings import read_buildings
from doorstep.areas.readers.communities import CommunitiesFile, MapOfAll, read_buildings_of
from doorstep.areas.readers.records import (
    BaseMapFile,
    Building,
    BuildingsFile,
    Feature,
    FeatureKind,
    Finding,
    TerritoryArea,
    TerritoryFile,
)
from doorstep.areas.readers.territory import read_territory

__all__ = [
    "BaseMapFile",
    "Building",
    "BuildingsFile",
    "CommunitiesFile",
    "Feature",
    "FeatureKind",
    "Finding",
    "MapOfAll",
    "TerritoryArea",
    "TerritoryFile",
    "read_base_map",
    "read_buildings",
    "read_buildings_of",
    "read_territory",
]
