"""Where homes come when a community is divided again: who stays in their micro-grid, and who comes into another.

Plans may cut a building differently: whole in one, by entrances or bands of floors in the other. What is followed is
the finer of the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple


class Home(NamedTuple):
    """A building, one entrance of it, or a band of floors of these; `None` stands for all of them."""

    building: int
    entrance: int | None = None
    floor_from: int | None = None
    floor_to: int | None = None


class Dwelt(NamedTuple):
    """A home in one plan: the code of its micro-grid, and how many households live there."""

    home: Home
    code: str
    households: int


class Followed(NamedTuple):
    """Homes of two plans that are one: how many households live there now, from which micro-grid into which.

    `place` is the position of the home among those of the later plan.
    """

    home: Home
    households: int
    source: str
    to: str
    place: int

    @property
    def has_moved(self) -> bool:
        return self.source != self.to


def by_microgrid(dwelt: Iterable[Dwelt]) -> dict[str, frozenset[Home]]:
    """The homes of each micro-grid that has any; a building that lies in one alone counts as one home."""
    inhabited = [each for each in dwelt if each.households > 0]
    codes: dict[int, set[str]] = defaultdict(set)
    for each in inhabited:
        codes[each.home.building].add(each.code)
    homes: dict[str, set[Home]] = defaultdict(set)
    for home, code, _ in inhabited:
        homes[code].add(Home(home.building) if len(codes[home.building]) == 1 else home)
    return {code: frozenset(own) for code, own in homes.items()}


def followed(before: Iterable[Dwelt], after: Sequence[Dwelt]) -> list[Followed]:
    """Every home of the later plan that was in the earlier one, in the order of the later; new buildings are left out.

    The households are those of the later plan. Where the earlier one was cut finer, they are shared out by what it
    counted.
    """
    earlier: dict[int, list[Dwelt]] = defaultdict(list)
    for each in before:
        earlier[each.home.building].append(each)
    return [
        each
        for place, now in enumerate(after)
        if now.households > 0
        for each in _shared_out(now, place, earlier[now.home.building])
    ]


HALF: Final = 0.5


def going_on(followed_homes: Iterable[Followed], old: Collection[str], new: Collection[str]) -> dict[str, str]:
    """In which micro-grid each earlier one goes on: there are at least half of its households, of those still there.

    One that has its code still goes on in it or not at all; one whose code nobody has may go on under a new one, the
    larger of two that would. Where nothing is known of the homes, codes decide.
    """
    went: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in followed_homes:
        went[each.source][each.to] += each.households
    found = {code: code for code in old if code in new and (code not in went or _has_half(went[code], code))}
    claims = {
        code: max(sorted(to), key=lambda heir: to[heir]) for code, to in went.items() if code in old and code not in new
    }
    for code in sorted(claims, key=lambda code: (-went[code][claims[code]], code)):
        heir = claims[code]
        if heir in new and heir not in old and heir not in found.values() and _has_half(went[code], heir):
            found[code] = heir
    return found


def _has_half(went: Mapping[str, int], to: str) -> bool:
    return went.get(to, 0) >= HALF * sum(went.values())


def _shared_out(now: Dwelt, place: int, earlier: Sequence[Dwelt]) -> Iterator[Followed]:
    """One home of the later plan in the parts that the earlier one had of it."""
    parts = [(was, common) for was in earlier if (common := _common(was.home, now.home)) is not None]
    weights = [was.households * _share(common, was.home) for was, common in parts]
    total, before = sum(weights), 0.0
    for (was, common), weight in zip(parts, weights, strict=True):
        first, last = _rounded(now.households, before, total), _rounded(now.households, before + weight, total)
        before += weight
        if last > first:
            yield Followed(common if len(parts) > 1 else now.home, last - first, was.code, now.code, place)


def _rounded(households: int, weight: float, total: float) -> int:
    return round(households * weight / total) if total > 0 else 0


def _common(one: Home, other: Home) -> Home | None:
    """What is in both homes of one building; None where they share nothing."""
    if one.entrance is not None and other.entrance is not None and one.entrance != other.entrance:
        return None
    entrance = one.entrance if other.entrance is None else other.entrance
    if one.floor_from is None or one.floor_to is None:
        return Home(other.building, entrance, other.floor_from, other.floor_to)
    if other.floor_from is None or other.floor_to is None:
        return Home(one.building, entrance, one.floor_from, one.floor_to)
    low, high = max(one.floor_from, other.floor_from), min(one.floor_to, other.floor_to)
    return Home(one.building, entrance, low, high) if low <= high else None


def _share(part: Home, whole: Home) -> float:
    """How much of a home a part of it is, as far as floors tell."""
    if None in (part.floor_from, part.floor_to, whole.floor_from, whole.floor_to):
        return 1.0
    return _floors(part) / _floors(whole)


def _floors(home: Home) -> int:
    return (home.floor_to or 0) - (home.floor_from or 0) + 1
