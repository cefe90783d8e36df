"""Mediation: what desks and mediators see and do, by the number that its row has in their list."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Status
from pydantic import AwareDatetime, Field

from doorstep.cases.actions import ledger, looking
from doorstep.core.access import Role, audit
from doorstep.core.access.roles import DESKS
from doorstep.core.ids import CaseId
from doorstep.fronts.open.entering import Request, for_roles
from doorstep.fronts.open.pictures import decoded
from doorstep.fronts.open.places import area_coded
from doorstep.fronts.open.shapes import Code, Day, Id, Line, Number, Sent, Text, Told, Whole, Yes
from doorstep.fronts.parties.party import agreement_as
from doorstep.mediation import queries as mediations
from doorstep.mediation.actions import agreeing, choosing, requesting, stopping, talking
from doorstep.mediation.actions.agreeing import Hand
from doorstep.mediation.actions.requesting import FromCase
from doorstep.mediation.queries import NewParty

router = Router(tags=["mediation"])

for_readers = for_roles(*sorted(DESKS), Role.MEDIATOR)
for_desks = for_roles(*sorted(DESKS))
for_mediators = for_roles(Role.MEDIATOR)

LONGEST = 20_000
MOST_TERMS = 20
Words = Annotated[Text, Field(max_length=LONGEST)]
Tie = Literal["none", "relative", "unit", "interest", "other"]
AS_FILE = {
    "responses": {
        200: {
            "content": {
                kind: {"schema": {"type": "string", "format": "binary"}}
                for kind in ("application/pdf", "application/octet-stream", "application/x-pem-file")
            }
        }
    }
}


class MediationRow(Told):
    """One mediation in the list: no name, no word of it. `id` is what the other operations call it."""

    id: int
    number: str
    case_number: str
    community: str
    state: str
    outcome: str
    requested_at: datetime
    ended_at: datetime | None
    has_mediator: bool


class Side(Told):
    """One party. `name` is empty where it was erased; `reached_by` where the caller has no need of it."""

    number: int
    name: str
    consents: bool
    accepts_mediator: bool
    has_opened: bool
    withdrew: bool
    is_erased: bool
    reached_by: str
    has_signed: bool


class LifeRow(Told):
    """One row of the record: what, by whom, when; parties by their numbers."""

    seq: int
    move: str
    state: str
    at: datetime
    by: str
    party: int | None


class MeetingSeen(Told):
    id: int
    place: str
    starts_at: datetime
    minutes: int
    is_cancelled: bool


class WordsSeen(Told):
    at: datetime
    words: str


class AnswerSeen(Told):
    """What one party was asked on a day, and said; empty while nothing was said."""

    number: int
    due_on: date
    asked_at: datetime | None
    answer: str
    words: str


class TermSeen(Told):
    who: str
    what: str
    until: date


class AgreementSeen(Told):
    """The text to sign; `text_hash` is what a signature names as `seen`."""

    version: int
    made_at: datetime
    text_hash: str
    terms: list[TermSeen]
    sealed_at: datetime | None
    has_sm2: bool


class MediationTold(Told):
    """One mediation for one who may see it; what they may not see is empty. `moves`: what the caller may do now."""

    id: int
    number: str
    case_number: str
    community: str
    state: str
    outcome: str
    matter: str
    mediator: str
    mediator_left: bool
    requested_at: datetime
    agreed_at: datetime | None
    ended_at: datetime | None
    confirm_until: date | None
    me: int | None
    moves: list[str]
    sides: list[Side]
    life: list[LifeRow]
    meetings: list[MeetingSeen]
    record: list[WordsSeen]
    notes: list[WordsSeen]
    answers: list[AnswerSeen]
    agreement: AgreementSeen | None


class MediatorTold(Told):
    """Somebody in a mediator's post; `account` is how `propose-mediator` names them."""

    account: int
    name: str
    title: str
    area: str


class PartySent(Sent):
    """One side. Any contact may be left out; a link can be handed over instead."""

    name: Annotated[Text, Field(max_length=300)]
    phone: Annotated[Text, Field(max_length=300)] = ""
    email: Annotated[Text, Field(max_length=300)] = ""


class MediationAsked(Sent):
    """What it is about, and all sides; from a case by its number, or else in the community with this code."""

    matter: Words
    parties: Annotated[list[PartySent], Field(max_length=mediations.MOST_PARTIES)]
    case: Number | None = None
    community: Code | None = None


class MediationBegun(Told):
    id: int
    number: str


class Named(Sent):
    mediator: Whole


class TieSaid(Sent):
    """Whether the mediator is tied to a party; only "none" accepts, and only a tie declines."""

    tie: Tie


class PartyNamed(Sent):
    party: Whole


class LinkGiven(Told):
    """The address of the party's page, told this once; the one before it is dead."""

    address: str


class MeetingSent(Sent):
    place: Annotated[Text, Field(max_length=300)]
    starts_at: AwareDatetime
    minutes: Whole


class RecordSent(Sent):
    """What both sides agreed that both may read; without `both_agree` it does not belong here."""

    words: Words
    both_agree: Yes


class ConfidentialNote(Sent):
    note: Words


