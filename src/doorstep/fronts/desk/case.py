"""The page of one case: its whole life, why it came here, and everything that may be done with it now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.cases import asking as questions
from doorstep.cases import explaining, outside
from doorstep.cases.actions import looking
from doorstep.cases.actions.ledger import CaseNotFound
from doorstep.cases.objections import bases_for
from doorstep.cases.queries import catalogue
from doorstep.cases.standing import answer_owed
from doorstep.cases.whole import Happening, Whole, numbered
from doorstep.catalogue.item import Urgency
from doorstep.core.access import Role
from doorstep.core.access.roles import CASE_READERS
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, language, say
from doorstep.fronts import asked, asking, clocks, objections
from doorstep.fronts.desk import moves, places, words
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.outside.naming import by_link
from doorstep.fronts.parts import Choice, MayDo, Place, Step
from doorstep.fronts.templatetags.words import moment, said
from doorstep.notices import queries as notices

READERS = tuple(sorted(CASE_READERS))
NUMBER = re.compile(r"\d{6}-\d{6}-\d{2}")

ICONS = {
    "report": "edit", "locate": "pin", "classify": "filter", "dispatch": "send", "take": "hand", "decline": "undo",
    "raise": "up", "note": "note", "do": "check", "redo": "undo", "verify": "check", "close": "done", "reopen": "undo",
    "merge": "merge", "unmerge": "undo", "withdraw": "cross", "ask": "question", "erase": "cross", "pause": "pause",
    "resume": "right", "extend": "calendar", "press": "bell",
}  # fmt: skip
LOOKED_AT_AFTER_THE_END = ("neighbour-objects", "reporter-wrote")
TONES = {
    "close": "done",
    "verify": "done",
    "do": "done",
    "ask": "waiting",
    "decline": "waiting",
    "raise": "waiting",
    "redo": "waiting",
}


@require_safe
@for_roles(*READERS)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one case; that it was opened is kept."""
    return _shown(request, number, told=request.GET.get("done", ""), is_new="recorded" in request.GET)


@require_safe
@for_roles(*READERS)
def printed(request: HttpRequest, number: str) -> HttpResponse:
    """The same on paper, without forms."""
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    whole = looking.open_case(number, by=actor, at=at)
    return words.drawn(request, "desk/case_print.html", _context(whole, at))


