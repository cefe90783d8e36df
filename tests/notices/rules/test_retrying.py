"""A letter that was not taken is tried again, ever later, and given up in the end."""

from __future__ import annotations

from itertools import pairwise

from tests.town import MORNING

from doorstep.notices.rules.retrying import WAITS, try_again_at


def test_each_wait_is_longer_than_the_one_before():
    moments = [try_again_at(n, MORNING) for n in range(1, len(WAITS) + 1)]
    assert all(moments) and all(first < second for first, second in pairwise(moments))


def test_in_the_end_somebody_has_to_look():
    assert try_again_at(len(WAITS) + 1, MORNING) is None
