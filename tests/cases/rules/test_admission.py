"""What may be given to a grid, and why the rest may not."""

from dataclasses import replace

import pytest
from tests.shipped import shipped_catalogue

from doorstep.cases.rules.admission import Barred, barred_from_grids
from doorstep.catalogue.item import Level

ITEMS = shipped_catalogue().items


@pytest.mark.parametrize(
    ("item", "barred"),
    [
        ("leak-between-flats", None),
        ("manhole-cover", Barred.DEPARTMENT_WORK),
        ("bare-wires", Barred.OFF_THE_LIST),
        ("petition-matter", Barred.OFF_THE_LIST),
    ],
)
def test_only_the_admission_list_is_open_to_a_grid(item, barred):
    assert barred_from_grids(ITEMS[item]) is barred


def test_what_nobody_has_named_is_given_to_no_grid():
    assert barred_from_grids(None) is Barred.NO_ITEM


def test_an_item_that_leaves_the_list_is_barred_at_once():
    assert barred_from_grids(replace(ITEMS["leak-between-flats"], admitted=False)) is Barred.OFF_THE_LIST


def test_work_of_departments_alone_is_never_on_the_list():
    alone = [item for item in ITEMS.values() if item.who and all(each.level is Level.DEPARTMENT for each in item.who)]
    assert len(alone) > 10
    assert not any(item.admitted for item in alone)
