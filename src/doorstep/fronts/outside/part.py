"""One case for whoever a unit without accounts sends: what is wrong, where, until when, and the words to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from functools import partial
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.cases import outside as links
from doorstep.cases.actions import act
from doorstep.cases.actions import outside as acts
from doorstep.cases.actions.ledger import SomebodyWasFirst
from doorstep.cases.queries import Move
from doorstep.core.access import Actor, acting_as, audit
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say, text
from doorstep.core.time.zone import LOCAL, local
from doorstep.fronts import asked, limits
from doorstep.fronts.desk.words import TONE_OF_STATE
from doorstep.fronts.entering import as_actor, for_the_public, without_transaction
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.once import new_form, report_key
from doorstep.fronts.pictures import pictures_in
from doorstep.fronts.resident.following import private
from doorstep.fronts.resident.photos import picture
from doorstep.fronts.templatetags.words import said

Make = Callable[[CaseId, Actor, datetime], object]
TRIES: Final = 3


def handler_of_link(request: HttpRequest, token: str, **rest: str) -> Actor:
    """The outside handler whom the address proves; whoever guesses is stopped."""
    with limits.counted_link(request):
        return acts.enter(token, at=request.at)  # type: ignore[attr-defined]


@as_actor(handler_of_link)
@require_safe
def shown(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the case; that it was opened is kept, and its reporter can read it."""
    handler, at = request.actor, request.at  # type: ignore[attr-defined]
    audit.read("case", handler.case, by=handler, at=at)
    return _page(request, token)


@as_actor(handler_of_link)
@require_safe
def photo(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """One picture of the case."""
    return picture(request, name)


@for_the_public
@without_transaction
@require_POST
def do(request: HttpRequest, token: str, move: str) -> HttpResponse:
    """One move for the unit; what is refused is said above the page as it now stands."""
    at: datetime = request.at  # type: ignore[attr-defined]
    if move not in MOVES:
        raise Http404
    handler = handler_of_link(request, token)
    try:
        _make(MOVES[move](request, at), Move(move), handler, asked.number(request.POST, "seen"), at)
    except Refusal as refused:
        # A case that has gone meanwhile is not shown: the link says why.
        request.actor = handler_of_link(request, token)  # type: ignore[attr-defined]
        with acting_as(handler):
            return _page(request, token, refused, request.POST.dict(), move)
    return SeeOther(f"{reverse('outside-part', args=[token])}?done={move}")


def _make(make: Make, move: Move, handler: Actor, seen: int | None, at: datetime) -> None:
    """Make the move once: a form that arrives twice is one answer, and what somebody else did meanwhile is no fault."""
    for tries_left in reversed(range(TRIES)):
        try:
            with acting_as(handler):
                make(CaseId(handler.case or 0), handler, at)
            return
        except Refusal as refused:
            with acting_as(handler):
                if acts.is_made(handler, move, seen):
                    return
            if not (isinstance(refused, SomebodyWasFirst) and tries_left):
                raise


# What the forms say ---------------------------------------------------------------------------------------------------


def _take(request: HttpRequest, at: datetime) -> Make:
    return lambda case, by, at: act.take(case, by=by, at=at)


def _note(request: HttpRequest, at: datetime) -> Make:
    comes = _coming(request.POST, at)
    words = [_when(comes)] if comes else []
    return partial(
        _noted,
        words="\n".join([*words, _words(request.POST)]).strip(),
        pictures=pictures_in(request),
        key=report_key(request),
    )


def _noted(case: CaseId, by: Actor, at: datetime, **said: object) -> object:
    return act.note(case, by=by, at=at, **said)  # type: ignore[arg-type]


def _done(request: HttpRequest, at: datetime) -> Make:
    words, pictures = _words(request.POST), pictures_in(request)
    return lambda case, by, at: act.do(case, words, by=by, at=at, pictures=pictures)


def _not_ours(request: HttpRequest, at: datetime) -> Make:
    reason = _words(request.POST)
    return lambda case, by, at: act.decline(case, reason, by=by, at=at, cited=reason)


MOVES: Final[Mapping[str, Callable[[HttpRequest, datetime], Make]]] = {
    "take": _take,
    "note": _note,
    "do": _done,
    "decline": _not_ours,
}
"""What can be sent, by the last part of its address; each reads the form before anything is written."""


def _words(form: Mapping[str, str]) -> str:
    words = asked.text(form, "words", links.LONGEST_WORDS + 1)
    links.refuse_words(words)
    return words


def _coming(form: Mapping[str, str], at: datetime) -> datetime | None:
    """When they come; None where nothing was said of it. A day without an hour is its end of work."""
    day = asked.day(form, "comes_on")
    if day is None:
        return None
    try:
        hour = time.fromisoformat(form.get("comes_time", ""))
    except ValueError:
        hour = time(18)
    comes = datetime.combine(day, hour.replace(tzinfo=None), LOCAL)
    links.refuse_coming(comes, at)
    return comes


def _when(comes: datetime) -> str:
    here = local(comes)
    return text("outside-comes", when=say("parts-moment", month=here.month, day=here.day, time=f"{here:%H:%M}"))


# What the page shows --------------------------------------------------------------------------------------------------


def _page(
    request: HttpRequest,
    token: str,
    refused: Refusal | None = None,
    written: Mapping[str, str] | None = None,
    tried: str = "",
) -> HttpResponse:
    handler, at = request.actor, request.at  # type: ignore[attr-defined]
    seen = links.part_seen(handler, at=at)
    if seen is None:
        raise Http404
    case, done = seen.case, request.GET.get("done", "")
    given = {
        "seen": seen,
        "case": case,
        "part": seen.part,
        "token": token,
        "unit": said(case.holder_unit.name) if case.holder_unit else "",
        "item": seen.item.name.said(language()) if seen.item else "",
        # What proves the whole says nothing of a part.
        "proof": seen.item.proof.said(language()) if seen.item and seen.item.proof and not seen.part else "",
        "places": [said(each) for each in seen.places],
        "state": say(f"cases-state-{case.state}"),
        "state_tone": TONE_OF_STATE[case.state],
        "urgency": say(f"cases-urgency-{case.urgency}") if case.urgency else None,
        "is_late": case.holder_due_at is not None and case.holder_due_at < at,
        "danger": case.urgency == "critical",
        "may": [str(move) for move in seen.mine],
        "told": [(say(f"cases-move-{each.move}"), each) for each in seen.told],
        "photos": [(each, reverse("outside-photo", args=[token, each.name])) for each in seen.photos],
        "refused": refused,
        "tried": tried,
        "written": written or {},
        "form": new_form(),
        "today": local(at).date().isoformat(),
        "done": say(f"outside-done-{done}") if done in MOVES else None,
    }
    status = 200 if refused is None else getattr(refused, "status", 409)
    return private(render(request, "outside/part.html", given, status=status))
