"""A link opens one case until its last day, and nothing else opens it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.town import MORNING

from doorstep.core.access import Role
from doorstep.core.access.links import (
    GOOD_FOR,
    LinkExpired,
    LinkRefused,
    follow_token,
    follower,
    hash_of_outside,
    outside_token,
)


@given(st.integers(min_value=1, max_value=2**62))
def test_the_link_of_a_case_opens_that_case(case):
    ava = follower(follow_token(case, at=MORNING), at=MORNING)
    assert (ava.role, ava.case) == (Role.FOLLOWER, case)


@given(st.text(max_size=80))
def test_no_other_text_opens_anything(text):
    with pytest.raises(LinkRefused):
        follower(text, at=MORNING)


@given(st.integers(min_value=0, max_value=60), st.characters(codec="ascii"))
def test_one_letter_changed_opens_nothing(place, letter):
    token = follow_token(42, at=MORNING)
    place %= len(token) - 1  # Of the very last letter of a base64 text not every bit counts.
    changed = token[:place] + letter + token[place + 1 :]
    if changed != token:
        with pytest.raises(LinkRefused):
            follower(changed, at=MORNING)


def test_it_ends_and_says_so():
    token = follow_token(42, at=MORNING)
    assert follower(token, at=MORNING + GOOD_FOR).case == 42
    with pytest.raises(LinkExpired) as ended:
        follower(token, at=MORNING + GOOD_FOR + timedelta(days=1))
    assert ended.value.status == 410


def test_a_link_of_another_installation_opens_nothing_here(settings_of_another):
    token = follow_token(42, at=MORNING)
    with settings_of_another, pytest.raises(LinkRefused):
        follower(token, at=MORNING)


def test_each_outside_link_is_another_and_is_found_by_its_hash_alone():
    tokens = [outside_token() for _ in range(50)]
    assert len({hash_of_outside(token) for token in tokens}) == 50
    assert all(hash_of_outside(token) not in token for token in tokens)


@given(st.text(max_size=80))
def test_no_other_text_is_an_outside_link(text):
    with pytest.raises(LinkRefused):
        hash_of_outside(text)


def test_the_links_of_reporters_and_of_outside_handlers_open_nothing_of_each_other(settings_of_another):
    with pytest.raises(LinkRefused):
        hash_of_outside(follow_token(42, at=MORNING))
    token = outside_token()
    with pytest.raises(LinkRefused):
        follower(token, at=MORNING)
    with settings_of_another, pytest.raises(LinkRefused):
        hash_of_outside(token)


@pytest.fixture
def settings_of_another():
    from django.test import override_settings

    return override_settings(SECRET_KEY="another installation")
