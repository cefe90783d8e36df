"""Which seats an area should have, and which of them nobody fills."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

SEATS: Final[Mapping[str, tuple[str, ...]]] = {
    "grid": ("grid_lead", "grid_worker"),
    "special_grid": ("grid_lead", "grid_worker"),
    "microgrid": ("liaison", "volunteer", "volunteer"),
}
"""The posts of a new area by its level; the least that serves its neighbours, and no limit."""

KEPT_BY_COMMUNITY: Final = frozenset(
    {"grid_lead", "grid_worker", "liaison", "volunteer", "stairwell_lead", "hub_household"}
)
"""What a community desk appoints to inside its own community; the rest is the system administrator's."""

UNIT_OF_POST: Final[Mapping[str, str]] = {
    "grid_lead": "grid_team",
    "grid_worker": "grid_team",
    "community_desk": "community_desk",
    "subdistrict_office": "subdistrict_office",
    "command_centre": "command_centre",
    "department": "department",
}
"""The kind of unit whose cases a post of this kind acts on."""


def missing(level: str, held: Iterable[str]) -> tuple[str, ...]:
    """The seats of an area of this level that nobody fills, given the kinds of those that somebody does."""
    left = Counter(SEATS.get(level, ())) - Counter(held)
    return tuple(kind for kind in dict.fromkeys(SEATS.get(level, ())) for _ in range(left[kind]))
