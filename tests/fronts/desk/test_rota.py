"""The desk sets its meeting and its shifts; calendars fetch them by a secret address, or the public one of the area."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from tests.town import Town
from tests.visiting import signed_in

from doorstep.core.time import clock

WEEKLY = {"name": "周例会", "weekday": "0", "begins": "09:30", "minutes": "60", "place": "二楼", "is_public": "yes"}


@pytest.fixture
def dana(town: Town) -> Any:
    visitor = signed_in(town, "dana")
    assert visitor.post("/desk/rota/do/meeting", WEEKLY).status_code == 303
    return visitor


def address_of(visitor: Any) -> str:
    shown = visitor.post("/staff/calendar/address/give").content.decode()
    found = re.search(r'id="calendar-address">[^<]*?(/calendars/[^<]+\.ics)<', shown)
    assert found is not None
    return found[1]


def test_a_meeting_is_in_the_calendar_of_whoever_comes_to_it(dana, town):
    address = address_of(signed_in(town, "chen"))
    fetched = Client().get(address)
    assert fetched.status_code == 200 and fetched.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (event, *_) = Calendar.from_ical(fetched.content).events
    assert (event["SUMMARY"], event["LOCATION"]) == ("周例会", "二楼")
    assert "示例chen" not in fetched.content.decode(), "nobody's name is in it"


def test_whoever_asks_again_is_told_that_nothing_is_new(dana, town):
    address = address_of(signed_in(town, "chen"))
    first = Client().get(address)
    assert first.headers["Last-Modified"] and "private" in first.headers["Cache-Control"]
    again = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""
    assert dana.post("/desk/rota/do/meeting", {**WEEKLY, "place": "一楼"}).status_code == 303
    assert Client().get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_an_address_that_was_renewed_or_ended_leads_nowhere(dana, town):
    chen = signed_in(town, "chen")
    first, second = address_of(chen), address_of(chen)
    assert Client().get(first).status_code == 404 and Client().get(second).status_code == 200
    assert chen.post("/staff/calendar/address/end").status_code == 303
    assert Client().get(second).status_code == 404
    assert Client().get(second.replace("/calendars/", "/calendars/x")).status_code == 404
    assert chen.post("/staff/calendar/address/other").status_code == 404


def test_what_is_public_is_fetched_by_anybody(dana, town):
    public = Client().get("/calendars/areas/321102001001.ics")
    assert public.status_code == 200 and "周例会" in public.content.decode()
    assert "public" in public.headers["Cache-Control"]
    assert Calendar.from_ical(Client().get("/calendars/areas/321102001002.ics").content).events == []
    assert Client().get("/calendars/areas/999.ics").status_code == 404
    assert dana.post("/desk/rota/do/meeting", {**WEEKLY, "is_public": ""}).status_code == 303
    assert Calendar.from_ical(Client().get("/calendars/areas/321102001001.ics").content).events == []


def test_a_day_is_called_off_and_held_after_all(dana):
    page = dana.get("/desk/rota/").content.decode()
    meeting = re.search(r'name="meeting" value="(\d+)"', page)
    day = re.search(r'name="day" value="([\d-]+)"', page)
    assert meeting is not None and day is not None
    one = {"meeting": meeting[1], "day": day[1]}
    assert dana.post("/desk/rota/do/call-off", one).status_code == 303
    assert "已取消" in dana.get("/desk/rota/").content.decode()
    assert dana.post("/desk/rota/do/hold", one).status_code == 303
    assert "已取消" not in dana.get("/desk/rota/").content.decode()
    assert dana.post("/desk/rota/do/call-off", {**one, "day": "soon"}).status_code == 422
    assert dana.post("/desk/rota/do/call-off", {**one, "meeting": "99999"}).status_code == 404
    assert dana.post("/desk/rota/do/end").status_code == 303
    assert "还没有定例会时间" in dana.get("/desk/rota/").content.decode()


def test_a_shift_is_set_seen_and_called_off(dana, town):
    begins = clock.now() + timedelta(days=2)
    said = {
        "post": str(town.posts["chen"]),
        "shift_name": "周末值班",
        "begins_at": f"{begins:%Y-%m-%dT09:00}",
        "ends_at": f"{begins:%Y-%m-%dT17:00}",
    }
    assert dana.post("/desk/rota/do/shift", said).status_code == 303
    page = dana.get("/desk/rota/").content.decode()
    shift = re.search(r'name="shift" value="(\d+)"', page)
    assert shift is not None and "周末值班" in page
    chen = signed_in(town, "chen")
    assert "周末值班" in chen.get("/staff/calendar/").content.decode()
    assert "周末值班" in Client().get(address_of(chen)).content.decode()
    assert dana.post("/desk/rota/do/shift-off", {"shift": shift[1]}).status_code == 303
    assert "CANCELLED" in Client().get(address_of(chen)).content.decode()
    assert dana.post("/desk/rota/do/shift-off", {"shift": shift[1]}).status_code == 404


@pytest.mark.parametrize(
    ("name", "wrong", "words"),
    [
        ("meeting", {"name": ""}, "没有填例会名称"),
        ("meeting", {"weekday": "6"}, "星期一到星期五"),
        ("meeting", {"begins": "9 o'clock"}, "看不懂"),
        ("meeting", {"minutes": "1"}, "时长"),
        ("meeting", {"first_on": "2001-01-01"}, "从今天起"),
        ("shift", {}, "没有填值班内容"),
        ("shift", {"shift_name": "值班", "begins_at": "x"}, "结束时间"),
    ],
)
def test_what_cannot_be_is_refused_in_its_form(dana, name, wrong, words):
    answer = dana.post(f"/desk/rota/do/{name}", {**WEEKLY, **wrong})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert dana.post("/desk/rota/do/other").status_code == 404


@pytest.mark.parametrize("who", ["chen", "water", "ben", "system", "audit"])
def test_nobody_else_sets_meetings(town, who):
    visitor = signed_in(town, who)
    assert visitor.get("/desk/rota/").status_code == 403
    assert visitor.post("/desk/rota/do/meeting", WEEKLY).status_code == 403
    assert visitor.get("/staff/calendar/").status_code == 200, "a calendar has everybody"


def test_the_desk_next_door_sees_its_own_alone(dana, town):
    other = signed_in(town, "other_desk")
    assert "二楼" in dana.get("/desk/rota/").content.decode()
    assert "二楼" not in other.get("/desk/rota/").content.decode()


def test_a_meeting_that_ended_is_not_listed_as_something_to_come(dana, town):
    chen = signed_in(town, "chen")
    assert "周例会" in chen.get("/staff/calendar/").content.decode()
    assert dana.post("/desk/rota/do/meeting", {**WEEKLY, "name": "早会", "begins": "08:30"}).status_code == 303
    page = chen.get("/staff/calendar/").content.decode()
    assert "早会" in page and "周例会" not in page
