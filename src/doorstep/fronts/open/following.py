"""Follow a case by its link, and answer for it: the signed token in the address is the proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpResponse
from ninja import Router
from pydantic import Field

from doorstep.cases import queries as cases
from doorstep.cases.actions import answering, close, follow_up, verify
from doorstep.cases.actions import erase as erasing
from doorstep.cases.actions.contact import change_contact, erase_contact
from doorstep.cases.actions.ledger import find
from doorstep.cases.actions.report import LONGEST_REPORT
from doorstep.cases.actions.withdraw import withdraw
from doorstep.cases.actions.writing_back import write_back
from doorstep.cases.objections import basis_said, decided_by, objections_to
from doorstep.cases.own_data import own_data
from doorstep.cases.seen import who_saw
from doorstep.cases.standing import Standing, standing
from doorstep.core.ids import CaseId
from doorstep.core.text import from_json, language
from doorstep.fronts import limits
from doorstep.fronts.open.entering import Request, for_everybody, for_followers
from doorstep.fronts.open.pictures import Pictures, answered, cleaned
from doorstep.fronts.open.reporting import ContactSent, contact_of
from doorstep.fronts.open.shapes import Answers, Code, Number, Sent, Text, Told
from doorstep.fronts.resident.life import masked
from doorstep.notices.actions.remind import send_link_again

router = Router(tags=["following"])

Words = Annotated[Text, Field(max_length=LONGEST_REPORT)]


class WordsSent(Sent):
    words: Words


class WordsMaySent(Sent):
    words: Words = ""


class OwnAnswersSent(Sent):
    """Answers by the ids of the questions of `item`, as `show-own-questions` asks them."""

    item: Code
    answers: Answers


class NoteSent(WordsSent):
    photos: Pictures = []


class Step(Told):
    """One row of the case's life: what happened, when, by whom, and why."""

    seq: int
    move: str
    state: str
    happened_at: datetime
    heard_at: datetime
    by: str
    unit: str | None
    words: str | None
    because: str | None


class Joined(Told):
    """The earlier case that this one was merged into, as far as the reporter may know it."""

    number: str
    state: str
    outcome: str
    promised_by: datetime | None


class RungTold(Told):
    """Who is reminded when the case is not done in time; `reached` when that has happened."""

    who: str
    at: datetime
    reached: bool


class ClocksTold(Told):
    """How the clocks stand while somebody has the case: whether a date may move, whether it waits, who hears of it."""

    provisional: bool
    extended_days: int
    paused_because: str | None
    paused_until: datetime | None
    ladder: list[RungTold]


def clocks_told(found: Standing | None) -> dict[str, Any] | None:
    """The clocks for a program."""
    if found is None:
        return None
    waits = found.clocks.paused
    return {
        "provisional": found.is_provisional,
        "extended_days": found.clocks.days_extended,
        "paused_because": str(waits.reason) if waits else None,
        "paused_until": waits.until if waits else None,
        "ladder": [{"who": str(step.rung), "at": step.at, "reached": step.is_reached} for step in found.ladder],
    }


class ObjectionTold(Told):
    """What the holder objected to the dispatch: on which basis, who decides, and what came of it."""

    raised_at: datetime
    unit: str
    basis: str
    basis_words: str
    came_of: str
    decided_by: str
    decided_at: datetime | None
    is_final: bool


def objections_told(case: Any, life: Iterable[Any], named: Callable[[Any], str]) -> list[dict[str, Any]]:
    """The objections for a program; `named` tells the unit of a row. While one is open, `decided_by` is who decides."""
    return [
        {
            "raised_at": each.raised.happened_at,
            "unit": named(each.raised),
            "basis": each.basis,
            "basis_words": str(basis_said(each) or ""),
            "came_of": str(each.came_of),
            "decided_by": named(each.decided) if each.decided else str(decided_by(case.question) or ""),
            "decided_at": each.decided.happened_at if each.decided else None,
            "is_final": each.is_final,
        }
        for each in objections_to(case, life)
    ]


class Followed(Told):
    """All that the reporter may see."""

    number: str
    state: str
    is_open: bool
    question: str
    item: str
    item_name: str
    urgency: str
    outcome: str
    place_words: str
    community: str | None
    holder: str | None
    reported_at: datetime
    first_contact_by: datetime | None
    promised_by: datetime | None
    ended_at: datetime | None
    reopen_by: datetime | None
    life: list[Step]
    moves: list[str]
    photos: list[str]
    contact: str
    joined: Joined | None
    objections: list[ObjectionTold]
    clocks: ClocksTold | None


@router.get("/followed/{token}", response=Followed)
@for_followers
def follow(request: Request, token: str) -> dict[str, Any]:
    return _followed(request)


@router.post("/followed/{token}/notes", response=Followed)
@for_followers
def add_words(request: Request, token: str, said: NoteSent) -> dict[str, Any]:
    write_back(_case(request), said.words, at=request.at, pictures=cleaned(said.photos))
    return _followed(request)


@router.post("/followed/{token}/answers", response=Followed)
@for_followers
def answer_own_questions(request: Request, token: str, said: OwnAnswersSent) -> dict[str, Any]:
    answering.answer(_case(request), said.item, said.answers, by=request.actor, at=request.at)
    return _followed(request)


@router.post("/followed/{token}/solved", response=Followed)
@for_followers
def say_solved(request: Request, token: str, said: WordsMaySent) -> dict[str, Any]:
    verify.say_solved(_case(request), by=request.actor, at=request.at, words=said.words)
    return _followed(request)


