"""Signing in and out: password, second factor, lock-out, time-out, and sessions that can be ended one by one."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Q

from doorstep.core.access import GATE, Actor, Role, acting_as, audit
from doorstep.core.access.roles import NEEDS_SECOND_FACTOR
from doorstep.core.crypto import seal, unseal
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.staff.models import Account, Appointment, RecoveryCode, Session
from doorstep.staff.rules.roles import seat

LOCK_AFTER = 5
LOCK_FOR = timedelta(minutes=15)
IDLE_FOR = timedelta(minutes=30)
LASTS_FOR = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
RECOVERY_CODES = 8
SHORTEST_PASSWORD = 10


class SignInRefused(Refusal):
    """The name or the password is not right, or the account is locked."""


class CodeRefused(Refusal):
    """The second factor is not right."""


class PasswordRefused(Refusal):
    """A new password that would not protect anybody."""


@dataclass(frozen=True)
class SignedIn:
    """Who is at the door: the actor of the seat chosen, and what the page's head shows."""

    actor: Actor
    person: str
    post_kind: str
    post_title: str
    area_name: str
    appointments: int
    must_change_password: bool
    has_second_factor: bool

    @property
    def needs_second_factor(self) -> bool:
        """Whether this session may go nowhere but to the second factor."""
        if self.actor.second_factor or settings.IS_DEMO:
            return False
        return self.actor.role in NEEDS_SECOND_FACTOR or self.has_second_factor


def sign_in(username: str, password: str, *, browser: str, at: datetime) -> str:
    """The key of a new session, for the browser to keep; refused with one sentence that gives nothing away."""
    with acting_as(GATE):
        account = Account.objects.select_for_update().filter(username=username.strip().lower()[:60]).first()
        trouble = _trouble(account, password, at)
        if trouble is None and account is not None:
            account.failures = 0
            account.locked_until = None
            account.save(update_fields=["failures", "locked_until"])
            key = _begin(account, browser, at)
            _note("signed-in", account, at)
    if trouble is not None:
        # Raised only here: the count of failures must commit.
        raise trouble
    return key


