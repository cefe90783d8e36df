"""A program wishes what the page can wish, and asks for what takes its time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest
from tests.areas.actions.conftest import build_houses
from tests.town import MORNING, Town

from doorstep.areas.actions.drawing import Wishes
from doorstep.areas.actions.studying import work_on_next
from doorstep.engines.districting import Weights
from doorstep.fronts.open.wishing import WeightsSent, WishesSent

pytestmark = pytest.mark.integration

COMMUNITY = "321102001001"


def test_a_program_can_wish_all_that_the_page_can_and_the_usual_is_the_same() -> None:
    assert WishesSent(weights=WeightsSent(moved=Wishes().weights.moved)).wishes_for(0) == Wishes()
    assert WishesSent.model_fields.keys() == {each.name for each in fields(Wishes)}
    assert WeightsSent.model_fields.keys() == {each.name for each in fields(Weights)}


@pytest.mark.parametrize(
    ("wishes", "status", "where"),
    [
        ({"weights": {"size": -1}}, 422, ""),
        ({"weights": {"beauty": 1}}, 422, ""),
        ({"grid_unit": "miles"}, 422, ""),
        ({"effort": "proven"}, 422, ""),
        ({"target": 120}, 422, "target"),
        ({"grid_low": 501}, 422, "grid_low"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(
    program: Callable[..., Any], town: Town, wishes: dict[str, Any], status: int, where: str
) -> None:
    build_houses(town)
    answer = program("dana").post(f"districting/{COMMUNITY}/plans", wishes)
    assert answer.status_code == status, answer.content.decode()
    assert not where or answer.json()["where"] == where


def test_a_program_asks_for_the_price_of_weights_and_reads_it_when_it_is_there(
    program: Callable[..., Any], town: Town
) -> None:
    build_houses(town)
    dana = program("dana")
    asked = dana.post(f"districting/{COMMUNITY}/studies", {"kind": "trades"})
    assert asked.status_code == 202 and asked.json()["state"] == "waiting"
    busy = dana.post(f"districting/{COMMUNITY}/studies", {"kind": "draft", "wishes": {"effort": "certified"}})
    assert busy.status_code == 409 and busy.json()["try_this"]
    assert work_on_next(now=lambda: MORNING) == 1
    told = dana.get(f"districting/{COMMUNITY}/studies/{asked.json()['id']}").json()
    assert told["state"] == "done" and told["trades"][0]["weight"] == ""
    assert {"metres", "roundness", "in_range"} <= told["trades"][0]["measures"].keys()
    drawn = dana.post(f"districting/{COMMUNITY}/studies", {"kind": "draft", "wishes": {"effort": "certified"}})
    assert work_on_next(now=lambda: MORNING) == 1
    plan = dana.get(f"districting/{COMMUNITY}/studies/{drawn.json()['id']}").json()["plan"]
    assert dana.get(f"plans/{plan}").json()["report"]["assurance"]["proof"] == "optimal"


def test_another_community_neither_asks_nor_reads(program: Callable[..., Any], town: Town) -> None:
    build_houses(town)
    asked = program("dana").post(f"districting/{COMMUNITY}/studies", {"kind": "trades"}).json()
    other = program("other_desk")
    assert other.get(f"districting/{COMMUNITY}/studies/{asked['id']}").status_code == 404
    assert other.post(f"districting/{COMMUNITY}/studies", {"kind": "trades"}).status_code == 404
    assert program("command").get(f"districting/{COMMUNITY}/studies/{asked['id']}").status_code == 200


def test_a_certified_plan_is_not_drawn_while_a_program_waits(program: Callable[..., Any], town: Town) -> None:
    build_houses(town)
    dana = program("dana")
    answer = dana.post(f"districting/{COMMUNITY}/plans", {"effort": "certified"})
    assert answer.status_code == 422 and answer.json()["where"] == "effort", answer.content.decode()
    assert f"/districting/{COMMUNITY}/studies" in answer.json()["try_this"]
    assert dana.get(f"districting/{COMMUNITY}/plans").json()[0]["state"] == "in_force"


def test_a_program_keeps_micro_grids_as_they_stand(program: Callable[..., Any], town: Town) -> None:
    build_houses(town)
    dana = program("dana")
    first = dana.post(f"districting/{COMMUNITY}/plans", {"effort": "quick"}).json()
    outlines = dana.get(f"plans/{first['id']}/outlines").json()["features"]
    wishes = {"effort": "quick", "seed": 3, "kept": [outlines[0]["properties"]["code"]], "kept_of": first["id"]}
    assert dana.post(f"districting/{COMMUNITY}/plans", wishes).status_code == 201
    assert dana.post(f"districting/{COMMUNITY}/plans", {**wishes, "kept": ["1"]}).status_code == 422
