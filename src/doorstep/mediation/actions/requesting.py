"""Ask for mediation, enter the parties, and give each a link of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import connection

from doorstep.areas.models import Area
from doorstep.core.access import WORKER, Actor, Role, acting_as, audit, party_to
from doorstep.core.access.links import LinkRefused, party_token, read_party_token
from doorstep.core.access.roles import DESKS
from doorstep.core.text import language, say
from doorstep.core.time.zone import local
from doorstep.core.turns import take_turn
from doorstep.events import tell
from doorstep.events.mediation import PartyTold
from doorstep.mediation.actions import record
from doorstep.mediation.actions.record import Held, hold
from doorstep.mediation.models import Contact, Mediation, Party
from doorstep.mediation.rules.course import OVER, By, Move, NotYours, State
from doorstep.mediation.rules.parties import (
    NewParty,
    PartyRefused,
    read_matter,
    refuse_number,
    refuse_same,
)
from doorstep.mediation.sealed import closed, opened

PRESSED_TWICE_WITHIN: Final = timedelta(minutes=10)


class FromCase(NamedTuple):
    """The case that leads to it: its number and where it is, as the door has read it."""

    case: int
    number: str
    community: int


class Requested(NamedTuple):
    """The new mediation, and the link of whoever asked for it, if a resident did."""

    id: int
    number: str
    token: str


def request(
    matter: str, parties: Sequence[NewParty], *, community: int, case: FromCase | None, by: Actor, at: datetime
) -> Requested:
    """By a resident whose case it is (the first party, who says yes with it), or by a desk for its own community."""
    words = read_matter(matter)
    is_reporter = by.role is Role.FOLLOWER and case is not None and by.case == case.case
    if not is_reporter and by.role not in DESKS:
        raise NotYours(say("mediation-not-yours"), say("mediation-not-yours-try"))
    refuse_number(len(parties))
    refuse_same(parties)
    place = _place(community, by)
    with acting_as(WORKER, because="ask for mediation"):
        take_turn("mediation in", place.pk)
        if (same := _same_just_now(words, parties, place, case, at)) is not None:
            return Requested(same.pk, same.number, "")
        if case is not None and _open_one(case.case):
            raise PartyRefused(say("mediation-there-already"), say("mediation-there-already-try"))
        file = _new_file(place, case, words, at)
        hat = By.PARTY if is_reporter else By.DESK
        record.begin(file, by=by, hat=hat, at=at, facts={"parties": len(parties), "case": bool(case)})
        rows = [_enter(file, number, each, language(), at) for number, each in enumerate(parties, 1)]
        if is_reporter:
            Party.objects.filter(pk=rows[0].pk).update(is_reporter=True, consented_at=at)
        held = Held(file, by, rows[0] if is_reporter else None, rows)
        _tell_new(rows[1:] if is_reporter else rows, at)
        held.tell_case("asked", at=at)
    token = party_token(rows[0].pk, 1, at=at) if is_reporter else ""
    return Requested(file.pk, file.number, token)


def join(mediation: int, party: NewParty, *, by: Actor, at: datetime) -> None:
    """By the desk: one more party, who is asked like the others."""
    with hold(mediation, by=by) as held:
        refuse_number(len(held.parties) + 1)
        others = [_as_entered(each) for each in held.parties]
        refuse_same([*others, party])
        held.done(Move.JOIN, at=at, facts={"party": len(held.parties) + 1})
        row = _enter(held.file, len(held.parties) + 1, party, language(), at)
        _tell_new([row], at)


def give_link(mediation: int, number: int, *, by: Actor, at: datetime) -> str:
    """By the desk or the mediator: a new link for a party who has no other way, to be handed over. The old one dies.

    The party is told by letter where there is an address, so that nobody acts for them unseen.
    """
    with hold(mediation, by=by) as held:
        party = next((each for each in held.parties if each.number == number and each.erased_at is None), None)
        if party is None:
            raise PartyRefused(say("mediation-no-party"), say("mediation-none-try"))
        party.turn += 1
        party.save(update_fields=["turn"])
        held.done(Move.LINK, at=at, facts={"party": number})
        tell([PartyTold(party.pk, f"link/{party.turn}", say("mediation-told-link"), at)])
    audit.deed("gave-mediation-link", f"party {party.pk}", by=by, at=at, facts={"mediation": held.file.number})
    return party_token(party.pk, party.turn, at=at)


def enter(token: str, *, at: datetime) -> Actor:
    """The party whose link this is; the first time that it is opened is kept."""
    link = read_party_token(token, at=at)
    with acting_as(WORKER, because="a party comes"):
        party = Party.objects.select_related("mediation").filter(pk=link.party).first()
        if party is None or party.turn != link.turn or party.erased_at is not None:
            raise LinkRefused(say("mediation-link-dead"), say("mediation-link-try"))
        if party.opened_at is None:
            Party.objects.filter(pk=party.pk, opened_at=None).update(opened_at=at)
    return party_to(party.mediation_id, party=party.pk)


def _place(community: int, by: Actor) -> Area:
    place = Area.objects.filter(pk=community, level="community", valid_until=None).first()
    inside = {Role.COMMUNITY: "id", Role.SUBDISTRICT: "subdistrict_id", Role.COUNTY: "county_id"}
    column = inside.get(by.role)
    if place is None or place.subdistrict_id is None or place.county_id is None:
        raise PartyRefused(say("mediation-no-place"), say("mediation-no-place-try"), "community")
    if column is not None and getattr(place, column) != by.org:
        raise NotYours(say("mediation-not-your-place"), say("mediation-not-yours-try"))
    return place


def _open_one(case: int) -> bool:
    return Mediation.objects.filter(case=case).exclude(state__in=OVER).exists()


def _same_just_now(
    matter: str, parties: Sequence[NewParty], place: Area, case: FromCase | None, at: datetime
) -> Mediation | None:
    """What a desk entered a moment ago in the same words for the same people: a button pressed twice."""
    if case is not None:
        return None
    lately = Mediation.objects.filter(community=place, case=None, requested_at__gt=at - PRESSED_TWICE_WITHIN)
    names = [each.name for each in parties]
    for file in lately.exclude(state__in=OVER).prefetch_related("parties"):
        entered = [opened(each.sealed_name) for each in sorted(file.parties.all(), key=lambda each: each.number)]
        if entered == names and opened(file.sealed_matter) == matter:
            return file
    return None


def _new_file(place: Area, case: FromCase | None, matter: str, at: datetime) -> Mediation:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('mediation_mediation', 'id'))")
        key = int(cursor.fetchone()[0])
    assert place.county_id is not None and place.subdistrict_id is not None  # `_place` refuses such a one
    return Mediation(
        id=key,
        number=f"TJ{local(at):%Y%m%d}{key:05d}",
        case=case.case if case else None,
        case_number=case.number if case else "",
        county_id=place.county_id,
        subdistrict_id=place.subdistrict_id,
        community_id=place.pk,
        state=State.NEW,
        seq=0,
        sealed_matter=closed(matter),
        requested_at=at,
    )


def _enter(file: Mediation, number: int, party: NewParty, lang: str, at: datetime) -> Party:
    row = Party.objects.create(mediation=file, number=number, sealed_name=closed(party.name))
    if party.phone or party.email:
        Contact.objects.create(party=row, sealed=closed({"phone": party.phone, "email": party.email}), language=lang)
    return row


def _as_entered(party: Party) -> NewParty:
    contact = Contact.objects.filter(party=party).first()
    reached = opened(contact.sealed) if contact else {}
    return NewParty(opened(party.sealed_name) or "", reached.get("phone", ""), reached.get("email", ""))


def _tell_new(parties: Sequence[Party], at: datetime) -> None:
    tell([PartyTold(each.pk, "asked", say("mediation-told-asked"), at) for each in parties])
