"""Passwords: a new one of one's own, and one for the first day that has to be changed."""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import cache
from typing import Final

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator

from doorstep.core.access import GATE, acting_as
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.staff.actions.second_factor import ALPHABET
from doorstep.staff.actions.signing_in import failed, is_locked, trace
from doorstep.staff.models import Account, Session

SHORTEST_PASSWORD: Final = 10
FEWEST_SIGNS: Final = 5


class PasswordRefused(Refusal):
    """The old password is wrong, or the new one would not protect anybody."""


def change_password(account: int, session: int, old: str, new: str, *, at: datetime) -> None:
    """A new password; every other session of the account ends. Wrong old ones count towards lock-out."""
    refused = None
    with acting_as(GATE):
        owner = Account.objects.select_for_update().get(pk=account)
        if is_locked(owner, at) or not check_password(old, owner.password):
            refused = PasswordRefused(say("staff-password-old-wrong"), say("staff-password-old-wrong-try"), where="old")
            if failed(owner, at=at):
                Session.objects.filter(pk=session).update(ended_at=at)
        elif is_weak(new, owner.username) or new == old:
            refused = PasswordRefused(
                say("staff-password-weak", length=SHORTEST_PASSWORD), say("staff-password-weak-try"), where="new"
            )
        else:
            owner.password = make_password(new)
            owner.password_changed_at = at
            owner.must_change_password = False
            owner.save(update_fields=["password", "password_changed_at", "must_change_password"])
            Session.objects.filter(account=account, ended_at=None).exclude(pk=session).update(ended_at=at)
            trace("changed-password", owner, at=at)
    # Refused only here: the count of failures must commit.
    if refused is not None:
        raise refused


def is_weak(password: str, username: str) -> bool:
    """Short, made of few signs, built on the user name, or among the twenty thousand that everybody tries first."""
    lower = password.lower()
    return (
        len(password) < SHORTEST_PASSWORD
        or len(set(lower)) < FEWEST_SIGNS
        or username in lower
        or lower in _common().passwords
    )


def temporary_password() -> str:
    """A password for the first day, easy to read out."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


@cache
def _common() -> CommonPasswordValidator:
    return CommonPasswordValidator()
