"""Reports that tell of one thing find together, whatever the order in which they are listed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.engines.likeness import Links, grams_of, linked

OUTAGE = "整个小区都停电了，空调都用不了，什么时候能来电"


def groups(reports):
    """Each report: kind, x, y, day, words."""
    kinds = [each[0] for each in reports]
    places = np.array([each[1:3] for each in reports], dtype=float).reshape(-1, 2)
    days = np.array([each[3] for each in reports], dtype=float)
    return linked(kinds, places, days, [grams_of(each[4]) for each in reports]).tolist()


def test_neighbours_who_ask_for_the_same_make_one_group_in_a_chain():
    reports = [(1, 0, 0, 2, "没电"), (1, 200, 0, 1, "停电"), (1, 400, 0, 0, "电没了"), (1, 5000, 0, 0, "没电")]
    assert groups(reports) == [2, 2, 2, 3]


@pytest.mark.parametrize("other", [(2, 10, 0, 0, "垃圾"), (1, 900, 0, 0, "没电"), (1, 10, 0, 9, "没电"),
                                   (1, np.nan, np.nan, 0, "没电")])  # fmt: skip
def test_another_matter_another_place_another_week_and_no_place_stay_apart(other):
    assert groups([(1, 0, 0, 0, "停电"), other]) == [0, 1]


def test_who_says_nearly_the_same_is_linked_though_it_was_taken_for_another_matter():
    assert groups([(1, 0, 0, 0, OUTAGE), (2, 600, 0, 1, OUTAGE + "啊")]) == [0, 0]
    assert groups([(1, 0, 0, 0, OUTAGE), (2, 1600, 0, 1, OUTAGE + "啊")]) == [0, 1]


def test_nothing_makes_no_group():
    assert groups([]) == []


def test_a_set_phrase_of_hundreds_is_still_one_group():
    assert set(groups([(at, at * 2.0, 0, 0, OUTAGE) for at in range(300)])) == {0}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 1500), st.integers(0, 1500), st.integers(0, 8),
                  st.sampled_from(["停电", "垃圾没人收", OUTAGE, OUTAGE + "！"])),
        max_size=14,
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_the_groups_are_those_of_every_pair_compared_in_any_order(reports, chance):
    links = Links()

    def is_linked(one, other):
        apart = np.hypot(one[1] - other[1], one[2] - other[2])
        if abs(one[3] - other[3]) > links.within_days:
            return False
        first, second = set(grams_of(one[4]).tolist()), set(grams_of(other[4]).tolist())
        alike = min(len(first), len(second)) >= 4 and len(first & second) / len(first | second) >= links.alike
        return (one[0] == other[0] and apart <= links.near_m) or (alike and apart <= links.alike_near_m)

    def closure(listed):
        group = list(range(len(listed)))
        for one in range(len(listed)):
            for other in range(one):
                if is_linked(listed[one], listed[other]):
                    group = [group[other] if each == group[one] else each for each in group]
        return {frozenset(at for at, each in enumerate(group) if each == wanted) for wanted in group}

    found = groups(reports)
    assert {frozenset(at for at, each in enumerate(found) if each == wanted) for wanted in found} == closure(reports)
    order = list(range(len(reports)))
    chance.shuffle(order)
    shuffled = groups([reports[at] for at in order])
    assert sorted(map(sorted, closure([reports[at] for at in order]))) == sorted(
        sorted(at for at, each in enumerate(shuffled) if each == wanted) for wanted in set(shuffled)
    )
