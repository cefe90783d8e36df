"""How many reports one device and one address may send in an hour.

Kept in this process alone and only as salted hashes: nothing about who asked is stored, and a restart forgets it all.
Each web process counts for itself, so the true bound is this one times the processes.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

from doorstep.core.access.links import LinkRefused
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

DEVICE_COOKIE = "doorstep_device"
# Many neighbours share one address: a whole compound, a school, a mobile network.
DEVICES_BEHIND_AN_ADDRESS = 10
MOST_KNOWN = 50_000


class TooMany(Refusal):
    """So many reports from one place that nobody wrote them all; answered as 429."""

    status = 429

    said = ("limits-too-many", "limits-too-many-try")

    def __init__(self, wait_s: float) -> None:
        self.wait_s = math.ceil(wait_s)
        what, try_this = self.said
        super().__init__(say(what), say(try_this, minutes=max(1, math.ceil(wait_s / 60))))


class TooManyTries(TooMany):
    """So many wrong passwords from one place that somebody is guessing."""

    said = ("limits-too-many-tries", "limits-too-many-tries-try")


class TooManyLinks(TooMany):
    """So many wrong links from one place that somebody is guessing; raised at the next wrong one."""

    said = ("outside-too-many", "outside-too-many-try")


class Allowance:
    """So many in an hour for each who asks, a whole hour's worth at once (the generic cell rate algorithm)."""

    def __init__(self, per_hour: int, most_known: int = MOST_KNOWN) -> None:
        self._apart_s = 3600 / per_hour
        self._most_known = most_known
        self._salt = secrets.token_bytes(16)
        self._due: OrderedDict[bytes, float] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, who: str, now: float) -> float:
        """Count one for `who` and return 0; or return the seconds to wait, counting nothing."""
        key = self._key(who)
        with self._lock:
            due = max(self._due.get(key, now), now) + self._apart_s
            if due - now > 3600 + 1e-6:
                return due - now - 3600
            self._due[key] = due
            self._due.move_to_end(key)
            if len(self._due) > self._most_known:
                self._due.popitem(last=False)
        return 0.0

    def wait_s(self, who: str, now: float) -> float:
        """The seconds that `who` would have to wait now; nothing is counted."""
        with self._lock:
            due = self._due.get(self._key(who), now)
        return max(0.0, due + self._apart_s - now - 3600 - 1e-6)

    def _key(self, who: str) -> bytes:
        return hashlib.blake2b(who.encode(), key=self._salt, digest_size=16).digest()


_devices = Allowance(settings.REPORTS_PER_HOUR)
_addresses = Allowance(settings.REPORTS_PER_HOUR * DEVICES_BEHIND_AN_ADDRESS)


def count_report(request: HttpRequest) -> None:
    """Count one report of whoever sends this request; `TooMany` when the hour's share is used up."""
    now = time.monotonic()
    device = request.COOKIES.get(DEVICE_COOKIE, "")
    wait_s = _addresses.take(network_of(request), now) or (_devices.take(device[:64], now) if device else 0.0)
    if wait_s:
        raise TooMany(wait_s)


_questions = Allowance(settings.REPORTS_PER_HOUR * DEVICES_BEHIND_AN_ADDRESS)


def count_question(request: HttpRequest) -> None:
    """The same for asking for a lost link: numbers can be tried one after the other, and must not be."""
    wait_s = _questions.take(network_of(request), time.monotonic())
    if wait_s:
        raise TooMany(wait_s)


# While somebody writes, the page asks again at each pause; one report takes some thirty questions.
QUESTIONS_A_REPORT = 30
_offers = Allowance(settings.REPORTS_PER_HOUR * QUESTIONS_A_REPORT)


def may_be_offered(request: HttpRequest) -> bool:
    """Whether whoever writes may still be offered cases to join; whoever asks without end is shown none.

    Counted by address, so that places and words cannot be tried one after the other.
    """
    return _offers.take(network_of(request), time.monotonic()) == 0.0


# An office of some hundred people behind one address mistypes less than this; whoever guesses needs far more.
WRONG_PASSWORDS_PER_HOUR = 300
_wrong_passwords = Allowance(WRONG_PASSWORDS_PER_HOUR)


@contextmanager
def counted_sign_in(request: HttpRequest) -> Iterator[None]:
    """Around one try to sign in: wrong ones are counted by address, and after too many none is looked at."""
    who, now = network_of(request), time.monotonic()
    if wait_s := _wrong_passwords.wait_s(who, now):
        raise TooManyTries(wait_s)
    try:
        yield
    except Refusal:
        _wrong_passwords.take(who, now)
        raise


# A link is opened from a message or a code; nobody mistypes it this often.
WRONG_LINKS_PER_HOUR = 60
_wrong_links = Allowance(WRONG_LINKS_PER_HOUR)


@contextmanager
def counted_link(request: HttpRequest) -> Iterator[None]:
    """Around one try to come by a link: wrong ones are counted by address, and after too many they have to wait.

    The right one always opens: nobody guesses a signature, and a whole compound may share the address of whoever tries.
    """
    try:
        yield
    except LinkRefused as refused:
        if wait_s := _wrong_links.take(network_of(request), time.monotonic()):
            raise TooManyLinks(wait_s) from refused
        raise


def network_of(request: HttpRequest) -> str:
    """Where the request comes from. A forwarded address is believed only of a proxy that the settings name.

    Of version 6 only the network counts, since one home has as many addresses as it likes.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # The proxy adds what it saw at the end; whatever stands before it, anybody may have written.
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rsplit(",", 1)[-1].strip()
    try:
        read = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(read, IPv6Address):
        return str(read.ipv4_mapped or int(read) >> 64)
    return str(read)


def new_device() -> str:
    """A name for a device that says nothing about it."""
    return secrets.token_urlsafe(16)
