"""Ava adds to her case as often as she has something to say, and not without end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases.test_life import reported
from tests.town import MORNING

from doorstep.cases.actions.writing_back import write_back
from doorstep.cases.models import Event
from doorstep.cases.rules.writing_back import MOST_AN_HOUR, TooOften
from doorstep.core.access import WORKER, acting_as


@pytest.fixture
def case(town):
    found = reported(town)
    for nth in range(MOST_AN_HOUR):
        write_back(found, f"还有 {nth}", at=MORNING + timedelta(minutes=nth))
    return found


def notes(case: int) -> int:
    with acting_as(WORKER):
        return Event.objects.filter(case=case, move="note").count()


def test_whoever_writes_without_end_is_told_to_wait_and_nothing_is_kept(town, case):
    with pytest.raises(TooOften) as refused:
        write_back(case, "再来一条", at=MORNING + timedelta(minutes=40))
    assert refused.value.status == 429 and refused.value.try_this is not None
    assert notes(case) == MOST_AN_HOUR


def test_after_a_while_there_is_room_again_and_other_cases_never_waited(town, case):
    write_back(case, "现在好了", at=MORNING + timedelta(minutes=61))
    assert notes(case) == MOST_AN_HOUR + 1
    other = reported(town)
    assert write_back(other, "另一件", at=MORNING + timedelta(minutes=40)) is not None
