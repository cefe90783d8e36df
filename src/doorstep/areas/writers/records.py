"""What is written of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class MicrogridRow(NamedTuple):
    """One micro-grid. `outline` is WKB in degrees of WGS 84; `grid_code` has 15 digits, `code` 17."""

    code: str
    grid_code: str
    grid_number: int
    microgrid_number: int
    households: int
    is_in_range: bool
    outline: bytes


class HomeRow(NamedTuple):
    """A building, an entrance of it, or some of its floors, and the micro-grid that it belongs to."""

    code: str
    building: str
    address: str
    entrance: int | None
    floor_from: int | None
    floor_to: int | None
    households: int


class MovedRow(NamedTuple):
    """Homes that come from one micro-grid into another. `footprint` is WKB of their building in degrees of WGS 84."""

    building: str
    entrance: int | None
    floor_from: int | None
    floor_to: int | None
    households: int
    source: str
    to: str
    why: str
    footprint: bytes


class SpecialRow(NamedTuple):
    """A special grid, which has no micro-grids. `outline` is WKB in degrees of WGS 84."""

    code: str
    name: str
    households: int
    buildings: int
    led_by: str
    department: str
    outline: bytes


class PlanRows(NamedTuple):
    """A plan to be written: lists by code. `moved` is None where there was no plan before it.

    `stairwells` are the same homes one step finer: one row an entrance.
    """

    name: str
    community: str
    microgrids: Sequence[MicrogridRow]
    homes: Sequence[HomeRow]
    moved: Sequence[MovedRow] | None = None
    specials: Sequence[SpecialRow] = ()
    stairwells: Sequence[HomeRow] = ()
