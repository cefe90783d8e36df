"""Neighbours join, plan and leave by themselves; nobody sets them a round, and nothing is left to be counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.alerts.people import founded, joined, patrolling, somebody, walk
from tests.town import MORNING
from tests.visiting import open_account

from doorstep.alerts import patrols
from doorstep.alerts.actions import patrolling as acts
from doorstep.alerts.actions.patrolling import PatrolRefused
from doorstep.alerts.models import Going, Member, Patrol, Round
from doorstep.alerts.rules.patrols import AHEAD, LASTS, MOST_ROUNDS, PatrolNotFound
from doorstep.core.access import ANONYMOUS, WORKER, acting_as
from doorstep.staff.models import Appointment


def kept(model):
    with acting_as(WORKER):
        return model.objects.count()


def seen_by(who, patrol, at=MORNING):
    with acting_as(who):
        return patrols.of_member(patrol, who, at)


def test_ben_joins_twice_and_is_in_it_once_and_leaves_nothing_behind(town):
    patrol = patrolling(town, MORNING)
    ben = joined(town, patrol, MORNING)
    assert seen_by(ben, patrol).names == ("示例ben",)
    assert seen_by(ben, patrol).seen.rounds[0].going == ("示例ben",)
    with acting_as(ben):
        acts.leave(patrol, by=ben, at=MORNING)
    assert (kept(Member), kept(Going)) == (0, 0)
    assert kept(Round) == 1


@pytest.mark.parametrize("who", ["dana", "subdistrict", "command", "chen", "other_desk"])
def test_nobody_but_a_member_plans_or_calls_off_a_round(town, who):
    patrol = patrolling(town, MORNING)
    with acting_as(WORKER):
        number = Round.objects.get().pk
    by = somebody(town, who)
    with acting_as(by):
        with pytest.raises(PatrolNotFound):
            acts.plan(patrol, walk(MORNING), by=by, at=MORNING)
        with pytest.raises(PatrolNotFound):
            acts.call_off(number, True, by=by, at=MORNING)
        with pytest.raises(PatrolNotFound):
            acts.mean_to_come(number, True, by=by, at=MORNING)
        with pytest.raises(PatrolRefused):
            acts.join(patrol, by=by, at=MORNING)
    assert kept(Round) == 1


def test_a_neighbour_who_has_not_joined_cannot_plan(town):
    patrol, ben = founded(town, MORNING), somebody(town, "ben")
    with acting_as(ben), pytest.raises(PatrolRefused, match="不在这支队伍里"):
        acts.plan(patrol, walk(MORNING), by=ben, at=MORNING)


def test_a_patrol_of_another_community_is_none_of_bens(town):
    other = somebody(town, "other_desk")
    with acting_as(other):
        patrol = acts.found("隔壁平安锣", "", by=other, at=MORNING)
    ben = somebody(town, "ben")
    assert seen_by(ben, patrol) is None
    with acting_as(ben), pytest.raises(PatrolNotFound):
        acts.join(patrol, by=ben, at=MORNING)
    dana = somebody(town, "dana")
    with acting_as(dana), pytest.raises(PatrolNotFound):
        acts.end(patrol, by=dana, at=MORNING)


def test_any_member_calls_a_round_off_and_on_and_whoever_means_to_come_may_change_their_mind(town):
    patrol = patrolling(town, MORNING)
    ben = somebody(town, "ben")
    with acting_as(WORKER):
        number = Round.objects.get().pk
    with acting_as(ben):
        acts.mean_to_come(number, False, by=ben, at=MORNING)
        acts.call_off(number, True, by=ben, at=MORNING)
        with pytest.raises(PatrolRefused, match="已经不走了"):
            acts.mean_to_come(number, True, by=ben, at=MORNING)
        acts.call_off(number, False, by=ben, at=MORNING)
        acts.mean_to_come(number, True, by=ben, at=MORNING)
        acts.mean_to_come(number, True, by=ben, at=MORNING)
    assert kept(Going) == 1
    assert not seen_by(ben, patrol).seen.rounds[0].is_off


def test_everybody_reads_when_a_patrol_walks_and_nobodys_name(town):
    patrolling(town, MORNING)
    with acting_as(ANONYMOUS):
        (row,) = patrols.everywhere(MORNING)
    assert row.rounds[0].meets == "3 号楼下的凉亭" and row.rounds[0].going == ()
    assert "示例ben" not in repr(row)


def test_what_is_past_is_shown_to_nobody_and_removed_by_the_worker(town):
    patrol = patrolling(town, MORNING)
    ben, after = somebody(town, "ben"), MORNING + timedelta(hours=30) + LASTS
    assert seen_by(ben, patrol, after).seen.rounds == []
    assert acts.forget(after - timedelta(seconds=1)) == 0
    assert acts.forget(after) == 1
    assert (kept(Round), kept(Going), kept(Member)) == (0, 0, 1)


def test_whoever_holds_their_post_no_longer_is_no_member_any_more(town):
    patrol = patrolling(town, MORNING)
    with acting_as(WORKER):
        Appointment.objects.filter(post=town.posts["ben"]).update(until_on=MORNING.date())
    ben = somebody(town, "ben")
    with acting_as(ben), pytest.raises(PatrolRefused, match="不在这支队伍里"):
        acts.plan(patrol, walk(MORNING), by=ben, at=MORNING)
    acts.forget(MORNING)
    assert (kept(Member), kept(Going)) == (0, 0)


def test_the_end_of_a_patrol_removes_who_was_in_it_and_what_it_planned(town):
    patrol, dana = patrolling(town, MORNING), somebody(town, "dana")
    with acting_as(dana):
        acts.end(patrol, by=dana, at=MORNING)
        with pytest.raises(PatrolNotFound):
            acts.end(patrol, by=dana, at=MORNING)
        assert patrols.in_community(town.community, MORNING) == []
    assert (kept(Member), kept(Round), kept(Going), kept(Patrol)) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"begins_at": None}, "begins_at"),
        ({"begins_at": MORNING}, "begins_at"),
        ({"begins_at": MORNING + AHEAD + timedelta(minutes=1)}, "begins_at"),
        ({"meets": ""}, "meets"),
        ({"meets": "楼" * 121}, "meets"),
        ({"reminds": ""}, "reminds"),
        ({"reminds": "水" * 1_000_000}, "reminds"),
        ({"reminds": "领补贴 www.evil.top"}, "reminds"),
        ({"meets": "http://evil.example"}, "meets"),
    ],
)
def test_a_round_that_makes_no_sense_is_refused_with_where_and_what_to_do(town, given, where):
    patrol = founded(town, MORNING)
    ben = joined(town, patrol, MORNING)
    with acting_as(ben), pytest.raises(PatrolRefused) as error:
        acts.plan(patrol, walk(MORNING, **given), by=ben, at=MORNING)
    assert error.value.where == where and error.value.try_this is not None
    assert kept(Round) == 0


def test_a_patrol_plans_no_more_rounds_than_can_be_read(town):
    patrol = founded(town, MORNING)
    ben = joined(town, patrol, MORNING)
    with acting_as(ben):
        for hours in range(1, MOST_ROUNDS + 1):
            acts.plan(patrol, walk(MORNING, begins_at=MORNING + timedelta(hours=hours)), by=ben, at=MORNING)
        with pytest.raises(PatrolRefused, match="已经安排了 20 次"):
            acts.plan(patrol, walk(MORNING), by=ben, at=MORNING)


@pytest.mark.parametrize("name", ["", "锣" * 61, "看 www.evil.top"])
def test_a_patrol_without_a_name_that_can_be_used_is_refused(town, name):
    dana = somebody(town, "dana")
    with acting_as(dana), pytest.raises(PatrolRefused):
        acts.found(name, "", by=dana, at=MORNING)
    assert kept(Patrol) == 0


def test_two_patrols_of_one_community_have_two_names(town):
    founded(town, MORNING)
    with pytest.raises(PatrolRefused, match="同名"):
        founded(town, MORNING)


def test_two_neighbours_see_each_other_and_plan_for_each_other(town):
    from doorstep.staff.models import Post

    patrol = patrolling(town, MORNING)
    with acting_as(WORKER):
        town.posts["zhou"] = Post.objects.create(kind="volunteer", area_id=town.microgrids[2]).pk
        number = Round.objects.get().pk
    account = open_account(town, "zhou")
    zhou = replace(town.actor("ben"), org=town.microgrids[2], post=town.posts["zhou"], account=account.pk)
    with acting_as(zhou):
        acts.join(patrol, by=zhou, at=MORNING)
        acts.call_off(number, True, by=zhou, at=MORNING)
    found = seen_by(somebody(town, "ben"), patrol)
    assert set(found.names) == {"示例ben", "示例zhou"} and found.seen.rounds[0].is_off
