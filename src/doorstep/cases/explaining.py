"""Why a case is where it is, for whoever holds it and for whoever reported it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from doorstep.areas.models import Area
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
    moment = moment_of(sent.happened_at, calendar(sent.happened_at))
    return why(sent.facts, moment, table, catalogue(), _place(case, sent.facts))


def _place(case: Any, facts: Mapping[str, Any]) -> str:
    """The name of the area by which it was decided; of the case itself, where the case still lies there."""
    code = facts.get("decided_on", {}).get("area", "")
    if code and code == getattr(case, "microgrid_code", None):
        return _within(case.grid_name, case.microgrid_name)
    found = Area.objects.filter(code=code).order_by("-pk").values_list("parent__name", "name").first() if code else None
    return _within(*found) if found else ""


def _within(above: str | None, name: str) -> str:
    """A name with that of the area above it, unless it says so itself."""
    return name if not above or name.startswith(above) else f"{above} · {name}"
