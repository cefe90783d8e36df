"""Sessions: who may begin one, what they open, and when they end."""

from __future__ import annotations

import statistics
import time
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import make_password
from tests import passwords
from tests.town import MORNING
from tests.visiting import PASSWORD, open_account

from doorstep.core.access import GATE, WORKER, Role, acting_as
from doorstep.core.access.models import Deed
from doorstep.staff.actions import signing_in
from doorstep.staff.actions.signing_in import IDLE_FOR, LASTS_FOR, SignInRefused
from doorstep.staff.models import Account, Appointment, Post, Session
from doorstep.staff.rules.lock_out import LOCK_AFTER, LOCK_FOR

WRONG = "not the password"


def sign_in(name="dana", password=PASSWORD, at=MORNING):
    return signing_in.sign_in(name, password, browser="Firefox", at=at)


def recognised(key, at=MORNING):
    with acting_as(GATE):
        return signing_in.recognise(key, at=at)


def the(account):
    with acting_as(GATE):
        return Account.objects.get(pk=account.pk)


def fail(times, at=MORNING, name="dana"):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_in(name, WRONG, at)


def test_dana_signs_in_and_acts_from_her_seat(town):
    open_account(town, "dana")
    signed_in = recognised(sign_in("  Dana "))
    assert (signed_in.actor.role, signed_in.actor.org) == (Role.COMMUNITY, town.community)
    assert signed_in.actor.unit == town.units["community_desk"]
    assert (signed_in.person, signed_in.appointments) == ("示例dana", 1)


def test_the_browser_keeps_the_key_and_the_table_only_its_hash(town):
    open_account(town, "dana")
    key = sign_in()
    with acting_as(GATE):
        kept = Session.objects.values_list("key_hash", flat=True).get()
    assert key not in kept
    assert recognised(kept) is None


def test_each_sign_in_has_a_key_of_its_own(town):
    open_account(town, "dana")
    assert sign_in() != sign_in()


@pytest.mark.parametrize("name", ["dana", "nobody", "", "da\tna", "DANA; DROP TABLE staff_account"])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(town, name):
    open_account(town, "dana")
    with pytest.raises(SignInRefused) as refused:
        sign_in(name, WRONG)
    assert refused.value.message.key == "staff-sign-in-wrong"


def test_five_wrong_passwords_lock_the_account_and_the_right_one_is_told_nothing_else(town):
    account = open_account(town, "dana")
    fail(LOCK_AFTER)
    assert the(account).locked_until == MORNING + LOCK_FOR
    with pytest.raises(SignInRefused) as refused:
        sign_in()
    assert refused.value.message.key == "staff-sign-in-wrong"
    assert recognised(sign_in(at=MORNING + LOCK_FOR), MORNING + LOCK_FOR) is not None


def test_four_wrong_passwords_and_then_the_right_one_begin_the_count_anew(town):
    account = open_account(town, "dana")
    fail(LOCK_AFTER - 1)
    sign_in()
    assert the(account).failures == 0
    fail(LOCK_AFTER - 1)
    assert the(account).locked_until is None


def test_with_a_second_factor_a_right_password_buys_no_more_guesses_at_the_code(town):
    account = open_account(town, "dana", totp_confirmed_at=MORNING)
    fail(LOCK_AFTER - 1)
    sign_in()
    assert the(account).failures == LOCK_AFTER - 1


def test_a_lock_out_leaves_a_trace(town):
    open_account(town, "dana")
    fail(LOCK_AFTER)
    with acting_as(GATE.__class__(Role.AUDIT_ADMIN)):
        assert Deed.objects.filter(what="locked-out", subject="dana").count() == 1


def test_time_does_not_tell_which_names_exist(town, monkeypatch):
    passwords.cost(passwords.IN_SERVICE, monkeypatch)
    account = open_account(town, "dana", password=make_password(PASSWORD))

    def seconds(name):
        begun = time.perf_counter()
        with pytest.raises(SignInRefused):
            sign_in(name, WRONG)
        with acting_as(GATE):
            Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None)
        return time.perf_counter() - begun

    seconds("dana"), seconds("nobody")
    known = statistics.median(seconds("dana") for _ in range(7))
    unknown = statistics.median(seconds("nobody") for _ in range(7))
    with acting_as(GATE):
        Account.objects.filter(pk=account.pk).update(locked_until=MORNING + LOCK_FOR)
    begun = time.perf_counter()
    with pytest.raises(SignInRefused):
        sign_in()
    locked = time.perf_counter() - begun
    # One Argon2 hash each, tens of milliseconds; without it the answer would take about one.
    assert 0.4 < unknown / known < 2.5
    assert locked > known / 3


def test_somebody_without_a_post_cannot_sign_in(town):
    account = open_account(town, "dana")
    with acting_as(WORKER):
        Appointment.objects.filter(person=account.person_id).update(until_on=date(2026, 11, 20))
    with pytest.raises(SignInRefused) as refused:
        sign_in()
    assert refused.value.message.key == "staff-sign-in-no-post"


