"""Programs mediate as the pages do: a desk asks, a mediator leads, each party acts by a link of their own."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.fronts.open.conftest import Program
from tests.mediating import AVA, BEN, MATTER, TERMS, Room, a_hand, a_mediator, a_room
from tests.town import Town
from tests.visiting import begin_session

from doorstep.core.access import GATE, WORKER, acting_as
from doorstep.core.access.links import party_token
from doorstep.core.time import clock
from doorstep.mediation.models import Party
from doorstep.staff.models import Account

PICTURE = base64.b64encode(a_hand()).decode()
PARTIES = [{"name": AVA.name, "phone": AVA.phone}, {"name": BEN.name, "email": BEN.email}]


@pytest.fixture
def tokens() -> Callable[[int], dict[int, str]]:
    """The links of all parties to a mediation, by their numbers."""

    def made(mediation: int) -> dict[int, str]:
        with acting_as(WORKER):
            parties = list(Party.objects.filter(mediation=mediation).values_list("number", "pk", "turn"))
        return {number: party_token(key, turn, at=clock.now()) for number, key, turn in parties}

    return made


@pytest.fixture
def room(town: Town) -> Room:
    return a_room(town)


@pytest.fixture
def eve(town: Town) -> Program:
    """The mediator's own program."""
    mediator = a_mediator(town)
    with acting_as(GATE):
        account = Account.objects.get(pk=mediator.account)
    return Program(begin_session(account, second_factor=True, at=clock.now()))


def terms() -> list[dict[str, Any]]:
    day = clock.now().date() + timedelta(days=10)
    return [{"who": int(who), "what": what, "until": day.isoformat()} for who, what, _ in TERMS]


def test_two_flats_agree_without_a_page_being_opened(town, program, tokens, eve):
    dana, anybody, who = program("dana"), program(), a_mediator(town).account
    asked = dana.post("mediations", {"matter": MATTER, "parties": PARTIES, "community": "321102001001"})
    assert asked.status_code == 201
    at = f"mediations/{asked.json()['id']}"
    (choice,) = [each for each in dana.get(f"{at}/mediators").json() if each["account"] == who]
    assert dana.post(f"{at}/propose", {"mediator": choice["account"]}).json()["mediator"] == choice["name"]
    assert eve.post(f"{at}/accept", {"tie": "none"}).status_code == 200
    link = tokens(asked.json()["id"])
    for number in (1, 2):
        own = anybody.post(f"parties/{link[number]}/consent", {"to_mediation": True, "to_mediator": True}).json()
        assert own["me"] == number
    assert own["state"] == "running"
    drawn = eve.post(f"{at}/agreement", {"terms": terms()}).json()
    seen = drawn["agreement"]["text_hash"]
    for number, hand in ((1, {"picture": PICTURE}), (2, {"typed": BEN.name})):
        assert anybody.post(f"parties/{link[number]}/sign", {"seen": seen, **hand}).status_code == 200
    done = eve.post(f"{at}/sign", {"seen": seen, "picture": PICTURE}).json()
    assert (done["state"], done["outcome"], done["agreement"]["sealed_at"] is not None) == ("agreed", "agreed", True)
    for answer in (eve.get(f"{at}/agreement"), anybody.get(f"parties/{link[1]}/agreement")):
        assert answer.content.startswith(b"%PDF") and answer.headers["Content-Type"] == "application/pdf"
    assert [each["move"] for each in done["life"]][-1] == "seal"
    assert (dana.get("mediations").json()[0]["state"], dana.get("mediations/counts").json()["agreed"]) == ("agreed", 1)


def test_the_mediator_arranges_moves_and_calls_off_a_meeting_and_keeps_record_and_notes(room, eve):
    room.begin()
    at = f"mediations/{room.id}"
    meeting = {"place": "社区调解室", "starts_at": (clock.now() + timedelta(days=2)).isoformat(), "minutes": 60}
    (there,) = eve.post(f"{at}/meetings", meeting).json()["meetings"]
    moved = eve.send("PUT", f"{at}/meetings/{there['id']}", {**meeting, "place": "居委会"}).json()
    assert moved["meetings"][0]["place"] == "居委会"
    assert eve.send("DELETE", f"{at}/meetings/{there['id']}").json()["meetings"][0]["is_cancelled"]
    assert eve.send("DELETE", f"{at}/meetings/{there['id']}").status_code == 409
    assert eve.post(f"{at}/record", {"words": "说好先查漏点", "both_agree": False}).status_code == 422
    eve.post(f"{at}/record", {"words": "说好先查漏点", "both_agree": True})
    told = eve.post(f"{at}/notes", {"note": "青灯笼"}).json()
    assert ([each["words"] for each in told["record"]], told["notes"][0]["words"]) == (["说好先查漏点"], "青灯笼")
    assert eve.post(f"{at}/fail").json()["state"] == "failed"