class TermSent(Sent):
    """Who does what until when: `who` is the number of a party, 0 all of them together."""

    who: Annotated[int, Field(strict=True, ge=0, le=mediations.MOST_PARTIES)]
    what: Words
    until: Day


class TextSent(Sent):
    """The text that all are to sign; with no day to ask it is the day after the last term."""

    terms: Annotated[list[TermSent], Field(max_length=MOST_TERMS)]
    follow_on: Annotated[list[Day], Field(max_length=3)] = []


class HandSent(Sent):
    """A signature: a picture (base64), or the signer's name typed in full; `seen` is the hash of the text."""

    seen: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    picture: Annotated[str, Field(max_length=3_000_000)] | None = None
    typed: Line = ""

    def hand(self) -> Hand:
        return Hand(decoded(self.picture, "picture") if self.picture else None, self.typed)


class PaperSent(Sent):
    """A picture (base64) of the hand of a party who signed on paper before the mediator."""

    party: Whole
    seen: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    picture: Annotated[str, Field(max_length=3_000_000)]


# Seeing ---------------------------------------------------------------------------------------------------------------


@router.get("/mediations", response=list[MediationRow])
@for_readers
def list_mediations(request: Request, only_open: Annotated[bool, Query()] = True) -> list[dict[str, Any]]:
    return [each._asdict() for each in mediations.files(only_open=only_open)]


@router.get("/mediations/counts", response=dict[str, int])
@for_readers
def count_mediations(request: Request) -> dict[str, int]:
    return mediations.figures()


@router.get("/mediations/{mediation}", response=MediationTold)
@for_readers
def show_mediation(request: Request, mediation: Id) -> dict[str, Any]:
    """That it was opened is kept."""
    shown = _seen(request, mediation)
    audit.read("mediation", mediation, by=request.actor, at=request.at)
    return shown


@router.get("/mediations/{mediation}/mediators", response=list[MediatorTold])
@for_desks
def list_mediators(request: Request, mediation: Id) -> list[dict[str, Any]]:
    seen = mediations.file_seen(mediation, by=request.actor, at=request.at)
    if seen is None:
        raise Http404
    return [each._asdict() for each in mediations.mediators_for(seen.file.community_id, request.at)]


@router.get("/mediations/{mediation}/agreement", openapi_extra=AS_FILE)
@for_mediators
def take_agreement(request: Request, mediation: Id, kind: Literal["pdf", "sm2", "pem"] = "pdf") -> HttpResponse:
    return agreement_as(mediation, kind)


# By a desk ------------------------------------------------------------------------------------------------------------


@router.post("/mediations", response={201: MediationBegun})
@for_desks
def request_mediation(request: Request, said: MediationAsked) -> Status[dict[str, Any]]:
    case = _case(said.case) if said.case else None
    community = case.community if case else area_coded(said.community, request).pk if said.community else 0
    made = requesting.request(
        said.matter, parties_of(said.parties), community=community, case=case, by=request.actor, at=request.at
    )
    return Status(201, {"id": made.id, "number": made.number})


def parties_of(sent: list[PartySent]) -> list[NewParty]:
    """The parties as they are kept; what is wrong is told by its field and the number of the party."""
    numbered = enumerate(sent, 1)
    return [mediations.read_party(each.name, each.phone, each.email, where=str(number)) for number, each in numbered]


def _case(number: str) -> FromCase:
    found = ledger.find(CaseId(looking.find_numbered(number)))
    return FromCase(found.pk, found.number, found.community_id or 0)


@router.post("/mediations/{mediation}/propose", response=MediationTold)
@for_desks
def propose_mediator(request: Request, mediation: Id, said: Named) -> dict[str, Any]:
    choosing.propose(mediation, said.mediator, by=request.actor, at=request.at)
    return _seen(request, mediation)


@router.post("/mediations/{mediation}/parties", response=MediationTold)
@for_desks
def add_party(request: Request, mediation: Id, said: PartySent) -> dict[str, Any]:
    (party,) = parties_of([said])
    requesting.join(mediation, party, by=request.actor, at=request.at)
    return _seen(request, mediation)


@router.post("/mediations/{mediation}/take-back", response=MediationTold)
@for_desks
def take_back_mediation(request: Request, mediation: Id) -> dict[str, Any]:
    stopping.take_back(mediation, by=request.actor, at=request.at)
    return _seen(request, mediation)


@router.post("/mediations/{mediation}/link", response=LinkGiven)
@for_readers
def give_party_link(request: Request, mediation: Id, said: PartyNamed) -> dict[str, str]:
    token = requesting.give_link(mediation, said.party, by=request.actor, at=request.at)
    return {"address": request.build_absolute_uri(reverse("party", args=[token]))}


# By the mediator ------------------------------------------------------------------------------------------------------


@router.post("/mediations/{mediation}/accept", response=MediationTold)
@for_mediators
def accept_mediation(request: Request, mediation: Id, said: TieSaid) -> dict[str, Any]:
    choosing.accept(mediation, said.tie, by=request.actor, at=request.at)
    return _seen(request, mediation)


