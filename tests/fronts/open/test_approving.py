"""A program carries a plan to the level above and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.areas.plans import TOWN, a_draft
from tests.town import Town
from tests.visiting import open_account

from doorstep.areas.models import Plan
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.core.time.zone import local_date


def test_dana_submits_and_the_office_answers(program: Callable[..., Any], town: Town) -> None:
    plan = a_draft(town, {**TOWN, "2-2": (1, 1, 2, 1.5), "2-3": (1, 1.5, 2, 2)})
    with acting_as(WORKER):
        Plan.objects.filter(pk=plan).update(made_by_post=town.posts["dana"], made_by_role="community")
    dana, office = program("dana"), program("subdistrict")
    today = {"from_on": local_date(clock.now()).isoformat()}

    assert dana.post(f"plans/{plan}/publish", today).status_code == 409
    assert dana.post(f"plans/{plan}/submit").json()["state"] == "submitted"
    assert [each["plan"] for each in office.get("approvals").json()] == [plan]
    assert dana.get("approvals").json() == []

    told = office.get(f"plans/{plan}/approval").json()
    assert (told["asks"], told["may_approve"]) == ("subdistrict", True)
    assert not dana.get(f"plans/{plan}/approval").json()["may_approve"]
    assert office.post(f"plans/{plan}/approve", {"digest": "0" * 64}).status_code == 409
    assert office.post(f"plans/{plan}/approve", {"digest": "not a digest"}).status_code == 422
    assert office.post(f"plans/{plan}/send-back", {"reason": "the market"}).json()["state"] == "draft"
    assert dana.post(f"plans/{plan}/submit").status_code == 200
    assert dana.post(f"plans/{plan}/withdraw").json()["state"] == "draft"
    assert dana.post(f"plans/{plan}/submit").status_code == 200
    assert office.post(f"plans/{plan}/approve", {"digest": told["digest"]}).json()["state"] == "approved"
    assert dana.post(f"plans/{plan}/publish", today).json()["state"] == "in_force"

    kinds = [step["kind"] for step in dana.get(f"plans/{plan}/approval").json()["steps"]]
    assert kinds == ["submit", "send_back", "submit", "withdraw", "submit", "approve", "publish"]


def test_a_plan_of_somebody_else_is_answered_by_nobody_else(program: Callable[..., Any], town: Town) -> None:
    open_account(town, "command")
    plan = a_draft(town)
    other = program("other_desk")
    for do, body in (("submit", None), ("withdraw", None), ("approve", {"digest": "0" * 64})):
        assert other.post(f"plans/{plan}/{do}", body).status_code == 404
