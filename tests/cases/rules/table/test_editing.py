"""A draft is changed row by row, and two who write at once do not lose each other's work."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.cases.rules.table.checking import MOST_ROWS
from doorstep.cases.rules.table.editing import EditRefused, RowGone, Rows, refuse_beyond, refuse_own_publishing
from doorstep.cases.rules.table.rows import Row, read_to


def a_row(reason: str = "本地规定", **more) -> Row:
    return Row(0, read_to("community"), reason, **more)


def with_rows(count: int) -> Rows:
    rows = Rows((), 1)
    for number in range(count):
        rows = rows.added(a_row(f"第{number}条"))
    return rows


def ids(rows: Rows) -> list[int]:
    return [row.id for row in rows.rows]


def test_a_row_is_added_at_the_end_or_behind_another():
    rows = with_rows(2).added(a_row(), after=1)
    assert (ids(rows), rows.next_row) == ([1, 3, 2], 4)
    with pytest.raises(RowGone):
        rows.added(a_row(), after=9)


def test_a_table_is_never_longer_than_it_may_be():
    with pytest.raises(EditRefused):
        with_rows(MOST_ROWS).added(a_row())


def test_whoever_saw_the_row_as_it_is_changes_it_and_whoever_did_not_is_told():
    rows = with_rows(2)
    changed = rows.changed(Row(1, read_to("subdistrict"), "改了"), seen=0)
    assert (changed.one(1).reason, changed.one(1).rev) == ("改了", 1)
    for late in (lambda: changed.changed(rows.one(1), seen=0), lambda: changed.removed(1, seen=0)):
        with pytest.raises(EditRefused) as refused:
            late()
        assert refused.value.message.key == "table-row-changed"
    assert ids(changed.removed(1, seen=1)) == [2]


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(-8, 8)), max_size=12))
def test_moving_loses_no_row_and_moves_only_the_one(moves):
    rows = with_rows(6)
    for number, places in moves:
        before = [each for each in ids(rows) if each != number]
        rows = rows.moved(number, places)
        assert sorted(ids(rows)) == [1, 2, 3, 4, 5, 6]
        assert [each for each in ids(rows) if each != number] == before


def test_a_subdistrict_writes_about_its_own_places_only():
    refuse_beyond(a_row(places=("321102001", "321102001002")), "321102001")
    for places in ((), ("321102",), ("321102001", "321102002")):
        with pytest.raises(EditRefused):
            refuse_beyond(a_row(places=places), "321102001")


def test_where_two_are_asked_for_the_writer_does_not_publish():
    refuse_own_publishing(True, by_two=False)
    refuse_own_publishing(False, by_two=True)
    with pytest.raises(EditRefused):
        refuse_own_publishing(True, by_two=True)
