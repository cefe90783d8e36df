"""When the calendar becomes another, every open case is reckoned again, once, and Ava is told what moved."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction
from tests.cases.actions.test_clocks import by, last, later, moves, notices, own_calendar, reported, taken, the  # noqa: F401
from tests.town import MORNING, Town

from doorstep.cases.actions import calendar, clocks
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.calendar import CalendarRefused, ImportedDays, import_calendar, reckon, set_day, unset_day
from doorstep.cases.calendar_file import read_calendar
from doorstep.cases.calendar_year import year_of
from doorstep.cases.models import CalendarChange, CalendarDay
from doorstep.cases.queries import calendar as calendar_known
from doorstep.cases.queries import forget_calendar
from doorstep.cases.rules.days import DayRefused
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time.zone import LOCAL

WEDNESDAY = date(2026, 11, 25)
SOON = later(minutes=2)


@pytest.fixture
def known(town: Town) -> Town:
    """A town whose machine has already noted which years it knows."""
    reckon(at=MORNING - timedelta(days=1))
    return town


def close(town: Town, day: date = WEDNESDAY, *, at: datetime = MORNING) -> None:
    command = town.actor("command")
    with acting_as(command):
        set_day(day, False, "防汛停工", by=command, at=at)


def test_a_day_that_is_closed_moves_the_promise_of_open_cases_and_tells_ava(known):
    case = reported(known)
    before = the(case)
    close(known)
    assert reckon(at=SOON) == 1
    now = the(case)
    assert now.promised_by == before.promised_by + timedelta(days=1) == datetime(2026, 12, 1, 18, tzinfo=LOCAL)
    assert now.holder_due_at == now.promised_by
    assert (moves(case)[-1], notices(case)[-1]) == ("note", "notices-reckoned")
    assert last(case)["provisional"] is False


def test_it_is_reckoned_again_once_and_what_does_not_move_gets_no_row(known):
    case, far = reported(known), reported(known, words="走廊里堆着旧家具")
    close(known)
    reckon(at=SOON)
    assert reckon(at=later(minutes=3)) == 0
    close(known, date(2027, 3, 3), at=later(minutes=3))
    assert reckon(at=later(minutes=5)) == 2
    assert moves(case).count("note") == moves(far).count("note") == 1
    with acting_as(WORKER):
        assert [change.moved for change in CalendarChange.objects.order_by("id")][-2:] == [2, 0]


def test_every_process_has_heard_of_it_before_it_is_reckoned(known):
    reported(known)
    close(known)
    assert reckon(at=later(seconds=20)) == 0
    assert reckon(at=SOON) == 1


def test_many_cases_are_reckoned_some_at_a_time(known):
    cases = [reported(known, words=f"第{n}处杂物") for n in range(5)]
    close(known)
    assert [reckon(at=SOON, limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert all(moves(case).count("note") == 1 for case in cases)


def test_a_day_that_is_unset_gives_the_promise_back(known):
    case = reported(known)
    before = the(case).promised_by
    close(known)
    reckon(at=SOON)
    command = known.actor("command")
    with acting_as(command):
        unset_day(WEDNESDAY, by=command, at=later(minutes=3))
    reckon(at=later(minutes=5))
    assert the(case).promised_by == before


def test_a_pause_and_an_extension_are_reckoned_again_with_the_rest(known):
    case = taken(known, reported(known))
    by(known, "chen", clocks.pause, case, "material", 1, at=later(hours=2))
    by(known, "chen", clocks.ask_for_more_time, case, 1, "配件要从外地调来", at=later(hours=3))
    by(known, "dana", clocks.extend, case, True, at=later(hours=4))
    before = the(case)
    close(known, date(2026, 11, 24), at=later(hours=5))
    reckon(at=later(hours=6))
    now = the(case)
    assert now.paused_until == before.paused_until + timedelta(days=1)
    assert (now.promised_by > before.promised_by, now.holder_due_at > before.holder_due_at) == (True, True)
    advance(at=now.paused_until)
    assert moves(case)[-1] == "resume"


def test_a_version_that_knows_another_year_reckons_again_by_itself(known, monkeypatch):
    reported(known)
    monkeypatch.setattr(calendar, "announced_until", lambda: date(2027, 12, 31))
    assert reckon(at=later(minutes=1)) == 1
    assert reckon(at=later(minutes=2)) == 0


def test_new_cases_are_reckoned_with_the_new_day_from_the_start(known):
    close(known)
    case = reported(known)
    assert the(case).promised_by == datetime(2026, 12, 1, 18, tzinfo=LOCAL)


def file(tmp_path, *lines: str):
    path = tmp_path / "2027.csv"
    path.write_text("\n".join(["日期,是否上班,名称", *lines]), encoding="utf-8")
    return read_calendar(path)


def test_a_file_is_taken_whole_and_may_be_taken_again(known, tmp_path):
    read = file(tmp_path, "2027-01-01,休息,元旦", "2027-01-02,上班,")
    assert import_calendar(read, at=MORNING) == ImportedDays(2, 0, 0)
    assert import_calendar(read, at=MORNING) == ImportedDays(0, 0, 2)
    assert import_calendar(file(tmp_path, "2027-01-02,休息,"), at=MORNING) == ImportedDays(0, 1, 0)
    with acting_as(WORKER):
        assert dict(CalendarDay.objects.values_list("day", "is_worked")) == {
            date(2027, 1, 1): False,
            date(2027, 1, 2): False,
        }


def test_a_file_with_one_bad_row_changes_nothing(known, tmp_path):
    with pytest.raises(CalendarRefused):
        import_calendar(file(tmp_path, "2027-01-01,休息,元旦", "2027-13-01,休息,"), at=MORNING)
    with acting_as(WORKER):
        assert not CalendarDay.objects.exists()


@pytest.mark.parametrize("who", ["dana", "subdistrict", "chen", "water"])
def test_nobody_but_the_command_centre_sets_a_day(town, who):
    actor = town.actor(who)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), acting_as(actor):
        set_day(WEDNESDAY, False, by=actor, at=MORNING)


@pytest.mark.parametrize(("day", "name"), [(None, ""), (date(1999, 1, 1), ""), (WEDNESDAY, "长" * 61)])
def test_a_day_that_makes_no_sense_is_refused(town, day, name):
    command = town.actor("command")
    with acting_as(command), pytest.raises(DayRefused):
        set_day(day, False, name, by=command, at=MORNING)


def test_a_year_is_shown_with_what_is_announced_and_what_is_set_here(known):
    close(known)
    dana = known.actor("dana")
    with acting_as(dana):
        found, unknown = year_of(2026), year_of(2031)
    assert [each.day for each in found.own] == [WEDNESDAY]
    assert found.announced and unknown.announced is None
    assert found.change is not None and found.change.done_at is None


def test_a_process_that_has_not_heard_of_it_yet_asks_at_any_door(known):
    close(known)
    forget_calendar()
    assert not calendar_known(MORNING).is_working_day(WEDNESDAY)
