"""The sheets of a plan's grids for the wall and for the pocket: A3, the map with its micro-grids, who lives where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final, NamedTuple

import numpy as np
import shapely

from doorstep.areas.writers import letters
from doorstep.areas.writers.sheet_layout import Layout, Listing, layout_of
from doorstep.areas.writers.typesetting import FONT, PrintingRefused, typeset_apart
from doorstep.core.text import language, say, text

MOST_SHEETS: Final = 60
MOST_HOMES: Final = 20_000
FILLS: Final = ("#f6dcc0", "#d7e5f3", "#e2eecf", "#f0d9e8", "#f7ecbc", "#d6ecea", "#e6dcf4", "#f5d3d3")
UNITS_A_MM: Final = 10
BARS_M: Final = (10, 20, 50, 100, 200, 500, 1000, 2000)
LONGEST_BAR_MM: Final = 60
UNBROKEN_LINES: Final = 18
SMALLEST_MARK: Final = 19
LARGEST_MARK: Final = 42


class Held(NamedTuple):
    """A post and who holds it, in words."""

    post: str
    name: str


class Home(NamedTuple):
    """A building, or the part of it that belongs to a micro-grid; `mark` is its number on the map."""

    mark: int
    name: str
    part: str
    households: int


@dataclass(frozen=True, eq=False)
class MicrogridPart:
    """A micro-grid on the sheet of its grid. Shapes are in metres; `footprints` have the mark of their building."""

    name: str
    households: int
    outline: shapely.Geometry
    homes: Sequence[Home]
    empty: int = 0
    people: Sequence[Held] = ()
    footprints: Sequence[tuple[shapely.Geometry, int]] = ()


@dataclass(frozen=True, eq=False)
class GridSheet:
    """One grid. `ground` holds roads, water, green and the other buildings around, in metres."""

    title: str
    place: str
    code: str
    state: str
    microgrids: Sequence[MicrogridPart]
    people: Sequence[Held] = ()
    ground: Mapping[str, Sequence[shapely.Geometry]] = field(default_factory=dict)
    is_sample: bool = False
    is_osm: bool = False


def sheets(grids: Sequence[GridSheet], made: str) -> bytes:
    """A PDF with one A3 sheet a grid, and a second where the list of homes is long; `made` is the day of printing."""
    homes = sum(len(each.homes) for grid in grids for each in grid.microgrids)
    if len(grids) > MOST_SHEETS or homes > MOST_HOMES:
        raise PrintingRefused(
            say("paper-too-much-sheets", count=len(grids), most=MOST_SHEETS), say("paper-fewer-grids")
        )
    drawn = [_drawn(grid) for grid in grids]
    names = ("code", "microgrid", "households", "buildings", "people", "charge", "overleaf")
    told = {
        "lang": language(),
        "words": {name: text(f"paper-{name}") for name in names},
        "sheets": [
            _printable(_told(grid, map_, f"map{at}.svg", made))
            for at, (grid, map_) in enumerate(zip(grids, drawn, strict=True))
        ],
    }
    return typeset_apart("sheets", told, {f"map{at}.svg": map_.svg for at, map_ in enumerate(drawn)})


def _printable(sheet: dict[str, Any]) -> dict[str, Any]:
    """The same in letters that the font has; the foot says which it lacks."""
    shown, absent = letters.printable(sheet)
    return {**shown, "notice": " ".join(filter(None, [sheet["notice"], letters.notice(absent)]))}


def _told(grid: GridSheet, drawn: Drawn, picture: str, made: str) -> dict[str, Any]:
    notices = [text("paper-counts")]
    if grid.is_osm:
        notices.append(text("report-odbl"))
    if grid.is_sample:
        notices.append(text("parts-example-notice"))
    return {
        "title": grid.title,
        "place": grid.place,
        "code": grid.code,
        "state": grid.state,
        "mark": text("parts-example") if grid.is_sample else "",
        "people": [each._asdict() for each in grid.people],
        "microgrids": [_microgrid(each, at) for at, each in enumerate(grid.microgrids)],
        "map": picture,
        "width": drawn.width_mm,
        "height": drawn.height_mm,
        "paper": drawn.layout.paper,
        "is_below": drawn.layout.is_below,
        "columns": drawn.layout.columns,
        "notice": " ".join(notices),
        "made": text("paper-made", day=made),
    }


def _microgrid(each: MicrogridPart, at: int) -> dict[str, Any]:
    buildings = len({home.mark for home in each.homes})
    return {
        "name": each.name,
        "fill": FILLS[at % len(FILLS)],
        "households": each.households,
        "buildings": buildings,
        "sums": text("paper-sums", households=each.households, buildings=buildings),
        "people": [held._asdict() for held in each.people],
        "homes": [home._asdict() for home in each.homes],
        "rest": text("paper-empty", count=each.empty) if each.empty else "",
    }


# The map --------------------------------------------------------------------------------------------------------------


class Drawn(NamedTuple):
    """A map, how large it is printed, and on what sheet."""

    svg: str
    width_mm: float
    height_mm: float
    layout: Layout


class _Plane:
    """Metres in, tenths of a millimetre out, north up."""

    def __init__(self, box: tuple[float, float, float, float], room_mm: tuple[float, float]) -> None:
        left, bottom, right, top = box
        self.scale = min(room_mm[0] / (right - left), room_mm[1] / (top - bottom)) * UNITS_A_MM
        self._left, self._top = left, top
        self.width, self.height = (right - left) * self.scale, (top - bottom) * self.scale

    def at(self, points: Any) -> Any:
        return (np.asarray(points) - (self._left, self._top)) * (self.scale, -self.scale)

    def path(self, shape: shapely.Geometry) -> str:
        parts = shapely.get_parts(shape)
        areas = parts[shapely.get_dimensions(parts) == 2]
        lines = parts[shapely.get_dimensions(parts) == 1]
        closed = [self._line(ring) + "Z" for ring in shapely.get_rings(areas)]
        return "".join([*closed, *(self._line(line) for line in lines)])

    def _line(self, line: shapely.Geometry) -> str:
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in self.at(shapely.get_coordinates(line)).tolist())


def _drawn(grid: GridSheet) -> Drawn:
    whole = shapely.union_all([each.outline for each in grid.microgrids])
    left, bottom, right, top = shapely.bounds(whole).tolist()
    margin = max(8.0, 0.04 * max(right - left, top - bottom))
    wide, high = right - left + 2 * margin, top - bottom + 2 * margin
    layout = layout_of(wide / high, _listing(grid), _overleaf(grid))
    box = _filling((left + right) / 2, (bottom + top) / 2, wide, high, layout.room)
    plane = _Plane(box, layout.room)
    frame = shapely.box(*box)
    layers = [
        f'<rect width="{plane.width:.1f}" height="{plane.height:.1f}" fill="#fbfaf6"/>',
        *_ground(grid, plane, frame),
        *(_area(each, at, plane) for at, each in enumerate(grid.microgrids)),
        *(_houses(each, plane) for each in grid.microgrids),
        f'<path d="{plane.path(whole)}" fill="none" stroke="#1f262e" stroke-width="10"/>',
        *(_marks(each, plane) for each in grid.microgrids),
        *(_name(each, plane) for each in grid.microgrids),
        _north(plane),
        _bar(plane),
    ]
    size = f'viewBox="0 0 {plane.width:.1f} {plane.height:.1f}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}">{"".join(layers)}</svg>'
    return Drawn(svg, round(plane.width / UNITS_A_MM, 1), round(plane.height / UNITS_A_MM, 1), layout)


def _filling(
    x: float, y: float, wide: float, high: float, room: tuple[float, float]
) -> tuple[float, float, float, float]:
    """The box of ground around a place that has the shape of the room: what stands around fills the rest of the map."""
    aspect = room[0] / room[1]
    wide, high = max(wide, high * aspect), max(high, wide / aspect)
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _listing(grid: GridSheet) -> Listing:
    """About how long the list of homes is, with its heads and people; a short part of it is never broken."""
    own = [3 + len(each.people) + len(each.homes) + bool(each.empty) for each in grid.microgrids]
    # A column ends before a part that does not fit into it, and long names take two lines.
    return Listing(1.15 * sum(own) + _charge(grid), 1.1 * min(max(own), UNBROKEN_LINES) + _charge(grid))


def _overleaf(grid: GridSheet) -> Listing:
    """The same for the table of micro-grids that stands where the list does not fit; its letters are larger."""
    lines = 5 + sum(1.8 * max(1, len(each.people)) for each in grid.microgrids) + _charge(grid)
    return Listing(lines, lines)


def _charge(grid: GridSheet) -> float:
    return 2 + 1.3 * len(grid.people) if grid.people else 0.0


def _ground(grid: GridSheet, plane: _Plane, frame: shapely.Geometry) -> list[str]:
    looks = {
        "green": 'fill="#e3ecd6"',
        "water": 'fill="#bcd9ec" stroke="#bcd9ec" stroke-width="12"',
        "roads": 'fill="none" stroke="#d9d5cb" stroke-width="14" stroke-linecap="round"',
        "around": 'fill="#e6e2d8"',
    }
    found = []
    for layer, look in looks.items():
        shapes = [shapely.intersection(shape, frame) for shape in grid.ground.get(layer, ()) if shape.intersects(frame)]
        path = "".join(plane.path(shape) for shape in shapes if not shape.is_empty)
        if path:
            found.append(f'<path d="{path}" {look}/>')
    return found


def _area(each: MicrogridPart, at: int, plane: _Plane) -> str:
    fill = FILLS[at % len(FILLS)]
    return (
        f'<path d="{plane.path(each.outline)}" fill="{fill}" fill-opacity=".62" fill-rule="evenodd" '
        'stroke="#3b444e" stroke-width="5" stroke-dasharray="22 12"/>'
    )


def _houses(each: MicrogridPart, plane: _Plane) -> str:
    path = "".join(plane.path(shape) for shape, _ in each.footprints)
    return f'<path d="{path}" fill="#b9b2a3" stroke="#7d7668" stroke-width="1.5"/>' if path else ""


def _marks(each: MicrogridPart, plane: _Plane) -> str:
    """The number of each building that somebody lives in, on its roof."""
    return "".join(
        _words(
            str(mark),
            plane.at(shapely.get_coordinates(shapely.point_on_surface(shape)))[0],
            _fitting(shape, str(mark), plane),
            "#1f262e",
            5,
        )
        for shape, mark in each.footprints
        if mark
    )


def _fitting(shape: shapely.Geometry, words: str, plane: _Plane) -> int:
    """The size of letters that finds room on a roof, in tenths of a millimetre; never too small to be read."""
    narrow = 2 * shapely.length(shapely.maximum_inscribed_circle(shape)) * plane.scale
    return int(min(LARGEST_MARK, max(SMALLEST_MARK, 0.75 * narrow / max(1.0, 0.6 * len(words)))))


def _name(each: MicrogridPart, plane: _Plane) -> str:
    """The name of the micro-grid, where no building of it stands if there is such a place."""
    free = each.outline
    if each.footprints:
        open_ground = shapely.difference(free, shapely.union_all([shape for shape, _ in each.footprints]))
        free = free if open_ground.is_empty else open_ground
    widest = max(shapely.get_parts(free), key=lambda part: part.area)
    spot = shapely.get_coordinates(shapely.maximum_inscribed_circle(widest))[0]
    return _words(each.name, plane.at(spot), 62, "#8a1c1c", 14)


def _words(words: str, at: Any, size: int, fill: str, halo: int) -> str:
    place = f'x="{at[0]:.1f}" y="{at[1] + size * 0.36:.1f}" font-size="{size}" text-anchor="middle"'
    said = escape(words)
    return (
        f'<text {place} fill="none" stroke="#ffffff" stroke-width="{halo}" stroke-linejoin="round">{said}</text>'
        f'<text {place} fill="{fill}">{said}</text>'
    )


def _north(plane: _Plane) -> str:
    x, y = plane.width - 90, 60
    arrow = f'<path d="M{x} {y}l40 110l-40 -28l-40 28z" fill="#1f262e" stroke="#ffffff" stroke-width="4"/>'
    behind = f'<rect x="{x - 56}" y="{y - 22}" width="112" height="210" rx="14" fill="#ffffff" fill-opacity=".85"/>'
    return behind + arrow + _words(text("paper-north"), (x, y + 150), 50, "#1f262e", 10)


def _bar(plane: _Plane) -> str:
    """The longest round length that fits, half of it filled."""
    long = max((each for each in BARS_M if each * plane.scale <= LONGEST_BAR_MM * UNITS_A_MM), default=BARS_M[0])
    wide, x, y = long * plane.scale, 50, plane.height - 70
    behind = (
        f'<rect x="20" y="{y - 66}" width="{wide + 110:.1f}" height="104" rx="14" fill="#ffffff" fill-opacity=".85"/>'
    )
    frame = f'<rect x="{x}" y="{y}" width="{wide:.1f}" height="16" fill="#ffffff" stroke="#1f262e" stroke-width="3"/>'
    half = f'<rect x="{x}" y="{y}" width="{wide / 2:.1f}" height="16" fill="#1f262e"/>'
    said = _words("0", (x, y - 24), 34, "#1f262e", 8) + _words(f"{long} m", (x + wide, y - 24), 34, "#1f262e", 8)
    return behind + frame + half + said
