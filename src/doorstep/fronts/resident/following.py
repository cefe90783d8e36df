"""The page of one case for whoever holds its link: its whole life, and what the reporter can do now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.cases import asking as questions
from doorstep.cases import explaining
from doorstep.cases import queries as cases
from doorstep.cases.actions import answering, close, follow_up, objecting, verify
from doorstep.cases.actions.contact import change_contact, erase_contact, readable_contact
from doorstep.cases.actions.ledger import CaseNotFound, SomebodyWasFirst
from doorstep.cases.actions.withdraw import withdraw
from doorstep.cases.actions.writing_back import write_back
from doorstep.cases.queries import Followed
from doorstep.cases.standing import Standing, answer_owed, standing
from doorstep.core.access import Actor, acting_as
from doorstep.core.access.links import follower
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say
from doorstep.engines.wording.matters import MOST as MOST_MATTERS
from doorstep.fronts import asked, asking, clocks, objections
from doorstep.fronts.entering import as_actor, for_the_public, without_transaction
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.pictures import pictures_in
from doorstep.fronts.resident.life import (
    by,
    ended_as,
    how_it_stands,
    joined_steps,
    masked,
    may_do,
    moves_of_mine,
    promise,
    steps,
    taken,
)
from doorstep.fronts.resident.photos import holder_of_link
from doorstep.mediation.queries import may_be_mediated


@as_actor(holder_of_link)
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """The whole life of the case."""
    return page(request, token)


@as_actor(holder_of_link)
@require_safe
def received(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt: the number, the link, and what happens next."""
    shown = _followed(request.actor)  # type: ignore[attr-defined]
    at: datetime = request.at  # type: ignore[attr-defined]
    link = request.build_absolute_uri(reverse("resident-follow", args=[token]))
    words = shown.words.get(1, "")
    danger = cases.danger_in(words)
    advice = danger.advice if danger else None
    if advice is None and shown.case.urgency == "critical":
        advice = say("resident-critical-advice")
    given = {
        "case": shown.case,
        "link": link,
        "token": token,
        "words": words,
        "qr": segno.make(link, error="l").svg_inline(scale=4, omitsize=True, border=3),
        "advice": advice,
        "promise": promise(shown, at),
        "joined": how_it_stands(shown),
        "contact": shown.contact,
        "questions": _questions(shown, {}),
        "also": [_sent_too(request, each, at) for each in request.GET.getlist("also")[: MOST_MATTERS - 1]],
    }
    return private(render(request, "resident/received.html", given))


def _sent_too(request: HttpRequest, token: str, at: datetime) -> tuple[str, str, str]:
    """Number, words and link of another case that the same text became; its own link proves the right to it."""
    ava = follower(token, at=at)
    with acting_as(ava):
        shown = _followed(ava)
        link = request.build_absolute_uri(reverse("resident-follow", args=[token]))
        return shown.case.number, shown.words.get(1, ""), link


