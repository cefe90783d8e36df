"""The record of a mediation holds together, or says where it does not."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.town import MORNING

from doorstep.mediation.rules.chain import Row, first_broken, row_hash


def a_record(length: int) -> list[tuple[Row, bytes | None, bytes]]:
    rows: list[tuple[Row, bytes | None, bytes]] = []
    before = None
    for seq in range(1, length + 1):
        row = Row(7, seq, "meet", "running", "running", MORNING + timedelta(hours=seq), "mediator", 3, None, {"n": seq})
        rows.append((row, before, row_hash(before, row)))
        before = rows[-1][2]
    return rows


@given(st.integers(1, 8))
def test_a_record_as_it_was_written_is_whole(length):
    assert first_broken(a_record(length)) is None


@given(st.integers(2, 8), st.data())
def test_whoever_changes_a_row_is_found_at_that_row(length, data):
    rows = a_record(length)
    at = data.draw(st.integers(0, length - 1))
    row, before, kept = rows[at]
    rows[at] = (row._replace(facts={"n": -1}), before, kept)
    assert first_broken(rows) == at + 1


@given(st.integers(2, 8), st.data())
def test_a_row_that_is_missing_is_missed(length, data):
    rows = a_record(length)
    at = data.draw(st.integers(0, length - 2))
    del rows[at]
    assert first_broken(rows) == at + 1
