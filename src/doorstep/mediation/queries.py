"""What a desk, a mediator and a party see of a mediation; each as far as the database shows it to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Count, Q

from doorstep.core.access import GATE, WORKER, Actor, Role, acting_as, party_to
from doorstep.core.time.zone import local_date
from doorstep.mediation.models import (
    Agreement,
    Contact,
    Event,
    FollowUp,
    Mediation,
    Note,
    Party,
    Record,
    Signature,
)
from doorstep.mediation.models import Session as Session
from doorstep.mediation.paper import Drawn, Line, agreement_pdf, drawn
from doorstep.mediation.rules.agreement import CONFIRM_WITHIN
from doorstep.mediation.rules.conflict import TIES as TIES
from doorstep.mediation.rules.course import OPEN, OVER, By, Move, State, may
from doorstep.mediation.rules.kinds import may_be_mediated as may_be_mediated
from doorstep.mediation.rules.meeting import MINUTES as MINUTES
from doorstep.mediation.rules.outcome import Kept
from doorstep.mediation.rules.parties import LONGEST_MATTER as LONGEST_MATTER
from doorstep.mediation.rules.parties import MOST as MOST_PARTIES
from doorstep.mediation.rules.parties import NewParty as NewParty
from doorstep.mediation.rules.parties import read_party as read_party
from doorstep.mediation.sealed import opened

__all__ = ["MOST_PARTIES", "Line"]
LATEST: Final = 200
ANSWERS: Final = tuple(Kept)


# Who may mediate ------------------------------------------------------------------------------------------------------


class Mediator(NamedTuple):
    """Somebody in a mediator's post who can sign in; `title` is the post's own word, such as a veterans' room."""

    account: int
    post: int
    name: str
    title: str
    area: str


def mediators_for(community: int, at: datetime) -> list[Mediator]:
    """Who mediates for this community today: its own mediators, then those of the levels above."""
    with acting_as(GATE), connection.cursor() as cursor:
        cursor.execute(
            _MEDIATORS.format(where="c.id = %(community)s"), {"community": community, "today": local_date(at)}
        )
        found = [Mediator(*row) for row in cursor.fetchall()]
    return list({each.account: each for each in reversed(found)}.values())[::-1]


def is_in_post(post: int | None, account: int | None, at: datetime) -> bool:
    """Whether this account still sits in this mediator's post."""
    asked = {"post": post, "account": account, "today": local_date(at)}
    with acting_as(GATE), connection.cursor() as cursor:
        cursor.execute(_MEDIATORS.format(where="p.id = %(post)s AND k.id = %(account)s"), asked)
        return cursor.fetchone() is not None


_MEDIATORS: Final = """
SELECT k.id, p.id, o.name, p.title, a.name
FROM areas_area c
JOIN staff_post p ON p.area_id IN (c.id, c.subdistrict_id, c.county_id) AND p.kind = 'mediator'
    AND (p.abolished_on IS NULL OR p.abolished_on > %(today)s)
JOIN areas_area a ON a.id = p.area_id
JOIN staff_appointment s ON s.post_id = p.id AND s.from_on <= %(today)s
    AND (s.until_on IS NULL OR s.until_on > %(today)s)
JOIN staff_person o ON o.id = s.person_id
JOIN staff_account k ON k.person_id = o.id AND k.disabled_at IS NULL
WHERE {where}
ORDER BY a.level = 'community' DESC, o.name, k.id, p.id
"""


# Lists and figures ----------------------------------------------------------------------------------------------------


class FileRow(NamedTuple):
    """One mediation in a list: no name, no word of it."""

    id: int
    number: str
    case_number: str
    community: str
    state: str
    outcome: str
    requested_at: datetime
    ended_at: datetime | None
    has_mediator: bool


def files(*, only_open: bool) -> list[FileRow]:
    """Those that whoever asks may see, the latest first."""
    found = Mediation.objects.exclude(state__in=OVER) if only_open else Mediation.objects.all()
    columns = ("id", "number", "case_number", "community__name", "state", "outcome", "requested_at", "ended_at")
    rows = found.annotate(is_led=Q(mediator_account__isnull=False)).order_by("-requested_at", "-id")
    return [FileRow(*row) for row in rows.values_list(*columns, "is_led")[:LATEST]]


def figures() -> dict[str, int]:
    """How many there were and what came of them; numbers alone, of no person and no mediator.

    What was entered by mistake was none.
    """
    counted = (
        Mediation.objects.exclude(state=State.MISTAKEN)
        .order_by()
        .values_list("state", "outcome")
        .annotate(n=Count("id"))
    )
    told = dict.fromkeys(("all", "open", "agreed", "kept", "partly", "broken", "unheard", "failed", "stopped"), 0)
    for state, outcome, count in counted:
        told["all"] += count
        told["open"] += count if state in OPEN else 0
        key = outcome if state in (State.AGREED, State.SETTLED) else state
        if key in told:
            told[key] += count
    return told


