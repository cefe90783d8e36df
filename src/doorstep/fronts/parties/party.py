"""The page of one party, by a link of their own: say yes or no, read, sign, answer, and leave at any time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.core.access import Actor
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked, limits
from doorstep.fronts.desk.attempting import attempted
from doorstep.fronts.entering import as_actor
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.mediation import reading
from doorstep.fronts.parties.calendar import invitation
from doorstep.fronts.parts import Choice
from doorstep.fronts.resident.following import private
from doorstep.mediation import queries as mediations
from doorstep.mediation.actions import agreeing, choosing, erasing, following, requesting, stopping
from doorstep.mediation.actions.sealing import sm2_public_key

Done = Callable[[HttpRequest, int, Actor, datetime], object]


class ErasingUnsure(Refusal):
    """What is erased does not come back; one tick says that it is meant."""

    status = 422


def party_of_link(request: HttpRequest, token: str, **rest: object) -> Actor:
    """The party whom the address proves; whoever guesses is stopped."""
    with limits.counted_link(request):
        return requesting.enter(token, at=request.at)  # type: ignore[attr-defined]


@as_actor(party_of_link)
@require_safe
def shown(request: HttpRequest, token: str) -> HttpResponse:
    """How it stands, and what waits for this party."""
    return _page(request, token)


@as_actor(party_of_link)
@require_POST
def do(request: HttpRequest, token: str, move: str) -> HttpResponse:
    """One move of this party; what is refused is said above the page as it now stands."""
    by, at = request.actor, request.at  # type: ignore[attr-defined]
    made = MOVES.get(move)
    if made is None:
        raise Http404
    refused = attempted(lambda: made(request, by.file or 0, by, at))
    if refused is not None:
        return _page(request, token, refused, move)
    if move == "erase":
        return private(render(request, "mediation/erased.html", {}))
    return SeeOther(f"{reverse('party', args=[token])}?done={move}")


@as_actor(party_of_link)
@require_safe
def agreement(request: HttpRequest, token: str, ending: str) -> HttpResponse:
    """The agreement as a file: a draft before all have signed; or the signature beside it."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    return agreement_as(by.file or 0, ending)


@as_actor(party_of_link)
@require_safe
def meeting(request: HttpRequest, token: str, session: int) -> HttpResponse:
    """One meeting for a calendar."""
    by, at = request.actor, request.at  # type: ignore[attr-defined]
    found = mediations.session_of(by.file or 0, session)
    if found is None:
        raise Http404
    response = HttpResponse(invitation(found, at), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="mediation-{found.pk}.ics"'
    return private(response)


@as_actor(party_of_link)
@require_safe
def own_copy(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that is kept of this party, for a program."""
    by, at = request.actor, request.at  # type: ignore[attr-defined]
    copy = mediations.own_data(by, at=at)
    response = JsonResponse(copy or {}, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="doorstep-mediation.json"'
    return private(response)


def agreement_as(mediation: int, ending: str) -> HttpResponse:
    """The agreement as a file, the signature beside it, or the key by which that is checked."""
    if ending not in FILES:
        raise Http404
    make, kind, name = FILES[ending]
    content = make(mediation)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name.format(mediation)}"'
    return private(response)


FILES: Final[Mapping[str, tuple[Callable[[int], bytes | None], str, str]]] = {
    "pdf": (mediations.agreement_file, "application/pdf", "agreement-{}.pdf"),
    "sm2": (mediations.sm2_file, "application/octet-stream", "agreement-{}.pdf.sm2"),
    "pem": (lambda _: sm2_public_key(), "application/x-pem-file", "sm2.pem"),
}


# What a party may send ------------------------------------------------------------------------------------------------


def _consent(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    form = request.POST
    choosing.consent(
        file, to_mediation=form.get("mediation") == "yes", to_mediator=form.get("mediator") == "yes", by=by, at=at
    )


def _object(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    choosing.object_to_mediator(file, by=by, at=at)


def _sign(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    agreeing.sign(file, reading.hand(request), request.POST.get("seen", ""), by=by, at=at)


def _answer(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    form = request.POST
    following.answer(file, form.get("answer", ""), asked.text(form, "words", reading.LONGEST), by=by, at=at)


def _withdraw(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    stopping.withdraw(file, by=by, at=at)


def _erase(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    if request.POST.get("sure") != "yes":
        raise ErasingUnsure(say("mediation-erase-unsure"), say("mediation-erase-unsure-try"), "sure")
    erasing.erase_own(file, by=by, at=at)


MOVES: Final[Mapping[str, Done]] = {
    "consent": _consent, "object": _object, "sign": _sign, "answer": _answer, "withdraw": _withdraw, "erase": _erase,
}  # fmt: skip


# What the page shows --------------------------------------------------------------------------------------------------


def _page(request: HttpRequest, token: str, refused: Refusal | None = None, tried: str = "") -> HttpResponse:
    by, at = request.actor, request.at  # type: ignore[attr-defined]
    seen = mediations.file_seen(by.file or 0, by=by, at=at)
    if seen is None or seen.me is None:
        raise Http404
    tone, state = reading.state_of(seen.file)
    done = request.GET.get("done", "")
    given = {
        "seen": seen,
        "file": seen.file,
        "me": seen.me,
        "token": token,
        "tone": tone,
        "state": state,
        "steps": reading.steps(seen),
        "may": seen.may,
        "owed": _owed(seen, at),
        "answers": [Choice(each, say(f"mediation-answer-{each}")) for each in mediations.ANSWERS],
        "refused": refused,
        "tried": tried,
        "written": reading.written(request.POST, refused),
        "done": say(f"mediation-done-{done}") if done in MOVES else None,
        "now": at,
    }
    status = 200 if refused is None else getattr(refused, "status", 409)
    return private(render(request, "mediation/party.html", given, status=status))


def _owed(seen: mediations.FileSeen, at: datetime) -> mediations.AnswerSeen | None:
    """What this party is asked now."""
    open_ones = [each for each in seen.answers if each.asked_at and not each.answer and each.due_on <= local_date(at)]
    return open_ones[-1] if open_ones and "follow" in seen.may else None
