from dataclasses import replace

import numba
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.districting.small import a_quarter, a_street, is_connected, planar_graphs

from doorstep.engines.districting.atoms import cut_into_atoms
from doorstep.engines.districting.dividing import divide
from doorstep.engines.districting.graph import settle
from doorstep.engines.districting.keeping import best_match
from doorstep.engines.districting.moves import MoveKind
from doorstep.engines.districting.objective import new_marks, piece_costs, rules_for
from doorstep.engines.districting.problem import Bounds, Buildings, Weights
from doorstep.engines.districting.standing import NEW, BadStanding, Standing, cut_like, old_pieces
from doorstep.engines.districting.starting import begin_from_the_old
from doorstep.engines.districting.synthetic import Kind, community_of
from doorstep.engines.districting.wrong import DistrictingError

SMALL = {"bounds": Bounds(5, 10, 7), "grid_bounds": Bounds(20, 40, 30), "effort": "quick"}
COMMUNITY = "321102001005"
ONLY_MOVED = Weights(compactness=0, size=0, compound=0, building=0, barrier=0, moved=1)
needs_the_compiler = pytest.mark.skipif(numba.config.DISABLE_JIT, reason="A community takes minutes without it.")


def codes_by_home(division):
    """The code of each atom, by building, section and floors."""
    atoms, codes = division.atoms, division.microgrid_codes(COMMUNITY)
    columns = (atoms.building, atoms.section, atoms.floor_from, atoms.floor_to)
    names = zip(*(column.tolist() for column in columns), strict=True)
    return {name: codes[piece] for name, piece in zip(names, division.microgrid.tolist(), strict=True)}


def households_moved(division):
    return int(division.atoms.households[division.moves.atom].sum())


def with_households(buildings, households):
    return Buildings(
        buildings.xy,
        households,
        buildings.footprints,
        buildings.floors,
        buildings.compounds,
        buildings.entrances,
    )


@needs_the_compiler
@pytest.mark.parametrize("kind", [*Kind])
@pytest.mark.parametrize("seed", [1, 4])
def test_where_nothing_has_changed_nobody_moves_and_all_codes_stay(kind, seed):
    community = community_of(seed, 1, kind, 1100)
    ask = {"barriers": community.barriers, "boundary": community.ground}
    first = divide(community.buildings, **ask, seed=5)
    again = divide(community.buildings, **ask, seed=6, standing=first.as_standing(), weights=Weights(moved=1.0))
    assert len(again.moves) == 0
    assert codes_by_home(again) == codes_by_home(first)


@needs_the_compiler
@pytest.mark.parametrize("kind", [*Kind])
def test_where_little_has_changed_hardly_anybody_moves_who_need_not(kind):
    community = community_of(2, 1, kind, 2000)
    ask = {"barriers": community.barriers, "boundary": community.ground}
    first = divide(community.buildings, **ask, seed=5)
    standing = first.as_standing()
    rng = np.random.default_rng(3)
    homes = community.buildings.households.copy()
    changed = rng.choice(np.flatnonzero(homes), max(1, len(homes) // 100), replace=False)
    homes[changed] = (homes[changed] * rng.uniform(0.5, 1.5, len(changed))).astype(int)
    buildings = with_households(community.buildings, homes)
    again = divide(buildings, **ask, seed=6, standing=standing, weights=Weights(moved=1.0))
    assert all(piece.is_in_range for piece in again.microgrids)
    assert households_moved(again) - forced(again, standing) < 0.03 * again.households


def forced(division, standing):
    """At least so many must come elsewhere: what an old piece has above the upper bound, or lacks to the lower one."""
    old = old_pieces(division.atoms, standing).microgrid
    stay = old != NEW
    today = np.bincount(old[stay], division.atoms.households[stay])
    above, lacking = today - division.bounds.high, division.bounds.low - today
    return int(np.maximum(0, np.maximum(above, np.minimum(lacking, today))).sum())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=20), st.integers(0, 3), st.floats(0, 3))
def test_whatever_stands_each_home_is_listed_as_moved_exactly_if_its_code_is_another(homes, seed, weight):
    buildings = a_street(homes)
    first = divide(buildings, **SMALL, seed=seed)
    changed = with_households(buildings, [*homes[1:], homes[0]])
    again = divide(changed, **SMALL, seed=seed, standing=first.as_standing(), weights=Weights(moved=weight))
    before, after = codes_by_home(first), codes_by_home(again)
    listed = set(again.moves.atom.tolist())
    for row, (name, code) in enumerate(after.items()):
        if name in before:
            assert (row in listed) == (again.atoms.households[row] > 0 and before[name] != code)
    codes = again.microgrid_codes(COMMUNITY)
    assert len(set(codes)) == len(codes)
    assert codes == sorted(codes)
    assert len(again.moves.kind) == len(again.moves.saves) == len(again.moves)