@router.post("/mediations/{mediation}/decline", response={204: None})
@for_mediators
def decline_mediation(request: Request, mediation: Id, said: TieSaid) -> None:
    """The file is not the caller's any more."""
    choosing.decline(mediation, said.tie, by=request.actor, at=request.at)


@router.post("/mediations/{mediation}/meetings", response=MediationTold)
@for_mediators
def arrange_meeting(request: Request, mediation: Id, said: MeetingSent) -> dict[str, Any]:
    talking.meet(mediation, said.place, said.starts_at, said.minutes, by=request.actor, at=request.at)
    return _seen(request, mediation)


@router.put("/mediations/{mediation}/meetings/{session}", response=MediationTold)
@for_mediators
def move_meeting(request: Request, mediation: Id, session: Id, said: MeetingSent) -> dict[str, Any]:
    by, at = request.actor, request.at
    talking.shift(session, said.place, said.starts_at, said.minutes, by=by, mediation=mediation, at=at)
    return _seen(request, mediation)


@router.delete("/mediations/{mediation}/meetings/{session}", response=MediationTold)
@for_mediators
def call_meeting_off(request: Request, mediation: Id, session: Id) -> dict[str, Any]:
    talking.cancel(session, by=request.actor, mediation=mediation, at=request.at)
    return _seen(request, mediation)


@router.post("/mediations/{mediation}/record", response=MediationTold)
@for_mediators
def add_to_record(request: Request, mediation: Id, said: RecordSent) -> dict[str, Any]:
    talking.keep_record(mediation, said.words, both_agree=said.both_agree, by=request.actor, at=request.at)
    return _seen(request, mediation)


@router.post("/mediations/{mediation}/notes", response=MediationTold)
@for_mediators
def note_in_confidence(request: Request, mediation: Id, said: ConfidentialNote) -> dict[str, Any]:
    """Read by the caller alone."""
    talking.note(mediation, said.note, by=request.actor, at=request.at)
    return _seen(request, mediation)


@router.post("/mediations/{mediation}/agreement", response=MediationTold)
@for_mediators
def draw_up_agreement(request: Request, mediation: Id, said: TextSent) -> dict[str, Any]:
    terms = [(str(each.who), each.what, each.until) for each in said.terms]
    agreeing.draw_up(mediation, terms, said.follow_on, by=request.actor, at=request.at)
    return _seen(request, mediation)


@router.post("/mediations/{mediation}/sign", response=MediationTold)
@for_mediators
def sign_as_mediator(request: Request, mediation: Id, said: HandSent) -> dict[str, Any]:
    agreeing.sign_as_mediator(mediation, said.hand(), said.seen, by=request.actor, at=request.at)
    return _seen(request, mediation)


@router.post("/mediations/{mediation}/signed-on-paper", response=MediationTold)
@for_mediators
def keep_paper_signature(request: Request, mediation: Id, said: PaperSent) -> dict[str, Any]:
    picture = decoded(said.picture, "picture")
    agreeing.signed_on_paper(mediation, said.party, picture, said.seen, by=request.actor, at=request.at)
    return _seen(request, mediation)


@router.post("/mediations/{mediation}/fail", response=MediationTold)
@for_mediators
def end_without_agreement(request: Request, mediation: Id) -> dict[str, Any]:
    stopping.fail(mediation, by=request.actor, at=request.at)
    return _seen(request, mediation)


# What is told ---------------------------------------------------------------------------------------------------------


def _seen(request: Request, mediation: int) -> dict[str, Any]:
    seen = mediations.file_seen(mediation, by=request.actor, at=request.at)
    if seen is None:
        raise Http404
    return told(seen)


def told(seen: mediations.FileSeen) -> dict[str, Any]:
    """The file for a program."""
    file = seen.file
    same = ("id", "number", "case_number", "state", "outcome", "requested_at", "agreed_at", "ended_at")
    return {
        **{name: getattr(file, name) for name in same},
        "community": seen.community,
        "matter": seen.matter,
        "mediator": file.mediator_name,
        "mediator_left": seen.mediator_left,
        "confirm_until": seen.confirm_until,
        "me": seen.me.number if seen.me else None,
        "moves": sorted(seen.may),
        "sides": [each._asdict() for each in seen.sides],
        "life": [
            {"seq": each.seq, "move": each.move, "state": each.to_state, "at": each.at, "by": each.by_hat,
             "party": each.by_party}
            for each in seen.life
        ],
        "meetings": [{name: getattr(each, name) for name in MeetingSeen.model_fields} for each in seen.sessions],
        "record": [each._asdict() for each in seen.records],
        "notes": [each._asdict() for each in seen.notes],
        "answers": [each._asdict() for each in seen.answers],
        "agreement": _agreement(seen),
    }  # fmt: skip


def _agreement(seen: mediations.FileSeen) -> dict[str, Any] | None:
    text = seen.agreement
    if text is None:
        return None
    return {
        "version": text.version,
        "made_at": text.made_at,
        "text_hash": text.text_hash,
        "terms": [{"who": each.who, "what": each.what, "until": each.until} for each in text.terms],
        "sealed_at": text.sealed_at,
        "has_sm2": seen.has_sm2,
    }
