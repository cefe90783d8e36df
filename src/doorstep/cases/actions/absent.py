"""The holder writes down what was tried to reach the owner of a flat; the reporter is told, and learns no name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from doorstep.cases.absent import rows_of
from doorstep.cases.actions.clocks import look_anew
from doorstep.cases.actions.ledger import Entry, MoveRefused, hold
from doorstep.cases.rules import absent_owner
from doorstep.cases.rules.absent_owner import StepRefused as StepRefused
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.happened import refuse_before_the_report
from doorstep.cases.rules.lifecycle import AT_WORK, By, Move
from doorstep.catalogue.item import Urgency
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.text import as_json, say, text


def record(
    case: CaseId,
    step: str,
    how: str,
    words: str = "",
    *,
    by: Actor,
    at: datetime,
    happened_at: datetime | None = None,
    with_police: bool = False,
) -> Entry:
    """One step of the order, when it was and how. `words` stay with those who work on the case."""
    with hold(case, by=by) as held:
        held.rule(Move.NOTE)
        if By.HOLDER not in held.hats or held.state not in AT_WORK:
            raise MoveRefused(say("absent-not-holder"), say("absent-not-holder-try"))
        refuse_before_the_report(happened_at, held.case.reported_at)
        now = absent_owner.standing(rows_of(case))
        done, told = absent_owner.record(step, how, now, Urgency(held.case.urgency), with_police=with_police)
        facts: dict[str, Any] = {"absent": str(done), "how": how, "because": as_json(told)}
        if done is absent_owner.Step.ENTERED:
            facts["police"] = True
        entry = held.done(
            Move.NOTE,
            at=at,
            happened_at=happened_at,
            facts=facts,
            words=blur(words).text.strip() or text(told),
            for_reporter=False,
        )
        look_anew(held, at)
        return entry