def test_with_no_weight_the_division_is_a_fresh_one_and_only_numbers_are_kept():
    buildings = a_quarter(40)
    first = divide(buildings, effort="quick", seed=1)
    fresh = divide(buildings, effort="quick", seed=2)
    again = divide(buildings, effort="quick", seed=2, standing=first.as_standing())
    assert again.cost == fresh.cost
    shapes = sorted(shapely.to_wkb([piece.polygon for piece in fresh.microgrids]).tolist())
    assert sorted(shapely.to_wkb([piece.polygon for piece in again.microgrids]).tolist()) == shapes
    kept = set(codes_by_home(again).items()) & set(codes_by_home(first).items())
    by_chance = set(codes_by_home(fresh).items()) & set(codes_by_home(first).items())
    assert len(kept) >= len(by_chance)


def test_a_new_band_for_grids_leaves_alone_every_micro_grid_whose_grid_is_still_in_it():
    street = a_street([7] * 24)
    first = divide(street, **SMALL)
    wider = SMALL | {"grid_bounds": Bounds(14, 49, 30)}
    again = divide(street, **wider, standing=first.as_standing(), weights=Weights(moved=1.0))
    assert len(again.moves) == 0
    narrow = SMALL | {"grid_bounds": Bounds(14, 21, 21)}
    smaller = divide(street, **narrow, standing=first.as_standing(), weights=Weights(moved=1.0))
    assert set(smaller.moves.kind) == {MoveKind.REGROUPED}
    assert households_moved(smaller) < smaller.households
    microgrids = {tuple(np.flatnonzero(first.microgrid == piece).tolist()) for piece in range(len(first.microgrids))}
    assert microgrids == {
        tuple(np.flatnonzero(smaller.microgrid == piece).tolist()) for piece in range(len(smaller.microgrids))
    }


def again_on_a_street(before, after, **more):
    """A street divided, its households changed, divided again; kinds of moves by building."""
    first = divide(a_street(before), **(SMALL | more))
    again = divide(a_street(after), **(SMALL | more), standing=first.as_standing(), weights=Weights(moved=1.0))
    kinds = zip(again.atoms.building[again.moves.atom].tolist(), again.moves.kind, strict=True)
    return first, again, dict(kinds)


def test_a_micro_grid_that_has_become_too_small_is_out_of_range_and_its_homes_go_next_door():
    first, again, kinds = again_on_a_street([7, 7, 7], [7, 1, 7])
    assert len(first.microgrids) == 3
    assert len(again.microgrids) == 2
    assert kinds == {1: MoveKind.OUT_OF_RANGE}


def test_a_micro_grid_that_has_become_too_large_is_cut_and_the_smaller_part_moves():
    _, again, kinds = again_on_a_street([4, 3, 7], [7, 6, 7])
    assert sorted(piece.households for piece in again.microgrids) == [6, 7, 7]
    assert kinds == {1: MoveKind.OUT_OF_RANGE}
    assert [piece.number for piece in again.microgrids] == [1, 2, 3]


def test_who_moves_because_it_is_better_so_is_told_how_much_is_saved():
    street = a_street([4, 4, 4, 4])
    # The plan in force pairs the first house with the last.
    crooked = Standing([0, 1, 2, 3], [0] * 4, [0] * 4, [0] * 4, [1, 2, 2, 1], [1] * 4)
    bounds = SMALL | {"bounds": Bounds(4, 12, 8)}
    better = divide(street, **bounds, standing=crooked, weights=Weights(moved=0.01))
    assert set(better.moves.kind) <= {MoveKind.CHEAPER, MoveKind.SPLIT}
    assert len(better.moves)


def test_new_homes_join_a_micro_grid_with_room_and_nobody_else_moves():
    first = divide(a_street([4, 3, 4, 3]), **SMALL)
    built = a_street([4, 3, 4, 3, 2])
    again = divide(built, **SMALL, standing=first.as_standing(), weights=Weights(moved=1.0))
    assert len(again.moves) == 0
    assert again.microgrid[4] == again.microgrid[3]


def test_a_new_estate_gets_micro_grids_and_numbers_of_its_own():
    first = divide(a_street([4, 3, 4, 3]), **SMALL)
    built = a_street([4, 3, 4, 3, 7, 7])
    again = divide(built, **SMALL, standing=first.as_standing(), weights=Weights(moved=1.0))
    assert len(again.moves) == 0
    assert [piece.number for piece in again.microgrids] == [1, 2, 3, 4]
    assert codes_by_home(first).items() <= codes_by_home(again).items()


def test_a_tower_cut_by_floors_stays_cut_at_the_same_floors():
    tower = Buildings([[0, 0], [30, 0]], [150, 60], [shapely.box(-9, -9, 9, 9), shapely.box(21, -9, 39, 9)], [30, 6])
    first = divide(tower, effort="quick")
    again = divide(tower, effort="quick", seed=9, standing=first.as_standing(), weights=Weights(moved=1.0))
    assert len(again.moves) == 0
    assert codes_by_home(again) == codes_by_home(first)
    assert again.is_floor_band.any()


