"""What the city wrote into its table: the first row that fits, and that somebody may and can hold, decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from doorstep.cases.rules.dispatch.passed import Passed, nobody
from doorstep.cases.rules.facts import CaseFacts, Choice, UnitFacts, UnitId, able, first_to_ask
from doorstep.cases.rules.table.law import against
from doorstep.cases.rules.table.moment import Moment
from doorstep.cases.rules.table.rows import Row, Table
from doorstep.catalogue.item import Urgency
from doorstep.core.text import say


class ByRow(NamedTuple):
    """The row that decided, and what it decided."""

    row: Row
    choice: Choice


def choose(
    case: CaseFacts, moment: Moment, units: Sequence[UnitFacts], table: Table, passed: list[tuple[Row, Passed]]
) -> ByRow | None:
    """The first row that decides; rows that fit and could not are added to `passed`, with what stood against them."""
    for row in table.rows:
        if row.fails_on(case, moment) is not None:
            continue
        taken = take(row, case, units)
        if isinstance(taken, Choice):
            return ByRow(row, taken)
        passed.append((row, taken))
    return None


def take(row: Row, case: CaseFacts, units: Sequence[UnitFacts]) -> Choice | Passed:
    """Whom a row that fits sends it to, or why it cannot."""
    meant = [unit for unit in units if row.holder.fits(unit)]
    lawful = [unit for unit in meant if against(case.item, unit.level) is None]
    if meant and not lawful:
        return Passed.LAW
    ready = able(case, lawful)
    if case.urgency is Urgency.CRITICAL:
        ready = [unit for unit in ready if unit.is_on_call]
    if not ready:
        return nobody(case, lawful)
    unit = first_to_ask(case, ready)
    because = say("cases-dispatch-table", unit=unit.said, reason=row.reason)
    helpers = tuple(_helpers(row, case, units, unit))
    return Choice(unit.id, because, helpers, row.limit)


def _helpers(row: Row, case: CaseFacts, units: Sequence[UnitFacts], chosen: UnitFacts) -> list[UnitId]:
    found = []
    for helper in row.helpers:
        fitting = [unit for unit in able(case, units) if helper.fits(unit) and unit.id != chosen.id]
        if fitting:
            found.append(first_to_ask(case, fitting).id)
    return found
