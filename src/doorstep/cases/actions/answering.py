"""Answer what the item of a case asks: by its reporter, or by staff who heard or saw it. Kept as a note in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from doorstep.cases.actions.ledger import Entry, hold
from doorstep.cases.models import Event
from doorstep.cases.queries import catalogue, item_of
from doorstep.cases.rules.asking import settled_by
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.lifecycle import Move
from doorstep.catalogue.rules.answering import AnswerRefused, read_answers, still_asked
from doorstep.core.access import Actor, Role
from doorstep.core.ids import CaseId
from doorstep.core.text import language, say


def answer(case: CaseId, item: str, written: Mapping[str, str], *, by: Actor, at: datetime) -> Entry:
    """Keep these answers to the questions of `item`, which whoever answers was shown.

    The ledger's row says which questions are settled, never what was answered: that stands in its words, and goes with
    them when they are erased.
    """
    with hold(case, by=by) as held:
        held.rule(Move.NOTE)
        if held.case.item not in ("", item):
            raise AnswerRefused(say("answers-overtaken"), say("answers-overtaken-try"))
        asks = still_asked(item_of(held.case) or catalogue().items.get(item), settled_by(item, _facts(case)))
        answers = read_answers(asks, written, language())
        facts = {"item": item, "answered": list(answers.settled)}
        told = by.role is Role.FOLLOWER
        words = blur(answers.as_words(language())).text
        return held.done(Move.NOTE, at=at, facts=facts, words=words, for_reporter=told)


def _facts(case: CaseId) -> Iterable[Mapping[str, Any]]:
    return Event.objects.filter(case=case, move=Move.NOTE, facts__has_key="answered").values_list("facts", flat=True)