def test_floors_are_cut_where_they_were_and_each_band_keeps_its_homes():
    tower = Buildings([[0, 0]], [45], floors=[15])
    standing = Standing([0, 0], [0, 0], [1, 7], [6, 15], [1, 2], [1, 1])
    atoms = cut_like(cut_into_atoms(tower), standing)
    assert atoms.households.tolist() == [18, 27]
    assert atoms.floor_from.tolist() == [1, 7]
    assert atoms.floor_to.tolist() == [6, 15]
    assert old_pieces(atoms, standing).microgrid.tolist() == [0, 1]


def test_a_building_that_was_cut_and_is_no_more_belongs_where_most_of_its_floors_did():
    low = Buildings([[0, 0], [50, 0]], [40, 3], floors=[10, 2])
    bands = Standing([0, 0], [0, 0], [1, 4], [3, 10], [1, 2], [1, 1])
    assert old_pieces(cut_into_atoms(low), bands).microgrid.tolist() == [1, NEW]
    sections = Standing([0, 0, 0], [0, 1, 2], [0] * 3, [0] * 3, [5, 8, 8], [1, 1, 1])
    assert old_pieces(cut_into_atoms(low), sections).number.tolist() == [5, 8]
    assert old_pieces(cut_into_atoms(low), sections).microgrid.tolist() == [1, NEW]


def test_a_building_with_an_entrance_more_takes_it_from_the_section_beside_it():
    slab = Buildings([[0, 0]], [60], floors=[6], entrances=[3])
    standing = Standing([0, 0], [0, 1], [0, 0], [0, 0], [1, 2], [1, 1])
    assert old_pieces(cut_into_atoms(slab), standing).microgrid.tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        (([0], [0], [0], [0], [0], [1]), "number"),
        (([0], [0], [0], [0], [1], [0]), "grid"),
        (([0], [-1], [0], [0], [1], [1]), "section"),
        (([0, 1], [0], [0], [0], [1], [1]), "section"),
        (([0.5], [0], [0], [0], [1], [1]), "building"),
    ],
)
def test_a_plan_in_force_that_makes_no_sense_is_refused_by_field(columns, field):
    with pytest.raises(BadStanding) as refused:
        Standing(*columns)
    assert refused.value.field == field


def test_a_plan_in_force_for_more_buildings_than_there_are_is_refused():
    with pytest.raises(DistrictingError, match="rows \\[1\\]"):
        divide(a_street([5, 5]), **SMALL, standing=Standing([0, 2], [0, 0], [0, 0], [0, 0], [1, 1], [1, 1]))


def moving(graph, piece):
    """What the pieces cost for those who move, and for being out of range, in households."""
    rules = rules_for(Bounds(2, 100, 3), ONLY_MOVED)
    return piece_costs(graph, piece, 3.0, rules, new_marks(len(graph.size))).sum() * 3.0


@given(planar_graphs(), st.lists(st.integers(-1, 2), min_size=8, max_size=8), st.data())
def test_the_pieces_cost_at_least_those_who_move_and_nothing_where_nobody_does(graph, old, data):
    count = len(graph.size)
    old = np.array(old[:count])
    settled = settle(graph, old)
    as_it_was = np.unique(np.where(old < 0, 7 + np.arange(count), old), return_inverse=True)[1]
    assert moving(settled, as_it_was) == pytest.approx(moving(graph, as_it_was))
    labels = np.array(data.draw(st.lists(st.integers(0, 3), min_size=count, max_size=count)))
    piece = np.unique(labels, return_inverse=True)[1]
    paid = moving(settled, piece) - moving(graph, piece)
    shared = np.zeros((piece.max() + 1, 3))
    np.add.at(shared, (piece[old >= 0], old[old >= 0]), graph.mass[old >= 0])
    match = best_match(shared)
    staying = shared[np.flatnonzero(match >= 0), match[match >= 0]].sum()
    assert paid >= shared.sum() - staying - 1e-6


@settings(deadline=None)
@given(planar_graphs(most=12), st.lists(st.integers(-1, 3), min_size=12, max_size=12), st.integers(0, 3))
def test_whatever_the_old_pieces_a_new_look_begins_with_pieces_that_hang_together(graph, old, seed):
    settled = settle(graph, np.array(old[: len(graph.size)]))
    rules = rules_for(Bounds(3, 6), replace(Weights(), moved=1.0))
    label = begin_from_the_old(settled, 3.0, rules, np.random.default_rng(seed))
    assert sorted(set(label.tolist())) == list(range(label.max() + 1))
    for piece in range(label.max() + 1):
        assert is_connected(graph, np.flatnonzero(label == piece).tolist())
