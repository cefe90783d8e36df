"""A division as a file: GeoJSON, a page with a map that needs nothing else, a picture.

Pure functions; words come from the caller, and so does the way from metres to degrees.
"""

from __future__ import annotations

import colorsys
import html
import io
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from string import Template
from typing import Any

import numpy as np
import shapely
from PIL import Image, ImageDraw, ImageFont

from doorstep.engines.districting.division import Division, Piece
from doorstep.engines.districting.numbering import grid_code
from doorstep.engines.districting.problem import Floats, Geometries

ToLonLat = Callable[[Floats], Floats]
"""(n, 2) metres in, (n, 2) longitudes and latitudes in degrees (WGS 84) out."""

Colour = tuple[int, int, int]
Words = Mapping[str, str]
WORDS = ("language", "title", "microgrid", "grid", "households", "in_range", "out_of_range", "notice")
"""What a page needs words for; `language` is its code, `notice` says whose the map data are."""

DECIMALS = 7
"""Of a degree: about a centimetre."""
HUE_STEP = 0.381966
"""The golden section of the circle keeps the colours of neighbouring numbers apart."""
INK: Colour = (40, 48, 56)
ALARM: Colour = (176, 32, 32)
PAPER: Colour = (252, 251, 248)
OVERSAMPLING = 2
MARGIN = 0.03


def geojson(division: Division, to_lon_lat: ToLonLat, community: str | None = None) -> dict[str, Any]:
    """A FeatureCollection (RFC 7946) of grids, micro-grids and special grids; with the community's digits, of codes."""
    grid_codes = division.grid_codes(community) if community else [None] * len(division.grids)
    codes = division.microgrid_codes(community) if community else [None] * len(division.microgrids)
    features = [
        _feature(piece, {"level": "grid", "code": code}, to_lon_lat)
        for piece, code in zip(division.grids, grid_codes, strict=True)
    ]
    for piece, code in zip(division.microgrids, codes, strict=True):
        parent = {"grid": division.grids[piece.grid].number, "grid_code": grid_codes[piece.grid]}
        features.append(_feature(piece, {"level": "microgrid", "code": code, **parent}, to_lon_lat))
    for special in division.special:
        code = grid_code(community, special.number) if community else None
        properties = {
            "level": "special",
            "code": code,
            "number": special.number,
            "households": special.households,
            "buildings": len(special.buildings),
        }
        features.append(_shape(special.polygon, properties, to_lon_lat))
    return {"type": "FeatureCollection", "features": features}


def _feature(piece: Piece, more: Mapping[str, Any], to_lon_lat: ToLonLat) -> dict[str, Any]:
    properties = {
        **more,
        "number": piece.number,
        "households": piece.households,
        "in_range": piece.is_in_range,
        "proof": piece.certificate.proof.value if piece.certificate else None,
        "reasons": [{"kind": reason.kind.value, **reason.facts} for reason in piece.reasons],
    }
    return _shape(piece.polygon, properties, to_lon_lat)


def _shape(polygon: shapely.Geometry, properties: Mapping[str, Any], to_lon_lat: ToLonLat) -> dict[str, Any]:
    in_degrees = shapely.transform(polygon, lambda xy: np.round(to_lon_lat(xy), DECIMALS))
    geometry = shapely.geometry.mapping(shapely.orient_polygons(in_degrees))
    return {"type": "Feature", "properties": dict(properties), "geometry": geometry}


def html_map(division: Division, words: Words, footprints: Geometries | None = None) -> str:
    """One page with the map as inline SVG, moved and zoomed by mouse, finger and keys, and the list of micro-grids."""
    view = _view(division)
    page = Template(files(__package__).joinpath("map.html").read_text(encoding="utf-8"))
    return page.substitute(
        {name: html.escape(words[name]) for name in WORDS},
        view=" ".join(f"{value:.1f}" for value in view),
        buildings=_svg_path(footprints if footprints is not None else []),
        microgrids="\n".join(_svg_piece(division, piece, words) for piece in division.microgrids),
        grids="\n".join(f'<path class="grid" d="{_svg_path([outline])}"/>' for outline in _grid_outlines(division)),
        numbers="\n".join(_svg_number(division, piece, view[2]) for piece in division.microgrids),
        rows="\n".join(_table_row(division, place, words) for place in range(len(division.microgrids))),
    )


def _grid_outlines(division: Division) -> list[shapely.Geometry]:
    """Of all grids, the special ones last."""
    return [piece.polygon for piece in division.grids] + [special.polygon for special in division.special]


