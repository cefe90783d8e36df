"""Atoms: the smallest units that a division never cuts.

An atom is a building, or a section of it (the homes behind one entrance) where the building has more than 50
households. Floor bands are cut from these only in `relief`. A building without households is no atom: it goes with
the piece it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from doorstep.engines.districting.problem import Buildings, Floats, Ints

SECTION_ABOVE = 50
"""Households above which a building is cut into its sections."""
SECTION_LENGTH_M = 15.0
"""The usual length of a building along one entrance, used where the number of entrances is not known."""
HOUSEHOLDS_A_FLOOR = 4
"""Homes on one landing, used to guess the floors of a section whose floors are not known."""
WHOLE = 0
"""`floor_from` and `floor_to` of an atom that is not a floor band."""


@dataclass(frozen=True, eq=False)
class Atoms:
    """Arrays with one row an atom, ordered by building, section, floor.

    `start` and `end` are the two ends of the strip of the footprint that stands for the atom on the ground, `xy` its
    middle. `floors` counts the floors in the atom; `floor_from` and `floor_to` are 0 unless the atom is a floor band.
    """

    building: Ints
    section: Ints
    households: Ints
    floors: Ints
    floor_from: Ints
    floor_to: Ints
    start: Floats
    end: Floats

    @property
    def xy(self) -> Floats:
        middle: Floats = (self.start + self.end) / 2
        return middle

    def __len__(self) -> int:
        return len(self.building)


def cut_into_atoms(buildings: Buildings) -> Atoms:
    """The atoms of all buildings that have households."""
    lived_in = np.flatnonzero(buildings.households > 0)
    starts, ends = _long_axes(buildings, lived_in)
    lengths = np.hypot(*(ends - starts).T)
    sections = _section_counts(buildings, lived_in, lengths)

    building = np.repeat(lived_in, sections)
    row = np.repeat(np.arange(len(lived_in)), sections)
    section = _position_in_run(sections)
    households = even_share(buildings.households[building], sections[row], section)
    axis = (ends - starts)[row]
    width = sections[row][:, None]
    start = starts[row] + axis * (section[:, None] / width)
    return Atoms(
        building=building,
        section=section,
        households=households,
        floors=_known_or_guessed_floors(buildings.floors[building], households),
        floor_from=np.full(len(building), WHOLE),
        floor_to=np.full(len(building), WHOLE),
        start=start,
        end=start + axis / width,
    )


def placed(buildings: Buildings, building: Ints, section: Ints, floors: Ints) -> Atoms:
    """Atoms that were cut before, on the ground where they are; `floors` (n, 2) are 0 and 0 where they are no bands.

    Without their households. The bands of a section lie side by side in its strip, as a sign that they share it.
    """
    rows, row = np.unique(building, return_inverse=True)
    starts, ends = _long_axes(buildings, rows)
    sections = np.zeros(len(rows), np.int64)
    np.maximum.at(sections, row, section + 1)
    _, strip, bands = np.unique(np.c_[building, section], axis=0, return_inverse=True, return_counts=True)
    strip = strip.reshape(-1)
    first = np.searchsorted(strip, strip)
    part = (section + (np.arange(len(strip)) - first) / bands[strip]) / sections[row]
    width = 1 / (bands[strip] * sections[row])
    axis = (ends - starts)[row]
    start = starts[row] + axis * part[:, None]
    return Atoms(
        building=building,
        section=section,
        households=np.zeros(len(building), np.int64),
        floors=floors[:, 1] - floors[:, 0] + 1,
        floor_from=floors[:, 0],
        floor_to=floors[:, 1],
        start=start,
        end=start + axis * width[:, None],
    )


def even_share(total: Ints, parts: Ints, part: Ints) -> Ints:
    """Share number `part` when each `total` is dealt out as evenly as whole numbers allow."""
    share: Ints = total * (part + 1) // parts - total * part // parts
    return share


def _section_counts(buildings: Buildings, rows: Ints, lengths: Floats) -> Ints:
    households, entrances = buildings.households[rows], buildings.entrances[rows]
    by_length = np.maximum(1, np.rint(lengths / SECTION_LENGTH_M).astype(np.int64))
    wished = np.where(entrances > 0, entrances, by_length)
    return np.where(households > SECTION_ABOVE, np.minimum(wished, households), 1)


def _known_or_guessed_floors(floors: Ints, households: Ints) -> Ints:
    guessed = -(-households // HOUSEHOLDS_A_FLOOR)
    return np.where(floors > 0, floors, guessed)


def _long_axes(buildings: Buildings, rows: Ints) -> tuple[Floats, Floats]:
    """Both ends of the middle line of each footprint along its longer side, the western (then southern) end first."""
    centres = buildings.xy[rows]
    if buildings.footprints is None or len(rows) == 0:
        return centres, centres
    boxes = shapely.oriented_envelope(buildings.footprints[rows])
    corners = np.stack([_box_corners(box, centre) for box, centre in zip(boxes, centres, strict=True)])
    one, other = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 1]
    longer = np.where((np.hypot(*one.T) >= np.hypot(*other.T))[:, None], one, other)
    backwards = (longer[:, 0] < 0) | ((longer[:, 0] == 0) & (longer[:, 1] < 0))
    longer = np.where(backwards[:, None], -longer, longer)
    return centres - longer / 2, centres + longer / 2


def _box_corners(box: shapely.Geometry, centre: Floats) -> Floats:
    corners: Floats = shapely.get_coordinates(box)[:3]
    # The envelope of a footprint without area is a line or a point.
    return corners if len(corners) == 3 else np.repeat(centre[None, :], 3, axis=0)


def _position_in_run(lengths: Ints) -> Ints:
    """0, 1, … inside each run of the given lengths."""
    before = np.cumsum(lengths) - lengths
    position: Ints = np.arange(lengths.sum()) - np.repeat(before, lengths)
    return position
