"""Points and datums, against values that other implementations of the published formula give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.core.geometry import Datum, DatumRefused, Point, PointRefused, convert, distances_m, named

# A point near Tiananmen, as the widely used `coordtransform` gives it.
HERE = (116.404, 39.915)
PUBLISHED = [
    (Datum.WGS84, Datum.GCJ02, (116.41024449916938, 39.91640428150164)),
    (Datum.GCJ02, Datum.BD09, (116.41036949371029, 39.92133699351021)),
]
MOVED = [Datum.GCJ02, Datum.BD09]

lons = st.floats(73.0, 137.0)
lats = st.floats(1.0, 55.0)


@pytest.mark.parametrize(("source", "target", "expected"), PUBLISHED)
def test_a_point_moves_as_published(source, target, expected):
    assert convert(*HERE, source, target) == pytest.approx(expected, abs=1e-11)


@given(lon=lons, lat=lats, datum=st.sampled_from(MOVED))
def test_whoever_goes_there_and_back_is_home_again(lon, lat, datum):
    there = convert(lon, lat, Datum.WGS84, datum)
    back = convert(*there, datum, Datum.WGS84)
    assert np.abs(np.array(back) - (lon, lat)).max() < 1e-9


@given(lon=lons, lat=lats)
def test_baidu_and_amap_agree_through_wgs84(lon, lat):
    direct = convert(*convert(lon, lat, Datum.WGS84, Datum.GCJ02), Datum.GCJ02, Datum.BD09)
    assert np.allclose(direct, convert(lon, lat, Datum.WGS84, Datum.BD09), atol=1e-9, rtol=0)


def test_in_a_city_amap_is_off_by_hundreds_of_metres():
    lon, lat = np.meshgrid(np.linspace(80, 130, 60), np.linspace(20, 50, 60))
    off_m = distances_m(lon, lat, *convert(lon, lat, Datum.WGS84, Datum.GCJ02))
    assert np.median(off_m) == pytest.approx(500, abs=200)


@pytest.mark.parametrize("datum", MOVED)
def test_abroad_nothing_moves(datum):
    kouvola = (26.70, 60.87)
    assert convert(*kouvola, Datum.WGS84, datum) == kouvola
    assert convert(*kouvola, datum, Datum.WGS84) == kouvola


def test_cgcs2000_is_taken_for_wgs84():
    assert convert(*HERE, Datum.CGCS2000, Datum.WGS84) == HERE
    assert convert(*HERE, Datum.CGCS2000, Datum.GCJ02) == convert(*HERE, Datum.WGS84, Datum.GCJ02)


@pytest.mark.parametrize("datum", MOVED)
def test_many_points_move_as_each_alone(datum):
    lon, lat = np.array([116.4, 26.7, 119.45, 0.0]), np.array([39.9, 60.9, 32.2, 0.0])
    many = np.column_stack(convert(lon, lat, datum, Datum.WGS84))
    alone = [convert(x, y, datum, Datum.WGS84) for x, y in zip(lon, lat, strict=True)]
    assert np.abs(many - np.array(alone)).max() < 1e-10


def test_no_points_are_no_trouble():
    lon, lat = convert([], [], Datum.BD09, Datum.WGS84)
    assert len(lon) == len(lat) == 0


def test_a_point_knows_its_datum_and_can_change_it():
    there = Point(*HERE).to(Datum.GCJ02)
    assert (there.lon, there.lat, there.datum) == (*PUBLISHED[0][2], Datum.GCJ02)
    assert there.to(Datum.GCJ02) == there


@pytest.mark.parametrize(("lon", "lat"), [(float("nan"), 0), (0, float("inf")), (181, 0), (39.9, 116.4)])
def test_a_place_that_is_not_on_earth_is_refused(lon, lat):
    with pytest.raises(PointRefused):
        Point(lon, lat)


@pytest.mark.parametrize(
    ("written", "datum"),
    [("WGS-84", Datum.WGS84), ("gcj_02", Datum.GCJ02), ("百度", Datum.BD09), (" cgcs2000 ", Datum.CGCS2000)],
)
def test_people_write_a_datum_in_many_ways(written, datum):
    assert named(written) is datum


def test_a_datum_that_nobody_knows_is_refused_with_those_that_exist():
    with pytest.raises(DatumRefused) as no:
        named("Beijing 54")
    assert "GCJ02" in str(no.value)
