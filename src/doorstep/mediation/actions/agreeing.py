"""Draw up the text, let each sign it on their own screen, and seal the file when all have.

The text does not change any more once it lies there to be signed: drawn up again it is another version, which all sign
anew. A signature names the hash of the text that its signer saw.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from doorstep.core.access import Actor
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.mediation.actions import hand as hands
from doorstep.mediation.actions.choosing import own, refuse_absent
from doorstep.mediation.actions.record import Held, hold
from doorstep.mediation.actions.sealing import seal_pdf, sign_sm2
from doorstep.mediation.models import Agreement, FollowUp, Signature
from doorstep.mediation.paper import agreement_pdf, drawn
from doorstep.mediation.rules.agreement import (
    AgreementRefused,
    Signing,
    is_signed_by_all,
    read_follow_ups,
    read_terms,
    refuse_signing,
    text_hash,
    written,
)
from doorstep.mediation.rules.course import By, Move
from doorstep.mediation.rules.hand import HandRefused, Way, refuse_typed
from doorstep.mediation.sealed import closed, opened

MEDIATOR = 0
"""The number under which the mediator signs."""


class Hand(NamedTuple):
    """What a form brings: a picture of a signature, or the name typed in full."""

    picture: bytes | None = None
    typed: str = ""


def draw_up(
    mediation: int,
    rows: Sequence[tuple[str, str, date | None]],
    follow_on: Sequence[date | None],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """By the mediator: the text that all are to sign. What was signed of an earlier version counts no more."""
    with hold(mediation, by=by) as held:
        refuse_absent(held.file, by, at)
        today = local_date(at)
        terms = read_terms(rows, [each.number for each in held.parties], today)
        days = read_follow_ups(follow_on, terms, today)
        for earlier in Agreement.objects.filter(mediation=held.file):
            earlier.signatures.all().delete()
        version = Agreement.objects.filter(mediation=held.file).count() + 1
        names = [(each.number, opened(each.sealed_name) or "") for each in held.parties]
        text = written(held.file.number, version, names, held.file.mediator_name, terms)
        hashed = text_hash(text)
        held.done(Move.DRAW_UP, at=at, facts={"version": version, "text": hashed})
        Agreement.objects.create(
            mediation=held.file,
            version=version,
            made_at=at,
            sealed_text=closed(text.decode()),
            text_hash=hashed,
            follow_on=[day.isoformat() for day in days],
        )
        held.tell_parties(f"sign/{version}", say("mediation-told-sign"), at=at)


def sign(mediation: int, hand: Hand, seen: str, *, by: Actor, at: datetime) -> None:
    """By a party, on their own screen: drawn, as a picture, or typed."""
    with hold(mediation, by=by) as held:
        party = own(held)
        agreement = _refuse_or_find(held, party.number, seen)
        held.done(Move.SIGN, at=at, facts={"version": agreement.version, "text": agreement.text_hash})
        _keep(agreement, party.number, hand, opened(party.sealed_name) or "", at)
        _seal_if_all(held, agreement, at)


def sign_as_mediator(mediation: int, hand: Hand, seen: str, *, by: Actor, at: datetime) -> None:
    """By the mediator, whose signature the agreement needs too (人民调解法 art. 29)."""
    with hold(mediation, by=by) as held:
        refuse_absent(held.file, by, at)
        agreement = _refuse_or_find(held, MEDIATOR, seen)
        held.done(Move.SIGN, at=at, facts={"version": agreement.version, "text": agreement.text_hash})
        _keep(agreement, MEDIATOR, hand, held.file.mediator_name, at)
        _seal_if_all(held, agreement, at)


def signed_on_paper(mediation: int, number: int, picture: bytes | None, seen: str, *, by: Actor, at: datetime) -> None:
    """By the mediator, before whom a party signed the printed text: a picture of that hand is kept with it."""
    with hold(mediation, by=by) as held:
        refuse_absent(held.file, by, at)
        if number not in {each.number for each in held.parties}:
            raise AgreementRefused(say("mediation-no-party"), say("mediation-none-try"))
        agreement = _refuse_or_find(held, number, seen)
        held.done(Move.SIGN, at=at, facts={"version": agreement.version, "text": agreement.text_hash, "paper": number})
        if not picture:
            raise HandRefused(say("mediation-hand-missing"), say("mediation-paper-try"), "hand")
        _write(agreement, number, Way.PAPER, hands.clean(picture), at)
        _seal_if_all(held, agreement, at)


def current(mediation: int) -> Agreement | None:
    """The version that counts."""
    return Agreement.objects.filter(mediation=mediation).order_by("-version").first()


def _refuse_or_find(held: Held, number: int, seen: str) -> Agreement:
    agreement = current(held.file.pk)
    if agreement is None:
        raise AgreementRefused(say("mediation-no-text"), say("mediation-no-text-try"))
    said = "same" if hmac.compare_digest(seen.encode(), agreement.text_hash.encode()) else ""
    refuse_signing(number, _signings(held, agreement), seen=said, now="same")
    return agreement


def _signings(held: Held, agreement: Agreement) -> list[Signing]:
    done = set(agreement.signatures.filter(text_hash=agreement.text_hash).values_list("number", flat=True))
    return [Signing(number, number in done) for number in (MEDIATOR, *(each.number for each in held.parties))]


def _keep(agreement: Agreement, number: int, hand: Hand, name: str, at: datetime) -> None:
    if hand.picture:
        _write(agreement, number, Way.DRAWN, hands.clean(hand.picture), at)
    elif hand.typed:
        refuse_typed(hand.typed, name)
        _write(agreement, number, Way.TYPED, "", at)
    else:
        raise HandRefused(say("mediation-hand-missing"), say("mediation-hand-missing-try"), "hand")


def _write(agreement: Agreement, number: int, way: Way, picture: str, at: datetime) -> None:
    Signature.objects.create(
        agreement=agreement,
        number=number,
        way=way,
        at=at,
        text_hash=agreement.text_hash,
        sealed_hand=closed(picture) if picture else None,
    )


def _seal_if_all(held: Held, agreement: Agreement, at: datetime) -> None:
    """When the last hand is under it: the file, its seal, the signature beside it, and the days of asking."""
    if not is_signed_by_all(_signings(held, agreement)):
        return
    hands_of = {each.number: (each.way, each.at, opened(each.sealed_hand)) for each in agreement.signatures.all()}
    told = drawn(held.file, agreement, hands_of)
    pdf = seal_pdf(agreement_pdf(told), because=held.file.number, at=at)
    agreement.pdf, agreement.sm2, agreement.sealed_at = pdf, sign_sm2(pdf, at=at), at
    agreement.save()
    held.file.agreed_at, held.file.outcome = at, "agreed"
    held.done(Move.SEAL, at=at, by=By.MACHINE, facts={"version": agreement.version, "sm2": agreement.sm2 is not None})
    FollowUp.objects.bulk_create(
        FollowUp(mediation=held.file, party=each, due_on=date.fromisoformat(day))
        for each in held.parties
        for day in agreement.follow_on
    )
    held.tell_parties("agreed", say("mediation-told-agreed"), at=at)
    held.tell_case("agreed", at=at)
