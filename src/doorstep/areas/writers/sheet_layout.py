"""How an A3 sheet is laid out, so that the map of a grid fills what its list of homes leaves."""

from __future__ import annotations

from math import ceil
from typing import Final, NamedTuple

LONG_MM: Final = 396.0
SHORT_MM: Final = 273.0
"""The sides of A3 within its margins."""
HEAD_BESIDE_MM: Final = 33.0
HEAD_BELOW_MM: Final = 42.0
"""What title, foot and gaps take of the height, where the list stands beside the map and where it stands below."""
COLUMN_MM: Final = 64.0
GAP_MM: Final = 6.0
LINE_MM: Final = 4.3
"""Of the list, in letters of 10 points."""
MOST_BESIDE: Final = 4
MOST_BELOW: Final = 0.5
"""Columns of the list beside the map; part of the height that it may take below."""


class Layout(NamedTuple):
    """A sheet of `paper` width and height; the list below the map or beside it, in so many columns; the map's room."""

    paper: tuple[float, float]
    is_below: bool
    columns: int
    room: tuple[float, float]


class Listing(NamedTuple):
    """A list by its lines; so many of them, `together`, stand in one column whatever comes."""

    lines: float
    together: float


def layout_of(aspect: float, listing: Listing, overleaf: Listing) -> Layout:
    """The sheet on which a map, `aspect` times as wide as high, is largest while all of its list finds room.

    Where no sheet holds the list, it stands overleaf and a shorter one takes its place.
    """
    found = _sheets(listing) or _sheets(overleaf) or [_beside(MOST_BESIDE)]
    return max(found, key=lambda each: _scale(each, aspect))


def _scale(each: Layout, aspect: float) -> float:
    wide, high = each.room
    return min(wide / aspect, high)


def _sheets(listing: Listing) -> list[Layout]:
    """Those that hold a list."""
    columns = ceil(listing.lines * LINE_MM / (SHORT_MM - HEAD_BESIDE_MM))
    beside = [_beside(max(1, columns))] if columns <= MOST_BESIDE else []
    below = [_below(paper, listing) for paper in ((SHORT_MM, LONG_MM), (LONG_MM, SHORT_MM))]
    return [*beside, *(each for each in below if each is not None)]


def _beside(columns: int) -> Layout:
    room = (LONG_MM - GAP_MM - columns * COLUMN_MM, SHORT_MM - HEAD_BESIDE_MM)
    return Layout((LONG_MM, SHORT_MM), False, columns, room)


def _below(paper: tuple[float, float], listing: Listing) -> Layout | None:
    columns = int(paper[0] // COLUMN_MM)
    list_mm = max(ceil(listing.lines / columns) + 2, listing.together) * LINE_MM
    high = paper[1] - HEAD_BELOW_MM - list_mm
    return Layout(paper, True, columns, (paper[0], high)) if list_mm <= MOST_BELOW * paper[1] else None
