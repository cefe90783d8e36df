"""What a form says, as values: what makes no sense counts as not said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.fronts import asked


@given(st.dates())
def test_every_day_that_is_read_has_a_day_after_it(written: date) -> None:
    read = asked.day({"until": written.isoformat()}, "until")
    assert read == (written if written < date.max else None)
    assert read is None or read + timedelta(days=1)


@pytest.mark.parametrize(
    "written", ["", "9999-12-31", "10000-01-01", "2026-02-30", "99999999999999999999", "昨天", "\x00"]
)
def test_what_is_no_day_counts_as_not_said(written: str) -> None:
    assert asked.day({"since": written}, "since") is None


@pytest.mark.parametrize("written", ["-1", "1e9", "٣", "１２", "9" * 20, "", " 1"])
def test_what_is_no_number_counts_as_not_said(written: str) -> None:
    assert asked.number({"page": written}, "page") is None


def test_a_number_is_never_larger_than_a_row_can_be() -> None:
    assert asked.number({"area": "9" * 19}, "area") == asked.LARGEST_NUMBER
