"""What is wrong with a question that cannot be answered: its kind and its facts, for whoever puts them into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final


class Wrong(Enum):
    """What may be the matter; the facts that go with each are named here, besides the rows of which it speaks."""

    NO_BUILDINGS = "no-buildings"
    NOT_FINITE = "not-finite"
    """field"""
    BELOW = "below"
    """field, least"""
    NOT_WHOLE = "not-whole"
    """field"""
    NOT_FROM = "not-from"
    """field, least: it is no whole number from there on."""
    LENGTH = "length"
    """field, values, count: not as many values as rows."""
    NO_SHAPE = "no-shape"
    """field"""
    BOUNDS = "bounds"
    """low, target, high"""
    WEIGHT = "weight"
    """weight, value"""
    BOUNDARY_NO_POLYGON = "boundary-no-polygon"
    BOUNDARY_EMPTY = "boundary-empty"
    BOUNDARY_UNSOUND = "boundary-unsound"
    """why, as the geometry library says it"""
    OUTSIDE_BOUNDARY = "outside-boundary"
    """count"""
    FIXED_EMPTY = "fixed-empty"
    """group; likewise below"""
    FIXED_IN_SEVERAL_GRIDS = "fixed-in-several-grids"
    FIXED_NOT_ALONE = "fixed-not-alone"
    """Others are to be kept together with them."""
    FIXED_APART = "fixed-apart"
    SPECIAL_NO_POLYGON = "special-no-polygon"
    SPECIAL_UNSOUND = "special-unsound"
    SPECIAL_OVERLAP = "special-overlap"
    SPECIAL_OUTSIDE = "special-outside"
    SPECIAL_TAKE_ALL = "special-take-all"
    STANDING_NOT_FROM = "standing-not-from"
    """field, least"""
    STANDING_LENGTH = "standing-length"
    """field, values, count"""
    STANDING_NO_BUILDING = "standing-no-building"
    """count: there are so many buildings."""
    TOO_MANY_GRIDS = "too-many-grids"
    """count, most; likewise below"""
    TOO_MANY_MICROGRIDS = "too-many-microgrids"
    COMMUNITY_CODE = "community-code"
    """code"""
    NOTHING_TO_CUT = "nothing-to-cut"
    """piece"""


_IN_LOGS: Final[Mapping[Wrong, str]] = {
    Wrong.NO_BUILDINGS: "No buildings were given.",
    Wrong.NOT_FINITE: "{field} is not a finite number in buildings {rows}.",
    Wrong.BELOW: "{field} is below {least} in buildings {rows}.",
    Wrong.NOT_WHOLE: "{field} is not a whole number in buildings {rows}.",
    Wrong.NOT_FROM: "{field} is no whole number from {least} on, nor -1, in buildings {rows}.",
    Wrong.LENGTH: "{field} has {values} values for {count} buildings.",
    Wrong.NO_SHAPE: "{field} is missing or empty in buildings {rows}.",
    Wrong.BOUNDS: "Bounds need 1 <= low <= target <= high, not {low}, {target}, {high}.",
    Wrong.WEIGHT: "The weight {weight} needs a number from 0 on, not {value}.",
    Wrong.BOUNDARY_NO_POLYGON: "The boundary is not a polygon.",
    Wrong.BOUNDARY_EMPTY: "The boundary is empty.",
    Wrong.BOUNDARY_UNSOUND: "The boundary is not valid: {why}.",
    Wrong.OUTSIDE_BOUNDARY: "{count} buildings lie outside the boundary, first {rows}.",
    Wrong.FIXED_EMPTY: "The buildings of the fixed group {group} have no households: {rows}.",
    Wrong.FIXED_IN_SEVERAL_GRIDS: "The buildings of the fixed group {group} are given to several grids: {rows}.",
    Wrong.FIXED_NOT_ALONE: "The buildings of the fixed group {group} are to be kept together with others: {rows}.",
    Wrong.FIXED_APART: (
        "The buildings of the fixed group {group} do not hang together without crossing what may not be crossed: "
        "{rows}."
    ),
    Wrong.SPECIAL_NO_POLYGON: "The special grids {rows} are no polygons with an area.",
    Wrong.SPECIAL_UNSOUND: "The special grids {rows} cross their own outline.",
    Wrong.SPECIAL_OVERLAP: "The special grids {rows} overlap each other.",
    Wrong.SPECIAL_OUTSIDE: "The special grids {rows} lie outside the ground that is divided.",
    Wrong.SPECIAL_TAKE_ALL: "The special grids {rows} leave no ground for anybody else.",
    Wrong.STANDING_NOT_FROM: "The plan in force: {field} is no whole number from {least} on in rows {rows}.",
    Wrong.STANDING_LENGTH: "The plan in force: {field} has {values} values for {count} atoms.",
    Wrong.STANDING_NO_BUILDING: "The plan in force: building is not below {count} in rows {rows}.",
    Wrong.TOO_MANY_GRIDS: "{count} grids in one parent; the code has room for {most}.",
    Wrong.TOO_MANY_MICROGRIDS: "{count} micro-grids in one parent; the code has room for {most}.",
    Wrong.COMMUNITY_CODE: "A community code has 12 digits, not {code!r}.",
    Wrong.NOTHING_TO_CUT: "Piece {piece} cannot be split there.",
}
_MOST_IN_LOGS: Final = 10


class DistrictingError(ValueError):
    """A question that cannot be answered; its own text is for logs.

    wrong   what is the matter
    facts   the names and numbers that go with it
    rows    positions, from 0, of the buildings, shapes or homes of which it speaks
    """

    def __init__(self, wrong: Wrong, rows: Sequence[int] = (), **facts: Any) -> None:
        self.wrong, self.facts = wrong, facts
        self.rows = tuple(int(row) for row in rows)
        super().__init__(_IN_LOGS[wrong].format(rows=list(self.rows[:_MOST_IN_LOGS]), **facts))

    def __reduce__(self) -> tuple[Any, ...]:
        # A subclass takes other arguments than those that a pickle would keep; its facts travel without it.
        return _again, (self.wrong, self.rows, self.facts)


def _again(wrong: Wrong, rows: Sequence[int], facts: Mapping[str, Any]) -> DistrictingError:
    return DistrictingError(wrong, rows, **facts)
