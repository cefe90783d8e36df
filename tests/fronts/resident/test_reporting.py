"""Ava reports something from her phone, and nothing but a sentence is asked of her."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from PIL import Image
from tests.town import LAT, LON, SQUARE_DEG

from doorstep.areas.models import Area
from doorstep.cases.actions.advance import advance
from doorstep.cases.models import Case, Contact, Event, Photo, Said
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.fronts import limits


@pytest.fixture(autouse=True)
def nobody_has_reported_yet(monkeypatch):
    for name in ("_devices", "_addresses", "_questions"):
        monkeypatch.setattr(limits, name, limits.Allowance(1000))


@pytest.fixture
def ava(town) -> Client:
    return Client()


def sent(client: Client, **answers: object):
    return client.post("/report/", {"words": "楼道里的灯不亮了", "seen": "yes", **answers})


def the_only_case() -> Case:
    with acting_as(WORKER):
        return Case.objects.get()


def a_picture() -> BytesIO:
    picture = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Ava's phone"
    Image.new("RGB", (64, 48), "green").save(picture, "JPEG", exif=exif)
    picture.name = "lamp.jpg"
    picture.seek(0)
    return picture


def test_one_sentence_is_enough(ava):
    answer = sent(ava)
    assert answer.status_code == 303
    receipt = ava.get(answer["Location"])
    case = the_only_case()
    assert case.number in receipt.content.decode()
    assert case.place_words == "" and case.item == ""


def test_nobody_needs_a_script(ava):
    page = ava.post("/report/", {"words": "楼道里的灯不亮了"})
    assert page.status_code == 200
    with acting_as(WORKER):
        assert not Case.objects.exists()
    fields = dict(re.findall(r'name="(form|seen)" value="([^"]*)"', page.content.decode()))
    assert sent(ava, **fields).status_code == 303


def test_the_same_form_sent_twice_makes_one_case(ava):
    form = re.search(r'name="form" value="([^"]+)"', ava.get("/report/").content.decode())[1]
    first, second = sent(ava, form=form), sent(ava, form=form)
    assert first["Location"] == second["Location"]
    the_only_case()


def test_other_words_from_the_same_form_are_another_case(ava):
    form = re.search(r'name="form" value="([^"]+)"', ava.get("/report/").content.decode())[1]
    assert sent(ava, form=form)["Location"] != sent(ava, form=form, words="井盖也坏了")["Location"]


def test_two_people_who_write_the_same_are_two_cases(ava):
    for client in (ava, Client()):
        form = re.search(r'name="form" value="([^"]+)"', client.get("/report/").content.decode())[1]
        sent(client, form=form)
    with acting_as(WORKER):
        assert Case.objects.count() == 2


def test_the_code_on_a_door_says_where_it_is(ava, town):
    page = ava.get("/d/DOOR0001").content.decode()
    assert "1 号楼" in page and 'name="door" value="DOOR0001"' in page
    sent(ava, door="DOOR0001")
    case = the_only_case()
    assert (case.door_id, case.community_id) == (town.door, town.community)


def test_a_code_that_nobody_knows_is_said_to_be_unknown_and_the_form_is_there_all_the_same(ava):
    page = ava.get("/d/NOSUCH")
    assert page.status_code == 404
    assert "已经停用" in page.content.decode() and 'name="words"' in page.content.decode()


def test_a_pin_and_a_community_are_kept_with_the_case(ava, town):
    sent(ava, pin="119.401,32.199", accuracy="12", community=str(town.community), place_words="三号楼后面")
    case = the_only_case()
    assert (case.lon, case.lat, case.community_id, case.place_words) == (119.401, 32.199, town.community, "三号楼后面")


@pytest.mark.parametrize("pin", ["", "here", "1,2,3", "500,10", "nan,nan"])
def test_a_pin_that_is_nowhere_is_no_pin(ava, pin):
    assert sent(ava, pin=pin).status_code == 303
    assert the_only_case().lon is None


def test_what_ava_corrects_is_kept(ava):
    sent(ava, item="street-light", urgency="urgent")
    case = the_only_case()
    assert (case.item, case.urgency) == ("street-light", "urgent")


def test_items_and_urgencies_that_there_are_not_count_as_not_chosen(ava):
    assert sent(ava, item="dragons", urgency="yesterday", community="999999").status_code == 303
    case = the_only_case()
    assert (case.item, case.urgency, case.community_id) == ("", "", None)


def test_a_contact_is_kept_with_the_day_on_which_it_is_erased(ava):
    sent(ava, phone="138 0000-0000", email="ava@example.org")
    with acting_as(WORKER):
        contact = Contact.objects.get()
    assert (contact.phone, contact.email, contact.language) == ("13800000000", "ava@example.org", "zh")
    assert contact.erase_on > clock.today() + timedelta(days=300)


@pytest.mark.parametrize("wrong", [{"email": "ava@"}, {"email": "a@b.c\r\nBcc: x@y.z"}, {"phone": "call me"}])
def test_a_contact_that_reaches_nobody_is_refused_and_what_was_written_stays(ava, wrong):
    page = sent(ava, **wrong)
    assert page.status_code == 422
    assert "楼道里的灯不亮了" in page.content.decode()
    with acting_as(WORKER):
        assert not Case.objects.exists()


def test_without_a_word_there_is_nothing_to_report(ava):
    assert sent(ava, words="  ").status_code == 422


def test_photos_are_made_anew_without_what_they_tell_of_the_phone(ava):
    assert sent(ava, photo=[a_picture(), a_picture()]).status_code == 303
    with acting_as(WORKER):
        photos = list(Photo.objects.all())
    assert len(photos) == 2
    with Image.open(BytesIO(bytes(photos[0].image))) as kept:
        assert kept.format == "WEBP" and not kept.getexif()


def test_a_whole_album_is_refused_in_words_and_what_she_wrote_is_still_there(ava):
    answer = sent(ava, photo=[a_picture() for _ in range(9)])
    assert answer.status_code == 422
    assert "楼道里的灯不亮了" in answer.content.decode()


def test_a_fourth_photo_and_a_file_that_is_no_photo_are_refused(ava):
    assert sent(ava, photo=[a_picture() for _ in range(4)]).status_code == 422
    text = BytesIO(b"#!/bin/sh")
    text.name = "photo.jpg"
    assert sent(ava, photo=[text]).status_code == 422


def test_a_danger_is_told_to_dial_while_writing_and_on_the_receipt(ava):
    said = ava.post("/report/propose/", {"words": "三楼着火了"}).content.decode()
    assert "tel:119" in said
    receipt = ava.get(sent(ava, words="三楼着火了")["Location"]).content.decode()
    assert "tel:119" in receipt and "call-now" in receipt


def test_a_dark_lamp_is_not_told_to_dial(ava):
    assert "call-now" not in ava.post("/report/propose/", {"words": "路灯不亮"}).content.decode()


def test_a_door_that_is_named_in_the_words_is_proposed(ava):
    assert "DOOR0001" in ava.post("/report/propose/", {"words": "1号楼门口的灯不亮"}).content.decode()


def test_a_pin_is_answered_with_its_community(ava):
    assert "示例1社区" in ava.post("/report/propose/", {"words": "灯", "pin": "119.401,32.199"}).content.decode()


@pytest.mark.parametrize(("lang", "said"), [("zh", "第1网格1号微网格"), ("en", "Grid 1, micro-grid 1")])
def test_a_pin_is_answered_with_a_name_and_not_with_seventeen_digits(ava, town, lang, said):
    with acting_as(WORKER):
        Area.objects.filter(pk=town.microgrids[0]).update(name="第1网格1号微网格")
    ava.cookies["lang"] = lang
    proposal = ava.post("/report/propose/", {"words": "灯", "pin": "119.401,32.199"}).content.decode()
    assert said in proposal
    assert not re.search(r"\d{15}", proposal)


def test_what_was_written_is_never_markup(ava):
    sent(ava, words="<script>alert(1)</script> 灯坏了", place_words="<b>")
    page = ava.post("/report/", {"words": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


SIGNS_OF_NO_KEYBOARD = "灯\x00坏\x1b了"


def test_signs_that_no_keyboard_has_are_left_out_of_a_report(ava):
    assert sent(ava, words=SIGNS_OF_NO_KEYBOARD, place_words="楼\x00后").status_code == 303
    case = the_only_case()
    with acting_as(WORKER):
        assert Said.objects.get(case=case).words == "灯坏了"
    assert case.place_words == "楼后"


@pytest.mark.parametrize("field", ["words", "place_words", "door", "community", "pin", "accuracy"])
@pytest.mark.parametrize("odd", ["\x00", "9" * 5000, "²"])
def test_no_answer_is_so_odd_that_a_proposal_or_a_form_breaks(ava, field, odd):
    answers = {"words": "灯坏了", field: odd}
    assert ava.post("/report/propose/", answers).status_code == 200
    assert ava.post("/report/", answers).status_code in (200, 404, 422)
    assert sent(ava, **answers).status_code in (303, 404, 422)


@pytest.mark.parametrize(
    "query", ["report/?door=%00", "map/roads/?community=" + "9" * 5000, "map/roads/?community=%C2%B2"]
)
def test_no_address_is_so_odd_that_a_public_page_breaks(ava, query):
    assert ava.get(f"/{query}").status_code == 404


def test_two_thousand_signs_are_taken_however_their_lines_are_parted(ava):
    assert sent(ava, words="灯坏了\r\n" * 500).status_code == 303


def test_a_report_takes_few_statements(ava, town):
    with CaptureQueriesContext(connection) as asked:
        sent(ava, door="DOOR0001", phone="13800000000", form="x" * 24)
    assert len(asked) <= 12


def test_too_many_reports_from_one_device_are_turned_away_with_their_words_kept(ava, monkeypatch):
    monkeypatch.setattr(limits, "_devices", limits.Allowance(2))
    ava.get("/report/")
    assert [sent(ava, words=f"第{n}盏灯坏了").status_code for n in range(3)] == [303, 303, 429]
    page = sent(ava, words="第9盏灯坏了")
    assert int(page["Retry-After"]) > 0 and "第9盏灯坏了" in page.content.decode()


def test_one_address_is_bounded_whatever_its_cookies_say(town, monkeypatch):
    monkeypatch.setattr(limits, "_addresses", limits.Allowance(3))
    assert [sent(Client(), words=f"第{n}盏灯").status_code for n in range(4)] == [303, 303, 303, 429]


def test_a_form_from_elsewhere_is_refused(town):
    strict = Client(enforce_csrf_checks=True)
    assert sent(strict).status_code == 403


def test_the_complaints_box_opens_a_case_that_knows_its_page(ava):
    page = ava.get("/complaints/?from=resident-report").content.decode()
    assert 'name="page" value="resident-report"' in page
    answer = ava.post("/complaints/", {"words": "字太小", "item": "about-this-service", "page": "resident-report"})
    assert answer.status_code == 303
    case = the_only_case()
    with acting_as(WORKER):
        facts = Event.objects.get(case=case).facts
        assert Said.objects.get(case=case).words == "字太小"
    assert case.item == "about-this-service" and facts["page"] == "resident-report"


def test_the_complaints_box_keeps_no_address_that_could_hold_a_link(ava):
    assert 'name="page" value=""' in ava.get("/complaints/?from=/c/secret/").content.decode()


def test_a_pin_on_a_border_still_reaches_the_desk_of_its_community(ava, town):
    sent(ava, pin=f"{LON + SQUARE_DEG:.6f},{LAT - SQUARE_DEG / 2:.6f}")
    advance(at=clock.now())
    case = the_only_case()
    assert (case.question, case.community_id, case.microgrid_id) == ("where", town.community, None)


def test_the_map_is_drawn_on_our_own_ground(ava, town):
    for layer in ("roads", "water", "green", "buildings"):
        answer = ava.get(f"/map/{layer}/?community={town.community}")
        assert answer.status_code == 200 and answer.json()["type"] == "FeatureCollection"
    assert ava.get("/map/people/?community=1").status_code == 404
    assert ava.get("/map/roads/?community=x").status_code == 404


@pytest.mark.parametrize("path", ["/", "/report/", "/complaints/", "/find/", "/d/DOOR0001"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_has_one_heading_names_its_language_and_labels_its_fields(ava, path, lang):
    ava.cookies["lang"] = lang
    page = ava.get(path).content.decode()
    assert page.count("<h1") == 1 and f'<html lang="{"en" if lang == "en" else "zh-CN"}"' in page
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
    asked = re.findall(r'<(?:input|textarea|select)(?![^>]*type="(?:hidden|radio|checkbox)")[^>]*\bid="([^"]+)"', page)
    assert set(asked) <= labelled


def test_the_outbox_is_only_there_in_the_demo(ava):
    assert ava.get("/demo/outbox/").status_code == 404
    with override_settings(IS_DEMO=True):
        assert ava.get("/demo/outbox/").status_code == 200
