"""The desk's and the mediator's pages: the list with what came of all, a request of the desk's own, and one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.areas import queries as areas
from doorstep.cases.actions import ledger, looking
from doorstep.core.access import Actor, Role, audit
from doorstep.core.access.roles import DESKS
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.desk import words
from doorstep.fronts.desk.attempting import attempted
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.mediation import reading
from doorstep.fronts.parties.party import agreement_as
from doorstep.fronts.parts import Choice, Figure
from doorstep.mediation import queries as mediations
from doorstep.mediation.actions import agreeing, choosing, requesting, stopping, talking
from doorstep.mediation.actions.requesting import FromCase

READERS = (*sorted(DESKS), Role.MEDIATOR)
COUNTED: Final = ("all", "open", "agreed", "kept", "partly", "broken", "unheard", "failed", "stopped")
Done = Callable[[HttpRequest, int, Actor, datetime], Any]


@require_safe
@for_roles(*READERS)
def listed(request: HttpRequest) -> HttpResponse:
    """Those of this desk, or of this mediator; and what came of all of them, without persons."""
    only_open = request.GET.get("all") != "yes"
    counts = mediations.figures()
    context = {
        "rows": [(each, *reading.state_of(each)) for each in mediations.files(only_open=only_open)],
        "only_open": only_open,
        "figures": [Figure(say(f"mediation-count-{each}"), counts[each]) for each in COUNTED],
        "may_add": request.actor.role in DESKS,  # type: ignore[attr-defined]
    }
    return words.drawn(request, "mediation/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*sorted(DESKS))
def add(request: HttpRequest) -> HttpResponse:
    """A request that the desk enters: for a case, or for people who came without one."""
    if request.method != "POST":
        return _form(request)
    made: list[requesting.Requested] = []
    refused = attempted(lambda: made.append(_request(request)))
    if refused is not None:
        return _form(request, refused)
    return SeeOther(reverse("mediation-file", args=[made[0].id]))


def _request(request: HttpRequest) -> requesting.Requested:
    by, at, form = request.actor, request.at, request.POST  # type: ignore[attr-defined]
    case = _case(form.get("case", ""))
    community = case.community if case else asked.number(form, "community") or 0
    matter = asked.text(form, "matter", reading.LONGEST)
    return requesting.request(matter, reading.parties(form), community=community, case=case, by=by, at=at)


def _case(number: str) -> FromCase | None:
    """The case of this number, as far as this desk may see it."""
    if not number:
        return None
    found = ledger.find(CaseId(looking.find_numbered(number)))
    return FromCase(found.pk, found.number, found.community_id or 0)


def _form(request: HttpRequest, refused: Refusal | None = None) -> HttpResponse:
    by, today = request.actor, local_date(request.at)  # type: ignore[attr-defined]
    communities = [Choice(str(each.pk), each.name) for each in areas.communities_in(by.org or 0, today)]
    case = _case(request.POST.get("case", "") or request.GET.get("case", ""))
    context = {
        "case": case,
        "communities": communities,
        "written": reading.written(request.POST, refused),
        "most": mediations.LONGEST_MATTER,
        "refused": refused,
    }
    return words.drawn(request, "mediation/add.html", context, status=200 if refused is None else 409)


@require_safe
@for_roles(*READERS)
def file(request: HttpRequest, mediation: int) -> HttpResponse:
    """One file; that it was opened is kept."""
    return _page(request, mediation)


@require_POST
@for_roles(*READERS)
def do(request: HttpRequest, mediation: int, move: str) -> HttpResponse:
    """One move; a new link is shown this once, on the page itself."""
    by, at = request.actor, request.at  # type: ignore[attr-defined]
    made = MOVES.get(move)
    if made is None:
        raise Http404
    came: list[Any] = []
    refused = attempted(lambda: came.append(made(request, mediation, by, at)))
    if refused is not None:
        return _page(request, mediation, refused=refused, tried=move)
    if move == "link":
        return _page(request, mediation, token=came[0])
    if move == "decline":
        return SeeOther(f"{reverse('mediation-list')}")
    return SeeOther(f"{reverse('mediation-file', args=[mediation])}?done={move}")


@require_safe
@for_roles(Role.MEDIATOR)
def agreement(request: HttpRequest, mediation: int, ending: str) -> HttpResponse:
    """The agreement as a file, for whoever mediates."""
    return agreement_as(mediation, ending)


# What may be sent -----------------------------------------------------------------------------------------------------


def _propose(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    choosing.propose(file, asked.number(request.POST, "mediator") or 0, by=by, at=at)


def _accept(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    choosing.accept(file, request.POST.get("tie", ""), by=by, at=at)


def _decline(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    choosing.decline(file, request.POST.get("tie", ""), by=by, at=at)


def _join(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    form = request.POST
    name, phone, email = (asked.line(form, f"{each}9", 300) for each in ("name", "phone", "email"))
    requesting.join(file, mediations.read_party(name, phone, email, where="9"), by=by, at=at)


def _link(request: HttpRequest, file: int, by: Actor, at: datetime) -> str:
    return requesting.give_link(file, asked.number(request.POST, "party") or 0, by=by, at=at)


def _meet(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    form = request.POST
    place, minutes = asked.line(form, "place", 300), asked.number(form, "minutes")
    starts = asked.moment(form, "starts_at")
    session = asked.number(form, "session")
    if session:
        talking.shift(session, place, starts, minutes, by=by, mediation=file, at=at)
    else:
        talking.meet(file, place, starts, minutes, by=by, at=at)


def _cancel(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    talking.cancel(asked.number(request.POST, "session") or 0, by=by, mediation=file, at=at)


def _record(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    form = request.POST
    told = asked.text(form, "words", reading.LONGEST)
    talking.keep_record(file, told, both_agree=form.get("agree") == "yes", by=by, at=at)


def _note(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    talking.note(file, asked.text(request.POST, "note", reading.LONGEST), by=by, at=at)


def _draw_up(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    form = request.POST
    days = [asked.day(form, f"follow{each}") for each in (1, 2, 3)]
    agreeing.draw_up(file, reading.terms(form), days, by=by, at=at)


def _sign(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    agreeing.sign_as_mediator(file, reading.hand(request), request.POST.get("seen", ""), by=by, at=at)


def _paper(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    form = request.POST
    number = asked.number(form, "party") or 0
    agreeing.signed_on_paper(file, number, reading.picture(request), form.get("seen", ""), by=by, at=at)


def _fail(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    stopping.fail(file, by=by, at=at)


def _take_back(request: HttpRequest, file: int, by: Actor, at: datetime) -> None:
    stopping.take_back(file, by=by, at=at)


MOVES: Final[Mapping[str, Done]] = {
    "propose": _propose, "accept": _accept, "decline": _decline, "join": _join, "link": _link, "meet": _meet,
    "cancel": _cancel, "record": _record, "note": _note, "draw-up": _draw_up, "sign": _sign, "paper": _paper,
    "fail": _fail, "take-back": _take_back,
}  # fmt: skip


# What the page shows --------------------------------------------------------------------------------------------------


def _page(
    request: HttpRequest, mediation: int, *, token: str = "", refused: Refusal | None = None, tried: str = ""
) -> HttpResponse:
    by, at = request.actor, request.at  # type: ignore[attr-defined]
    seen = mediations.file_seen(mediation, by=by, at=at)
    if seen is None:
        raise Http404
    audit.read("mediation", mediation, by=by, at=at)
    tone, state = reading.state_of(seen.file)
    done = request.GET.get("done", "")
    address = request.build_absolute_uri(reverse("party", args=[token])) if token else ""
    context: dict[str, Any] = {
        "seen": seen,
        "file": seen.file,
        "tone": tone,
        "state": state,
        "steps": reading.steps(seen),
        "may": seen.may,
        "may_take_back": "take_back" in seen.may and not any(each.consents for each in seen.sides),
        "is_mediator": by.role is Role.MEDIATOR,
        "mediators": _mediators(seen, at) if by.role in DESKS else [],
        "ties": [Choice(each, say(f"mediation-tie-{each}")) for each in mediations.TIES],
        "minutes": [Choice(str(each), say("mediation-minutes", count=each)) for each in mediations.MINUTES],
        "who": reading.named(seen),
        "rows": range(1, reading.ROWS + 1),
        "today": local_date(at).isoformat(),
        "now": at,
        "unsigned": [Choice(str(each.number), each.name) for each in seen.sides if not each.has_signed],
        "has_signed": bool(seen.agreement and any(each.at for each in seen.agreement.sides if not each.number)),
        "address": address,
        "qr": segno.make(address, error="l").svg_inline(scale=4, omitsize=True, border=3) if address else "",
        "written": reading.written(request.POST, refused),
        "refused": refused,
        "tried": tried,
        "done": say(f"mediation-done-{done}") if done in MOVES else None,
    }
    status = 200 if refused is None else getattr(refused, "status", 409)
    return words.drawn(request, "mediation/file.html", context, status=status)


def _mediators(seen: mediations.FileSeen, at: datetime) -> list[Choice]:
    found = mediations.mediators_for(seen.file.community_id, at)
    return [Choice(str(each.account), each.name, f"{each.title} · {each.area}".strip(" ·")) for each in found]
