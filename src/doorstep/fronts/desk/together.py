"""Several units at one case: whoever may calls them, sees who answered and what came of it, and scores each part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.cases import parts
from doorstep.cases.actions import calling, looking
from doorstep.cases.actions.calling import CallRefused, Meeting
from doorstep.cases.parts import PartRow
from doorstep.cases.whole import Whole
from doorstep.core.access.roles import CASE_READERS
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.core.time.zone import LOCAL, local
from doorstep.fronts import asked
from doorstep.fronts.desk import words
from doorstep.fronts.desk.attempting import attempted
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Choice
from doorstep.fronts.templatetags.words import said

READERS = tuple(sorted(CASE_READERS))


@require_safe
@for_roles(*READERS)
def together(request: HttpRequest, number: str) -> HttpResponse:
    """The parts of a case, and the form that calls more units."""
    return _shown(request, number)


@require_POST
@for_roles(*READERS)
def call(request: HttpRequest, number: str) -> HttpResponse:
    """Call the chosen units; what was written is kept in the form when it is refused."""
    actor, at, form = request.actor, request.at, request.POST  # type: ignore[attr-defined]

    def deed() -> None:
        case = CaseId(looking.find_numbered(number, seen=asked.number(form, "seen")))
        units = [int(unit) for unit in form.getlist("unit") if unit.isascii() and unit.isdigit()]
        calling.call(
            case,
            units,
            asked.text(form, "words"),
            by=actor,
            at=at,
            meeting=_meeting(form),
            finishes=form.get("finishes") == "yes",
        )

    if refused := attempted(deed):
        return _shown(request, number, refused=refused, written=form)
    return SeeOther(f"{reverse('desk-together', args=[number])}?called=1")


@require_POST
@for_roles(*READERS)
def judge(request: HttpRequest, number: str) -> HttpResponse:
    """The part is done; how well the unit did it. `part` is its case number."""
    actor, at, form = request.actor, request.at, request.POST  # type: ignore[attr-defined]

    def deed() -> None:
        part = CaseId(looking.find_numbered(form.get("part", "")))
        calling.judge(part, form.get("score", ""), asked.text(form, "words"), by=actor, at=at)

    if refused := attempted(deed):
        return _shown(request, number, refused=refused, written=form)
    return SeeOther(f"{reverse('desk-together', args=[number])}?judged=1")


@require_safe
@for_roles(*READERS)
def latest(request: HttpRequest) -> HttpResponse:
    """The latest calls that concern this desk or this unit."""
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    rows = [_row(each, at) for each in parts.latest_parts(actor)]
    return words.drawn(request, "desk/calls.html", {"rows": rows, "title": say("calling-list-title")})


def _meeting(form: Mapping[str, str]) -> Meeting | None:
    """Where and when, as two fields write it; None when neither was filled in."""
    place, on, clock = asked.line(form, "place"), form.get("meet_on", ""), form.get("meet_time", "")
    if not (place or on or clock):
        return None
    day = asked.day(form, "meet_on")
    try:
        hour = time.fromisoformat(clock)
    except ValueError:
        hour = None
    if day is None or hour is None or hour.tzinfo is not None:
        raise CallRefused(say("calling-meet-at-unreadable"), say("calling-meet-at-unreadable-try"), "meet_on")
    return Meeting(place, datetime.combine(day, hour, LOCAL))


# What the page shows ------------------------------------------------------------------------------------------------


def _shown(
    request: HttpRequest, number: str, *, refused: Refusal | None = None, written: QueryDict | None = None
) -> HttpResponse:
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    whole = looking.open_case(number, by=actor, at=at)
    rows = parts.parts_of(whole.case.pk)
    belongs_to = parts.part_of(whole.case.pk)
    may_call = "note" in whole.mine and whole.case.is_open and belongs_to is None
    context = {
        "case": whole.case,
        "title": whole.words,
        "refused": refused,
        "written": written or {},
        "picked": written.getlist("unit") if written is not None else [],
        "rows": [_row(each, at) for each in rows],
        "belongs_to": belongs_to,
        "may_call": may_call,
        "units": _units(whole, rows, at) if may_call else [],
        "scores": [(str(score), say(f"calling-score-{score}")) for score in parts.SCORES],
        "may_judge": actor.role in ("community", "subdistrict", "county"),
        "is_called": "called" in request.GET,
        "is_judged": "judged" in request.GET,
        "today": local(at).date().isoformat(),
        "back": _back(actor, whole.case.number),
    }
    return words.drawn(request, "desk/together.html", context, status=200 if refused is None else 409)


def _back(actor: Any, number: str) -> str:
    return reverse("field-case" if actor.role == "grid" else "desk-case", args=[number])


def _units(whole: Whole, rows: list[PartRow], at: datetime) -> list[Choice]:
    """Whoever can be called: not the holder, nor who is at it already."""
    at_it = {row.unit for row in rows if row.is_open}
    found = calling.able_to_come(whole.case, at)
    holder = str(whole.case.holder_unit_id)
    return [Choice(str(unit.id), _unit_said(unit)) for unit in found if unit.id != holder and unit.name not in at_it]


def _unit_said(unit: Any) -> Message:
    if unit.is_outside:
        return say("outside-unit-choice", unit=said(unit.name))
    return say("desk-unit-load", unit=said(unit.name), count=unit.open_cases)


def _row(each: PartRow, at: datetime) -> dict[str, Any]:
    return {
        "part": each,
        "unit": said(each.unit),
        "caller": said(each.caller) if each.caller else "",
        "meeting": say("calling-meeting", when=_moment(each.meet_at), place=each.place) if each.meet_at else "",
        "answer": _answer(each, at),
        "answer_tone": "alarm" if each.is_silent(at) else "quiet" if each.answered_at is None else "done",
        "result": say(f"calling-result-{each.outcome}") if each.outcome else say("calling-result-open"),
        "result_tone": "done" if each.outcome == "solved" else "quiet" if each.outcome else "moving",
        "score": say(f"calling-score-{each.score}") if each.score else "",
    }


def _answer(each: PartRow, at: datetime) -> Message | str:
    if each.answered_at is not None:
        return say("calling-answer-came", when=_moment(each.answered_at))
    if not each.is_open:
        return ""
    key = "calling-answer-late" if each.is_silent(at) else "calling-answer-waiting"
    return say(key, when=_moment(each.answer_by))


def _moment(at: datetime) -> Message:
    here = local(at)
    return say("parts-moment", month=here.month, day=here.day, time=f"{here:%H:%M}")
