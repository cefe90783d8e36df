"""Some micro-grids of a plan stay as they stand, floors and all, while the rest is drawn anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.districting.small import a_quarter, a_street
from tests.engines.districting.test_dividing import SMALL
from tests.engines.districting.test_levels import assert_given_sound

from doorstep.engines.districting.dividing import divide
from doorstep.engines.districting.division import Division, ReasonKind
from doorstep.engines.districting.problem import Bounds, Buildings, Weights
from doorstep.engines.districting.standing import AsItStands, BadStanding, Standing


def code(division: Division, piece: int) -> tuple[int, int]:
    return division.grids[division.microgrids[piece].grid].number, division.microgrids[piece].number


def homes(division: Division, piece: int) -> dict[tuple[int, int], int]:
    """Households by building and section of a micro-grid."""
    atoms = division.atoms
    found: dict[tuple[int, int], int] = {}
    for row in np.flatnonzero((division.microgrid == piece) & (atoms.households > 0)).tolist():
        key = int(atoms.building[row]), int(atoms.section[row])
        found[key] = found.get(key, 0) + int(atoms.households[row])
    return found


def pieces(division: Division) -> list[dict[tuple[int, int], int]]:
    return [homes(division, number) for number in range(len(division.microgrids))]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=2, max_size=16), st.data())
def test_whatever_is_kept_is_there_again_and_all_else_is_range_or_reason(
    counts: list[int], data: st.DataObject
) -> None:
    buildings = a_quarter(len(counts), seed=len(counts), most=12)
    asked = SMALL | {"bounds": Bounds(5, 14, 8)}
    before = divide(buildings, **asked)
    lived_in = [number for number, piece in enumerate(before.microgrids) if piece.households > 0]
    chosen = data.draw(st.sets(st.sampled_from(lived_in))) if lived_in else set()
    kept = AsItStands(before.as_standing(), frozenset(code(before, number) for number in chosen))
    again = divide(buildings, kept=kept, **asked | {"seed": 7, "weights": Weights(size=4.0, compound=0.0)})
    assert_given_sound(again, buildings)
    for number in chosen:
        assert homes(before, number) in pieces(again)


def test_some_floors_of_a_tower_stay_together() -> None:
    tower = Buildings(xy=[[0, 0], [60, 0]], households=[30, 12], floors=[15, 6])
    asked = SMALL | {"bounds": Bounds(5, 14, 10)}
    standing = Standing([0, 0, 1], [0, 0, 0], [1, 6, 0], [5, 15, 0], [1, 2, 3], [1, 1, 1])
    division = divide(tower, kept=AsItStands(standing, frozenset({(1, 1)})), **asked)
    atoms = division.atoms
    own = np.flatnonzero((atoms.building == 0) & (atoms.floor_to <= 5) & (atoms.floor_to > 0))
    assert len(set(division.microgrid[own].tolist())) == 1
    mine = division.microgrid == division.microgrid[own[0]]
    assert int(atoms.households[mine].sum()) == 10 and set(own.tolist()) == set(np.flatnonzero(mine).tolist())


def test_one_that_is_out_of_range_stays_so_for_that_reason() -> None:
    street = a_street([3, 3, 3, 3, 3, 7, 7])
    standing = Standing([0, 1, 2, 3], [0] * 4, [0] * 4, [0] * 4, [4] * 4, [1] * 4)
    division = divide(street, kept=AsItStands(standing, frozenset({(1, 4)})), **SMALL)
    [piece] = [each for each in division.microgrids if each.households == 12]
    assert [reason.kind for reason in piece.reasons] == [ReasonKind.FIXED]


def test_a_plan_of_other_buildings_is_refused() -> None:
    standing = Standing([9], [0], [0], [0], [1], [1])
    with pytest.raises(BadStanding):
        divide(a_street([7, 7]), kept=AsItStands(standing, frozenset({(1, 1)})), **SMALL)
