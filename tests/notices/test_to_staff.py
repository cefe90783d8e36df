"""A plan that waits for approval is told to whoever may approve it: once each time it is submitted, not every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.areas.plans import a_draft
from tests.town import MORNING, Town

from doorstep.areas.actions import approving
from doorstep.areas.models import Plan
from doorstep.areas.rules.approving import Seat
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import PlanId
from doorstep.notices import tasks
from doorstep.notices.models import StaffNotice
from doorstep.staff.models import Appointment, Person


def reach(town: Town, who: str, **contact: str) -> None:
    with acting_as(WORKER):
        person = Person.objects.get(appointments__post=town.posts[who])
        Person.objects.filter(pk=person.pk).update(**contact)


def seats(town: Town) -> list[Seat]:
    return [Seat("subdistrict", 71, town.posts["subdistrict"]), Seat("county", 72, town.posts["command"])]


def submit(town: Town, plan: int) -> None:
    with acting_as(town.actor("dana")):
        approving.submit(PlanId(plan), by=town.actor("dana"), at=MORNING, in_post=seats(town))


def notices() -> list[tuple[int, str, str]]:
    with acting_as(WORKER):
        return list(StaffNotice.objects.order_by("id").values_list("post", "about", "channel"))


@pytest.fixture
def plan(town: Town) -> int:
    number = a_draft(town)
    with acting_as(WORKER):
        Plan.objects.filter(pk=number).update(made_by_role="community", made_by_post=town.posts["dana"])
    return number


def test_the_nearest_desk_above_gets_a_letter_with_the_plans_page(town: Town, plan: int, post: object) -> None:
    reach(town, "subdistrict", email="office@example.org")
    submit(town, plan)
    assert tasks.send_due(MORNING) == 2
    (letter,) = post.letters
    body = letter.get_content()
    assert letter["To"] == "office@example.org"
    assert letter["Subject"] == f"示例1社区的第 {plan} 号划分方案等您审批"
    assert f"https://door.example.org/desk/districting/plans/{plan}/" in body
    assert {each[0] for each in notices()} == {town.posts["subdistrict"]}


def test_nobody_is_told_again_on_the_next_days(town: Town, plan: int, post: object) -> None:
    reach(town, "subdistrict", email="office@example.org")
    submit(town, plan)
    for days in range(4):
        tasks.send_due(MORNING + timedelta(days=days))
    assert len(post.letters) == 1


def test_what_is_submitted_anew_is_told_anew(town: Town, plan: int, post: object) -> None:
    reach(town, "subdistrict", email="office@example.org")
    submit(town, plan)
    with acting_as(town.actor("dana")):
        approving.withdraw(PlanId(plan), by=town.actor("dana"), at=MORNING)
    submit(town, plan)
    tasks.send_due(MORNING)
    assert len(post.letters) == 2
    assert len({about for _, about, _ in notices()}) == 2


def test_a_short_message_goes_to_a_telephone(town: Town, plan: int, texts: object) -> None:
    reach(town, "subdistrict", phone="13800000000")
    submit(town, plan)
    tasks.send_due(MORNING)
    message = texts.asked[0].message
    assert "13800000000" in str(message) and f"/desk/districting/plans/{plan}/" in str(message)


def test_whoever_holds_the_post_by_then_is_told(town: Town, plan: int, post: object) -> None:
    reach(town, "subdistrict", email="before@example.org")
    submit(town, plan)
    with acting_as(WORKER):
        Appointment.objects.filter(post=town.posts["subdistrict"]).update(until_on=date(2026, 11, 23))
        person = Person.objects.create(name="示例接任", email="after@example.org", is_invented=True)
        Appointment.objects.create(person=person, post_id=town.posts["subdistrict"], from_on=date(2026, 11, 23))
    tasks.send_due(MORNING)
    assert [letter["To"] for letter in post.letters] == ["after@example.org"]


def test_a_holder_without_an_address_is_kept_as_unsent(town: Town, plan: int, post: object) -> None:
    submit(town, plan)
    tasks.send_due(MORNING)
    with acting_as(WORKER):
        states = set(StaffNotice.objects.values_list("state", flat=True))
    assert states == {"unsent"} and post.letters == []


def test_whoever_had_a_hand_in_the_plan_is_not_asked(town: Town, plan: int) -> None:
    with acting_as(WORKER):
        Plan.objects.filter(pk=plan).update(made_by_role="community", made_by_account=71, made_by_post=None)
    submit(town, plan)
    # The subdistrict's holder drew it from another post of theirs: the county is asked.
    assert {each[0] for each in notices()} == {town.posts["command"]}
