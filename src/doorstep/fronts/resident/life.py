"""The ledger told to the reporter: what happened, who has it now, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from doorstep.cases import queries as cases
from doorstep.cases.queries import By, Followed, Move
from doorstep.core import contacts
from doorstep.core.text import Message, from_json, language, say
from doorstep.fronts import parts
from doorstep.fronts.outside.naming import by_link
from doorstep.fronts.templatetags.words import moment, said

if TYPE_CHECKING:
    from doorstep.cases.models import Contact, Event, Photo

ICONS = {
    "report": "edit",
    "locate": "pin",
    "classify": "list",
    "dispatch": "send",
    "take": "hand",
    "decline": "undo",
    "raise": "up",
    "note": "note",
    "pause": "pause",
    "resume": "right",
    "extend": "calendar",
    "press": "bell",
    "do": "check",
    "redo": "undo",
    "verify": "check",
    "close": "done",
    "reopen": "undo",
    "merge": "merge",
    "unmerge": "undo",
    "withdraw": "leave",
    "ask": "question",
    "erase": "cross",
}


TOLD_OPENLY = frozenset({"absent", "mediation", "neighbours", "owner"})


def steps(shown: Followed) -> list[parts.Step]:
    """The life so far, and what is still to come."""
    told = [_step(shown, event) for event in shown.ledger]
    if shown.case.is_open:
        told.append(parts.Step(say(f"resident-to-come-{shown.case.state}"), note=_until(shown)))
    return told


def joined_steps(shown: Followed) -> list[parts.Step]:
    """For a voice: how the case that it joined has gone on, with what was answered to all."""
    if shown.joined is None:
        return []
    as_told = replace(shown, words=shown.joined.words)
    return [_step(as_told, event) for event in shown.joined.life]


def _step(shown: Followed, event: Event) -> parts.Step:
    facts: Mapping[str, Any] = event.facts
    because, words = facts.get("because"), _said(shown, event)
    if because and not TOLD_OPENLY.isdisjoint(facts):
        # What was done, and no reason for it: it stands open.
        who, icon = by(shown, event), ICONS[event.move]
        return parts.Step(words, event.happened_at, who, note=from_json(because), tone="done", icon=icon)
    return parts.Step(
        words=say("unreasonable-step-ended", step=words) if facts.get("review_ended") else words,
        at=event.happened_at,
        by=by(shown, event),
        note=shown.words.get(event.seq, ""),
        why=from_json(because) if because else _question(facts),
        tone="waiting" if event.move == Move.ASK else "done",
        icon=ICONS[event.move],
    )


def _said(shown: Followed, event: Event) -> Message:
    facts = event.facts
    unit = said(shown.units.get(facts.get("unit") or event.by_unit or 0))
    match event.move:
        case Move.CLASSIFY:
            item = cases.catalogue().items.get(facts.get("item", ""))
            name = item.name.said(language()) if item else ""
            return say("resident-step-classify", item=name, urgency=say(f"cases-urgency-{facts['urgency']}"))
        case Move.CLOSE if facts.get("verdict") in ("seen-by-staff", "unheard") and facts["outcome"] == "solved":
            return say(f"held-step-closed-{facts['verdict']}")
        case Move.DO | Move.CLOSE:
            return say(f"resident-step-{event.move}-{facts.get('outcome', 'solved')}")
        case Move.VERIFY:
            return say(f"resident-step-verify-{facts.get('verdict', 'unheard')}")
        case Move.TAKE if facts.get("by_itself"):
            return say("resident-step-take-by-itself", unit=unit)
        case Move.EXTEND:
            return _extended(facts)
        case Move.PRESS:
            return say("resident-step-press-to", who=say(f"clocks-rung-{facts['rung']}"))
        case Move.ASK if facts.get("question") == "did-it-hold":
            return say("held-step-asked")
        case Move.ASK if facts.get("question") == "unreasonable":
            return say("unreasonable-step-proposed")
        case Move.NOTE if "review" in facts:
            return say(f"unreasonable-step-{facts['review']}")
        case Move.REOPEN if facts.get("held") is False:
            return say("held-step-did-not")
        case Move.ASK if "days" in facts:
            return say("resident-step-more-time")
        case Move.NOTE if "promised_by" in facts:
            return say("resident-step-reckoned")
        case Move.DISPATCH | Move.TAKE | Move.DECLINE | Move.RAISE:
            return say(f"resident-step-{event.move}", unit=unit)
        case Move.NOTE if "absent" in facts:
            return say(f"absent-step-{facts['absent']}")
        case Move.NOTE if "neighbours" in facts:
            return say(f"neighbours-step-{facts['neighbours']}")
        case Move.NOTE if "objection" in facts:
            return say("resident-step-objection-rejected")
        case Move.NOTE if "objects_to" in facts:
            return say("resident-step-objected")
        case Move.NOTE if event.by_hat == By.REPORTER:
            return say("resident-step-note-own")
        case _:
            return say(f"resident-step-{event.move}")


def taken(shown: Followed, photo: Photo) -> Message:
    """Before or after, told from the row of the ledger that the picture belongs to."""
    move = next((event.move for event in shown.ledger if event.seq == photo.seq), Move.NOTE)
    when = {Move.REPORT: "before", Move.DO: "after"}.get(Move(move), "between")
    return say(f"held-photo-{when}")


def _extended(facts: Mapping[str, Any]) -> Message:
    if facts["granted"]:
        return say("resident-step-extend-granted", days=facts["days"])
    return say("resident-step-extend-refused")


def by(shown: Followed, event: Event) -> parts.Words:
    """A unit or a hat, never a person."""
    if event.by_hat in {By.HOLDER, By.DESK} and (unit := shown.units.get(event.by_unit or 0)):
        return by_link(said(unit), event.facts)
    return say(f"cases-hat-{event.by_hat}")


def _question(facts: Mapping[str, Any]) -> parts.Words:
    return say(f"cases-question-{facts['question']}") if "question" in facts and "days" not in facts else ""


def _until(shown: Followed) -> parts.Words:
    due = shown.case.promised_by
    return say("resident-promise-open", when=moment(due)) if due else ""


def ended_as(shown: Followed) -> Message | str:
    """What came of it, in the words of its last end; where nobody answered, it says so."""
    ends = [event for event in shown.ledger if event.move == Move.CLOSE]
    return _said(shown, ends[-1]) if ends and shown.case.state == "closed" else ""


@dataclass(frozen=True)
class Promise:
    """What was promised, told as it is: kept open, broken, or over."""

    words: Message
    tone: str


def promise(shown: Followed, at: datetime) -> Promise:
    """By when, and how it stands; a broken promise is said to be broken."""
    case = shown.case
    if case.state == "merged" and shown.joined is not None:
        return Promise(say("resident-promise-merged", number=shown.joined.number), "quiet")
    if not case.is_open:
        # What nobody confirmed looks like no success.
        tone = "done" if _is_confirmed(shown) else "quiet"
        return Promise(say("resident-promise-ended", when=moment(case.ended_at)), tone)
    if case.state == "done":
        return Promise(say("resident-promise-done"), "waiting")
    if case.state == "verified":
        return Promise(say("resident-promise-verified"), "moving")
    if case.promised_by is None:
        return Promise(say("resident-promise-none"), "quiet")
    if at > case.promised_by:
        return Promise(_overdue(case.promised_by, at), "alarm")
    return Promise(say("resident-promise-open", when=moment(case.promised_by)), "moving")


def _is_confirmed(shown: Followed) -> bool:
    ends = [event for event in shown.ledger if event.move == Move.CLOSE]
    return bool(ends) and bool(ends[-1].facts.get("confirmed"))


def _overdue(due: datetime, at: datetime) -> Message:
    late = at - due
    if late >= timedelta(days=1):
        return say("resident-promise-late-days", when=moment(due), days=late.days)
    return say("resident-promise-late-hours", when=moment(due), hours=max(1, round(late / timedelta(hours=1))))


SEPARATE_FORMS = {Move.REDO: "not-solved", Move.NOTE: "note", Move.REOPEN: "reopen", Move.WITHDRAW: "withdraw"}


def moves_of_mine(shown: Followed, token: str, at: datetime) -> list[parts.Move]:
    """What the reporter can do now: what needs words leads to its form further down the page."""
    offered = []
    for move in shown.moves(at):
        if move is Move.ERASE:
            # It has a page of its own, with all that is known about the reporter.
            continue
        if move is Move.VERIFY:
            address = reverse("resident-do", args=[token, "solved"])
            offered.append(parts.Move(say("resident-move-verify"), address, first=True, post=True))
        else:
            offered.append(
                parts.Move(
                    _name_of(move, shown, at),
                    f"#{SEPARATE_FORMS[move]}",
                    danger=move is Move.WITHDRAW,
                    first=move is Move.REOPEN,
                )
            )
    order = [Move.VERIFY, Move.REDO, Move.REOPEN, Move.NOTE, Move.WITHDRAW]
    if shown.may_object(at):
        offered.append(parts.Move(say("resident-object-title"), "#object", first=True))
    ranked = {f"#{SEPARATE_FORMS[move]}": place for place, move in enumerate(order) if move in SEPARATE_FORMS}
    return sorted(offered, key=lambda each: ranked.get(each.url, 0))


def _name_of(move: Move, shown: Followed, at: datetime) -> Message:
    """What a button says; opening again is an answer where something was asked or judged."""
    if move is Move.REOPEN and shown.is_asked_whether_it_held(at):
        return say("held-move-answer")
    if move is Move.REOPEN and shown.case.outcome == "unreasonable":
        return say("unreasonable-object-move")
    return say(f"resident-move-{move}")


TOLD_OF_OTHERS = (Move.LOCATE, Move.CLASSIFY, Move.DISPATCH, Move.TAKE, Move.DO, Move.VERIFY, Move.CLOSE)


def may_do(shown: Followed) -> list[parts.MayDo]:
    """What others can do now, each under the name of its unit where there is one."""
    case, told = shown.case, []
    for hat in (By.HOLDER, By.DESK):
        moves = [move for move in shown.moves_of(hat) if move in TOLD_OF_OTHERS]
        if hat is By.HOLDER and case.holder_unit is None:
            continue
        if moves:
            who = said(case.holder_unit.name) if hat is By.HOLDER and case.holder_unit else say(f"cases-hat-{hat}")
            what = say("resident-list-separator")
            told.append(parts.MayDo(who, str(what).join(str(say(f"cases-move-{move}")) for move in moves)))
    return told


def how_it_stands(shown: Followed) -> Message | None:
    """For a voice: how the case that it joined stands."""
    joined = shown.joined
    if joined is None:
        return None
    return say("resident-joined", number=joined.number, state=say(f"cases-state-{joined.state}"))


def masked(contact: Contact | None) -> str:
    """The contact, so that its owner knows it again and somebody who was given the link does not learn it."""
    if contact is None:
        return ""
    return " · ".join(contacts.masked(each) for each in (contact.phone, contact.email) if each)
