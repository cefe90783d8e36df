"""Who may do what to a mediation, and when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.mediation.rules.course import OPEN, OVER, TABLE, By, Move, MoveRefused, NotYours, State, may, moved


def test_nothing_happens_after_the_end_but_erasing_answers_and_a_new_link():
    for state in OVER:
        possible = {move for move in Move for by in By if may(move, state, by)}
        assert possible <= {Move.ERASE, Move.LINK, Move.FOLLOW}


def test_a_party_may_leave_as_long_as_nothing_binds():
    for state in State:
        assert may(Move.WITHDRAW, state, By.PARTY) == (state in OPEN)


def test_nobody_but_the_machine_begins_seals_or_settles():
    for move in (Move.BEGIN, Move.SEAL, Move.SETTLE):
        assert {by for rule in TABLE if rule.move is move for by in rule.by} == {By.MACHINE}


def test_what_is_somebody_elses_is_told_apart_from_what_is_too_late():
    with pytest.raises(NotYours):
        moved(Move.DRAW_UP, State.RUNNING, By.DESK)
    with pytest.raises(MoveRefused) as refused:
        moved(Move.SIGN, State.STOPPED, By.PARTY)
    assert refused.value.message.key == "mediation-over"
    with pytest.raises(MoveRefused) as refused:
        moved(Move.SIGN, State.RUNNING, By.PARTY)
    assert refused.value.message.key == "mediation-not-now"


@given(st.sampled_from(Move), st.sampled_from(State), st.sampled_from(By))
def test_the_table_alone_decides(move, state, by):
    if may(move, state, by):
        assert moved(move, state, by) in State
    else:
        with pytest.raises((MoveRefused, NotYours)):
            moved(move, state, by)
