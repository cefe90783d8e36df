"""Which groups of reports are a hot topic, and how much weight each has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

FEWEST: Final = 5
"""Fewer people are no topic; and of what is sensitive a smaller number might point at somebody."""

WINDOW_DAYS: Final = 14
"""How far back reports are looked at; what was rolled up before stays as it is."""


@dataclass(frozen=True)
class Member:
    """One report of a group. `voice_of` is the case that it joined, or None."""

    case: int
    day: date
    item: str
    case_class: str
    county: int
    subdistrict: int
    community: int
    voice_of: int | None = None


@dataclass(frozen=True, order=True)
class Share:
    """What a community's part of a topic came to on one day."""

    key: int
    day: date
    county: int
    subdistrict: int
    community: int | None
    item: str
    case_class: str
    cases: int
    voices: int


def shares(group: Sequence[Member], fewest: int = FEWEST) -> list[Share]:
    """A group as a topic, day by day and community by community; empty when too few people ask.

    It is called after the item that most of its reports have, the first in the alphabet among equals, and known by its
    earliest report.
    """
    if len(group) < fewest:
        return []
    key = min(member.case for member in group)
    item, case_class = max(
        sorted({(each.item, each.case_class) for each in group}), key=lambda kind: _count(group, kind)
    )
    parts: dict[tuple[date, int, int, int], list[int]] = {}
    for member in group:
        at = parts.setdefault((member.day, member.county, member.subdistrict, member.community), [0, 0])
        at[member.voice_of is not None] += 1
    return sorted(
        Share(key, day, county, subdistrict, community, item, case_class, cases, voices)
        for (day, county, subdistrict, community), (cases, voices) in parts.items()
    )


def counted(members: Sequence[Member], fewest: int = FEWEST) -> list[Share]:
    """What is sensitive, as numbers alone: by subdistrict and broad class, and only where enough people ask.

    All of the days are one number on the last of them: a day with one report would tell too much.
    """
    groups: dict[tuple[int, int, str], list[Member]] = {}
    for member in members:
        groups.setdefault((member.county, member.subdistrict, member.case_class[:2]), []).append(member)
    return sorted(
        Share(-(subdistrict * 100 + int(broad)), max(each.day for each in group), county, subdistrict, None, "", broad,
              len(group), 0)
        for (county, subdistrict, broad), group in groups.items()
        if len(group) >= fewest
    )  # fmt: skip


def _count(group: Sequence[Member], kind: tuple[str, str]) -> int:
    return sum((member.item, member.case_class) == kind for member in group)
