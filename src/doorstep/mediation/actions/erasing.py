"""What is kept goes: at the end of its term, or when a party asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.events.cases import CaseMoved
from doorstep.mediation.actions.choosing import own
from doorstep.mediation.actions.record import Held, hold
from doorstep.mediation.models import (
    Agreement,
    Contact,
    FollowUp,
    Letter,
    Mediation,
    Note,
    Party,
    Record,
    Session,
    Signature,
)
from doorstep.mediation.rules.course import OPEN, By, Move, State

BATCH: Final = 200


def erase_own(mediation: int, *, by: Actor, at: datetime) -> None:
    """By a party: their contact, name and words go. What still runs ends with it, for everybody, as a withdrawal.

    An agreement signed by all stays with the others until its term: it is theirs too.
    """
    with hold(mediation, by=by) as held:
        _erase(held, own(held), By.PARTY, at)


def erase_reporters_of(moved: Sequence[CaseMoved]) -> None:
    """By the machine: who has their case erased is erased in its mediation too."""
    cases = {int(each.case): each.heard_at for each in moved if each.move == "erase" and each.by_hat == "reporter"}
    if not cases:
        return
    found = Party.objects.filter(mediation__case__in=cases, is_reporter=True, erased_at=None)
    for party, file, case in list(found.values_list("pk", "mediation", "mediation__case")):
        with hold(file, by=WORKER) as held:
            own_party = next(each for each in held.parties if each.pk == party)
            _erase(held, own_party, By.MACHINE, cases[case or 0])


def erase_due(at: datetime) -> int:
    """By the machine: what has reached its end; how much went."""
    today = local_date(at)
    with acting_as(WORKER, because="erase what is over"):
        notes, _ = Note.objects.filter(erase_on__lte=today).delete()
        contacts, _ = Contact.objects.filter(party__mediation__contacts_until__lte=today).delete()
        over = Mediation.objects.filter(kept_until__lte=today, sealed_matter__isnull=False)
        files = list(over.values_list("pk", flat=True)[:BATCH])
    for file in files:
        with hold(file, by=WORKER) as held:
            erase_file(held, at)
    return int(notes) + int(contacts) + len(files)


def _erase(held: Held, party: Party, hat: By, at: datetime) -> None:
    if held.state in OPEN:
        # To be erased is to go: the others are told that it is over, and not why.
        Signature.objects.filter(agreement__mediation=held.file, agreement__sealed_at=None).delete()
        held.party = party
        held.done(Move.WITHDRAW, at=at, by=By.PARTY)
        held.tell_parties("stopped", say("mediation-told-stopped"), at=at, but=party)
        held.tell_case("stopped", at=at)
        party.withdrew_at = at
    held.party = party
    held.done(Move.ERASE, at=at, by=hat, facts={"party": party.number})
    Contact.objects.filter(party=party).delete()
    Letter.objects.filter(party=party).delete()
    FollowUp.objects.filter(party=party, answered_at=None).delete()
    FollowUp.objects.filter(party=party).update(sealed_words=None)
    party.sealed_name, party.erased_at = None, at
    party.save()
    if party.is_reporter or held.state == State.STOPPED:
        held.file.sealed_matter = None
        held.file.save(update_fields=["sealed_matter"])
    if held.file.agreed_at is None:
        # Nothing binds: texts in which the name stands go with it.
        Agreement.objects.filter(mediation=held.file).delete()


def erase_file(held: Held, at: datetime) -> None:
    """Whatever was said, written and signed in it goes; that it was, and when it moved, stays."""
    held.done(Move.ERASE, at=at, by=By.MACHINE, facts={"whole": True})
    file = held.file
    for gone in (Note, Record, Session, FollowUp):
        gone.objects.filter(mediation=file).delete()
    Signature.objects.filter(agreement__mediation=file).delete()
    Agreement.objects.filter(mediation=file).delete()
    Contact.objects.filter(party__mediation=file).delete()
    Letter.objects.filter(party__mediation=file).delete()
    Party.objects.filter(mediation=file).update(sealed_name=None, erased_at=at)
    file.sealed_matter, file.mediator_name = None, ""
    file.save()
