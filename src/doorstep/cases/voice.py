"""What a voice may know of the case that it joined: how it goes on, and what its handlers say to all who asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from doorstep.cases.models import Case, Event, Said
from doorstep.cases.rules.lifecycle import By, Move, State
from doorstep.cases.rules.objecting import may_object
from doorstep.catalogue.item import Limits
from doorstep.core.access import WORKER, acting_as

# How it was understood came from the first reporter's own words, and where it is may be their door.
UNTOLD: Final = frozenset({Move.REPORT, Move.LOCATE, Move.CLASSIFY, Move.MERGE, Move.WITHDRAW})


@dataclass(frozen=True)
class Joined:
    """The earlier case that a case was merged into, as far as its voices may know it."""

    number: str
    state: str
    outcome: str
    item: str
    promised_by: datetime | None
    ended_at: datetime | None
    voices: int
    life: Sequence[Event]
    words: Mapping[int, str]

    def may_object(self, own: Sequence[Event], at: datetime, limits: Limits) -> bool:
        """Whether the voice with this ledger can still say that it is not solved."""
        endings = [event.seq for event in self.life if event.move in (Move.DO, Move.CLOSE)]
        objected = {event.facts.get("objects_to") for event in own}
        return may_object(
            State(self.state),
            ended_at=self.ended_at,
            at=at,
            limits=limits,
            has_objected=bool(endings) and endings[-1] in objected,
        )


def joined_by(case: Case) -> Joined | None:
    """The case that this one joined; None when it goes its own way.

    A voice holds no link of that case: how it stands is theirs to know, its reporter's words are not.
    """
    if case.merged_into_id is None:
        return None
    with acting_as(WORKER):
        of = Case.objects.get(pk=case.merged_into_id)
        told = Event.objects.filter(case=of.pk, by_hat__in=[By.HOLDER, By.DESK, By.MACHINE]).exclude(move__in=UNTOLD)
        life = [event for event in told.order_by("seq") if "voices" not in event.facts]
        said = Said.objects.filter(case=of.pk, for_reporter=True, seq__in=[event.seq for event in life])
        words = dict(said.values_list("seq", "words"))
    return Joined(
        of.number, of.state, of.outcome, of.item, of.promised_by, of.ended_at, of.voices, _heard(life, words), words
    )


def _heard(life: Sequence[Event], words: Mapping[int, str]) -> list[Event]:
    """Notes that were meant for colleagues stay with them."""
    return [event for event in life if event.move != Move.NOTE or event.seq in words]
