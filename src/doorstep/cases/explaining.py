"""Why a case is where it is, for whoever holds it and for whoever reported it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from doorstep.cases import tables
from doorstep.cases.queries import calendar, catalogue
from doorstep.cases.rules.table.moment import moment_of
from doorstep.cases.rules.why import Why as Why
from doorstep.cases.rules.why import why


def why_here(case: Any, life: Sequence[Any]) -> Why | None:
    """What decided the latest dispatch, from the rows of the ledger; None where nobody has it, or nobody kept why."""
    sent = next((row for row in reversed(life) if row.move == "dispatch"), None)
    if sent is None or case.holder_unit_id is None:
        return None
    version = sent.facts.get("table")
    table = tables.published(case.county_id, version) if version is not None else None
    return why(sent.facts, moment_of(sent.happened_at, calendar(sent.happened_at)), table, catalogue())
