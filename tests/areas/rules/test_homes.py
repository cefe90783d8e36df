"""Homes are followed from one plan into the next, however each of them cuts a building."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from doorstep.areas.rules.homes import Dwelt, Followed, Home, by_microgrid, followed, going_on

WEST, EAST, NORTH = "32110200100100101", "32110200100100102", "32110200100100103"


def test_a_house_that_stays_has_not_moved_and_one_in_another_micro_grid_has():
    before = [Dwelt(Home(1), WEST, 40), Dwelt(Home(2), WEST, 30)]
    after = [Dwelt(Home(1), WEST, 40), Dwelt(Home(2), EAST, 31)]
    stays, goes = followed(before, after)
    assert not stays.has_moved
    assert goes == Followed(Home(2), 31, WEST, EAST, place=1)


def test_a_new_house_comes_from_nowhere_and_an_empty_one_has_nobody_to_move():
    before = [Dwelt(Home(2), WEST, 0)]
    assert followed(before, [Dwelt(Home(1), WEST, 40), Dwelt(Home(2), EAST, 0)]) == []


def test_a_house_that_is_cut_by_its_entrances_now_moves_by_entrances():
    before = [Dwelt(Home(1), WEST, 60)]
    after = [Dwelt(Home(1, 1), WEST, 30), Dwelt(Home(1, 2), EAST, 30)]
    assert [(each.home, each.has_moved) for each in followed(before, after)] == [
        (Home(1, 1), False),
        (Home(1, 2), True),
    ]


def test_a_house_that_was_cut_and_is_whole_again_moves_by_what_it_was_cut_into():
    before = [Dwelt(Home(1, 1), WEST, 20), Dwelt(Home(1, 2), EAST, 40)]
    one, other = followed(before, [Dwelt(Home(1), WEST, 90)])
    assert (one.home, one.households, one.has_moved) == (Home(1, 1), 30, False)
    assert (other.home, other.households, other.has_moved) == (Home(1, 2), 60, True)


def test_bands_of_floors_are_followed_floor_by_floor():
    before = [Dwelt(Home(1, None, 1, 6), WEST, 60), Dwelt(Home(1, None, 7, 12), EAST, 60)]
    after = [Dwelt(Home(1, None, 1, 9), WEST, 90), Dwelt(Home(1, None, 10, 12), EAST, 30)]
    assert [(each.home[2:], each.households, each.has_moved) for each in followed(before, after)] == [
        ((1, 6), 60, False),
        ((7, 9), 30, True),
        ((10, 12), 30, False),
    ]


def test_a_building_in_one_micro_grid_is_one_home_however_it_is_cut():
    whole = by_microgrid([Dwelt(Home(1), WEST, 60), Dwelt(Home(2), EAST, 0)])
    by_entrances = by_microgrid([Dwelt(Home(1, 1), WEST, 30), Dwelt(Home(1, 2), WEST, 30)])
    assert whole == by_entrances == {WEST: {Home(1)}}


def test_a_building_in_two_micro_grids_is_as_many_homes():
    homes = by_microgrid([Dwelt(Home(1, 1), WEST, 30), Dwelt(Home(1, 2), EAST, 30)])
    assert homes == {WEST: {Home(1, 1)}, EAST: {Home(1, 2)}}


def went(*ways: tuple[str, str, int]) -> list[Followed]:
    return [Followed(Home(place), count, source, to, place) for place, (source, to, count) in enumerate(ways)]


def test_a_micro_grid_goes_on_where_half_of_its_households_stay():
    stays, leaves = went((WEST, WEST, 50), (WEST, EAST, 50)), went((WEST, WEST, 49), (WEST, EAST, 51))
    assert going_on(stays, {WEST, EAST}, {WEST, EAST})[WEST] == WEST
    assert WEST not in going_on(leaves, {WEST, EAST}, {WEST, EAST})


def test_one_whose_code_is_gone_goes_on_under_a_new_code_but_not_in_a_neighbour():
    assert going_on(went((WEST, NORTH, 60)), {WEST}, {NORTH}) == {WEST: NORTH}
    assert going_on(went((WEST, EAST, 60), (EAST, EAST, 70)), {WEST, EAST}, {EAST}) == {EAST: EAST}


def test_of_two_that_would_go_on_in_one_new_micro_grid_the_larger_does():
    assert going_on(went((WEST, NORTH, 40), (EAST, NORTH, 50)), {WEST, EAST}, {NORTH}) == {EAST: NORTH}


def test_where_no_home_is_known_codes_decide():
    assert going_on([], {WEST, EAST}, {WEST, NORTH}) == {WEST: WEST}


cuts = st.integers(1, 4).flatmap(lambda parts: st.lists(st.sampled_from((WEST, EAST)), min_size=parts, max_size=parts))


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Dwelt], list[Dwelt]]:
    """The same buildings in two plans, each cut by its entrances as it pleases."""

    def one(building: int) -> list[Dwelt]:
        codes = draw(cuts)
        numbers = [None] if len(codes) == 1 else range(1, len(codes) + 1)
        return [
            Dwelt(Home(building, number), code, draw(st.integers(1, 60)))
            for number, code in zip(numbers, codes, strict=True)
        ]

    buildings = range(draw(st.integers(1, 4)))
    return [each for b in buildings for each in one(b)], [each for b in buildings for each in one(b)]


@given(plans())
def test_nobody_is_followed_twice_and_nobody_moves_where_nothing_changed(both: tuple[list[Dwelt], list[Dwelt]]):
    before, after = both
    for place, now in enumerate(after):
        told = [each for each in followed(before, after) if each.place == place]
        # An entrance that the earlier plan did not know has no past.
        assert sum(each.households for each in told) in (0, now.households)
        assert all(each.to == now.code for each in told)
    assert not any(each.has_moved for each in followed(after, after))
    assert by_microgrid(after) == by_microgrid(list(reversed(after)))
