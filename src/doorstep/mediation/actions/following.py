"""Ask each party, on the days agreed, whether it is kept; and write down what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.events import tell
from doorstep.events.mediation import PartyTold
from doorstep.mediation.actions.choosing import own
from doorstep.mediation.actions.record import Held, hold
from doorstep.mediation.models import FollowUp, Mediation
from doorstep.mediation.rules.course import By, Move, State
from doorstep.mediation.rules.outcome import WAITS, AnswerRefused, is_over, outcome, read_answer
from doorstep.mediation.rules.parties import read_words
from doorstep.mediation.sealed import closed

BATCH: Final = 200
LONGEST_WORDS: Final = 1000


def answer(mediation: int, said: str, words: str, *, by: Actor, at: datetime) -> None:
    """By a party who was asked: kept, partly, or broken; the words are for the mediator."""
    with hold(mediation, by=by) as held:
        party = own(held)
        kept = read_answer(said)
        due = FollowUp.objects.filter(party=party, due_on__lte=local_date(at), answered_at=None).order_by("-due_on")
        row = due.first()
        if row is None:
            raise AnswerRefused(say("mediation-not-asked"), say("mediation-not-asked-try"))
        held.done(Move.FOLLOW, at=at, facts={"answer": kept, "due_on": row.due_on.isoformat()})
        row.answered_at, row.answer = at, kept
        row.sealed_words = closed(read_words(words, "words", LONGEST_WORDS)) if words.strip() else None
        row.save()
        _settle_if_over(held, at)


def ask_due(at: datetime) -> int:
    """By the machine: ask whoever is due, and settle what nobody answers any more; how many rows were looked at."""
    today = local_date(at)
    with acting_as(WORKER, because="follow up agreements"):
        due = list(
            FollowUp.objects.filter(due_on__lte=today, asked_at=None, mediation__state=State.AGREED)
            .order_by("id")
            .select_for_update(skip_locked=True)[:BATCH]
        )
        FollowUp.objects.filter(pk__in=[each.pk for each in due]).update(asked_at=at)
        message = say("mediation-told-follow")
        tell([PartyTold(each.party_id, f"follow/{each.due_on}", message, at) for each in due])
        waiting = Mediation.objects.filter(state=State.AGREED).exclude(follow_ups__due_on__gte=today - WAITS)
        files = list(waiting.values_list("pk", flat=True)[:BATCH])
    for file in files:
        with hold(file, by=WORKER) as held:
            _settle_if_over(held, at)
    return len(due) + len(files)


def _asked_on(row: FollowUp) -> date | None:
    return local_date(row.asked_at) if row.asked_at else None


def _settle_if_over(held: Held, at: datetime) -> None:
    """After the last day of asking: when all have answered, or nobody waits any more."""
    if held.state is not State.AGREED:
        return
    rows = list(FollowUp.objects.filter(mediation=held.file).order_by("due_on"))
    today = local_date(at)
    if any(each.answered_at is None and not is_over(_asked_on(each), today) for each in rows):
        return
    last = max(each.due_on for each in rows)
    came = outcome([each.answer for each in rows if each.due_on == last])
    held.file.outcome = came
    held.done(Move.SETTLE, at=at, by=By.MACHINE, facts={"outcome": came})
    if came == "broken":
        held.tell_parties("broken", say("mediation-told-broken"), at=at)
    if came in ("kept", "partly", "broken"):
        held.tell_case(came, at=at)
