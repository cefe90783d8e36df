"""Programs give, list and take back the links of outside handlers as the desk does."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client
from tests.town import Town
from tests.visiting import begin_session, open_account

from doorstep.cases.actions import calling
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.models import Part
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.notices.tasks import send_due
from doorstep.staff.models import Unit


@pytest.fixture
def number(town: Town) -> str:
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    whole = report(Report("楼道里堆满了杂物", place, item="stairwell-rubbish"), at=clock.now()).case
    advance(at=clock.now())
    dana = town.actor("dana")
    with acting_as(WORKER):
        firm = Unit.objects.create(kind="outside", name="示例维修公司", area_id=town.community).pk
    with acting_as(dana):
        calling.call(whole, [firm], "请修好三楼的水管", by=dana, at=clock.now())
    with acting_as(WORKER):
        return Part.objects.get(whole=whole).number


@pytest.fixture
def as_(town):
    """`as_("dana")(verb, path, body)`: a call with this person's key."""

    def keyed(who: str):
        key = begin_session(open_account(town, who), second_factor=True, at=clock.now())

        def call(verb: str, path: str, body: object = None):
            return Client(headers={"authorization": f"Bearer {key}"}).generic(
                verb, f"/api/v1/{path}", _json(body), content_type="application/json"
            )

        return call

    return keyed


def _json(body: object) -> bytes:
    import orjson

    return b"" if body is None else orjson.dumps(body)


def test_a_link_is_given_listed_and_taken_back(as_, number):
    dana = as_("dana")
    given = dana("POST", f"cases/{number}/outside-links", {"days": 7})
    assert given.status_code == 201
    told = given.json()
    page = urlsplit(told["address"]).path
    assert Client().get(page).status_code == 200
    (listed,) = dana("GET", f"cases/{number}/outside-links").json()
    assert (listed["link"], listed["unit"], listed["ended"]) == (told["link"], "示例维修公司", "")
    assert listed["opened_at"] and page.split("/")[2] not in str(listed)
    assert dana("DELETE", f"outside-links/{told['link']}").status_code == 204
    assert Client().get(page).status_code == 410
    assert dana("DELETE", f"outside-links/{told['link']}").status_code == 409


@pytest.mark.parametrize("who", ["other_desk", "water", "eli"])
def test_who_does_not_see_the_case_gives_none(as_, number, who):
    assert as_(who)("POST", f"cases/{number}/outside-links", {}).status_code == 404


@pytest.mark.parametrize("body", [{"days": 0}, {"days": 5}, {"days": "7"}, {"days": 10**9}, {"unit": 1}])
def test_what_does_not_fit_is_refused_with_its_place(as_, number, body):
    answer = as_("dana")("POST", f"cases/{number}/outside-links", body)
    assert answer.status_code == 422 and answer.json()["where"] in ("days", "unit")


def test_a_link_is_sent_where_it_is_asked_to_and_once_more_when_it_went_out(as_, number):
    dana = as_("dana")
    given = dana("POST", f"cases/{number}/outside-links", {"send": "other", "to": "13900005678"}).json()
    (listed,) = dana("GET", f"cases/{number}/outside-links").json()
    assert (listed["sending"]["channel"], listed["sending"]["to"]) == ("sms", "139****5678")
    assert listed["sending"]["state"] == "waiting"
    send_due(clock.now())
    assert dana("POST", f"outside-links/{given['link']}/send").status_code == 204
    assert dana("POST", f"outside-links/{given['link']}/send").status_code == 409


def test_a_stranger_sends_no_link_again(as_, number):
    given = as_("dana")("POST", f"cases/{number}/outside-links", {"send": "other", "to": "13900005678"}).json()
    assert as_("eli")("POST", f"outside-links/{given['link']}/send").status_code == 404


@pytest.mark.parametrize(
    ("body", "where"),
    [({"send": "sms"}, "send"), ({"send": "other", "to": "12"}, "to"), ({"to": "13900005678"}, "send"),
     ({"send": "fax"}, "send")],
)  # fmt: skip
def test_what_would_reach_nobody_is_refused_with_its_place(as_, number, body, where):
    answer = as_("dana")("POST", f"cases/{number}/outside-links", body)
    assert answer.status_code in (409, 422) and answer.json()["where"] == where
