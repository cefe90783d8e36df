"""Steps are replayed: what was undone does not count, a lock holds until it is opened, a reason until a change."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.areas.rules.steps import Step, next_code, replay

START = ("a", "a", "b", "c")


def steps(*told: tuple[str, dict[str, Any]]) -> list[Step]:
    return [Step(seq, kind, facts) for seq, (kind, facts) in enumerate(told, start=1)]


def give(positions: list[int], source: str, to: str) -> tuple[str, dict[str, Any]]:
    return "move", {"from": {source: positions}, "to": to}


def test_houses_are_where_the_last_step_put_them():
    now = replay(START, steps(give([1], "a", "b"), give([1, 2], "b", "c")))
    assert now.codes == ("a", "c", "c", "c")
    assert (now.version, now.is_changed) == (2, True)


def test_what_was_undone_is_done_again_in_its_order():
    told = [give([1], "a", "b"), give([0], "a", "c"), ("undo", {}), ("undo", {})]
    assert replay(START, steps(*told)).codes == START
    once = replay(START, steps(*told, ("redo", {})))
    assert once.codes == ("a", "b", "b", "c")
    assert [step.seq for step in once.undone] == [2]


def test_after_a_new_change_nothing_can_be_done_again():
    now = replay(START, steps(give([1], "a", "b"), ("undo", {}), give([0], "a", "c")))
    assert now.undone == () and now.codes == ("c", "a", "b", "c")


def test_a_reason_holds_until_the_next_change_and_over_a_lock():
    changed = give([1], "a", "b")
    kept = [changed, ("keep", {"reason": "one gate"})]
    assert replay(START, steps(*kept)).reason == "one gate"
    assert replay(START, steps(*kept, ("lock", {"code": "a"}))).reason == "one gate"
    assert replay(START, steps(*kept, ("undo", {}))).reason == ""
    assert replay(START, steps(*kept, give([0], "a", "b"))).reason == ""


def test_a_key_turned_back_opens_again():
    told = [("lock", {"code": "a"}), ("lock", {"code": "b"}), ("unlock", {"code": "a"})]
    assert replay(START, steps(*told)).locked == {"b"}


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("abc")), max_size=8))
def test_as_many_undos_as_changes_lead_back_to_the_start(moves: list[tuple[int, str]]):
    codes, told = list(START), []
    for position, to in moves:
        told.append(give([position], codes[position], to))
        codes[position] = to
    assert replay(START, steps(*told)).codes == tuple(codes)
    assert replay(START, steps(*told, *[("undo", {})] * len(told))).codes == START


GRID = "321102001001001"


@pytest.mark.parametrize(
    ("taken", "now", "code"),
    [
        ([], [], "01"),
        (["01", "02"], ["01", "02"], "03"),
        (["01", "02", "03"], ["01", "03"], "04"),
        ([f"{number:02d}" for number in range(1, 100)], ["01"], "02"),
        ([f"{number:02d}" for number in range(1, 100)], [f"{number:02d}" for number in range(1, 100)], None),
    ],
)
def test_a_new_micro_grid_takes_a_number_that_none_had_before_while_there_is_one(taken, now, code):
    found = next_code(GRID, [GRID + each for each in taken], [GRID + each for each in now])
    assert found == (code and GRID + code)
