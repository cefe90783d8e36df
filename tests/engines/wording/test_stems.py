"""However Ava bends an English word, it stays the same word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.engines.wording.stems import stem


@pytest.mark.parametrize(
    "forms",
    [
        ("lamp", "lamps", "lamp's"),
        ("leak", "leaks", "leaked", "leaking"),
        ("drip", "drips", "dripped", "dripping"),
        ("charge", "charges", "charged", "charging"),
        ("battery", "batteries"),
        ("box", "boxes"),
        ("glass", "glasses"),
        ("loud", "loudly"),
    ],
)
def test_forms_of_one_word_count_as_one(forms):
    assert len({stem(form) for form in forms}) == 1, [stem(form) for form in forms]


@pytest.mark.parametrize(("one", "other"), [("gas", "gap"), ("light", "lift"), ("wall", "walk")])
def test_other_words_stay_others(one, other):
    assert stem(one) != stem(other)


@given(st.from_regex(r"[a-z0-9]{1,12}('[a-z]{1,3})?", fullmatch=True))
def test_every_word_keeps_a_stem_that_it_begins_with(word):
    found = stem(word)
    assert found
    assert word.startswith(found[:-1])
