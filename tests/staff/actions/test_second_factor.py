"""The second factor: set up once, each code once, and recovery codes for the day the phone is lost."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from tests.town import MORNING
from tests.visiting import begin_session, open_account

from doorstep.core.access import GATE, acting_as
from doorstep.staff.actions import signing_in
from doorstep.staff.actions.second_factor import (
    CodeRefused,
    begin_second_factor,
    confirm_second_factor,
    give_second_factor,
)
from doorstep.staff.models import Account, RecoveryCode, Session
from doorstep.staff.rules.lock_out import LOCK_AFTER, LOCK_FOR

HALF_MINUTE = timedelta(seconds=30)


class Dana:
    """Somebody with a phone."""

    def __init__(self, town):
        self.account = open_account(town, "dana")
        self.key = self.sign_in()
        self.session = self.session_of(self.key)
        self.secret = ""

    def sign_in(self, at=MORNING):
        return begin_session(self.account, second_factor=False, at=at)

    def session_of(self, key):
        with acting_as(GATE):
            return Session.objects.get(key_hash=signing_in.hashed(key)).pk

    def scan(self, session=None):
        address = begin_second_factor(self.account.pk, session or self.session)
        self.secret = parse_qs(urlsplit(address).query)["secret"][0]
        return self.secret

    def code(self, at=MORNING):
        return pyotp.TOTP(self.secret).at(at)

    def set_up(self):
        self.scan()
        return confirm_second_factor(self.account.pk, self.session, self.code(), at=MORNING)

    def give(self, code, at):
        session = self.session_of(self.sign_in(at))
        give_second_factor(self.account.pk, session, code, at=at)
        return session

    def has_given(self, session):
        with acting_as(GATE):
            return Session.objects.get(pk=session).second_factor

    def now(self):
        with acting_as(GATE):
            return Account.objects.get(pk=self.account.pk)


@pytest.fixture
def dana(town):
    return Dana(town)


def test_setting_it_up_completes_the_session_and_shows_eight_recovery_codes(dana):
    codes = dana.set_up()
    assert len(set(codes)) == 8
    assert dana.has_given(dana.session)
    with acting_as(GATE):
        assert not RecoveryCode.objects.filter(hashed__in=codes).exists()


def test_the_secret_is_sealed_in_the_table(dana):
    dana.set_up()
    assert dana.secret.encode() not in bytes(dana.now().totp_secret)


def test_a_wrong_first_code_puts_nothing_in_force(dana):
    dana.scan()
    with pytest.raises(CodeRefused):
        confirm_second_factor(dana.account.pk, dana.session, dana.code(MORNING + timedelta(minutes=10)), at=MORNING)
    assert dana.now().totp_confirmed_at is None


def test_the_same_session_may_scan_again(dana):
    assert dana.scan() == dana.scan()


def test_nobody_confirms_a_secret_that_another_session_has_seen(dana):
    thief = dana.session_of(dana.sign_in())
    seen = dana.scan(thief)
    assert dana.scan() != seen
    with pytest.raises(CodeRefused):
        confirm_second_factor(dana.account.pk, thief, pyotp.TOTP(seen).at(MORNING), at=MORNING)


def test_once_there_it_cannot_be_begun_anew_by_oneself(dana):
    dana.set_up()
    with pytest.raises(CodeRefused):
        begin_second_factor(dana.account.pk, dana.session)


def test_a_code_opens_a_new_session(dana):
    dana.set_up()
    later = MORNING + timedelta(hours=1)
    assert dana.has_given(dana.give(dana.code(later), later))


@pytest.mark.parametrize("shape", ["{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", " {0} ", "fullwidth"])
def test_a_code_is_understood_however_it_is_typed(dana, shape):
    dana.set_up()
    later = MORNING + timedelta(hours=1)
    code = dana.code(later)
    typed = code.translate({ord(str(n)): 0xFF10 + n for n in range(10)}) if shape == "fullwidth" else shape.format(code)
    assert dana.has_given(dana.give(typed, later))


@pytest.mark.parametrize("typed", ["", "abc", "１", "驗證", "0" * 5000, "\x00"])
def test_nonsense_is_refused_and_nothing_breaks(dana, typed):
    dana.set_up()
    with pytest.raises(CodeRefused):
        dana.give(typed, MORNING + timedelta(hours=1))


def test_a_clock_that_is_half_a_minute_off_is_forgiven_and_a_minute_is_not(dana):
    dana.set_up()
    later = MORNING + timedelta(hours=1)
    assert dana.has_given(dana.give(dana.code(later - HALF_MINUTE), later))
    with pytest.raises(CodeRefused):
        dana.give(dana.code(later + timedelta(hours=1) - 2 * HALF_MINUTE), later + timedelta(hours=1))


def test_a_code_seen_over_the_shoulder_is_worth_nothing(dana):
    dana.set_up()
    later = MORNING + timedelta(hours=1)
    code = dana.code(later)
    dana.give(code, later)
    with pytest.raises(CodeRefused):
        dana.give(code, later + timedelta(seconds=5))


def test_the_code_that_set_it_up_is_used_up_too(dana):
    dana.set_up()
    with pytest.raises(CodeRefused):
        dana.give(dana.code(), MORNING)


def test_an_older_code_is_refused_after_a_newer_one(dana):
    dana.set_up()
    later = MORNING + timedelta(hours=1)
    dana.give(dana.code(later), later)
    with pytest.raises(CodeRefused):
        dana.give(dana.code(later - HALF_MINUTE), later)


def test_a_recovery_code_works_once(dana):
    codes = dana.set_up()
    assert dana.has_given(dana.give(codes[0].upper().replace("-", " "), MORNING))
    with pytest.raises(CodeRefused):
        dana.give(codes[0], MORNING)
    assert dana.has_given(dana.give(codes[1], MORNING))


def test_a_recovery_code_of_somebody_else_is_refused(dana, town):
    codes = dana.set_up()
    chen = open_account(town, "chen", totp_secret=dana.now().totp_secret, totp_confirmed_at=MORNING)
    key = begin_session(chen, second_factor=False, at=MORNING)
    with pytest.raises(CodeRefused):
        give_second_factor(chen.pk, dana.session_of(key), codes[0], at=MORNING)


def test_five_wrong_codes_lock_the_account_and_end_the_half_open_session(dana):
    dana.set_up()
    later = MORNING + timedelta(hours=1)
    session = dana.session_of(dana.sign_in(later))
    for _ in range(LOCK_AFTER):
        with pytest.raises(CodeRefused):
            give_second_factor(dana.account.pk, session, "000000", at=later)
    assert dana.now().locked_until == later + LOCK_FOR
    with acting_as(GATE):
        assert Session.objects.get(pk=session).ended_at == later
        # Whoever had given it before is not thrown out by somebody's guessing.
        assert Session.objects.get(pk=dana.session).ended_at is None


def test_while_the_account_rests_even_the_right_code_is_refused(dana):
    dana.set_up()
    later = MORNING + timedelta(hours=1)
    session = dana.session_of(dana.sign_in(later))
    with acting_as(GATE):
        Account.objects.update(locked_until=later + LOCK_FOR)
    with pytest.raises(CodeRefused):
        give_second_factor(dana.account.pk, session, dana.code(later), at=later)


def test_signing_in_again_and_again_buys_no_more_guesses(dana):
    dana.set_up()
    later = MORNING + timedelta(hours=1)
    for _ in range(LOCK_AFTER - 1):
        with pytest.raises(CodeRefused):
            dana.give("000000", later)
    with pytest.raises(CodeRefused):
        dana.give("000000", later)
    assert dana.now().locked_until == later + LOCK_FOR
