"""The version of the decision table that rules a day; read once, for it is never changed."""

from __future__ import annotations

from datetime import date
from typing import Final

from doorstep.cases.rules.table.rows import Table, from_kept
from doorstep.cases.table_models import DispatchTable, TableState


def in_force(county: int, today: date) -> Table | None:
    """The table that rules this day in this county; None where none was ever published."""
    return with_rows(
        DispatchTable.objects.filter(county=county, state=TableState.PUBLISHED, from_on__lte=today)
        .order_by("-from_on", "-published_at", "-version")
        .values_list("pk", "version", "from_on")
        .first()
    )


_parsed: dict[int, Table] = {}
MOST_PARSED: Final = 64


def with_rows(found: tuple[int, int, date | None] | None) -> Table | None:
    """A published version is never changed, so that its rows are read once a process."""
    if found is None:
        return None
    number, version, from_on = found
    known = _parsed.get(number)
    # In tests numbers are given out anew; a version with another date is another one.
    if known is None or (known.version, known.from_on) != (version, from_on):
        if len(_parsed) >= MOST_PARSED:
            _parsed.clear()
        rows = DispatchTable.objects.values_list("rows", flat=True).get(pk=number)
        known = _parsed[number] = Table(version, from_on, tuple(from_kept(each) for each in rows))
    return known
