"""The owner of a flat cannot be reached: the order of what is tried, what was done, and the notice for the door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.areas import queries as areas
from doorstep.cases import absent
from doorstep.cases.absent import StepShown
from doorstep.cases.actions import absent as searching
from doorstep.cases.actions import clocks, looking
from doorstep.catalogue.item import PauseReason
from doorstep.core.access.roles import CASE_READERS
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.fronts import asked
from doorstep.fronts.desk import words
from doorstep.fronts.desk.attempting import attempted
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Choice
from doorstep.staff.units import phone_of_desk

READERS = tuple(sorted(CASE_READERS))


@require_safe
@for_roles(*READERS)
def shown(request: HttpRequest, number: str) -> HttpResponse:
    """How far it is, and what comes next; only the holder writes."""
    return _shown(request, number)


@require_POST
@for_roles(*READERS)
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One step was done."""
    actor, at, form = request.actor, request.at, request.POST  # type: ignore[attr-defined]

    def deed() -> None:
        searching.record(
            CaseId(looking.find_numbered(number, seen=asked.number(form, "seen"))),
            form.get("step", ""),
            form.get("how", ""),
            asked.text(form, "words", 500),
            by=actor,
            at=at,
            happened_at=asked.moment(form, "tried_at"),
            with_police=form.get("police") == "yes",
        )

    if refused := attempted(deed):
        return _shown(request, number, refused=refused, written=form)
    return SeeOther(f"{reverse('desk-absent', args=[number])}?done=step")


@require_POST
@for_roles(*READERS)
def wait(request: HttpRequest, number: str) -> HttpResponse:
    """Everything was tried: the holder's clock waits until a review date, at which the level above is told."""
    actor, at, form = request.actor, request.at, request.POST  # type: ignore[attr-defined]

    def deed() -> None:
        case = CaseId(looking.find_numbered(number, seen=asked.number(form, "seen")))
        days = asked.number(form, "days") or 0
        clocks.pause(case, str(PauseReason.OWNER_ABSENT), days, by=actor, at=at)

    if refused := attempted(deed):
        return _shown(request, number, refused=refused, written={"step": "wait"})
    return SeeOther(f"{reverse('desk-absent', args=[number])}?done=wait")


@require_safe
@for_roles(*READERS)
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet for the door: whom to call, and nothing that a passer-by should read about this home."""
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    whole = looking.open_case(number, by=actor, at=at)
    community = areas.described(whole.case.community_id) if whole.case.community_id else None
    page = {
        "case": whole.case,
        "holder": whole.case.holder_name or "",
        "community": community.name if community else "",
        "phone": phone_of_desk(whole.case.community_id),
        "back": reverse("desk-absent", args=[whole.case.number]),
    }
    return words.drawn(request, "desk/absent_notice.html", page)


def _shown(
    request: HttpRequest, number: str, *, refused: Refusal | None = None, written: Mapping[str, str] | None = None
) -> HttpResponse:
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    whole = looking.open_case(number, by=actor, at=at)
    search = absent.search_of(whole.case, [(each.move, each.facts, each.happened_at) for each in whole.life])
    is_holder = "do" in whole.mine
    left = whole.standing.most_days.get(PauseReason.OWNER_ABSENT, 0) if whole.standing else 0
    is_waiting = whole.case.paused_until is not None
    told = request.GET.get("done", "")
    context = {
        "case": whole.case,
        "title": whole.words,
        "search": search,
        "steps": [_step(each) for each in search.steps],
        "may": [_form(each) for each in search.steps if each.not_yet is None] if is_holder else [],
        "is_holder": is_holder,
        "may_wait": "pause" in whole.mine and search.may_wait and left > 0,
        "is_used_up": is_holder and search.may_wait and not is_waiting and left <= 0,
        "left": left,
        "waits_until": whole.case.paused_until,
        "refused": refused,
        "tried": (written or {}).get("step", ""),
        "written": written or {},
        "told": say(f"absent-told-page-{told}") if told in ("step", "wait") else "",
        "back": reverse("field-case" if actor.role == "grid" else "desk-case", args=[whole.case.number]),
    }
    return words.drawn(request, "desk/absent.html", context, status=200 if refused is None else 409)


def _step(each: StepShown) -> dict[str, Any]:
    return {
        "name": say(f"absent-step-{each.step}"),
        "hint": say(f"absent-hint-{each.step}"),
        "done": [(_how(each, done.how), done.at) for done in each.done],
        "is_next": each.is_next,
        "not_yet": "" if each.done else each.not_yet or "",
    }


def _form(each: StepShown) -> dict[str, Any]:
    is_entry = each.step is absent.Step.ENTERED
    return {
        "step": str(each.step),
        "name": say(f"absent-step-{each.step}"),
        "is_next": each.is_next,
        "hows": [Choice(how, _how(each, how)) for how in absent.HOWS[each.step]],
        "how": absent.HOWS[each.step][0] if len(absent.HOWS[each.step]) == 1 else "",
        "asks_police": is_entry,
        "asks_when": each.step in (absent.Step.TRIED, absent.Step.ENTERED),
    }


def _how(each: StepShown, how: str) -> Any:
    return say(f"absent-basis-{how}" if each.step is absent.Step.ENTERED else f"absent-how-{how}")
