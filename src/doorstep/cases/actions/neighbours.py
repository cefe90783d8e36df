"""Call neighbours who signed up to a case: a few, then a few more; they say that they come, or nothing at all.

The case keeps its holder and its clocks. The ledger says that neighbours were called, how many are coming and why the
call ended; never who.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from doorstep.areas import names
from doorstep.cases.actions import ledger
from doorstep.cases.actions.ledger import Entry, MoveRefused, hold
from doorstep.cases.models import Asked, NeighbourCall, Part
from doorstep.cases.neighbours import COMING, NOT_NOW, facts_of, posts_of, ready_in, seat_of
from doorstep.cases.queries import calendar, catalogue
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.lifecycle import ENDED, By, Move
from doorstep.cases.rules.neighbours import (
    REMEMBERED,
    WAVE_LASTS,
    Call,
    Over,
    next_asked,
    over,
    refuse_call,
    refuse_nobody,
)
from doorstep.cases.rules.neighbours import NeighboursRefused as NeighboursRefused
from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.ids import CaseId
from doorstep.core.text import Message, as_json, say, text
from doorstep.core.time.zone import local_date
from doorstep.events import tell
from doorstep.events.cases import CaseMoved, NeighboursAsked

BATCH = 50


def call(
    case: CaseId, wanted: str, words: str, place: str, *, by: Actor, at: datetime, number: int = 1, hours: int = 2
) -> Entry:
    """By the holder or a desk: `words` say what is needed, `place` is told to those who come, `number` is enough."""
    with hold(case, by=by) as held:
        _refuse_others(held)
        row = held.case
        item = catalogue().items.get(row.item)
        asked_for = refuse_call(
            item, wanted, words, place, number, hours, kept_from=row.kept_from, is_part=_is_part(case)
        )
        if row.grid_id is None:
            raise NeighboursRefused(say("neighbours-nowhere"), say("neighbours-nowhere-try"))
        with acting_as(WORKER):
            facts = Call(row.number, asked_for, row.microgrid_id, row.grid_id, number)
            first = next_asked(facts, ready_in(row.grid_id, local_date(at)), asked=(), at=at, calendar=calendar(at))
            refuse_nobody(first)
        because = say("neighbours-called", help=say(f"neighbours-help-{asked_for}"), wanted=number)
        entry = held.done(
            Move.NOTE,
            at=at,
            facts={"neighbours": "called", "help": str(asked_for), "wanted": number, "because": as_json(because)},
            words=blur(words).text,
            for_reporter=False,
        )
        with acting_as(WORKER):
            made = _kept(
                NeighbourCall(
                    case_id=case,
                    seq=entry.seq,
                    help=str(asked_for),
                    wanted=number,
                    grid_id=row.grid_id,
                    microgrid_id=row.microgrid_id,
                    caller_id=by.unit,
                    place=" ".join(place.split())[:200],
                    called_at=at,
                    until=at + timedelta(hours=hours),
                    look_again_at=at + WAVE_LASTS,
                )
            )
            _ask(made, [each.appointment for each in first], at)
        return entry


def _kept(made: NeighbourCall) -> NeighbourCall:
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        # Pressed twice: the first call is the call.
        raise NeighboursRefused(say("neighbours-called-already"), say("neighbours-called-already-try")) from error
    return made


def call_off(case: CaseId, words: str = "", *, by: Actor, at: datetime) -> Entry:
    """By the holder or a desk: nobody more is needed. Who said that they come is still shown."""
    with hold(case, by=by) as held:
        _refuse_others(held)
        with acting_as(WORKER):
            open_call = NeighbourCall.objects.filter(case=case, over="").select_for_update().first()
            if open_call is None:
                raise NeighboursRefused(say("neighbours-not-called"), say("neighbours-not-called-try"))
            _end(open_call, Over.CALLED_OFF)
        because = say("neighbours-over-called-off")
        return held.done(
            Move.NOTE,
            at=at,
            facts={"neighbours": "over", "over": str(Over.CALLED_OFF), "because": as_json(because)},
            words=blur(words).text.strip() or text(because),
            for_reporter=False,
        )


def answer(call: int, comes: bool, *, by: Actor, at: datetime) -> None:
    """By somebody who was asked: I come, or not now. A no needs no reason, moves nothing and is forgotten."""
    seat = seat_of(by, at)
    with acting_as(WORKER):
        row = NeighbourCall.objects.filter(pk=call).first()
        with ledger.hold_these([row.case_id] if row else []) as helds:
            mine = Asked.objects.select_related("call").filter(call=call, appointment=seat).first() if helds else None
            if mine is None or helds[0].state in ENDED:
                raise NeighboursRefused(say("neighbours-not-asked"), say("neighbours-not-asked-try"))
            was_coming = mine.answer == COMING
            mine.answer = COMING if comes else NOT_NOW
            mine.save(update_fields=["answer"])
            now = facts_of(mine.call, helds[0].case.number)
            if comes != was_coming:
                _write(helds[0], "coming", {"coming": now.coming}, say("neighbours-coming", count=now.coming), at)
            # Whoever cannot come makes room for the next to be asked.
            _go_on(mine.call, helds[0], now, at)
        ledger.announce(helds)


def step_back(seat: int) -> None:
    """Whoever takes back their word is asked by no call any more; read as the machine."""
    Asked.objects.filter(appointment=seat).exclude(answer=COMING).delete()


# By machine -----------------------------------------------------------------------------------------------------------


def look_again(at: datetime, limit: int = BATCH) -> int:
    """Ask the next few where too few come, end what has run out, and forget who came to what is long over."""
    with acting_as(WORKER):
        due = NeighbourCall.objects.filter(look_again_at__lte=at).order_by("look_again_at")
        cases = list(due.values_list("case_id", flat=True)[:limit])
        if not cases:
            return 0
        with ledger.hold_these(cases) as helds:
            by_case = {held.case.pk: held for held in helds}
            for row in due.filter(case__in=cases).select_related("microgrid", "grid").order_by("pk"):
                if row.over:
                    _forget([row])
                else:
                    held = by_case[row.case_id]
                    _go_on(row, held, facts_of(row, held.case.number), at)
            ledger.announce(helds)
    return len(cases)


def follow(moved: Sequence[CaseMoved]) -> None:
    """Of cases that were done or ended, or whose words went, nothing is known of any neighbour any more."""
    gone = {event.case for event in moved if event.to_state in ENDED or event.move in (Move.DO, Move.ERASE)}
    if gone:
        _forget(list(NeighbourCall.objects.filter(case__in=gone, look_again_at__isnull=False)))


def _go_on(row: NeighbourCall, held: ledger.Held, now: Call, at: datetime) -> None:
    """End the call if it is over, else ask the next few; the ledger is told when there is nobody left to ask."""
    if row.over:
        return
    ends = over(now, until=row.until, at=at)
    if ends is not None:
        _end(row, ends)
        _write(held, "over", {"over": str(ends)}, say(f"neighbours-over-{ends}", count=now.coming), at)
        return
    asked = list(Asked.objects.filter(call=row).values_list("appointment_id", flat=True))
    waiting = Asked.objects.filter(call=row, answer="").count()
    missing = now.wanted - now.coming
    is_wave_over = row.look_again_at is not None and row.look_again_at <= at
    if not is_wave_over and waiting >= missing:
        return
    ready = ready_in(row.grid_id, local_date(at))
    following = next_asked(now, ready, asked=asked, at=at, calendar=calendar(at))
    if following:
        _ask(row, [each.appointment for each in following], at)
        row.look_again_at = min(at + WAVE_LASTS, row.until)
    else:
        if row.look_again_at != row.until:
            _write(held, "nobody-left", {}, say("neighbours-nobody-left"), at)
        row.look_again_at = row.until
    row.save(update_fields=["look_again_at"])


def _ask(row: NeighbourCall, appointments: Sequence[int], at: datetime) -> None:
    Asked.objects.bulk_create(Asked(call=row, appointment_id=each) for each in appointments)
    area = row.microgrid or row.grid
    posts = posts_of(appointments)
    tell([NeighboursAsked(call=row.pk, help=row.help, area=names.said(area.name), posts=posts, at=at)])


def _end(row: NeighbourCall, why: Over) -> None:
    """Nobody more is asked; of everybody but those who come it is forgotten that they were."""
    row.over = str(why)
    row.look_again_at = row.until + REMEMBERED
    row.save(update_fields=["over", "look_again_at"])
    Asked.objects.filter(call=row).exclude(answer=COMING).delete()


def _forget(rows: Sequence[NeighbourCall]) -> None:
    for row in rows:
        row.over, row.place, row.look_again_at = row.over or str(Over.CASE), "", None
        row.save(update_fields=["over", "place", "look_again_at"])
    Asked.objects.filter(call__in=rows).delete()


def _write(held: ledger.Held, what: str, facts: dict[str, object], because: Message, at: datetime) -> None:
    """Where the lifecycle still takes a note: a case that is over needs none."""
    if held.state not in ENDED:
        held.done(Move.NOTE, at=at, facts={"neighbours": what, **facts, "because": as_json(because)})


def _refuse_others(held: ledger.Held) -> None:
    """Neighbours are called by whoever holds the case or steers it."""
    held.rule(Move.NOTE)
    if not held.hats & {By.HOLDER, By.DESK}:
        raise MoveRefused(say("neighbours-not-yours"), say("neighbours-not-yours-try"))


def _is_part(case: CaseId) -> bool:
    return Part.objects.filter(case=case).exists()