def _trouble(account: Account | None, password: str, at: datetime) -> SignInRefused | None:
    wrong = SignInRefused(say("staff-sign-in-wrong"), say("staff-sign-in-wrong-try"))
    if account is None or account.disabled_at is not None:
        # As slow as a real check, so that the time tells nobody which names exist.
        make_password(password)
        return wrong
    if account.locked_until and account.locked_until > at:
        minutes = int((account.locked_until - at).total_seconds() // 60) + 1
        return SignInRefused(say("staff-sign-in-locked", minutes=minutes), say("staff-sign-in-locked-try"))
    if check_password(password, account.password):
        return None
    account.failures += 1
    if account.failures >= LOCK_AFTER:
        account.locked_until = at + LOCK_FOR
        account.failures = 0
        _note("locked-out", account, at)
    account.save(update_fields=["failures", "locked_until"])
    return wrong


def _begin(account: Account, browser: str, at: datetime) -> str:
    key = secrets.token_urlsafe(32)
    Session.objects.create(
        key_hash=_hash(key),
        account=account,
        appointment=_in_force(account, at).first(),
        began_at=at,
        seen_at=at,
        expires_at=at + LASTS_FOR,
        browser=browser[:120],
    )
    return key


def _in_force(account: Account, at: datetime):  # type: ignore[no-untyped-def]
    day = local_date(at)
    return (
        Appointment.objects.filter(person=account.person_id, from_on__lte=day)
        .filter(Q(until_on=None) | Q(until_on__gt=day))
        .order_by("id")
    )


def recognise(key: str, *, at: datetime) -> SignedIn | None:
    """Who holds this session key; None when it is unknown, ended, expired or idle for too long.

    Runs inside `acting_as(GATE)`, one statement unless the session has to be marked as seen.
    """
    day = local_date(at)
    session = (
        Session.objects.select_related("account__person", "appointment__post__area", "appointment__post__unit")
        .annotate(seats=_seats_subquery(day))
        .filter(key_hash=_hash(key), ended_at=None, expires_at__gt=at, seen_at__gt=at - IDLE_FOR)
        .filter(account__disabled_at=None)
        .only(
            "id",
            "seen_at",
            "second_factor",
            "account__must_change_password",
            "account__totp_confirmed_at",
            "account__person__name",
            "appointment__from_on",
            "appointment__until_on",
            "appointment__post__kind",
            "appointment__post__title",
            "appointment__post__area__name",
            "appointment__post__unit__name",
        )  # fmt: skip
        .first()
    )
    if session is None:
        return None
    if session.seen_at < at - SEEN_EVERY:
        Session.objects.filter(pk=session.pk).update(seen_at=at)
    return _signed_in(session, day)


def _seats_subquery(day):  # type: ignore[no-untyped-def]
    from django.db.models import Count, OuterRef, Subquery

    seats = (
        Appointment.objects.filter(person=OuterRef("account__person_id"), from_on__lte=day)
        .filter(Q(until_on=None) | Q(until_on__gt=day))
        .order_by()
        .values("person")
        .annotate(n=Count("id"))
        .values("n")
    )
    return Subquery(seats)


def _signed_in(session: Session, day) -> SignedIn | None:  # type: ignore[no-untyped-def]
    appointment = session.appointment
    if appointment is None or appointment.from_on > day or (appointment.until_on and appointment.until_on <= day):
        # The seat has passed to somebody else: what it could see is closed from that day on.
        return None
    post = appointment.post
    held = seat(post.kind, post.area_id, post.unit_id)
    account = session.account
    actor = Actor(
        Role(held.role),
        org=held.org,
        unit=post.unit_id,
        post=post.pk,
        account=account.pk,
        session=session.pk,
        name=account.person.name,
        second_factor=session.second_factor,
    )
    return SignedIn(
        actor=actor,
        person=account.person.name,
        post_kind=post.kind,
        post_title=post.title,
        area_name=post.area.name if post.area else (post.unit.name if post.unit else ""),
        appointments=session.seats or 0,
        must_change_password=account.must_change_password,
        has_second_factor=account.totp_confirmed_at is not None,
    )


def choose_seat(session: int, account: int, appointment: int, *, at: datetime) -> None:
    """Act from another of one's own seats; each session acts from one at a time."""
    with acting_as(GATE):
        owner = Account.objects.get(pk=account)
        if not _in_force(owner, at).filter(pk=appointment).exists():
            raise SignInRefused(say("staff-seat-not-yours"), say("staff-seat-not-yours-try"))
        Session.objects.filter(pk=session, account=account).update(appointment=appointment)
        _note("took-seat", owner, at)


def sign_out(session: int, *, at: datetime) -> None:
    """End this session now."""
    with acting_as(GATE):
        Session.objects.filter(pk=session, ended_at=None).update(ended_at=at)


def end_session(session: int, account: int, *, at: datetime) -> None:
    """End one of one's own sessions, on whatever browser it is."""
    with acting_as(GATE):
        Session.objects.filter(pk=session, account=account, ended_at=None).update(ended_at=at)


def new_second_factor(account: int) -> str:
    """Begin a second factor: the address (otpauth://…) for the authenticator, not yet in force."""
    with acting_as(GATE):
        owner = Account.objects.get(pk=account)
        if owner.totp_confirmed_at is not None:
            raise CodeRefused(say("staff-second-factor-there"), say("staff-second-factor-there-try"))
        secret = unseal(bytes(owner.totp_secret)).decode() if owner.totp_secret else pyotp.random_base32()
        owner.totp_secret = seal(secret.encode())
        owner.save(update_fields=["totp_secret"])
        return pyotp.TOTP(secret).provisioning_uri(owner.username, issuer_name="Doorstep")


def confirm_second_factor(account: int, session: int, code: str, *, at: datetime) -> list[str]:
    """Put the second factor in force with its first code; the recovery codes are shown this once."""
    with acting_as(GATE):
        owner = Account.objects.select_for_update().get(pk=account)
        fits = owner.totp_confirmed_at is None and _code_fits(owner, code, at)
        codes = [secrets.token_hex(5) for _ in range(RECOVERY_CODES)] if fits else []
        if fits:
            owner.totp_confirmed_at = at
            owner.save(update_fields=["totp_confirmed_at", "totp_last_step"])
            RecoveryCode.objects.filter(account=owner).delete()
            RecoveryCode.objects.bulk_create(RecoveryCode(account=owner, hashed=_hash(each)) for each in codes)
            Session.objects.filter(pk=session, account=account).update(second_factor=True)
            _note("second-factor-set", owner, at)
    if not fits:
        raise CodeRefused(say("staff-code-wrong"), say("staff-code-wrong-try"))
    return codes


def give_second_factor(account: int, session: int, code: str, *, at: datetime) -> None:
    """Complete a sign-in with a code of the authenticator or one recovery code; wrong ones count towards lock-out."""
    with acting_as(GATE):
        owner = Account.objects.select_for_update().get(pk=account)
        locked = owner.locked_until is not None and owner.locked_until > at
        fits = not locked and (_code_fits(owner, code, at) or _recovery_fits(owner, code, at))
        if fits:
            owner.failures = 0
            Session.objects.filter(pk=session, account=account).update(second_factor=True)
        else:
            owner.failures += 1
            if owner.failures >= LOCK_AFTER:
                owner.locked_until = at + LOCK_FOR
                owner.failures = 0
                Session.objects.filter(account=account, second_factor=False).update(ended_at=at)
                _note("locked-out", owner, at)
        owner.save(update_fields=["failures", "locked_until", "totp_last_step"])
    if not fits:
        raise CodeRefused(say("staff-code-wrong"), say("staff-code-wrong-try"))


def change_password(account: int, session: int, old: str, new: str, *, at: datetime) -> None:
    """A new password; every other session of the account ends."""
    with acting_as(GATE):
        owner = Account.objects.select_for_update().get(pk=account)
        if not check_password(old, owner.password):
            raise PasswordRefused(say("staff-password-old-wrong"), say("staff-password-old-wrong-try"))
        if len(new) < SHORTEST_PASSWORD or new == old or owner.username in new.lower():
            raise PasswordRefused(say("staff-password-weak", length=SHORTEST_PASSWORD), say("staff-password-weak-try"))
        owner.password = make_password(new)
        owner.password_changed_at = at
        owner.must_change_password = False
        owner.save(update_fields=["password", "password_changed_at", "must_change_password"])
        Session.objects.filter(account=account, ended_at=None).exclude(pk=session).update(ended_at=at)
        _note("changed-password", owner, at)


def _code_fits(owner: Account, code: str, at: datetime) -> bool:
    """Codes of this half minute and the ones beside it; none twice (RFC 6238, section 5.2)."""
    if not owner.totp_secret:
        return False
    totp = pyotp.TOTP(unseal(bytes(owner.totp_secret)).decode())
    step = int(at.timestamp()) // totp.interval
    for candidate in (step - 1, step, step + 1):
        if candidate > owner.totp_last_step and secrets.compare_digest(totp.generate_otp(candidate), code.strip()):
            owner.totp_last_step = candidate
            return True
    return False


def _recovery_fits(owner: Account, code: str, at: datetime) -> bool:
    unused = RecoveryCode.objects.filter(account=owner, hashed=_hash(code.strip().lower()), used_at=None)
    return bool(unused.update(used_at=at))


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _note(what: str, account: Account, at: datetime) -> None:
    audit.deed(what, account.username, by=Actor(Role.GATE, account=account.pk), at=at)
