"""What kind of file it is, and when it is better not opened."""

from __future__ import annotations

import zipfile

import pytest

from doorstep.areas.readers.formats import USUAL, Format, recognise
from doorstep.areas.readers.report import FileRefused

ALL = frozenset(Format)
WORKBOOK = "xl/workbook.xml"


def refused(path):
    with pytest.raises(FileRefused) as no:
        recognise(path, ALL, USUAL)
    return no.value.message.key


@pytest.mark.parametrize(
    ("name", "head", "format_"),
    [
        ("a.csv", b"name,lon\n", Format.CSV),
        ("a.json", b'{"version": 0.6, "elements": []}', Format.OVERPASS),
        ("a.json", b'\xef\xbb\xbf {"type": "FeatureCollection"}', Format.GEOJSON),
        ("a.geojson", b'{"type": "FeatureCollection", "elements": 3}', Format.GEOJSON),
        ("a.gpkg", b"SQLite format 3\0...", Format.GEOPACKAGE),
    ],
)
def test_a_file_is_known_by_what_is_in_it(write, name, head, format_):
    assert recognise(write(name, head), ALL, USUAL) is format_


def test_real_extracts_are_known(demo):
    assert recognise(demo / "osm" / "kouvola.osm.pbf", ALL, USUAL) is Format.PBF
    assert recognise(demo / "osm" / "tsinghua_roads.overpass.json", ALL, USUAL) is Format.OVERPASS


def test_a_small_file_that_would_unpack_to_gigabytes_is_not_opened(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(WORKBOOK, b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (32 * 2**20))
    assert path.stat().st_size < 200_000
    assert refused(path) == "areas-file-bomb"


def test_xml_with_definitions_of_its_own_is_not_opened(tmp_path):
    path = tmp_path / "laughs.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            WORKBOOK, b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><workbook>&lol;</workbook>'
        )
    assert refused(path) == "areas-file-not-excel"


def test_an_archive_of_something_else_is_no_workbook(tmp_path):
    path = tmp_path / "holiday.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("beach.jpg", b"...")
    assert refused(path) == "areas-file-not-excel"


def test_a_workbook_cut_off_in_the_middle_is_said_to_be_damaged(write_excel, write):
    whole = write_excel("whole.xlsx", [["code", "name"]]).read_bytes()
    assert refused(write("cut.xlsx", whole[: len(whole) // 2])) == "areas-file-broken"


def test_xml_is_no_format_of_ours(write):
    assert refused(write("a.csv", "<osm></osm>")) == "areas-file-unknown-format"
