"""Choose who mediates: the desk names somebody, the mediator answers for ties, and every party says yes or no."""

from __future__ import annotations

from datetime import datetime

from doorstep.core.access import Actor
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.mediation.actions.record import Held, hold
from doorstep.mediation.models import Agreement, Mediation, Note, Party
from doorstep.mediation.queries import is_in_post, mediators_for
from doorstep.mediation.rules.conflict import ConflictRefused, read_tie, refuse_tie
from doorstep.mediation.rules.course import By, Move, NotYours
from doorstep.mediation.rules.parties import Standing, may_begin
from doorstep.staff.queries import posts_near


def propose(mediation: int, account: int, *, by: Actor, at: datetime) -> None:
    """By the desk: this mediator, for all parties to say yes or no to. Whatever was said of another counts no more."""
    with hold(mediation, by=by) as held:
        chosen = next((each for each in mediators_for(held.file.community_id, at) if each.account == account), None)
        if chosen is None:
            raise ConflictRefused(say("mediation-no-mediator"), say("mediation-no-mediator-try"), "mediator")
        held.done(Move.PROPOSE, at=at, facts={"post": chosen.post})
        _without_mediator(held)
        file = held.file
        file.mediator_account, file.mediator_post, file.mediator_name = chosen.account, chosen.post, chosen.name
        file.save()
        held.tell_posts((chosen.post,), f"mediation/{file.pk}/{file.seq}", say("mediation-told-mediator"), at=at)


def accept(mediation: int, tie: str, *, by: Actor, at: datetime) -> None:
    """By the mediator who was named: no tie to any party, and willing. Then the parties are asked."""
    with hold(mediation, by=by) as held:
        refuse_absent(held.file, by, at)
        refuse_tie(tie)
        held.done(Move.ACCEPT, at=at, facts={"tie": "none"})
        held.file.accepted_at = at
        held.file.save()
        held.tell_parties(f"mediator/{held.file.seq}", say("mediation-told-choose"), at=at)


def decline(mediation: int, tie: str, *, by: Actor, at: datetime) -> None:
    """By the mediator: tied to a party, or not able; the desk finds another, and what was noted in confidence goes."""
    with hold(mediation, by=by) as held:
        why = read_tie(tie)
        held.done(Move.DECLINE, at=at, facts={"tie": why})
        _without_mediator(held)
        _ask_desk(held, at)
        held.tell_parties(f"another/{held.file.seq}", say("mediation-told-another"), at=at)


def consent(mediation: int, *, to_mediation: bool, to_mediator: bool, by: Actor, at: datetime) -> None:
    """By a party: yes to mediation, and to this mediator. When all have said both, it begins."""
    with hold(mediation, by=by) as held:
        party = own(held)
        if to_mediator and held.file.accepted_at is None:
            raise ConflictRefused(say("mediation-nobody-yet"), say("mediation-nobody-yet-try"))
        if not (to_mediation or to_mediator):
            raise ConflictRefused(say("mediation-nothing-ticked"), say("mediation-nothing-ticked-try"))
        held.done(Move.CONSENT, at=at, facts={"mediation": to_mediation, "mediator": to_mediator})
        if to_mediation and party.consented_at is None:
            party.consented_at = at
        if to_mediator and party.accepted_mediator_at is None:
            party.accepted_mediator_at = at
        party.save()
        _begin_if_all(held, at)


def object_to_mediator(mediation: int, *, by: Actor, at: datetime) -> None:
    """By a party: mediation yes, but by somebody else."""
    with hold(mediation, by=by) as held:
        own(held)
        if held.file.mediator_account is None:
            raise ConflictRefused(say("mediation-nobody-yet"), say("mediation-nobody-yet-try"))
        held.done(Move.OBJECT, at=at)
        _without_mediator(held)
        _ask_desk(held, at)
        held.tell_parties(f"another/{held.file.seq}", say("mediation-told-another"), at=at, but=held.party)


def own(held: Held) -> Party:
    """The party who acts."""
    if held.party is None:
        raise NotYours(say("mediation-not-yours"), say("mediation-not-yours-try"))
    return held.party


def refuse_absent(file: Mediation, by: Actor, at: datetime) -> None:
    """Whoever has left the post mediates no more, whatever they once accepted."""
    if by.account is None or file.mediator_account != by.account or not is_in_post(by.post, by.account, at):
        raise NotYours(say("mediation-not-yours"), say("mediation-not-yours-try"))


def _begin_if_all(held: Held, at: datetime) -> None:
    said = [Standing(bool(each.consented_at), bool(each.accepted_mediator_at)) for each in held.parties]
    if may_begin(said, has_accepted=held.file.accepted_at is not None):
        held.done(Move.BEGIN, at=at, by=By.MACHINE)
        held.tell_parties("begun", say("mediation-told-begun"), at=at)
        held.tell_posts(
            (held.file.mediator_post or 0,), f"mediation/{held.file.pk}/begun", say("mediation-told-begun"), at=at
        )
        held.tell_case("begun", at=at)


def _without_mediator(held: Held) -> None:
    """Nobody mediates: what was said yes to is open again, texts fall, and confidential notes are not handed on."""
    file = held.file
    file.mediator_account = file.mediator_post = file.accepted_at = None
    file.mediator_name = ""
    file.save()
    for each in held.parties:
        each.accepted_mediator_at = None
    Party.objects.filter(mediation=file).update(accepted_mediator_at=None)
    Note.objects.filter(mediation=file).delete()
    for agreement in Agreement.objects.filter(mediation=file, sealed_at=None):
        agreement.signatures.all().delete()


def _ask_desk(held: Held, at: datetime) -> None:
    posts = posts_near(None, held.file.community_id, local_date(at)).desk
    about = f"mediation/{held.file.pk}/{held.file.seq}"
    held.tell_posts(posts, about, say("mediation-told-desk", number=held.file.number), at=at)
