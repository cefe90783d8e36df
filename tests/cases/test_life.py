"""One case from the report to the end, on a real database, each move by whoever may make it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.town import MORNING, Town

from doorstep.cases.actions import act, close, verify
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.classify import classify_by_hand
from doorstep.cases.actions.ledger import CaseNotFound, MoveRefused
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.models import Case
from doorstep.cases.queries import ledger_of
from doorstep.core.access import WORKER, acting_as, follower_of


def reported(town: Town, words: str = "楼道里堆满了杂物", item: str = "stairwell-rubbish") -> int:
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    return report(Report(words, place, Contact(phone="13800000000"), item=item), at=MORNING).case


def the(case: int) -> Case:
    with acting_as(WORKER):
        return Case.objects.get(pk=case)


def moves(case: int) -> list[str]:
    with acting_as(WORKER):
        return [event.move for event in ledger_of(case)]


def test_a_report_finds_its_grid_its_class_and_its_holder_by_itself(town):
    case = reported(town)
    assert advance(at=MORNING) == 1
    now = the(case)
    assert moves(case) == ["report", "locate", "classify", "dispatch"]
    assert (now.state, now.grid_id, now.microgrid_id) == ("dispatched", town.grid, town.microgrids[0])
    assert now.holder_due_at is not None and now.promised_by is not None


def test_ava_is_asked_whether_it_was_really_solved(town):
    case = reported(town)
    advance(at=MORNING)
    holder = town.actor("chen")
    assert the(case).holder_unit_id == holder.unit
    with acting_as(holder):
        act.take(case, by=holder, at=MORNING)
        act.do(case, "换了灯泡，已亮。", by=holder, at=MORNING + timedelta(hours=1))
    ava = follower_of(case)
    with acting_as(ava):
        verify.say_solved(case, by=ava, at=MORNING + timedelta(hours=2))
    advance(at=MORNING + timedelta(hours=2))
    now = the(case)
    assert (now.state, now.outcome, now.is_open) == ("closed", "solved", False)
    assert moves(case)[4:] == ["take", "do", "verify", "close"]


def test_ava_may_open_it_again_and_the_promise_stays(town):
    case = reported(town)
    advance(at=MORNING)
    promised = the(case).promised_by
    chen = town.actor("chen")
    with acting_as(chen):
        act.do(case, "换了灯泡。", by=chen, at=MORNING)
    ava = follower_of(case)
    with acting_as(ava):
        verify.say_solved(case, by=ava, at=MORNING)
    advance(at=MORNING)
    later = MORNING + timedelta(days=1)
    with acting_as(ava):
        close.reopen(case, "又不亮了", by=ava, at=later)
    advance(at=later)
    now = the(case)
    assert (now.state, now.is_open, now.promised_by) == ("dispatched", True, promised)


def test_eli_of_another_grid_does_not_even_see_the_case(town):
    case = reported(town)
    advance(at=MORNING)
    eli = town.actor("eli")
    with acting_as(eli), pytest.raises(CaseNotFound):
        act.take(case, by=eli, at=MORNING)


def test_dana_at_the_desk_may_not_take_what_the_grid_holds(town):
    case = reported(town)
    advance(at=MORNING)
    dana = town.actor("dana")
    with acting_as(dana), pytest.raises(MoveRefused):
        act.take(case, by=dana, at=MORNING)


def test_a_report_that_nobody_can_place_waits_for_the_desk(town):
    case = report(Report("路灯不亮"), at=MORNING).case
    advance(at=MORNING)
    now = the(case)
    assert (now.state, now.question) == ("reported", "where")
    assert now.look_again_at == MORNING + timedelta(hours=6), "four working hours and the noon break"
    assert now.county_id == town.county


def test_a_case_that_no_desk_answers_climbs_and_the_next_holder_begins_anew(town):
    case = reported(town, "有件事想说", item="")
    advance(at=MORNING)
    assert the(case).question == "which-class"
    at = MORNING
    for rung in ("community", "subdistrict", "command"):
        at = the(case).look_again_at
        advance(at=at)
        with acting_as(WORKER):
            last = ledger_of(case)[-1]
        assert (last.move, last.facts["rung"], last.facts["question"]) == ("press", rung, "which-class")
    assert the(case).look_again_at is None
    dana = town.actor("dana")
    with acting_as(dana):
        classify_by_hand(case, item="stairwell-rubbish", urgency="", by=dana, at=at)
    advance(at=at)
    assert (the(case).state, the(case).rung) == ("dispatched", 0)
