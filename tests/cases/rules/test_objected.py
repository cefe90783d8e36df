"""What came of an objection is read from the rows of the case, whoever reads them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from doorstep.cases.rules.objected import CameOf, objections
from doorstep.cases.rules.questions import Question


def row(move: str, to_state: str = "dispatched", **facts: Any) -> Any:
    return SimpleNamespace(move=move, to_state=to_state, facts=facts)


SENT = [row("report", "reported"), row("dispatch")]
RAISED = row("decline", basis="place")
REJECTED = row("note", objection="rejected")
UPHELD = row("dispatch", objection="upheld", from_unit=7)


def came_of(*rows: Any, question: str = "") -> list[str]:
    return [str(each.came_of) for each in objections([*SENT, *rows], question)]


def test_a_case_nobody_objected_to_tells_of_none():
    assert came_of(row("note"), row("take", "taken")) == []


def test_while_it_is_asked_about_it_is_open():
    assert came_of(RAISED, question=Question.OBJECTION) == ["open"]
    assert came_of(RAISED, row("note"), row("press"), question=Question.ARBITRATE) == ["open"]


@pytest.mark.parametrize(("decided", "expected"), [(REJECTED, CameOf.REJECTED), (UPHELD, CameOf.UPHELD)])
def test_the_row_that_decided_it_says_what_came_of_it(decided, expected):
    found = objections([*SENT, RAISED, row("note"), decided, row("dispatch")], "")
    assert [(each.came_of, each.decided, each.basis, each.is_final) for each in found] == [
        (expected, decided, "place", False)
    ]


def test_the_second_is_told_beside_the_first_and_is_for_good():
    final = row("dispatch", objection="upheld", final="county")
    found = objections([*SENT, RAISED, REJECTED, row("decline", basis="duties"), final], "")
    assert [(each.came_of, each.is_final) for each in found] == [(CameOf.REJECTED, False), (CameOf.UPHELD, True)]


def test_a_decision_belongs_to_the_objection_that_was_open():
    assert came_of(RAISED, REJECTED, RAISED, question=Question.ARBITRATE) == ["rejected", "open"]


def test_a_holder_who_goes_on_with_it_lets_go_of_the_objection():
    assert came_of(RAISED, row("take", "taken"), row("dispatch")) == ["let-go"]


def test_before_objections_were_reviewed_a_case_went_on_at_once():
    found = objections([*SENT, row("decline", "classified"), row("dispatch")], "")
    assert [(each.came_of, each.decided, each.basis) for each in found] == [(CameOf.UPHELD, None, "")]
