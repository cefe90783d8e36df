from datetime import UTC, datetime, timedelta

import pytest

from doorstep.cases.rules.lifecycle import By, State
from doorstep.cases.rules.today import Part, part_of

MIDNIGHT = datetime(2026, 11, 23, 16, tzinfo=UTC)


def part(state=State.TAKEN, *, is_mine=True, due_at=MIDNIGHT + timedelta(days=1), last_by=By.HOLDER):
    return part_of(state, is_mine=is_mine, due_at=due_at, last_by=last_by, end_of_today=MIDNIGHT)


def test_what_is_due_before_midnight_comes_before_everything_else():
    assert part(due_at=MIDNIGHT - timedelta(seconds=1), last_by=By.REPORTER) is Part.DUE
    assert part(due_at=MIDNIGHT) is Part.PROMISED


def test_what_is_late_stays_with_what_is_due():
    assert part(due_at=MIDNIGHT - timedelta(days=9)) is Part.DUE


@pytest.mark.parametrize("state", [State.DISPATCHED, State.TAKEN])
def test_a_resident_who_spoke_last_waits_for_a_word(state):
    assert part(state, last_by=By.REPORTER) is Part.WORD


def test_what_nobody_took_is_new_and_what_was_taken_is_promised():
    assert (part(State.DISPATCHED, last_by=By.MACHINE), part(State.TAKEN)) == (Part.NEW, Part.PROMISED)


@pytest.mark.parametrize("state", [State.DONE, State.VERIFIED])
def test_what_is_done_waits_for_the_resident_even_past_its_time(state):
    assert part(state, due_at=MIDNIGHT - timedelta(days=1)) is Part.ASKED


def test_what_another_unit_holds_is_only_shown():
    assert part(is_mine=False, due_at=MIDNIGHT - timedelta(days=1), last_by=By.REPORTER) is Part.OTHERS
