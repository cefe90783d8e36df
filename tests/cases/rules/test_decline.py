"""Chen may hand a case back with a reason; the second time the level above decides."""

import pytest

from doorstep.cases.rules.decline import Declined, DeclineRefused, decline
from doorstep.cases.rules.questions import Question
from doorstep.catalogue.item import Urgency

REASON = "按《物业管理条例》属于物业公司职责"


@pytest.fixture
def chen_declines(at, limits, calendar):
    def declines(reason: str = REASON, *, now=("2026-11-11", 9), **changed) -> Declined:
        facts = {"urgency": Urgency.ORDINARY, "declined_before": 0, "arbitrated": False, **changed}
        return decline(
            reason, dispatched_at=at("2026-11-10", 10), at=at(*now), limits=limits, calendar=calendar, **facts
        )

    return declines


def test_the_first_time_it_is_sent_to_another_unit(chen_declines):
    assert chen_declines().ask is None


def test_the_second_time_the_level_above_is_asked(chen_declines):
    assert chen_declines(declined_before=1).ask is Question.ARBITRATE


def test_until_closing_time_of_the_second_working_day_it_is_in_time(chen_declines):
    assert chen_declines(now=("2026-11-12", 18)).ask is None


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"reason": " 不 "}, "cases-decline-without-reason"),
        ({"now": ("2026-11-12", 18, 1)}, "cases-decline-too-late"),
        ({"urgency": Urgency.CRITICAL}, "cases-decline-critical"),
        ({"arbitrated": True}, "cases-decline-arbitrated"),
    ],
)
def test_it_is_refused_with_advice(chen_declines, changed, why):
    with pytest.raises(DeclineRefused) as refused:
        chen_declines(**changed)
    assert refused.value.message.key == why
    assert refused.value.try_this is not None
