"""Signing in and out, and the sessions that follow: time-outs, one seat at a time, each session ended by itself."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Count, OuterRef, Subquery

from doorstep.core.access import GATE, Actor, Role, acting_as, audit
from doorstep.core.access.roles import NEEDS_SECOND_FACTOR
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.staff.models import Account, Appointment, Session
from doorstep.staff.queries import appointments_in_force
from doorstep.staff.rules.lock_out import LOCK_AFTER, LOCK_FOR, Failures, one_more
from doorstep.staff.rules.roles import seat

IDLE_FOR: Final = timedelta(minutes=30)
LASTS_FOR: Final = timedelta(hours=12)
SEEN_EVERY: Final = timedelta(minutes=1)


class SignInRefused(Refusal):
    """The name or the password is not right, the account rests, or its person holds no post."""


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
    """The key of a new session, for the browser to keep.

    A wrong name, a wrong password and a resting account are refused with the same sentence after the same work, so
    that nobody learns which names exist.
    """
    with acting_as(GATE):
        account = Account.objects.select_for_update().filter(username=username.strip().lower()[:60]).first()
        is_right = _password_fits(account, password, at)
        seat_taken = _first_seat(account, at) if is_right and account else None
        if is_right and account is not None and seat_taken is not None:
            if account.totp_confirmed_at is None:
                # With a second factor the count ends there: a right password must not buy more guesses at the code.
                set_failures(account, Failures(0, None))
            key = _begin(account, seat_taken, browser, at)
            trace("signed-in", account, at=at)
    # Refused only here: the count of failures must commit.
    if not is_right:
        minutes = int(LOCK_FOR.total_seconds() // 60)
        raise SignInRefused(
            say("staff-sign-in-wrong"), say("staff-sign-in-wrong-try", times=LOCK_AFTER, minutes=minutes)
        )
    if seat_taken is None:
        raise SignInRefused(say("staff-sign-in-no-post"), say("staff-sign-in-no-post-try"))
    return key


def _password_fits(account: Account | None, password: str, at: datetime) -> bool:
    if account is None or account.disabled_at is not None or _failures(account).is_locked(at):
        # As slow as a real check.
        make_password(password)
        return False
    if check_password(password, account.password):
        return True
    failed(account, at=at)
    return False


def failed(account: Account, *, at: datetime) -> bool:
    """Count one more wrong answer; whether that locked the account."""
    after = one_more(_failures(account), at=at)
    set_failures(account, after)
    if after.is_locked(at):
        trace("locked-out", account, at=at)
    return after.is_locked(at)


def is_locked(account: Account, at: datetime) -> bool:
    """Whether the account rests now."""
    return _failures(account).is_locked(at)


def set_failures(account: Account, failures: Failures) -> None:
    """Keep how many answers in a row were wrong."""
    account.failures, account.locked_until = failures
    account.save(update_fields=["failures", "locked_until"])


def _failures(account: Account) -> Failures:
    return Failures(account.failures, account.locked_until)


def _first_seat(account: Account, at: datetime) -> Appointment | None:
    held = appointments_in_force(local_date(at)).filter(person=account.person_id)
    return held.order_by("id").first()


def _begin(account: Account, seat_taken: Appointment, browser: str, at: datetime) -> str:
    key = secrets.token_urlsafe(32)
    Session.objects.create(
        key_hash=hashed(key),
        account=account,
        appointment=seat_taken,
        began_at=at,
        seen_at=at,
        expires_at=at + LASTS_FOR,
        browser=browser[:120],
    )
    return key


def recognise(key: str, *, at: datetime) -> SignedIn | None:
    """Who holds this session key; None when it is unknown, ended, expired, idle too long, or its seat has passed on.

    Runs inside `acting_as(GATE)`, one statement unless the session has to be marked as seen.
    """
    day = local_date(at)
    held = appointments_in_force(day).filter(person=OuterRef("account__person_id"))
    seats = held.order_by().values("person").annotate(n=Count("id"))
    session = (
        Session.objects.select_related("account__person", "appointment__post__area", "appointment__post__unit")
        .annotate(seats=Subquery(seats.values("n")))
        .filter(key_hash=hashed(key), ended_at=None, expires_at__gt=at, seen_at__gt=at - IDLE_FOR)
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
            "appointment__post__abolished_on",
            "appointment__post__area__name",
            "appointment__post__unit__name",
        )
        .first()
    )
    if session is None or not _holds(session.appointment, day):
        return None
    if session.seen_at < at - SEEN_EVERY:
        Session.objects.filter(pk=session.pk).update(seen_at=at)
    return _signed_in(session)


def _holds(appointment: Appointment | None, day: date) -> bool:
    """Once a seat has passed to somebody else, what it could see is closed from that day on."""
    if appointment is None or appointment.from_on > day:
        return False
    ends = [end for end in (appointment.until_on, appointment.post.abolished_on) if end is not None]
    return all(day < end for end in ends)


def _signed_in(session: Session) -> SignedIn:
    assert session.appointment is not None
    post = session.appointment.post
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
    place = post.area or post.unit
    return SignedIn(
        actor=actor,
        person=account.person.name,
        post_kind=post.kind,
        post_title=post.title,
        area_name=place.name if place else "",
        appointments=session.seats or 0,  # type: ignore[attr-defined]
        must_change_password=account.must_change_password,
        has_second_factor=account.totp_confirmed_at is not None,
    )


def choose_seat(session: int, account: int, appointment: int, *, at: datetime) -> None:
    """Act from another of one's own seats; each session acts from one at a time."""
    with acting_as(GATE):
        owner = Account.objects.get(pk=account)
        if not appointments_in_force(local_date(at)).filter(person=owner.person_id, pk=appointment).exists():
            raise SignInRefused(say("staff-seat-not-yours"), say("staff-seat-not-yours-try"))
        Session.objects.filter(pk=session, account=account).update(appointment=appointment)
        trace("took-seat", owner, at=at)


def sign_out(session: int, *, at: datetime) -> None:
    """End this session now."""
    with acting_as(GATE):
        Session.objects.filter(pk=session, ended_at=None).update(ended_at=at)


def end_session(session: int, account: int, *, at: datetime) -> None:
    """End one of one's own sessions, on whatever browser it is."""
    with acting_as(GATE):
        Session.objects.filter(pk=session, account=account, ended_at=None).update(ended_at=at)


def end_other_sessions(session: int, account: int, *, at: datetime) -> int:
    """End all of one's own sessions but this one; how many there were."""
    with acting_as(GATE):
        return Session.objects.filter(account=account, ended_at=None).exclude(pk=session).update(ended_at=at)


def hashed(key: str) -> str:
    """What the table keeps of a session key or a recovery code: both are long and drawn by chance."""
    return hashlib.sha256(key.encode()).hexdigest()


def trace(what: str, account: Account, *, at: datetime) -> None:
    """Leave a trace that the audit administrator reads."""
    audit.deed(what, account.username, by=Actor(Role.GATE, account=account.pk), at=at)
