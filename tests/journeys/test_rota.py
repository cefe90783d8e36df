"""Dana sets when the leads meet and who is on duty; Chen has it in his calendar, and neighbours have what is public."""

from __future__ import annotations

import urllib.request
from datetime import date, timedelta
from typing import Any
from urllib.error import HTTPError

import pytest
import recurring_ical_events
from icalendar import Calendar
from tests.journeys.conftest import DESKTOP, PHONE

from doorstep.core.time import clock
from doorstep.core.time.working_days import Calendar as WorkingDays

pytestmark = pytest.mark.journey


def fetched(address: str) -> Calendar:
    """As a phone fetches it: without a browser, a cookie or a name."""
    with urllib.request.urlopen(address) as answer:
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        return Calendar.from_ical(answer.read())


def days(calendar: Calendar, name: str, weeks: int) -> dict[date, str]:
    """On which days of the next weeks a reader that we did not write shows it, and how."""
    until = clock.today() + timedelta(weeks=weeks)
    found = recurring_ical_events.of(calendar).between(clock.today(), until)
    return {each.start.date(): str(each["STATUS"]) for each in found if each["SUMMARY"] == name}


def test_the_meeting_is_set_called_off_and_seen_on_a_phone(open_context, enter, site):
    dana = enter(open_context(**DESKTOP), "dana")
    dana.goto("/desk/meeting/")
    dana.click("main a[href='/desk/rota/']")
    dana.fill("[name=name]", "网格长周会")
    dana.select_option("[name=weekday]", "2")
    dana.fill("[name=begins]", "14:30")
    dana.fill("[name=place]", "二楼会议室")
    dana.check("[name=is_public]")
    dana.click("#meeting .move-form button")
    assert "星期三" in dana.inner_text("#meeting") and dana.locator("#meeting ol li").count() == 8

    chen = enter(open_context(**PHONE), "chen")
    chen.goto("/staff/seats")
    chen.click("main a[href='/staff/calendar/']")
    assert "网格长周会" in chen.inner_text("main")
    chen.click("form[action$='/address/give'] button")
    address = chen.inner_text("#calendar-address").strip()
    assert chen.get_attribute("main .notice a.button", "href").startswith("webcal://")
    before = days(fetched(address), "网格长周会", 7)
    works = WorkingDays().is_working_day
    assert len(before) >= 5 and all(works(day) for day in before)

    dana.goto("/desk/rota/")
    first = dana.locator("#meeting ol li form").first
    off = date.fromisoformat(first.locator("[name=day]").input_value())
    first.locator("button").click()
    assert "已取消" in dana.inner_text("#meeting ol")
    assert days(fetched(address), "网格长周会", 7)[off] == "CANCELLED"
    assert days(fetched(f"{site.address}/calendars/areas/321102001001.ics"), "网格长周会", 7)[off] == "CANCELLED"

    chen.goto("/staff/calendar/")
    chen.click("form[action$='/address/end'] button")
    assert "已停用" in chen.inner_text("main")
    with pytest.raises(HTTPError) as gone:
        fetched(address)
    assert gone.value.code == 404
    gone.value.close()


def test_a_post_is_put_on_duty_and_taken_off(open_context, enter, site):
    dana = enter(open_context(**DESKTOP), "dana")
    dana.goto("/desk/rota/")
    dana.click("#shifts summary")
    day = clock.today() + timedelta(days=3)
    dana.fill("[name=shift_name]", "防汛值班")
    dana.select_option("[name=post]", str(site.town.posts["chen"]))
    dana.fill("[name=begins_at]", f"{day:%Y-%m-%d}T08:00")
    dana.fill("[name=ends_at]", f"{day:%Y-%m-%d}T07:00")
    dana.click("#shifts .move-form button")
    assert "结束时间要晚于开始时间" in dana.inner_text("#shifts")
    dana.fill("[name=ends_at]", f"{day:%Y-%m-%d}T16:00")
    dana.click("#shifts .move-form button")
    assert "防汛值班" in dana.inner_text("#shifts ol")

    chen = enter(open_context(**PHONE), "chen", "/staff/calendar/")
    chen.click("form[action$='/address/give'] button")
    address = chen.inner_text("#calendar-address").strip()
    assert days(fetched(address), "防汛值班", 1) == {day: "CONFIRMED"}
    dana.click("#shifts ol form button")
    assert days(fetched(address), "防汛值班", 1) == {day: "CANCELLED"}


def test_nobody_but_a_desk_sets_times(open_context, enter) -> Any:
    for who in ("chen", "water", "ben", "audit"):
        visitor = enter(open_context(**PHONE), who)
        assert visitor.goto("/desk/rota/").status == 403
    stranger = open_context(**PHONE).new_page()
    stranger.goto("/staff/calendar/")
    assert "/staff/sign-in" in stranger.url
