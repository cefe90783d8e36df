"""Give a link to whoever a unit without accounts sends, take it back, and know who comes by it.

Only the hash of its secret is kept. It dies by itself when its time is over, when the case leaves the unit, and when
the case ends; that it was given, and when it was first opened, is kept in the audit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from doorstep.cases.actions import ledger
from doorstep.cases.actions.ledger import CaseNotFound, hold
from doorstep.cases.models import Case, Event, OutsideLink, Part
from doorstep.cases.rules.hats import hats_of
from doorstep.cases.rules.lifecycle import By, Move, State
from doorstep.cases.rules.outside import (
    End,
    OutsideRefused,
    end_after,
    refuse_giving,
    refuse_over,
)
from doorstep.cases.rules.outside import LinkOver as LinkOver
from doorstep.cases.rules.sending_link import Sending, how_sent
from doorstep.core.access import WORKER, Actor, acting_as, audit, outside_handler
from doorstep.core.access.links import LinkRefused, hash_of_outside, outside_token
from doorstep.core.ids import CaseId
from doorstep.core.text import Message, say, text
from doorstep.core.time.zone import local
from doorstep.events import tell
from doorstep.events.cases import CaseMoved, LinkEnded, LinkToSend
from doorstep.staff.duty import duty_of
from doorstep.staff.models import Unit


class Given(NamedTuple):
    """A new link: its secret is told this once, and is not known afterwards."""

    id: int
    token: str
    unit: str
    until: datetime
    sending: Sending | None = None


def give(case: CaseId, days: int | None, *, by: Actor, at: datetime, send: str = "", to: str = "") -> Given:
    """By the desk, by who holds the case, or by who called its holder: a link for the unit that has it.

    One link lives at a time: a new one ends the one before. `send` is one of `WAYS`, or nothing for whoever passes it
    on by hand; `to` is the address that was typed for this once.
    """
    found = ledger.find(case)
    unit = Unit.objects.filter(pk=found.holder_unit_id or 0).first()
    told_on = _told_on(found, by)
    refuse_giving(State(found.state), unit.kind if unit else None, days)
    assert unit is not None and days is not None
    sending = _how_sent(unit.pk, send, to)
    token, until = outside_token(), at + timedelta(days=days)
    facts = {"link_for": unit.pk, "until": until.isoformat(), **({"sent": sending.channel} if sending else {})}
    _write_down(told_on, found, say("outside-given", unit=unit.name, until=_day(until)), facts, by=by, at=at)
    with acting_as(WORKER, because="give a link"):
        _end(OutsideLink.objects.filter(case=case), End.REPLACED, at)
        link = OutsideLink.objects.create(
            case_id=case,
            unit=unit,
            token_hash=hash_of_outside(token),
            given_unit_id=by.unit,
            given_post=by.post,
            given_at=at,
            until=until,
        )
        if sending:
            tell([LinkToSend(link.pk, sending.channel, sending.to, token, at)])
    audit.deed("gave-outside-link", f"link {link.pk}", by=by, at=at, facts={"case": found.number, "unit": unit.pk})
    return Given(link.pk, token, unit.name, until, sending)


def _how_sent(unit: int, send: str, to: str) -> Sending | None:
    duty = duty_of(unit)
    return how_sent(send, to, has_phone=bool(duty.phone), has_email=bool(duty.email))


def withdraw(link: int, *, by: Actor, at: datetime) -> None:
    """By whoever might give it: it opens nothing any more."""
    kept = find(link)
    found = ledger.find(CaseId(kept.case_id))
    told_on = _told_on(found, by)
    if kept.ended_at is not None:
        raise OutsideRefused(say("outside-withdrawn-before"), say("outside-withdrawn-before-try"))
    unit = Unit.objects.get(pk=kept.unit_id)
    _write_down(told_on, found, say("outside-taken-back", unit=unit.name), {"link_back": link}, by=by, at=at)
    with acting_as(WORKER, because="withdraw a link"):
        _end(OutsideLink.objects.filter(pk=link), End.WITHDRAWN, at)
    audit.deed("withdrew-outside-link", f"link {link}", by=by, at=at, facts={"case": found.number})


def find(link: int) -> OutsideLink:
    """The link, as far as whoever asks sees its case."""
    kept = OutsideLink.objects.filter(pk=link).only("id", "case_id", "unit_id", "until", "ended_at").first()
    if kept is None:
        raise CaseNotFound(say("outside-no-link"), say("outside-no-link-try"))
    return kept


def refuse_stranger(link: OutsideLink, by: Actor) -> None:
    """Only whoever might give the link may have it sent again."""
    _told_on(ledger.find(CaseId(link.case_id)), by)


def _told_on(case: Case, by: Actor) -> CaseId:
    """The case on which it is written that a link was given: this one, or the one that it is a part of.

    Whoever called a unit gives it a link too, and writes on the case that they hold themselves.
    """
    if hats_of(by, case.holder_unit_id) & {By.DESK, By.HOLDER}:
        return CaseId(case.pk)
    whole = Part.objects.filter(case=case.pk).values_list("whole_id", "whole__holder_unit_id").first()
    if whole is not None and By.HOLDER in hats_of(by, whole[1]):
        return CaseId(whole[0])
    raise OutsideRefused(say("outside-not-you"), say("outside-not-you-try"))


def _write_down(told_on: CaseId, case: Case, said: Message, facts: dict[str, Any], *, by: Actor, at: datetime) -> None:
    with hold(told_on, by=by) as held:
        held.done(Move.NOTE, at=at, words=text(said), for_reporter=False, facts={**facts, "of": case.number})


def _day(until: datetime) -> str:
    return local(until).date().isoformat()


# Whoever comes by a link ----------------------------------------------------------------------------------------------


def enter(token: str, *, at: datetime) -> Actor:
    """Who holds this link; the first time that it is opened is kept. What opens nothing says why."""
    hashed = hash_of_outside(token)
    with acting_as(WORKER, because="a link is opened"):
        link = OutsideLink.objects.filter(token_hash=hashed).first()
        if link is None:
            raise LinkRefused(say("outside-refused"), say("outside-refused-try"))
        refuse_over(link.until, link.ended_because, at)
        handler = outside_handler(link.case_id, unit=link.unit_id, link=link.pk)
        if OutsideLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=at):
            audit.deed("opened-outside-link", f"link {link.pk}", by=handler, at=at, facts={"unit": link.unit_id})
    return handler


def is_made(handler: Actor, move: Move, seen: int | None) -> bool:
    """Whether this link has made this move since its page was seen: the same form has arrived twice."""
    since = Event.objects.filter(case=handler.case, move=move, facts__link=handler.link, seq__gt=seen or 0)
    return seen is not None and since.exists()


# What ends a link -----------------------------------------------------------------------------------------------------


def follow_links(moved: Sequence[CaseMoved]) -> None:
    """By machine: the link of a case dies when the case leaves the unit, and when it ends."""
    links = {row.case_id: row for row in OutsideLink.objects.filter(case__in={e.case for e in moved}, ended_at=None)}
    for event in moved:
        link = links.get(event.case)
        if link is None:
            continue
        stays = event.facts.get("unit") == link.unit_id
        end = end_after(event.move, event.from_state, event.to_state, stays=stays)
        if end is not None:
            _end(OutsideLink.objects.filter(pk=link.pk), end, event.heard_at)


def end_links_of(units: Collection[int], at: datetime) -> None:
    """By machine: a unit that acts no more comes by no link."""
    _end(OutsideLink.objects.filter(unit__in=units), End.MOVED, at)


def _end(links: Any, because: End, at: datetime) -> None:
    ended = list(links.filter(ended_at=None).values_list("pk", flat=True))
    if ended:
        OutsideLink.objects.filter(pk__in=ended).update(ended_at=at, ended_because=str(because))
        tell([LinkEnded(link) for link in ended])