def test_a_session_ends_after_half_an_hour_without_use(town):
    open_account(town, "dana")
    key = sign_in()
    assert recognised(key, MORNING + IDLE_FOR) is None
    assert recognised(key, MORNING + IDLE_FOR - timedelta(seconds=1)) is not None
    # That look was a use, so the half hour runs anew.
    assert recognised(key, MORNING + IDLE_FOR + timedelta(minutes=20)) is not None


def test_a_session_ends_after_twelve_hours_however_busy(town):
    open_account(town, "dana")
    key, at = sign_in(), MORNING
    while at < MORNING + LASTS_FOR - timedelta(minutes=20):
        at += timedelta(minutes=20)
        assert recognised(key, at) is not None or at >= MORNING + LASTS_FOR
    assert recognised(key, MORNING + LASTS_FOR) is None


def test_a_session_is_marked_as_seen_at_most_once_a_minute(town):
    open_account(town, "dana")
    key = sign_in()
    recognised(key, MORNING + timedelta(seconds=59))
    with acting_as(GATE):
        assert Session.objects.get().seen_at == MORNING
    recognised(key, MORNING + timedelta(seconds=61))
    with acting_as(GATE):
        assert Session.objects.get().seen_at == MORNING + timedelta(seconds=61)


def test_an_appointment_that_ended_closes_the_session(town):
    account = open_account(town, "dana")
    key = sign_in()
    with acting_as(WORKER):
        Appointment.objects.filter(person=account.person_id).update(until_on=date(2026, 11, 24))
    assert recognised(key) is not None
    night = MORNING.replace(hour=15, minute=59)
    with acting_as(GATE):
        Session.objects.update(seen_at=night, expires_at=night + timedelta(hours=9))
    assert recognised(key, night) is not None
    # Shanghai's midnight is 16:00 UTC.
    assert recognised(key, night + timedelta(minutes=1)) is None


def test_a_post_that_was_abolished_closes_the_session(town):
    open_account(town, "dana")
    key = sign_in()
    with acting_as(WORKER):
        Post.objects.filter(pk=town.posts["dana"]).update(abolished_on=date(2026, 11, 23))
    assert recognised(key) is None


def test_a_disabled_account_is_out_at_once(town):
    account = open_account(town, "dana")
    key = sign_in()
    with acting_as(GATE):
        Account.objects.filter(pk=account.pk).update(disabled_at=MORNING)
    assert recognised(key) is None
    with pytest.raises(SignInRefused):
        sign_in()


def test_chen_who_also_leads_another_grid_acts_from_one_seat_at_a_time(town):
    account = open_account(town, "chen")
    with acting_as(WORKER):
        second = Post.objects.create(kind="grid_lead", area_id=town.other_grid, unit_id=town.units["other_grid_team"])
        other = Appointment.objects.create(person_id=account.person_id, post=second, from_on=date(2026, 1, 1))
    key = sign_in("chen")
    first = recognised(key)
    assert (first.actor.org, first.appointments) == (town.grid, 2)
    signing_in.choose_seat(first.actor.session, account.pk, other.pk, at=MORNING)
    assert recognised(key).actor.org == town.other_grid


@pytest.mark.parametrize("why", ["of somebody else", "past"])
def test_a_seat_that_is_not_ones_own_cannot_be_taken(town, why):
    account = open_account(town, "chen")
    signed_in = recognised(sign_in("chen"))
    with acting_as(WORKER):
        if why == "past":
            seat = Appointment.objects.create(
                person_id=account.person_id, post_id=town.posts["dana"],
                from_on=date(2026, 1, 1), until_on=date(2026, 2, 1),
            )  # fmt: skip
        else:
            seat = Appointment.objects.get(post=town.posts["dana"])
    with pytest.raises(SignInRefused):
        signing_in.choose_seat(signed_in.actor.session, account.pk, seat.pk, at=MORNING)


def test_sessions_are_ended_one_by_one_and_only_ones_own(town):
    dana, chen = open_account(town, "dana"), open_account(town, "chen")
    here, there = sign_in(), sign_in()
    of_chen = sign_in("chen")
    hers = recognised(there).actor.session
    signing_in.end_session(hers, chen.pk, at=MORNING)
    assert recognised(there) is not None
    signing_in.end_session(hers, dana.pk, at=MORNING)
    assert (recognised(there), recognised(here) is not None, recognised(of_chen) is not None) == (None, True, True)


def test_all_other_sessions_end_and_this_one_stays(town):
    dana = open_account(town, "dana")
    open_account(town, "chen")
    here, there, elsewhere, of_chen = sign_in(), sign_in(), sign_in(), sign_in("chen")
    assert signing_in.end_other_sessions(recognised(here).actor.session, dana.pk, at=MORNING) == 2
    assert [recognised(key) is not None for key in (here, there, elsewhere, of_chen)] == [True, False, False, True]


def test_whoever_signs_out_is_out(town):
    open_account(town, "dana")
    key = sign_in()
    signing_in.sign_out(recognised(key).actor.session, at=MORNING)
    assert recognised(key) is None
