"""A plan's files, read back by the programs that they are for: GDAL and a spreadsheet's library."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pyogrio
import pyogrio.raw
import pytest
import shapely

from doorstep.areas.writers.maps import geopackage, shapefiles
from doorstep.areas.writers.records import HomeRow, MicrogridRow, MovedRow, PlanRows, SpecialRow
from doorstep.areas.writers.workbook import workbook
from doorstep.core.text import use_language


def square(column: int) -> bytes:
    return shapely.to_wkb(shapely.box(119.4 + column / 1000, 32.2, 119.401 + column / 1000, 32.201))


@pytest.fixture
def plan() -> PlanRows:
    codes = ["32110200100400101", "32110200100400102", "32110200100400201"]
    grids = [
        MicrogridRow(code, code[:15], int(code[12:15]), int(code[15:]), 70, True, square(n))
        for n, code in enumerate(codes)
    ]
    homes = [
        HomeRow(codes[0], "3 号楼", "花园路 1 号", 2, 1, 6, 36),
        HomeRow(codes[1], "=HYPERLINK(1)", "", None, None, None, 70),
    ]
    return PlanRows("plan-7", "江科大社区居委会", grids, homes)


def test_gdal_reads_both_layers_of_the_geopackage(plan, tmp_path):
    path = tmp_path / "plan.gpkg"
    path.write_bytes(geopackage(plan))
    assert sorted(name for name, _ in pyogrio.list_layers(path)) == ["grids", "microgrids"]
    meta, _, shapes, columns = pyogrio.raw.read(path, layer="microgrids")
    read = dict(zip(meta["fields"], columns, strict=True))
    assert list(read["code"]) == [row.code for row in plan.microgrids]
    assert set(read["community"]) == {"江科大社区居委会"}
    assert meta["crs"] == "EPSG:4326"
    assert all(
        one.equals(other)
        for one, other in zip(
            shapely.get_geometry(shapely.from_wkb(shapes), 0),
            shapely.from_wkb([row.outline for row in plan.microgrids]),
            strict=True,
        )
    )
    grids = pyogrio.raw.read(path, layer="grids")
    assert list(dict(zip(grids[0]["fields"], grids[3], strict=True))["households"]) == [140, 70]


@pytest.mark.parametrize(("encoding", "page"), [("UTF-8", "UTF-8"), ("GBK", "GBK")])
def test_gdal_reads_chinese_from_either_shapefile(plan, tmp_path, encoding, page):
    with zipfile.ZipFile(io.BytesIO(shapefiles(plan, encoding))) as archive:
        archive.extractall(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert {
        "microgrids.shp",
        "microgrids.shx",
        "microgrids.dbf",
        "microgrids.prj",
        "microgrids.cpg",
        "grids.shp",
    } <= names
    raw = (tmp_path / "microgrids.dbf").read_bytes()
    assert "江科大社区居委会".encode(page) in raw
    meta, _, _, columns = pyogrio.raw.read(tmp_path / "microgrids.shp")
    read = dict(zip(meta["fields"], columns, strict=True))
    assert set(read["community"]) == {"江科大社区居委会"}
    assert list(read["code"]) == [row.code for row in plan.microgrids]


def test_the_list_keeps_every_digit_and_runs_no_formula(plan):
    with use_language("zh"):
        book = openpyxl.load_workbook(io.BytesIO(workbook(plan)))
    assert book.sheetnames == ["微网格", "楼栋"]
    codes = [row[0] for row in book["微网格"].iter_rows(min_row=2, values_only=True)]
    assert codes == [row.code for row in plan.microgrids]
    homes = list(book["楼栋"].iter_rows(min_row=2))
    assert [cell.value for cell in homes[0]] == ["32110200100400101", "3 号楼", "花园路 1 号", 2, "1–6", 36]
    assert homes[1][1].data_type == "s"
    assert homes[1][1].value == "'=HYPERLINK(1)"


def test_stairwells_are_a_sheet_where_buildings_have_several(plan):
    stairs = [*plan.homes, plan.homes[0]._replace(entrance=3)]
    with use_language("zh"):
        book = openpyxl.load_workbook(io.BytesIO(workbook(plan._replace(stairwells=stairs))))
    assert book.sheetnames == ["微网格", "楼栋", "楼道"]
    assert [row[3].value for row in book["楼道"].iter_rows(min_row=2)][-1] == 3


def test_special_grids_are_a_layer_and_a_sheet_of_their_own(plan, tmp_path):
    hospital = SpecialRow("321102001004901", "市第一医院", 30, 2, "医院保卫科", "区卫健委", square(9))
    plan = plan._replace(specials=[hospital])
    path = tmp_path / "plan.gpkg"
    path.write_bytes(geopackage(plan))
    meta, _, shapes, columns = pyogrio.raw.read(path, layer="special")
    read = {name: column[0] for name, column in zip(meta["fields"], columns, strict=True)}
    assert (read["code"], read["name"], read["households"], read["led_by"]) == (
        hospital[0],
        "市第一医院",
        30,
        "医院保卫科",
    )
    assert shapely.get_geometry(shapely.from_wkb(shapes[0]), 0).equals(shapely.from_wkb(square(9)))
    with zipfile.ZipFile(io.BytesIO(shapefiles(plan, "GBK"))) as archive:
        assert "special.shp" in archive.namelist()
    with use_language("zh"):
        sheet = openpyxl.load_workbook(io.BytesIO(workbook(plan)))["专属网格"]
    assert [cell.value for cell in sheet[2]] == [hospital[0], "市第一医院", 2, 30, "医院保卫科", "区卫健委"]


def test_who_moves_is_a_layer_and_a_sheet_of_its_own(plan, tmp_path):
    one, other = (row.code for row in plan.microgrids[:2])
    moved = [MovedRow("3 号楼", 2, 1, 6, 36, one, other, "原微网格的户数已不在范围内", square(7))]
    again = plan._replace(moved=moved)
    path = tmp_path / "plan.gpkg"
    path.write_bytes(geopackage(again))
    assert "moved" in [name for name, _ in pyogrio.list_layers(path)]
    meta, _, _, columns = pyogrio.raw.read(path, layer="moved")
    read = dict(zip(meta["fields"], columns, strict=True))
    assert (read["from_code"][0], read["to_code"][0], read["households"][0]) == (one, other, 36)
    with zipfile.ZipFile(io.BytesIO(shapefiles(again, "GBK"))) as archive:
        assert "moved.shp" in archive.namelist()
    with use_language("zh"):
        book = openpyxl.load_workbook(io.BytesIO(workbook(again)))
    assert book.sheetnames[2] == "换微网格的户"
    [row] = book["换微网格的户"].iter_rows(min_row=2, values_only=True)
    assert row == ("3 号楼", 2, "1–6", 36, one, other, "原微网格的户数已不在范围内")


def test_where_nobody_moves_the_sheet_is_empty_and_there_is_no_layer(plan, tmp_path):
    path = tmp_path / "plan.gpkg"
    path.write_bytes(geopackage(plan._replace(moved=[])))
    assert sorted(name for name, _ in pyogrio.list_layers(path)) == ["grids", "microgrids"]
    book = openpyxl.load_workbook(io.BytesIO(workbook(plan._replace(moved=[]))))
    assert len(book.sheetnames) == 3


def test_a_plan_without_homes_is_a_file_too():
    empty = PlanRows(
        "plan-8",
        "江科大社区居委会",
        [MicrogridRow("32110200100400101", "321102001004001", 1, 1, 0, False, square(0))],
        [],
    )
    assert geopackage(empty)[:15] == b"SQLite format 3"
    assert workbook(empty)[:2] == b"PK"
