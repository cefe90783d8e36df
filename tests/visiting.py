"""People at the door, for tests: posts, accounts and signed-in browsers for everybody in the town."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from tests.town import Town

from doorstep.core.access import GATE, WORKER, acting_as
from doorstep.core.time import clock
from doorstep.fronts.entering import COOKIE
from doorstep.staff.actions import signing_in
from doorstep.staff.models import Account, Appointment, Person, Post, Session

PASSWORD = "three quiet lanterns"

# Who sits where, beside those whom the town itself appoints.
MORE_POSTS = {
    "ben": "liaison",
    "system": "system_admin",
    "security": "security_admin",
    "audit": "audit_admin",
    "mediator": "mediator",
}
EVERYBODY = (
    "ben",
    "chen",
    "eli",
    "dana",
    "other_desk",
    "subdistrict",
    "command",
    "water",
    "system",
    "security",
    "audit",
    "mediator",
)


class Visitor(Client):
    """Django's test client with one transaction a request, as in service."""

    def request(self, **request: Any) -> Any:
        with transaction.atomic():
            return super().request(**request)


def open_account(town: Town, who: str, **more: Any) -> Account:
    """An account for whoever sits in this post, who is appointed first where the town has nobody yet."""
    with acting_as(WORKER):
        post = _post(town, who)
        person = Person.objects.filter(appointments__post=post).first()
        if person is None:
            person = Person.objects.create(name=f"示例{who}", is_invented=True)
            Appointment.objects.create(person=person, post_id=post, from_on=date(2026, 1, 1))
        given = {"password": _hashed(), "password_changed_at": clock.now(), **more}
        return Account.objects.create(username=who.replace("_", "-"), person_id=person.pk, **given)


def _post(town: Town, who: str) -> int:
    if who not in town.posts:
        if who in MORE_POSTS:
            area = {"ben": town.microgrids[0], "mediator": town.community}.get(who)
            town.posts[who] = Post.objects.create(kind=MORE_POSTS[who], area_id=area).pk
        else:
            # The town names these posts after their unit.
            town.posts[who] = town.posts[{"eli": "other_grid_team"}.get(who, who)]
    return town.posts[who]


def signed_in(town: Town, who: str, *, second_factor: bool = True, at: datetime | None = None, **more: Any) -> Visitor:
    """A browser in which this person is signed in."""
    with acting_as(GATE):
        account = Account.objects.filter(username=who.replace("_", "-")).first()
    account = account or open_account(town, who, **more)
    visitor = Visitor()
    visitor.cookies[COOKIE] = begin_session(account, second_factor=second_factor, at=at or clock.now())
    return visitor


def begin_session(account: Account, *, second_factor: bool, at: datetime) -> str:
    """The key of a session of this account, without the work that a password costs on purpose."""
    key = secrets.token_urlsafe(32)
    with acting_as(GATE):
        Session.objects.create(
            key_hash=signing_in.hashed(key),
            account=account,
            appointment=Appointment.objects.filter(person=account.person_id).order_by("id").first(),
            second_factor=second_factor,
            began_at=at,
            seen_at=at,
            expires_at=at + signing_in.LASTS_FOR,
            browser="a test",
        )
    return key


def session_of(visitor: Client) -> Session:
    """The session that this browser holds the key of."""
    with acting_as(GATE):
        return Session.objects.get(key_hash=signing_in.hashed(visitor.cookies[COOKIE].value))


@cache
def _hashed() -> str:
    return make_password(PASSWORD)
