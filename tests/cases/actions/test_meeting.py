"""The weekly meeting: what is on the agenda and why, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from tests.cases.test_life import reported
from tests.town import MORNING, Town

from doorstep.cases.actions import act
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.calling import call, call_up
from doorstep.cases.actions.ledger import CaseNotFound, MoveRefused
from doorstep.cases.actions.meeting import DecisionRefused, decide
from doorstep.cases.meeting import agenda, days_met, minutes
from doorstep.cases.queries import ledger_of
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time.zone import local_date

TODAY = local_date(MORNING)
WORDS = "社区周三前约物主上门，网格陪同"


@pytest.fixture
def case(town):
    """A case that Chen's team holds."""
    found = reported(town)
    advance(at=MORNING)
    return found


def on_agenda(town: Town, who: str = "dana", at=MORNING) -> dict[int, Sequence[str]]:
    with acting_as(town.actor(who)):
        return {point.case: point.reasons for point in agenda(town.actor(who), at)}


def decided(town: Town, case: int, who: str = "dana", at=MORNING) -> None:
    with acting_as(town.actor(who)):
        decide(case, WORDS, by=town.actor(who), at=at)


def test_what_goes_its_way_is_not_spoken_about(town, case):
    assert on_agenda(town) == {}


def test_what_was_called_up_is_on_the_agenda_for_a_week(town, case):
    chen = town.actor("chen")
    with acting_as(chen):
        call_up(case, "物主不肯搬", by=chen, at=MORNING)
    assert on_agenda(town) == {case: ["raised"]}
    assert on_agenda(town, at=MORNING + timedelta(days=2)) == {case: ["raised"]}
    assert "raised" not in on_agenda(town, at=MORNING + timedelta(days=8)).get(case, ())


def test_what_is_late_and_who_does_not_answer_a_call(town, case):
    chen = town.actor("chen")
    with acting_as(chen):
        call(case, [town.units["water"]], "请一起到现场看", by=chen, at=MORNING)
    assert on_agenda(town, at=MORNING + timedelta(hours=2)) == {case: ["unanswered"]}
    assert set(on_agenda(town, at=MORNING + timedelta(days=40))[case]) == {"late", "unanswered"}


def test_what_was_decided_before_and_is_still_open_comes_again(town, case):
    decided(town, case)
    assert on_agenda(town) == {}
    assert on_agenda(town, at=MORNING + timedelta(days=1)) == {case: ["decided"]}
    chen = town.actor("chen")
    with acting_as(chen):
        act.do(case, "已清走。", by=chen, at=MORNING + timedelta(days=1))
        assert [event.facts.get("meeting") for event in ledger_of(case) if "meeting" in event.facts] == [str(TODAY)]


def test_minutes_are_the_decisions_of_the_day_in_ones_own_area(town, case):
    decided(town, case)
    with acting_as(town.actor("dana")):
        assert [(each.words, each.at) for each in minutes(TODAY)] == [(WORDS, MORNING)]
        assert minutes(TODAY - timedelta(days=1)) == []
        assert days_met(TODAY) == {TODAY: 1}
    with acting_as(town.actor("other_desk")):
        assert minutes(TODAY) == [] and days_met(TODAY) == {}


def test_a_decision_without_words_is_refused_and_leaves_nothing(town, case):
    dana = town.actor("dana")
    with acting_as(dana):
        with pytest.raises(DecisionRefused):
            decide(case, " 办 ", by=dana, at=MORNING)
        assert minutes(TODAY) == []


@pytest.mark.parametrize(("who", "error"), [("chen", MoveRefused), ("other_desk", CaseNotFound), ("eli", CaseNotFound)])
def test_only_the_desks_of_the_case_decide(town, case, who, error):
    actor = town.actor(who)
    with acting_as(actor), pytest.raises(error):
        decide(case, WORDS, by=actor, at=MORNING)


def test_a_part_is_spoken_about_with_its_case_alone(town, case):
    chen = town.actor("chen")
    with acting_as(chen):
        call(case, [town.units["water"]], "请一起到现场看", by=chen, at=MORNING)
    assert list(on_agenda(town, at=MORNING + timedelta(days=40))) == [case]
    with acting_as(WORKER):
        assert [point.case for point in agenda(WORKER, MORNING + timedelta(days=40))] == [case]
