"""Posts and who holds them; accounts for their administrators; what the audit reads."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Query, Router
from pydantic import Field

from doorstep.areas import queries as areas
from doorstep.core.access import Role
from doorstep.core.time.zone import local_date
from doorstep.fronts.open.entering import Request, for_roles
from doorstep.fronts.open.places import area_coded
from doorstep.fronts.open.shapes import Code, Day, Id, Line, Made, Sent, Text, Told, Whole, Word
from doorstep.staff import accounts, posts
from doorstep.staff.actions import accounts as acts
from doorstep.staff.actions import appointing

router = Router(tags=["staff"])
audit_router = Router(tags=["audit"])

for_keepers = for_roles(Role.COMMUNITY, Role.SYSTEM_ADMIN)
for_system = for_roles(Role.SYSTEM_ADMIN)
for_security = for_roles(Role.SECURITY_ADMIN)
for_administrators = for_roles(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
PageNumber = Annotated[int, Field(ge=1, le=2000)]


class PostsAsked(Sent):
    """Filters; what is left out asks for everything."""

    q: Annotated[Text, Field(max_length=40)] = ""
    kind: Word = ""
    area: Code | None = None
    only: Literal["", "vacant", "held"] = ""
    page: PageNumber = 1


class Post(Told):
    """A seat, where it is, and who holds it; without a person it is vacant."""

    post: int
    kind: str
    title: str
    area: str
    area_code: str
    above: str
    unit: str
    appointment: int | None
    person: str
    is_invented: bool
    since: date | None
    until: date | None


class Posts(Told):
    rows: list[Post]
    has_more: bool


class PostCount(Told):
    """Seats that exist, seats that are filled, and how many more there should be."""

    kind: str
    seats: int
    held: int
    missing: int


class UnseatedAsked(Sent):
    """Filters; what is left out asks for everything."""

    q: Annotated[Text, Field(max_length=40)] = ""
    kind: Word = ""
    area: Code | None = None


class UnseatedPost(Told):
    """An area that should have a post of a kind, and how many of them nobody has set up."""

    kind: str
    area: str
    area_code: str
    above: str
    lacks: int


class Unseated(Told):
    rows: list[UnseatedPost]
    has_more: bool


class Held(Told):
    """One person's time in a post."""

    appointment: int
    person: str
    is_invented: bool
    from_on: date
    until_on: date | None


class PostWhole(Post):
    history: list[Held]


class NewPost(Sent):
    """One more seat: of a kind, in an area by its code. The three administrators have none."""

    kind: Word
    area: Code | None = None


class Title(Sent):
    title: Annotated[Line, Field(max_length=appointing.LONGEST_TITLE)]


class Appointed(Sent):
    person: Whole
    from_on: Day
    until_on: Day | None = None


class Until(Sent):
    """The first day on which the post is vacant."""

    until_on: Day


class NewPerson(Sent):
    name: Annotated[Line, Field(max_length=60)]
    phone: Annotated[Line, Field(max_length=30)] = ""
    comes_from: Annotated[Line, Field(max_length=40)] = ""


class Somebody(Told):
    """A person and the kinds of posts held today."""

    id: int
    name: str
    comes_from: str
    is_invented: bool
    holds: list[str]


@router.get("/posts", response=Posts)
@for_keepers
def list_posts(request: Request, asked: Query[PostsAsked]) -> dict[str, Any]:
    wanted = posts.Wanted(
        within=_within(request),
        words=asked.q,
        kind=asked.kind,
        area=area_coded(asked.area, request).pk if asked.area else None,
        only=asked.only,
    )
    rows = posts.page(wanted, local_date(request.at), number=asked.page, limit=posts.PAGE + 1)
    return {"rows": [row._asdict() for row in rows[: posts.PAGE]], "has_more": len(rows) > posts.PAGE}


@router.get("/posts/counts", response=list[PostCount])
@for_keepers
def count_posts(request: Request) -> list[dict[str, Any]]:
    return [each._asdict() for each in posts.counts(_within(request), local_date(request.at))]


@router.get("/posts/unseated", response=Unseated)
@for_keepers
def list_unseated_posts(request: Request, asked: Query[UnseatedAsked]) -> dict[str, Any]:
    area = area_coded(asked.area, request).pk if asked.area else None
    wanted = posts.Wanted(within=_within(request), words=asked.q, kind=asked.kind, area=area)
    rows = posts.unseated(wanted, local_date(request.at))
    return {"rows": [row._asdict() for row in rows[: posts.PAGE]], "has_more": len(rows) > posts.PAGE}


@router.get("/posts/{post}", response=PostWhole)
@for_keepers
def show_post(request: Request, post: Id) -> dict[str, Any]:
    row = posts.one(post, _within(request), local_date(request.at))
    if row is None:
        raise Http404
    return {**row._asdict(), "history": [each._asdict() for each in posts.history(post)]}


@router.post("/posts", response={201: Made})
@for_keepers
def add_post(request: Request, said: NewPost) -> dict[str, int]:
    area = areas.with_code(said.area, local_date(request.at)) if said.area else None
    return {"id": appointing.add_post(said.kind, area, by=request.actor, at=request.at)}


@router.put("/posts/{post}/title", response={204: None})
@for_keepers
def name_post(request: Request, post: Id, said: Title) -> None:
    appointing.name_post(post, said.title, by=request.actor, at=request.at)


@router.post("/posts/{post}/appointments", response={201: Made})
@for_keepers
def appoint_to_post(request: Request, post: Id, said: Appointed) -> dict[str, int]:
    made = appointing.appoint(post, said.person, said.from_on, said.until_on, by=request.actor, at=request.at)
    return {"id": made}


