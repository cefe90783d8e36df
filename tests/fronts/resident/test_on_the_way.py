"""A courier sees something on the way: one tap says what, the scanned code says where, and it is sent."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image
from tests.town import LAT, LON, SQUARE_DEG

from doorstep.areas.models import Door
from doorstep.cases.actions.advance import advance
from doorstep.cases.models import Case, Photo, Said
from doorstep.cases.queries import catalogue
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.fronts import limits


@pytest.fixture(autouse=True)
def nobody_has_reported_yet(monkeypatch):
    for name in ("_devices", "_addresses"):
        monkeypatch.setattr(limits, name, limits.Allowance(1000))


@pytest.fixture
def courier(town) -> Client:
    return Client()


@pytest.fixture
def station(town) -> Door:
    with acting_as(WORKER):
        return Door.objects.create(
            code="STAT2222", kind="station", name="小哥驿站", community_id=town.community,
            lon=LON + SQUARE_DEG / 2, lat=LAT - SQUARE_DEG / 2,
        )  # fmt: skip


def the_only_case() -> Case:
    with acting_as(WORKER):
        return Case.objects.get()


def words_of(case: Case) -> str:
    with acting_as(WORKER):
        return Said.objects.get(case=case).words


def form_of(client: Client, address: str) -> dict[str, str]:
    page = client.get(address)
    assert page.status_code == 200
    return dict(re.findall(r'name="(form)" value="([^"]*)"', page.content.decode()))


def test_the_code_of_a_station_opens_the_buttons_and_that_of_an_entrance_the_form(courier, station):
    at_station, at_entrance = (courier.get(f"/d/{code}").content.decode() for code in ("STAT2222", "DOOR0001"))
    assert 'value="manhole-cover"' in at_station and 'name="item" value="manhole-cover"' not in at_entrance
    assert "/way/DOOR0001" in at_entrance
    assert "data-propose" in courier.get("/d/STAT2222?all").content.decode()


def test_one_tap_and_send_is_a_case_at_the_station(courier, station, town):
    answer = courier.post("/way/STAT2222", {**form_of(courier, "/d/STAT2222"), "item": "manhole-cover"})
    assert answer.status_code == 303
    case = the_only_case()
    assert (case.source, case.item, case.door_id, case.community_id) == (
        "courier", "manhole-cover", station.pk, town.community,
    )  # fmt: skip
    assert words_of(case) == "井盖缺失或破损"
    advance(at=clock.now())
    assert the_only_case().state == "dispatched" and the_only_case().grid_id == town.grid
    assert case.number in courier.get(answer["Location"]).content.decode()


def test_a_position_or_words_say_that_it_is_not_here(courier, station, town):
    there = {"lon": str(LON + 1.5 * SQUARE_DEG), "lat": str(LAT - SQUARE_DEG / 2), "accuracy": "5"}
    courier.post("/way/STAT2222", {"item": "street-light", **there})
    case = the_only_case()
    assert case.door_id is None and case.lon == pytest.approx(LON + 1.5 * SQUARE_DEG)
    advance(at=clock.now())
    assert the_only_case().grid_id == town.other_grid
    courier.post("/way/STAT2222", {"item": "street-light", "place_words": "菜场后门"})
    with acting_as(WORKER):
        second = Case.objects.latest("id")
    assert (second.door_id, second.place_words, second.community_id) == (None, "菜场后门", town.community)


def test_without_a_code_the_place_is_said_by_position_or_words(courier):
    assert courier.post("/way/", {"item": "trees", "place_words": "江边步道"}).status_code == 303
    assert the_only_case().place_words == "江边步道" and the_only_case().community_id is None


def test_something_else_needs_a_line_and_what_was_written_stays(courier, station):
    page = courier.post("/way/STAT2222", {"item": "", "place_words": "东门"})
    assert page.status_code == 422
    assert "还没有选" in page.content.decode() and "东门" in page.content.decode()
    assert courier.post("/way/STAT2222", {"item": "", "words": "路边躺着一只大鸟"}).status_code == 303
    assert words_of(the_only_case()) == "路边躺着一只大鸟"


@pytest.mark.parametrize("item", ["no-such-item", "my-data", "'; DROP TABLE cases_case; --", "\x00"])
def test_only_what_is_offered_can_be_tapped(courier, station, item):
    assert courier.post("/way/STAT2222", {"item": item}).status_code == 422
    with acting_as(WORKER):
        assert not Case.objects.exists()


def test_a_double_tap_is_one_case(courier, station):
    sent = {**form_of(courier, "/way/STAT2222"), "item": "fire-lane"}
    first, second = (courier.post("/way/STAT2222", sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    the_only_case()


def test_a_code_that_is_gone_is_said_and_nothing_is_lost(courier, station):
    with acting_as(WORKER):
        Door.objects.filter(pk=station.pk).update(retired_at=clock.now())
    assert courier.get("/way/STAT2222").status_code == 404
    answer = courier.post("/way/STAT2222", {"item": "trees", "words": "树倒了"})
    assert answer.status_code == 404 and "树倒了" in answer.content.decode()


def test_a_photo_is_welcome_and_made_anew(courier, station):
    picture = BytesIO()
    Image.new("RGB", (64, 48), "green").save(picture, "PNG")
    picture.name = "a.png"
    picture.seek(0)
    assert courier.post("/way/STAT2222", {"item": "trees", "photo": picture}).status_code == 303
    with acting_as(WORKER):
        assert bytes(Photo.objects.get().image)[8:12] == b"WEBP"


def test_whoever_sends_without_end_is_asked_to_wait(courier, station, monkeypatch):
    monkeypatch.setattr(limits, "_addresses", limits.Allowance(1))
    assert courier.post("/way/STAT2222", {"item": "trees", "words": "一"}).status_code == 303
    assert courier.post("/way/STAT2222", {"item": "trees", "words": "二"}).status_code == 429


def test_the_buttons_are_what_the_items_say_in_their_order(courier, station):
    said = sorted((each.courier, each.id) for each in catalogue().offered.values() if each.courier)
    assert len(said) == 9 and said[0] == (1, "fire-lane")
    page = courier.get("/way/STAT2222").content.decode()
    shown = [page.index(f'value="{item}"') for _, item in said]
    assert shown == sorted(shown)


def test_a_city_that_says_otherwise_has_other_buttons(courier, station, monkeypatch):
    whole = catalogue()
    items = {
        **whole.items,
        "stray-dog": replace(whole.items["stray-dog"], courier=1),
        "manhole-cover": replace(whole.items["manhole-cover"], courier=0),
        "fire-lane": replace(whole.items["fire-lane"], courier=2),
    }
    monkeypatch.setattr("doorstep.fronts.resident.on_the_way.catalogue", lambda: replace(whole, items=items))
    page = courier.get("/way/STAT2222").content.decode()
    assert page.index('value="stray-dog"') < page.index('value="fire-lane"')
    assert 'value="manhole-cover"' not in page
    # What has no button is not sent by one.
    assert courier.post("/way/STAT2222", {"item": "manhole-cover"}).status_code == 422


def test_the_buttons_are_said_in_english_too(courier, station):
    courier.cookies["lang"] = "en"
    assert "Manhole cover missing" in courier.get("/way/STAT2222").content.decode()
