"""Each move of a case as a form: its fields, and the action that it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, QueryDict

from doorstep.cases.actions import (
    act,
    answering,
    calling,
    classify,
    clocks,
    close,
    dispatch,
    locate,
    looking,
    merge,
    objecting,
    objection,
    reviewing,
    verify,
)
from doorstep.cases.actions.photos import Picture
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.text import Message, say
from doorstep.fronts import asked, asking
from doorstep.fronts.pictures import pictures_in


@dataclass(frozen=True)
class Sent:
    """A form as it came, for one case."""

    case: CaseId
    form: QueryDict
    pictures: tuple[Picture, ...]
    by: Actor
    at: datetime

    def __getitem__(self, name: str) -> str:
        return asked.text(self.form, name)


def sent(request: HttpRequest, case: int) -> Sent:
    """The form with its pictures decoded and written anew."""
    return Sent(CaseId(case), request.POST, pictures_in(request), request.actor, request.at)  # type: ignore[attr-defined]


def _take(form: Sent) -> None:
    act.take(form.case, by=form.by, at=form.at)


def _decline(form: Sent) -> None:
    basis, cited = form["basis"], form["cited"]
    act.decline(form.case, form["words"], by=form.by, at=form.at, basis=basis, cited=cited)


def _reject(form: Sent) -> None:
    objection.reject(form.case, form["words"], by=form.by, at=form.at)


def _raise(form: Sent) -> None:
    calling.call_up(form.case, form["words"], by=form.by, at=form.at)


def _note(form: Sent) -> None:
    told = form["for_reporter"] == "yes"
    act.note(form.case, form["words"], by=form.by, at=form.at, for_reporter=told, pictures=form.pictures)


def _answer(form: Sent) -> None:
    item = asked.line(form.form, "item", 60)
    answering.answer(form.case, item, asking.answers_in(form.form), by=form.by, at=form.at)


def _do(form: Sent) -> None:
    act.do(
        form.case,
        form["words"],
        by=form.by,
        at=form.at,
        outcome=form["outcome"],
        pictures=form.pictures,
        happened_at=asked.moment(form.form, "done_at"),
        place=asked.line(form.form, "done_place", 80),
    )


def _redo(form: Sent) -> None:
    verify.say_not_solved(form.case, form["words"], by=form.by, at=form.at)


def _verify(form: Sent) -> None:
    verify.verify_by_hand(form.case, form["words"], by=form.by, at=form.at)


def _close(form: Sent) -> None:
    close.close_by_hand(form.case, form["outcome"], form["words"], by=form.by, at=form.at)


def _reopen(form: Sent) -> None:
    close.reopen(form.case, form["words"], by=form.by, at=form.at)


def _merge(form: Sent) -> None:
    into = looking.find_numbered(form["into"])
    merge.merge(form.case, CaseId(into), by=form.by, at=form.at)


def _unmerge(form: Sent) -> None:
    merge.unmerge(form.case, form["words"], by=form.by, at=form.at)


def _uphold(form: Sent) -> None:
    objecting.uphold(form.case, form["words"], by=form.by, at=form.at)


def _propose(form: Sent) -> None:
    reviewing.propose_unreasonable(form.case, form["words"], by=form.by, at=form.at)


def _review(form: Sent) -> None:
    reviewing.review_unreasonable(form.case, form["review"], form["words"], by=form.by, at=form.at)


def _locate(form: Sent) -> None:
    locate.locate_by_hand(form.case, form["microgrid"], by=form.by, at=form.at)


def _classify(form: Sent) -> None:
    classify.classify_by_hand(form.case, form["item"], form["urgency"], by=form.by, at=form.at)


def _dispatch(form: Sent) -> None:
    unit = asked.number(form.form, "unit") or 0
    dispatch.dispatch_by_hand(form.case, unit, by=form.by, at=form.at, reason=form["words"])


def _pause(form: Sent) -> None:
    days = asked.number(form.form, "days") or 0
    clocks.pause(form.case, form["reason"], days, form["words"], by=form.by, at=form.at)


def _resume(form: Sent) -> None:
    clocks.resume(form.case, form["words"], by=form.by, at=form.at)


def _ask(form: Sent) -> None:
    days = asked.number(form.form, "days") or 0
    clocks.ask_for_more_time(form.case, days, form["words"], by=form.by, at=form.at)


def _extend(form: Sent) -> None:
    clocks.extend(form.case, form["answer"] == "grant", form["words"], by=form.by, at=form.at)


ACTIONS: Mapping[str, Callable[[Sent], None]] = {
    "take": _take,
    "decline": _decline,
    "reject": _reject,
    "raise": _raise,
    "note": _note,
    "answer": _answer,
    "do": _do,
    "redo": _redo,
    "verify": _verify,
    "close": _close,
    "reopen": _reopen,
    "merge": _merge,
    "unmerge": _unmerge,
    "uphold": _uphold,
    "unreasonable": _propose,
    "review": _review,
    "locate": _locate,
    "classify": _classify,
    "dispatch": _dispatch,
    "pause": _pause,
    "resume": _resume,
    "ask": _ask,
    "extend": _extend,
}

# The keys that press a move's button, and the moves that only correct what was proposed.
KEYS: Mapping[str, str] = {"take": "t", "do": "d", "dispatch": "p", "verify": "v", "close": "c", "note": "n"}
# The order of the buttons: what brings the case on comes first, what turns it away last.
ORDER = ("locate", "classify", "dispatch", "take", "extend", "resume", "do", "verify", "redo", "pause", "ask", "raise",
         "decline", "close", "reopen", "unmerge")  # fmt: skip
CORRECTIONS = frozenset({"locate", "classify", "dispatch"})


# A decision on an objection and a holder's question have names of their own.
NAMES: Mapping[str, str] = {
    "answer": "answers-move",
    "uphold": "desk-move-uphold",
    "ask": "clocks-more-time",
    "unreasonable": "unreasonable-propose",
    "review": "unreasonable-review",
}


def title(move: str) -> Message:
    """The move's name on a button."""
    return say(NAMES.get(move, f"cases-move-{move}"))
