"""For which cases a link is given, what is offered by it, and what ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.town import MORNING

from doorstep.cases.rules.hats import hats_of
from doorstep.cases.rules.lifecycle import ENDED, By, Move, State, transitions
from doorstep.cases.rules.outside import (
    DAYS,
    HELD,
    LATEST_COMING,
    LONGEST_WORDS,
    OFFERED,
    USUAL_DAYS,
    End,
    LinkOver,
    OutsideRefused,
    end_after,
    offered,
    refuse_coming,
    refuse_giving,
    refuse_over,
    refuse_words,
)
from doorstep.core.access import outside_handler

states = st.sampled_from(list(State))


@pytest.mark.parametrize("kind", ["outside", "department", "property_company"])
@pytest.mark.parametrize("state", sorted(HELD))
def test_whoever_sends_people_without_accounts_gets_a_link_while_it_has_the_case(kind, state):
    refuse_giving(state, kind, USUAL_DAYS)


@pytest.mark.parametrize("kind", ["grid_team", "community_desk", "subdistrict_office", "command_centre"])
def test_units_whose_people_sign_in_get_none(kind):
    with pytest.raises(OutsideRefused, match="自己登录"):
        refuse_giving(State.TAKEN, kind, USUAL_DAYS)


@given(st.sampled_from(sorted(set(State) - HELD)))
def test_where_nobody_has_the_case_nobody_gets_a_link(state):
    with pytest.raises(OutsideRefused, match="没有单位在办"):
        refuse_giving(state, "outside", USUAL_DAYS)


def test_where_no_unit_holds_it_nobody_gets_a_link():
    with pytest.raises(OutsideRefused, match="没有单位在办"):
        refuse_giving(State.TAKEN, None, USUAL_DAYS)


@given(st.one_of(st.none(), st.integers()))
def test_only_the_offered_times_are_given(days):
    if days in DAYS:
        refuse_giving(State.TAKEN, "outside", days)
    else:
        with pytest.raises(OutsideRefused) as refused:
            refuse_giving(State.TAKEN, "outside", days)
        assert refused.value.where == "days"


@pytest.mark.parametrize("end", End)
def test_each_end_has_a_sentence_of_its_own_and_what_to_do(end):
    with pytest.raises(LinkOver) as over:
        refuse_over(MORNING, end, MORNING - timedelta(days=1))
    assert (over.value.status, str(over.value.message)) not in {
        (410, str(said)) for said in _sentences() - {str(over.value.message)}
    }
    assert over.value.try_this is not None


def _sentences() -> set[str]:
    found = set()
    for end in (*End, ""):
        with pytest.raises(LinkOver) as over:
            refuse_over(MORNING, end, MORNING)
        found.add(str(over.value.message))
    assert len(found) == len(End) + 1
    return found


@given(st.integers(min_value=-(10**6), max_value=10**6))
def test_it_is_good_until_its_time_and_not_a_moment_longer(seconds):
    at = MORNING + timedelta(seconds=seconds)
    if at < MORNING:
        refuse_over(MORNING, "", at)
    else:
        with pytest.raises(LinkOver, match="有效期"):
            refuse_over(MORNING, "", at)


@given(st.sampled_from(sorted(transitions())), st.booleans())
def test_a_link_lives_as_long_as_its_unit_has_the_case(row, stays):
    move, origin, to, _ = row
    end = end_after(move, origin, to, stays=stays)
    if origin not in HELD:
        assert end is None
    elif to in ENDED:
        assert end is End.ENDED
    elif to not in HELD or (move is Move.DISPATCH and not stays):
        assert end is End.MOVED
    else:
        assert end is None


@given(states, st.booleans())
def test_by_a_link_only_the_four_moves_of_a_holder_are_offered(state, may_object):
    may = offered(state, may_object=may_object)
    assert set(may) <= set(OFFERED)
    for move in may:
        assert any(row[0] is move and row[1] is state and row[3] is By.HOLDER for row in transitions())
    assert may_object or Move.DECLINE not in may


def test_what_is_new_can_be_taken_noted_done_and_declined():
    assert offered(State.DISPATCHED, may_object=True) == OFFERED


def test_an_outside_handler_wears_the_hat_of_the_holder_and_no_other():
    handler = outside_handler(7, unit=3, link=1)
    assert hats_of(handler, 3) == {By.HOLDER}
    assert hats_of(handler, 4) == hats_of(handler, None) == frozenset()


@given(st.integers(min_value=0, max_value=2 * LONGEST_WORDS))
def test_what_is_too_long_is_refused_and_not_cut(length):
    if length <= LONGEST_WORDS:
        refuse_words("好" * length)
    else:
        with pytest.raises(OutsideRefused) as refused:
            refuse_words("好" * length)
        assert refused.value.where == "words"


@given(st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=400)))
def test_they_come_later_and_not_in_a_far_future(wait):
    if timedelta() < wait <= LATEST_COMING:
        refuse_coming(MORNING + wait, MORNING)
    else:
        with pytest.raises(OutsideRefused):
            refuse_coming(MORNING + wait, MORNING)
