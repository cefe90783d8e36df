"""The plane of metres, against PROJ's own registry and geodesic."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
import shapely

from doorstep.core.geometry import Datum, Point, Projection, distance_m, distances_m


@pytest.mark.parametrize(("lon", "meridian", "epsg"), [(119.45, 120, 4549), (116.32, 117, 4548), (75.2, 75, 4534)])
def test_a_chinese_city_gets_its_registered_zone(lon, meridian, epsg):
    zone = Projection.of(lon)
    assert (zone.meridian, zone.epsg) == (meridian, epsg)
    x, y = zone.metres(lon, 32.2)
    expected = pyproj.Transformer.from_crs(4490, epsg, always_xy=True).transform(lon, 32.2)
    assert (x, y) == pytest.approx(expected, abs=1e-4)


def test_a_place_elsewhere_gets_a_zone_of_its_own_kind():
    zone = Projection.of(26.7)
    assert (zone.meridian, zone.epsg) == (27, None)
    x, y = zone.metres(26.7, 60.87)
    assert 450_000 < x < 500_000
    assert zone.degrees(x, y) == pytest.approx((26.7, 60.87), abs=1e-10)


def test_arrays_go_to_metres_and_back():
    lon, lat = np.linspace(118.5, 121.5, 50), np.linspace(31.0, 33.0, 50)
    zone = Projection.of(119.5)
    back = zone.degrees(*zone.metres(lon, lat))
    assert np.allclose(back, (lon, lat), atol=1e-10, rtol=0)


def test_a_shape_keeps_its_size_in_metres():
    zone = Projection.of(119.45)
    x, y = zone.metres(119.45, 32.2)
    square = shapely.box(x, y, x + 100, y + 50)
    degrees = zone.unflatten(square)
    assert zone.flatten(degrees).area == pytest.approx(5_000, rel=1e-6)
    west, south, _, _ = degrees.bounds
    assert (west, south) == pytest.approx((119.45, 32.2), abs=1e-5)


def test_a_point_in_another_datum_lands_where_it_is():
    here = Point(119.45, 32.2)
    zone = Projection.of(119.45)
    assert zone.point(here.to(Datum.BD09)) == pytest.approx(zone.point(here), abs=1e-4)


@pytest.mark.parametrize(("away_deg", "tolerance"), [(0.005, 1e-7), (0.1, 1e-6), (0.7, 1e-5)])
@pytest.mark.parametrize("lat", [-60.0, 0.0, 32.2, 60.9])
def test_distances_are_those_of_the_ellipsoid(lat, away_deg, tolerance):
    truth = pyproj.Geod(ellps="GRS80").inv(119.0, lat, 119.0 + away_deg, lat + away_deg)[2]
    assert float(distances_m(119.0, lat, 119.0 + away_deg, lat + away_deg)) == pytest.approx(truth, rel=tolerance)


def test_distances_do_not_mind_the_date_line_or_the_datum():
    assert distance_m(Point(179.9999, 0.0), Point(-179.9999, 0.0)) == pytest.approx(22.26, abs=0.01)
    here = Point(116.404, 39.915)
    assert distance_m(here, here.to(Datum.GCJ02)) < 1e-3
