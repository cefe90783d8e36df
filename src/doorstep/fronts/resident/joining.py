"""While somebody writes: open cases near by that may be the same are offered to join, and whoever wishes joins one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from doorstep.areas import queries as areas
from doorstep.cases.actions.join import case_in, offer_of
from doorstep.cases.similar import Offered, offered
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.text import Message, language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.parts import Choice
from doorstep.fronts.resident.forms import pin_in
from doorstep.fronts.templatetags.words import said

if TYPE_CHECKING:
    from doorstep.areas.models import Door


@dataclass(frozen=True)
class Joinable:
    """The cases that may be joined, as choices of one question, and which was chosen. None of them, as a rule."""

    choices: tuple[Choice, ...]
    chosen: str = ""


def joinable(answers: Mapping[str, str], item: str | None, door: Door | None, *, at: datetime) -> Joinable | None:
    """What is offered for the answers so far; None when nothing near by is like it."""
    words, point = asked.text(answers, "words"), _point(answers, door)
    found = offered(words, item, *point, at=at) if words and point else ()
    if not found:
        return None
    offers = {each.case: offer_of(each.case, at=at) for each in found}
    wanted = case_in(answers.get("join", ""), at=at)
    choices = [Choice(offers[each.case], _title(each), _described(each, at)) for each in found]
    none = Choice("", say("resident-similar-none"))
    return Joinable((*choices, none), offers.get(wanted or 0, ""))


def _point(answers: Mapping[str, str], door: Door | None) -> tuple[float, float] | None:
    if pin := pin_in(answers):
        return pin
    code = asked.line(answers, "door", 12)
    if door is None and code:
        with acting_as(ANONYMOUS):
            door = areas.door(code)
    return (door.lon, door.lat) if door is not None else None


def _title(each: Offered) -> Message:
    return say("resident-similar-one", item=each.item.name.said(language()))


def _described(each: Offered, at: datetime) -> str:
    where = (
        say("resident-similar-where", microgrid=said(each.microgrid), metres=each.within_m)
        if each.microgrid
        else say("resident-similar-within", metres=each.within_m)
    )
    days = (local_date(at) - local_date(each.reported_at)).days
    parts = [where, say("resident-similar-when", days=days), say(f"cases-state-{each.state}")]
    if each.voices:
        parts.append(say("resident-similar-voices", count=each.voices + 1))
    return " · ".join(str(part) for part in parts)
