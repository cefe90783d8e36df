"""A program signs in as a person: the same accounts, the same seats, the same second factor as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import Field

from doorstep.core.access import GATE, acting_as
from doorstep.core.access.roles import SIGNED_IN
from doorstep.core.refusals import Refusal
from doorstep.core.time.zone import local_date
from doorstep.fronts import limits
from doorstep.fronts.asked import plain
from doorstep.fronts.entering import before_new_password, before_second_factor, without_transaction
from doorstep.fronts.open.entering import Request, for_everybody, for_roles
from doorstep.fronts.open.shapes import Id, Sent, Told, Whole
from doorstep.fronts.staff.signing_in import browser_of
from doorstep.staff import queries
from doorstep.staff.actions import passwords, second_factor, signing_in

router = Router(tags=["sessions"])

# What a session reaches with its password alone; each opens its own transactions, so that wrong codes are counted.
HALF_WAY = (before_second_factor, without_transaction)

Secret = Annotated[str, Field(max_length=500)]


class NotLetIn(Refusal):
    """The name, the password or the code is not right; answered as 401."""

    status = 401


class SignIn(Sent):
    """`code` is that of the authenticator, where the account has one; a recovery code does as well."""

    username: Annotated[str, Field(max_length=60)]
    password: Secret
    code: Annotated[str, Field(max_length=100)] = ""


class Seat(Told):
    """A post from which one may act."""

    appointment: int
    kind: str
    title: str
    area: str


class Session(Told):
    """Who one is here, and what is still missing before everything is open."""

    person: str
    role: str
    post: str
    area: str
    waits_for: Literal["", "second-factor", "new-password"]


class Begun(Session):
    """A new session with its key, which is shown this once."""

    key: str


class Chosen(Sent):
    appointment: Whole


class CodeSent(Sent):
    code: Annotated[str, Field(min_length=6, max_length=100)]


class NewPassword(Sent):
    old: Secret
    new: Secret


class Authenticator(Told):
    """What to give to the authenticator; in force once `confirm` has had its first code."""

    address: str


class RecoveryCodes(Told):
    """Each opens the account once; they are shown this once."""

    codes: list[str]


@router.post("/session", response={201: Begun})
@for_everybody
def sign_in(request: Request, said: SignIn) -> dict[str, Any]:
    try:
        with limits.counted_sign_in(request):
            key = signing_in.sign_in(plain(said.username), said.password, browser=browser_of(request), at=request.at)
        begun = _recognised(key, request)
        if said.code and begun.has_second_factor:
            _give(said.code, begun, request)
    except (signing_in.SignInRefused, second_factor.CodeRefused) as refusal:
        raise NotLetIn(refusal.message, refusal.try_this, refusal.where) from refusal
    return {"key": key, **_session(_recognised(key, request))}


def _give(code: str, begun: signing_in.SignedIn, request: Request) -> None:
    """The code that came with the password; with a wrong one the session ends before its key is known to anybody."""
    account, session = begun.actor.account, begun.actor.session
    assert account is not None
    assert session is not None
    try:
        second_factor.give_second_factor(account, session, code, at=request.at)
    except second_factor.CodeRefused:
        signing_in.sign_out(session, at=request.at)
        raise


@router.get("/session", response=Session)
@for_roles(*SIGNED_IN, also=HALF_WAY)
def present_session(request: Request) -> dict[str, Any]:
    assert request.signed_in is not None
    return _session(request.signed_in)


@router.delete("/session", response={204: None})
@for_roles(*SIGNED_IN, also=HALF_WAY)
def sign_out(request: Request) -> None:
    assert request.actor.session is not None
    signing_in.sign_out(request.actor.session, at=request.at)


@router.post("/session/second-factor", response={204: None})
@for_roles(*SIGNED_IN, also=HALF_WAY)
def give_second_factor(request: Request, said: CodeSent) -> None:
    account, session = _own(request)
    second_factor.give_second_factor(account, session, said.code, at=request.at)


@router.post("/account/second-factor", response=Authenticator)
@for_roles(*SIGNED_IN, also=HALF_WAY)
def begin_second_factor(request: Request) -> dict[str, str]:
    return {"address": second_factor.begin_second_factor(*_own(request))}


@router.put("/account/second-factor", response=RecoveryCodes)
@for_roles(*SIGNED_IN, also=HALF_WAY)
def confirm_second_factor(request: Request, said: CodeSent) -> dict[str, list[str]]:
    return {"codes": second_factor.confirm_second_factor(*_own(request), said.code, at=request.at)}


@router.put("/account/password", response={204: None})
@for_roles(*SIGNED_IN, also=(before_new_password, without_transaction))
def change_password(request: Request, said: NewPassword) -> None:
    passwords.change_password(*_own(request), said.old, said.new, at=request.at)


@router.get("/account/seats", response=list[Seat])
@for_roles(*SIGNED_IN)
def list_seats(request: Request) -> list[dict[str, Any]]:
    rows = queries.seats_of(_own(request)[0], local_date(request.at))
    return [{"appointment": row.appointment, "kind": row.kind, "title": row.title, "area": row.area} for row in rows]


@router.put("/session/seat", response={204: None})
@for_roles(*SIGNED_IN, also=[without_transaction])
def choose_seat(request: Request, said: Chosen) -> None:
    account, session = _own(request)
    signing_in.choose_seat(session, account, said.appointment, at=request.at)


class OpenSession(Told):
    """Where somebody is signed in with one's own account."""

    id: int
    browser: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


@router.get("/account/sessions", response=list[OpenSession])
@for_roles(*SIGNED_IN)
def list_sessions(request: Request) -> list[dict[str, Any]]:
    account, session = _own(request)
    rows = queries.sessions_of(account, seen_after=request.at - signing_in.IDLE_FOR, at=request.at)
    names = ("id", "browser", "began_at", "seen_at")
    return [{**{name: getattr(row, name) for name in names}, "is_this": row.id == session} for row in rows]


@router.delete("/account/sessions", response={204: None})
@for_roles(*SIGNED_IN, also=[without_transaction])
def end_other_sessions(request: Request) -> None:
    account, session = _own(request)
    signing_in.end_other_sessions(session, account, at=request.at)


@router.delete("/account/sessions/{session}", response={204: None})
@for_roles(*SIGNED_IN, also=[without_transaction])
def end_session(request: Request, session: Id) -> None:
    signing_in.end_session(session, _own(request)[0], at=request.at)


def _own(request: Request) -> tuple[int, int]:
    assert request.actor.account is not None
    assert request.actor.session is not None
    return request.actor.account, request.actor.session


def _recognised(key: str, request: Request) -> signing_in.SignedIn:
    with acting_as(GATE):
        found = signing_in.recognise(key, at=request.at)
    assert found is not None
    return found


def _session(found: signing_in.SignedIn) -> dict[str, Any]:
    waits_for = "new-password" if found.must_change_password else ""
    return {
        "person": found.person,
        "role": str(found.actor.role),
        "post": found.post_kind,
        "area": found.area_name,
        "waits_for": "second-factor" if found.needs_second_factor else waits_for,
    }
