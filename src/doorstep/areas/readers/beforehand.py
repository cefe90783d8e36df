"""What is said beforehand of a division: the plan in force, special grids, and columns with groups and amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import shapely

from doorstep.areas.readers import features, tables
from doorstep.areas.readers.formats import USUAL, Format, recognise
from doorstep.areas.readers.records import BuildingsFile, Findings
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.areas.readers.shapes import made_fit
from doorstep.core.geometry import Datum
from doorstep.core.text import say

if TYPE_CHECKING:
    from doorstep.core.geometry.metres import Projection
    from doorstep.engines.districting import Buildings, Standing

ATOMS: Final = ("id", "section", "floor_from", "floor_to", "households", "grid", "microgrid", "code")
MOVED: Final = ("from_grid", "from_microgrid", "why")
"""The columns of a division written as a table, one row an atom; the last three are filled where it has moved."""
_FIELDS: Final = {name: (name,) for name in (*ATOMS, *MOVED)}
_TABLES: Final = frozenset({Format.CSV, Format.EXCEL})
_MAPS: Final = frozenset({Format.GEOJSON, Format.GEOPACKAGE})
_MOST: Final = {"section": 10_000, "floor_from": 1_000, "floor_to": 1_000, "grid": 999, "microgrid": 99}
MOST_AMOUNT: Final = 1e12
SHARED_AT_MOST_M2: Final = 5.0


class Columns(NamedTuple):
    """By column, (buildings,) numbers of groups, -1 for none, or amounts, 0 where nothing is written.

    `cells` says by column what is written for each group, in the order of their numbers.
    """

    groups: Mapping[str, Any]
    amounts: Mapping[str, Any]
    findings: Findings
    cells: Mapping[str, Sequence[str]]


class Shapes(NamedTuple):
    """Polygons in metres, and the row of each in the file."""

    shapes: Sequence[Any]
    rows: Sequence[int]
    findings: Findings


def read_columns(path: Path, read: BuildingsFile, groups: Sequence[str], amounts: Sequence[str]) -> Columns:
    """Columns of the file of the buildings. Cells of a group that are alike name one group."""
    report, wanted = Report(path.name), (*groups, *amounts)
    try:
        cells = _cells(path, wanted)
    except FileRefused as no:
        report.refuse(no)
        return Columns({}, {}, report.findings(), {})
    for name in wanted:
        if not any(name in row for row in cells.values()):
            report.problem(1, name, say("areas-column-absent", column=name), say("areas-column-absent-try"))
    found = {name: [cells.get(each.row, {}).get(name, "") for each in read.buildings] for name in wanted}
    numbers = {name: {cell: place for place, cell in enumerate(sorted({*found[name]} - {""}))} for name in groups}
    named = {name: np.array([numbers[name].get(cell, -1) for cell in found[name]]) for name in groups}
    rows = [each.row for each in read.buildings]
    weighed = {
        name: np.array([amount_in(cell, row, name, report) for cell, row in zip(found[name], rows, strict=True)])
        for name in amounts
    }
    return Columns(named, weighed, report.findings(), {name: list(each) for name, each in numbers.items()})


def _cells(path: Path, wanted: Sequence[str]) -> dict[int | str, dict[str, str]]:
    """The cells of the wanted columns by row."""
    format_, aside = recognise(path, _TABLES | _MAPS, USUAL), Report(path.name)
    if format_ in _TABLES:
        return {row.number: row.cells for row in tables.rows(path, format_, dict.fromkeys(wanted, ()), aside, USUAL)}
    found: dict[int | str, dict[str, str]] = {}
    for thing in features.Features(path, format_).read(aside, USUAL):
        found[thing.row] = {name: _as_cell(thing.properties[name]) for name in wanted if name in thing.properties}
    return found


def _as_cell(value: Any) -> str:
    return "" if value is None or value != value else str(value).strip()


def amount_in(cell: str, row: int | str, field: str, report: Report) -> float:
    """What a cell says, 0 where it is empty; lists a problem where it is no amount."""
    if not cell:
        return 0.0
    try:
        amount = float(cell)
    except ValueError:
        report.problem(row, field, say("areas-cell-not-number", cell=cell[:40]), say("areas-cell-check"))
        return 0.0
    if 0 <= amount <= MOST_AMOUNT:
        return amount
    report.problem(row, field, say("areas-amount-below-nothing", cell=cell[:40]), say("areas-cell-check"))
    return 0.0


def read_polygons(path: Path, plane: Projection) -> Shapes:
    """The polygons of a GeoJSON or GeoPackage."""
    report = Report(path.name)
    try:
        things, shapes = _features(path, report)
    except FileRefused as no:
        report.refuse(no)
        return Shapes([], [], report.findings())
    kept = [(plane.flatten(shape), thing.row) for thing, shape in zip(things, shapes, strict=True) if shape is not None]
    if not kept and not report.findings().problem_count:
        report.problem("", "", say("areas-file-no-shapes"), say("areas-file-no-shapes-try"))
    return Shapes([shape for shape, _ in kept], [row for _, row in kept], report.findings())


def read_ground(path: Path) -> tuple[shapely.Geometry | None, Findings]:
    """The polygons of a GeoJSON or GeoPackage taken together, in degrees of WGS 84; None where there is none."""
    report = Report(path.name)
    try:
        things, shapes = _features(path, report)
    except FileRefused as no:
        report.refuse(no)
        return None, report.findings()
    found = [(thing.row, shape) for thing, shape in zip(things, shapes, strict=True) if shape is not None]
    for row, shape in found:
        if shape.geom_type not in ("Polygon", "MultiPolygon"):
            report.problem(row, "geometry", say("areas-shape-no-polygon"), say("areas-shape-no-polygon-try"))
    if not found and not report.findings().problem_count:
        report.problem("", "", say("areas-file-no-shapes"), say("areas-file-no-shapes-try"))
    if report.findings().problem_count:
        return None, report.findings()
    return shapely.union_all([shape for _, shape in found]), report.findings()


def _features(path: Path, report: Report) -> tuple[list[features.MapFeature], Any]:
    file = features.Features(path, recognise(path, _MAPS, USUAL))
    things = list(file.read(report, USUAL))
    rows = [thing.row for thing in things]
    shapes = made_fit([thing.shape for thing in things], rows, file.datum or Datum.WGS84, report, corners=USUAL.corners)
    return things, shapes


def read_standing(
    path: Path, read: BuildingsFile, buildings: Buildings, plane: Projection
) -> tuple[Standing | None, Findings]:
    """The plan in force from `buildings.csv` or `districts.geojson`, as a division before this one wrote them.

    From the table each home keeps its micro-grid exactly; on the map a section belongs where its middle lies, and
    floors are not told apart. None where something is wrong with the file.
    """
    report = Report(path.name)
    try:
        format_ = recognise(path, _TABLES | _MAPS, USUAL)
        if format_ in _TABLES:
            columns = _from_table(path, format_, read, report)
        else:
            columns = _from_map(path, buildings, plane, report)
    except FileRefused as no:
        report.refuse(no)
        columns = []
    if not columns and not report.findings().problem_count:
        report.problem("", "", say("areas-standing-none"), say("areas-standing-none-try"))
    if report.findings().problem_count:
        return None, report.findings()
    from doorstep.engines.districting import Standing

    building, section, floor_from, floor_to, grid, number = np.array(columns).T
    return Standing(building, section, floor_from, floor_to, number, grid), report.findings()


def _from_table(path: Path, format_: Format, read: BuildingsFile, report: Report) -> list[list[int]]:
    place = {each.source: number for number, each in enumerate(read.buildings)}
    rows, numbered, gone = list[list[int]](), list[int](), 0
    for row in tables.rows(path, format_, _FIELDS, report, USUAL):
        if absent := [name for name in ("id", "grid", "microgrid") if name not in row.cells]:
            raise FileRefused(say("areas-column-absent", column=absent[0]), say("areas-standing-none-try"))
        if not row.cells["microgrid"]:
            continue
        numbers = [
            tables.whole_number(
                row.cells.get(name, ""), row.number, name, report, least=int(name in ("grid", "microgrid")), most=most
            )
            for name, most in _MOST.items()
        ]
        if (building := place.get(row.cells["id"])) is None:
            gone += 1
            continue
        rows.append([building, *(number or 0 for number in numbers)])
        numbered.append(row.number)
    _refuse_two_in_one_place(rows, numbered, report)
    if gone:
        report.remark("", "id", say("areas-standing-gone", count=gone))
    return rows


def _refuse_two_in_one_place(rows: Sequence[Sequence[int]], numbered: Sequence[int], report: Report) -> None:
    """Lists a problem where homes that another row has given to a micro-grid are given to a second one."""
    earlier: dict[tuple[int, int], list[tuple[int, int, str, int]]] = {}
    for (building, section, low, high, grid, microgrid), number in zip(rows, numbered, strict=True):
        name, before = f"{grid}-{microgrid}", earlier.setdefault((building, section), [])
        for first, last, other, row in before:
            # Without floors all of the section is meant.
            is_shared = not (low and first) or (low <= last and first <= high)
            if is_shared and other != name:
                what = say("areas-standing-twice", row=row, first=other, second=name)
                report.problem(number, "microgrid", what, say("areas-standing-twice-try"))
                break
        before.append((low, high, name, number))


def _from_map(path: Path, buildings: Buildings, plane: Projection, report: Report) -> list[list[int]]:
    from doorstep.engines.districting.atoms import cut_into_atoms

    things, shapes = _features(path, report)
    pieces, codes, rows = [], [], []
    for thing, shape in zip(things, shapes, strict=True):
        if shape is None or thing.properties.get("level") != "microgrid":
            continue
        code = [
            tables.whole_number(_as_cell(thing.properties.get(name)), thing.row, name, report, least=1, most=most)
            for name, most in (("grid", 999), ("number", 99))
        ]
        if None in code:
            report.problem(thing.row, "grid", say("areas-cell-blank"), say("areas-standing-none-try"))
            continue
        pieces.append(plane.flatten(shape))
        codes.append(code)
        rows.append(thing.row)
    if not pieces:
        return []
    atoms = cut_into_atoms(buildings)
    atom, piece = shapely.STRtree(np.array(pieces, dtype=object)).query(
        shapely.points(atoms.xy), predicate="intersects"
    )
    for first_of, second in _overlapping(pieces):
        names = ["-".join(map(str, codes[each])) for each in (first_of, second)]
        what = say("areas-standing-twice", row=rows[first_of], first=names[0], second=names[1])
        report.problem(rows[second], "geometry", what, say("areas-standing-overlap-try"))
    _, first = np.unique(atom, return_index=True)
    return [
        [int(atoms.building[row]), int(atoms.section[row]), 0, 0, *codes[place]]
        for row, place in zip(atom[first].tolist(), piece[first].tolist(), strict=True)
    ]


def _overlapping(pieces: Sequence[Any]) -> list[tuple[int, int]]:
    """Which micro-grids share more ground than two drawings of one border do."""
    shapes = np.array(pieces, dtype=object)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    shared = shapely.area(shapely.intersection(shapes[one], shapes[other])) > SHARED_AT_MOST_M2
    return list(zip(one[shared].tolist(), other[shared].tolist(), strict=True))
