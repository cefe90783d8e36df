"""One case, many voices: a later report of the same thing joins the earlier one."""

from __future__ import annotations

from datetime import datetime

from doorstep.cases.actions.ledger import Entry, find, hold
from doorstep.cases.models import Case
from doorstep.cases.queries import catalogue
from doorstep.cases.rules.lifecycle import Move
from doorstep.cases.rules.merge import Twin
from doorstep.cases.rules.merge import merge as decide
from doorstep.catalogue.item import Sensitivity
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.text import as_json


def merge(case: CaseId, into: CaseId, *, by: Actor, at: datetime) -> Entry:
    """A desk says that two are one: the earlier goes on with its promise, the later reporter is told with it."""
    with hold(case, by=by) as held:
        held.rule(Move.MERGE)
        target = find(into)
        because = decide(_twin(held.case), _twin(target))
        return held.done(
            Move.MERGE, at=at, facts={"into": target.pk, "because": as_json(because)}, merged_into_id=target.pk
        )


def _twin(case: Case) -> Twin:
    item = catalogue().items.get(case.item)
    return Twin(
        number=case.number,
        item=case.item or None,
        community=str(case.community_id or ""),
        reported_at=case.reported_at,
        is_open=case.is_open,
        sensitive=item is not None and item.sensitivity is Sensitivity.SENSITIVE,
    )