@router.post("/followed/{token}/not-solved", response=Followed)
@for_followers
def say_not_solved(request: Request, token: str, said: WordsSent) -> dict[str, Any]:
    verify.say_not_solved(_case(request), said.words, by=request.actor, at=request.at)
    return _followed(request)


@router.post("/followed/{token}/held", response=Followed)
@for_followers
def say_it_held(request: Request, token: str) -> dict[str, Any]:
    follow_up.say_it_held(_case(request), by=request.actor, at=request.at)
    return _followed(request)


@router.post("/followed/{token}/reopen", response=Followed)
@for_followers
def reopen_own(request: Request, token: str, said: WordsSent) -> dict[str, Any]:
    close.reopen(_case(request), said.words, by=request.actor, at=request.at)
    return _followed(request)


@router.post("/followed/{token}/withdraw", response=Followed)
@for_followers
def withdraw_own(request: Request, token: str) -> dict[str, Any]:
    withdraw(_case(request), by=request.actor, at=request.at)
    return _followed(request)


@router.put("/followed/{token}/contact", response=Followed)
@for_followers
def change_own_contact(request: Request, token: str, said: ContactSent) -> dict[str, Any]:
    change_contact(_case(request), contact_of(said), at=request.at)
    return _followed(request)


@router.delete("/followed/{token}/contact", response={204: None})
@for_followers
def erase_own_contact(request: Request, token: str) -> None:
    erase_contact(_case(request))


class Look(Told):
    """One look at the case or at the contact: by which unit and post, never which person, and what for."""

    at: datetime
    what: str
    role: str
    unit: str | None
    post_kind: str | None
    purpose: str
    because: str
    until: datetime | None


@router.get("/followed/{token}/seen", response=list[Look])
@for_followers
def show_who_saw(request: Request, token: str) -> list[dict[str, Any]]:
    return [each._asdict() for each in who_saw(_case(request))]


@router.get("/followed/{token}/own", response=dict[str, Any])
@for_followers
def take_own_data(request: Request, token: str) -> dict[str, Any]:
    case = find(_case(request))
    copy = own_data(case.pk, erasing.standings_of(case, request.at), at=request.at)
    if copy is None:
        raise Http404
    return copy


class PartTold(Told):
    """A part that was asked to be erased: gone, or kept until a day (none: until the case has ended), and why."""

    part: str
    is_gone: bool
    from_on: date | None
    because: str | None


@router.delete("/followed/{token}/own", response=list[PartTold])
@for_followers
def erase_own_data(request: Request, token: str) -> list[dict[str, Any]]:
    return [
        {
            "part": each.part,
            "is_gone": each.is_free,
            "from_on": each.from_on,
            "because": str(each.because) if each.because else None,
        }
        for each in erasing.erase(_case(request), by=request.actor, at=request.at)
    ]


@router.get(
    "/followed/{token}/photos/{name}",
    openapi_extra={"responses": {200: {"content": {"image/webp": {"schema": {"type": "string", "format": "binary"}}}}}},
)
@for_followers
def show_own_photo(request: Request, token: str, name: str, small: bool = False) -> HttpResponse:
    found = cases.photo(name.replace("\0", ""))
    if found is None:
        raise Http404
    return answered(bytes(found.thumbnail if small else found.image))


class LinkAsked(Sent):
    """The case number, and the address or telephone number that was left with the report."""

    number: Number
    contact: Annotated[Text, Field(min_length=1, max_length=200)]


@router.post("/links", response={202: None})
@for_everybody
def ask_for_link(request: Request, said: LinkAsked) -> None:
    limits.count_question(request)
    send_link_again(said.number, said.contact, at=request.at)


def _case(request: Request) -> CaseId:
    assert request.actor.case is not None
    return CaseId(request.actor.case)


def _followed(request: Request) -> dict[str, Any]:
    shown = cases.followed(_case(request))
    if shown is None:
        raise Http404
    case, item = shown.case, cases.item_of(shown.case)
    return {
        "number": case.number,
        "state": case.state,
        "is_open": case.is_open,
        "question": case.question,
        "item": case.item,
        "item_name": item.name.said(language()) if item else "",
        "urgency": case.urgency,
        "outcome": case.outcome,
        "place_words": case.place_words,
        "community": case.community.name if case.community else None,
        "holder": case.holder_unit.name if case.holder_unit else None,
        "reported_at": case.reported_at,
        "first_contact_by": case.first_contact_by,
        "promised_by": case.promised_by,
        "ended_at": case.ended_at,
        "reopen_by": shown.reopen_by,
        "life": [_step(event, shown) for event in shown.ledger],
        "moves": [str(move) for move in shown.moves(request.at)],
        "photos": [photo.name for photo in shown.photos],
        "contact": masked(shown.contact),
        "joined": vars(shown.joined) if shown.joined else None,
        "objections": objections_told(case, shown.ledger, lambda event: shown.units.get(event.by_unit or 0, "")),
        "clocks": clocks_told(
            standing(case, shown.turns, case.holder_unit.kind if case.holder_unit else "", at=request.at)
        ),
    }


def _step(event: Any, shown: cases.Followed) -> dict[str, Any]:
    because = event.facts.get("because")
    return {
        "seq": event.seq,
        "move": event.move,
        "state": event.to_state,
        "happened_at": event.happened_at,
        "heard_at": event.heard_at,
        "by": event.by_hat,
        "unit": shown.units.get(event.by_unit) or shown.units.get(event.facts.get("unit")),
        "words": shown.words.get(event.seq),
        "because": str(from_json(because)) if because else None,
    }