def test_a_party_signs_on_paper_leaves_and_is_erased(room, program, tokens, eve):
    room.begin().draw_up()
    anybody, link = program(), tokens(room.id)
    paper = {"party": 2, "seen": room.text_hash, "picture": PICTURE}
    assert eve.post(f"mediations/{room.id}/signed-on-paper", paper).json()["sides"][1]["has_signed"]
    left = anybody.post(f"parties/{link[1]}/withdraw").json()
    assert left["state"] == "stopped"
    assert anybody.get(f"parties/{link[2]}/own").json()["party"]["name"] == BEN.name
    assert anybody.send("DELETE", f"parties/{link[2]}/own").status_code == 204
    assert anybody.get(f"parties/{link[2]}").status_code in (404, 410)


def test_a_desk_takes_back_what_it_entered_by_mistake(room, program, eve):
    assert eve.post(f"mediations/{room.id}/take-back").status_code == 403
    taken = program("dana").post(f"mediations/{room.id}/take-back").json()
    assert (taken["state"], [each["name"] for each in taken["sides"]]) == ("mistaken", ["", ""])


def test_a_party_wants_another_mediator_and_one_more_party_gets_a_link(room, program, tokens, eve):
    dana, anybody = program("dana"), program()
    link = tokens(room.id)
    eve.post(f"mediations/{room.id}/accept", {"tie": "none"})
    assert anybody.post(f"parties/{link[1]}/object").json()["mediator"] == ""
    assert len(dana.post(f"mediations/{room.id}/parties", {"name": "赵三（虚构）"}).json()["sides"]) == 3
    address = dana.post(f"mediations/{room.id}/link", {"party": 3}).json()["address"]
    token = address.rstrip("/").rpartition("/")[2]
    assert anybody.get(f"parties/{token}").json()["me"] == 3
    assert anybody.post(f"parties/{token}/answer", {"answer": "kept"}).status_code == 409


def test_who_is_tied_stands_aside_and_sees_it_no_more(room, eve):
    at = f"mediations/{room.id}"
    assert eve.post(f"{at}/accept", {"tie": "relative"}).json()["where"] == "tie"
    assert eve.post(f"{at}/decline", {"tie": "relative"}).status_code == 204
    assert eve.get(at).status_code == 404


def test_whoever_reported_asks_for_mediation_of_a_leak_and_of_nothing_else(reported, link, program):
    leak, rubbish = reported("楼上漏水到我家", item="leak-between-flats"), reported()
    asked = {"matter": MATTER, "parties": PARTIES}
    begun = program().post(f"followed/{link(leak)}/mediation", asked)
    assert begun.status_code == 201
    own = program().get(f"parties/{begun.json()['token']}").json()
    assert (own["me"], own["sides"][0]["consents"], own["case_number"]) == (1, True, leak.number)
    for case in (rubbish, leak):
        assert program().post(f"followed/{link(case)}/mediation", asked).status_code == 409


@pytest.mark.parametrize("who", ["other_desk", "subdistrict", "command"])
def test_a_desk_sees_how_a_mediation_stands_if_it_is_of_its_place_and_never_what_was_said(room, program, who):
    room.begin()
    with acting_as(room.mediator) as eve:
        from doorstep.mediation.actions import talking

        talking.note(room.id, "青灯笼", by=eve, at=clock.now())
    shown = program(who).get(f"mediations/{room.id}")
    if who == "other_desk":
        assert shown.status_code == 404
    else:
        told = shown.json()
        assert (told["state"], told["notes"], told["record"], told["agreement"]) == ("running", [], [], None)
        assert "青灯笼" not in shown.content.decode() and AVA.phone not in shown.content.decode()


@pytest.mark.parametrize(
    ("verb", "path", "body", "status"),
    [
        ("POST", "sign", {"seen": "0" * 64, "picture": PICTURE}, 409),
        ("POST", "sign", {"seen": "0" * 63, "picture": PICTURE}, 422),
        ("POST", "sign", {"seen": "TEXT"}, 422),
        ("POST", "sign", {"seen": "TEXT", "picture": "no base64!"}, 422),
        ("POST", "sign", {"seen": "TEXT", "picture": base64.b64encode(b"no picture").decode()}, 422),
        ("POST", "agreement", {"terms": []}, 422),
        ("POST", "agreement", {"terms": [{"who": 7, "what": "x", "until": "2030-01-01"}]}, 422),
        ("POST", "agreement", {"terms": [{"who": -1, "what": "x", "until": "2030-01-01"}]}, 422),
        ("POST", "meetings", {"place": "x", "starts_at": "2020-01-01T10:00:00+08:00", "minutes": 60}, 422),
        ("POST", "meetings", {"place": "x", "starts_at": "2030-01-01T10:00:00", "minutes": 60}, 422),
        ("DELETE", "meetings/999999", None, 409),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(room, eve, verb, path, body, status):
    room.begin().draw_up()
    body = body and {name: room.text_hash if value == "TEXT" else value for name, value in body.items()}
    before = room.file.seq
    answer = eve.send(verb, f"mediations/{room.id}/{path}", body)
    assert (answer.status_code, bool(answer.json()["refused"]), room.file.seq) == (status, True, before)


def test_a_link_of_nobody_opens_nothing(room, program):
    for path in ("parties/nobodys-link", "parties/nobodys-link/own", "parties/nobodys-link/agreement"):
        assert program().get(path).status_code in (404, 410)
