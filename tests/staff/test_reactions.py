"""Whoever serves a grid goes on serving it when its border moves; where a grid ends, so do its seats."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.areas.actions.test_publishing import CHANGED_IN_THE_EAST, TODAY, TOMORROW, publish_as
from tests.areas.plans import TOWN, an_approved
from tests.town import Town

from doorstep.areas.models import Area
from doorstep.core.access import WORKER, acting_as
from doorstep.staff.models import Appointment, Person, Post, Unit
from doorstep.staff.queries import appointments_in_force

WEST_ALONE = {name: square for name, square in TOWN.items() if name.startswith("1")}


def seats(code: str) -> list[str]:
    with acting_as(WORKER):
        posts = Post.objects.filter(area__code__endswith=code, area__valid_until=None, abolished_on=None)
        return sorted(posts.values_list("kind", flat=True))


def holders(unit: int, today: date = TODAY) -> list[tuple[str, int | None]]:
    """Who serves in this unit, and in which area."""
    with acting_as(WORKER):
        rows = appointments_in_force(today).filter(post__unit=unit)
        return list(rows.values_list("person__name", "post__area"))


def grid(town: Town, number: str) -> int:
    with acting_as(WORKER):
        return Area.objects.get(community=town.community, code__endswith=number, level="grid", valid_until=None).pk


def test_a_new_grid_has_a_team_a_lead_and_a_worker_to_be_found(town: Town) -> None:
    publish_as(town, "dana", an_approved(town, {**TOWN, "3-1": (2, 0, 3, 2)}))
    assert seats("001003") == ["grid_lead", "grid_worker"]
    assert seats("00301") == ["liaison", "volunteer", "volunteer"]
    with acting_as(WORKER):
        assert Unit.objects.get(area=grid(town, "003")).kind == "grid_team"


def test_eli_goes_on_in_his_grid_when_its_border_moves(town: Town) -> None:
    team = town.units["other_grid_team"]
    assert holders(team) == [("示例eli", town.other_grid)]
    publish_as(town, "dana", an_approved(town, CHANGED_IN_THE_EAST))
    new = grid(town, "002")
    assert new != town.other_grid
    assert holders(team) == [("示例eli", new)]
    with acting_as(WORKER):
        assert Unit.objects.get(pk=team).area_id == new


def test_yesterday_eli_was_where_he_was(town: Town) -> None:
    publish_as(town, "dana", an_approved(town, CHANGED_IN_THE_EAST))
    with acting_as(WORKER):
        past = Appointment.objects.get(person__name="示例eli", post__area=town.other_grid)
    assert (past.until_on, past.post.abolished_on) == (TODAY, TODAY)


def test_chen_whose_grid_did_not_change_keeps_the_very_seat(town: Town) -> None:
    publish_as(town, "dana", an_approved(town, CHANGED_IN_THE_EAST))
    with acting_as(WORKER):
        kept = Appointment.objects.get(person__name="示例chen")
    assert (kept.post_id, kept.until_on) == (town.posts["chen"], None)


@pytest.mark.parametrize("days", [1, 30])
def test_whoever_stands_in_for_a_while_does_so_until_the_same_day(town: Town, days: int) -> None:
    until = TODAY + timedelta(days=days)
    with acting_as(WORKER):
        stand_in = Person.objects.create(name="示例替班")
        Appointment.objects.create(
            person=stand_in, post_id=town.posts["eli"], from_on=date(2026, 11, 1), until_on=until
        )
    publish_as(town, "dana", an_approved(town, CHANGED_IN_THE_EAST))
    with acting_as(WORKER):
        held = Appointment.objects.filter(person=stand_in).order_by("from_on")
        assert [(each.from_on, each.until_on) for each in held] == [(date(2026, 11, 1), TODAY), (TODAY, until)]
        assert held[1].post.area_id == grid(town, "002")


def test_whoever_begins_tomorrow_begins_in_the_new_grid(town: Town) -> None:
    with acting_as(WORKER):
        newcomer = Person.objects.create(name="示例新人")
        Appointment.objects.create(person=newcomer, post_id=town.posts["eli"], from_on=TOMORROW)
    publish_as(town, "dana", an_approved(town, CHANGED_IN_THE_EAST))
    with acting_as(WORKER):
        [begun] = Appointment.objects.filter(person=newcomer)
    assert (begun.from_on, begun.post.area_id) == (TOMORROW, grid(town, "002"))


def test_where_a_grid_ends_its_team_closes_and_nobody_sits_there(town: Town) -> None:
    team = town.units["other_grid_team"]
    with acting_as(WORKER):
        stand_in = Person.objects.create(name="示例替班")
        Appointment.objects.create(
            person=stand_in, post_id=town.posts["eli"], from_on=date(2026, 11, 1), until_on=date(2027, 1, 1)
        )
    publish_as(town, "dana", an_approved(town, WEST_ALONE))
    assert holders(team) == []
    with acting_as(WORKER):
        assert Unit.objects.get(pk=team).closed_at is not None
        assert not Appointment.objects.filter(post__unit=team, until_on=None).exists()
        assert set(Appointment.objects.filter(post__unit=team).values_list("until_on", flat=True)) == {TODAY}


def test_a_liaison_goes_on_with_a_micro_grid_whose_border_moves(town: Town) -> None:
    with acting_as(WORKER):
        post = Post.objects.create(kind="liaison", area_id=town.microgrids[2], title="邻长")
        ben = Person.objects.create(name="示例ben")
        Appointment.objects.create(person=ben, post=post, from_on=date(2026, 1, 1))
    publish_as(town, "dana", an_approved(town, CHANGED_IN_THE_EAST))
    with acting_as(WORKER):
        [now] = appointments_in_force(TODAY).filter(person=ben).select_related("post__area")
    assert (now.post.kind, now.post.title, now.post.area.code[12:]) == ("liaison", "邻长", "00201")
