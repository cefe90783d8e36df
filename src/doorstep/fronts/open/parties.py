"""A party's own side of a mediation, by the link that is theirs alone; and asking for one from one's own case."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import Http404, HttpResponse
from ninja import Router, Status
from pydantic import Field

from doorstep.cases import queries as cases
from doorstep.core.ids import CaseId
from doorstep.fronts.open.entering import Request, for_followers, for_parties
from doorstep.fronts.open.mediations import (
    AS_FILE,
    HandSent,
    MediationTold,
    PartySent,
    Words,
    parties_of,
    told,
)
from doorstep.fronts.open.shapes import Sent, Told, Yes
from doorstep.fronts.parties import asking
from doorstep.fronts.parties.party import agreement_as
from doorstep.mediation import queries as mediations
from doorstep.mediation.actions import agreeing, choosing, erasing, following, stopping

router = Router(tags=["mediation"])


class OwnMediationAsked(Sent):
    """What it is about, and all sides; the caller is the first of them."""

    matter: Words
    parties: Annotated[list[PartySent], Field(max_length=mediations.MOST_PARTIES)]


class OwnMediationBegun(Told):
    """`token` is the caller's own link in it."""

    number: str
    token: str


class Consent(Sent):
    """Yes to mediation, yes to this mediator; what is false says nothing."""

    to_mediation: Yes = False
    to_mediator: Yes = False


class KeptSaid(Sent):
    """Whether the agreement is kept; the words are for the mediator."""

    answer: Literal["kept", "partly", "broken"]
    words: Words = ""


@router.post("/followed/{token}/mediation", response={201: OwnMediationBegun})
@for_followers
def ask_for_mediation(request: Request, token: str, said: OwnMediationAsked) -> Status[dict[str, str]]:
    """For disputes and leaks between flats; whoever asks says yes with it."""
    shown = cases.followed(CaseId(request.actor.case or 0))
    if shown is None:
        raise Http404
    made = asking.request_from(shown.case, said.matter, parties_of(said.parties), by=request.actor, at=request.at)
    return Status(201, {"number": made.number, "token": made.token})


@router.get("/parties/{token}", response=MediationTold)
@for_parties
def show_own_mediation(request: Request, token: str) -> dict[str, Any]:
    return _own(request)


@router.post("/parties/{token}/consent", response=MediationTold)
@for_parties
def consent_to_mediation(request: Request, token: str, said: Consent) -> dict[str, Any]:
    """When all have said yes to both, it begins."""
    choosing.consent(
        _file(request), to_mediation=said.to_mediation, to_mediator=said.to_mediator, by=request.actor, at=request.at
    )
    return _own(request)


@router.post("/parties/{token}/object", response=MediationTold)
@for_parties
def object_to_mediator(request: Request, token: str) -> dict[str, Any]:
    choosing.object_to_mediator(_file(request), by=request.actor, at=request.at)
    return _own(request)


@router.post("/parties/{token}/sign", response=MediationTold)
@for_parties
def sign_agreement(request: Request, token: str, said: HandSent) -> dict[str, Any]:
    agreeing.sign(_file(request), said.hand(), said.seen, by=request.actor, at=request.at)
    return _own(request)


@router.get("/parties/{token}/agreement", openapi_extra=AS_FILE)
@for_parties
def take_own_agreement(request: Request, token: str, kind: Literal["pdf", "sm2", "pem"] = "pdf") -> HttpResponse:
    return agreement_as(_file(request), kind)


@router.post("/parties/{token}/answer", response=MediationTold)
@for_parties
def say_what_became_of_it(request: Request, token: str, said: KeptSaid) -> dict[str, Any]:
    following.answer(_file(request), said.answer, said.words, by=request.actor, at=request.at)
    return _own(request)


@router.post("/parties/{token}/withdraw", response=MediationTold)
@for_parties
def leave_mediation(request: Request, token: str) -> dict[str, Any]:
    """It ends for everybody."""
    stopping.withdraw(_file(request), by=request.actor, at=request.at)
    return _own(request)


@router.get("/parties/{token}/own", response=dict[str, Any])
@for_parties
def take_own_mediation_data(request: Request, token: str) -> dict[str, Any]:
    copy = mediations.own_data(request.actor, at=request.at)
    if copy is None:
        raise Http404
    return copy


@router.delete("/parties/{token}/own", response={204: None})
@for_parties
def erase_own_mediation_data(request: Request, token: str) -> None:
    """What still runs ends with it for everybody; the link is dead afterwards."""
    erasing.erase_own(_file(request), by=request.actor, at=request.at)


def _file(request: Request) -> int:
    assert request.actor.file is not None
    return request.actor.file


def _own(request: Request) -> dict[str, Any]:
    seen = mediations.file_seen(_file(request), by=request.actor, at=request.at)
    if seen is None:
        raise Http404
    return told(seen)
