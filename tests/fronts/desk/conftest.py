"""Somebody at a desk, signed in with a real session."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.fronts.entering import COOKIE

RUBBISH = "楼道里堆满了杂物，请清理"


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A Monday morning for whoever comes in by a door."""
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    return MORNING


@pytest.fixture
def sign_in(town: Town, now: datetime) -> Callable[[str], Client]:
    """A browser in which whoever sits in this post has signed in with both factors."""
    from doorstep.staff.models import Account, Appointment, Person, Post, Session

    def signed_in(who: str) -> Client:
        with acting_as(WORKER):
            post = (
                town.posts.get(who)
                or Post.objects.create(
                    kind={"ben": "liaison", "audit": "audit_admin"}[who],
                    area_id=town.microgrids[0] if who == "ben" else None,
                ).pk
            )
            appointment = Appointment.objects.filter(post=post).first() or Appointment.objects.create(
                person=Person.objects.create(name=who), post_id=post, from_on=MORNING.date()
            )
        key = secrets.token_urlsafe(16)
        _as_owner(Account, Session, appointment, key)
        client = Client()
        client.cookies[COOKIE] = key
        return client

    def _as_owner(account_model: type[Account], session_model: type[Session], appointment: object, key: str) -> None:
        # Nobody but the sign-in page writes sessions; accounts are opened by the machine and read by the gate.
        from django.db import connection

        with acting_as(WORKER), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO staff_account (username, password, person_id, totp_last_step, failures,"
                " password_changed_at, must_change_password) VALUES (%s, '', %s, 0, 0, %s, false) RETURNING id",
                [key[:20].lower(), appointment.person_id, MORNING],  # type: ignore[attr-defined]
            )
            account = cursor.fetchone()[0]
        from doorstep.core.access import GATE

        with acting_as(GATE):
            session_model.objects.create(
                key_hash=hashlib.sha256(key.encode()).hexdigest(), account_id=account,
                appointment_id=appointment.pk, second_factor=True, began_at=MORNING,  # type: ignore[attr-defined]
                seen_at=MORNING, expires_at=MORNING + timedelta(hours=12),
            )  # fmt: skip

    return signed_in


@pytest.fixture
def reported(town: Town) -> Callable[..., Case]:
    """A case that the machine has carried as far as it goes by itself."""

    def reported_case(words: str = RUBBISH, item: str = "stairwell-rubbish", at: datetime = MORNING, **given) -> Case:  # type: ignore[no-untyped-def]
        place = Place(
            lon=LON + SQUARE_DEG / 2, lat=LAT - SQUARE_DEG / 2, door=town.door, community=town.community,
            subdistrict=town.subdistrict, county=town.county,
        )  # fmt: skip
        contact = Contact(name="王小明", phone="13800000000")
        receipt = report(Report(words, given.pop("place", place), contact, item=item, **given), at=at)
        advance(at=at)
        with acting_as(WORKER):
            return Case.objects.get(pk=receipt.case)

    return reported_case
