"""A contact is shown for a purpose from the list, in words, and for a quarter of an hour."""

import pytest

from doorstep.cases.rules.reveal import LONGEST_WORDS, OPEN_FOR, Purpose, PurposeMissing, reveal


@pytest.mark.parametrize("purpose", Purpose)
def test_for_each_purpose_of_the_list_it_opens_and_ends_by_itself(at, purpose):
    now = at("2026-11-10", 10)
    opened = reveal(purpose, " 约定上门时间 ", at=now)
    assert opened == (purpose, "约定上门时间", now + OPEN_FOR)


@pytest.mark.parametrize(
    ("purpose", "because", "why", "where"),
    [
        ("", "约定上门时间", "shield-purpose-unknown", "purpose"),
        ("curiosity", "想知道是谁", "shield-purpose-unknown", "purpose"),
        ("visit", "  ", "cases-purpose-missing", "because"),
        ("visit", "上门", "cases-purpose-missing", "because"),
    ],
)
def test_without_a_purpose_or_without_words_it_stays_shut(at, purpose, because, why, where):
    with pytest.raises(PurposeMissing) as refused:
        reveal(purpose, because, at=at("2026-11-10", 10))
    assert (refused.value.message.key, refused.value.where) == (why, where)


def test_what_is_too_long_for_its_column_is_cut(at):
    assert len(reveal("visit", "长" * 900, at=at("2026-11-10", 10)).because) == LONGEST_WORDS
