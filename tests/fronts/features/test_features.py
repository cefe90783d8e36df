"""Areas and public cases as OGC API – Features: complete, by window and time and page, and refused in words."""

from __future__ import annotations

import gzip
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import shapely
from django.db import transaction
from tests.fronts.open311.conftest import fresh_areas, reported
from tests.town import LAT, LON, SQUARE_DEG, Town
from tests.visiting import Visitor

from doorstep.areas.models import Area
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.fronts.features import items

__all__ = ["fresh_areas", "reported"]


class Map:
    """Reads our features as a map of anybody does."""

    def __init__(self) -> None:
        self.client = Visitor()

    def get(self, path: str = "", headers: dict[str, str] | None = None, **query):
        return self.client.get(f"/features/{path}", query, headers={"Accept-Language": "en", **(headers or {})})

    def items(self, collection: str = "microgrid", **query):
        answer = self.get(f"collections/{collection}/items", **query)
        assert answer.status_code == 200, answer.content
        assert answer.headers["Content-Type"] == "application/geo+json"
        return answer.json()

    def codes(self, **query):
        return [each["id"] for each in self.items(**query)["features"]]

    def follow(self, link):
        parts = urlsplit(link["href"])
        return self.client.get(f"{parts.path}?{parts.query}").json()


@pytest.fixture
def somebody(town: Town) -> Map:
    return Map()


