"""Clocks on a real database: who may stop one, who may grant more time, and what the machine does as time passes."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection
from tests.town import MORNING, Town

from doorstep.cases.actions import act, clocks, dispatch, verify
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.ledger import CaseNotFound, MoveRefused
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.models import Case
from doorstep.cases.queries import forget_calendar, ledger_of
from doorstep.cases.rules.deadlines import ExtensionRefused
from doorstep.cases.rules.ladder import Rung
from doorstep.cases.rules.pausing import PauseRefused
from doorstep.core.access import WORKER, acting_as, follower_of
from doorstep.core.ids import CaseId
from doorstep.core.time.zone import LOCAL
from doorstep.notices.models import Notice

WHY = "配件要从外地调来"


@pytest.fixture(autouse=True)
def own_calendar():
    """No calendar of another test is left over, nor one for the next."""
    forget_calendar()
    yield
    forget_calendar()


@pytest.fixture
def case(town: Town) -> CaseId:
    """Reported on a Monday morning; five working days."""
    return reported(town)


def reported(town: Town, item: str = "stairwell-rubbish", words: str = "楼道里堆满了杂物") -> CaseId:
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    found = report(Report(words, place, Contact(email="ava@example.invalid"), item=item), at=MORNING).case
    advance(at=MORNING)
    return found


def later(**span: float) -> datetime:
    return MORNING + timedelta(**span)


def the(case: int) -> Case:
    with acting_as(WORKER):
        return Case.objects.get(pk=case)


def moves(case: int) -> list[str]:
    with acting_as(WORKER):
        return [event.move for event in ledger_of(case)]


def last(case: int) -> dict[str, object]:
    with acting_as(WORKER):
        return ledger_of(case)[-1].facts


def notices(case: int) -> list[str]:
    with acting_as(WORKER):
        return [each.message["key"] for each in Notice.objects.filter(case=case).order_by("id")]


def by(town: Town, who: str, move, case: int, *given, at: datetime, **more):
    actor = town.actor(who)
    with acting_as(actor):
        return move(case, *given, by=actor, at=at, **more)


def taken(town: Town, case: int) -> int:
    by(town, "chen", act.take, case, at=later(hours=1))
    return case


# Pauses ---------------------------------------------------------------------------------------------------------------


def test_chen_pauses_and_the_promise_to_ava_runs_on(town, case):
    before = the(taken(town, case))
    by(town, "chen", clocks.pause, case, "material", 3, WHY, at=later(days=1))
    now = the(case)
    assert now.promised_by == before.promised_by
    assert now.holder_due_at == datetime(2026, 12, 3, 18, tzinfo=LOCAL) > before.holder_due_at
    assert now.paused_until == now.look_again_at == datetime(2026, 11, 27, 18, tzinfo=LOCAL)
    assert notices(case)[-1] == "notices-paused"


def test_chen_goes_on_earlier_and_gets_only_the_days_he_waited(town, case):
    taken(town, case)
    by(town, "chen", clocks.pause, case, "material", 3, at=later(days=1))
    by(town, "chen", clocks.resume, case, at=later(days=2))
    now = the(case)
    assert (now.paused_until, now.holder_due_at) == (None, datetime(2026, 12, 1, 18, tzinfo=LOCAL))
    assert notices(case)[-1] == "notices-resumed"


def test_a_pause_ends_by_itself_and_only_once(town, case):
    taken(town, case)
    by(town, "chen", clocks.pause, case, "weather", 1, at=later(days=1))
    over = the(case).paused_until
    advance(at=over - timedelta(minutes=1))
    assert moves(case)[-1] == "pause"
    advance(at=over)
    advance(at=over + timedelta(minutes=1))
    assert moves(case).count("resume") == 1
    assert the(case).paused_until is None


def test_ava_answers_and_the_clock_runs_again(town, case):
    taken(town, case)
    by(town, "chen", clocks.pause, case, "resident", 5, at=later(days=1))
    ava = follower_of(case)
    with acting_as(ava):
        act.note(case, "下午在家，可以来。", by=ava, at=later(days=1, hours=2))
    advance(at=later(days=1, hours=2))
    assert moves(case)[-2:] == ["note", "resume"]


def test_dana_ends_a_pause_that_nothing_is_waited_for(town, case):
    taken(town, case)
    by(town, "chen", clocks.pause, case, "material", 3, at=later(days=1))
    by(town, "dana", clocks.resume, case, "材料昨天已经到了。", at=later(days=2))
    assert the(case).paused_until is None


def test_work_that_is_done_ends_the_pause_too(town, case):
    taken(town, case)
    by(town, "chen", clocks.pause, case, "material", 3, at=later(days=1))
    by(town, "chen", act.do, case, "清走了。", at=later(days=2))
    assert (the(case).paused_until, the(case).state) == (None, "done")


@pytest.mark.parametrize(("who", "refusal"), [("dana", MoveRefused), ("eli", CaseNotFound), ("water", CaseNotFound)])
def test_nobody_but_the_holder_stops_its_clock(town, case, who, refusal):
    taken(town, case)
    with pytest.raises(refusal):
        by(town, who, clocks.pause, case, "material", 3, at=later(days=1))


def test_ava_cannot_stop_a_clock_and_what_nobody_took_cannot_wait(town, case):
    ava = follower_of(case)
    with acting_as(ava), pytest.raises(MoveRefused):
        clocks.pause(case, "material", 3, by=ava, at=later(days=1))
    with pytest.raises(MoveRefused):
        by(town, "chen", clocks.pause, case, "material", 3, at=later(hours=1))


def test_what_does_not_stand_still_cannot_go_on(town, case):
    taken(town, case)
    with pytest.raises(PauseRefused):
        by(town, "chen", clocks.resume, case, at=later(days=1))


# More time ------------------------------------------------------------------------------------------------------------


def test_chen_asks_dana_grants_and_ava_is_told_the_new_date(town, case):
    taken(town, case)
    by(town, "chen", clocks.ask_for_more_time, case, 3, WHY, at=later(days=1))
    asked = the(case)
    assert (asked.question, asked.look_again_at is not None) == ("more-time", True)
    assert "notices-received" not in notices(case)[1:], "nothing is told before it is answered"
    by(town, "dana", clocks.extend, case, True, at=later(days=2))
    now = the(case)
    assert now.question == ""
    assert now.promised_by == now.holder_due_at == datetime(2026, 12, 3, 18, tzinfo=LOCAL)
    assert last(case)["granted"] is True
    assert notices(case)[-1] == "notices-extended"


def test_dana_refuses_with_a_reason_and_nothing_moves(town, case):
    before = the(taken(town, case))
    by(town, "chen", clocks.ask_for_more_time, case, 3, WHY, at=later(days=1))
    with pytest.raises(ExtensionRefused):
        by(town, "dana", clocks.extend, case, False, " ", at=later(days=2))
    by(town, "dana", clocks.extend, case, False, "仓库里有现成的配件。", at=later(days=2))
    now = the(case)
    assert (now.question, now.promised_by, now.holder_due_at) == ("", before.promised_by, before.holder_due_at)


def test_it_is_extended_once_and_never_after_the_promise_was_broken(town, case):
    taken(town, case)
    by(town, "chen", clocks.ask_for_more_time, case, 3, WHY, at=later(days=1))
    by(town, "dana", clocks.extend, case, True, at=later(days=2))
    with pytest.raises(ExtensionRefused):
        by(town, "chen", clocks.ask_for_more_time, case, 1, WHY, at=later(days=3))
    other = taken(town, reported(town, words="走廊里堆着旧家具"))
    by(town, "chen", clocks.ask_for_more_time, other, 3, WHY, at=later(days=1))
    with pytest.raises(ExtensionRefused):
        by(town, "dana", clocks.extend, other, True, at=later(days=20))


@pytest.mark.parametrize("who", ["chen", "dana", "subdistrict", "command"])
def test_what_dana_holds_herself_is_granted_above_her(town, case, who):
    by(town, "dana", dispatch.dispatch_by_hand, case, town.units["community_desk"], at=later(hours=1))
    by(town, "dana", act.take, case, at=later(hours=2))
    by(town, "dana", clocks.ask_for_more_time, case, 3, WHY, at=later(days=1))
    assert the(case).question == "more-time-subdistrict"
    if who in ("chen", "dana"):
        with pytest.raises(MoveRefused):
            by(town, who, clocks.extend, case, True, at=later(days=2))
    else:
        by(town, who, clocks.extend, case, True, at=later(days=2))
        assert the(case).question == ""


def test_only_the_holder_asks_and_nothing_is_granted_that_nobody_asked_for(town, case):
    taken(town, case)
    with pytest.raises(MoveRefused):
        by(town, "dana", clocks.ask_for_more_time, case, 3, WHY, at=later(days=1))
    with pytest.raises(MoveRefused):
        by(town, "dana", clocks.extend, case, True, at=later(days=1))


# The machine ----------------------------------------------------------------------------------------------------------


def test_what_nobody_signs_for_is_taken_as_signed_and_the_holder_is_pressed(town, case):
    signed_at = the(case).look_again_at
    assert signed_at == datetime(2026, 11, 23, 15, 30, tzinfo=LOCAL), "four working hours, noon left out"
    before = the(case).holder_due_at
    advance(at=signed_at - timedelta(seconds=1))
    assert the(case).state == "dispatched"
    advance(at=signed_at)
    now = the(case)
    assert (now.state, now.rung, now.holder_due_at) == ("taken", Rung.HOLDER.rank, before)
    assert moves(case)[-2:] == ["take", "press"]
    assert notices(case)[-1] == "notices-dispatched", "that is between the holder and us"


def test_the_ladder_is_climbed_rung_by_rung_each_once(town, case):
    taken(town, case)
    for _ in range(12):
        due = the(case).look_again_at
        if due is None:
            break
        advance(at=due)
    with acting_as(WORKER):
        told = [event.facts["rung"] for event in ledger_of(case) if event.move == "press"]
    assert told == [str(rung) for rung in Rung]
    assert notices(case)[-3:] == ["notices-pressed"] * 3
    assert the(case).look_again_at is None


def test_a_machine_that_slept_tells_the_highest_rung_alone(town, case):
    taken(town, case)
    advance(at=later(days=40))
    assert moves(case).count("press") == 1
    assert the(case).rung == Rung.COMMAND.rank


def test_done_work_climbs_no_further_and_work_that_comes_back_does(town, case):
    taken(town, case)
    by(town, "chen", act.do, case, "清走了。", at=later(days=1))
    ava = follower_of(case)
    with acting_as(ava):
        verify.say_not_solved(case, "还有一半。", by=ava, at=later(days=2))
    advance(at=later(days=2))
    assert "press" not in moves(case)
    advance(at=later(days=5))
    assert moves(case)[-1] == "press"


def test_a_new_holder_gets_a_clock_of_its_own_and_the_rungs_above_stay_told(town, case):
    taken(town, case)
    advance(at=later(days=8))
    assert the(case).rung == Rung.COMMUNITY.rank
    by(town, "dana", dispatch.dispatch_by_hand, case, town.units["other_grid_team"], at=later(days=8, hours=1))
    now = the(case)
    assert (now.rung, now.holder_due_at > now.promised_by) == (Rung.COMMUNITY.rank, True)


def test_a_critical_case_is_pressed_within_minutes(town):
    case = reported(town, item="", words="厨房里有很浓的燃气味")
    assert the(case).urgency == "critical"
    advance(at=later(minutes=5))
    assert moves(case)[-2:] == ["take", "press"]
    advance(at=later(hours=2))
    assert the(case).rung >= Rung.SUBDISTRICT.rank


def test_a_question_stops_no_clock(town, case):
    taken(town, case)
    by(town, "chen", clocks.ask_for_more_time, case, 3, WHY, at=later(days=1))
    advance(at=later(days=8))
    now = the(case)
    assert (now.question, now.rung) == ("more-time", Rung.COMMUNITY.rank)


def test_what_an_older_version_parked_climbs_once_the_migration_has_seen_it(town):
    """It was parked without a moment at which to look again: nobody was ever told."""
    parked_before = import_module("doorstep.cases.migrations.0014_parked_before")
    waiting, held = reported(town, item="", words="那个东西坏了"), reported(town)
    assert the(waiting).question and the(held).state == "dispatched"
    with acting_as(WORKER):
        Case.objects.filter(pk__in=[waiting, held]).update(look_again_at=None)
        advance(at=later(days=3))
        assert "press" not in moves(waiting)
        with connection.cursor() as cursor:
            cursor.execute(parked_before.LOOK_AGAIN.replace("now()", "%s"), [later(days=3)])
        assert the(held).look_again_at is None
    advance(at=later(days=3))
    assert moves(waiting)[-1] == "press" and the(waiting).look_again_at is not None
