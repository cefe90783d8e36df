"""A city writes its limits as people say them."""

import pytest

from doorstep.core.time.limits import Hours, NotALimit, WorkingDays, WorkingHours, parse_limit


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("15 min", Hours(0.25)),
        ("2 h", Hours(2)),
        ("1.5h", Hours(1.5)),
        ("7 d", Hours(168)),
        ("1 working hour", WorkingHours(1)),
        ("5 working days", WorkingDays(5)),
    ],
)
def test_a_limit_is_read_as_it_is_said(written, meant):
    assert parse_limit(written) == meant


@pytest.mark.parametrize("written", ["", "soon", "2", "h 2", "0 h", "-1 h", "1.5 working days", "2 hh"])
def test_a_limit_that_says_nothing_is_refused(written):
    with pytest.raises(NotALimit):
        parse_limit(written)


@pytest.mark.parametrize("limit", [Hours(2), Hours(0.5), WorkingHours(1), WorkingDays(5)])
def test_a_limit_can_be_written_and_read_again(limit):
    assert parse_limit(str(limit)) == limit