def test_the_landing_page_leads_to_everything(somebody):
    told = somebody.get().json()
    links = {each["rel"]: each for each in told["links"]}
    assert {"self", "service-desc", "conformance", "data"} <= set(links)
    for rel in ("conformance", "data", "service-desc"):
        parts = urlsplit(links[rel]["href"])
        answer = somebody.client.get(parts.path)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == links[rel]["type"]
    conforms = somebody.get("conformance").json()["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in conforms


def test_each_level_and_the_public_cases_are_collections(somebody):
    found = {each["id"]: each for each in somebody.get("collections").json()["collections"]}
    assert set(found) == {"county", "subdistrict", "community", "grid", "special-grid", "microgrid", "cases"}
    west, south, east, north = found["microgrid"]["extent"]["spatial"]["bbox"][0]
    assert (west, north) == pytest.approx((LON, LAT)) and east > west and north > south
    assert somebody.get("collections/microgrid").json() == found["microgrid"]


def test_the_areas_of_a_level_in_the_order_of_their_codes(somebody, town):
    told = somebody.items()
    assert (told["numberMatched"], told["numberReturned"]) == (4, 4)
    codes = [each["id"] for each in told["features"]]
    assert codes == sorted(codes)
    first = told["features"][0]
    shape = shapely.from_geojson(str(first["geometry"]).replace("'", '"'))
    assert shape.equals(shapely.box(LON, LAT - SQUARE_DEG, LON + SQUARE_DEG, LAT))
    assert first["properties"]["parent"] == "321102001001001"
    one = somebody.get(f"collections/microgrid/items/{codes[0]}").json()
    assert {key: one[key] for key in first} == first and one["links"][0]["rel"] == "self"


def test_pages_follow_each_other_by_their_links(somebody):
    page, seen = somebody.items(limit=3), []
    while True:
        seen += [each["id"] for each in page["features"]]
        following = [each for each in page["links"] if each["rel"] == "next"]
        if not following:
            break
        page = somebody.follow(following[0])
    assert seen == somebody.codes(limit=100)
    assert [each["rel"] for each in page["links"]].count("prev") == 1
    assert somebody.codes(limit=100_000) == seen
    assert somebody.codes(offset=1_000) == []


def test_a_window_takes_what_touches_it(somebody):
    middle = LON + SQUARE_DEG / 2, LAT - SQUARE_DEG / 2
    assert somebody.codes(bbox=f"{middle[0]},{middle[1]},{middle[0]},{middle[1]}") == ["32110200100100101"]
    assert len(somebody.codes(bbox=f"{middle[0]},{middle[1]},0,{middle[0] + SQUARE_DEG},{middle[1]},9")) == 2
    assert somebody.codes(bbox="0,0,1,1") == []
    # From the east of them across the date line to the west of them: all the world but where they are.
    assert somebody.codes(bbox=f"{LON + 1},-90,{LON - 1},90") == []
    assert len(somebody.codes(bbox="170,-90,160,90")) == 4


def test_areas_are_found_by_their_properties_and_time(somebody):
    assert somebody.codes(code="32110200100100101") == ["32110200100100101"]
    assert len(somebody.codes(parent="321102001001001")) == 2
    assert somebody.codes(name="1-2") == ["32110200100100102"]
    assert len(somebody.codes(datetime="2026-06-01")) == 4
    assert somebody.codes(datetime="2025-12-31T00:00:00Z") == []
    assert somebody.codes(datetime="../2025-12-31") == []
    assert len(somebody.codes(datetime="2025-12-31/..")) == 4


def test_a_changed_area_is_told_anew_and_an_unchanged_one_is_not_sent_again(somebody, monkeypatch):
    from doorstep.areas import published

    monkeypatch.setattr(published, "LOOKED_AT_EVERY_S", 0.0)
    first = somebody.get("collections/microgrid/items")
    again = somebody.get("collections/microgrid/items", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with transaction.atomic(), acting_as(WORKER):
        Area.objects.filter(code="32110200100100101").update(name="新名字")
    changed = somebody.get("collections/microgrid/items", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200 and changed.json()["features"][0]["properties"]["name"] == "新名字"


def test_a_large_page_is_packed_once(somebody, monkeypatch):
    monkeypatch.setattr(items, "_LARGE", 100)
    monkeypatch.setattr(items, "_kept", items._Kept())
    plain = somebody.get("collections/microgrid/items")
    packed = somebody.get("collections/microgrid/items", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content


def test_public_cases_lie_in_their_micro_grids_and_say_nothing_of_anybody(somebody, reported):
    case = reported()
    told = somebody.items("cases")
    (feature,) = told["features"]
    assert (feature["id"], told["numberMatched"]) == (case.number, 1)
    point = shapely.Point(feature["geometry"]["coordinates"])
    assert shapely.box(LON, LAT - SQUARE_DEG, LON + SQUARE_DEG, LAT).contains(point)
    assert "王阿姨" not in str(told)
    assert feature["properties"]["status"] == "open"
    one = somebody.get(f"collections/cases/items/{case.number}").json()
    assert one["properties"] == feature["properties"]


def test_cases_are_found_by_window_time_and_properties(somebody, reported):
    here, there = reported(), reported(nth=1)
    old = reported(at=clock.now() - timedelta(days=200))

    def numbers(**asked):
        return {each["id"] for each in somebody.items("cases", **asked)["features"]}

    assert numbers() == {here.number, there.number, old.number}
    assert numbers(bbox=f"{LON},{LAT - SQUARE_DEG},{LON + SQUARE_DEG},{LAT}") == {here.number, old.number}
    since = (clock.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert numbers(datetime=f"{since}/..") == {here.number, there.number}
    assert numbers(microgrid="32110200100100201") == {there.number}
    assert numbers(item="street-light", status="open") == {here.number, there.number, old.number}
    assert numbers(item="no-such-thing") == set()
    assert numbers(status="closed") == set()
    page = somebody.items("cases", limit=2)
    (following,) = [each for each in page["links"] if each["rel"] == "next"]
    assert [each["id"] for each in somebody.follow(following)["features"]] == [old.number]


def test_a_private_case_is_not_there(somebody, reported):
    case = reported()
    with acting_as(WORKER):
        Case.objects.filter(pk=case.pk).update(kept_from=1)
    assert somebody.items("cases")["features"] == []
    assert somebody.get(f"collections/cases/items/{case.number}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"bbox": "1,2,3"}, "bbox"),
        ({"bbox": "a,b,c,d"}, "bbox"),
        ({"bbox": "nan,0,1,1"}, "bbox"),
        ({"bbox": "0,1,1,0"}, "bbox"),
        ({"bbox": "0,0,181,1"}, "bbox"),
        ({"bbox": ",".join(["1"] * 10_000)}, "bbox"),
        ({"datetime": "yesterday"}, "datetime"),
        ({"datetime": "2026-01-01/2026-02-01/2026-03-01"}, "datetime"),
        ({"datetime": "2026-02-01/2026-01-01"}, "datetime"),
        ({"datetime": "2026-01-01T00:00:00"}, "datetime"),
        ({"datetime": "0001-01-01T00:00:00+14:00"}, "datetime"),
        ({"limit": "0"}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"limit": "ten"}, "limit"),
        ({"limit": "1" * 400}, "limit"),
        ({"offset": "-1"}, "offset"),
        ({"offset": "1.5"}, "offset"),
        ({"nonsense": "1"}, "nonsense"),
        ({"crs": "http://www.opengis.net/def/crs/EPSG/0/3857"}, "crs"),
        ({"f": "shapefile"}, "JSON"),
    ],
)
@pytest.mark.parametrize("collection", ["microgrid", "cases"])
def test_what_cannot_be_asked_for_is_refused_by_its_name(somebody, collection, asked, names):
    answer = somebody.get(f"collections/{collection}/items", **asked)
    assert answer.status_code == 400
    told = answer.json()
    assert told["code"] == "400" and names in told["description"]


@pytest.mark.parametrize(
    "path",
    [
        "collections/streets", "collections/streets/items", "collections/microgrid/items/321102001001999",
        "collections/cases/items/261122-000001-00", "collections/cases/items/%00", "nothing/at/all",
        "collections/special_grid", "collections/microgrid/items/' OR 1=1",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(somebody, path):
    answer = somebody.get(path)
    assert answer.status_code == 404 and answer.json()["code"] == "404"


def test_features_are_never_written(somebody):
    answer = somebody.client.post("/features/collections/microgrid/items", "{}", content_type="application/json")
    assert answer.status_code == 405 and answer.headers["Allow"] == "GET, HEAD"
    assert answer.json()["code"] == "405"
