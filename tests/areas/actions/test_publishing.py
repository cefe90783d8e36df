"""A plan is published by whoever owns the community, from a day, and what did not change stays what it was."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
import shapely
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction
from tests.areas.plans import TOWN, an_approved
from tests.committed import committed_town as committed_town
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.areas import queries
from doorstep.areas.actions.publishing import PlanRefused, discard, publish, put_in_force
from doorstep.areas.models import Area, Plan
from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.refusals import Refusal

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
# The west stays as it is; in the east three strips take the place of two squares.
CHANGED_IN_THE_EAST = {
    "1-1": (0, 0, 1, 1),
    "1-2": (0, 1, 1, 2),
    "2-1": (1, 0, 2, 0.5),
    "2-2": (1, 0.5, 2, 1.5),
    "2-3": (1, 1.5, 2, 2),
}


def publish_as(town: Town, who: str, plan: int, from_on: date = TODAY) -> None:
    actor = town.actor(who)
    with acting_as(actor):
        publish(plan, from_on, by=actor, at=MORNING)


def in_force(town: Town, today: date = TODAY) -> dict[str, int]:
    """The grids and micro-grids of a day: code and row."""
    with acting_as(WORKER):
        inside = queries.in_force(today).filter(community=town.community, level__in=["grid", "microgrid"])
        return dict(inside.values_list("code", "pk"))


def state(plan: int) -> tuple[str, date | None]:
    with acting_as(WORKER):
        row = Plan.objects.get(pk=plan)
        return row.state, row.in_force_from


@pytest.mark.parametrize("who", ["dana", "subdistrict", "command"])
def test_published_for_today_it_is_in_force_at_once(town: Town, who: str) -> None:
    plan = an_approved(town, CHANGED_IN_THE_EAST)
    publish_as(town, who, plan)
    assert state(plan) == ("in_force", TODAY)
    assert [code[12:] for code in sorted(in_force(town))] == ["001", "00101", "00102", "002", "00201", "00202", "00203"]


def test_what_did_not_change_keeps_code_and_row_and_the_rest_ends_on_the_day(town: Town) -> None:
    before = in_force(town)
    publish_as(town, "dana", an_approved(town, CHANGED_IN_THE_EAST))
    after = in_force(town)
    kept = {code for code in before if before[code] == after.get(code)}
    assert sorted(code[12:] for code in kept) == ["001", "00101", "00102"]
    with acting_as(WORKER):
        ended = Area.objects.filter(community=town.community, valid_until=TODAY)
        assert {area.pk for area in ended} == {before[code] for code in before if code not in kept}
        assert Area.objects.get(code__endswith="00203", valid_until=None).valid_from == TODAY


def test_the_day_before_still_shows_what_was_in_force_then(town: Town) -> None:
    before = in_force(town, TODAY - timedelta(days=1))
    publish_as(town, "dana", an_approved(town, CHANGED_IN_THE_EAST))
    assert in_force(town, TODAY - timedelta(days=1)) == before


def test_a_grid_that_loses_a_micro_grid_begins_anew_in_its_new_border(town: Town) -> None:
    before = in_force(town)
    to_the_east = {"1-1": TOWN["1-1"], "2-1": TOWN["2-1"], "2-2": TOWN["2-2"], "2-3": TOWN["1-2"]}
    publish_as(town, "dana", an_approved(town, to_the_east))
    after = in_force(town)
    [grid] = [code for code in after if code[12:] == "001"]
    [microgrid] = [code for code in after if code[12:] == "00101"]
    assert after[microgrid] == before[microgrid]
    assert after[grid] != before[grid]
    with acting_as(WORKER):
        border = shapely.from_wkb(bytes(Area.objects.get(pk=after[grid]).outline))
        assert Area.objects.get(pk=after[microgrid]).grid_id == after[grid]
    assert border.bounds == pytest.approx((LON, LAT - SQUARE_DEG, LON + SQUARE_DEG, LAT))


def test_the_same_border_with_more_households_is_the_same_area(town: Town) -> None:
    before = in_force(town)
    publish_as(town, "dana", an_approved(town, TOWN, households=90))
    assert in_force(town) == before
    with acting_as(WORKER):
        assert {area.households for area in Area.objects.filter(pk__in=town.microgrids)} == {90}
        assert Area.objects.get(pk=town.grid).households == 180


def test_a_border_drawn_from_another_corner_is_the_same_border(town: Town) -> None:
    with acting_as(WORKER):
        area = Area.objects.get(pk=town.microgrids[0])
        ring = list(shapely.from_wkb(bytes(area.outline)).exterior.coords)
        area.outline = shapely.to_wkb(shapely.Polygon([*ring[2:-1], *ring[:3]]))
        area.save()
    before = in_force(town)
    publish_as(town, "dana", an_approved(town))
    assert in_force(town) == before


def test_published_for_tomorrow_it_waits_for_its_day(town: Town) -> None:
    before = in_force(town)
    plan = an_approved(town, CHANGED_IN_THE_EAST)
    publish_as(town, "dana", plan, TOMORROW)
    assert state(plan) == ("published", TOMORROW)
    assert put_in_force(at=MORNING) == 0
    assert in_force(town) == before
    assert put_in_force(at=MORNING + timedelta(days=1)) == 1
    assert state(plan) == ("in_force", TOMORROW)
    assert put_in_force(at=MORNING + timedelta(days=1)) == 0


def test_where_the_machine_slept_over_the_day_it_is_in_force_from_when_it_woke(town: Town) -> None:
    plan = an_approved(town, CHANGED_IN_THE_EAST)
    publish_as(town, "dana", plan, TOMORROW)
    assert put_in_force(at=MORNING + timedelta(days=4)) == 1
    assert state(plan) == ("in_force", TODAY + timedelta(days=4))


def test_the_plan_before_it_is_past(town: Town) -> None:
    one, other = an_approved(town, CHANGED_IN_THE_EAST), an_approved(town)
    publish_as(town, "dana", one)
    publish_as(town, "dana", other)
    assert state(one)[0] == "past"
    assert state(other)[0] == "in_force"


def test_of_two_that_wait_the_later_one_counts(town: Town) -> None:
    one, other = an_approved(town, CHANGED_IN_THE_EAST), an_approved(town)
    publish_as(town, "dana", one, TOMORROW)
    publish_as(town, "dana", other, TOMORROW)
    assert state(one) == ("draft", None)
    assert state(other) == ("published", TOMORROW)


def test_nobody_publishes_into_the_past(town: Town) -> None:
    plan = an_approved(town)
    with pytest.raises(PlanRefused) as refused:
        publish_as(town, "dana", plan, TODAY - timedelta(days=1))
    assert refused.value.message.key == "districting-in-the-past"
    assert state(plan) == ("approved", None)


def test_a_discarded_plan_cannot_be_published_nor_one_in_force_discarded(town: Town) -> None:
    one, other = an_approved(town), an_approved(town)
    dana = town.actor("dana")
    with acting_as(dana):
        discard(one, by=dana, at=MORNING)
    with pytest.raises(PlanRefused):
        publish_as(town, "dana", one)
    publish_as(town, "dana", other)
    with pytest.raises(PlanRefused), acting_as(dana):
        discard(other, by=dana, at=MORNING)
    assert (state(one)[0], state(other)[0]) == ("discarded", "in_force")


def test_a_published_plan_that_is_discarded_never_comes_into_force(town: Town) -> None:
    plan = an_approved(town, CHANGED_IN_THE_EAST)
    publish_as(town, "dana", plan, TOMORROW)
    dana = town.actor("dana")
    with acting_as(dana):
        discard(plan, by=dana, at=MORNING)
    assert put_in_force(at=MORNING + timedelta(days=1)) == 0


@pytest.mark.parametrize("who", ["other_desk", "chen"])
def test_whoever_does_not_own_the_community_changes_nothing(town: Town, who: str) -> None:
    plan = an_approved(town, CHANGED_IN_THE_EAST)
    before = in_force(town)
    with pytest.raises((ObjectDoesNotExist, DatabaseError)), transaction.atomic():
        publish_as(town, who, plan)
    assert in_force(town) == before
    assert state(plan) == ("approved", None)


def test_each_publication_leaves_a_trace(town: Town) -> None:
    plan = an_approved(town)
    publish_as(town, "dana", plan)
    with acting_as(Actor(Role.AUDIT_ADMIN)), connection.cursor() as cursor:
        cursor.execute("SELECT what, post FROM access_deed WHERE subject = %s ORDER BY id", [str(plan)])
        assert cursor.fetchall() == [
            ("approved-plan", town.posts["command"]),
            ("published-plan", town.posts["dana"]),
        ]


def test_a_plan_in_one_community_is_seen_though_a_later_one_is_in_force_elsewhere(town: Town) -> None:
    with acting_as(WORKER):
        Plan.objects.create(
            community_id=town.other_community,
            state="in_force",
            settings={},
            report={},
            made_at=MORNING,
            in_force_from=TODAY,
            id=10**9,
        )
        east = (LON + SQUARE_DEG * 1.5, LAT - SQUARE_DEG * 1.75)
        assert queries.territory(TODAY).at(*east)[0].code.endswith("00202")
    publish_as(town, "dana", an_approved(town, CHANGED_IN_THE_EAST))
    with acting_as(WORKER):
        assert queries.territory(TODAY).at(*east)[0].code.endswith("00203")


def test_of_two_desks_publishing_at_once_one_follows_the_other(committed_town: Town) -> None:
    town = committed_town
    plans = [an_approved(town, CHANGED_IN_THE_EAST), an_approved(town, {"1-1": (0, 0, 2, 2)})]
    at_once = threading.Barrier(2)
    refusals: list[Exception] = []

    def publish_one(who: str, plan: int) -> None:
        at_once.wait()
        try:
            publish_as(town, who, plan)
        except Refusal as refused:
            refusals.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish_one, args=each) for each in zip(("dana", "command"), plans, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refusals == []
    assert sorted(state(plan)[0] for plan in plans) == ["in_force", "past"]
    last = plans[[state(plan)[0] for plan in plans].index("in_force")]
    with acting_as(WORKER):
        wanted = set(Plan.objects.get(pk=last).pieces.values_list("code", flat=True))
    assert {code for code in in_force(town) if len(code) == 17} == wanted


def test_one_plan_published_twice_at_once_is_published_once(committed_town: Town) -> None:
    town = committed_town
    plan = an_approved(town, CHANGED_IN_THE_EAST)
    at_once = threading.Barrier(2)
    came_of_it: list[str] = []

    def publish_it(who: str) -> None:
        at_once.wait()
        try:
            publish_as(town, who, plan)
            came_of_it.append("published")
        except PlanRefused as refused:
            came_of_it.append(refused.message.key)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish_it, args=(who,)) for who in ("dana", "command")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came_of_it) == ["districting-not-a-draft", "published"]
