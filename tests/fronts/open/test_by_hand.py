"""What Dana does to a draft on its page, a program does too, and is refused in the same words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.areas.actions.conftest import build_houses
from tests.town import Town

from doorstep.areas.actions.drawing import Wishes, draw
from doorstep.core.access import acting_as
from doorstep.core.time import clock


@pytest.fixture
def plan(town: Town) -> str:
    build_houses(town, households=20)
    dana = town.actor("dana")
    with acting_as(dana):
        return f"plans/{draw(town.community, Wishes(effort='quick'), by=dana, at=clock.now()).pk}"


def test_a_program_changes_a_draft_and_gives_its_reason(program: Callable[..., Any], plan: str) -> None:
    dana = program("dana")
    start = dana.get(f"{plan}/by-hand").json()
    assert (start["version"], start["is_changed"], start["compared"]["moved_households"]) == (0, False, 0)
    own = start["pieces"][0]["code"]
    atoms = dana.get(f"{plan}/atoms").json()["features"]
    first = next(each["properties"]["position"] for each in atoms if each["properties"]["code"] == own)
    step = {"kind": "split", "version": 0, "piece": own, "atoms": [first]}
    refused = dana.post(f"{plan}/steps", step)
    assert refused.status_code == 409 and refused.json()["try_this"]
    taken = dana.post(f"{plan}/steps", step | {"insist": True})
    assert taken.status_code == 201
    [new] = taken.json()["moved"]
    assert {each["code"] for each in taken.json()["touched"]} == {own, new}
    after = dana.post(f"{plan}/reason", {"version": 1, "reason": "这栋楼独门独院"}).json()
    assert (after["version"], after["reason"]) == (2, "这栋楼独门独院")
    assert [each["kind"] for each in after["steps"]] == ["keep", "split"]
    assert after["compared"]["moved_households"] == 20


def test_a_program_that_saw_an_older_draft_is_refused(program: Callable[..., Any], plan: str) -> None:
    dana = program("dana")
    code = dana.get(f"{plan}/by-hand").json()["pieces"][0]["code"]
    assert dana.post(f"{plan}/steps", {"kind": "lock", "version": 0, "piece": code}).status_code == 201
    late = dana.post(f"{plan}/steps", {"kind": "unlock", "version": 0, "piece": code})
    assert late.status_code == 409
    assert dana.get(f"{plan}/by-hand").json()["version"] == 1


@pytest.mark.parametrize(
    "step",
    [{"kind": "dance"}, {"kind": "move", "atoms": [-1]}, {"kind": "lock", "piece": "x"}, {"kind": "undo", "s": 1}],
)
def test_a_step_that_does_not_fit_the_description_is_refused(
    program: Callable[..., Any], plan: str, step: dict[str, Any]
) -> None:
    assert program("dana").post(f"{plan}/steps", {"version": 0, **step}).status_code == 422


def test_nobody_else_changes_it(program: Callable[..., Any], plan: str) -> None:
    for who, status in (("other_desk", 404), ("chen", 403), ("", 401)):
        visitor = program(who) if who else program()
        assert visitor.get(f"{plan}/by-hand").status_code == status
        assert visitor.post(f"{plan}/steps", {"kind": "undo", "version": 0}).status_code == status
