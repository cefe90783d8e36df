"""Dana submits, the office answers; what was approved is what is published, and every answer is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.areas.actions.test_by_hand import Desk
from tests.areas.plans import TOWN, a_draft, an_approved
from tests.committed import committed_town as committed_town
from tests.town import MORNING, Town

from doorstep.areas import approvals
from doorstep.areas.actions import approving, publishing
from doorstep.areas.models import ApprovalStep, Plan, PlanPiece
from doorstep.areas.rules.approving import Seat
from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.ids import PlanId
from doorstep.core.refusals import Refusal
from doorstep.core.time.zone import local_date

CHANGED = {**TOWN, "2-2": (1, 1, 2, 1.5), "2-3": (1, 1.5, 2, 2)}


def in_post(town: Town) -> list[Seat]:
    """Everybody is there, and can sign in."""
    return [
        Seat("community", None, town.posts["dana"]),
        Seat("subdistrict", None, town.posts["subdistrict"]),
        Seat("county", None, town.posts["command"]),
    ]


def do(town: Town, who: str | Actor, move: Callable[..., Any], *given: Any, at: datetime = MORNING, **more: Any) -> Any:
    """One move of somebody; what is refused leaves nothing behind."""
    actor = town.actor(who) if isinstance(who, str) else who
    with acting_as(actor), transaction.atomic():
        return move(*given, by=actor, at=at, **more)


def submit(town: Town, plan: int, who: str | Actor = "dana", at: datetime = MORNING) -> ApprovalStep:
    return do(town, who, approving.submit, PlanId(plan), at=at, in_post=in_post(town))  # type: ignore[no-any-return]


def approve(town: Town, plan: int, who: str | Actor = "subdistrict", digest: str = "") -> None:
    with acting_as(WORKER):
        now = digest or approvals.digest_of(Plan.objects.get(pk=plan))
    do(town, who, approving.approve, PlanId(plan), now, in_post=in_post(town))


def send_back(town: Town, plan: int, reason: str, who: str = "subdistrict") -> None:
    do(town, who, approving.send_back, PlanId(plan), reason, in_post=in_post(town))


def publish(town: Town, plan: int, who: str = "dana") -> None:
    do(town, who, publishing.publish, PlanId(plan), local_date(MORNING))


def state(plan: int) -> str:
    with acting_as(WORKER):
        return str(Plan.objects.get(pk=plan).state)


def steps(plan: int) -> list[str]:
    with acting_as(WORKER):
        return [step.kind for step in approvals.steps_of(plan)]


def drawn_by(town: Town, who: str, **account: Any) -> int:
    plan = a_draft(town, CHANGED)
    actor = town.actor(who)
    with acting_as(WORKER):
        Plan.objects.filter(pk=plan).update(made_by_post=actor.post, made_by_role=str(actor.role), **account)
    return plan


def refused(town: Town, move: Callable[..., Any], *given: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        move(town, *given)
    return str(refusal.value.message.key)


def test_from_dana_to_the_office_and_back_to_be_published(town: Town) -> None:
    plan = drawn_by(town, "dana")
    assert refused(town, publish, plan) == "approval-not-approved"
    submit(town, plan)
    assert state(plan) == "submitted"
    assert refused(town, publish, plan) == "approval-not-approved"
    approve(town, plan)
    assert state(plan) == "approved"
    publish(town, plan)
    assert state(plan) == "in_force"
    assert steps(plan) == ["submit", "approve", "publish"]
    with acting_as(WORKER):
        [submitted, approved] = ApprovalStep.objects.filter(plan=plan, kind__in=["submit", "approve"]).order_by("seq")
    assert approved.digest == submitted.digest != ""
    assert (approved.by_role, approved.by_post, approved.is_own) == (
        "subdistrict",
        town.posts["subdistrict"],
        False,
    )


def test_the_approval_holds_the_report_that_was_seen(town: Town) -> None:
    plan = drawn_by(town, "dana")
    with acting_as(WORKER):
        Plan.objects.filter(pk=plan).update(report={"microgrids": 5})
    approve(town, plan, "command")
    with acting_as(WORKER):
        assert ApprovalStep.objects.get(plan=plan).report == {"microgrids": 5}


@pytest.mark.parametrize("who", ["dana", "other_desk"])
def test_nobody_below_approves_or_sends_back(town: Town, who: str) -> None:
    plan = drawn_by(town, "dana")
    submit(town, plan)
    for move in (lambda: approve(town, plan, who), lambda: send_back(town, plan, "no", who)):
        with pytest.raises((Refusal, Exception)) as refusal:
            move()
        if who == "dana":
            assert refusal.value.message.key == "approval-below"  # type: ignore[union-attr]
    assert (state(plan), steps(plan)) == ("submitted", ["submit"])


def test_the_command_centre_approves_its_own_and_the_record_says_so(town: Town) -> None:
    plan = drawn_by(town, "command")
    assert refused(town, submit, plan, "command") == "approval-yours"
    approve(town, plan, "command")
    with acting_as(WORKER):
        assert ApprovalStep.objects.get(plan=plan).is_own


def test_the_office_cannot_approve_what_it_drew(town: Town) -> None:
    plan = drawn_by(town, "subdistrict")
    assert refused(town, approve, plan) == "approval-below"
    submit(town, plan, "subdistrict")
    approve(town, plan, "command")
    assert state(plan) == "approved"


def test_in_another_seat_one_is_still_the_same_person(town: Town) -> None:
    plan = drawn_by(town, "dana", made_by_account=77)
    office = town.actor("subdistrict")
    same = Actor(office.role, org=office.org, post=office.post, account=77)
    assert refused(town, approve, plan, same) == "approval-drew"
    approve(town, plan)


def test_whoever_changed_it_by_hand_drew_it_too(town: Town) -> None:
    desk = Desk(town)
    atom, _, to = desk.edge()
    desk.dana = town.actor("subdistrict")
    desk.step("move", atoms=(atom,), to=to, insist=True)
    desk.keep("the school belongs together")
    assert refused(town, approve, desk.plan) == "approval-drew"
    approve(town, desk.plan, "command")


def test_a_reason_goes_back_with_the_plan_and_it_can_be_submitted_again(town: Town) -> None:
    plan = drawn_by(town, "dana")
    submit(town, plan)
    assert refused(town, send_back, plan, "  ") == "approval-no-reason"
    send_back(town, plan, "The market belongs to grid 2.")
    assert state(plan) == "draft"
    with acting_as(WORKER):
        assert approvals.latest(plan).reason == "The market belongs to grid 2."
    submit(town, plan)
    approve(town, plan)
    assert steps(plan) == ["submit", "send_back", "submit", "approve"]


def test_what_is_withdrawn_is_a_draft_again_and_no_longer_approved(town: Town) -> None:
    plan = drawn_by(town, "dana")
    submit(town, plan)
    do(town, "dana", approving.withdraw, PlanId(plan))
    assert refused(town, send_back, plan, "too late") == "approval-is-draft"
    submit(town, plan)
    approve(town, plan)
    do(town, "dana", approving.withdraw, PlanId(plan))
    assert (state(plan), refused(town, publish, plan)) == ("draft", "approval-not-approved")


def test_an_approval_is_taken_back_until_the_plan_is_published(town: Town) -> None:
    plan = drawn_by(town, "dana")
    approve(town, plan)
    send_back(town, plan, "I overlooked the river.", "command")
    assert state(plan) == "draft"
    approve(town, plan)
    publish(town, plan)
    assert refused(town, send_back, plan, "too late") == "approval-is-in-force"


@pytest.mark.parametrize("after", ["submitted", "approved"])
def test_changed_by_hand_it_is_a_draft_again(town: Town, after: str) -> None:
    desk = Desk(town)
    atom, code, to = desk.edge()
    submit(town, desk.plan)
    if after == "approved":
        approve(town, desk.plan)
    # A lock changes nothing of what was submitted.
    desk.step("lock", piece=code)
    desk.step("unlock", piece=code)
    assert state(desk.plan) == after
    desk.step("move", atoms=(atom,), to=to, insist=True)
    assert state(desk.plan) == "draft"
    assert steps(desk.plan)[-1] == "change"
    assert refused(town, publish, desk.plan).startswith(("districting-hand", "approval-not"))


def test_a_plan_that_was_changed_unseen_is_not_approved(town: Town) -> None:
    plan = drawn_by(town, "dana")
    seen = submit(town, plan).digest
    with acting_as(WORKER):
        PlanPiece.objects.filter(plan=plan, grid_number=1, microgrid_number=1).update(households=71)
    with pytest.raises(Refusal) as refusal:
        approve(town, plan, digest=seen)
    assert refusal.value.message.key == "approval-changed"
    assert state(plan) == "submitted"


@pytest.mark.parametrize("changed", [{"households": 71}, {"code": "32110200100100909"}, {"parts": 2}])
def test_what_is_not_what_was_approved_is_not_published(town: Town, changed: dict[str, Any]) -> None:
    plan = an_approved(town, CHANGED)
    with acting_as(WORKER):
        PlanPiece.objects.filter(plan=plan, grid_number=1, microgrid_number=1).update(**changed)
    with pytest.raises(Refusal):
        publish(town, plan)
    assert state(plan) == "approved"


def test_a_report_that_was_changed_is_not_what_was_approved(town: Town) -> None:
    plan = an_approved(town, CHANGED)
    with acting_as(WORKER):
        Plan.objects.filter(pk=plan).update(report={"in_range": 99})
    assert refused(town, publish, plan) == "approval-not-what-was-approved"


def test_a_plan_that_another_overtook_has_to_be_approved_again(town: Town) -> None:
    one, other = an_approved(town, CHANGED), an_approved(town)
    tomorrow = local_date(MORNING) + timedelta(days=1)
    for plan in (one, other):
        do(town, "dana", publishing.publish, PlanId(plan), tomorrow)
    assert (state(one), steps(one)[-1]) == ("draft", "supersede")
    assert refused(town, publish, one) == "approval-not-approved"


def test_a_step_is_never_written_in_anothers_name_nor_changed(town: Town) -> None:
    plan = drawn_by(town, "dana")
    submit(town, plan)
    forged = {"plan_id": plan, "seq": 2, "at": MORNING, "kind": "approve", "by_role": "county"}
    dana = town.actor("dana")
    with pytest.raises(ProgrammingError), acting_as(dana), transaction.atomic():
        ApprovalStep.objects.create(**forged)
    with pytest.raises(ProgrammingError), acting_as(dana), transaction.atomic():
        ApprovalStep.objects.filter(plan=plan).update(reason="never mind")
    other = town.actor("other_desk")
    with pytest.raises(ProgrammingError), acting_as(other), transaction.atomic():
        ApprovalStep.objects.create(**{**forged, "by_role": "community"})


def test_plans_wait_for_the_desk_above_the_longest_first(town: Town) -> None:
    one, other = drawn_by(town, "dana"), drawn_by(town, "dana")
    submit(town, other)
    submit(town, one, at=MORNING - timedelta(days=1))
    with acting_as(WORKER):
        assert [plan.pk for plan in approvals.awaiting(subdistrict=town.subdistrict)] == [one, other]
        assert [plan.pk for plan in approvals.awaiting(county=town.county)] == [one, other]
        assert approvals.awaiting(county=10**9) == []


def test_of_two_who_answer_at_once_one_is_told_that_it_is_done(committed_town: Town) -> None:
    town = committed_town
    plan = drawn_by(town, "dana")
    submit(town, plan)
    at_once = threading.Barrier(2)
    came_of_it: list[str] = []

    def answer(who: str) -> None:
        at_once.wait()
        try:
            approve(town, plan, who)
            came_of_it.append("approved")
        except Refusal as refusal:
            came_of_it.append(refusal.message.key)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(who,)) for who in ("subdistrict", "command")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came_of_it) == ["approval-is-approved", "approved"]
    assert steps(plan) == ["submit", "approve"]
