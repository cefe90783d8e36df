"""Two were taken for one: the later goes back to where it stood."""

import pytest

from doorstep.cases.rules.lifecycle import Move, State, who_may
from doorstep.cases.rules.unmerge import stands_at


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (State.REPORTED, State.REPORTED),
        (State.LOCATED, State.LOCATED),
        (State.CLASSIFIED, State.CLASSIFIED),
        (State.DISPATCHED, State.CLASSIFIED),
        (State.TAKEN, State.CLASSIFIED),
    ],
)
def test_it_goes_back_to_where_it_stood_and_whoever_had_it_is_found_anew(before, after):
    assert stands_at(before, is_place_in_force=True) is after
    assert stands_at(before, is_place_in_force=False) is State.REPORTED


def test_every_step_from_which_a_case_is_merged_has_its_way_back():
    origins = [state for state in State if who_may(Move.MERGE, state)]
    assert origins
    for before in origins:
        assert who_may(Move.UNMERGE, State.MERGED)
        assert stands_at(before, is_place_in_force=True) in {State.REPORTED, State.LOCATED, State.CLASSIFIED}
