"""Ava's housing app reports for her: one sentence, no account."""

from __future__ import annotations

import base64
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from tests.fronts.open.conftest import statements
from tests.town import LAT, LON, SQUARE_DEG, Town

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report
from doorstep.cases.actions.report import report as write_report
from doorstep.cases.models import Case, Contact, Event, Photo
from doorstep.core.access import WORKER, acting_as
from doorstep.core.geometry import Datum, Point
from doorstep.core.time import clock
from doorstep.fronts import limits

WORDS = "三号楼门口的路灯不亮了"
MIDDLE = (LON + SQUARE_DEG / 2, LAT - SQUARE_DEG / 2)


def the_case() -> Case:
    with acting_as(WORKER):
        return Case.objects.select_related("community").get()


def test_one_sentence_is_enough(program: Callable[..., Any]) -> None:
    answer = program().post("reports", {"words": WORDS})
    assert answer.status_code == 201
    assert answer.json()["number"] == the_case().number
    assert answer.json()["link"].endswith(f"/c/{answer.json()['token']}/")


def test_the_token_follows_the_case(program: Callable[..., Any]) -> None:
    ava = program()
    token = ava.post("reports", {"words": WORDS}).json()["token"]
    life = ava.get(f"followed/{token}").json()
    assert life["state"] == "reported"
    assert [step["words"] for step in life["life"]] == [WORDS]


@pytest.mark.parametrize("datum", [None, *Datum])
def test_a_point_is_kept_in_wgs84_whatever_its_datum(program: Callable[..., Any], datum: Datum | None) -> None:
    there = Point(*MIDDLE).to(datum or Datum.WGS84)
    point = {"lon": there.lon, "lat": there.lat, "accuracy_m": 12.5} | ({"datum": datum.lower()} if datum else {})
    assert program().post("reports", {"words": WORDS, "place": {"point": point}}).status_code == 201
    case = the_case()
    assert (case.lon, case.lat) == pytest.approx(MIDDLE, abs=1e-6)


def test_a_point_with_an_unknown_datum_is_refused_with_the_names_that_are_known(program: Callable[..., Any]) -> None:
    place = {"point": {"lon": 119.4, "lat": 32.2, "datum": "mars"}}
    answer = program(lang="en").post("reports", {"words": WORDS, "place": place})
    assert answer.status_code >= 400
    assert "GCJ02" in answer.json()["try_this"]


def test_a_door_says_the_community(program: Callable[..., Any], town: Town) -> None:
    assert program().post("reports", {"words": WORDS, "place": {"door": "DOOR0001"}}).status_code == 201
    assert (the_case().door_id, the_case().community_id) == (town.door, town.community)


def test_a_door_that_there_is_not_is_refused_and_nothing_is_written(program: Callable[..., Any]) -> None:
    answer = program().post("reports", {"words": WORDS, "place": {"door": "NOWHERE1"}})
    assert (answer.status_code, answer.json()["where"]) == (422, "place.door")
    with acting_as(WORKER):
        assert not Case.objects.exists()


def test_a_community_by_its_code(program: Callable[..., Any], town: Town) -> None:
    place = {"community": "321102001001", "words": "小区东门"}
    assert program().post("reports", {"words": WORDS, "place": place}).status_code == 201
    assert (the_case().community_id, the_case().place_words) == (town.community, "小区东门")


def test_a_contact_is_kept_beside_the_case(program: Callable[..., Any], town: Town) -> None:
    contact = {"phone": "138 0000 0000", "language": "en"}
    assert program().post("reports", {"words": WORDS, "contact": contact}).status_code == 201
    from doorstep.core.access import follower_of

    with acting_as(follower_of(the_case().pk)):
        kept = Contact.objects.get()
    assert (kept.phone, kept.language) == ("13800000000", "en")


def test_an_address_to_which_nobody_can_write_is_refused_by_its_field(program: Callable[..., Any]) -> None:
    answer = program().post("reports", {"words": WORDS, "contact": {"email": "not an address"}})
    assert (answer.status_code, answer.json()["where"]) == (422, "email")