@router.post("/appointments/{appointment}/end", response={204: None})
@for_keepers
def end_appointment(request: Request, appointment: Id, said: Until) -> None:
    appointing.end_appointment(appointment, said.until_on, by=request.actor, at=request.at)


@router.get("/people", response=list[Somebody])
@for_keepers
def list_people(request: Request, q: Annotated[Text, Field(min_length=1, max_length=40)]) -> list[dict[str, Any]]:
    return [_somebody(each) for each in posts.people_named(q, local_date(request.at))]


@router.get("/people/without-account", response=list[Somebody])
@for_system
def list_people_without_account(
    request: Request, q: Annotated[Text, Field(min_length=1, max_length=40)]
) -> list[dict[str, Any]]:
    return [_somebody(each) for each in posts.people_named(q, local_date(request.at), without_account=True)]


def _somebody(each: posts.Somebody) -> dict[str, Any]:
    return {**each._asdict(), "holds": [kind for kind, _ in each.holds]}


@router.post("/people", response={201: Made})
@for_keepers
def add_person(request: Request, said: NewPerson) -> dict[str, int]:
    made = appointing.add_person(said.name.strip(), said.phone, said.comes_from, by=request.actor, at=request.at)
    return {"id": made}


def _within(request: Request) -> int | None:
    """A community's desk fills the seats of its community; the system administrator all."""
    return request.actor.org if request.actor.role is Role.COMMUNITY else None


# Accounts -------------------------------------------------------------------------------------------------------------


class AccountsAsked(Sent):
    """`bare` has no second factor, `temporary` a password for the first day."""

    q: Annotated[Text, Field(max_length=40)] = ""
    only: Literal["", "locked", "disabled", "bare", "temporary"] = ""
    page: PageNumber = 1


class Account(Told):
    """One account; its password and second factor are nobody's to read."""

    id: int
    username: str
    person: str
    is_invented: bool
    failures: int
    locked_until: datetime | None
    disabled_at: datetime | None
    totp_confirmed_at: datetime | None
    must_change_password: bool
    password_changed_at: datetime
    posts: list[str]


class Accounts(Told):
    rows: list[Account]
    has_more: bool


class NewAccount(Sent):
    person: Whole
    username: Annotated[Text, Field(min_length=3, max_length=60)]


class FirstPassword(Told):
    """Shown this once, and to be changed at the first sign-in."""

    password: str


@router.get("/accounts", response=Accounts)
@for_administrators
def list_accounts(request: Request, asked: Query[AccountsAsked]) -> dict[str, Any]:
    rows = accounts.accounts(asked.q, asked.only, request.at, number=asked.page)
    return {"rows": [_account(row) for row in rows[: accounts.PAGE]], "has_more": len(rows) > accounts.PAGE}


@router.get("/accounts/{account}", response=Account)
@for_administrators
def show_account(request: Request, account: Id) -> dict[str, Any]:
    row = accounts.account(account, request.at)
    if row is None:
        raise Http404
    return _account(row)


@router.post("/accounts", response={201: FirstPassword})
@for_system
def open_account(request: Request, said: NewAccount) -> dict[str, str]:
    return {"password": acts.open_account(said.person, said.username, by=request.actor, at=request.at)}


@router.post("/accounts/{account}/password", response=FirstPassword)
@for_system
def reset_password(request: Request, account: Id) -> dict[str, str]:
    return {"password": acts.reset_password(account, by=request.actor, at=request.at)}


@router.post("/accounts/{account}/disable", response={204: None})
@for_security
def disable_account(request: Request, account: Id) -> None:
    acts.disable(account, by=request.actor, at=request.at)


@router.post("/accounts/{account}/enable", response={204: None})
@for_security
def enable_account(request: Request, account: Id) -> None:
    acts.enable(account, by=request.actor, at=request.at)


@router.delete("/accounts/{account}/second-factor", response={204: None})
@for_security
def clear_second_factor(request: Request, account: Id) -> None:
    acts.clear_second_factor(account, by=request.actor, at=request.at)


@router.delete("/accounts/{account}/sessions", response={204: None})
@for_security
def end_sessions(request: Request, account: Id) -> None:
    acts.end_sessions_of(account, by=request.actor, at=request.at)


def _account(row: accounts.Row) -> dict[str, Any]:
    return {**row._asdict(), "posts": [kind for kind, _ in row.posts]}


# Audit ----------------------------------------------------------------------------------------------------------------


class TracesAsked(Sent):
    """Filters; `before` is the id of the last trace that was read."""

    what: Annotated[Text, Field(max_length=40)] = ""
    q: Annotated[Text, Field(max_length=60)] = ""
    since: Day | None = None
    until: Day | None = None
    before: Id | None = None


class Trace(Told):
    """Who, in which role, did or read what, when and why."""

    id: int
    at: datetime
    role: str
    username: str
    post: int | None
    what: str
    subject: str
    because: str


class Traces(Told):
    rows: list[Trace]
    has_more: bool


@audit_router.get("/audit/{kind}", response=Traces)
@for_roles(Role.AUDIT_ADMIN)
def list_traces(request: Request, kind: Literal["deeds", "reads"], asked: Query[TracesAsked]) -> dict[str, Any]:
    wanted = accounts.Asked(asked.what, asked.q, asked.since, asked.until)
    rows = accounts.traces(kind, wanted, before=asked.before)
    return {"rows": [row._asdict() for row in rows[: accounts.PAGE]], "has_more": len(rows) > accounts.PAGE}
