"""Somebody's clock is wrong: small slips are forgiven, the impossible is refused with the day it names."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.rules.test_clocks import TUESDAY, any_time
from tests.shipped import shipped_catalogue

from doorstep.cases.rules.happened import SKEW, NotAMoment, happened

LIMITS = shipped_catalogue().limits


def test_a_clock_that_is_a_little_ahead_loses_no_report():
    assert happened(TUESDAY + timedelta(minutes=4), TUESDAY, LIMITS) == TUESDAY


@pytest.mark.parametrize(
    ("off", "why"),
    [
        (timedelta(minutes=6), "clocks-in-the-future"),
        (timedelta(days=365), "clocks-in-the-future"),
        (-timedelta(days=731), "clocks-long-ago"),
        (-timedelta(days=20_000), "clocks-long-ago"),
    ],
)
def test_what_cannot_be_is_refused(off, why):
    with pytest.raises(NotAMoment) as refused:
        happened(TUESDAY + off, TUESDAY, LIMITS)
    assert refused.value.message.key == why


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (datetime.max.replace(tzinfo=UTC), "clocks-in-the-future"),
        (datetime.max.replace(tzinfo=timezone(-timedelta(hours=12))), "clocks-in-the-future"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), "clocks-long-ago"),
    ],
)
def test_the_ends_of_the_calendar_are_refused_like_any_other_day(said, why):
    with pytest.raises(NotAMoment) as refused:
        happened(said, TUESDAY, LIMITS)
    assert refused.value.message.key == why


@given(heard=any_time, off=st.timedeltas(-timedelta(days=700), SKEW))
def test_nothing_is_kept_as_later_than_we_heard_of_it(heard, off):
    assert happened(heard + off, heard, LIMITS) == min(heard + off, heard)
