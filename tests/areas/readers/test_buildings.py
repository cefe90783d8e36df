"""Buildings as maps, surveys and spreadsheets give them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import shapely

from doorstep.areas.readers import read_buildings
from doorstep.areas.readers.formats import Limits
from doorstep.areas.rules.kinds import BuildingKind
from doorstep.core.geometry import Datum, Point, Projection
from doorstep.core.text import text

HEADER = "楼栋编号,楼栋名称,经度,纬度,类型,层数,单元数,户数,实住户数,地址,小区"
ROW = "7,3号楼,119.4501,32.2001,住宅,6,3,36,30,健康路5号,健康苑"
SQUARE = [[119.45, 32.2], [119.4504, 32.2], [119.4504, 32.2003], [119.45, 32.2003], [119.45, 32.2]]


def table(*rows):
    return "\n".join([HEADER, *rows]) + "\n"


def problems(file):
    return [(finding.row, finding.field, finding.what.key) for finding in file.findings.problems]


def remarks(file):
    return Counter(finding.what.key for finding in file.findings.remarks)


def collection(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), **more}


def feature(ring=SQUARE, properties=None, **more):
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "geometry": geometry, "properties": properties or {}, **more}


# -- OpenStreetMap


def test_the_campus_is_read_whole(demo):
    file = read_buildings(demo / "osm" / "tsinghua_buildings.overpass.json")
    assert file.is_good and not file.findings.remarks
    assert (file.datum, len(file.buildings)) == (Datum.WGS84, 626)
    kinds = Counter(building.kind for building in file.buildings)
    assert (kinds[BuildingKind.RESIDENTIAL], kinds[BuildingKind.DORMITORY], kinds[BuildingKind.BUNGALOW]) == (
        181,
        59,
        43,
    )
    assert sum(building.floors is not None for building in file.buildings) == 46
    assert sum(bool(building.name) for building in file.buildings) == 386
    courtyard = next(b for b in file.buildings if b.source == "osm/relation/10327870")
    assert (courtyard.name, len(courtyard.shape.interiors)) == ("李兆基科技大楼", 1)


def test_the_suburb_is_read_whole_and_says_what_the_edge_has_cut(demo):
    file = read_buildings(demo / "osm" / "kouvola.osm.pbf")
    assert file.is_good and len(file.buildings) == 2_219
    assert remarks(file) == {"areas-osm-cut": 48}
    assert sum(building.floors is not None for building in file.buildings) == 10
    kinds = Counter(building.kind for building in file.buildings)
    # 1,137 + 2 + 11 homes of one or two floors, as the national survey's own class says, and its outbuildings.
    assert kinds[BuildingKind.HOUSE] == 1_150
    assert kinds[BuildingKind.SHED] > 898


def test_the_city_centre_comes_with_courtyards_and_entrances(demo):
    file = read_buildings(demo / "osm" / "helsinki.osm.pbf")
    assert file.is_good
    with_yard = [b for b in file.buildings if b.source.startswith("osm/relation/")]
    assert len(with_yard) == 61
    assert all(len(shapely.get_rings(b.shape)) > len(shapely.get_parts(b.shape)) for b in with_yard)
    assert sum(b.entrances or 0 for b in file.buildings) > 200
    assert remarks(file)["areas-osm-incomplete"] == 6


def test_a_second_reading_gives_the_same_names(demo):
    path = demo / "osm" / "tsinghua_buildings.overpass.json"
    first, second = read_buildings(path), read_buildings(path)
    assert [b.source for b in first.buildings] == [b.source for b in second.buildings]
    assert len({b.source for b in first.buildings}) == 626


def test_openstreetmap_cannot_be_declared_to_be_something_else(demo):
    file = read_buildings(demo / "osm" / "kouvola.osm.pbf", "GCJ-02")
    assert problems(file) == [("", "", "areas-datum-osm")]
    assert read_buildings(demo / "osm" / "kouvola.osm.pbf", "WGS84").is_good


def overpass(tags, ring=SQUARE, **more):
    nodes = [{"type": "node", "id": i, "lon": lon, "lat": lat} for i, (lon, lat) in enumerate(ring)]
    way = {"type": "way", "id": 5, "nodes": [*range(len(ring) - 1), 0], "tags": tags}
    return {"version": 0.6, "elements": [*nodes, way], **more}


@pytest.mark.parametrize(
    ("levels", "floors", "said"), [("6", 6, 0), ("2.5", 2, 0), ("0", None, 1), ("5;6", None, 1), ("-2", None, 1)]
)
def test_floors_that_strangers_wrote_are_taken_or_left_and_said(write, levels, floors, said):
    file = read_buildings(write("a.json", overpass({"building": "apartments", "building:levels": levels})))
    assert file.is_good
    assert file.buildings[0].floors == floors
    assert remarks(file)["areas-osm-number-ignored"] == said


def test_an_answer_with_its_geometry_inside_is_the_same_building(write):
    apart = overpass({"building": "yes", "addr:street": "健康路", "addr:housenumber": "5号"})
    inside = {"type": "way", "id": 5, "tags": apart["elements"][-1]["tags"]}
    inside["geometry"] = [{"lon": lon, "lat": lat} for lon, lat in SQUARE]
    first = read_buildings(write("a.json", apart)).buildings[0]
    second = read_buildings(write("b.json", {"elements": [inside]})).buildings[0]
    assert (first.source, first.address) == (second.source, second.address) == ("osm/way/5", "健康路5号")
    assert shapely.equals(first.shape, second.shape)


def test_a_way_that_comes_again_without_its_tags_keeps_them(write):
    answer = overpass({"building": "dormitory"})
    answer["elements"].append({key: value for key, value in answer["elements"][-1].items() if key != "tags"})
    assert [b.kind for b in read_buildings(write("a.json", answer)).buildings] == [BuildingKind.DORMITORY]


def test_entrances_on_the_outline_are_counted(write):
    answer = overpass({"building": "apartments"})
    answer["elements"][0]["tags"] = {"entrance": "staircase"}
    answer["elements"][1]["tags"] = {"entrance": "garage"}
    assert read_buildings(write("a.json", answer)).buildings[0].entrances == 1


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"remark": "runtime error: Query timed out"}, "areas-overpass-cut"),
        ({"elements": []}, "areas-file-no-buildings"),
        ({"elements": [{"type": "node"}]}, "areas-file-broken"),
        ({"elements": [{"type": "node", "id": 1, "lon": "east", "lat": 2}]}, "areas-file-broken"),
        ({"elements": [3]}, "areas-file-broken"),
    ],
)
def test_an_answer_that_overpass_did_not_finish_is_refused(write, change, key):
    file = read_buildings(write("a.json", overpass({"building": "yes"}) | change))
    assert problems(file) == [("", "", key)]


@pytest.mark.parametrize("name", ["kouvola.osm.pbf", "tsinghua_buildings.overpass.json"])
def test_a_download_cut_off_in_the_middle_is_said_to_be_damaged(demo, write, name):
    whole = (demo / "osm" / name).read_bytes()
    file = read_buildings(write(name, whole[: len(whole) // 2]))
    assert problems(file) == [("", "", "areas-file-broken")]
    assert file.buildings == ()


# -- tables


def test_a_spreadsheet_in_chinese_is_read_with_all_it_says(write):
    file = read_buildings(write("楼栋.csv", table(ROW)), "WGS84")
    assert file.is_good and not file.findings.remarks
    building = file.buildings[0]
    assert (building.source, building.name, building.kind) == ("own/7", "3号楼", BuildingKind.RESIDENTIAL)
    assert (building.floors, building.entrances, building.dwellings, building.lived_in) == (6, 3, 36, 30)
    assert (building.address, building.compound) == ("健康路5号", "健康苑")
    assert building.shape == shapely.Point(119.4501, 32.2001)


@pytest.mark.parametrize("datum", list(Datum))
def test_wherever_the_coordinates_come_from_the_building_stands_in_one_place(write, datum):
    there = Point(119.4501, 32.2001).to(datum)
    file = read_buildings(write("a.csv", f"id,lon,lat\n7,{there.lon!r},{there.lat!r}\n"), datum)
    shape = file.buildings[0].shape
    assert (shape.x, shape.y) == pytest.approx((119.4501, 32.2001), abs=1e-9)
    assert file.datum is datum


def test_a_table_without_a_datum_is_refused_and_its_other_faults_are_listed_too(write):
    file = read_buildings(write("a.csv", table(ROW, ROW.replace("7,", "8,", 1).replace(",6,", ",six,"))))
    assert problems(file) == [("", "", "areas-datum-missing"), (3, "floors", "areas-cell-not-whole")]
    assert file.buildings == ()
    assert "GCJ02" in text(file.findings.problems[0].try_this, "zh")


def test_a_datum_that_nobody_knows_is_refused(write):
    assert problems(read_buildings(write("a.csv", table(ROW)), "Pulkovo 42")) == [("", "", "geometry-datum-unknown")]


def test_excel_and_csv_say_the_same(write, write_excel):
    rows = [line.split(",") for line in (HEADER, ROW)]
    numbers = [float(cell) if cell.replace(".", "").isdigit() else cell for cell in rows[1]]
    excel = read_buildings(write_excel("a.xlsx", [rows[0], numbers], [["other"]]), "WGS84")
    assert remarks(excel) == {"areas-excel-first-sheet": 1}
    assert excel.buildings == read_buildings(write("a.csv", table(ROW)), "WGS84").buildings


@pytest.mark.parametrize("turn", ["\u202e", "\u200b", "\ufeff", "\u00ad"])
def test_signs_that_nobody_sees_are_taken_out_of_names_and_told(write, turn):
    rows = ROW.replace("3号楼", f"3{turn}号楼"), ROW.replace("7,", "8,", 1).replace("健康苑", f"健{turn}康苑")
    file = read_buildings(write("b.csv", table(*rows)), "wgs84")
    assert file.is_good
    assert [(each.name, each.compound) for each in file.buildings] == [("3号楼", "健康苑")] * 2
    told = [(each.row, each.field) for each in file.findings.remarks if each.what.key == "areas-cell-unseen"]
    assert told == [(2, "name"), (3, "compound")]


def test_a_formula_behind_a_sign_that_nobody_sees_is_a_formula(write):
    file = read_buildings(write("b.csv", table(ROW.replace("3号楼", "\u200b=cmd|calc"))), "wgs84")
    assert problems(file) == [(2, "name", "areas-cell-formula")]


def test_a_formula_in_excel_is_not_taken_for_what_it_yields(write_excel):
    file = read_buildings(
        write_excel("a.xlsx", [["id", "name", "lon", "lat", "floors"], [1, "=A1", 119.45, 32.2, "=2+4"]]), "WGS84"
    )
    assert problems(file) == [(2, "name", "areas-cell-formula"), (2, "floors", "areas-cell-formula")]


def test_outlines_may_come_as_wkt(write):
    wkt = shapely.Polygon(SQUARE).wkt
    file = read_buildings(write("a.csv", f'id,轮廓\n1,"{wkt}"\n2,"POLYGON ((1 2"\n3,\n'), "CGCS2000")
    assert problems(file) == [
        (3, "wkt", "areas-shape-not-wkt"),
        (4, "lon", "areas-cell-blank"),
        (4, "lat", "areas-cell-blank"),
    ]
    assert shapely.equals(file.buildings[0].shape, shapely.Polygon(SQUARE))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ((",6,3,", ",-6,3,"), ("floors", "areas-cell-out-of-range")),
        ((",6,3,", ",6层,3,"), ("floors", "areas-cell-not-whole")),
        ((",6,3,", ",6.5,3,"), ("floors", "areas-cell-not-whole")),
        ((",6,3,", ",inf,3,"), ("floors", "areas-cell-not-whole")),
        ((",36,", ",#REF!,"), ("dwellings", "areas-cell-formula")),
        (("3号楼", '"3号\n楼"'), ("name", "areas-cell-line-break")),
        (("3号楼", "3号楼\ufffe"), ("name", "areas-cell-line-break")),
        (("3号楼", "=cmd|calc"), ("name", "areas-cell-formula")),
        (("119.4501", "东经119度"), ("lon", "areas-cell-not-number")),
        (("119.4501", "nan"), ("shape", "areas-shape-not-a-number")),
        (("119.4501", "-inf"), ("shape", "areas-shape-not-a-number")),
        (("119.4501,32.2001", "32.2001,119.4501"), ("shape", "areas-shape-swapped")),
        (("119.4501,32.2001", "0,0"), ("shape", "areas-shape-zero")),
        (("119.4501,32.2001", "448141.5,3564162.8"), ("shape", "areas-shape-in-metres")),
        (("119.4501,32.2001", "219.4501,32.2001"), ("shape", "areas-shape-off-earth")),
    ],
)
def test_a_wrong_row_is_listed_with_its_number_and_field(write, change, expected):
    good = ROW.replace("7,", "8,", 1)
    file = read_buildings(write("a.csv", table(good, ROW.replace(*change))), "WGS84")
    assert problems(file) == [(3, *expected)]
    assert all(text(finding.what, lang) for finding in file.findings.problems for lang in ("zh", "en"))


def test_in_a_far_country_one_row_the_wrong_way_round_stands_out(write):
    file = read_buildings(write("a.csv", "id,lon,lat\n1,26.70,60.87\n2,26.71,60.87\n3,60.87,26.70\n"), "WGS84")
    assert problems(file) == [(4, "shape", "areas-shape-swapped")]


def test_a_place_that_is_known_tells_what_lies_elsewhere(write):
    path = write("a.csv", "id,lon,lat\n1,60.87,26.70\n2,26.70,60.87\n3,10.0,50.0\n")
    file = read_buildings(path, "WGS84", expected=(26.6, 60.8, 26.8, 60.9))
    assert ("areas-shape-elsewhere" in {key for *_, key in problems(file)}) and not file.is_good
    alone = read_buildings(write("b.csv", "id,lon,lat\n1,60.87,26.70\n"), "WGS84", expected=(26.6, 60.8, 26.8, 60.9))
    assert problems(alone) == [(2, "shape", "areas-shape-swapped")]


def test_an_id_or_a_place_that_comes_twice_is_a_problem(write):
    twice = read_buildings(write("a.csv", table(ROW, ROW.replace("119.4501", "119.4502"))), "WGS84")
    assert problems(twice) == [(3, "id", "areas-building-twice")]
    same = read_buildings(write("b.csv", "lon,lat\n119.45,32.2\n119.46,32.2\n119.45,32.2\n"), "WGS84")
    assert problems(same) == [(4, "shape", "areas-building-twice")]


def test_columns_that_mean_the_same_or_nothing_are_told(write):
    file = read_buildings(write("a.csv", "id,lon,经度,lat,colour\n1,119.45,119.46,32.2,red\n"), "WGS84")
    assert problems(file) == [(1, "lon、经度", "areas-column-twice")]
    assert remarks(file) == {"areas-columns-ignored": 1}


def test_a_table_without_places_is_refused(write):
    assert problems(read_buildings(write("a.csv", "id,name\n1,a\n"), "WGS84")) == [("", "", "areas-columns-no-place")]


def test_a_kind_that_nobody_taught_us_is_other_and_said(write):
    file = read_buildings(write("a.csv", table(ROW.replace("住宅", "蒙古包"))), "WGS84")
    assert file.is_good and file.buildings[0].kind is BuildingKind.OTHER
    assert remarks(file) == {"areas-kind-unknown": 1}


def test_more_households_than_dwellings_are_remarked(write):
    file = read_buildings(write("a.csv", table(ROW.replace(",36,30,", ",30,36,"))), "WGS84")
    assert file.is_good and remarks(file) == {"areas-more-lived-in": 1}


# -- GeoJSON


def test_geojson_is_wgs84_by_its_standard(write):
    path = write("a.geojson", collection(feature(properties={"name": "1号楼", "层数": 7}, id="a1")))
    file = read_buildings(path)
    assert file.is_good
    assert (file.datum, file.buildings[0].source, file.buildings[0].floors) == (Datum.WGS84, "own/a1", 7)


def test_geojson_that_was_moved_may_be_named_so_and_this_is_said(write):
    file = read_buildings(write("a.geojson", collection(feature())), "GCJ02")
    assert file.is_good and remarks(file) == {"areas-datum-overruled": 1}
    zone = Projection.of(119.45)
    off_m = zone.flatten(shapely.Polygon(SQUARE)).centroid.distance(zone.flatten(file.buildings[0].shape).centroid)
    assert 100 < off_m < 1_000


def test_geojson_in_some_old_reference_system_is_refused(write):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2437"}}
    assert problems(read_buildings(write("a.geojson", collection(feature(), crs=crs)))) == [
        ("", "", "areas-geojson-crs")
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    assert read_buildings(write("b.geojson", collection(feature(), crs=crs))).datum is Datum.CGCS2000


def test_an_object_of_openstreetmap_keeps_its_name_in_another_format(write):
    file = read_buildings(write("a.geojson", collection(feature(id="way/5"))))
    assert file.buildings[0].source == "osm/way/5"


def test_without_an_id_the_outline_is_the_name_wherever_it_starts(write):
    turned = [*SQUARE[2:], *SQUARE[1:3]]
    first = read_buildings(write("a.geojson", collection(feature()))).buildings[0]
    second = read_buildings(write("b.geojson", collection(feature(turned[::-1])))).buildings[0]
    other = read_buildings(write("c.geojson", collection(feature([[x, y + 1e-5] for x, y in SQUARE])))).buildings[0]
    assert first.source == second.source != other.source
    assert first.source.startswith("shape/")


def test_an_outline_that_crosses_itself_is_repaired_and_said(write):
    bow_tie = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
    file = read_buildings(write("a.geojson", collection(feature(bow_tie))))
    assert file.is_good and remarks(file) == {"areas-shape-repaired": 1}
    shape = file.buildings[0].shape
    assert shape.is_valid and shape.area == pytest.approx(shapely.Polygon(SQUARE).area / 2)


@pytest.mark.parametrize(
    ("geometry", "key"),
    [
        (None, "areas-shape-missing"),
        ({"type": "Polygon", "coordinates": []}, "areas-shape-missing"),
        ({"type": "Polygon", "coordinates": [[[119, 32], [119.1, 32]]]}, "areas-shape-not-geojson"),
        ({"type": "Polygon", "coordinates": [[["a", "b"]]]}, "areas-shape-not-geojson"),
        ({"type": "Cube", "coordinates": []}, "areas-shape-not-geojson"),
        (3, "areas-shape-not-geojson"),
        ({"type": "LineString", "coordinates": SQUARE}, "areas-shape-not-an-outline"),
        ({"type": "Polygon", "coordinates": [[SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[0]]]}, "areas-shape-flat"),
    ],
)
def test_a_shape_that_is_no_building_is_listed(write, geometry, key):
    file = read_buildings(write("a.geojson", collection(feature(id=1), {**feature(id=2), "geometry": geometry})))
    assert [(row, what) for row, _, what in problems(file)] == [(2, key)]
    assert len(file.buildings) == 1


def test_an_outline_of_a_million_points_is_refused(write):
    turn = np.linspace(0, 2 * np.pi, 1_000_001)
    circle = shapely.Polygon(np.column_stack([119.45 + 0.01 * np.cos(turn), 32.2 + 0.01 * np.sin(turn)]))
    path = write("a.geojson", b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
        + shapely.to_geojson(circle).encode() + b"}]}")  # fmt: skip
    assert problems(read_buildings(path)) == [(1, "shape", "areas-shape-too-many-corners")]


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.geojson", b'{"type": "FeatureCollection", "features": [', "areas-file-broken"),
        ("a.geojson", b'{"type": "Point", "coordinates": [1, 2]}', "areas-geojson-no-collection"),
        ("a.geojson", b"[" * 5_000, "areas-file-broken"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [NaN]}', "areas-file-broken"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "areas-file-no-buildings"),
        ("a.gpkg", b"SQLite format 3\0" + b"\0" * 200, "areas-file-broken"),
        ("a.pbf", b"\0\0\0\x0e\x0a\x09OSMHeader\x18\x05", "areas-file-broken"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_problem(write, name, content, key):
    assert problems(read_buildings(write(name, content))) == [("", "", key)]


# -- GeoPackage


def test_a_geopackage_in_the_citys_metres_lands_in_degrees(write_geopackage):
    zone = Projection.of(119.45)
    shapes = [zone.flatten(shapely.Polygon(SQUARE)), zone.flatten(shapely.Point(119.46, 32.2))]
    path = write_geopackage("a.gpkg", shapes, "EPSG:4549", {"名称": ["1号楼", "岗亭"], "levels": [6.0, float("nan")]})
    file = read_buildings(path)
    assert file.is_good and file.datum is Datum.CGCS2000
    block, booth = file.buildings
    assert (block.name, block.floors, booth.name, booth.floors) == ("1号楼", 6, "岗亭", None)
    assert block.shape.equals_exact(shapely.Polygon(SQUARE), 1e-8)
    assert {block.source, booth.source} == {"own/1", "own/2"}


@pytest.mark.parametrize(("crs", "datum"), [("EPSG:4326", Datum.WGS84), ("EPSG:4490", Datum.CGCS2000)])
def test_a_geopackage_in_degrees_says_its_datum(write_geopackage, crs, datum):
    file = read_buildings(write_geopackage("a.gpkg", [shapely.Polygon(SQUARE)], crs, {"name": ["a"]}))
    assert file.is_good and file.datum is datum
    assert file.buildings[0].shape.equals_exact(shapely.Polygon(SQUARE), 1e-9)


def test_a_geopackage_that_names_no_system_must_be_told_its_datum(write_geopackage):
    path = write_geopackage("a.gpkg", [shapely.Polygon(SQUARE)], None, {"name": ["a"]})
    assert problems(read_buildings(path)) == [("", "", "areas-datum-missing")]
    assert read_buildings(path, "CGCS2000").is_good


def test_a_geopackage_with_two_layers_must_be_split(write_geopackage):
    for layer in ("houses", "trees"):
        path = write_geopackage("a.gpkg", [shapely.Polygon(SQUARE)], "EPSG:4326", {"name": ["a"]}, layer=layer)
    assert problems(read_buildings(path)) == [("", "", "areas-geopackage-layers")]


# -- size


@pytest.mark.parametrize("name", ["a.csv", "a.geojson"])
def test_more_rows_than_agreed_are_refused(write, name):
    content = table(ROW, ROW.replace("7,", "8,", 1)) if name == "a.csv" else collection(feature(), feature())
    file = read_buildings(write(name, content), "WGS84", limits=Limits(rows=1))
    assert problems(file)[-1][2] == "areas-file-too-many-rows"


def test_a_hundred_thousand_rows_are_read_while_one_waits(write):
    rows = (
        f"{i},楼{i},{119 + i * 1e-6:.6f},{32 + i % 1000 * 1e-4:.4f},住宅,6,3,36,30,路{i}号,苑" for i in range(100_000)
    )
    file = read_buildings(write("a.csv", table(*rows)), "GCJ02")
    assert file.is_good and len(file.buildings) == 100_000


# -- what strangers draw


def test_an_outline_that_nobody_closed_is_left_out_and_said(write):
    answer = overpass({"building": "yes"})
    answer["elements"][-1]["nodes"].pop()
    other = {**answer["elements"][-1], "id": 6, "nodes": [0, 1, 2, 3, 0]}
    answer["elements"].append(other)
    file = read_buildings(write("a.json", answer))
    assert [building.source for building in file.buildings] == ["osm/way/6"]
    assert remarks(file) == {"areas-osm-not-closed": 1}


def test_what_is_being_built_or_gone_is_no_building(write):
    file = read_buildings(write("a.json", overpass({"building": "construction"})))
    assert problems(file) == [("", "", "areas-file-no-buildings")]


def test_a_geopackage_without_a_shape_in_a_row_names_the_row(write_geopackage):
    path = write_geopackage("a.gpkg", [shapely.Polygon(SQUARE), None], "EPSG:4326", {"name": ["a", "b"]})
    assert problems(read_buildings(path)) == [(2, "shape", "areas-shape-missing")]


def test_a_building_in_named_compounds_belongs_to_the_smallest_and_its_own_word_counts_more(write):
    def around(name, margin, id_):
        west, south, east, north = 119.45 - margin, 32.2 - margin, 119.4504 + margin, 32.2003 + margin
        line = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        geometry = [{"lon": lon, "lat": lat} for lon, lat in line]
        return {"type": "way", "id": id_, "tags": {"landuse": "residential", "name": name}, "geometry": geometry}

    answer = overpass({"building": "yes"})
    answer["elements"] += [around("大院", 0.002, 8), around("健康苑", 0.001, 9)]
    assert [b.compound for b in read_buildings(write("a.json", answer)).buildings] == ["健康苑"]
    answer["elements"][-3]["tags"]["addr:place"] = "东里"
    assert [b.compound for b in read_buildings(write("b.json", answer)).buildings] == ["东里"]
