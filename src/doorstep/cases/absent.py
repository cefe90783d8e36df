"""How the search for the owner of a flat stands, from the ledger of its case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from doorstep.cases.models import Case, Event
from doorstep.cases.rules import absent_owner
from doorstep.cases.rules.absent_owner import Done as Done
from doorstep.cases.rules.absent_owner import Standing as Standing
from doorstep.cases.rules.absent_owner import Step as Step
from doorstep.catalogue.item import Urgency
from doorstep.core.text import Message

HOWS = absent_owner.HOWS


def rows_of(case: int) -> list[Any]:
    """What the rule reads of a ledger."""
    return list(Event.objects.filter(case=case).order_by("seq").values_list("move", "facts", "happened_at"))


@dataclass(frozen=True)
class StepShown:
    """One step of the order: what was done of it, and whether it may be done now."""

    step: Step
    done: Sequence[Done]
    is_next: bool
    not_yet: Message | None


@dataclass(frozen=True)
class Search:
    """The whole order for one case, and whether its clock may wait for the owner."""

    steps: Sequence[StepShown]
    is_absent: bool
    may_wait: bool
    in_danger: bool


def search_of(case: Any, rows: Sequence[Any]) -> Search:
    """How the search stands after `rows`: move, facts and time of each row of the ledger."""
    now = absent_owner.standing(rows)
    urgency = Urgency(case.urgency) if case.urgency else Urgency.ORDINARY
    following = absent_owner.next_step(now, urgency)
    steps = [
        StepShown(
            step,
            [each for each in now.done if each.step is step],
            step is following,
            absent_owner.why_not_yet(step, now, urgency),
        )
        for step in absent_owner.steps_left(now, urgency)
    ]
    return Search(
        steps=steps,
        is_absent=now.is_absent,
        may_wait=now.is_absent and following is None and urgency is not Urgency.CRITICAL,
        in_danger=urgency in absent_owner.DANGER,
    )


def search_in(case: int) -> Search:
    """The same for a case by its number in the database."""
    return search_of(Case.objects.get(pk=case), rows_of(case))
