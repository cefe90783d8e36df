"""Open cases go where their place now is; what ended keeps the grid that served it; and every report counts once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.areas.actions.test_publishing import CHANGED_IN_THE_EAST, TODAY, publish_as
from tests.areas.plans import TOWN, an_approved
from tests.cases.test_life import moves, the
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.areas.models import Area
from doorstep.cases.actions import act, classify, close, dispatch, locate, verify
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.models import Tally
from doorstep.core.access import WORKER, acting_as, follower_of

RUBBISH = "stairwell-rubbish"
LATER = MORNING + timedelta(hours=1)


def reported(town: Town, column: float, row: float, item: str = RUBBISH) -> int:
    """A case this many squares from the town's north-western corner, carried to its holder."""
    lon, lat = LON + SQUARE_DEG * column, LAT - SQUARE_DEG * row
    place = Place(lon=lon, lat=lat, community=town.community, subdistrict=town.subdistrict, county=town.county)
    case = report(Report("楼道里堆满了杂物", place, item=item), at=MORNING).case
    advance(at=MORNING)
    return case


def code_of(area: int | None) -> str:
    with acting_as(WORKER):
        return Area.objects.get(pk=area).code[12:]


def done_and_closed(town: Town, case: int, who: str) -> None:
    worker, ava = town.actor(who), follower_of(case)
    with acting_as(worker):
        act.do(case, "清走了。", by=worker, at=LATER)
    with acting_as(ava):
        verify.say_solved(case, by=ava, at=LATER)
    advance(at=LATER)
    assert the(case).state == "closed"


# When a plan comes into force ---------------------------------------------------------------------------------------


def test_an_open_case_goes_to_the_micro_grid_in_which_its_place_now_lies(town: Town) -> None:
    case = reported(town, 1.5, 1.75)
    assert code_of(the(case).microgrid_id) == "00202"
    publish_as(town, "dana", an_approved(town, CHANGED_IN_THE_EAST))
    now = the(case)
    assert (code_of(now.microgrid_id), code_of(now.grid_id)) == ("00203", "002")
    assert moves(case)[-1] == "note"
    assert now.question == ""


def test_eli_still_sees_and_takes_what_his_team_holds(town: Town) -> None:
    case = reported(town, 1.5, 1.75)
    publish_as(town, "dana", an_approved(town, CHANGED_IN_THE_EAST))
    eli = town.actor("eli")
    with acting_as(WORKER):
        now = Area.objects.get(code__endswith="001002", level="grid", valid_until=None)
    moved = type(eli)(eli.role, org=now.pk, unit=eli.unit, post=eli.post)
    with acting_as(moved):
        act.take(case, by=moved, at=LATER)
    assert the(case).state == "taken"


def test_a_case_whose_micro_grid_goes_on_in_a_new_grid_goes_with_it(town: Town) -> None:
    case = reported(town, 1.5, 0.5)
    publish_as(town, "dana", an_approved(town, {**TOWN, "2-3": (2, 0, 3, 2)}))
    now = the(case)
    assert now.microgrid_id == town.microgrids[2]
    assert now.grid_id != town.other_grid
    assert code_of(now.grid_id) == "002"


def test_a_case_elsewhere_is_left_alone(town: Town) -> None:
    case = reported(town, 0.5, 0.5)
    before = the(case)
    publish_as(town, "dana", an_approved(town, CHANGED_IN_THE_EAST))
    assert (the(case).seq, the(case).microgrid_id) == (before.seq, before.microgrid_id)


def test_what_ended_keeps_the_micro_grid_it_had(town: Town) -> None:
    case = reported(town, 1.5, 1.75)
    done_and_closed(town, case, "eli")
    before = the(case)
    publish_as(town, "dana", an_approved(town, CHANGED_IN_THE_EAST))
    assert (the(case).seq, the(case).microgrid_id) == (before.seq, before.microgrid_id)


def test_a_case_that_comes_to_another_grid_is_out_of_its_teams_sight_so_somebody_is_asked(town: Town) -> None:
    case = reported(town, 1.5, 1.75)
    all_in_the_west = {"1-1": (0, 0, 1, 2), "1-2": (1, 1, 2, 2), "2-1": (1, 0, 2, 1)}
    publish_as(town, "dana", an_approved(town, all_in_the_west))
    now = the(case)
    assert (code_of(now.grid_id), now.question) == ("001", "which-unit")


def test_where_a_grid_ends_somebody_is_asked_who_goes_on(town: Town) -> None:
    case = reported(town, 1.5, 1.75)
    publish_as(town, "dana", an_approved(town, {"1-1": (0, 0, 2, 2)}))
    now = the(case)
    assert (code_of(now.grid_id), now.question) == ("001", "which-unit")


def test_what_is_done_and_waits_for_ava_is_not_asked_about(town: Town) -> None:
    case = reported(town, 1.5, 1.75)
    eli = town.actor("eli")
    with acting_as(eli):
        act.do(case, "清走了。", by=eli, at=LATER)
    publish_as(town, "dana", an_approved(town, {"1-1": (0, 0, 2, 2)}))
    assert (the(case).state, the(case).question) == ("done", "")


