"""Accounts as their administrators see them, and the traces that the audit administrator reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from doorstep.core.access.models import Deed, Read
from doorstep.core.time.zone import LOCAL, local_date
from doorstep.staff.models import Account, Session
from doorstep.staff.queries import appointments_in_force

PAGE: Final = 50


class Row(NamedTuple):
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
    posts: tuple[tuple[str, str], ...] = ()


_COLUMNS = (
    "id", "username", "person__name", "person__is_invented", "failures", "locked_until", "disabled_at",
    "totp_confirmed_at", "must_change_password", "password_changed_at",
)  # fmt: skip


def accounts(words: str, only: str, at: datetime, *, number: int = 1) -> list[Row]:
    """One page of accounts by name, and one row more when another page follows."""
    found = Account.objects.all()
    if words:
        found = found.filter(Q(username__icontains=words) | Q(person__name__icontains=words))
    found = found.filter(**_only(only, at))
    start = max(number - 1, 0) * PAGE
    return _with_posts(list(found.order_by("username").values_list(*_COLUMNS)[start : start + PAGE + 1]), at)


def _only(only: str, at: datetime) -> dict[str, Any]:
    conditions: dict[str, dict[str, Any]] = {
        "locked": {"locked_until__gt": at},
        "disabled": {"disabled_at__isnull": False},
        "bare": {"totp_confirmed_at": None},
        "temporary": {"must_change_password": True},
    }
    return conditions.get(only, {})


def account(key: int, at: datetime) -> Row | None:
    """One account."""
    rows = _with_posts(list(Account.objects.filter(pk=key).values_list(*_COLUMNS)), at)
    return rows[0] if rows else None


def _with_posts(rows: list[tuple[Any, ...]], at: datetime) -> list[Row]:
    held: dict[int, list[tuple[str, str]]] = {}
    seats = appointments_in_force(local_date(at)).filter(person__account__in=[row[0] for row in rows])
    for key, kind, area in seats.order_by("id").values_list("person__account", "post__kind", "post__area__name"):
        held.setdefault(key, []).append((kind, area or ""))
    return [Row._make((*row, tuple(held.get(row[0], ())))) for row in rows]


def open_sessions(key: int, at: datetime, *, seen_after: datetime) -> int:
    """In how many browsers somebody is signed in with this account."""
    return Session.objects.filter(account=key, ended_at=None, expires_at__gt=at, seen_at__gt=seen_after).count()


# What the audit reads -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """What the audit looks for; empty fields ask for everything."""

    what: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None


class Trace(NamedTuple):
    """One trace: who, in which role, did or read what, when and why."""

    id: int
    at: datetime
    role: str
    username: str
    post: int | None
    what: str
    subject: str
    because: str


def traces(kind: str, asked: Asked, *, before: int | None = None, limit: int = PAGE + 1) -> list[Trace]:
    """Traces of `deeds` or `reads`, the latest first; `before` is the id to go on from."""
    found: QuerySet[Any] = (Deed if kind == "deeds" else Read).objects.all()
    if asked.what:
        found = found.filter(what=asked.what)
    if asked.since:
        found = found.filter(at__gte=_midnight(asked.since))
    if asked.until:
        found = found.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    name = Account.objects.filter(pk=OuterRef("account")).values("username")
    found = found.annotate(username=Coalesce(Subquery(name), Value("")))
    if asked.words:
        by_name = Q(username__icontains=asked.words)
        found = found.filter(
            by_name | Q(subject__icontains=asked.words) if kind == "deeds" else by_name | _number(asked.words)
        )
    if before is not None:
        found = found.filter(pk__lt=before)
    last = "facts" if kind == "deeds" else "because"
    rows = found.order_by("-id").values_list("id", "at", "role", "username", "post", "what", "subject", last)[:limit]
    return [Trace._make((*row[:6], str(row[6] if row[6] is not None else ""), _facts(row[7]))) for row in rows]


def kinds_of_traces(kind: str) -> list[str]:
    """What there are traces of."""
    model: Any = Deed if kind == "deeds" else Read
    return list(model.objects.order_by("what").values_list("what", flat=True).distinct())


def _number(words: str) -> Q:
    return (
        Q(subject=int(words))
        if words.isascii() and words.isdigit() and len(words) < 19
        else Q(because__icontains=words)
    )


def _facts(kept: Any) -> str:
    if isinstance(kept, dict):
        return ", ".join(f"{name}: {value}" for name, value in kept.items() if value not in ("", None))
    return str(kept or "")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)
