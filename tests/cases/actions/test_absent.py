"""Chen looks for an owner who is not there: what the ledger keeps, what Ava is told, and who hears of it in the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases.test_life import moves, reported, the
from tests.town import MORNING, Town

from doorstep.cases.absent import search_in
from doorstep.cases.actions import absent, act, clocks
from doorstep.cases.actions.absent import StepRefused
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.ledger import CaseNotFound, MoveRefused
from doorstep.cases.queries import ledger_of
from doorstep.core.access import WORKER, acting_as, follower_of
from doorstep.notices.models import Notice

DAY = timedelta(days=1)


@pytest.fixture
def case(town) -> int:
    """Something about a flat, which Chen's team has taken."""
    made = reported(town)
    advance(at=MORNING)
    chen = town.actor("chen")
    with acting_as(chen):
        act.take(made, by=chen, at=MORNING)
    return made


def step(town: Town, case: int, name: str, how: str, at=MORNING, who: str = "chen", **more) -> None:
    actor = town.actor(who)
    with acting_as(actor):
        absent.record(case, name, how, by=actor, at=at, **more)


def all_tried(town: Town, case: int) -> None:
    """Up to the notice on the door, within two days."""
    step(town, case, "tried", "knocked", MORNING + timedelta(hours=1))
    step(town, case, "tried", "rang", MORNING + DAY)
    step(town, case, "asked", "neighbours", MORNING + DAY)
    step(town, case, "notice", "door", MORNING + DAY)


def wait(town: Town, case: int, days: int, at=MORNING + DAY) -> None:
    chen = town.actor("chen")
    with acting_as(chen):
        clocks.pause(case, "owner-absent", days, by=chen, at=at)


def facts(case: int) -> list[dict]:
    with acting_as(WORKER):
        return [event.facts for event in ledger_of(case)]


def test_each_step_is_a_fact_and_ava_is_told_each_time(town, case):
    all_tried(town, case)
    steps = [each for each in facts(case) if "absent" in each]
    assert [(each["absent"], each["how"]) for each in steps] == [
        ("tried", "knocked"),
        ("tried", "rang"),
        ("asked", "neighbours"),
        ("notice", "door"),
    ]
    with acting_as(WORKER):
        told = [each.message for each in Notice.objects.filter(case=case) if each.message["key"] == "notices-absent"]
    assert len({str(each) for each in told}) == 4


def test_what_the_holder_notes_stays_with_those_who_work_on_it_and_out_of_the_ledger(town, case):
    step(town, case, "tried", "knocked", words="邻居说户主王某在外地")
    assert "王某" not in str(facts(case))
    with acting_as(follower_of(case)):
        from doorstep.cases.queries import words_of

        assert "王某" not in str([said.words for said in words_of(case).values()])


def test_the_clock_waits_only_once_a_notice_is_on_the_door(town, case):
    step(town, case, "tried", "knocked")
    with pytest.raises(StepRefused):
        wait(town, case, 3, MORNING)
    all_tried(town, case)
    wait(town, case, 3)
    assert the(case).paused_until is not None
    assert the(case).holder_unit_id == town.actor("chen").unit


def test_at_the_end_of_the_wait_the_clock_runs_and_the_level_above_is_told(town, case):
    all_tried(town, case)
    wait(town, case, 2)
    until = the(case).paused_until
    assert the(case).look_again_at <= until
    advance(at=until)
    assert moves(case)[-2:] == ["resume", "press"]
    pressed = facts(case)[-1]
    assert (pressed["rung"], pressed["owner"]) == ("community", "absent")
    assert the(case).look_again_at is not None
    with acting_as(WORKER):
        assert Notice.objects.filter(case=case).latest("id").message["key"] == "notices-absent"


def test_it_goes_on_being_looked_at_until_the_highest_level_has_been_told_and_after(town, case):
    all_tried(town, case)
    at = MORNING + DAY
    told = []
    for _ in range(12):
        at = the(case).look_again_at
        assert at is not None, "it fell silent"
        advance(at=at)
        told += [each["rung"] for each in facts(case)[-1:] if "rung" in each]
    assert told[-2:] == ["command", "command"]


def test_once_the_owner_is_found_the_clock_runs_again_at_once(town, case):
    all_tried(town, case)
    wait(town, case, 5)
    found = MORNING + 2 * DAY
    step(town, case, "found", "reached", found)
    assert the(case).look_again_at == found
    advance(at=found)
    assert moves(case)[-1] == "resume" and the(case).paused_until is None
    with acting_as(WORKER):
        assert not search_in(case).is_absent


def test_only_the_holder_writes_steps_down(town, case):
    with pytest.raises(MoveRefused):
        step(town, case, "tried", "knocked", who="dana")
    with pytest.raises(CaseNotFound):
        step(town, case, "tried", "knocked", who="eli")
    ava = follower_of(case)
    with acting_as(ava), pytest.raises(MoveRefused):
        absent.record(case, "tried", "knocked", by=ava, at=MORNING)


def test_nobody_enters_where_nothing_is_urgent(town, case):
    all_tried(town, case)
    with pytest.raises(StepRefused):
        step(town, case, "entered", "rescue", MORNING + DAY, with_police=True)
    assert not any(each.get("absent") == "entered" for each in facts(case))


def test_an_entry_keeps_its_basis_and_that_the_police_were_there(town):
    urgent = reported(town, "对门老太太敲门没人应，两天没见了", item="elder-alone")
    advance(at=MORNING)
    assert the(urgent).urgency == "urgent"
    step(town, urgent, "tried", "knocked")
    step(town, urgent, "asked", "neighbours")
    with pytest.raises(StepRefused):
        step(town, urgent, "entered", "rescue")
    step(town, urgent, "entered", "rescue", with_police=True)
    kept = facts(urgent)[-1]
    assert (kept["absent"], kept["how"], kept["police"]) == ("entered", "rescue", True)
