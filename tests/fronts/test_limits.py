"""How often somebody may report, without anybody being remembered."""

from __future__ import annotations

import pytest
from django.test import RequestFactory, override_settings

from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.fronts import limits
from doorstep.fronts.limits import Allowance, TooMany, network_of

HOUR = 3600.0


def taken(allowance: Allowance, who: str, times: int, now: float = 0.0) -> list[bool]:
    return [allowance.take(who, now) == 0.0 for _ in range(times)]


def test_ava_may_use_her_whole_hour_at_once_and_no_more():
    assert taken(Allowance(3), "ava", 4) == [True, True, True, False]


def test_ben_is_not_held_to_what_ava_used():
    allowance = Allowance(1)
    taken(allowance, "ava", 2)
    assert taken(allowance, "ben", 1) == [True]


def test_waiting_as_long_as_was_said_is_enough_and_a_little_less_is_not():
    allowance = Allowance(4)
    taken(allowance, "ava", 4)
    wait = allowance.take("ava", 0.0)
    assert wait == pytest.approx(HOUR / 4)
    assert allowance.take("ava", wait - 1) > 0
    assert allowance.take("ava", wait) == 0


def test_asking_in_vain_does_not_lengthen_the_wait():
    allowance = Allowance(1)
    taken(allowance, "ava", 1)
    assert allowance.take("ava", 0.0) == allowance.take("ava", 0.0)


def test_after_an_hour_everything_is_forgiven():
    allowance = Allowance(3)
    taken(allowance, "ava", 3)
    assert taken(allowance, "ava", 3, now=HOUR) == [True] * 3


def test_memory_is_bounded_and_whoever_was_quiet_longest_is_forgotten_first():
    allowance = Allowance(1, most_known=2)
    for who in ("ava", "ben", "chen"):
        allowance.take(who, 0.0)
    assert len(allowance._due) == 2
    assert allowance.take("ava", 0.0) == 0 and allowance.take("chen", 0.0) > 0


def test_nobody_can_be_read_from_it():
    allowance = Allowance(5)
    allowance.take("203.0.113.7", 0.0)
    assert all(len(key) == 16 and b"203" not in key for key in allowance._due)


def test_the_refusal_says_when_to_come_back():
    refused = TooMany(61.2)
    assert (refused.status, refused.wait_s) == (429, 62)
    assert "2" in str(refused.try_this)


def asking(**headers: str) -> str:
    return network_of(RequestFactory().get("/", **headers))


def test_a_forwarded_address_is_only_a_claim():
    assert asking(REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR="198.51.100.1") == "203.0.113.7"


@override_settings(BEHIND_PROXY=True)
def test_behind_a_proxy_only_what_the_proxy_itself_saw_counts():
    forwarded = "198.51.100.1, 203.0.113.9"
    assert asking(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=forwarded) == "203.0.113.9"
    assert asking(REMOTE_ADDR="127.0.0.1") == "127.0.0.1"


def test_one_home_has_one_network_however_many_addresses_it_takes():
    assert asking(REMOTE_ADDR="2001:db8:1:2:3::4") == asking(REMOTE_ADDR="2001:db8:1:2:ffff::1")
    assert asking(REMOTE_ADDR="2001:db8:1:2::1") != asking(REMOTE_ADDR="2001:db8:1:3::1")
    assert asking(REMOTE_ADDR="::ffff:203.0.113.7") == "203.0.113.7"


def test_an_address_that_is_none_is_still_bounded():
    assert asking(REMOTE_ADDR="unix") == "unix"


def test_whoever_guesses_passwords_is_not_listened_to_any_more(monkeypatch):
    monkeypatch.setattr(limits, "_wrong_passwords", limits.Allowance(3))
    request = RequestFactory().post("/staff/sign-in", REMOTE_ADDR="192.0.2.9")

    def try_once() -> None:
        with limits.counted_sign_in(request):
            raise Refusal(say("staff-not-signed-in"))

    for _ in range(3):
        with pytest.raises(Refusal):
            try_once()
    with pytest.raises(limits.TooManyTries):
        try_once()


def test_a_right_password_counts_for_nothing(monkeypatch):
    monkeypatch.setattr(limits, "_wrong_passwords", limits.Allowance(1))
    request = RequestFactory().post("/staff/sign-in", REMOTE_ADDR="192.0.2.10")
    for _ in range(5):
        with limits.counted_sign_in(request):
            pass
