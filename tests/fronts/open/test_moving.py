"""A program divides again: residents stay unless it pays, and it is told who moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.areas.actions.conftest import build_houses
from tests.areas.actions.test_publishing import publish_as
from tests.areas.plans import approve_as
from tests.fronts.districting.test_moving import crowd
from tests.town import Town

COMMUNITY = "321102001001"


def test_residents_stay_unless_it_pays_or_a_program_says_otherwise(program: Callable[..., Any], town: Town) -> None:
    build_houses(town, households=20)
    dana = program("dana")
    usual = dana.post(f"districting/{COMMUNITY}/plans", {"effort": "quick"}).json()
    freely = dana.post(f"districting/{COMMUNITY}/plans", {"effort": "quick", "weights": {"moved": 0}}).json()
    assert [each["settings"]["weights"]["moved"] for each in (usual, freely)] == [1.0, 0.0]
    # The homes of the plan before it are not known.
    assert dana.get(f"plans/{usual['id']}/moves").json() == {
        "compared_with": None, "households": 0, "moved": 0, "forced": 0, "renumbered": 0, "arrived": 0, "homes": []
    }  # fmt: skip


def test_a_program_is_told_who_moves_and_why(program: Callable[..., Any], town: Town) -> None:
    build_houses(town, households=20)
    dana = program("dana")
    first = dana.post(f"districting/{COMMUNITY}/plans", {"effort": "quick"}).json()["id"]
    approve_as(town, "command", first)
    publish_as(town, "dana", first)
    crowd(town)
    second = dana.post(f"districting/{COMMUNITY}/plans", {"effort": "quick"}).json()["id"]
    told = dana.get(f"plans/{second}/moves").json()
    assert told["compared_with"] == first and told["homes"]
    assert sum(home["households"] for home in told["homes"]) == told["moved"] + told["renumbered"]
    assert all(home["source"] != home["to"] and home["why"] for home in told["homes"])
    assert sum(home["households"] for home in told["homes"] if home["forced"]) == told["forced"] > 0
    assert program("other_desk").get(f"plans/{second}/moves").status_code == 404