def picture() -> str:
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def test_a_photo_is_made_anew_and_shown_to_the_reporter_only(program: Callable[..., Any]) -> None:
    ava = program()
    token = ava.post("reports", {"words": WORDS, "photos": [picture()]}).json()["token"]
    (name,) = ava.get(f"followed/{token}").json()["photos"]
    shown = ava.get(f"followed/{token}/photos/{name}")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert ava.get(f"photos/{name}").status_code == 401


@pytest.mark.parametrize("photo", ["not base64!", base64.b64encode(b"not a picture").decode()])
def test_what_is_no_picture_is_refused_and_nothing_is_written(program: Callable[..., Any], photo: str) -> None:
    answer = program().post("reports", {"words": WORDS, "photos": [photo]})
    assert (answer.status_code, answer.json()["where"]) == (422, "photos.0")
    with acting_as(WORKER):
        assert not Photo.objects.exists()
        assert not Case.objects.exists()


def test_the_same_key_with_the_same_report_is_one_report(program: Callable[..., Any]) -> None:
    key = {"Idempotency_Key": "a-key-of-the-housing-app-0001"}
    first, second = (program().post("reports", {"words": WORDS}, **key).json() for _ in range(2))
    assert first["number"] == second["number"]
    other = program().post("reports", {"words": f"{WORDS}！"}, **key).json()
    assert other["number"] != first["number"]


def test_a_key_that_somebody_else_may_choose_too_is_refused(program: Callable[..., Any]) -> None:
    answer = program().post("reports", {"words": WORDS}, Idempotency_Key="1")
    assert (answer.status_code, answer.json()["where"]) == (422, "Idempotency-Key")


def test_danger_is_answered_with_the_number_to_call(program: Callable[..., Any]) -> None:
    answer = program(lang="en").post("reports", {"words": "厨房里有煤气味，很浓"}).json()
    assert "119" in answer["call_now"] or "110" in answer["call_now"]
    assert program().post("reports", {"words": WORDS}).json()["call_now"] is None


