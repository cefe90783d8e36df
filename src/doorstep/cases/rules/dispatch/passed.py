"""Why a rule did not decide: one word for each reason, told to whoever asks why a case came to them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from doorstep.cases.rules.admission import barred_from_grids
from doorstep.cases.rules.facts import CaseFacts, UnitFacts
from doorstep.catalogue.item import Level, Urgency


class Passed(StrEnum):
    """Why it was somebody else's turn."""

    NOT_CRITICAL = "not-critical"
    NO_ITEM = "no-item"
    NOT_THEIRS = "not-theirs"
    OFF_THE_LIST = "off-the-list"
    LAW = "law"
    NOBODY = "nobody"
    VACANT = "vacant"
    SAID_NO = "said-no"
    CONCERNED = "concerned"
    NOT_ON_CALL = "not-on-call"
    NOT_NEEDED = "not-needed"


def why_passed(level: Level | None, case: CaseFacts, units: Sequence[UnitFacts]) -> Passed:
    """Why the rule for this level did not decide; `None` is the rule for what is critical."""
    if level is None:
        return Passed.NOT_ON_CALL if case.urgency is Urgency.CRITICAL else Passed.NOT_CRITICAL
    if level is not Level.SUBDISTRICT:
        if case.item is None:
            return nobody(case, _of(level, units)) if level is Level.COMMUNITY else Passed.NO_ITEM
        if level is Level.GRID and barred_from_grids(case.item) is not None:
            return Passed.OFF_THE_LIST
        handlers = [each for each in case.item.who if each.level is level]
        if not handlers:
            return Passed.NOT_THEIRS
        return nobody(case, [unit for unit in units if any(unit.fits(each) for each in handlers)])
    return nobody(case, _of(level, units))


def nobody(case: CaseFacts, units: Sequence[UnitFacts]) -> Passed:
    """Why none of the units that are meant can be asked."""
    here = [unit for unit in units if unit.covers(case.area)]
    if not here:
        return Passed.NOBODY
    staffed = [unit for unit in here if unit.is_staffed]
    if not staffed:
        return Passed.VACANT
    if all(unit.id in case.complained_of for unit in staffed):
        return Passed.CONCERNED
    if all(unit.id in case.declined_by | case.complained_of for unit in staffed):
        return Passed.SAID_NO
    return Passed.NOT_ON_CALL


def _of(level: Level, units: Sequence[UnitFacts]) -> list[UnitFacts]:
    return [unit for unit in units if unit.level is level]
