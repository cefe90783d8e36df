"""Ava reports what she sees at her door, with nothing but a sentence, and follows it by its link."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from tests.cases.rules.test_sound import webm

pytestmark = pytest.mark.journey

SENT = "楼道里堆满了杂物，走路都困难"


def report(page: Any, words: str, start: str = "/report/") -> str:
    """Write and send; the case's number."""
    page.goto(start)
    page.fill("#field-words", words)
    page.click("form.report button.first")
    return page.inner_text(".case-number").strip()


def test_ava_writes_a_sentence_and_is_shown_what_it_is_taken_for(screen, site):
    page = screen.new_page()
    page.goto("/report/")
    page.fill("#field-words", SENT)
    proposal = page.wait_for_selector(".proposal")
    assert "楼道" in proposal.inner_text() and "一般" in proposal.inner_text()
    page.click("form.report button.first")
    number = page.inner_text(".case-number").strip()
    assert site.case(number)["state"] in {"reported", "classified", "dispatched"}


def test_ava_scans_the_door_and_the_case_finds_its_grid_by_itself(phone, site):
    number = report(phone.new_page(), SENT, start="/d/DOOR0001")
    case = site.wait_for(number, "dispatched")
    assert case["grid_id"] == site.town.grid and case["holder_unit_id"] == site.town.units["grid_team"]


def test_ava_follows_adds_something_and_takes_it_back(screen, site):
    page = screen.new_page()
    number = report(page, SENT, start="/d/DOOR0001")
    site.wait_for(number, "dispatched")
    page.goto(page.input_value("#follow-link"))
    life = page.inner_text(".life")
    assert SENT in life and "示例grid_team" in life
    page.fill("#note textarea", "主要在三楼")
    page.click("#note button")
    assert "主要在三楼" in page.inner_text(".life")
    page.click("#withdraw button")
    assert site.wait_for(number, "withdrawn")["is_open"] is False


def test_ava_is_told_to_dial_before_she_has_sent_anything(phone):
    page = phone.new_page()
    page.goto("/report/")
    page.fill("#field-words", "三楼着火了，有人没出来")
    call = page.wait_for_selector(".call-now")
    assert {link.get_attribute("href") for link in call.query_selector_all("a")} == {"tel:110", "tel:119", "tel:120"}


def test_ava_presses_twice_and_goes_back_and_presses_again(desktop, site):
    page = desktop.new_page()
    page.goto("/report/")
    page.fill("#field-words", "二单元的门关不上了")
    page.dblclick("form.report button.first")
    number = page.inner_text(".case-number").strip()
    page.go_back()
    page.click("form.report button.first")
    assert page.inner_text(".case-number").strip() == number
    assert len(site.rows("SELECT 1 FROM cases_said WHERE words = %s", "二单元的门关不上了")) == 1


def test_ava_has_no_scripts_and_is_asked_whether_it_is_right(without_scripts, site):
    page = without_scripts.new_page()
    page.goto("/report/")
    page.fill("#field-words", SENT)
    page.click("button.first")
    assert page.is_visible(".proposal")
    page.select_option("#field-item", "street-light")
    page.click("button.first")
    assert site.case(page.inner_text(".case-number").strip())["item"] == "street-light"


def test_ava_without_scripts_is_told_to_attach_once_more_and_nothing_is_lost(without_scripts, site):
    photo, note = attachments()
    page = without_scripts.new_page()
    page.goto("/report/")
    page.fill("#field-words", SENT)
    page.set_input_files("#field-photo", photo)
    page.set_input_files("#field-sound", note)
    page.click("button.first")
    assert page.is_visible(":text('照片没有保留下来')") and page.is_visible(":text('语音没有保留下来')")
    page.set_input_files("#field-photo", photo)
    page.set_input_files("#field-sound", note)
    page.click("button.first")
    number = page.inner_text(".case-number").strip()
    for table in ("cases_photo", "cases_sound"):
        kept = f"SELECT 1 FROM {table} p JOIN cases_case c ON c.id = p.case_id WHERE c.number = %s"
        assert len(site.rows(kept, number)) == 1


def attachments() -> tuple[dict[str, Any], dict[str, Any]]:
    """A picture and four seconds of sound, as a browser takes them."""
    picture = BytesIO()
    Image.new("RGB", (64, 48), "green").save(picture, "JPEG")
    return (
        {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()},
        {"name": "note.webm", "mimeType": "audio/webm", "buffer": webm(4)},
    )


def test_ava_says_where_she_is_only_when_she_presses_the_button(open_context, site):
    context = open_context(geolocation={"longitude": 119.401, "latitude": 32.199}, permissions=["geolocation"])
    page = context.new_page()
    page.goto("/report/")
    page.fill("#field-words", "这里的路灯不亮")
    page.wait_for_selector(".proposal")
    assert page.input_value("[name=pin]") == ""
    page.click("[data-here]")
    page.wait_for_selector(".proposal :text('示例1社区')")
    page.click("form.report button.first")
    case = site.case(page.inner_text(".case-number").strip())
    assert (round(case["lon"], 3), round(case["lat"], 3)) == (119.401, 32.199)


def test_ava_asks_for_the_map_and_only_then_it_comes(desktop):
    page = desktop.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/report/", wait_until="networkidle")
    assert not [url for url in asked if "maplibre" in url or "map." in url]
    page.click("[data-shows=report-map]")
    page.wait_for_selector("#report-map[data-ready]")
    assert [url for url in asked if "maplibre" in url]


def test_ava_reads_and_writes_english_with_larger_letters(phone):
    page = phone.new_page()
    page.goto("/")
    page.click("[name=lang][value=en]")
    page.click(".to-elder")
    page.click("a.button.first")
    assert page.inner_text("h1") == "What is the matter?"
    assert float(re.sub("[^0-9.]", "", page.evaluate("getComputedStyle(document.body).fontSize"))) >= 18


def test_ava_complains_about_the_page_she_is_on(phone, site):
    page = phone.new_page()
    page.goto("/report/")
    page.click(".foot a.strong")
    page.fill("#field-words", "字太小，看不清")
    page.click("button.first")
    case = site.case(page.inner_text(".case-number").strip())
    event = site.rows("SELECT facts FROM cases_event WHERE case_id = %s AND seq = 1", case["id"])[0]
    assert case["item"] == "about-this-service" and event["facts"]["page"] == "resident-report"


def test_ava_erases_her_phone_number(phone, site):
    page = phone.new_page()
    page.goto("/report/")
    page.fill("#field-words", SENT)
    page.fill("#field-phone", "13800001234")
    page.click("form.report button.first")
    case = site.case(page.inner_text(".case-number").strip())
    page.goto(page.input_value("#follow-link"))
    assert "138****1234" in page.inner_text("#contact")
    page.click("#contact form[action$='/erase/'] button")
    assert "已删除" in page.inner_text(".notice[data-tone=done]")
    assert site.rows("SELECT 1 FROM cases_contact WHERE case_id = %s", case["id"]) == []
