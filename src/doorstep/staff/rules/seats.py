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

UNITS_OF_POST: Final[Mapping[str, frozenset[str]]] = {
    "grid_lead": frozenset({"grid_team"}),
    "grid_worker": frozenset({"grid_team"}),
    "community_desk": frozenset({"community_desk"}),
    "subdistrict_office": frozenset({"subdistrict_office"}),
    "command_centre": frozenset({"command_centre"}),
    "department": frozenset({"department", "property_company"}),
}
"""The kinds of units whose cases a post of this kind acts on."""


LONGEST_NAME: Final = 120
"""Letters in the name of a unit."""

KEPT_BY_HAND: Final = frozenset(
    {"community_desk", "subdistrict_office", "department", "property_company", "command_centre", "outside"}
)
"""The kinds of units that begin and end by hand or from a file; the teams of grids begin and end with a plan."""

AREA_OF_UNIT: Final[Mapping[str, str]] = {
    "community_desk": "community",
    "subdistrict_office": "subdistrict",
    "command_centre": "county",
}
"""The level of the area that a desk or a centre answers for; departments and companies act where they are told."""


def missing(level: str, held: Iterable[str]) -> tuple[str, ...]:
    """The seats of an area of this level that nobody fills, given the kinds of those that somebody does."""
    left = Counter(SEATS.get(level, ())) - Counter(held)
    return tuple(kind for kind in dict.fromkeys(SEATS.get(level, ())) for _ in range(left[kind]))