@pytest.mark.parametrize(
    ("sent", "where"),
    [
        ({}, "words"),
        ({"words": 3}, "words"),
        ({"words": "x" * 2001}, "words"),
        ({"words": "  "}, "words"),
        ({"words": WORDS, "unheard": 1}, "unheard"),
        ({"words": WORDS, "place": {"point": {"lon": 200, "lat": 32}}}, "place.point.lon"),
        ({"words": WORDS, "urgency": "now"}, "urgency"),
        ({"words": WORDS, "item": "no-such-item"}, "item"),
        ({"words": WORDS, "photos": ["", "", "", ""]}, "photos"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_be_used_is_said_in_words_with_its_field(
    program: Callable[..., Any], sent: dict[str, Any], where: str, lang: str
) -> None:
    answer = program(lang=lang).post("reports", sent)
    assert (answer.status_code, answer.json()["where"]) == (422, where)
    assert answer.json()["refused"]
    assert answer.json()["try_this"]
    assert lang == "en" or any("\u4e00" <= sign <= "\u9fff" for sign in answer.json()["refused"])


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[]", b"null", b'"words"', b""])
def test_what_is_no_json_object_is_refused_without_a_trace(program: Callable[..., Any], body: bytes) -> None:
    answer = program().post("reports", body)
    assert answer.status_code in (400, 422)
    assert answer.json()["refused"]


def test_signs_that_no_keyboard_has_are_left_out(program: Callable[..., Any]) -> None:
    token = program().post("reports", {"words": "灯\x00坏了\x07"}).json()["token"]
    assert program().get(f"followed/{token}").json()["life"][0]["words"] == "灯坏了"


def test_a_name_loses_the_signs_that_mislead(program: Callable[..., Any]) -> None:
    said = {"words": WORDS, "contact": {"name": "王\x00\u202e小明", "phone": "13800000000"}}
    assert program().post("reports", said).status_code == 201
    with acting_as(WORKER):
        assert Contact.objects.get(case=the_case()).name == "王小明"


def test_too_many_reports_of_one_address_wait(program: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_addresses", limits.Allowance(1))
    assert program().post("reports", {"words": WORDS}).status_code == 201
    answer = program().post("reports", {"words": WORDS})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600


def test_a_report_takes_few_statements(program: Callable[..., Any]) -> None:
    place = {"point": {"lon": MIDDLE[0], "lat": MIDDLE[1]}, "words": "东门"}
    with statements() as asked:
        program().post("reports", {"words": WORDS, "place": place, "contact": {"phone": "13800000000"}})
    assert len(asked) <= 12
    # The session is not looked for, and nothing is asked but the next number.
    assert not [each for each in asked if "staff_session" in each]


def test_a_cookie_opens_nothing(program: Callable[..., Any], town: Town) -> None:
    from tests.visiting import signed_in

    dana = signed_in(town, "dana")
    assert dana.get("/api/v1/cases").status_code == 401
    assert dana.get("/desk/").status_code == 200


def test_a_proposal_names_item_urgency_promise_and_place(program: Callable[..., Any]) -> None:
    point = {"lon": MIDDLE[0], "lat": MIDDLE[1]}
    said = {"words": "楼道里堆满了杂物", "item": "stairwell-rubbish", "place": {"point": point}}
    proposal = program().post("proposals", said).json()
    assert proposal["item"]["item"] == "stairwell-rubbish"
    assert proposal["item"]["promise"]["first_contact_by"] < proposal["item"]["promise"]["finish_by"]
    assert proposal["place"]["microgrid"] == "32110200100100101"
    with acting_as(WORKER):
        assert not Event.objects.exists()


def test_a_door_named_in_the_words_is_proposed(program: Callable[..., Any]) -> None:
    proposal = program().post("proposals", {"words": "1 号楼门口的灯坏了"}).json()
    assert proposal["place"]["door"] == "DOOR0001"


HERE = {"point": {"lon": MIDDLE[0], "lat": MIDDLE[1]}}
DARK = {"words": "门口的路灯不亮了，一片漆黑", "item": "street-light", "place": HERE}


def reported_and_classified(words: str = WORDS, item: str = "street-light") -> None:
    write_report(Report(words, Place(lon=MIDDLE[0], lat=MIDDLE[1]), item=item), at=clock.now())
    advance(at=clock.now())


def test_the_answer_tells_what_was_made_of_a_report_when_asked(program: Callable[..., Any]) -> None:
    reported_and_classified()
    with statements() as asked:
        answer = program().post("reports", {**DARK, "propose": True})
    proposal = answer.json()["proposal"]
    assert (answer.status_code, proposal["item"]["item"]) == (201, "street-light")
    assert proposal["place"]["microgrid"] == "32110200100100101"
    # Ava's case, and not the one that this report has just become.
    assert [(each["item"], each["asked_by"]) for each in proposal["similar"]] == [("street-light", 1)]
    assert len(asked) <= 12
    assert program().post("reports", DARK).json()["proposal"] is None


def test_a_report_with_an_offer_becomes_a_voice(program: Callable[..., Any]) -> None:
    reported_and_classified()
    (similar,) = program().post("proposals", DARK).json()["similar"]
    token = program().post("reports", {**DARK, "join": similar["join"]}).json()["token"]
    assert program().get(f"followed/{token}").json()["state"] == "merged"
    (after,) = program().post("proposals", DARK).json()["similar"]
    assert after["asked_by"] == 2


def test_an_offer_that_is_none_of_ours_is_refused_and_nothing_is_written(program: Callable[..., Any]) -> None:
    answer = program().post("reports", {**DARK, "join": "1"})
    assert (answer.status_code, answer.json()["where"]) == (422, "join")
    with acting_as(WORKER):
        assert not Case.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"place": {}}, {"words": "门口的路灯漏电，有人触电了"}, {"words": "   "}],
    ids=["nowhere", "danger", "nothing"],
)
def test_nothing_is_offered_to_nowhere_in_danger_or_without_words(
    program: Callable[..., Any], change: dict[str, Any]
) -> None:
    reported_and_classified()
    assert program().post("proposals", DARK).json()["similar"]
    assert program().post("proposals", {**DARK, **change}).json()["similar"] == []
