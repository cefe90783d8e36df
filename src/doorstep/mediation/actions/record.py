"""The one way to write the record of a mediation: hold it, make a move that the table knows, tell those it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.access.roles import DESKS
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.core.time.zone import local_date
from doorstep.events import tell
from doorstep.events.mediation import MediationCame, MediatorAsked, PartyTold
from doorstep.mediation.models import Event, FollowUp, Mediation, Note, Party
from doorstep.mediation.rules.chain import Row, row_hash
from doorstep.mediation.rules.course import OVER, By, Move, NotYours, State, moved
from doorstep.mediation.rules.keeping import ends


class MediationNotFound(Refusal):
    """There is none of that number for whoever asks."""

    status = 404


def hat_of(by: Actor) -> By:
    """Under which hat somebody acts; whoever is none of them may not."""
    if by.role is Role.PARTY:
        return By.PARTY
    if by.role is Role.MEDIATOR:
        return By.MEDIATOR
    if by.role in DESKS:
        return By.DESK
    if by.role is Role.WORKER:
        return By.MACHINE
    raise NotYours(say("mediation-not-yours"), say("mediation-not-yours-try"))


@dataclass
class Held:
    """A mediation in one hand: nobody else moves it until the transaction ends."""

    file: Mediation
    by: Actor
    party: Party | None = None
    parties: list[Party] = field(default_factory=list)

    @property
    def state(self) -> State:
        return State(self.file.state)

    def done(self, move: Move, *, at: datetime, by: By | None = None, facts: Mapping[str, Any] | None = None) -> None:
        """Make the move and write its row."""
        hat = by or hat_of(self.by)
        to = moved(move, self.state, hat)
        _write(
            self.file,
            move,
            to,
            hat,
            at,
            self.by,
            self.party.number if self.party and hat is By.PARTY else None,
            facts or {},
        )
        if to in OVER:
            _end(self.file, at)

    def tell_parties(self, about: str, message: Message, *, at: datetime, but: Party | None = None) -> None:
        """A letter to each who still takes part, each in their own language; none to whoever did it."""
        tell([PartyTold(each.pk, about, message, at) for each in self.parties if but is None or each.pk != but.pk])

    def tell_case(self, came: str, *, at: datetime) -> None:
        """The case that it came from hears of it, if there is one."""
        if self.file.case is not None:
            tell([MediationCame(self.file.pk, self.file.number, CaseId(self.file.case), came, at)])

    def tell_posts(self, posts: tuple[int, ...], about: str, message: Message, *, at: datetime) -> None:
        """Those who hold these posts hear that something waits for them."""
        tell([MediatorAsked(self.file.pk, posts, about, message, at)])


@contextmanager
def hold(mediation: int, *, by: Actor) -> Iterator[Held]:
    """The mediation, if whoever asks may see it; inside, the machine's hand writes and no other can."""
    if by.role is not Role.WORKER and not Mediation.objects.filter(pk=mediation).exists():
        raise MediationNotFound(say("mediation-none"), say("mediation-none-try"))
    with acting_as(WORKER, because="mediation"):
        file = Mediation.objects.select_for_update().filter(pk=mediation).first()
        if file is None:
            raise MediationNotFound(say("mediation-none"), say("mediation-none-try"))
        parties = list(Party.objects.filter(mediation=file).order_by("number"))
        own = next((each for each in parties if by.role is Role.PARTY and each.pk == by.link), None)
        yield Held(file, by, own, parties)


def begin(file: Mediation, *, by: Actor, hat: By, at: datetime, facts: Mapping[str, Any]) -> None:
    """The first row; a resident who asks is the first party."""
    file.state, file.seq = State.NEW, 0
    first = 1 if hat is By.PARTY else None
    _write(file, Move.REQUEST, moved(Move.REQUEST, State.NEW, hat), hat, at, by, first, facts)


def _write(
    file: Mediation,
    move: Move,
    to: State,
    hat: By,
    at: datetime,
    by: Actor,
    number: int | None,
    facts: Mapping[str, Any],
) -> None:
    before = Event.objects.filter(mediation=file, seq=file.seq).values_list("hash", flat=True).first()
    row = Row(file.pk, file.seq + 1, move, file.state, to, at, hat, by.post, number, facts)
    prev = bytes(before) if before is not None else None
    Event.objects.create(
        mediation=file,
        seq=row.seq,
        move=move,
        from_state=row.from_state,
        to_state=to,
        at=at,
        by_hat=hat,
        by_post=by.post,
        by_party=number,
        facts=dict(facts),
        prev_hash=prev,
        hash=row_hash(prev, row),
    )
    file.seq, file.state = row.seq, to
    file.save()


def _end(file: Mediation, at: datetime) -> None:
    """What is kept of it has an end from now on."""
    contacts, notes, kept = ends(local_date(at))
    file.ended_at, file.contacts_until, file.kept_until = at, contacts, kept
    file.save()
    Note.objects.filter(mediation=file, erase_on__gt=notes).update(erase_on=notes)
    if file.state != State.SETTLED:
        FollowUp.objects.filter(mediation=file, answered_at=None).delete()
