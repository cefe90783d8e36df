"""What the item of a case still asks: for staff who see the case, and for whoever reported it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from ninja import Router

from doorstep.cases import asking
from doorstep.cases import queries as cases
from doorstep.cases.actions import looking
from doorstep.core.access.roles import CASE_READERS
from doorstep.core.ids import CaseId
from doorstep.core.text import language
from doorstep.fronts.open.entering import Request, for_followers, for_roles
from doorstep.fronts.open.shapes import Number, Told
from doorstep.fronts.open.territory import Question, asked_as

router = Router(tags=["cases"])


class OpenQuestion(Question):
    """A question that nobody has settled; only to be answered where `depends_on` was answered with one of `if_any`."""

    depends_on: str | None
    if_any: list[str]


class QuestionsTold(Told):
    """The item, and what it still asks; without an item nothing is asked."""

    item: str
    questions: list[OpenQuestion]


@router.get("/cases/{number}/questions", response=QuestionsTold)
@for_roles(*sorted(CASE_READERS))
def show_questions(request: Request, number: Number) -> dict[str, Any]:
    whole = looking.open_case(number, by=request.actor, at=request.at)
    if "note" not in whole.mine:
        return _told(None)
    return _told(asking.still_asked_of(whole.case, whole.words, [each.facts for each in whole.life]))


@router.get("/followed/{token}/questions", response=QuestionsTold)
@for_followers
def show_own_questions(request: Request, token: str) -> dict[str, Any]:
    shown = cases.followed(CaseId(request.actor.case or 0))
    if shown is None:
        raise Http404
    if cases.Move.NOTE not in shown.moves(request.at) or shown.joined is not None:
        return _told(None)
    return _told(asking.still_asked_of(shown.case, shown.words.get(1, ""), [each.facts for each in shown.ledger]))


def _told(found: asking.Asked | None) -> dict[str, Any]:
    if found is None:
        return {"item": "", "questions": []}
    item, questions = found
    lang = language()
    return {
        "item": item.id,
        "questions": [
            {
                **asked_as(each, lang),
                "depends_on": each.only_if.question if each.only_if else None,
                "if_any": list(each.only_if.answers) if each.only_if else [],
            }
            for each in questions
        ],
    }
