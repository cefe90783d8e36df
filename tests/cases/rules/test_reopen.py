"""Within seven days Ava may say that it is not solved after all."""

import pytest

from doorstep.cases.rules.reopen import ReopenRefused, reopen, reopen_by


def test_until_the_end_of_the_seventh_day_it_can_be_reopened(at, limits):
    closed_at = at("2026-11-10", 9)
    assert (
        reopen("又漏了", closed_at=closed_at, at=at("2026-11-17", 23, 59), limits=limits).key == "cases-reopen-accepted"
    )
    assert reopen_by(closed_at, limits).date() == at("2026-11-17").date()


@pytest.mark.parametrize(
    ("words", "day", "why"),
    [("又漏了", "2026-11-18", "cases-reopen-too-late"), ("  ", "2026-11-11", "cases-reopen-without-words")],
)
def test_too_late_or_without_a_word_it_is_refused(at, limits, words, day, why):
    with pytest.raises(ReopenRefused) as refused:
        reopen(words, closed_at=at("2026-11-10", 9), at=at(day), limits=limits)
    assert refused.value.message.key == why
