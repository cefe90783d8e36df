"""Maps of a report: the micro-grids of one community, and the communities of a whole run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import shapely

from doorstep.areas.writers.report_parts import Html, Sheet, said, tag
from doorstep.core.text import text

COLOURS: Final = ("#f2c9a1", "#c5d9ee", "#d8e8bf", "#e9c7de", "#f3e3a0", "#c2e2df", "#dccdf0", "#f0bdbd")
WIDE: Final = 4000
WIDE_OF_MANY: Final = 2400
WIDE_SMALL: Final = 900
MOST_NAMED: Final = 40
UNDER: Final = (("green", "e"), ("water", "w"))
OVER: Final = (("roads", "r"), ("buildings", "b"), ("moved", "v"))


def map_of(
    pieces: Sequence[Mapping[str, Any]],
    outlines: Sequence[shapely.Geometry],
    grids: Sequence[shapely.Geometry],
    ground: Mapping[str, Sequence[shapely.Geometry]],
    special: Sequence[tuple[str, shapely.Geometry]] = (),
) -> Html:
    """The micro-grids of a community on its ground, and its special grids with their names; shapes are in metres.

    Nothing where there are no micro-grids.
    """
    if not len(outlines):
        return Html()
    sheet = Sheet([*outlines, *(shape for _, shape in special)], WIDE)
    drawn = [_layer(sheet, klass, ground.get(layer, ())) for layer, klass in UNDER]
    drawn += [
        _piece(piece, sheet.path([outline]), f"m{piece['name']}")
        for piece, outline in zip(pieces, outlines, strict=True)
    ]
    drawn.append(_layer(sheet, "s", [shape for _, shape in special]))
    drawn += [_layer(sheet, klass, ground.get(layer, ())) for layer, klass in OVER]
    drawn.append(_layer(sheet, "g", grids))
    size = max(sheet.width, sheet.height) // 90
    drawn += [_name(piece["name"], sheet, outline, size) for piece, outline in zip(pieces, outlines, strict=True)]
    drawn += [_name(name, sheet, shape, size) for name, shape in special]
    marks = [("m out", "report-map-out")] if not all(piece["in_range"] for piece in pieces) else []
    marks += [("v", "report-map-moved")] if len(ground.get("moved", ())) else []
    marks += [("s", "report-map-special")] if special else []
    return Html(legend([(klass, text(key)) for klass, key in marks]) + _svg(sheet, "map", text("report-map"), drawn))


def legend(marks: Sequence[tuple[str, str]]) -> Html:
    """What the colours of a map mean; nothing where nothing is to be told."""
    inside = [Html(f'<span><i class="{klass}"></i>{said(words)}</span>') for klass, words in marks]
    return tag("p", *inside, klass="legend") if inside else Html()


def small_map(pieces: Sequence[Mapping[str, Any]], outlines: Sequence[shapely.Geometry], title: str) -> Html:
    """The micro-grids of a community as large as a hand; of many only those out of range are named."""
    sheet = Sheet(outlines, WIDE_SMALL)
    plain = shapely.coverage_simplify(list(outlines), 1 / sheet.scale)
    drawn = [_piece(piece, sheet.path([outline])) for piece, outline in zip(pieces, plain, strict=True)]
    size = max(sheet.width, sheet.height) // (24 if len(pieces) <= MOST_NAMED // 2 else 34)
    drawn += [
        _name(piece["name"], sheet, outline, size)
        for piece, outline in zip(pieces, outlines, strict=True)
        if len(pieces) <= MOST_NAMED or not piece["in_range"]
    ]
    return _svg(sheet, "map small", title, drawn)


def overview(
    communities: Sequence[Mapping[str, Any]], outlines: Sequence[shapely.Geometry], first: Mapping[str, int]
) -> Html:
    """Every community of a run; those to look at `first` carry their number and lead to their small map."""
    if not len(outlines):
        return Html()
    sheet = Sheet(outlines, WIDE_OF_MANY)
    plain = shapely.simplify(list(outlines), 1 / sheet.scale)
    drawn, numbers = [], []
    for row, outline in zip(communities, plain, strict=True):
        path, number = _community(row, sheet.path([outline])), first.get(row["community"])
        drawn.append(path if number is None else f'<a href="#c{number}">{path}</a>')
        if number is not None:
            numbers.append(_name(str(number), sheet, outline, max(sheet.width, sheet.height) // 60))
    return _svg(sheet, "map", text("report-map-all"), [*drawn, *numbers])


def state_of(row: Mapping[str, Any]) -> str:
    """How a community is coloured: "out" with micro-grids out of range, "half" with grids alone, else "fine"."""
    if row["in_range"] < row["microgrids"]:
        return "out"
    return "half" if row["grids_in_range"] < row["grids"] else "fine"


def _community(row: Mapping[str, Any], path: str) -> str:
    households = text("districting-households", count=row["households"])
    title = f"{said(row['community'])}: {said(households)}"
    return f'<path class="c {state_of(row)}" fill-rule="evenodd" d="{path}"><title>{title}</title></path>'


def _svg(sheet: Sheet, klass: str, title: str, inside: Sequence[str]) -> Html:
    frame = f'viewBox="0 0 {sheet.width} {sheet.height}" role="img" aria-label="{said(title)}"'
    return Html(f'<svg class="{klass}" {frame}>{"".join(inside)}</svg>')


def _layer(sheet: Sheet, klass: str, shapes: Sequence[shapely.Geometry]) -> str:
    return f'<path class="{klass}" d="{sheet.path(shapes)}"/>' if len(shapes) else ""


def _piece(piece: Mapping[str, Any], path: str, anchor: str = "") -> str:
    households = text("districting-households", count=piece["households"])
    name, outside = said(piece["name"]), "" if piece["in_range"] else " out"
    named = f' id="{said(anchor)}"' if anchor else ""
    return (
        f'<path class="m{outside}"{named} fill="{COLOURS[piece["grid"] % len(COLOURS)]}" fill-rule="evenodd" '
        f'd="{path}"><title>{name}: {said(households)}</title></path>'
    )


def _name(name: str, sheet: Sheet, outline: shapely.Geometry, size: int) -> str:
    (x, y) = sheet.at(shapely.get_coordinates(shapely.point_on_surface(outline)))[0]
    return f'<text x="{x}" y="{y}" font-size="{size}">{said(name)}</text>'
