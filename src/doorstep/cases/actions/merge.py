"""One case, many voices: a later report of the same thing joins the earlier one, and leaves it again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from doorstep.areas import queries as areas
from doorstep.cases.actions import voices
from doorstep.cases.actions.ledger import Entry, Held, find, held, hold, write
from doorstep.cases.models import Case, Event, Part
from doorstep.cases.queries import catalogue
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.lifecycle import By, Move, State, who_may
from doorstep.cases.rules.merge import Twin
from doorstep.cases.rules.merge import merge as decide
from doorstep.cases.rules.unmerge import stands_at
from doorstep.catalogue.item import Sensitivity
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.text import Message, as_json, say, text
from doorstep.core.time.zone import local_date


def merge(case: CaseId, into: CaseId, *, by: Actor, at: datetime) -> Entry:
    """A desk says that two are one: the earlier goes on with its promise, the later reporter is told with it."""
    target = find(into)
    voices.locked(into, at=at)
    with hold(case, by=by) as later:
        later.rule(Move.MERGE)
        because = decide(_twin(later.case), _twin(target))
        entry = later.done(
            Move.MERGE, at=at, facts={"into": target.pk, "because": as_json(because)}, merged_into_id=target.pk
        )
    voices.bring_along(case, into)
    _tell_the_other(target, say("cases-voice-added"), {"voices": 1}, by=by, at=at)
    return entry


def unmerge(case: CaseId, words: str, *, by: Actor, at: datetime) -> Entry:
    """They were two after all: the later goes on by itself from where it stood, under its own first promise."""
    with hold(case, by=by) as later:
        later.rule(Move.UNMERGE)
        joined = later.case.merged_into_id
        merged = Event.objects.filter(case=case, move=Move.MERGE).order_by("-seq")[:1].get()
        entry = later.done(
            Move.UNMERGE,
            at=at,
            words=blur(words).text,
            facts={"out_of": joined, "because": as_json(say("cases-unmerge-accepted"))},
            to=_where_it_stood(later, State(merged.from_state), at),
            merged_into_id=None,
            holder_unit_id=None,
            holder_due_at=None,
            look_again_at=at,
        )
    if joined is not None:
        voices.take_back(case, joined)
        _tell_the_other(find(CaseId(joined)), say("cases-voice-gone"), {"voices": -1}, by=by, at=at)
    return entry


def _where_it_stood(later: Held, before: State, at: datetime) -> State:
    place = areas.territory(local_date(at)).by_id.get(later.case.microgrid_id or 0)
    return stands_at(before, is_place_in_force=place is not None)


def _tell_the_other(case: Case, because: Message, facts: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """The reporter of the other case reads of it; one that has ended is left as it is."""
    if not case.is_open or By.DESK not in who_may(Move.NOTE, State(case.state)):
        return
    other = held(case, by)
    other.done(Move.NOTE, at=at, facts={**facts, "because": as_json(because)}, words=text(because))
    write([other], by=by)


def _twin(case: Case) -> Twin:
    item = catalogue().items.get(case.item)
    return Twin(
        number=case.number,
        item=case.item or None,
        community=str(case.community_id or ""),
        reported_at=case.reported_at,
        is_open=case.is_open,
        sensitive=item is not None and item.sensitivity is Sensitivity.SENSITIVE,
        is_part=Part.objects.filter(case=case.pk).exists(),
    )
