"""The pages of mediation: the resident asks, each side comes by a link of their own, the mediator signs in."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.mediating import MATTER, Room, a_hand, a_mediator
from tests.town import Town
from tests.visiting import Visitor, signed_in

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Contact as Reached
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.models import Event as CaseEvent
from doorstep.core import sm2
from doorstep.core.access import WORKER, acting_as
from doorstep.core.access.links import follow_token, party_token
from doorstep.core.time import clock
from doorstep.core.time.zone import LOCAL, local_date
from doorstep.mediation.actions import choosing, following
from doorstep.mediation.checking import check_records
from doorstep.mediation.models import Contact, FollowUp, Letter, Mediation, Party
from doorstep.mediation.queries import figures
from doorstep.notices import queries as notices
from doorstep.notices import to_parties

ASKED = {"matter": MATTER, "name1": "王一", "phone1": "13800000001", "name2": "李二", "email2": "ben@example.org"}


@pytest.fixture
def case(town: Town) -> int:
    """A leak between two flats, which Ava reported."""
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    said = Report("楼上卫生间漏水漏到我家", place, Reached(name="王一", phone="13800000001"), item="leak-between-flats")
    made = report(said, at=clock.now()).case
    advance(at=clock.now())
    return made


@pytest.fixture
def asked(town: Town, case: int) -> int:
    """Its mediation."""
    answer = Visitor().post(f"/c/{follow_token(case, at=clock.now())}/mediation/", ASKED)
    assert answer.status_code == 303, answer.content.decode()
    return the_file().pk


def the_file() -> Mediation:
    with acting_as(WORKER):
        return Mediation.objects.get()


def link_of(number: int) -> str:
    with acting_as(WORKER):
        party = Party.objects.get(number=number)
    return f"/m/{party_token(party.pk, party.turn, at=clock.now())}/"


def shown(answer: Any) -> str:
    return answer.content.decode()


def picture(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("hand.png", content, "image/png")


def test_the_leak_between_two_flats_is_agreed_on(town, case, asked):
    mediator = a_mediator(town)
    dana, eve = signed_in(town, "dana"), signed_in(town, "mediator")
    desk = f"/desk/mediation/{asked}/"
    assert eve.get(desk).status_code == 404
    assert MATTER in shown(dana.get(desk))
    assert dana.post(f"{desk}do/propose/", {"mediator": mediator.account}).status_code == 303
    assert eve.post(f"{desk}do/accept/", {"tie": "none"}).status_code == 303
    for number in (1, 2):
        page = Visitor()
        answer = page.post(f"{link_of(number)}do/consent/", {"mediation": "yes", "mediator": "yes"})
        assert answer.status_code == 303, shown(answer)
    assert the_file().state == "running"
    starts = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    sent = {"place": "社区调解室", "starts_at": starts, "minutes": "60"}
    assert eve.post(f"{desk}do/meet/", sent).status_code == 303
    assert eve.post(f"{desk}do/note/", {"note": "青灯笼：底价三千"}).status_code == 303
    assert eve.post(f"{desk}do/record/", {"words": "双方同意先查漏点", "agree": "yes"}).status_code == 303
    until = (local_date(clock.now()) + timedelta(days=9)).isoformat()
    drawn = eve.post(f"{desk}do/draw-up/", {"who1": "2", "what1": "修好防水", "until1": until})
    assert drawn.status_code == 303, shown(drawn)
    page = shown(Visitor().get(link_of(1)))
    assert "双方同意先查漏点" in page and "青灯笼" not in page and "ben@example.org" not in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    for number in (1, 2):
        answer = Visitor().post(f"{link_of(number)}do/sign/", {"seen": seen, "hand": picture(a_hand())})
        assert answer.status_code == 303, shown(answer)
    assert eve.post(f"{desk}do/sign/", {"seen": seen, "typed": the_file().mediator_name}).status_code == 303
    assert the_file().state == "agreed"
    taken = Visitor().get(f"{link_of(2)}agreement.pdf")
    assert taken.content.startswith(b"%PDF") and "青灯笼".encode() not in taken.content
    if sm2.is_there():
        beside, key = (Visitor().get(f"{link_of(2)}agreement.{each}").content for each in ("sm2", "pem"))
        assert sm2.verify(taken.content, beside, key) and not sm2.verify(taken.content[:-1], beside, key)
    assert Visitor().get(f"{link_of(2)}agreement.exe").status_code == 404
    with acting_as(WORKER):
        came = [each.facts.get("came") for each in CaseEvent.objects.filter(case=case).order_by("seq")]
        assert [each for each in came if each] == ["asked", "begun", "agreed"]
        assert Letter.objects.filter(about="agreed").count() == 2


def test_the_page_of_the_case_offers_it_and_leads_back_to_it(town, case):
    token = follow_token(case, at=clock.now())
    assert f"/c/{token}/mediation/" in shown(Visitor().get(f"/c/{token}/"))
    assert Visitor().get(f"/c/{token}/mediation/").status_code == 200
    Visitor().post(f"/c/{token}/mediation/", ASKED)
    again = Visitor().get(f"/c/{token}/mediation/")
    assert again.status_code == 303 and again.url.startswith("/m/")


def test_a_reporter_takes_the_mediation_along_and_erases_it_with_the_case(town, case, asked):
    token = follow_token(case, at=clock.now())
    taken = Visitor().get(f"/c/{token}/own.json").json()["mediation"]
    assert taken["party"] == {"number": 1, "name": "王一", "contact": {"phone": "13800000001", "email": ""}}
    assert taken["mediation"]["matter"] == MATTER
    link = link_of(1)
    assert Visitor().get(f"{link}own.json").json()["party"]["name"] == "王一"
    assert Visitor().post(f"/c/{token}/own/erase/", {"sure": "yes"}).status_code == 303
    assert the_file().state == "stopped" and the_file().sealed_matter is None
    assert Visitor().get(link).status_code == 404


def test_a_party_erases_what_is_kept_of_them_and_the_link_dies(town, asked):
    link = link_of(2)
    assert Visitor().post(f"{link}do/erase/").status_code == 422
    erased = Visitor().post(f"{link}do/erase/", {"sure": "yes"})
    assert erased.status_code == 200 and "已经删除" in shown(erased)
    assert Visitor().get(link).status_code == 404


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name2": ""}, "姓名"),
        ({"name2": "王一", "phone2": "13800000001"}, "写了两次"),
        ({"matter": ""}, "没有写字"),
        ({"matter": "漏" * 300_000}, "2,000"),
        ({"phone1": "一三八"}, "电话"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_above_it(town, case, form, said):
    answer = Visitor().post(f"/c/{follow_token(case, at=clock.now())}/mediation/", {**ASKED, **form})
    assert answer.status_code == 409 and said in shown(answer)


def test_a_file_of_ten_megabytes_is_no_signature_and_says_so(town, asked):
    sent = {"seen": "x", "hand": picture(b"0" * (10 * 2**20))}
    answer = Visitor().post(f"{link_of(1)}do/sign/", sent)
    assert answer.status_code == 409


def test_the_desk_enters_a_request_of_people_who_came_without_a_case(town):
    dana, other = signed_in(town, "dana"), signed_in(town, "other_desk")
    sent = {**ASKED, "community": str(town.community)}
    assert other.post("/desk/mediation/add/", sent).status_code == 409
    made = dana.post("/desk/mediation/add/", sent)
    assert made.status_code == 303 and dana.get(made.url).status_code == 200
    assert other.get(made.url).status_code == 404
    given = dana.post(f"{made.url}do/link/", {"party": "2"})
    assert "/m/" in shown(given)
    file = the_file()
    assert file.number in shown(dana.get("/desk/mediation/")) and MATTER not in shown(dana.get("/desk/mediation/"))
    for move in ("sign", "note", "fail", "accept", "draw-up"):
        assert dana.post(f"{made.url}do/{move}/", {"note": "x"}).status_code in (403, 409), move
    assert dana.post(f"{made.url}do/nonsense/").status_code == 404
    assert dana.get(f"{made.url}agreement.pdf").status_code == 403


def test_the_desk_takes_back_what_it_entered_by_mistake_and_nothing_of_it_is_left(town):
    dana, other = signed_in(town, "dana"), signed_in(town, "other_desk")
    entered = dana.post("/desk/mediation/add/", {**ASKED, "community": str(town.community)}).url
    link = link_of(2)
    assert other.post(f"{entered}do/take-back/").status_code == 404
    assert "登记有误" in shown(dana.get(entered))
    assert dana.post(f"{entered}do/take-back/").status_code == 303
    page = shown(dana.get(f"{entered}?done=take-back"))
    assert MATTER not in page and "王一" not in page and "已撤回" in page
    assert Visitor().get(link).status_code == 404
    with acting_as(WORKER):
        assert not Contact.objects.exists() and not Letter.objects.exists()
        assert set(Party.objects.values_list("sealed_name", flat=True)) == {None}
    assert check_records().is_sound and figures()["all"] == 0
    for move in ("take-back", "link", "propose", "join"):
        assert dana.post(f"{entered}do/{move}/", {"party": "1", "name9": "某人"}).status_code in (403, 409), move


def test_what_a_party_has_said_yes_to_is_no_longer_the_desks_to_take_back(town, asked):
    dana = signed_in(town, "dana")
    assert "take-back" not in shown(dana.get(f"/desk/mediation/{asked}/"))
    refused = dana.post(f"/desk/mediation/{asked}/do/take-back/")
    assert refused.status_code == 409 and "已有一方表示同意" in shown(refused) and MATTER in shown(refused)
    with acting_as(WORKER):
        assert the_file().state == "asked" and Contact.objects.count() == 2


def test_a_meeting_goes_into_a_calendar(town, asked):
    from icalendar import Calendar

    from doorstep.mediation.actions import talking

    eve, dana = a_mediator(town), town.actor("dana")
    with acting_as(dana):
        choosing.propose(asked, eve.account or 0, by=dana, at=clock.now())
    room = Room(town, asked, eve, dana).begin()
    starts = clock.now() + timedelta(days=40)
    with acting_as(eve):
        talking.meet(room.id, "社区调解室", starts, 60, by=eve, at=clock.now())
    with acting_as(WORKER):
        session = the_file().sessions.get().pk
    taken = Visitor().get(f"{link_of(1)}meetings/{session}.ics")
    event = Calendar.from_ical(taken.content).walk("VEVENT")[0]
    assert event["LOCATION"] == "社区调解室" and event["SEQUENCE"] == 0
    assert event.decoded("DTSTART") == starts.replace(microsecond=0)
    assert Visitor().get(f"{link_of(1)}meetings/999.ics").status_code == 404


def test_a_request_sent_twice_is_one_mediation(town):
    dana = signed_in(town, "dana")
    sent = {**ASKED, "community": str(town.community)}
    first, second = (dana.post("/desk/mediation/add/", sent) for _ in range(2))
    assert first.status_code == second.status_code == 303 and first.url == second.url
    other = dana.post("/desk/mediation/add/", {**sent, "matter": "另一件事"})
    assert other.status_code == 303 and other.url != first.url


def test_the_outbox_of_the_demo_shows_what_parties_would_be_told(town, asked):
    to_parties.send_due(clock.now())
    (told,) = notices.outbox(at=clock.now())
    assert told.letter.to == ASKED["email2"] and "/m/" in told.letter.body


def test_what_is_due_today_is_asked_from_midnight_here_on(town, asked, monkeypatch):
    eve, dana = a_mediator(town), town.actor("dana")
    with acting_as(dana):
        choosing.propose(asked, eve.account or 0, by=dana, at=clock.now())
    room = Room(town, asked, eve, dana).begin().draw_up()
    for number in (1, 2, 0):
        room.sign(number)
    with acting_as(WORKER):
        due_on = FollowUp.objects.latest("due_on").due_on
    # Half past midnight here is still yesterday in the time of the server.
    at = datetime.combine(due_on, time(0, 30), LOCAL).astimezone(UTC)
    following.ask_due(at)
    link = link_of(1)
    monkeypatch.setattr(clock, "now", lambda: at)
    assert "do/answer/" in shown(Visitor().get(link))