def _view(division: Division) -> tuple[float, float, float, float]:
    """Left, top (y points down), width and height of the map with a margin."""
    left, bottom, right, top = shapely.total_bounds(_grid_outlines(division)).tolist()
    margin = MARGIN * max(right - left, top - bottom)
    return left - margin, -top - margin, right - left + 2 * margin, top - bottom + 2 * margin


def _label(division: Division, piece: Piece) -> str:
    return f"{division.grids[piece.grid].number}-{piece.number:02d}"


def _svg_piece(division: Division, piece: Piece, words: Words) -> str:
    red, green, blue = colour_of(division.grids[piece.grid].number)
    state = "" if piece.is_in_range else " out"
    label = _label(division, piece)
    title = html.escape(f"{words['microgrid']} {label}: {piece.households} {words['households']}")
    return (
        f'<path class="microgrid{state}" id="m{label}" fill="rgb({red},{green},{blue})" '
        f'd="{_svg_path([piece.polygon])}"><title>{title}</title></path>'
    )


def _svg_number(division: Division, piece: Piece, width: float) -> str:
    place = shapely.point_on_surface(piece.polygon)
    return f'<text x="{place.x:.1f}" y="{-place.y:.1f}" font-size="{width / 90:.1f}">{_label(division, piece)}</text>'


def _svg_path(shapes: Iterable[shapely.Geometry]) -> str:
    rings = shapely.get_rings(np.array(list(shapes), dtype=object))
    return "".join(
        "M" + "L".join(f"{x:.1f} {-y:.1f}" for x, y in shapely.get_coordinates(ring)[:-1].tolist()) + "Z"
        for ring in rings
    )


def _table_row(division: Division, place: int, words: Words) -> str:
    piece = division.microgrids[place]
    label = _label(division, piece)
    state = words["in_range"] if piece.is_in_range else words["out_of_range"]
    return (
        f'<tr><td><a href="#m{label}">{label}</a></td><td>{division.grids[piece.grid].number}</td>'
        f"<td>{piece.households}</td><td>{html.escape(state)}</td></tr>"
    )


def png(division: Division, width: int = 1600, footprints: Geometries | None = None) -> bytes:
    """The map as a picture of the given width in pixels: micro-grids in the colour of their grid, numbered."""
    left, top, across, down = _view(division)
    scale = width * OVERSAMPLING / across
    image = Image.new("RGB", (width * OVERSAMPLING, max(1, round(down * scale))), PAPER)
    draw = ImageDraw.Draw(image)

    def to_pixels(corners: Floats) -> list[tuple[float, float]]:
        return [((x - left) * scale, (-y - top) * scale) for x, y in corners.tolist()]

    for piece in division.microgrids:
        _fill(draw, piece.polygon, colour_of(division.grids[piece.grid].number), to_pixels)
    for building in footprints if footprints is not None else ():
        _fill(draw, building, (190, 186, 178), to_pixels)
    for piece in division.microgrids:
        _outline(draw, piece.polygon, INK if piece.is_in_range else ALARM, 2 if piece.is_in_range else 8, to_pixels)
    for outline in _grid_outlines(division):
        _outline(draw, outline, INK, 5, to_pixels)
    font = ImageFont.load_default(size=width * OVERSAMPLING // 100)
    for piece in division.microgrids:
        place = to_pixels(shapely.get_coordinates(shapely.point_on_surface(piece.polygon)))[0]
        draw.text(place, _label(division, piece), fill=INK, font=font, anchor="mm")
    file = io.BytesIO()
    image.resize((width, max(1, image.height // OVERSAMPLING)), Image.Resampling.LANCZOS).save(
        file, "PNG", optimize=True
    )
    return file.getvalue()


ToPixels = Callable[[Floats], list[tuple[float, float]]]


def _fill(draw: ImageDraw.ImageDraw, shape: shapely.Geometry, colour: Colour, to_pixels: ToPixels) -> None:
    for polygon in shapely.get_parts(shape):
        draw.polygon(to_pixels(shapely.get_coordinates(polygon.exterior)), fill=colour)
        for hole in polygon.interiors:
            draw.polygon(to_pixels(shapely.get_coordinates(hole)), fill=PAPER)


def _outline(draw: ImageDraw.ImageDraw, shape: shapely.Geometry, colour: Colour, pen: int, to_pixels: ToPixels) -> None:
    for ring in shapely.get_rings(shape):
        draw.line(to_pixels(shapely.get_coordinates(ring)), fill=colour, width=pen, joint="curve")


def colour_of(number: int) -> Colour:
    """A light colour for the grid of this number."""
    red, green, blue = colorsys.hls_to_rgb((number * HUE_STEP) % 1.0, 0.84, 0.55)
    return round(red * 255), round(green * 255), round(blue * 255)