# One file -------------------------------------------------------------------------------------------------------------


class SideSeen(NamedTuple):
    """One party as the file shows them."""

    id: int
    number: int
    name: str
    consents: bool
    accepts_mediator: bool
    has_opened: bool
    withdrew: bool
    is_erased: bool
    reached_by: str
    has_signed: bool


class NoteSeen(NamedTuple):
    """Words and when they were written."""

    at: datetime
    words: str


class AnswerSeen(NamedTuple):
    """What one party was asked, and said."""

    number: int
    due_on: date
    asked_at: datetime | None
    answer: str
    words: str


@dataclass
class FileSeen:
    """One mediation for one who may see it; what they may not see is empty."""

    file: Mediation
    community: str
    matter: str
    sides: list[SideSeen]
    life: list[Event]
    may: frozenset[str]
    sessions: list[Session] = field(default_factory=list)
    records: list[NoteSeen] = field(default_factory=list)
    notes: list[NoteSeen] = field(default_factory=list)
    answers: list[AnswerSeen] = field(default_factory=list)
    agreement: Drawn | None = None
    has_sm2: bool = False
    mediator_left: bool = False
    me: SideSeen | None = None

    @property
    def confirm_until(self) -> date | None:
        """The last day on which both may ask a court to confirm it."""
        agreed = self.file.agreed_at
        return local_date(agreed) + CONFIRM_WITHIN if agreed else None


def file_seen(mediation: int, *, by: Actor, at: datetime) -> FileSeen | None:
    """The file; None where the database shows none. A desk sees how it stands, never what was said in it."""
    file = Mediation.objects.select_related("community").defer("community__outline").filter(pk=mediation).first()
    if file is None:
        return None
    inside = by.role in (Role.PARTY, Role.MEDIATOR)
    agreement = _agreement(file.pk) if inside else None
    signed = _signed(agreement) if agreement else {}
    sides = _sides(file.pk, by, signed)
    seen = FileSeen(
        file=file,
        community=file.community.name,
        matter=opened(file.sealed_matter) or "",
        sides=sides,
        life=list(Event.objects.filter(mediation=file).order_by("seq")),
        may=_may(file, by),
        mediator_left=file.mediator_account is not None
        and file.state in OPEN
        and not is_in_post(file.mediator_post, file.mediator_account, at),
        me=next((each for each in sides if by.role is Role.PARTY and each.id == by.link), None),
    )
    if inside:
        _add_inside(seen, agreement, signed, by)
    return seen


def _add_inside(seen: FileSeen, agreement: Agreement | None, signed: dict[int, Any], by: Actor) -> None:
    file = seen.file
    seen.sessions = list(Session.objects.filter(mediation=file).order_by("starts_at"))
    seen.records = [
        NoteSeen(each.at, opened(each.sealed)) for each in Record.objects.filter(mediation=file).order_by("at")
    ]
    if by.role is Role.MEDIATOR:
        seen.notes = [
            NoteSeen(each.at, opened(each.sealed)) for each in Note.objects.filter(mediation=file).order_by("at")
        ]
    numbers = {each.id: each.number for each in seen.sides}
    seen.answers = [
        AnswerSeen(numbers[each.party_id], each.due_on, each.asked_at, each.answer, opened(each.sealed_words) or "")
        for each in FollowUp.objects.filter(mediation=file).order_by("due_on", "party")
    ]
    if agreement is not None:
        seen.agreement = drawn(file, agreement, signed)
        seen.has_sm2 = agreement.sm2 is not None


def _agreement(mediation: int) -> Agreement | None:
    return Agreement.objects.filter(mediation=mediation).defer("pdf").order_by("-version").first()


def _signed(agreement: Agreement) -> dict[int, Any]:
    rows = Signature.objects.filter(agreement=agreement, text_hash=agreement.text_hash)
    return {number: (way, at) for number, way, at in rows.values_list("number", "way", "at")}


def _sides(mediation: int, by: Actor, signed: dict[int, Any]) -> list[SideSeen]:
    reached = {}
    if by.role in (Role.PARTY, Role.MEDIATOR):
        reached = {each.party_id: opened(each.sealed) for each in Contact.objects.filter(party__mediation=mediation)}
    return [
        SideSeen(
            each.pk,
            each.number,
            opened(each.sealed_name) or "",
            each.consented_at is not None,
            each.accepted_mediator_at is not None,
            each.opened_at is not None,
            each.withdrew_at is not None,
            each.erased_at is not None,
            " ".join(filter(None, reached.get(each.pk, {}).values())),
            each.number in signed,
        )
        for each in Party.objects.filter(mediation=mediation).order_by("number")
    ]


