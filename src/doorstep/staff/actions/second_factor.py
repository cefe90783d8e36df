"""The second factor: codes of an authenticator (RFC 6238), and recovery codes for whoever lost it."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import datetime
from typing import Final

import pyotp

from doorstep.core.access import GATE, acting_as
from doorstep.core.crypto import seal, unseal
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.staff.actions.signing_in import failed, hashed, is_locked, set_failures, trace
from doorstep.staff.models import Account, RecoveryCode, Session
from doorstep.staff.rules.lock_out import Failures

RECOVERY_CODES: Final = 8
ISSUER: Final = "Doorstep"
# Without letters and digits that look alike on paper.
ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
# 16 signs of 31: 79 bits, so that a hash stolen with the table gives nothing away.
GROUPS, GROUP = 4, 4


class CodeRefused(Refusal):
    """The second factor is not right, or is there already."""


def begin_second_factor(account: int, session: int) -> str:
    """The address (otpauth://…) for the authenticator, not yet in force.

    The same as long as the same session asks; another session gets a secret of its own, so that nobody confirms
    what somebody else has seen.
    """
    with acting_as(GATE):
        owner = Account.objects.select_for_update().get(pk=account)
        if owner.totp_confirmed_at is not None:
            raise CodeRefused(say("staff-second-factor-there"), say("staff-second-factor-there-try"))
        secret = _begun(owner, session)
        if secret is None:
            secret = pyotp.random_base32()
            owner.totp_secret = seal(f"{session}:{secret}".encode())
            owner.save(update_fields=["totp_secret"])
        return pyotp.TOTP(secret).provisioning_uri(name=owner.username, issuer_name=ISSUER)


def confirm_second_factor(account: int, session: int, code: str, *, at: datetime) -> list[str]:
    """Put the second factor in force with its first code; the recovery codes are shown this once."""
    with acting_as(GATE):
        owner = Account.objects.select_for_update().get(pk=account)
        secret = None if owner.totp_confirmed_at else _begun(owner, session)
        step = None if secret is None else _step_of(secret, code, 0, at)
        if secret is None or step is None:
            raise _wrong()
        owner.totp_secret = seal(secret.encode())
        owner.totp_confirmed_at = at
        owner.totp_last_step = step
        owner.save(update_fields=["totp_secret", "totp_confirmed_at", "totp_last_step"])
        codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
        RecoveryCode.objects.filter(account=owner).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(account=owner, hashed=hashed(_bare(each))) for each in codes)
        Session.objects.filter(pk=session, account=account).update(second_factor=True)
        trace("second-factor-set", owner, at=at)
    return codes


def give_second_factor(account: int, session: int, code: str, *, at: datetime) -> None:
    """Complete a sign-in with a code of the authenticator or one recovery code; wrong ones count towards lock-out."""
    with acting_as(GATE):
        owner = Account.objects.select_for_update().get(pk=account)
        fits = owner.totp_confirmed_at is not None and not is_locked(owner, at) and _fits(owner, code, at)
        if fits:
            set_failures(owner, Failures(0, None))
            Session.objects.filter(pk=session, account=account).update(second_factor=True)
        elif failed(owner, at=at):
            # Whoever has only the password starts again, and finds the account resting.
            Session.objects.filter(account=account, second_factor=False, ended_at=None).update(ended_at=at)
    # Refused only here: the count of failures must commit.
    if not fits:
        raise _wrong()


def _fits(owner: Account, code: str, at: datetime) -> bool:
    step = _step_of(unseal(bytes(owner.totp_secret or b"")).decode(), code, owner.totp_last_step, at)
    if step is not None:
        owner.totp_last_step = step
        owner.save(update_fields=["totp_last_step"])
        return True
    unused = RecoveryCode.objects.filter(account=owner, hashed=hashed(_bare(code)), used_at=None)
    if unused.update(used_at=at):
        trace("recovery-code-used", owner, at=at)
        return True
    return False


def _step_of(secret: str, code: str, last_step: int, at: datetime) -> int | None:
    """The half minute whose code this is: this one or one beside it, none twice (RFC 6238, section 5.2)."""
    totp = pyotp.TOTP(secret)
    now = int(at.timestamp()) // totp.interval
    given = _bare(code).encode()
    for step in (now - 1, now, now + 1):
        if step > last_step and secrets.compare_digest(totp.generate_otp(step).encode(), given):
            return step
    return None


def _begun(owner: Account, session: int) -> str | None:
    """The secret that this session has begun with, and only this one."""
    if not owner.totp_secret:
        return None
    by, _, secret = unseal(bytes(owner.totp_secret)).decode().partition(":")
    return secret if by == str(session) else None


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def _bare(code: str) -> str:
    """A code as typed on any keyboard, in one form: full-width digits, capitals, spaces and hyphens do not matter."""
    plain = unicodedata.normalize("NFKC", code[:100]).lower()
    return "".join(sign for sign in plain if sign.isalnum())


def _wrong() -> CodeRefused:
    return CodeRefused(say("staff-code-wrong"), say("staff-code-wrong-try"), where="code")
