"""Dana submits at her desk, the office finds it waiting, answers, and both see what came of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.areas.actions.test_approving import CHANGED, steps
from tests.areas.plans import a_draft
from tests.town import Town
from tests.visiting import open_account, signed_in

from doorstep.areas import approvals
from doorstep.areas.models import Plan
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import text
from doorstep.core.time import clock
from doorstep.core.time.zone import local_date

TODAY = local_date(clock.now())


@pytest.fixture
def plan(town: Town) -> int:
    """A draft that Dana drew, where the office and the command centre can sign in."""
    drawn = a_draft(town, CHANGED)
    dana = open_account(town, "dana").pk
    for who in ("subdistrict", "command"):
        open_account(town, who)
    with acting_as(WORKER):
        Plan.objects.filter(pk=drawn).update(
            made_by_post=town.posts["dana"],
            made_by_account=dana,
            made_by_role="community",
            settings={"low": 50, "high": 100, "grid_low": 200, "grid_high": 500},
        )
    return drawn


def page(town: Town, who: str, plan: int, lang: str = "zh") -> str:
    visitor = signed_in(town, who)
    visitor.cookies["lang"] = lang
    return str(visitor.get(f"/desk/districting/plans/{plan}/").content.decode())


def send(town: Town, who: str, plan: int, do: str, form: dict[str, str] | None = None) -> int:
    address = f"/desk/districting/plans/{plan}/{do}/"
    return int(signed_in(town, who).post(address, form or {}).status_code)


def digest_on(shown: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', shown)
    assert found is not None
    return found[1]


def state(plan: int) -> str:
    with acting_as(WORKER):
        return str(Plan.objects.get(pk=plan).state)


def test_dana_submits_and_the_office_approves_what_it_saw(town: Town, plan: int) -> None:
    shown = page(town, "dana", plan)
    assert text("approval-submit-hint", level="subdistrict") in shown
    assert f"/plans/{plan}/publish/" not in shown
    assert send(town, "dana", plan, "submit") == 302
    assert text("approval-waiting-hint", level="subdistrict") in page(town, "dana", plan)

    desk = signed_in(town, "subdistrict").get("/desk/districting/").content.decode()
    assert text("approval-waiting-for-you", count=1) in desk and f"/plans/{plan}/" in desk
    assert text("staff-post-community-desk") in desk

    assert send(town, "subdistrict", plan, "approve", {"digest": digest_on(page(town, "subdistrict", plan))}) == 302
    shown = page(town, "dana", plan, "en")
    assert "Approved, to be published" in shown and "Subdistrict desk" in shown
    assert send(town, "dana", plan, "publish", {"from_on": TODAY.isoformat()}) == 302
    assert state(plan) == "in_force"
    assert steps(plan) == ["submit", "approve", "publish"]


def test_the_command_centre_sees_in_its_queue_only_what_nobody_below_it_answers(town: Town, plan: int) -> None:
    send(town, "dana", plan, "submit")
    address = f"/plans/{plan}/"
    assert address not in signed_in(town, "command").get("/desk/districting/").content.decode()
    with acting_as(WORKER):
        from doorstep.staff.models import Appointment

        Appointment.objects.filter(post=town.posts["subdistrict"]).update(until_on=TODAY)
    assert address in signed_in(town, "command").get("/desk/districting/").content.decode()


def test_the_level_above_approves_and_publishes_in_one_go(town: Town, plan: int) -> None:
    send(town, "dana", plan, "submit")
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    visitor = signed_in(town, "command")
    confirm = visitor.get(f"/desk/districting/plans/{plan}/publish/?from_on={tomorrow}").content.decode()
    assert text("approval-confirm") in confirm
    assert send(town, "command", plan, "publish", {"from_on": tomorrow, "digest": digest_on(confirm)}) == 302
    assert (state(plan), steps(plan)) == ("published", ["submit", "approve", "publish"])


def test_dana_neither_publishes_nor_approves_before_the_office_has_answered(town: Town, plan: int) -> None:
    today = TODAY.isoformat()
    dana = signed_in(town, "dana")
    assert dana.get(f"/desk/districting/plans/{plan}/publish/?from_on={today}").status_code == 409
    assert send(town, "dana", plan, "publish", {"from_on": today}) == 409
    assert send(town, "dana", plan, "approve", {"digest": "0" * 64}) == 409
    assert (state(plan), steps(plan)) == ("draft", [])


def test_the_reason_for_which_it_was_sent_back_stands_on_the_page_unharmed(town: Town, plan: int) -> None:
    send(town, "dana", plan, "submit")
    assert send(town, "subdistrict", plan, "send-back", {"reason": ""}) == 409
    assert send(town, "subdistrict", plan, "send-back", {"reason": "<b>The market</b> belongs to grid 2."}) == 302
    shown = page(town, "dana", plan)
    assert text("approval-sent-back") in shown
    assert "&lt;b&gt;The market&lt;/b&gt; belongs to grid 2." in shown and "<b>The market" not in shown
    assert state(plan) == "draft"


def test_a_plan_other_than_the_one_on_the_page_is_not_approved(town: Town, plan: int) -> None:
    send(town, "dana", plan, "submit")
    digest = digest_on(page(town, "subdistrict", plan))
    with acting_as(WORKER):
        Plan.objects.get(pk=plan).pieces.filter(grid_number=1).update(households=80)
    answer = signed_in(town, "subdistrict").post(f"/desk/districting/plans/{plan}/approve/", {"digest": digest})
    assert answer.status_code == 409 and text("approval-changed") in answer.content.decode()
    assert state(plan) == "submitted"


def test_dana_withdraws_what_nobody_has_answered(town: Town, plan: int) -> None:
    send(town, "dana", plan, "submit")
    assert send(town, "dana", plan, "withdraw") == 302
    assert (state(plan), steps(plan)) == ("draft", ["submit", "withdraw"])
    assert send(town, "dana", plan, "withdraw") == 409


@pytest.mark.parametrize("do", ["submit", "withdraw", "approve", "send-back"])
@pytest.mark.parametrize("who", ["other_desk", "chen", "ben", "water", "system"])
def test_nobody_else_has_a_say(town: Town, plan: int, who: str, do: str) -> None:
    assert send(town, who, plan, do, {"reason": "no", "digest": "0" * 64}) in {403, 404}
    assert (state(plan), steps(plan)) == ("draft", [])


def test_the_waiting_plans_take_few_statements_however_many_they_are(town: Town, plan: int) -> None:
    office = signed_in(town, "subdistrict")
    send(town, "dana", plan, "submit")
    with CaptureQueriesContext(connection) as one:
        assert office.get("/desk/districting/").content.decode().count(f"/plans/{plan}/") == 1
    with acting_as(WORKER):
        first, step = Plan.objects.get(pk=plan), approvals.latest(plan)
        for hours in range(1, 12):
            first.pk = None
            first.save()
            step.pk, step.plan_id, step.at = None, first.pk, step.at - timedelta(hours=hours)
            step.save()
    with CaptureQueriesContext(connection) as many:
        shown = office.get("/desk/districting/").content.decode()
    assert len(set(re.findall(r"/desk/districting/plans/(\d+)/", shown))) == 12
    # The one that has waited longest stands first.
    assert re.findall(r"/desk/districting/plans/(\d+)/", shown)[-1] == str(plan)
    assert len(many) == len(one)
