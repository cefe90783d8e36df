"""One case in one hand: what was said, where it is, and the few things that a holder can do with it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.cases import explaining
from doorstep.cases.actions import looking
from doorstep.cases.actions.ledger import CaseNotFound
from doorstep.cases.objections import bases_for
from doorstep.cases.queries import catalogue
from doorstep.cases.whole import Happening, Whole
from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say
from doorstep.fronts import asked, clocks, objections
from doorstep.fronts.desk import moves, words
from doorstep.fronts.desk.case import asked_of
from doorstep.fronts.entering import for_roles
from doorstep.fronts.field.today import time_left
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.outside.naming import by_link
from doorstep.fronts.parts import Choice, MayDo, Step, Words
from doorstep.fronts.templatetags.words import said

# What the field offers of the lifecycle, in the order of the page; whatever else a grid might do is for its desk.
OFFERED = ("take", "do", "note", "resume", "pause", "ask", "raise", "decline")


@for_roles(Role.GRID)
@require_safe
def case(request: Any, number: str) -> HttpResponse:
    """Everything a holder needs; that it was opened is kept."""
    told = request.GET.get("done", "")
    return _shown(request, number, told=say(f"field-told-{told}") if told in (*OFFERED, "answer") else "")


@for_roles(Role.GRID)
@require_POST
def move(request: Any, number: str, name: str) -> HttpResponse:
    """Make one move; what was written is kept in the form when it is refused."""
    if name not in (*OFFERED, "answer"):
        raise Http404(name)
    try:
        with transaction.atomic():
            found = looking.find_numbered(number, seen=asked.number(request.POST, "seen"))
            moves.ACTIONS[name](moves.sent(request, found))
    except CaseNotFound:
        raise
    except Refusal as refused:
        # Answered as a page, not as a fault: that the case was opened must be kept.
        return _shown(request, number, refused=refused, tried=name, written=request.POST)
    back = (
        reverse("field-case", args=[number])
        if name in ("take", "note", "answer", "pause", "resume", "ask")
        else reverse("field-today")
    )
    return SeeOther(f"{back}?done={name}")


def _shown(request: Any, number: str, **more: Any) -> HttpResponse:
    whole = looking.open_case(number, by=request.actor, at=request.at)
    written = more.get("written", {}) if more.get("tried") == "answer" else {}
    asks = {"questions": asked_of(whole, written, more.get("refused"))}
    return words.drawn(request, "field/case.html", _page(whole, request.at) | asks | more)


def _page(whole: Whole, at: Any) -> dict[str, Any]:
    kept = whole.case
    late = whole.is_late(at)
    sent = whole.last("dispatch")
    item = whole.item
    return {
        "whole": whole,
        "case": kept,
        "may": [name for name in OFFERED if name in whole.mine],
        "others": [MayDo(say(f"cases-hat-{other.who}"), moves.title(other.moves[0])) for other in whole.others],
        "state": say(f"cases-state-{kept.state}"),
        "state_tone": words.TONE_OF_STATE[kept.state],
        "urgency": say(f"cases-urgency-{kept.urgency}") if kept.urgency else "",
        "urgency_tone": {"critical": "alarm", "urgent": "waiting"}.get(kept.urgency, "quiet"),
        "item": words.item_name(kept.item),
        "place": " · ".join(name for name in (said(kept.microgrid_name), kept.door_name, kept.place_words) if name),
        "is_late": late,
        "due": _due(whole, at),
        "standing": clocks.shown(whole.standing),
        "choices": {"reasons": clocks.reasons(whole.standing), "more_days": catalogue().limits.extension.count},
        "why_here": sent.because if sent else "",
        "why": explaining.why_here(kept, whole.life),
        "objections": objections.shown(kept, whole.life, _who, lambda each: each.words or ""),
        "bases": [("", say("objection-basis-choose")), *bases_for(kept)] if "decline" in whole.mine else [],
        "steps": [_step(each) for each in whole.life],
        "danger": kept.urgency == "critical" and kept.is_open,
        "outcomes": [Choice(name, say(f"cases-outcome-{name}")) for name in ("solved", "explained", "out-of-scope")],
        "proof": item.proof.said(language()) if item and item.proof else "",
    }


def _due(whole: Whole, at: Any) -> Any:
    if whole.case.holder_due_at is None or "do" not in whole.mine:
        return ""
    return time_left(whole.case.holder_due_at - at)


def _step(each: Happening) -> Step:
    name = say(f"cases-question-{each.facts['question']}") if each.move == "ask" else moves.title(each.move)
    if each.move == "press":
        name = say("resident-step-press-to", who=say(f"clocks-rung-{each.facts['rung']}"))
    if "absent" in each.facts:
        name = say(f"absent-step-{each.facts['absent']}")
    if "neighbours" in each.facts:
        name = say(f"neighbours-step-{each.facts['neighbours']}")
    if each.facts.get("review_ended"):
        name = say("unreasonable-step-ended", step=name)
    return Step(
        name,
        each.happened_at,
        by=_who(each),
        note=each.words or "",
        why=each.because or "",
        tone="moving" if each.move in ("take", "do") else "quiet",
    )


def _who(each: Happening) -> Words:
    return by_link(said(each.unit), each.facts) or say(f"cases-hat-{each.by_hat}")
