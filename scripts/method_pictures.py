"""Draw the pictures of `docs/how-districting-works.md` from real buildings: `python scripts/method_pictures.py`.

The buildings are those of `demo/data` (© OpenStreetMap contributors, ODbL); their households are estimated.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

import numpy as np
import shapely
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.districting_places import tsinghua  # noqa: E402

from doorstep.engines.districting import Buildings, Division, divide  # noqa: E402
from doorstep.engines.districting.graph import pairs_of  # noqa: E402
from doorstep.engines.districting.render import colour_of, png  # noqa: E402

PICTURES = ROOT / "docs" / "images"
AROUND_M = 210
WIDTH = 640
MARGIN_M = 12
INK, QUIET, HOUSE, BAND = "#1c2b2e", "#b9b2a3", "#ddd3c1", "#c46a1b"
MAP_WIDTH, COLOURS = 800, 48

To = Callable[[np.ndarray], np.ndarray]


def main() -> None:
    place = tsinghua()
    few, barriers = _some_of(place.buildings, place.barriers)
    division = divide(few, barriers=barriers, effort="thorough")
    write("method-atoms.svg", _atoms(few, division))
    write("method-neighbours.svg", _neighbours(few, division))
    write("method-tree.svg", _tree(few, division))
    write("method-pieces.svg", _pieces(few, division))
    whole = divide(place.buildings, barriers=place.barriers, outlines="footprints")
    drawn = Image.open(BytesIO(png(whole, MAP_WIDTH, place.buildings.footprints)))
    drawn.quantize(COLOURS).save(PICTURES / "method-whole.png", optimize=True)


def write(name: str, drawn: str) -> None:
    (PICTURES / name).write_text(drawn, encoding="utf-8")


def _some_of(buildings: Buildings, barriers: np.ndarray) -> tuple[Buildings, np.ndarray]:
    """The buildings where most homes are, few enough for each to be seen."""
    homes = buildings.xy[buildings.households > 0]
    beside = (np.abs(homes[:, None] - homes[None]) < AROUND_M).all(axis=2).sum(axis=1)
    near = np.flatnonzero((np.abs(buildings.xy - homes[beside.argmax()]) < AROUND_M).all(axis=1))
    assert buildings.footprints is not None
    few = Buildings(
        xy=buildings.xy[near],
        households=buildings.households[near],
        footprints=buildings.footprints[near],
        floors=buildings.floors[near],
        compounds=buildings.compounds[near],
        entrances=buildings.entrances[near],
    )
    return few, barriers


def _sheet(division: Division, inside: Callable[[To], Iterable[str]]) -> str:
    """A drawing of the ground of this division; `inside` is given the way from metres to the paper."""
    left, low, right, high = shapely.union_all([piece.polygon for piece in division.microgrids]).bounds
    scale = WIDTH / (right - left + 2 * MARGIN_M)
    height = round((high - low + 2 * MARGIN_M) * scale)

    def to(xy: np.ndarray) -> np.ndarray:
        return np.round(np.c_[xy[:, 0] - left + MARGIN_M, high + MARGIN_M - xy[:, 1]] * scale, 1)

    body = "\n".join(inside(to))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fffefb"/>\n{body}\n</svg>\n'
    )


def _path(shapes: Iterable[shapely.Geometry], to: To, style: str) -> str:
    rings = [
        "M" + " ".join(f"{x:g},{y:g}" for x, y in to(shapely.get_coordinates(ring))) + "Z"
        for shape in shapes
        for part in shapely.get_parts(shape)
        for ring in shapely.get_rings(part)
    ]
    return f'<path d="{" ".join(rings)}" {style}/>'


def _houses(buildings: Buildings, to: To) -> str:
    assert buildings.footprints is not None
    return _path(buildings.footprints, to, f'fill="{HOUSE}" stroke="{QUIET}" stroke-width="0.5"')


def _dots(division: Division, to: To, size: float = 2.5) -> Iterable[str]:
    lived_in = division.atoms.households > 0
    for x, y in to(division.atoms.xy[lived_in]):
        yield f'<circle cx="{x:g}" cy="{y:g}" r="{size}" fill="{INK}"/>'


def _atoms(buildings: Buildings, division: Division) -> str:
    """Each atom with its households."""

    def inside(to: To) -> Iterable[str]:
        yield _houses(buildings, to)
        atoms = division.atoms
        for (x, y), households in zip(to(atoms.xy), atoms.households.tolist(), strict=True):
            if households:
                yield _text(x, y + 3, 9, households)

    return _sheet(division, inside)


def _neighbours(buildings: Buildings, division: Division) -> str:
    """The cells, and a line between any two that touch; dashed across a barrier."""

    def inside(to: To) -> Iterable[str]:
        assert division.ground is not None
        yield _houses(buildings, to)
        yield _path(division.ground.cells, to, f'fill="none" stroke="{QUIET}" stroke-width="0.8"')
        graph = division.ground.graph
        source = np.repeat(np.arange(len(graph.size)), np.diff(graph.first))
        at = to(_places(division))
        for one, other, crosses in zip(source.tolist(), graph.neighbour.tolist(), graph.crosses.tolist(), strict=True):
            if one < other:
                yield _line(at[one], at[other], BAND if crosses else "#0c5a61", 1.2, "4 3" if crosses else "")
        yield from _dots(division, to)

    return _sheet(division, inside)


def _tree(buildings: Buildings, division: Division) -> str:
    """A spanning tree of which cutting the dashed edges leaves the micro-grids."""

    def inside(to: To) -> Iterable[str]:
        assert division.ground is not None
        yield _houses(buildings, to)
        label = np.zeros(len(division.ground.graph.size), np.int64)
        label[division.ground.node] = division.microgrid
        at = to(_places(division))
        for one, other in _tree_through(division, label):
            is_cut = label[one] != label[other]
            yield _line(at[one], at[other], "#b3391b" if is_cut else INK, 1.6, "3 4" if is_cut else "")
        yield from _dots(division, to)

    return _sheet(division, inside)


def _pieces(buildings: Buildings, division: Division) -> str:
    """The micro-grids in the colour of their grid, with their households."""

    def inside(to: To) -> Iterable[str]:
        for piece in division.microgrids:
            colour = "#" + bytes(colour_of(division.grids[piece.grid].number)).hex()
            yield _path([piece.polygon], to, f'fill="{colour}" stroke="{INK}" stroke-width="1.2"')
        yield _houses(buildings, to)
        for piece in division.microgrids:
            x, y = to(shapely.get_coordinates(shapely.point_on_surface(piece.polygon)))[0]
            yield _text(x, y, 13, piece.households)

    return _sheet(division, inside)


def _places(division: Division) -> np.ndarray:
    """Where each node of the graph is."""
    assert division.ground is not None
    places = np.zeros((len(division.ground.graph.size), 2))
    lived_in = division.atoms.households > 0
    places[division.ground.node[lived_in]] = division.atoms.xy[lived_in]
    return places


def _tree_through(division: Division, label: np.ndarray) -> list[tuple[int, int]]:
    """A spanning tree in which every micro-grid hangs together: edges inside one come first."""
    assert division.ground is not None
    graph = division.ground.graph
    pairs = pairs_of(graph)
    places = _places(division)
    far = np.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T) + 1.0
    far[label[pairs[:, 0]] != label[pairs[:, 1]]] += 1e6
    # Kruskal: the shortest first, unless both ends hang together already.
    part, tree = np.arange(len(label)), []
    for one, other in pairs[np.argsort(far, kind="stable")].tolist():
        if part[one] != part[other]:
            part[part == part[other]] = part[one]
            tree.append((one, other))
    return tree


def _text(x: float, y: float, size: int, number: int) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="middle" fill="{INK}">{number}</text>'


def _line(start: np.ndarray, end: np.ndarray, colour: str, width: float, dashes: str) -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{start[0]:g}" y1="{start[1]:g}" x2="{end[0]:g}" y2="{end[1]:g}" stroke="{colour}"'
        f' stroke-width="{width}"{dashed}/>'
    )


if __name__ == "__main__":
    main()
