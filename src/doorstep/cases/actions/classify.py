"""Say what a case is about and how soon it must be seen to."""

from __future__ import annotations

from datetime import datetime

from doorstep.cases.actions.ledger import Entry, Held, hold
from doorstep.cases.complaints import kept_from_of
from doorstep.cases.objections import refuse_while_open
from doorstep.cases.queries import Surroundings, calendar, catalogue, catalogue_of, version_of, wording
from doorstep.cases.rules.classify import Classified
from doorstep.cases.rules.classify import classify as decide
from doorstep.cases.rules.danger import alarm
from doorstep.cases.rules.deadlines import promised_by
from doorstep.cases.rules.lifecycle import Move
from doorstep.cases.rules.questions import Question
from doorstep.catalogue.item import Catalogue, Urgency
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import as_json, say
from doorstep.engines.wording import Classifier


class ItemRefused(Refusal):
    """Not an item of the catalogue, or not an urgency."""


def propose(
    words: str, item: str = "", urgency: str = "", known: Catalogue | None = None, learnt: Classifier | None = None
) -> Classified | None:
    """What the words seem to be about; shown to the reporter, who may correct the item and the urgency.

    `known` is the catalogue to find it in, where that is not the one in force, and `learnt` what that one teaches.
    """
    everything = known or catalogue()
    chosen = everything.offered.get(item)
    return decide(
        words,
        everything,
        chosen=chosen,
        guess=None if chosen else (learnt or wording()).predict(words),
        alarm=alarm(words, everything.dangers),
        wished=Urgency(urgency) if urgency in list(Urgency) else None,
    )


def classify(held: Held, around: Surroundings, *, at: datetime) -> Entry:
    """By machine: danger first, then the reporter's choice, then the words; below the bar a person is asked."""
    words = around.words.get(held.case.pk, "")
    found = propose(words, held.case.item, held.case.urgency, catalogue_of(held.case))
    if found is None:
        return held.ask(Question.WHICH_CLASS, at=at)
    return _put(held, found, at=at)


def classify_by_hand(case: CaseId, item: str, urgency: str, *, by: Actor, at: datetime) -> Entry:
    """A desk says what it is about; the promise still runs from the report."""
    chosen = catalogue().offered.get(item)
    if chosen is None:
        raise ItemRefused(say("cases-item-unknown", item=item), say("cases-item-unknown-try"), "item")
    if urgency and urgency not in list(Urgency):
        raise ItemRefused(say("cases-urgency-unknown"), say("cases-item-unknown-try"), "urgency")
    soon = Urgency(urgency) if urgency else chosen.urgency
    with hold(case, by=by) as held:
        refuse_while_open(held.case.question)
        return _put(held, Classified(chosen, soon, 1.0, say("cases-classify-by-hand")), at=at)


def _put(held: Held, found: Classified, *, at: datetime) -> Entry:
    then, known = catalogue_of(held.case), calendar(at)
    promised = then.promise(then.items.get(found.item.id, found.item), found.urgency)
    promise = promised_by(held.case.reported_at, promised, known)
    return held.done(
        Move.CLASSIFY,
        at=at,
        facts={
            "item": found.item.id,
            **version_of(held.case, found.item),
            "class": found.class_code,
            "urgency": str(found.urgency),
            "certainty": round(found.certainty, 3),
            "because": as_json(found.because),
            "promise": [str(promised.first_contact), str(promised.finish)],
            "promised_by": promise.finish.isoformat(),
            "provisional": promise.provisional,
        },
        item=found.item.id,
        case_class=found.class_code,
        kind=str(found.kind),
        urgency=str(found.urgency),
        sure=found.certainty,
        promised_by=promise.finish,
        first_contact_by=promise.first_contact,
        kept_from=kept_from_of(held.case, found.item.id),
        look_again_at=at,
    )