def _may(file: Mediation, by: Actor) -> frozenset[str]:
    hat = {Role.PARTY: By.PARTY, Role.MEDIATOR: By.MEDIATOR}.get(by.role, By.DESK)
    return frozenset(str(move) for move in Move if may(move, State(file.state), hat))


# Files to take away ---------------------------------------------------------------------------------------------------


def agreement_file(mediation: int) -> bytes | None:
    """The sealed file, or the draft as it stands; None where there is no text. As party or mediator."""
    agreement = _agreement(mediation)
    if agreement is None:
        return None
    with acting_as(WORKER, because="print an agreement"):
        whole = Agreement.objects.get(pk=agreement.pk)
        if whole.pdf is not None:
            return bytes(whole.pdf)
        file = Mediation.objects.get(pk=mediation)
        hands = {each.number: (each.way, each.at, opened(each.sealed_hand)) for each in whole.signatures.all()}
        told = drawn(file, whole, hands)
    return agreement_pdf(told)


def sm2_file(mediation: int) -> bytes | None:
    """The signature beside the sealed file, if one was made."""
    agreement = _agreement(mediation)
    return bytes(agreement.sm2) if agreement is not None and agreement.sm2 is not None else None


def session_of(mediation: int, session: int) -> Session | None:
    """One meeting of this file."""
    return Session.objects.filter(pk=session, mediation=mediation).first()


# What is kept of one party --------------------------------------------------------------------------------------------


def own_data(by: Actor, *, at: datetime) -> dict[str, Any] | None:
    """Everything that is kept of a party, as plain values; what was said in confidence is not theirs to take."""
    seen = file_seen(by.file or 0, by=by, at=at)
    if seen is None or seen.me is None:
        return None
    contact = Contact.objects.filter(party=seen.me.id).first()
    return {
        "format": "doorstep-own-mediation/1",
        "taken_at": at,
        "mediation": {
            "number": seen.file.number, "case": seen.file.case_number, "state": seen.file.state,
            "outcome": seen.file.outcome, "requested_at": seen.file.requested_at, "matter": seen.matter,
            "mediator": seen.file.mediator_name, "kept_until": seen.file.kept_until,
        },
        "party": {
            "number": seen.me.number, "name": seen.me.name,
            "contact": opened(contact.sealed) if contact else None,
        },
        "life": [
            {"row": each.seq, "move": each.move, "to": each.to_state, "at": each.at, "by": each.by_hat,
             "hash": bytes(each.hash).hex()}
            for each in seen.life
        ],
        "meetings": [
            {"place": each.place, "starts_at": each.starts_at, "minutes": each.minutes, "cancelled": each.is_cancelled}
            for each in seen.sessions
        ],
        "record": [each._asdict() for each in seen.records],
        "agreement": _agreement_data(seen.agreement),
        "answers": [each._asdict() for each in seen.answers if each.number == seen.me.number],
    }  # fmt: skip


def _agreement_data(agreement: Drawn | None) -> dict[str, Any] | None:
    if agreement is None:
        return None
    return {
        "version": agreement.version,
        "hash": agreement.text_hash,
        "sealed_at": agreement.sealed_at,
        "terms": [{"who": each.who, "what": each.what, "until": each.until} for each in agreement.terms],
    }


class OfCase(NamedTuple):
    """The mediation of a case for whoever reported it: where they stand in it, if they are a party."""

    id: int
    state: str
    party: int | None
    turn: int


def of_case(case: int) -> OfCase | None:
    """The latest mediation that this case led to; as its follower or a desk."""
    file = Mediation.objects.filter(case=case).order_by("-id").values_list("id", "state").first()
    if file is None:
        return None
    with acting_as(WORKER, because="a reporter's own mediation"):
        own = Party.objects.filter(mediation=file[0], is_reporter=True, erased_at=None)
        party = own.values_list("id", "turn").first()
    return OfCase(file[0], file[1], *(party or (None, 0)))


def own_of_case(case: int, *, at: datetime) -> dict[str, Any] | None:
    """The reporter's own copy of the mediation that their case led to, for the copy of the case."""
    found = of_case(case)
    if found is None or found.party is None:
        return None
    party = party_to(found.id, party=found.party)
    with acting_as(party, because="a reporter's own mediation"):
        return own_data(party, at=at)
