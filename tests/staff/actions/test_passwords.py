"""Passwords: which are good enough, and what changing one does."""

from __future__ import annotations

import pytest
from tests.town import MORNING
from tests.visiting import PASSWORD, begin_session, open_account

from doorstep.core.access import GATE, acting_as
from doorstep.staff.actions import signing_in
from doorstep.staff.actions.passwords import PasswordRefused, change_password, is_weak, temporary_password
from doorstep.staff.models import Account, Session
from doorstep.staff.rules.lock_out import LOCK_AFTER

NEW = "four loud umbrellas"


@pytest.mark.parametrize(
    "password", ["short", "123456789", "aaaaaaaaaaaaaaaa", "dana-dana-2026", "1234567890", "qwertyuiop"]
)
def test_passwords_that_everybody_would_guess_are_weak(password):
    assert is_weak(password, "dana")


@pytest.mark.parametrize("password", [NEW, "三盏安静的灯笼挂在门口", "k7qd-x2mh-9rpt-w4zs"])
def test_long_unrelated_words_are_not_weak(password):
    assert not is_weak(password, "dana")


def test_a_password_for_the_first_day_is_itself_strong_enough():
    assert not is_weak(temporary_password(), "dana")
    assert temporary_password() != temporary_password()


class Dana:
    def __init__(self, town):
        self.account = open_account(town, "dana", must_change_password=True)
        self.key = begin_session(self.account, second_factor=True, at=MORNING)

    def session(self, key=None):
        with acting_as(GATE):
            return Session.objects.get(key_hash=signing_in.hashed(key or self.key))

    def change(self, old, new):
        change_password(self.account.pk, self.session().pk, old, new, at=MORNING)

    def now(self):
        with acting_as(GATE):
            return Account.objects.get(pk=self.account.pk)


@pytest.fixture
def dana(town):
    return Dana(town)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(dana):
    other = begin_session(dana.account, second_factor=True, at=MORNING)
    dana.change(PASSWORD, NEW)
    assert dana.session().ended_at is None
    assert dana.session(other).ended_at == MORNING
    assert dana.now().must_change_password is False
    signing_in.sign_in("dana", NEW, browser="", at=MORNING)
    with pytest.raises(signing_in.SignInRefused):
        signing_in.sign_in("dana", PASSWORD, browser="", at=MORNING)


@pytest.mark.parametrize(
    ("old", "new", "where"), [("wrong", NEW, "old"), (PASSWORD, "short", "new"), (PASSWORD, PASSWORD, "new")]
)
def test_what_is_refused_changes_nothing(dana, old, new, where):
    before = dana.now().password
    with pytest.raises(PasswordRefused) as refused:
        dana.change(old, new)
    assert (refused.value.where, dana.now().password) == (where, before)


def test_somebody_at_an_open_browser_cannot_guess_the_old_password_for_ever(dana):
    for _ in range(LOCK_AFTER):
        with pytest.raises(PasswordRefused):
            dana.change("wrong", NEW)
    assert dana.session().ended_at == MORNING
    with pytest.raises(PasswordRefused):
        dana.change(PASSWORD, NEW)
