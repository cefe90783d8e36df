"""Alarms about views in bulk: read by the security administrator, and answered with what it was."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import OuterRef, Subquery

from doorstep.core.access import Actor, audit
from doorstep.core.access.models import Alarm
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.staff.models import Account, Post

MOST: Final = 100
SHORTEST_WORDS: Final = 4


class AlarmRefused(Refusal):
    """Nothing was found out, or somebody else was first."""


class Raised(NamedTuple):
    """One alarm, with whose sign-in and which post."""

    alarm: Any
    username: str
    post_kind: str
    place: str


def alarms() -> list[Raised]:
    """The latest first."""
    post = Post.objects.filter(pk=OuterRef("post"))
    rows = Alarm.objects.annotate(
        username=Subquery(Account.objects.filter(pk=OuterRef("account")).values("username")),
        post_kind=Subquery(post.values("kind")),
        place=Subquery(post.values("unit__name")),
    ).order_by("-id")[:MOST]
    return [Raised(each, each.username or "", each.post_kind or "", each.place or "") for each in rows]


def answer_alarm(alarm: int, words: str, *, by: Actor, at: datetime) -> None:
    """Somebody found out what it was; said once."""
    words = words.strip()
    if len(words) < SHORTEST_WORDS:
        raise AlarmRefused(say("shield-alarm-without-words"), where="words")
    changed = Alarm.objects.filter(pk=alarm, answered_at=None).update(
        answered_at=at, answered_by=by.account, words=words[:200]
    )
    if not changed:
        raise AlarmRefused(say("shield-alarm-gone"))
    audit.deed("answered-alarm", str(alarm), by=by, at=at, facts={"words": words[:200]})
