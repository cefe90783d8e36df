"""The shorter ways in: a courier's tap, a call for somebody in distress, the counter of a station."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from tests.journeys.conftest import DESKTOP, PHONE
from tests.town import LAT, LON, SQUARE_DEG

pytestmark = pytest.mark.journey

ON_THE_WAY = {"longitude": LON + 1.5 * SQUARE_DEG, "latitude": LAT - SQUARE_DEG / 2, "accuracy": 5}
STATION = "STAT2345"


@pytest.fixture
def station(site) -> str:
    """A station of the community, in Chen's grid."""
    site.rows(
        "INSERT INTO areas_door (code, kind, name, community_id, lon, lat)"
        " VALUES (%s, 'station', '小哥驿站', %s, %s, %s)"
        " ON CONFLICT (code) DO NOTHING RETURNING id",
        *(STATION, site.town.community, LON + SQUARE_DEG / 2, LAT - SQUARE_DEG / 2),
    )
    return STATION


def latest(site: Any, source: str) -> dict[str, Any]:
    return site.rows("SELECT * FROM cases_case WHERE source = %s ORDER BY id DESC LIMIT 1", source)[0]


def test_a_courier_scans_taps_and_sends(phone, site, station):
    """Two taps from the scanned code to the receipt; the case reaches the grid of the station by itself."""
    courier = phone.new_page()
    courier.goto(f"/d/{station}")
    courier.click("label.tile:has(input[value=manhole-cover])")
    courier.click("form button.first")
    number = courier.inner_text(".receipt .case-number")
    sent = site.wait_for(number, "dispatched")
    assert (sent["source"], sent["item"], sent["grid_id"]) == ("courier", "manhole-cover", site.town.grid)


def test_a_courier_says_that_it_is_not_here_with_one_tap_more(open_context, site, station):
    courier = open_context(geolocation=ON_THE_WAY, permissions=["geolocation"], **PHONE).new_page()
    courier.goto(f"/way/{station}")
    courier.click("label.tile:has(input[value=street-light])")
    courier.click("button[data-here]")
    courier.wait_for_function("document.querySelector('[name=lon]').value !== ''")
    courier.click("form button.first")
    sent = site.wait_for(courier.inner_text(".receipt .case-number"), "dispatched")
    assert (sent["door_id"], sent["grid_id"]) == (None, site.town.other_grid)


def test_nothing_chosen_is_said_and_nothing_is_lost_without_scripts(without_scripts, station):
    courier = without_scripts.new_page()
    courier.goto(f"/way/{station}")
    courier.click("summary")
    courier.fill("[name=place_words]", "东门外")
    courier.click("form button.first")
    assert courier.locator(".notice[data-tone=alarm], .refusal").count() >= 1
    assert courier.input_value("[name=place_words]") == "东门外"
    courier.click("label.tile:has(input[value=trees])")
    courier.click("form button.first")
    assert courier.is_visible(".receipt .case-number")


def test_a_passer_by_calls_help_and_the_desk_sees_it_first(phone, open_context, enter, site, station):
    """The numbers to dial stand above everything; one button tells desk and grid, with the place."""
    ava = phone.new_page()
    ava.goto(f"/d/{station}")
    ava.click("a.danger")
    dial, button = (
        ava.locator(f"main {each}").first.bounding_box()["y"] for each in ("a[href='tel:120']", "form button")
    )
    assert dial < button
    ava.click("main form button.first >> nth=0")
    number = ava.inner_text(".receipt .case-number")
    told = site.rows(
        "SELECT post_id, page FROM notices_staff_notice WHERE about = %s", f"help/{site.case(number)['id']}"
    )
    assert {row["post_id"] for row in told} >= {site.town.posts["dana"], site.town.posts["chen"]}
    called = site.wait_for(number, "dispatched")
    assert called["urgency"] == "critical"
    dana = enter(open_context(**DESKTOP), "dana")
    dana.goto(f"/desk/cases/{number}/")
    assert "小哥驿站" in dana.inner_text("main")


def test_chen_calls_help_from_the_field_and_a_neighbour_has_no_such_page(open_context, enter, site):
    chen = enter(open_context(**PHONE), "chen")
    chen.goto("/field/")
    chen.click("a[href='/desk/help/']")
    chen.fill("[name=place_words]", "3 号楼一楼")
    chen.click("main form button.first >> nth=0")
    number = latest(site, "hall")["number"]
    assert number in chen.inner_text("main [role=status]")
    ben = enter(open_context(**PHONE), "ben")
    assert ben.goto("/desk/help/").status == 403


def test_dana_writes_for_a_visitor_who_follows_by_the_code(open_context, enter, site, station):
    dana = enter(open_context(**DESKTOP), "dana")
    dana.goto("/desk/counter/")
    dana.fill("[name=words]", "单元门关不上，晚上谁都能进来")
    dana.select_option("[name=door]", label="小哥驿站")
    dana.select_option("[name=who]", "neighbour")
    dana.select_option("[name=why]", "no-phone")
    dana.press("[name=phone]", "Enter")
    number = dana.inner_text(".slip .case-number")
    assert dana.is_visible(".slip-code svg") and dana.is_visible("[data-prints]")
    assert latest(site, "station")["number"] == number
    dana.click("a.first")
    assert dana.input_value("[name=words]") == ""
    dana.goto(f"/desk/cases/{number}/")
    assert "替邻居反映：没有手机或不会用" in dana.text_content("main")
    water = enter(open_context(**DESKTOP), "water")
    assert water.goto("/desk/counter/").status == 403


@pytest.fixture(scope="module")
def speaking(playwright_driver: Any) -> Any:
    """Another browser, whose microphone hears the tone that Chromium makes for tests."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    arguments = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    opened = playwright_driver.chromium.launch(executable_path=chromium, args=arguments)
    yield opened
    opened.close()


def test_ava_says_it_and_dana_hears_it(speaking, open_context, enter, site):
    """Recorded in a real browser, sent without a written word, played at the desk, summed up by who heard it."""
    ava = speaking.new_context(base_url=site.address, locale="zh-CN", permissions=["microphone"], **PHONE).new_page()
    ava.goto("/d/DOOR0001")
    ava.click("[data-record]")
    ava.wait_for_timeout(2500)
    ava.click("[data-stop]")
    ava.wait_for_selector("[data-playback]:not([hidden])")
    ava.click("form.report button.first.big")
    number = ava.inner_text(".receipt .case-number")
    (kept,) = site.rows("SELECT kind, length_s, content FROM cases_sound WHERE case_id = %s", site.case(number)["id"])
    assert kept["kind"] in ("audio/webm", "audio/mp4") and 2 <= kept["length_s"] <= 4
    dana = enter(open_context(**DESKTOP), "dana")
    dana.goto(f"/desk/cases/{number}/")
    played = dana.evaluate(
        """async () => {
            const sound = document.querySelector("audio");
            await new Promise((done, failed) => {
                sound.addEventListener("canplaythrough", done);
                sound.addEventListener("error", () => failed(sound.error.message));
                sound.preload = "auto";
                sound.load();
            });
            return sound.readyState;
        }"""
    )
    assert played == 4
    other = enter(open_context(**DESKTOP), "other_desk")
    address = dana.get_attribute("audio", "src")
    assert other.goto(address).status == 404
