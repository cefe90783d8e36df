"""The clock knows its zone."""

from datetime import timedelta

import pytest

from doorstep.core.time import clock
from doorstep.core.time.zone import local


def test_the_clock_shows_the_time_of_the_place():
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert clock.today() in {clock.now().date(), (clock.now() - timedelta(seconds=5)).date()}


def test_a_moment_that_names_no_zone_is_refused():
    with pytest.raises(ValueError, match="no zone"):
        local(clock.now().replace(tzinfo=None))
