"""Accounts: the system administrator opens them, the security administrator locks them; neither reads a secret."""

from __future__ import annotations

import re
from datetime import datetime

from django.contrib.auth.hashers import make_password

from doorstep.core.access import GATE, Actor, Role, acting_as, audit
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.staff.actions.passwords import temporary_password
from doorstep.staff.models import Account, Person, RecoveryCode, Session

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]")


class AccountRefused(Refusal):
    """Not a name that can be signed in with, or not a person who may have an account."""


def open_account(person: int, username: str, *, by: Actor, at: datetime) -> str:
    """An account with a password for the first day, which is shown this once."""
    _only(Role.SYSTEM_ADMIN, by)
    username = username.lower()
    if not USERNAME.fullmatch(username):
        raise AccountRefused(say("staff-username-odd"), say("staff-username-odd-try"), "username")
    if Account.objects.filter(username=username).exists():
        raise AccountRefused(say("staff-username-taken"), say("staff-username-taken-try"), "username")
    if not Person.objects.filter(pk=person, account=None).exists():
        raise AccountRefused(say("staff-account-no-person"), say("staff-account-no-person-try"), "person")
    password = temporary_password()
    Account.objects.create(
        username=username,
        password=make_password(password),
        person_id=person,
        password_changed_at=at,
        must_change_password=True,
    )
    audit.deed("opened-account", username, by=by, at=at, facts={"person": person})
    return password


def reset_password(account: int, *, by: Actor, at: datetime) -> str:
    """A new password for one day, shown this once; every session of the account ends."""
    _only(Role.SYSTEM_ADMIN, by)
    username = _name(account)
    password = temporary_password()
    Account.objects.filter(pk=account).update(
        password=make_password(password), password_changed_at=at, must_change_password=True
    )
    _end_sessions(account, at)
    audit.deed("reset-password", username, by=by, at=at)
    return password


def disable(account: int, *, by: Actor, at: datetime) -> None:
    """Lock an account until it is unlocked; whoever is signed in with it is out at once."""
    _only(Role.SECURITY_ADMIN, by)
    username = _name(account)
    if account == by.account:
        raise AccountRefused(say("staff-account-own"), say("staff-account-own-try"))
    Account.objects.filter(pk=account).update(disabled_at=at)
    _end_sessions(account, at)
    audit.deed("disabled-account", username, by=by, at=at)


def enable(account: int, *, by: Actor, at: datetime) -> None:
    """Unlock an account, and forget its wrong passwords."""
    _only(Role.SECURITY_ADMIN, by)
    Account.objects.filter(pk=account).update(disabled_at=None, locked_until=None, failures=0)
    audit.deed("enabled-account", _name(account), by=by, at=at)


def clear_second_factor(account: int, *, by: Actor, at: datetime) -> None:
    """The phone is lost: the second factor is set up anew at the next sign-in, and every session ends."""
    _only(Role.SECURITY_ADMIN, by)
    username = _name(account)
    Account.objects.filter(pk=account).update(totp_secret=None, totp_confirmed_at=None)
    with acting_as(GATE):
        RecoveryCode.objects.filter(account=account).delete()
    _end_sessions(account, at)
    audit.deed("cleared-second-factor", username, by=by, at=at)


def end_sessions_of(account: int, *, by: Actor, at: datetime) -> None:
    """Everybody who is signed in with this account is out."""
    _only(Role.SECURITY_ADMIN, by)
    username = _name(account)
    _end_sessions(account, at)
    audit.deed("ended-sessions", username, by=by, at=at)


def _only(role: Role, by: Actor) -> None:
    if by.role is not role:
        raise AccountRefused(say("staff-account-not-yours"), say("staff-account-not-yours-try"))


def _name(account: int) -> str:
    name = Account.objects.filter(pk=account).values_list("username", flat=True).first()
    if name is None:
        raise AccountRefused(say("staff-account-unknown"), say("staff-account-unknown-try"))
    return name


def _end_sessions(account: int, at: datetime) -> None:
    with acting_as(GATE):
        Session.objects.filter(account=account, ended_at=None).update(ended_at=at)
