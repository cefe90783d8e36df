"""How a desk speaks of cases: spans of time, tones, and names from the data in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from doorstep.cases.actions.dispatch import PART
from doorstep.cases.queries import catalogue
from doorstep.cases.queue import Row
from doorstep.catalogue.item import Handler
from doorstep.core.text import Message, language, say, text
from doorstep.fronts.staff.frame import frame

SOON = timedelta(hours=4)

TONE_OF_STATE = {
    "reported": "quiet",
    "located": "quiet",
    "classified": "quiet",
    "dispatched": "waiting",
    "taken": "moving",
    "done": "waiting",
    "verified": "done",
    "closed": "done",
    "merged": "quiet",
    "withdrawn": "quiet",
}


class Due(NamedTuple):
    """When something is due, in words, and how alarming that is."""

    tone: str
    words: Message


def span(length: timedelta) -> Message:
    """A length of time as one says it: minutes, hours or days."""
    minutes = int(abs(length).total_seconds() // 60)
    if minutes < 60:
        return say("desk-span-minutes", count=minutes)
    if minutes < 48 * 60:
        return say("desk-span-hours", count=minutes // 60)
    return say("desk-span-days", count=minutes // (24 * 60))


def due(row: Row, at: datetime) -> Due:
    """Who is due when with this case."""
    if not row.is_open and row.answered_by is None:
        return Due(TONE_OF_STATE[row.state], say(f"cases-state-{row.state}"))
    answer_by = row.answer_by(at)
    if row.answered_by is not None and answer_by is not None:
        name, tone = ("late", "alarm") if answer_by < at else ("left", "waiting")
        return Due(tone, say(f"waiting-due-{name}", who=answerer(row.answered_by), span=span(answer_by - at)))
    if row.answered_by is not None:
        return Due("waiting", say("desk-due-asked", who=answerer(row.answered_by), span=span(at - row.reported_at)))
    if row.state in ("done", "verified"):
        return Due("quiet", say("desk-due-verdict"))
    if row.holder_due_at is None:
        return Due("quiet", say("desk-due-machine"))
    if row.paused_until is not None:
        return Due("quiet", say("clocks-due-paused", span=span(row.paused_until - at)))
    left = row.holder_due_at - at
    if left < timedelta():
        return Due("alarm", say("desk-due-late", span=span(left)))
    return Due("waiting" if left < SOON else "quiet", say("desk-due-left", span=span(left)))


def answerer(who: str) -> Message:
    """Who answers a question."""
    return say(f"desk-answerer-{who}")


def item_name(item: str) -> Message | str:
    """The item's name; cases that are not classified yet have none."""
    known = catalogue().items.get(item)
    return known.name.said(language()) if known else say("desk-no-item")


def handler(each: Handler) -> str:
    """A level that may act, and for a department which one."""
    if each.department:
        return catalogue().departments[each.department].name.said(language())
    return text(say(f"desk-level-{each.level}"))


def source_name(source: str) -> str:
    """By which way a case came."""
    if source == PART:
        return text("calling-source")
    named: Mapping[Any, Any] = catalogue().sources
    return str(named[source].said(language())) if source in named else source


def classes() -> list[tuple[str, str]]:
    """The classes of the first level, by code."""
    return [
        (code, f"{code} {each.name.said(language())}") for code, each in catalogue().classes.items() if len(code) == 2
    ]


def items() -> list[tuple[str, str]]:
    """The items of the catalogue with their classes, in the order of the classes."""
    everything = catalogue()
    return [
        (item.id, f"{everything.classes[item.class_code[:2]].name.said(language())} · {item.name.said(language())}")
        for item in sorted(everything.offered.values(), key=lambda item: item.class_code)
    ]


def drawn(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page inside the frame of whoever is signed in."""
    around = {**frame(request), "at": request.at}  # type: ignore[attr-defined]
    return render(request, template, {**around, **context}, status=status)
