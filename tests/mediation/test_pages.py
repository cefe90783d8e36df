"""The pages of mediation: the resident asks, each side comes by a link of their own, the mediator signs in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.mediating import MATTER, a_hand, a_mediator
from tests.town import Town
from tests.visiting import Visitor, signed_in

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.models import Event as CaseEvent
from doorstep.core.access import WORKER, acting_as
from doorstep.core.access.links import follow_token, party_token
from doorstep.core.time import clock
from doorstep.core.time.zone import local_date
from doorstep.mediation.models import Letter, Mediation, Party

ASKED = {"matter": MATTER, "name1": "王一", "phone1": "13800000001", "name2": "李二", "email2": "ben@example.org"}


@pytest.fixture
def case(town: Town) -> int:
    """A leak between two flats, which Ava reported."""
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    said = Report("楼上卫生间漏水漏到我家", place, Contact(name="王一", phone="13800000001"), item="leak-between-flats")
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