def page(
    request: HttpRequest, token: str, refused: Refusal | None = None, answers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page as it stands now, with what was refused and what was written when a move did not succeed."""
    shown = _followed(request.actor)  # type: ignore[attr-defined]
    at: datetime = request.at  # type: ignore[attr-defined]
    mine = moves_of_mine(shown, token, at)
    given = {
        "case": shown.case,
        "token": token,
        "steps": steps(shown),
        "why": explaining.why_here(shown.case, shown.ledger),
        "objections": objections.shown(shown.case, shown.ledger, partial(by, shown), lambda _: ""),
        "mine": mine,
        "may": [str(move) for move in shown.moves(at)],
        "others": may_do(shown),
        "over": not shown.case.is_open and shown.case.state != "merged",
        "promise": promise(shown, at),
        "owed": clocks.owed(answer_owed(shown.case, shown.ledger, at=at), at),
        "clocks": clocks.shown(_standing(shown, at)),
        "reopen_by": shown.reopen_by,
        "photos": [
            (photo, reverse("resident-photo", args=[token, photo.name]), taken(shown, photo)) for photo in shown.photos
        ],
        "sounds": [(each, reverse("resident-sound", args=[token, each.name])) for each in shown.sounds],
        "masked": masked(shown.contact),
        "joined": how_it_stands(shown),
        "joined_steps": joined_steps(shown),
        "may_object": shown.may_object(at),
        "may_be_mediated": may_be_mediated(shown.case.case_class, shown.case.item),
        "questions": _questions(shown, answers or {}, refused),
        "asks_whether_it_held": shown.is_asked_whether_it_held(at),
        "ended_as": ended_as(shown),
        "is_unreasonable": shown.case.outcome == "unreasonable",
        "state": say(f"cases-state-{shown.case.state}"),
        "urgency": say(f"cases-urgency-{shown.case.urgency}") if shown.case.urgency else None,
        "item": _item(shown) or _item_joined(shown),
        "refusal": refused,
        "answers": answers or {},
        "done": _done(request.GET.get("done", "")),
    }
    status = 200 if refused is None else getattr(refused, "status", 409)
    return private(render(request, "resident/follow.html", given, status=status))


Done = Callable[[HttpRequest, CaseId, Actor, datetime], object]

MOVES: dict[str, Done] = {
    "solved": lambda request, case, by, at: verify.say_solved(case, by=by, at=at, words=_words(request)),
    "not-solved": lambda request, case, by, at: verify.say_not_solved(case, _still_wrong(request), by=by, at=at),
    "note": lambda request, case, by, at: write_back(case, _words(request), at=at, pictures=pictures_in(request)),
    "answer": lambda request, case, by, at: answering.answer(
        case, asked.line(request.POST, "item", 60), asking.answers_in(request.POST), by=by, at=at
    ),
    "reopen": lambda request, case, by, at: close.reopen(case, _still_wrong(request), by=by, at=at),
    "held": lambda request, case, by, at: follow_up.say_it_held(case, by=by, at=at),
    "withdraw": lambda request, case, by, at: withdraw(case, by=by, at=at),
    "object": lambda request, case, by, at: objecting.object_to_ending(case, _still_wrong(request), by=by, at=at),
    "contact": lambda request, case, by, at: change_contact(
        case,
        readable_contact(request.POST.get("email", ""), request.POST.get("phone", ""), language=language()),
        at=at,
    ),
    "erase": lambda request, case, by, at: erase_contact(case),
}
"""What the holder of a link can send, by the last part of its address."""

ADDS = frozenset({"answer", "note"})
ADDS_AT_MOST = 3


@for_the_public
@without_transaction
@require_POST
def do(request: HttpRequest, token: str, move: str) -> HttpResponse:
    """One move of the reporter; what is refused is said above the page as it now stands."""
    at: datetime = request.at  # type: ignore[attr-defined]
    ava = follower(token, at=at)
    if move not in MOVES or ava.case is None:
        raise Http404
    try:
        _make(move, request, CaseId(ava.case), ava, at)
    except CaseNotFound:
        raise
    except Refusal as refused:
        request.actor = ava  # type: ignore[attr-defined]
        with acting_as(ava):
            return page(request, token, refused, request.POST.dict())
    return SeeOther(f"{reverse('resident-follow', args=[token])}?done={move}")


def _make(move: str, request: HttpRequest, case: CaseId, ava: Actor, at: datetime) -> None:
    """Make the move. What only adds something fits whatever happened to the case meanwhile, so it is made again."""
    again = ADDS_AT_MOST if move in ADDS and not request.FILES else 0
    while True:
        try:
            with acting_as(ava):
                MOVES[move](request, case, ava, at)
            return
        except SomebodyWasFirst:
            if not again:
                raise
            again -= 1


def _words(request: HttpRequest) -> str:
    return asked.text(request.POST, "words")


def _still_wrong(request: HttpRequest) -> str:
    return asked.text(request.POST, "still_wrong")


def _followed(ava: Actor) -> Followed:
    shown = None if ava.case is None else cases.followed(ava.case)
    if shown is None:
        raise Http404
    return shown


def _questions(shown: Followed, written: Mapping[str, str], refused: Refusal | None = None) -> object:
    """What its item still asks, while the reporter can add anything."""
    if cases.Move.NOTE not in shown.moves_of(cases.By.REPORTER) or shown.joined is not None:
        return None
    found = questions.still_asked_of(shown.case, shown.words.get(1, ""), [event.facts for event in shown.ledger])
    return asking.shown(found, written, refused.where if refused else "")


def _standing(shown: Followed, at: datetime) -> Standing | None:
    unit = shown.case.holder_unit
    return standing(shown.case, shown.turns, unit.kind if unit else "", at=at)


def _item(shown: Followed) -> str:
    item = cases.item_of(shown.case)
    return item.name.said(language()) if item else ""


def _item_joined(shown: Followed) -> str:
    """A voice is about what the case is about that it joined."""
    item = cases.catalogue().items.get(shown.joined.item) if shown.joined else None
    return item.name.said(language()) if item else ""


def _done(move: str) -> object:
    return say(f"resident-done-{move}") if move in MOVES else None


def private(response: HttpResponse) -> HttpResponse:
    """A page that its link alone opens: kept by nobody between, and told to nobody."""
    response["Cache-Control"] = "private, no-cache"
    # The address is the proof: no other site, and no search engine, is told of it. (Without any referrer at all the
    # browser would call the page's own forms a stranger's.)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
