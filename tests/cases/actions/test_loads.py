"""Cases of a year are counted by building, so that micro-grids can share them; nothing else of them is kept there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.areas.actions.conftest import build_houses
from tests.cases.test_reactions import reported
from tests.town import MORNING, Town

from doorstep.areas import amounts
from doorstep.areas.models import Amount, Building, Door
from doorstep.areas.rules.wishes import CASES
from doorstep.cases.actions.loads import count_cases
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.actions.withdraw import withdraw
from doorstep.core.access import WORKER, acting_as, follower_of

pytestmark = pytest.mark.integration

HOUSE = 0.4
"""So many squares are from one house to the next; the first stands half as far from the corner."""


def counted(town: Town) -> dict[int, float]:
    with acting_as(WORKER):
        rows = Amount.objects.filter(community=town.community, name=CASES, amount__gt=0)
        return dict(rows.values_list("building", "amount"))


def test_cases_count_for_the_house_that_they_are_at_and_not_where_nobody_lives_near(town: Town) -> None:
    houses = build_houses(town)
    for _ in range(2):
        reported(town, HOUSE / 2, 0.05)
    reported(town, 1.5 * HOUSE, 0.02)
    reported(town, 1.0, 4.0)
    assert count_cases(at=MORNING) == 3
    assert counted(town) == {houses[0]: 2, houses[1]: 1}
    with acting_as(town.actor("dana")):
        assert amounts.known(town.community) == [amounts.Known(CASES, 3, 2)]


def test_a_case_at_a_door_counts_for_the_house_of_the_door(town: Town) -> None:
    houses = build_houses(town)
    with acting_as(WORKER):
        Door.objects.filter(pk=town.door).update(building=Building.objects.get(pk=houses[7]))
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    report(Report("楼道灯坏了", place, item="stairwell-rubbish"), at=MORNING)
    count_cases(at=MORNING)
    assert counted(town) == {houses[7]: 1}


def test_what_is_withdrawn_or_older_than_a_year_counts_no_more(town: Town) -> None:
    houses = build_houses(town)
    first = reported(town, HOUSE / 2, 0.05)
    reported(town, 1.5 * HOUSE, 0.02)
    count_cases(at=MORNING)
    assert len(counted(town)) == 2
    ava = follower_of(first)
    with acting_as(ava):
        withdraw(first, by=ava, at=MORNING)
    count_cases(at=MORNING)
    assert counted(town) == {houses[1]: 1}
    count_cases(at=MORNING + timedelta(days=366))
    assert counted(town) == {}
