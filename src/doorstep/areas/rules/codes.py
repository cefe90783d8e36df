"""The codes of areas: what one says about level, parent and kind.

Twelve digits are the state's: six for the county (GB/T 2260), three for the subdistrict, three for the community, as
the National Bureau of Statistics lists them. Three further digits number the grid inside its community, and two the
micro-grid inside its grid. Grids from 901 on are special grids, which have no micro-grids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum, StrEnum
from typing import Final, NewType

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

AreaCode = NewType("AreaCode", str)


class Level(IntEnum):
    """A level of the territory; its value is the number of digits of its codes."""

    PROVINCE = 2
    CITY = 4
    COUNTY = 6
    SUBDISTRICT = 9
    COMMUNITY = 12
    GRID = 15
    MICROGRID = 17


class SubdistrictKind(StrEnum):
    """What the seventh digit says."""

    SUBDISTRICT = "subdistrict"  # 街道
    TOWN = "town"  # 镇
    TOWNSHIP = "township"  # 乡
    LIKE_TOWNSHIP = "like-township"  # a farm, a park, a development zone run like one


class CommunityKind(StrEnum):
    """What the tenth digit says."""

    RESIDENTS = "residents"  # 居民委员会
    VILLAGERS = "villagers"  # 村民委员会
    LIKE_RESIDENTS = "like-residents"
    LIKE_VILLAGERS = "like-villagers"


class CodeRefused(Refusal):
    """Not a code of any area."""


_UP: Final = {child: parent for parent, child in zip(Level, list(Level)[1:], strict=False)}
_SUBDISTRICT_KINDS: Final = {
    "0": SubdistrictKind.SUBDISTRICT,
    "1": SubdistrictKind.TOWN,
    "2": SubdistrictKind.TOWNSHIP,
    "3": SubdistrictKind.TOWNSHIP,
    "4": SubdistrictKind.LIKE_TOWNSHIP,
    "5": SubdistrictKind.LIKE_TOWNSHIP,
}
_COMMUNITY_KINDS: Final = {
    "0": CommunityKind.RESIDENTS,
    "1": CommunityKind.RESIDENTS,
    "2": CommunityKind.VILLAGERS,
    "3": CommunityKind.VILLAGERS,
    "4": CommunityKind.LIKE_RESIDENTS,
    "5": CommunityKind.LIKE_VILLAGERS,
}
# GB/T 2260: the first digit is the part of the country.
_PROVINCES: Final = frozenset(
    str(province)
    for part in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66), (71, 81, 82))
    for province in part
)
_ASCII_DIGITS: Final = re.compile(r"[0-9]+")
_GRIDS_IN_A_COMMUNITY: Final = 999
_MICROGRIDS_IN_A_GRID: Final = 99
SPECIAL_NUMBERS: Final = range(901, 1000)
"""The numbers of special grids among those of the grids of a community: however the others are drawn, theirs stay."""


def parse(text: str) -> AreaCode:
    """The code that was written, without the spaces around it; refuses what cannot be one."""
    code = text.strip()
    if not _ASCII_DIGITS.fullmatch(code):
        raise CodeRefused(say("areas-code-not-digits", code=code), say("areas-code-not-digits-try"))
    if len(code) not in set(Level):
        raise CodeRefused(
            say("areas-code-wrong-length", code=code, digits=len(code)), say("areas-code-wrong-length-try")
        )
    if code[:2] not in _PROVINCES:
        raise CodeRefused(say("areas-code-unknown-province", code=code, digits=code[:2]), say("areas-code-ask"))
    for level in (Level(len(code)), *(_up(Level(len(code))))):
        _refuse_nameless(code, level)
    if len(code) >= Level.SUBDISTRICT and code[6] not in _SUBDISTRICT_KINDS:
        raise CodeRefused(say("areas-code-unknown-subdistrict", code=code, digit=code[6]), say("areas-code-ask"))
    if len(code) >= Level.COMMUNITY and code[9] not in _COMMUNITY_KINDS:
        raise CodeRefused(say("areas-code-unknown-community", code=code, digit=code[9]), say("areas-code-ask"))
    return AreaCode(code)


def level_of(code: AreaCode) -> Level:
    """Which level the code belongs to; its length says so."""
    return Level(len(code))


def parent_of(code: AreaCode, level: Level | None = None) -> AreaCode | None:
    """The code of the area around it: the next one up, or the one at `level`; a province has none."""
    if level is None:
        above = _UP.get(level_of(code))
        return None if above is None else AreaCode(code[:above])
    if level >= level_of(code):
        return None
    return AreaCode(code[:level])


def is_inside(code: AreaCode, around: AreaCode) -> bool:
    """Whether the area is `around` itself or lies inside it."""
    return code.startswith(around)


def subdistrict_kind(code: AreaCode) -> SubdistrictKind:
    """街道, 镇 or 乡, for a code of a subdistrict or of anything inside one."""
    return _SUBDISTRICT_KINDS[code[6]]


def community_kind(code: AreaCode) -> CommunityKind:
    """居委会 or 村委会, for a code of a community or of anything inside one."""
    return _COMMUNITY_KINDS[code[9]]


def is_statistical_only(code: AreaCode) -> bool:
    """Whether the county is a development zone that has a number for counting but is no county in law (经济管理区)."""
    return 71 <= int(code[4:6]) <= 80


def grid_code(community: AreaCode, number: int) -> AreaCode:
    """The code of the grid of that number, from 1."""
    return _numbered(community, number, digits=3, most=_GRIDS_IN_A_COMMUNITY)


def special_number(used: Iterable[int]) -> int:
    """The number of a new special grid: the lowest that no special grid of the community ever had."""
    taken = set(used)
    for number in SPECIAL_NUMBERS:
        if number not in taken:
            return number
    raise CodeRefused(
        say("areas-code-no-special-number", most=len(SPECIAL_NUMBERS)), say("areas-code-no-special-number-try")
    )


def is_special(code: str) -> bool:
    """Whether a code is that of a special grid."""
    return len(code) == Level.GRID and int(code[Level.COMMUNITY :]) in SPECIAL_NUMBERS


def microgrid_code(grid: AreaCode, number: int) -> AreaCode:
    """The code of the micro-grid of that number, from 1."""
    return _numbered(grid, number, digits=2, most=_MICROGRIDS_IN_A_GRID)


def _numbered(parent: AreaCode, number: int, *, digits: int, most: int) -> AreaCode:
    if not 1 <= number <= most:
        raise CodeRefused(say("areas-code-number-out-of-range", parent=parent, number=number, most=most))
    return AreaCode(f"{parent}{number:0{digits}d}")


def _up(level: Level) -> Iterator[Level]:
    while (above := _UP.get(level)) is not None:
        yield above
        level = above


def _refuse_nameless(code: str, level: Level) -> None:
    own = code[_UP.get(level, 0) : level]
    if set(own) == {"0"}:
        raise CodeRefused(say("areas-code-zeros", code=code, digits=own), say("areas-code-zeros-try"))
