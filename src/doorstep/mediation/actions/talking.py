"""Meet, keep the record, and note in confidence."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from doorstep.core.access import Actor, Role
from doorstep.core.text import Message, say
from doorstep.core.time.zone import local, local_date
from doorstep.core.turns import take_turn
from doorstep.mediation.actions.choosing import refuse_absent
from doorstep.mediation.actions.record import Held, hold
from doorstep.mediation.models import Mediation, Note, Record, Session
from doorstep.mediation.rules.course import OVER, Move, MoveRefused, NotYours
from doorstep.mediation.rules.keeping import OLDEST_NOTE
from doorstep.mediation.rules.meeting import MeetingRefused, read_meeting
from doorstep.mediation.rules.parties import PartyRefused, read_words
from doorstep.mediation.sealed import closed, opened

LONGEST_NOTE: Final = 5000


def meet(
    mediation: int, place: str, starts_at: datetime | None, minutes: int | None, *, by: Actor, at: datetime
) -> None:
    """By the mediator: all are invited; whoever does not come is asked nothing, and it is written nowhere."""
    with hold(mediation, by=by) as held:
        refuse_absent(held.file, by, at)
        where, starts, length = read_meeting(place, starts_at, minutes, at)
        # A button pressed twice: they meet once, and are invited once.
        same = Session.objects.filter(mediation=held.file, is_cancelled=False)
        if same.filter(place=where, starts_at=starts, minutes=length).exists():
            return
        held.done(Move.MEET, at=at, facts={"starts_at": starts.isoformat(), "minutes": length})
        row = Session.objects.create(mediation=held.file, place=where, starts_at=starts, minutes=length)
        held.tell_parties(f"meeting/{row.pk}/0", _told("mediation-told-meeting", starts, where), at=at)


def shift(
    session: int,
    place: str,
    starts_at: datetime | None,
    minutes: int | None,
    *,
    by: Actor,
    mediation: int,
    at: datetime,
) -> None:
    """By the mediator: another time or place; all are told the new one."""
    with hold(mediation, by=by) as held:
        row = _session(held, session, by, at)
        where, starts, length = read_meeting(place, starts_at, minutes, at)
        held.done(Move.SHIFT, at=at, facts={"starts_at": starts.isoformat(), "minutes": length})
        row.place, row.starts_at, row.minutes, row.turn = where, starts, length, row.turn + 1
        row.save()
        held.tell_parties(f"meeting/{row.pk}/{row.turn}", _told("mediation-told-moved", starts, where), at=at)


def cancel(session: int, *, by: Actor, mediation: int, at: datetime) -> None:
    """By the mediator: it does not take place."""
    with hold(mediation, by=by) as held:
        row = _session(held, session, by, at)
        held.done(Move.CANCEL, at=at, facts={"starts_at": row.starts_at.isoformat()})
        row.is_cancelled, row.turn = True, row.turn + 1
        row.save()
        held.tell_parties(
            f"meeting/{row.pk}/{row.turn}", _told("mediation-told-cancelled", row.starts_at, row.place), at=at
        )


def keep_record(mediation: int, words: str, *, both_agree: bool, by: Actor, at: datetime) -> None:
    """By the mediator: what both sides agreed may be read by both; without that it is a note in confidence."""
    with hold(mediation, by=by) as held:
        refuse_absent(held.file, by, at)
        kept = read_words(words, "words", LONGEST_NOTE)
        if not both_agree:
            raise PartyRefused(say("mediation-record-unagreed"), say("mediation-record-unagreed-try"), "agree")
        if _stands_last(Record.objects.filter(mediation=held.file), kept):
            return
        held.done(Move.RECORD, at=at)
        Record.objects.create(mediation=held.file, at=at, sealed=closed(kept))


def note(mediation: int, words: str, *, by: Actor, at: datetime) -> None:
    """By the mediator, for the mediator alone: the record does not even say that there is one."""
    if by.role is not Role.MEDIATOR or by.account is None:
        raise NotYours(say("mediation-not-yours"), say("mediation-not-yours-try"))
    file = Mediation.objects.filter(pk=mediation).first()
    if file is None:
        raise NotYours(say("mediation-not-yours"), say("mediation-not-yours-try"))
    refuse_absent(file, by, at)
    if file.state in OVER or file.accepted_at is None:
        raise MoveRefused(say("mediation-note-not-now"), say("mediation-over-try"))
    kept = read_words(words, "note", LONGEST_NOTE)
    take_turn("notes of", file.pk)
    if _stands_last(Note.objects.filter(mediation=file), kept):
        return
    Note.objects.create(
        mediation=file,
        account=by.account,
        at=at,
        sealed=closed(kept),
        erase_on=local_date(at) + OLDEST_NOTE,
    )


def _stands_last(kept: QuerySet[Any], words: str) -> bool:
    """Whether the latest of them says the very same: a button pressed twice."""
    last = kept.order_by("-pk").first()
    return last is not None and opened(last.sealed) == words


def _session(held: Held, session: int, by: Actor, at: datetime) -> Session:
    refuse_absent(held.file, by, at)
    row = Session.objects.filter(pk=session, mediation=held.file).first()
    if row is None or row.is_cancelled or row.starts_at <= at:
        raise MeetingRefused(say("mediation-meet-gone"), say("mediation-meet-gone-try"))
    return row


def _told(key: str, starts: datetime, place: str) -> Message:
    here = local(starts)
    when = say("parts-moment", month=here.month, day=here.day, time=f"{here:%H:%M}")
    return say(key, when=when, place=place)
