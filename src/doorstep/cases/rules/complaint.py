"""Whom does a complaint about staff concern, and from whom is it kept? It is never given to whoever it is about.

Who says nothing of it is believed to mean those who are nearest above whatever we know: then nobody below the county
reads it. The grid is kept from what concerns the grid; whoever concerns a level concerns those below it too, since they
depend on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from doorstep.cases.rules.facts import UnitFacts, UnitId
from doorstep.catalogue.item import Level

ITEM: Final = "staff-complaint"
DEPARTMENT: Final = "department:"


class Concerned(StrEnum):
    """Whom a reporter can name; a department is named as `department:water`."""

    GRID = "grid"
    COMMUNITY = "community"
    SUBDISTRICT = "subdistrict"


KEPT_FROM: Final[Mapping[str, int]] = {Concerned.GRID: 1, Concerned.COMMUNITY: 2, Concerned.SUBDISTRICT: 3}
MOST_KEPT: Final = 3
"""Nobody below the county reads it."""

_LEVELS: Final = {Level.GRID: 1, Level.COMMUNITY: 2, Level.SUBDISTRICT: 3}
_NAMED: Final = (
    (Concerned.SUBDISTRICT, re.compile(r"街道|镇政府|办事处|subdistrict", re.IGNORECASE)),  # read, not shown
    (
        Concerned.COMMUNITY,
        re.compile(r"社区|居委|村委|村干部|村主任|community|village", re.IGNORECASE),
    ),  # read, not shown
    (Concerned.GRID, re.compile(r"网格|grid", re.IGNORECASE)),  # read, not shown
)


def is_concerned(named: str, departments: Iterable[str]) -> bool:
    """Whether this is somebody whom a complaint can be about."""
    return named in list(Concerned) or named.removeprefix(DEPARTMENT) in set(departments)


def kept_from(item: str, named: str, words: str) -> int:
    """How far up it is kept: 0 from nobody, 1 from the grid, 2 from the community too, 3 from the subdistrict too.

    What the reporter chose counts, then the highest level that the words name.
    """
    if item != ITEM:
        return 0
    if named.startswith(DEPARTMENT):
        return 0
    if named in KEPT_FROM:
        return KEPT_FROM[named]
    return next((KEPT_FROM[level] for level, shape in _NAMED if shape.search(words)), MOST_KEPT)


def concerned(kept: int, named: str, units: Iterable[UnitFacts]) -> frozenset[UnitId]:
    """The units that it is about, and those below them: none of them may hold it."""
    trade = named.removeprefix(DEPARTMENT) if named.startswith(DEPARTMENT) else ""
    return frozenset(
        unit.id for unit in units if _LEVELS.get(unit.level, MOST_KEPT + 1) <= kept or trade in unit.departments
    )
