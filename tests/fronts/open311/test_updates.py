"""Updates both ways: how public cases move, and what partners write under theirs."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image
from tests.fronts.open311.conftest import LIGHT

from doorstep.cases.actions import act
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.dispatch import dispatch_by_hand
from doorstep.cases.models import Case, Event, Photo, Said
from doorstep.core import calling
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.fronts.open311 import media


def case_of(number):
    with acting_as(WORKER):
        return Case.objects.get(number=number)


def said(case):
    with acting_as(WORKER):
        return list(Said.objects.filter(case=case.pk).order_by("seq").values_list("words", flat=True))


def sent_by(other):
    (told,) = other.post("v2/requests.json", LIGHT).json()
    advance(at=clock.now())
    return case_of(told["service_request_id"])


def finished(case, town, words="灯泡换好了"):
    """Whoever holds it says that it is done."""
    case = case_of(case.number)
    who = next(name for name, unit in town.units.items() if unit == case.holder_unit_id)
    actor = town.actor(
        {"grid_team": "chen", "community_desk": "dana", "subdistrict_office": "subdistrict"}.get(who, who)
    )
    with acting_as(actor):
        act.take(case.pk, by=actor, at=clock.now())
        act.do(case.pk, words, by=actor, at=clock.now())


def test_without_a_key_one_sees_how_public_cases_moved_and_no_words(stranger, reported, town):
    case = reported()
    finished(case, town)
    rows = stranger.get("v2/servicerequestupdates.json").json()
    assert [row["status"] for row in rows] == ["OPEN", "INVESTIGATING", "IN_PROGRESS", "IN_PROGRESS"]
    assert {row["service_request_id"] for row in rows} == {case.number}
    assert len({row["update_id"] for row in rows}) == 4
    assert "灯泡换好了" not in str(rows)
    assert stranger.get("v2/servicerequestupdates.json", service_request_id=case.number).json() == rows
    read = ElementTree.fromstring(stranger.get("v2/servicerequestupdates.xml").content)
    assert [each.findtext("update_id") for each in read.findall("request_update")] == [r["update_id"] for r in rows]


def test_a_partner_reads_the_answers_to_the_cases_that_it_sent_and_to_no_others(partner, reported, town):
    other, third = partner(), partner("third-city")
    case = sent_by(other)
    reported()
    finished(case, town)
    rows = other.get("v2/servicerequestupdates.json").json()
    assert {row["service_request_id"] for row in rows} == {case.number}
    assert rows[-1]["description"] == "灯泡换好了"
    assert third.get("v2/servicerequestupdates.json").json() == []
    refused = third.get("v2/servicerequestupdates.json", service_request_id=case.number)
    assert refused.status_code == 404


def test_updates_are_asked_for_between_two_moments(partner, town):
    other = partner()
    case = sent_by(other)
    finished(case, town)
    later = (clock.now() + timedelta(minutes=1)).isoformat()
    assert other.get("v2/servicerequestupdates.json", start_date=later).json() == []
    rows = other.get("v2/servicerequestupdates.json", end_date=later).json()
    assert rows
    (last,) = other.get("v2/servicerequestupdates.json", start_date=_precisely(case)).json()
    assert last["update_id"] == rows[-1]["update_id"]
    refused = other.get(
        "v2/servicerequestupdates.json", start_date="2025-01-01T00:00:00Z", end_date="2026-01-01T00:00:00Z"
    )
    assert refused.status_code == 400 and "31" in refused.json()[0]["description"]


def _precisely(case):
    with acting_as(WORKER):
        return Event.objects.filter(case=case.pk).latest("seq").heard_at.isoformat()


def test_what_the_sender_writes_is_a_note_of_the_reporter_once_however_often_it_comes(partner):
    other = partner()
    case = sent_by(other)
    update = {
        "service_request_id": case.number,
        "description": "现在两盏都不亮了",
        "update_id": "u-7",
        "status": "OPEN",
    }
    first, second = (other.post("v2/servicerequestupdates.json", update) for _ in range(2))
    assert first.status_code == 200 and first.json() == second.json()
    assert said(case).count("现在两盏都不亮了") == 1
    with acting_as(WORKER):
        note = Event.objects.get(case=case.pk, move="note")
    assert (note.by_hat, first.json()[0]["update_id"]) == ("reporter", f"{case.number}-{note.seq}")
    read = ElementTree.fromstring(other.post("v2/servicerequestupdates.xml", update).content)
    assert read.findtext("request_update/update_id") == f"{case.number}-{note.seq}"


def test_a_holder_answers_by_a_status_that_ends(partner, reported, town):
    holder = partner("water-works", unit=town.units["water"], org="command")
    case, desk = reported(), town.actor("command")
    with acting_as(desk):
        dispatch_by_hand(case.pk, town.units["water"], by=desk, at=clock.now(), reason="归水务处理")
    note = {"service_request_id": case.number, "description": "明天上门", "status": "ACTION_SCHEDULED"}
    assert holder.post("v2/servicerequestupdates.json", note).status_code == 200
    assert case_of(case.number).state == "dispatched"
    done = {"service_request_id": case.number, "description": "已经换了灯泡", "status": "fixed"}
    assert holder.post("v2/servicerequestupdates.json", done).status_code == 200
    assert (case_of(case.number).state, case_of(case.number).outcome) == ("done", "solved")
    assert {"明天上门", "已经换了灯泡"} <= set(said(case))


def test_nobody_writes_under_a_case_that_is_not_theirs(stranger, partner, reported):
    case = reported()
    update = {"service_request_id": case.number, "description": "x"}
    assert stranger.post("v2/servicerequestupdates.json", update).status_code == 403
    assert partner().post("v2/servicerequestupdates.json", update).status_code == 404
    forged = {**update, "api_key": "doorstep-partner-forged"}
    assert stranger.post("v2/servicerequestupdates.json", forged).status_code == 403
    assert said(case) == ["3号楼王阿姨家门口的路灯不亮"]


def test_whoever_only_hears_of_a_case_or_held_it_once_writes_nothing_under_it(partner, reported, town):
    holder = partner("water-works", unit=town.units["water"], org="command")
    listener = partner("all-ears", org="command", wants_all=True)
    case, desk = reported(), town.actor("command")
    for unit in ("water", "subdistrict_office"):
        with acting_as(desk):
            dispatch_by_hand(case.pk, town.units[unit], by=desk, at=clock.now(), reason="归属调整")
    for other in (holder, listener):
        answer = other.post("v2/servicerequestupdates.json", {"service_request_id": case.number, "description": "x"})
        assert answer.status_code == 409
    assert "x" not in said(case)


@pytest.mark.parametrize(
    ("sent", "status", "names"),
    [
        ({"description": "x"}, 400, "service_request_id"),
        ({"service_request_id": "{case}"}, 400, "description"),
        ({"service_request_id": "nothing", "description": "x"}, 404, "nothing"),
        ({"service_request_id": "{case}", "description": "x", "update_id": "u" * 65}, 400, "update_id"),
        ({"service_request_id": "{case}", "description": "x", "updated_datetime": "soon"}, 400, "updated_datetime"),
        ({"service_request_id": "{case}", "description": "很" * 2001}, 400, "description"),
        ({"service_request_id": "{case}", "description": "x", "media_url": "http://10.0.0.1/"}, 400, "media_url"),
    ],
)
def test_an_update_that_cannot_be_taken_is_refused_by_its_name(partner, sent, status, names):
    other = partner()
    case = sent_by(other)
    answer = other.post(
        "v2/servicerequestupdates.json", {key: value.replace("{case}", case.number) for key, value in sent.items()}
    )
    assert answer.status_code == status and names in answer.json()[0]["description"]


# Pictures -------------------------------------------------------------------------------------------------------------


def picture():
    kept = BytesIO()
    Image.new("RGB", (60, 40), "red").save(kept, "PNG")
    kept.seek(0)
    kept.name = "lamp.png"
    return kept


def test_pictures_come_with_the_form_and_are_made_anew(stranger):
    (told,) = stranger.post("v2/requests.json", {**LIGHT, "media": [picture(), picture()]}).json()
    with acting_as(WORKER):
        kept = Photo.objects.filter(case__number=told["service_request_id"])
        assert [bytes(each.image[8:12]) for each in kept] == [b"WEBP", b"WEBP"]
    refused = stranger.post("v2/requests.json", {**LIGHT, "media": BytesIO(b"GIF89a nothing")})
    assert refused.status_code == 400
    assert stranger.post("v2/requests.json", {**LIGHT, "media": [picture() for _ in range(4)]}).status_code == 400


def test_for_a_stranger_no_address_is_called_and_the_link_is_kept(stranger, monkeypatch):
    monkeypatch.setattr(media, "call", lambda *asked, **how: pytest.fail("A stranger's address was called."))
    link = "https://example.org/lamp.jpg"
    (told,) = stranger.post("v2/requests.json", {**LIGHT, "media_url": link}).json()
    assert link in said(case_of(told["service_request_id"]))[0]


def test_a_partners_picture_is_fetched_within_bounds_and_kept_as_ours(partner, monkeypatch):
    asked = []

    def house(method, url, **how):
        asked.append((method, url, how["total_s"], how["most_bytes"]))
        return calling.Answered(200, picture().getvalue())

    monkeypatch.setattr(media, "call", house)
    (told,) = partner().post("v2/requests.json", {**LIGHT, "media_url": "https://example.org/lamp.png"}).json()
    assert asked == [("GET", "https://example.org/lamp.png", 5.0, 10 * 1024 * 1024 + 1)]
    with acting_as(WORKER):
        assert Photo.objects.filter(case__number=told["service_request_id"]).count() == 1
    assert said(case_of(told["service_request_id"])) == [LIGHT["description"]]


@pytest.mark.parametrize(
    "answer",
    [
        calling.Answered(200, b"<html>not a picture</html>"),
        calling.Answered(302, b""),
        calling.Answered(200, b"\x89PNG\r\n" + b"0" * 99),
        calling.NotReached("too slow"),
    ],
)
def test_what_is_no_picture_stays_a_link(partner, monkeypatch, answer):
    def house(*asked, **how):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(media, "call", house)
    (told,) = partner().post("v2/requests.json", {**LIGHT, "media_url": "https://example.org/lamp.png"}).json()
    assert "https://example.org/lamp.png" in said(case_of(told["service_request_id"]))[0]


def test_a_name_that_leads_inside_is_refused_when_it_is_looked_up(partner, monkeypatch):
    import socket

    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *asked, **how: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.1.2.3", 80))]
    )
    refused = partner().post("v2/requests.json", {**LIGHT, "media_url": "http://harmless.example/lamp.png"})
    assert refused.status_code == 400 and "media_url" in refused.json()[0]["description"]