@require_POST
@for_roles(*READERS)
def move(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Make one move; what was written is kept in the form when it is refused."""
    action = moves.ACTIONS.get(name)
    if action is None:
        raise Http404(name)
    try:
        with transaction.atomic():
            found = looking.find_numbered(number, seen=asked.number(request.POST, "seen"))
            action(moves.sent(request, found))
    except CaseNotFound:
        raise
    except Refusal as refusal:
        # Answered as a page, not as a fault: that the case was opened must be kept.
        return _shown(request, number, refused=refusal, kept=(name, request.POST))
    return _onwards(number, name)


def _onwards(number: str, name: str) -> HttpResponse:
    """To the case; or to the queue, where the case has gone to somebody else."""
    if numbered(number) is None:
        return SeeOther(f"{reverse('desk-queue')}?done={name}")
    return SeeOther(f"{reverse('desk-case', args=[number])}?done={name}")


@for_roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Who reported it, for a purpose that is kept; the same page shows it again until its time is over."""
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    if request.method != "POST":
        again = looking.still_revealed(number, by=actor, at=at)
        return _revealed(request, number, again) if again else SeeOther(reverse("desk-case", args=[number]))
    purpose, because = asked.line(request.POST, "purpose", 16), asked.line(request.POST, "because")
    try:
        with transaction.atomic():
            return _revealed(request, number, looking.reveal_contact(number, purpose, because, by=actor, at=at))
    except looking.PurposeMissing as refusal:
        return _shown(request, number, refused=refusal, kept=("contact", request.POST))


def _revealed(request: HttpRequest, number: str, opened: looking.Opened) -> HttpResponse:
    at: datetime = request.at  # type: ignore[attr-defined]
    response = words.drawn(request, "desk/contact.html", {"number": number, "opened": opened})
    response["Cache-Control"] = "no-store"
    # It ends by itself, on a page that nobody looks at any more too.
    left = max(1, round((opened.until - at).total_seconds()))
    response["Refresh"] = f"{left}; url={reverse('desk-case', args=[number])}"
    return response


# What the page shows ------------------------------------------------------------------------------------------------


def _shown(
    request: HttpRequest,
    number: str,
    *,
    refused: Refusal | None = None,
    kept: tuple[str, Any] = ("", {}),
    told: str = "",
    is_new: bool = False,
) -> HttpResponse:
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    whole = looking.open_case(number, by=actor, at=at)
    name, written = kept
    in_its_form = name == "contact" or (name in (*whole.mine, *_moves(whole)) and name != "take")
    context = _context(whole, at) | {
        "refused": refused,
        # To take is a button alone, and a move that somebody else made first has no form any more.
        "refused_above": None if in_its_form else refused,
        "open_move": name or _first(whole),
        "written": written,
        "lost_words": written.get("words", "") if name and not in_its_form else "",
        "told": moves.title(told) if told in moves.ACTIONS else "",
        "is_new": is_new,
        "also": [each for each in request.GET.getlist("also") if is_new and NUMBER.fullmatch(each)],
        "asks_contact": name == "contact",
        "questions": asked_of(whole, written if name == "answer" else {}, refused),
        "purposes": [("", say("desk-choose")), *((each, say(f"shield-purpose-{each}")) for each in looking.Purpose)],
        "back_to_queue": actor.role is not Role.GRID,
    }
    return words.drawn(request, "desk/case.html", context)


def asked_of(whole: Whole, written: Any, refused: Refusal | None) -> Any:
    """What the item still asks, for whoever may write it down."""
    if "note" not in whole.mine:
        return None
    found = questions.still_asked_of(whole.case, whole.words, [each.facts for each in whole.life])
    return asking.shown(found, written, refused.where if refused else "")


def _first(whole: Whole) -> str:
    """The form that stands open: the answer to the question that the case is parked with."""
    return whole.answer if whole.answer in whole.mine else ""


def _context(whole: Whole, at: datetime) -> dict[str, Any]:
    kept = whole.case
    return {
        "whole": whole,
        "case": kept,
        "title": whole.words,
        "source": words.source_name(kept.source),
        "crumbs": _crumbs(whole),
        "urgency": say(f"cases-urgency-{kept.urgency}") if kept.urgency else "",
        "urgency_tone": {"critical": "alarm", "urgent": "waiting"}.get(kept.urgency, "quiet"),
        "urgency_icon": "bell" if kept.urgency == Urgency.URGENT else "",
        "state": say(f"cases-state-{kept.state}"),
        "state_tone": words.TONE_OF_STATE[kept.state],
        "steps": [_step(each) for each in whole.life],
        "proposed": _proposed(whole),
        "clocks": _clocks(whole, at),
        "why": explaining.why_here(kept, whole.life),
        "objections": objections.shown(kept, whole.life, _who, lambda each: each.words or ""),
        "standing": clocks.shown(whole.standing),
        "owed": clocks.owed(answer_owed(kept, whole.life, at=at), at),
        "gives_link": kept.is_open and kept.holder_kind in outside.MAY_WORK_BY_LINK,
        "asked_of": words.answerer(whole.answered_by) if whole.answered_by else "",
        "others": [MayDo(say(f"cases-hat-{who}"), _listed(may)) for who, may in whole.others],
        "moves": _moves(whole),
        "corrections": [name for name in whole.mine if name in _corrections(whole)],
        "keys": moves.KEYS,
        "may_merge": "merge" in whole.mine,
        "may_note": "note" in whole.mine,
        "notices": [(each, _notice_state(each), notices.trouble_of(each)) for each in notices.notices_of(kept.pk)],
        "pictures": kept.pictures,
        "choices": _choices(whole),
        "criteria": _criteria(whole),
        "layers": places.layers(kept.community_id, "" if whole.is_place_blurred else kept.number),
        "danger": kept.urgency == Urgency.CRITICAL and kept.is_open,
    }


def _moves(whole: Whole) -> list[str]:
    """The buttons, in their order; whoever may open it again after an objection may also keep it closed."""
    named = [name for name in moves.ORDER if name in whole.mine and name not in _corrections(whole)]
    if whole.decides_objection:
        named.insert(named.index("dispatch") + 1 if "dispatch" in named else 0, "reject")
    if whole.case.question in LOOKED_AT_AFTER_THE_END and "reopen" in whole.mine:
        named.append("uphold")
    if whole.proposes_unreasonable:
        named.append("unreasonable")
    return ["review", *named] if whole.reviews else named


def _corrections(whole: Whole) -> frozenset[str]:
    """Moves that would change what was already decided; the one that is asked for is no correction."""
    return moves.CORRECTIONS - {whole.answer} - ({"dispatch"} if whole.case.holder_unit_id is None else set())


def _crumbs(whole: Whole) -> list[Place]:
    kept = whole.case
    names = (kept.county_name, kept.subdistrict_name, kept.community_name, kept.grid_name, kept.microgrid_name)
    known = [said(name) for name in names if name]
    return [Place(name, here=name is known[-1]) for name in known]


def _step(each: Happening) -> Step:
    why = each.because
    note = each.words or ""
    words_of = say(f"cases-move-{each.move}")
    if each.move == "ask":
        words_of = say(f"cases-question-{each.facts['question']}")
    elif each.move == "press":
        words_of = say("resident-step-press-to", who=say(f"clocks-rung-{each.facts['rung']}"))
    elif each.move == "close":
        words_of = say("desk-step-close", outcome=_outcome(each.facts))
    elif "absent" in each.facts:
        words_of = say(f"absent-step-{each.facts['absent']}")
    elif "neighbours" in each.facts:
        words_of = say(f"neighbours-step-{each.facts['neighbours']}")
    elif "review" in each.facts:
        words_of = say(f"unreasonable-step-{each.facts['review']}")
    elif each.move == "verify":
        words_of = say(f"held-verdict-{each.facts['verdict']}")
    if each.facts.get("review_ended"):
        words_of = say("unreasonable-step-ended", step=words_of)
    return Step(
        words_of,
        each.happened_at,
        by=_who(each),
        note=note,
        why=why or "",
        tone=TONES.get(each.move, "moving" if each.move in ("dispatch", "take") else "quiet"),
        icon=ICONS.get(each.move, ""),
    )


def _outcome(facts: Mapping[str, Any]) -> Message:
    """How it ended; what nobody confirmed is not told as confirmed."""
    if facts["outcome"] == "solved" and facts.get("verdict") in ("seen-by-staff", "unheard"):
        return say(f"held-solved-{facts['verdict']}")
    return say(f"cases-outcome-{facts['outcome']}")


def _who(each: Happening) -> Message | str:
    if each.unit:
        return by_link(said(each.unit), each.facts)
    return say(f"cases-hat-{each.by_hat}")


def _listed(may: Sequence[str]) -> Message:
    """Some moves as one phrase."""
    listed = moves.title(may[0])
    for name in may[1:]:
        listed = say("desk-and", first=listed, second=moves.title(name))
    return listed


def _proposed(whole: Whole) -> list[dict[str, Any]]:
    """What was decided of the case, how sure that is, and why."""
    kept = whole.case
    place = whole.last("locate")
    kind = whole.last("classify")
    unit = whole.last("dispatch")
    where = " · ".join(said(name) for name in (kept.grid_name, kept.microgrid_name) if name)
    located = _decided("locate", "desk-fact-place", where, place, kept.microgrid_code)
    if whole.is_place_blurred:
        located |= {"value": where or said(kept.community_name), "sure": "", "why": say("shield-place-blurred")}
    return [
        located,
        _decided("classify", "desk-fact-item", words.item_name(kept.item) if kept.item else "", kind),
        _decided("dispatch", "desk-fact-unit", said(kept.holder_name), unit),
    ]


def _decided(move: str, words_of: str, value: Any, by: Happening | None, code: str | None = "") -> dict[str, Any]:
    certainty = by.facts.get("certainty") if by else None
    return {
        "move": move,
        "words": say(words_of),
        "value": value,
        "code": code or "",
        "sure": say("desk-sure", percent=round(100 * certainty)) if certainty is not None else "",
        "is_unsure": certainty is not None and certainty < 0.8,
        "why": by.because if by else "",
    }


def _clocks(whole: Whole, at: datetime) -> list[dict[str, Any]]:
    """The promise to the resident, and the time of whoever holds the case: two clocks, never one."""
    kept = whole.case
    waits = kept.state in ("reported", "located", "classified", "dispatched", "taken")
    return [
        _clock("desk-clock-contact", kept.first_contact_by, waits and kept.state != "taken", at),
        _clock("desk-clock-promise", kept.promised_by, waits, at),
        _clock("desk-clock-holder", kept.holder_due_at, kept.state in ("dispatched", "taken"), at),
    ]


def _clock(words_of: str, until: datetime | None, runs: bool, at: datetime) -> dict[str, Any]:
    if until is None:
        return {"words": say(words_of), "at": None, "left": say("desk-clock-none"), "tone": "quiet"}
    if not runs:
        return {"words": say(words_of), "at": until, "left": say("desk-clock-stopped"), "tone": "quiet"}
    late = until < at
    left = say("desk-due-late" if late else "desk-due-left", span=words.span(until - at))
    return {"words": say(words_of), "at": until, "left": left, "tone": "alarm" if late else "moving"}


def _notice_state(each: Any) -> tuple[str, Message]:
    tone = {"sent": "done", "failed": "alarm", "unsent": "quiet"}.get(each.state)
    return (tone, say(f"desk-notice-{each.state}")) if tone else ("waiting", say("desk-notice-waiting"))


def _places(whole: Whole) -> list[tuple[str, Message | str]]:
    """Every micro-grid that it can be in; whoever chooses none sends it nowhere, least of all to the first."""
    named = [(each.code, f"{said(each.above)} · {said(each.name)} ({each.code})") for each in whole.places]
    return [("", say("desk-choose")), *named] if named else []


def _asked_for(whole: Whole) -> Message | str:
    """What the holder asks for, with the date that would be promised then."""
    asked_ = whole.last("ask")
    if "extend" not in whole.mine or asked_ is None or "days" not in asked_.facts:
        return ""
    until = moment(datetime.fromisoformat(asked_.facts["promised_by"]))
    return say("clocks-asked-days", days=asked_.facts["days"], when=until)


def _criteria(whole: Whole) -> list[tuple[Message, str]]:
    """When such a case is taken on, when it is done, and who is called to help."""
    item = whole.item
    if item is None:
        return []
    lang = language()
    helpers = (", " if lang == "en" else "、").join(words.handler(each) for each in item.together_with)
    told = [
        (say("desk-item-accept"), item.accept.said(lang) if item.accept else ""),
        (say("desk-item-done"), item.done.said(lang) if item.done else ""),
        (say("desk-item-helpers"), helpers),
    ]
    return [(name, value) for name, value in told if value]


def _choices(whole: Whole) -> dict[str, Any]:
    """What the forms offer."""
    today_item = whole.item
    return {
        "items": [("", say("desk-choose")), *words.items()],
        "bases": [("", say("objection-basis-choose")), *bases_for(whole.case)] if "decline" in whole.mine else [],
        "urgencies": [("", say("desk-urgency-usual"))] + [(each, say(f"cases-urgency-{each}")) for each in Urgency],
        "units": [
            Choice(str(unit.id), say("desk-unit-load", unit=said(unit.name), count=unit.open_cases))
            for unit in whole.units
        ],
        "units_hint": "" if whole.may_go_to_grids else say("desk-field-unit-no-grids"),
        "places": _places(whole),
        "outcomes_done": [(each, say(f"cases-outcome-{each}")) for each in ("solved", "explained", "out-of-scope")],
        "outcomes_closed": [
            (each, say(f"cases-outcome-{each}"))
            for each in (("solved", "explained") if whole.case.state == "verified" else ("explained", "out-of-scope"))
        ],
        "reviews": [Choice(each, say(f"unreasonable-answer-{each}")) for each in ("agrees", "disagrees")],
        "reasons": clocks.reasons(whole.standing),
        "more_days": catalogue().limits.extension.count,
        "answers": [Choice("grant", say("clocks-grant")), Choice("refuse", say("clocks-refuse"))],
        "asked": _asked_for(whole),
        "proof": today_item.proof.said(language()) if today_item and today_item.proof else "",
        "hint": today_item.hint.said(language()) if today_item else "",
        "class": catalogue().classes[today_item.class_code].name.said(language()) if today_item else "",
    }
