"""Dana sets a hospital apart at the desk: by its houses, or with a file; nobody else's desk does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.areas.actions.conftest import build_houses
from tests.town import LAT, LON, SQUARE_DEG, Town
from tests.visiting import EVERYBODY, signed_in

from doorstep.areas.models import SpecialGrid
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.core.time.zone import local_date
from doorstep.fronts.districting import special

HOSPITAL = {"name": "市第一医院", "led_by": "医院保卫科", "department": "区卫健委"}
MAY = {"dana", "subdistrict", "command"}
QUICK = {"low": "50", "high": "100", "grid_low": "200", "grid_high": "500", "count": "lived_in", "effort": "quick"}


def address(town: Town, more: str = "") -> str:
    return f"/desk/districting/{town.community}/special/{more}"


def kept() -> list[SpecialGrid]:
    with acting_as(WORKER):
        return list(SpecialGrid.objects.order_by("number"))


def a_file(*kinds: str, name: str = "医院.geojson", crs: Any = None) -> SimpleUploadedFile:
    """Polygons around the first two houses, or what else is asked for."""
    west, east, south, north = LON - 1e-4, LON + 1.8 * SQUARE_DEG / 2, LAT - 2e-4, LAT + 2e-4
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    shapes = {
        "Polygon": {"type": "Polygon", "coordinates": [corners]},
        "Point": {"type": "Point", "coordinates": [LON, LAT]},
    }
    features = [{"type": "Feature", "properties": {}, "geometry": shapes[kind]} for kind in kinds]
    document = {"type": "FeatureCollection", "features": features} | ({"crs": crs} if crs else {})
    return SimpleUploadedFile(name, json.dumps(document).encode())


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_desks_of_the_place_set_anything_apart(town: Town, who: str) -> None:
    houses = build_houses(town)
    visitor = signed_in(town, who)
    page = visitor.get(address(town))
    sent = visitor.post(address(town), {**HOSPITAL, "buildings": [houses[0]]})
    layer = visitor.get(address(town, "houses.geojson"))
    if who in MAY:
        assert (page.status_code, sent.status_code, layer.status_code) == (200, 302, 200)
        assert len(kept()) == 1
    else:
        assert {page.status_code, sent.status_code, layer.status_code} <= {403, 404}
        assert kept() == []


def test_dana_chooses_houses_and_sees_them_listed_and_cut_out(town: Town) -> None:
    houses = build_houses(town)
    dana = signed_in(town, "dana")
    answer = dana.post(address(town), {**HOSPITAL, "buildings": houses[:2]})
    page = dana.get(answer["Location"]).content.decode()
    assert "“市第一医院”已列为专属网格" in page and "321102001001901" in page
    assert "医院保卫科与区卫健委共同负责" in page and "2 栋楼，60 户" in page
    assert "市第一医院" in dana.get(f"/desk/districting/{town.community}/").content.decode()
    plan = dana.post(f"/desk/districting/{town.community}/", QUICK)["Location"]
    drawn = dana.get(plan).content.decode()
    assert "专属网格（1）" in drawn and f'data-special="{plan}special.geojson"' in drawn
    layer = json.loads(dana.get(f"{plan}special.geojson").content)
    assert [each["properties"]["code"] for each in layer["features"]] == ["321102001001901"]
    today = local_date(clock.now()).isoformat()
    assert "另有 1 个专属网格" in dana.get(f"{plan}publish/?from_on={today}").content.decode()


def test_a_file_with_polygons_does_as_well(town: Town) -> None:
    build_houses(town)
    dana = signed_in(town, "dana")
    answer = dana.post(address(town), {**HOSPITAL, "from_on": "2026-12-01", "file": a_file("Polygon")})
    assert answer.status_code == 302
    [made] = kept()
    assert made.from_on.isoformat() == "2026-12-01"
    assert "2 栋楼，60 户" in dana.get(address(town)).content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"file": a_file("Polygon", name="医院.shp")}, "这个文件不是 GeoJSON，也不是 GeoPackage。"),
        ({"file": a_file("Polygon", "Point")}, "这个图形不是面。"),
        ({"file": a_file()}, "文件里没有面。"),
        ({"file": SimpleUploadedFile("a.geojson", b"{")}, "GeoJSON"),
        ({"file": SimpleUploadedFile("a.gpkg", b"SQLite format 3\0" + b"\0" * 100)}, "GeoPackage"),
        ({"file": a_file("Polygon", crs={"properties": {"name": "EPSG:3857"}})}, "3857"),
        ({"from_on": "tomorrow"}, "日期"),
        ({}, "还没有选楼，也没有上传范围。"),
        ({"buildings": ["999999999", "x", "-1"]}, "有 1 栋选中的楼不在本社区"),
        ({"name": "", "buildings": ["7"]}, "没有填名称。"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_what_was_typed_stays(town: Town, sent: dict, said: str) -> None:
    build_houses(town)
    if "file" in sent:
        sent["file"].seek(0)
    answer = signed_in(town, "dana").post(address(town), {**HOSPITAL, **sent})
    page = answer.content.decode()
    assert answer.status_code == 409 and said in page, page
    assert 'value="医院保卫科"' in page and kept() == []


def test_a_file_that_is_too_large_is_not_read(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    build_houses(town)
    monkeypatch.setattr(special, "LARGEST_FILE", 10)
    page = signed_in(town, "dana").post(address(town), {**HOSPITAL, "file": a_file("Polygon")}).content.decode()
    assert "文件超过" in page and kept() == []


def test_houses_are_found_by_a_word_and_the_chosen_ones_stay(town: Town) -> None:
    from doorstep.areas.models import Building

    houses = build_houses(town)
    with acting_as(WORKER):
        Building.objects.filter(pk=houses[3]).update(name="门诊楼")
    dana = signed_in(town, "dana")
    assert "门诊楼" not in dana.get(address(town)).content.decode()
    page = dana.post(
        address(town), {**HOSPITAL, "find": "门诊", "do": "find", "buildings": [houses[0]]}
    ).content.decode()
    assert "门诊楼" in page and f'value="{houses[0]}" id="field-buildings" checked' in page
    assert f'value="{houses[5]}"' not in page and kept() == []


def test_what_was_ended_is_told_among_the_earlier_ones(town: Town) -> None:
    houses = build_houses(town)
    dana = signed_in(town, "dana")
    dana.post(address(town), {**HOSPITAL, "buildings": [houses[0]]})
    [made] = kept()
    answer = dana.post(address(town, f"{made.pk}/end/"))
    page = dana.get(answer["Location"]).content.decode()
    assert "“市第一医院”不再是专属网格" in page and "以前的专属网格（1）" in page
    assert dana.post(address(town, f"{made.pk}/end/")).status_code == 409


def test_another_communitys_special_grid_is_not_ours_to_end(town: Town) -> None:
    houses = build_houses(town)
    signed_in(town, "dana").post(address(town), {**HOSPITAL, "buildings": [houses[0]]})
    [made] = kept()
    other = f"/desk/districting/{town.other_community}/special/{made.pk}/end/"
    assert signed_in(town, "other_desk").post(other).status_code == 409
    assert signed_in(town, "other_desk").post(address(town, f"{made.pk}/end/")).status_code == 404
    assert kept()[0].until_on is None


def test_the_map_shows_every_house_and_what_is_set_apart(town: Town) -> None:
    houses = build_houses(town)
    dana = signed_in(town, "dana")
    dana.post(address(town), {**HOSPITAL, "buildings": [houses[0]]})
    told = json.loads(dana.get(address(town, "houses.geojson")).content)["features"]
    assert [each["properties"]["id"] for each in told if each["properties"]["special"]] == [houses[0]]
    assert len(told) == 20
    [one] = json.loads(dana.get(address(town, "special.geojson")).content)["features"]
    assert one["properties"]["name"] == "市第一医院"
    assert dana.get(address(town, "else.geojson")).status_code == 404
