import io

import numpy as np
import pytest
import shapely
from PIL import Image
from tests.engines.districting.small import a_street

from doorstep.engines.districting.dividing import divide
from doorstep.engines.districting.problem import Bounds
from doorstep.engines.districting.render import WORDS, geojson, html_map, png

COMMUNITY = "321102001005"
STREET = a_street([3] * 8 + [2])
DIVISION = divide(STREET, bounds=Bounds(5, 10), grid_bounds=Bounds(10, 20), effort="quick")
SAYING = dict.fromkeys(WORDS, "<word>") | {"language": "en", "microgrid": "Micro-grid", "households": "households"}


def to_lon_lat(xy):
    return xy / 111_000 + [119.4, 32.2]


def test_geojson_holds_every_piece_with_its_code_and_tiles_as_before():
    features = geojson(DIVISION, to_lon_lat, COMMUNITY)["features"]
    micro = [each for each in features if each["properties"]["level"] == "microgrid"]
    assert len(micro) == len(DIVISION.microgrids)
    assert len(features) == len(DIVISION.microgrids) + len(DIVISION.grids)
    assert [each["properties"]["code"] for each in micro] == DIVISION.microgrid_codes(COMMUNITY)
    assert sum(each["properties"]["households"] for each in micro) == 26
    assert micro[0]["properties"]["grid_code"] == COMMUNITY + "001"
    shapes = np.array([shapely.geometry.shape(each["geometry"]) for each in micro])
    assert shapely.coverage_is_valid(shapes)
    assert all(shape.exterior.is_ccw for shape in shapes)
    assert 119 < shapely.total_bounds(shapes)[0] < 120


def test_geojson_without_a_community_has_no_codes():
    features = geojson(DIVISION, to_lon_lat)["features"]
    assert {each["properties"]["code"] for each in features} == {None}


def test_geojson_tells_what_is_proved_out_of_range():
    alone = divide(a_street([3]))
    properties = geojson(alone, to_lon_lat)["features"][1]["properties"]
    assert properties["proof"] == "too-few"
    assert properties["in_range"] is False
    assert properties["reasons"] == [{"kind": "proved-out-of-range", "size": 3, "low": 50, "high": 100}]


def test_the_page_lists_and_draws_every_piece_and_fetches_nothing():
    page = html_map(DIVISION, SAYING, STREET.footprints)
    assert page.count('class="microgrid"') == len(DIVISION.microgrids)
    assert page.count("<tr><td>") == len(DIVISION.microgrids)
    assert "Micro-grid 1-01: " in page
    assert "http" not in page
    assert "<word>" not in page
    assert "&lt;word&gt;" in page


def test_a_piece_out_of_range_is_marked_on_the_page():
    assert 'class="microgrid out"' in html_map(divide(a_street([3])), SAYING)


def test_a_page_without_its_words_is_refused():
    with pytest.raises(KeyError):
        html_map(DIVISION, {})


@pytest.mark.parametrize("footprints", [None, STREET.footprints])
def test_the_picture_has_the_width_asked_for_and_more_than_one_colour(footprints):
    picture = Image.open(io.BytesIO(png(DIVISION, 320, footprints)))
    assert picture.format == "PNG"
    assert picture.width == 320
    assert len(picture.getcolors(1 << 24)) > 5


def test_a_hole_in_the_ground_is_drawn_as_paper():
    lake = shapely.box(-30, -30, 50, 30) - shapely.box(5, 12, 15, 22)
    picture = Image.open(io.BytesIO(png(divide(a_street([3, 3]), boundary=lake), 400))).convert("RGB")
    left, top, scale = -30 - 2.4, -30 - 2.4, 400 / (80 + 4.8)
    assert picture.getpixel((int((10 - left) * scale), int((-17 - top) * scale))) == (252, 251, 248)
