"""A holder may wait, for something, for a while; what was promised to Ava runs on."""

from datetime import timedelta

import pytest
from tests.cases.rules.test_clocks import TUESDAY, later, paused, sent, told, turn

from doorstep.cases.rules.pausing import PauseRefused, most_days, pause, refuse_without_pause, resumes
from doorstep.catalogue.item import PauseReason, Urgency
from doorstep.core.text import text

NEXT_DAY = later(1)


@pytest.fixture
def ask(limits, calendar):
    def asked(now, *, reason="material", days=3, at=NEXT_DAY, urgency=Urgency.ORDINARY):
        return pause(reason, days, now, urgency=urgency, at=at, limits=limits, calendar=calendar)

    return asked


def test_chen_waits_for_a_spare_part(ask, at):
    decided = ask(told(sent(TUESDAY)))
    assert decided.until == at("2026-11-16", 18)
    assert "材料" in text(decided.because, "zh")


def stopped(days):
    """A case that has stood still for so many working days in all."""
    return told(sent(TUESDAY, "15 working days"), paused(TUESDAY, days), turn("resume", later(60)))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"reason": "holiday"}, "clocks-pause-no-reason"),
        ({"urgency": Urgency.CRITICAL}, "clocks-pause-critical"),
        ({"at": later(7.5)}, "clocks-pause-too-late"),
        ({"days": 0}, "clocks-pause-too-long"),
        ({"days": 11}, "clocks-pause-too-long"),
        ({"days": 6, "reason": "resident"}, "clocks-pause-too-long"),
    ],
)
def test_a_pause_is_refused(ask, given, why):
    with pytest.raises(PauseRefused) as refused:
        ask(told(sent(TUESDAY)), **given)
    assert refused.value.message.key == why


def test_nobody_pauses_what_stands_still(ask):
    with pytest.raises(PauseRefused) as refused:
        ask(told(sent(TUESDAY), paused(later(0.5))))
    assert refused.value.message.key == "clocks-pause-twice"


def test_pauses_cannot_be_stacked_for_ever(ask, limits):
    assert most_days(PauseReason.MATERIAL, stopped(8), limits) == 7
    assert ask(stopped(8), days=7).days == 7
    with pytest.raises(PauseRefused) as refused:
        ask(stopped(15), days=1)
    assert refused.value.message.key == "clocks-pause-used-up"


def test_what_nobody_holds_cannot_wait(ask):
    with pytest.raises(PauseRefused) as refused:
        ask(told())
    assert refused.value.message.key == "clocks-pause-too-late"


def test_it_goes_on_by_itself_when_the_time_is_over_or_the_reporter_has_answered():
    waits = [sent(TUESDAY), paused(later(1), days=2, reason="resident")]
    now = told(*waits)
    assert resumes(now, later(1.5)) is None
    assert resumes(now, now.paused.until).because.key == "clocks-resume-over"
    spoke = told(*waits, turn("note", later(1.2), by="reporter"))
    assert resumes(spoke, later(1.2) + timedelta(minutes=1)).because.key == "clocks-resume-answered"
    assert resumes(told(sent(TUESDAY)), later(9)) is None


def test_nothing_goes_on_that_does_not_stand_still():
    refuse_without_pause(told(sent(TUESDAY), paused(later(1))))
    with pytest.raises(PauseRefused):
        refuse_without_pause(told(sent(TUESDAY)))
