"""Reports that write themselves, at their pages: a quiet day, a busy one, files, and whoever has no business there."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from tests.cases.test_reactions import done_and_closed, reported
from tests.town import MORNING, Town
from tests.visiting import signed_in

from doorstep.areas.models import Area
from doorstep.cases import holding
from doorstep.cases.actions import act
from doorstep.cases.actions.clocks import pause, resume
from doorstep.cases.holding import Scope
from doorstep.cases.reports import DayReport, report
from doorstep.cases.rules import reporting
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.core.time.zone import local_date

DAY = local_date(MORNING)
EVENING = MORNING + timedelta(hours=9)
NEXT = MORNING + timedelta(days=1)


@pytest.fixture
def monday(town: Town) -> dict[str, int]:
    """Two cases of one grid and one of the other came in; one ended, one was paused for a day."""
    first, second, other = reported(town, 0.5, 0.5), reported(town, 0.5, 0.5), reported(town, 1.5, 1.5)
    done_and_closed(town, first, "chen")
    chen = town.actor("chen")
    with acting_as(chen):
        act.take(second, by=chen, at=MORNING + timedelta(hours=1))
        pause(second, "resident", 1, by=chen, at=MORNING + timedelta(hours=2))
    return {"first": first, "second": second, "other": other}


def told(town: Town, who: str, area: int, period: str = DAY.isoformat(), at: Any = NEXT) -> DayReport:
    with acting_as(town.actor(who)):
        found = Area.objects.get(pk=area)
        return report(found, reporting.period_named(period, local_date(at)), at=at)


def test_a_day_says_what_came_what_ended_and_what_waits_with_whom(town: Town, monday: dict[str, int]) -> None:
    found = told(town, "dana", town.community)
    assert (found.came, found.ended, found.results["solved"], found.open) == (3, 1, 1, 2)
    assert [(row.held, row.paused, row.overdue) for row in found.units] == [(1, 1, 0), (1, 0, 0)]
    assert found.is_over and not found.is_zero
    assert [(row.came, row.solved, row.open) for row in found.classes] == [(3, 1, 2)]


def test_a_report_stays_what_it_was_when_the_day_ended(town: Town, monday: dict[str, int]) -> None:
    before = told(town, "dana", town.community)
    chen = town.actor("chen")
    with acting_as(chen):
        resume(monday["second"], by=chen, at=NEXT + timedelta(hours=1))
        act.do(monday["second"], "清走了。", by=chen, at=NEXT + timedelta(hours=2))
    assert told(town, "dana", town.community, at=NEXT + timedelta(days=3)) == before


def test_a_grid_reads_its_own_grid_and_the_sums_agree(town: Town, monday: dict[str, int]) -> None:
    grids = [told(town, who, area) for who, area in (("chen", town.grid), ("eli", town.other_grid))]
    assert [found.came for found in grids] == [2, 1]
    for who, area in (("subdistrict", town.subdistrict), ("command", town.county)):
        assert told(town, who, area).came == 3


def test_nothing_of_another_area_is_counted(town: Town, monday: dict[str, int]) -> None:
    assert told(town, "other_desk", town.community).came == 0
    assert told(town, "eli", town.grid).open == 0


def test_a_week_holds_its_days(town: Town, monday: dict[str, int]) -> None:
    week = told(town, "dana", town.community, reporting.week_of(DAY).name)
    assert (week.came, week.is_over) == (3, False)


def test_a_day_without_cases_is_a_zero_report_that_nobody_files(town: Town) -> None:
    found = told(town, "chen", town.grid, (DAY - timedelta(days=3)).isoformat())
    assert found.is_zero and not found.open and found.is_over
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    page = signed_in(town, "chen").get(f"/desk/reports/{town.grid}/{yesterday}/").content.decode()
    assert "零报告" in page and "不需要任何人填报" in page


def test_what_is_past_its_promise_stands_with_its_unit_and_a_pause_is_not_held_against_it(
    town: Town, monday: dict[str, int]
) -> None:
    much_later = MORNING + timedelta(days=60)
    found = told(town, "dana", town.community, local_date(much_later).isoformat(), at=much_later)
    assert found.is_zero and found.overdue == 1
    assert sorted((row.paused, row.overdue) for row in found.units) == [(0, 1), (1, 0)]


# At the pages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["chen", "dana", "subdistrict", "command"])
def test_whoever_reads_begins_with_yesterday_in_their_own_area(town: Town, who: str) -> None:
    visitor = signed_in(town, who)
    answer = visitor.get("/desk/reports/")
    assert answer.status_code == 302 and (clock.today() - timedelta(days=1)).isoformat() in answer.url
    page = visitor.get(answer.url)
    assert page.status_code == 200 and "零报告" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "area"),
    [("chen", "community"), ("chen", "other_grid"), ("dana", "other_community"), ("dana", "subdistrict"),
     ("other_desk", "community")],
)  # fmt: skip
def test_an_area_that_is_not_ones_own_is_not_there(town: Town, who: str, area: str) -> None:
    assert signed_in(town, who).get(f"/desk/reports/{getattr(town, area)}/2026-11-02/").status_code == 404


@pytest.mark.parametrize("who", ["ben", "water", "system", "security", "audit", "mediator"])
def test_the_report_is_not_for_everybody(town: Town, who: str) -> None:
    assert signed_in(town, who).get("/desk/reports/").status_code == 403


@pytest.mark.parametrize(
    "period", ["2026-13-01", "2026-02-30", "2026-W54", "2026-W00", "yesterday", "0001-01-01", "9999-12-31", "2026-W4"]
)
def test_days_that_are_none_are_refused_in_words(town: Town, period: str) -> None:
    answer = signed_in(town, "dana").get(f"/desk/reports/{town.community}/{period}/")
    assert answer.status_code == 400 and ("没有这样的日期" in (page := answer.content.decode()) or "还没有开始" in page)


def test_tomorrow_has_no_report(town: Town) -> None:
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = signed_in(town, "dana").get(f"/desk/reports/{town.community}/{tomorrow}/")
    assert answer.status_code == 400 and "还没有开始" in answer.content.decode()


def test_files_say_the_same(town: Town, monday: dict[str, int]) -> None:
    from openpyxl import load_workbook

    dana = signed_in(town, "dana")
    address = f"/desk/reports/{town.community}/{reporting.week_of(DAY).name}/table"
    if reporting.week_of(DAY).first > clock.today():
        pytest.skip("the town lives in days to come")
    sheet = b"".join(dana.get(f"{address}.csv").streaming_content).decode("utf-8-sig").splitlines()
    book = load_workbook(BytesIO(dana.get(f"{address}.xlsx").content)).active
    assert sheet[0] == "部分,名称,统计什么,件数"
    assert [",".join("" if cell is None else str(cell) for cell in row) for row in book.values] == sheet
    assert dana.get(f"{address}.pdf").status_code == 404


# Which unit held what -------------------------------------------------------------------------------------------------


def units(town: Town, who: str, *, at: Any = EVENING, **more: Any) -> dict[str, holding.Holding]:
    period = reporting.span_of(DAY, local_date(at), local_date(at))
    actor = town.actor(who)
    with acting_as(actor):
        area = Area.objects.filter(pk=actor.org).first()
        scope = Scope("holder_unit_id", actor.org) if who == "water" else Scope(f"{area.level}_id", area.pk)
        return {row.name: row for row in holding.by_unit(scope, period, at=at, **more)}


def test_time_held_is_working_time_and_pauses_stand_apart(town: Town, monday: dict[str, int]) -> None:
    """From 9:30: the first for an hour, the second for two and then paused till offices close at 18."""
    row = next(each for each in units(town, "chen").values())
    assert (row.cases, row.hours, row.longest_h) == (2, 3.0, 2.0)
    assert (row.paused_h, row.usual_h) == (4.5, 1.5)
    assert (row.solved, row.explained, row.out_of_scope) == (1, 0, 0)


def test_few_cases_have_no_share(town: Town, monday: dict[str, int]) -> None:
    row = next(each for each in units(town, "chen").values())
    assert (row.measured, row.kept, row.kept_share) == (1, 1, None)


def test_the_cases_behind_a_number_are_those_that_it_counts(town: Town, monday: dict[str, int]) -> None:
    with acting_as(town.actor("dana")):
        rows = holding.cases_of(
            town.units["grid_team"], Scope("community_id", town.community), reporting.span_of(DAY, DAY, DAY), at=EVENING
        )
    assert sorted((row.hours, row.paused_h) for row in rows) == [(1.0, 0.0), (2.0, 4.5)]


@pytest.mark.parametrize("days", [0, 1, 5, 12])
def test_the_database_reckons_hours_as_the_calendar_does(town: Town, monday: dict[str, int], days: int) -> None:
    from doorstep.cases.queries import calendar

    at = EVENING + timedelta(days=days)
    other = units(town, "eli", at=at)
    assert [row.hours for row in other.values()] == [
        round(calendar(at).working_time(MORNING, at).total_seconds() / 3600, 1)
    ]


def test_an_upheld_objection_is_not_held_against_the_unit(town: Town, monday: dict[str, int]) -> None:
    from doorstep.cases.actions import dispatch

    eli, office = town.actor("eli"), town.actor("subdistrict")
    with acting_as(eli):
        act.decline(monday["other"], "不在我们网格内。", by=eli, at=MORNING + timedelta(hours=1), basis="duties")
    with acting_as(office):
        dispatch.dispatch_by_hand(
            monday["other"], town.units["community_desk"], reason="同意", by=office, at=MORNING + timedelta(hours=2)
        )
    rows = {row.unit: row for row in units(town, "dana").values()}
    gone = rows[town.units["other_grid_team"]]
    assert (gone.cases, gone.hours, gone.objected) == (0, 0.0, 1)
    assert rows[town.units["community_desk"]].cases == 1


@pytest.mark.parametrize(
    ("who", "status"), [("chen", 403), ("ben", 403), ("audit", 403), ("water", 200), ("dana", 200)]
)
def test_the_page_of_units_is_for_desks_and_departments(town: Town, who: str, status: int) -> None:
    answer = signed_in(town, who).get("/desk/reports/units/")
    assert answer.status_code == status
    if status == 200:
        assert "没有诉求是好事" in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "said"),
    [("since=2026-01-01&until=2025-12-01", "在开始日期之前"), ("since=2020-01-01", "最多看 92 天"),
     ("since=nonsense", "没有这样的日期"), ("since=2999-01-01&until=2999-01-02", "还没有开始")],
)  # fmt: skip
def test_a_wrong_time_is_told_and_the_page_stands(town: Town, asked: str, said: str) -> None:
    answer = signed_in(town, "dana").get(f"/desk/reports/units/?{asked}")
    assert answer.status_code == 422 and said in answer.content.decode()
    assert signed_in(town, "dana").get(f"/desk/reports/units.csv?{asked}").status_code in (400, 422)


def test_no_unit_of_that_number_is_not_there(town: Town) -> None:
    assert signed_in(town, "dana").get("/desk/reports/units/999999/").status_code == 404
    with acting_as(WORKER):
        assert Area.objects.count()