@pytest.mark.parametrize(("taken", "question"), [(False, "where"), (True, "")])
def test_a_place_that_no_micro_grid_holds_any_more_is_asked_for_before_work_begins(
    town: Town, taken: bool, question: str
) -> None:
    case = reported(town, 1.5, 1.75)
    eli = town.actor("eli")
    if taken:
        with acting_as(eli):
            act.take(case, by=eli, at=LATER)
    publish_as(town, "dana", an_approved(town, {"1-1": (0, 0, 2, 1)}))
    assert the(case).question == question


# What is counted ----------------------------------------------------------------------------------------------------


def tally(town: Town) -> dict[tuple[date, str], dict[str, int]]:
    columns = ("reported", "solved", "explained", "out_of_scope", "reopened")
    with acting_as(WORKER):
        rows = Tally.objects.filter(community=town.community)
        return {
            (row.day, row.case_class[:2]): {name: value for name in columns if (value := getattr(row, name))}
            for row in rows
        }


def counted(town: Town) -> dict[str, int]:
    """All that is counted, days and classes together."""
    together: dict[str, int] = {}
    for columns in tally(town).values():
        for name, value in columns.items():
            together[name] = together.get(name, 0) + value
    return together


def test_a_report_counts_on_its_own_day_and_its_end_on_the_day_of_the_end(town: Town) -> None:
    case = reported(town, 0.5, 0.5)
    assert [(day, columns) for (day, _), columns in tally(town).items()] == [(TODAY, {"reported": 1})]
    chen, ava, tomorrow = town.actor("chen"), follower_of(case), MORNING + timedelta(days=1)
    with acting_as(chen):
        act.do(case, "清走了。", by=chen, at=tomorrow)
    with acting_as(ava):
        verify.say_solved(case, by=ava, at=tomorrow)
    advance(at=tomorrow)
    assert {day: columns for (day, _), columns in tally(town).items()} == {
        TODAY: {"reported": 1},
        TODAY + timedelta(days=1): {"solved": 1},
    }


def test_a_report_that_goes_back_and_forth_counts_once(town: Town) -> None:
    case = reported(town, 0.5, 0.5)
    chen, dana, office = town.actor("chen"), town.actor("dana"), town.actor("subdistrict")
    with acting_as(chen):
        act.decline(case, "不归我们管，应由物业清运。", by=chen, at=LATER, basis="written", cited="准入清单第3条")
    with acting_as(office):
        dispatch.dispatch_by_hand(case, town.units["community_desk"], by=office, at=LATER)
    assert "dispatch" in moves(case)[4:]
    with acting_as(dana):
        classify.classify_by_hand(case, item="stairwell-rubbish", urgency="", by=dana, at=LATER)
    advance(at=LATER)
    assert moves(case).count("dispatch") == 3
    assert counted(town) == {"reported": 1}


def test_a_place_that_dana_corrects_counts_no_second_time(town: Town) -> None:
    case = reported(town, 0.5, 0.5)
    dana = town.actor("dana")
    with acting_as(dana):
        locate.locate_by_hand(case, "32110200100100102", by=dana, at=LATER)
    advance(at=LATER)
    assert moves(case).count("dispatch") == 2
    assert counted(town) == {"reported": 1}


def test_what_is_opened_again_is_one_report_with_two_ends(town: Town) -> None:
    case = reported(town, 0.5, 0.5)
    done_and_closed(town, case, "chen")
    ava = follower_of(case)
    with acting_as(ava):
        close.reopen(case, "又堆上了", by=ava, at=LATER)
    advance(at=LATER)
    done_and_closed(town, case, "chen")
    assert counted(town) == {"reported": 1, "solved": 2, "reopened": 1}


def test_what_dana_explains_before_anybody_was_sent_is_counted_as_reported_too(town: Town) -> None:
    lon, lat = LON + SQUARE_DEG / 2, LAT - SQUARE_DEG / 2
    place = Place(lon=lon, lat=lat, community=town.community, subdistrict=town.subdistrict, county=town.county)
    case = report(Report("楼道里堆满了杂物", place, item=RUBBISH), at=MORNING).case
    advance(at=MORNING)
    chen, dana = town.actor("chen"), town.actor("dana")
    with acting_as(chen):
        act.decline(case, "不归我们管，应由物业清运。", by=chen, at=LATER, basis="written", cited="准入清单第3条")
    with acting_as(dana):
        close.close_by_hand(case, "explained", "这一处由物业今天下午统一清理。", by=dana, at=LATER)
    assert counted(town) == {"reported": 1, "explained": 1}


def test_two_classes_are_counted_apart(town: Town) -> None:
    reported(town, 0.5, 0.5)
    reported(town, 0.5, 0.5, item="street-light")
    assert sorted(columns["reported"] for columns in tally(town).values()) == [1, 1]
