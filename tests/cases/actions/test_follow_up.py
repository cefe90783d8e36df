"""After a working day Ava is asked once whether it held; silence stays silence, and an answer may open it again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.cases.test_life import moves, reported, the
from tests.town import MORNING, Town

from doorstep.cases import figures
from doorstep.cases.actions import act, close, erase, follow_up, verify
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.ledger import MoveRefused
from doorstep.cases.models import Event, Tally
from doorstep.cases.queries import followed
from doorstep.cases.rules.follow_up import NothingAsked
from doorstep.cases.rules.happened import NotAMoment
from doorstep.core.access import WORKER, acting_as, follower_of
from doorstep.core.time.zone import LOCAL, local_date
from doorstep.notices.models import Notice

TUESDAY_EVENING = datetime(2026, 11, 24, 18, 0, tzinfo=LOCAL)


def done(case: int, town: Town, outcome: str = "solved", at: datetime = MORNING) -> None:
    chen = town.actor("chen")
    with acting_as(chen):
        act.do(case, "已清理干净，楼道通了。", by=chen, at=at, outcome=outcome)


def solved(town: Town) -> int:
    """Closed on Monday morning, confirmed by Ava."""
    case = reported(town)
    advance(at=MORNING)
    done(case, town)
    ava = follower_of(case)
    with acting_as(ava):
        verify.say_solved(case, by=ava, at=MORNING)
    advance(at=MORNING)
    return case


def facts_of(case: int, move: str) -> list[dict]:
    with acting_as(WORKER):
        return list(Event.objects.filter(case=case, move=move).order_by("seq").values_list("facts", flat=True))


def test_ava_is_asked_once_when_a_working_day_has_passed(town):
    case = solved(town)
    assert the(case).look_again_at == TUESDAY_EVENING
    assert advance(at=TUESDAY_EVENING - timedelta(minutes=1)) == 0
    assert advance(at=TUESDAY_EVENING) == 1
    assert facts_of(case, "ask")[0]["question"] == "did-it-hold"
    now = the(case)
    assert (now.state, now.question, now.is_open, now.look_again_at) == ("closed", "", False, None)
    for day in range(10):
        advance(at=TUESDAY_EVENING + timedelta(days=day))
    assert moves(case).count("ask") == 1


def test_she_is_told_that_she_is_asked(town):
    case = solved(town)
    advance(at=TUESDAY_EVENING)
    with acting_as(WORKER):
        last = Notice.objects.filter(case=case).order_by("id").last()
    assert (last.message["key"], last.channel) == ("held-notice", "sms")


def test_that_it_held_is_written_down_and_the_case_stays_closed(town):
    case = solved(town)
    advance(at=TUESDAY_EVENING)
    ava, later = follower_of(case), TUESDAY_EVENING + timedelta(hours=1)
    with acting_as(ava):
        assert followed(case).is_asked_whether_it_held(later)
        follow_up.say_it_held(case, by=ava, at=later)
        assert not followed(case).is_asked_whether_it_held(later)
        with pytest.raises(NothingAsked):
            follow_up.say_it_held(case, by=ava, at=later)
    assert facts_of(case, "verify")[-1]["verdict"] == "held"
    assert the(case).state == "closed"


def test_that_it_did_not_hold_opens_it_again_and_the_next_end_is_followed_up_too(town):
    case = solved(town)
    advance(at=TUESDAY_EVENING)
    ava, later = follower_of(case), TUESDAY_EVENING + timedelta(hours=1)
    with acting_as(ava):
        close.reopen(case, "又堆上了", by=ava, at=later)
    assert facts_of(case, "reopen") == [{**facts_of(case, "reopen")[0], "held": False}]
    advance(at=later)
    assert the(case).state == "dispatched"
    done(case, town, at=later)
    with acting_as(ava):
        verify.say_solved(case, by=ava, at=later)
    advance(at=later)
    advance(at=later + timedelta(days=2))
    assert moves(case).count("ask") == 2


def test_nobody_may_say_for_ava_that_it_held(town):
    case = solved(town)
    advance(at=TUESDAY_EVENING)
    for who in ("chen", "dana", "subdistrict", "command"):
        actor = town.actor(who)
        with acting_as(actor), pytest.raises(MoveRefused):
            follow_up.say_it_held(case, by=actor, at=TUESDAY_EVENING)


def test_before_the_question_there_is_nothing_to_answer_and_after_a_week_nothing_any_more(town):
    case = solved(town)
    ava = follower_of(case)
    with acting_as(ava), pytest.raises(NothingAsked):
        follow_up.say_it_held(case, by=ava, at=MORNING + timedelta(hours=1))
    advance(at=TUESDAY_EVENING)
    with acting_as(ava), pytest.raises(NothingAsked):
        follow_up.say_it_held(case, by=ava, at=MORNING + timedelta(days=9))


def test_whoever_had_everything_erased_is_not_asked(town):
    case = solved(town)
    ava = follower_of(case)
    with acting_as(ava):
        erase.erase(case, by=ava, at=MORNING + timedelta(hours=1))
    advance(at=TUESDAY_EVENING)
    assert "ask" not in moves(case)


def test_what_was_explained_cannot_fail_to_hold(town):
    case = reported(town)
    advance(at=MORNING)
    done(case, town, outcome="explained")
    ava = follower_of(case)
    with acting_as(ava):
        verify.say_solved(case, by=ava, at=MORNING)
    advance(at=MORNING)
    assert (the(case).outcome, the(case).look_again_at) == ("explained", None)


def test_the_holder_says_when_and_where_only_if_they_wish(town):
    case, plain = reported(town), reported(town)
    advance(at=MORNING)
    chen, at = town.actor("chen"), MORNING + timedelta(hours=3)
    with acting_as(chen):
        act.do(case, "已清理。", by=chen, at=at, happened_at=at - timedelta(hours=1), place="三单元门口")
        act.do(plain, "已清理。", by=chen, at=at)
    ava = follower_of(case)
    with acting_as(ava):
        shown = followed(case)
        event = next(event for event in shown.ledger if event.move == "do")
        assert event.happened_at == at - timedelta(hours=1)
        assert shown.words[event.seq] == "已清理。\n地点：三单元门口"
    assert "三单元" not in str(facts_of(case, "do"))
    with acting_as(follower_of(plain)):
        assert list(followed(plain).words.values())[-1] == "已清理。"


def test_nothing_is_done_before_it_was_reported(town):
    case = reported(town)
    advance(at=MORNING)
    chen = town.actor("chen")
    with acting_as(chen), pytest.raises(NotAMoment):
        act.do(case, "已清理。", by=chen, at=MORNING, happened_at=MORNING - timedelta(minutes=1))


# Silence is silence -------------------------------------------------------------------------------------------------


def counts(town: Town, at: datetime) -> figures.ClassRow:
    from doorstep.areas.models import Area

    with acting_as(town.actor("dana")):
        (row,) = figures.by_class(Area.objects.get(pk=town.community), local_date(at))
    return row


def test_of_three_solved_cases_one_is_confirmed_one_was_seen_and_one_is_silent(town):
    cases = [reported(town) for _ in range(3)]
    advance(at=MORNING)
    for case in cases:
        done(case, town)
    ava, dana = follower_of(cases[0]), town.actor("dana")
    with acting_as(ava):
        verify.say_solved(cases[0], by=ava, at=MORNING)
    with acting_as(dana):
        verify.verify_by_hand(cases[1], "去看过了", by=dana, at=MORNING)
    end = MORNING + timedelta(days=9)
    advance(at=end)
    assert {the(case).state for case in cases} == {"closed"}
    row = counts(town, end)
    assert (row.solved, row.confirmed, row.unheard) == (3, 1, 1)
    assert [facts_of(case, "close")[0]["verdict"] for case in cases] == ["confirmed", "seen-by-staff", "unheard"]
    assert [facts_of(case, "close")[0]["confirmed"] for case in cases] == [True, False, False]


def test_no_answer_after_the_end_adds_nothing_to_anybodys_praise(town):
    case = solved(town)
    with acting_as(WORKER):
        before = list(Tally.objects.values_list("solved", "confirmed", "unheard", "reopened"))
    advance(at=TUESDAY_EVENING)
    advance(at=TUESDAY_EVENING + timedelta(days=30))
    with acting_as(WORKER):
        assert list(Tally.objects.values_list("solved", "confirmed", "unheard", "reopened")) == before
    assert facts_of(case, "verify")[-1]["verdict"] == "confirmed"


def test_a_form_knows_no_seconds():
    """Reported at 09:30:25 and done in the same minute: the form says 09:30."""
    from doorstep.cases.rules.happened import refuse_before_the_report

    refuse_before_the_report(MORNING, MORNING + timedelta(seconds=25))
    with pytest.raises(NotAMoment):
        refuse_before_the_report(MORNING - timedelta(minutes=1), MORNING + timedelta(seconds=25))
