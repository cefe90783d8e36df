import numba
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.districting.small import a_quarter, a_street
from tests.engines.districting.test_dividing import SMALL, assert_sound, kinds, sizes

from doorstep.engines.districting.dividing import divide
from doorstep.engines.districting.division import Drawn, ReasonKind
from doorstep.engines.districting.problem import BadBuildings, Bounds, Buildings, Weights
from doorstep.engines.districting.synthetic import Kind, community_of
from doorstep.engines.districting.wrong import DistrictingError

needs_the_compiler = pytest.mark.skipif(numba.config.DISABLE_JIT, reason="A community takes minutes without it.")

BANDS = {
    "200 to 500 households": Bounds(200, 500),
    "300 to 500 households": Bounds(300, 500),
    "about 461 households": Bounds(415, 507, 461),
    "four to six micro-grids": Bounds(4, 6, unit="microgrids"),
    "five micro-grids": Bounds(5, 5, unit="microgrids"),
}


@needs_the_compiler
@pytest.mark.parametrize("band", BANDS.values(), ids=BANDS.keys())
def test_every_band_that_cities_use_for_grids_can_be_asked_for_and_is_kept(band):
    community = community_of(4, 1, Kind.SLAB, 2310)
    division = divide(community.buildings, barriers=community.barriers, grid_bounds=band, effort="standard")
    inside = [piece.is_in_range for piece in division.grids]
    counts = np.bincount([piece.grid for piece in division.microgrids])
    measured = counts if band.unit == "microgrids" else [piece.households for piece in division.grids]
    assert inside == [band.holds(int(size)) for size in measured]
    assert all(inside) or all(piece.certificate for piece in division.grids if not piece.is_in_range)
    assert all(piece.is_in_range for piece in division.microgrids)


def test_a_target_inside_a_band_draws_grids_of_about_that_size():
    street = a_street([7] * 36)
    for target in (21, 42):
        division = divide(street, **(SMALL | {"grid_bounds": Bounds(14, 49, target)}))
        mean = np.mean([piece.households for piece in division.grids])
        assert abs(mean - target) <= 7


def test_micro_grids_are_drawn_inside_the_grids_that_are_given_under_their_numbers():
    street = a_street([7] * 12)
    given_grids = [4] * 4 + [2] * 5 + [9] * 3
    division = divide(street, given_grids=given_grids, **SMALL)
    assert_sound(division, street)
    assert division.drawn is Drawn.GRIDS_GIVEN
    assert [piece.number for piece in division.grids] == [2, 4, 9]
    numbers = np.array([piece.number for piece in division.grids])
    assert numbers[division.grid].tolist() == given_grids
    assert division.microgrid_codes("321102001005")[0] == "32110200100500201"


def test_a_given_grid_out_of_range_is_left_so_and_said_to_be_given():
    street = a_street([7] * 9)
    division = divide(street, given_grids=[1] * 7 + [2] * 2, **SMALL)
    assert_given_sound(division, street)
    assert [piece.is_in_range for piece in division.grids] == [False, False]
    assert all(ReasonKind.GIVEN in kinds(piece) and piece.certificate is None for piece in division.grids)
    fitting = divide(street, given_grids=[1] * 4 + [2] * 5, **SMALL)
    assert all(piece.is_in_range for piece in fitting.grids)


def assert_given_sound(division, buildings):
    """Every home once, polygons without gap or overlap, range or a reason, though grids were given or groups fixed."""
    atoms = division.atoms
    assert (np.bincount(atoms.building, atoms.households, len(buildings)) == buildings.households).all()
    assert (np.bincount(division.microgrid, atoms.households, len(division.microgrids)) == sizes(division)).all()
    named = {ReasonKind.PROVED_OUT_OF_RANGE, ReasonKind.OUT_OF_RANGE_UNPROVED, ReasonKind.FIXED, ReasonKind.GIVEN}
    for level in (division.microgrids, division.grids):
        assert shapely.coverage_is_valid(shapely.get_parts([piece.polygon for piece in level]))
        for piece in level:
            assert piece.is_in_range != bool(kinds(piece) & named)
            assert (piece.certificate is not None) == (ReasonKind.PROVED_OUT_OF_RANGE in kinds(piece))


def test_a_new_house_in_no_grid_goes_with_the_grid_around_it_and_a_new_quarter_gets_its_own():
    house = divide(a_street([7] * 8), given_grids=[1, 1, 1, -1, 2, 2, 2, 2], **SMALL)
    assert [piece.number for piece in house.grids] == [1, 2]
    quarter = divide(a_street([7] * 12), given_grids=[3] * 4 + [-1] * 4 + [5] * 4, **SMALL)
    assert [piece.number for piece in quarter.grids] == [3, 5, 6]
    assert quarter.grid.tolist() == [0] * 4 + [2] * 4 + [1] * 4


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 12), min_size=1, max_size=16),
    st.lists(st.sampled_from([-1, 1, 1, 2, 7]), min_size=16, max_size=16),
    st.lists(st.sampled_from([-1, -1, -1, 0]), min_size=16, max_size=16),
    st.booleans(),
)
def test_whatever_is_given_or_fixed_it_is_kept_and_all_else_is_range_or_reason(homes, grids, fixed, by_number):
    buildings = a_quarter(len(homes), seed=len(homes), most=12)
    given_grids, fixed = np.array(grids[: len(homes)]), np.array(fixed[: len(homes)])
    # One fixed house is connected with itself.
    chosen = np.flatnonzero((fixed == 0) & (buildings.households > 0))[:1]
    fixed = np.where(np.isin(np.arange(len(homes)), chosen), 0, -1)
    grid_bounds = Bounds(2, 4, unit="microgrids") if by_number else SMALL["grid_bounds"]
    asked = SMALL | {"bounds": Bounds(5, 14, 8), "grid_bounds": grid_bounds}
    division = divide(buildings, given_grids=given_grids, fixed=fixed, **asked)
    assert_given_sound(division, buildings)
    lived_in = division.atoms.households > 0
    numbers = np.array([piece.number for piece in division.grids])
    mine = given_grids[division.atoms.building[lived_in]]
    assert (numbers[division.grid[lived_in]] == mine)[mine > 0].all()
    for house in chosen.tolist():
        own = division.microgrid[(division.atoms.building == house) & lived_in]
        assert len(set(own.tolist())) == 1
        assert (division.microgrid[lived_in] == own[0]).sum() == len(own)


def test_a_grid_number_that_is_none_is_refused_by_row():
    with pytest.raises(BadBuildings) as refused:
        divide(a_street([7, 7, 7]), given_grids=[1, 0, 1], **SMALL)
    assert (refused.value.field, refused.value.rows) == ("given_grids", (1,))
    with pytest.raises(BadBuildings):
        divide(a_street([7, 7, 7]), given_grids=[1, 1], **SMALL)


def test_a_fixed_group_is_a_micro_grid_as_it_stands_also_out_of_range_with_that_reason():
    street = a_street([3, 3, 3, 3, 3, 7, 7])
    division = divide(street, fixed=[5, 5, 5, 5, -1, -1, -1], **SMALL)
    assert_given_sound(division, street)
    assert len(set(division.microgrid[:4].tolist())) == 1
    assert (division.microgrid[4:] != division.microgrid[0]).all()
    (piece,) = [each for each in division.microgrids if each.households == 12]
    assert [(reason.kind, dict(reason.facts)) for reason in piece.reasons] == [
        (ReasonKind.FIXED, {"size": 12, "low": 5, "high": 10})
    ]
    fits = divide(street, fixed=[-1, 5, 5, 5, -1, -1, -1], **SMALL)
    assert ReasonKind.FIXED not in kinds(fits.microgrids[int(fits.microgrid[1])])


@pytest.mark.parametrize(
    ("fixed", "more", "rows"),
    [
        ([0, -1, 0, -1], {}, (0, 2)),
        ([-1, 0, 0, -1], {"uncrossable": [shapely.LineString([(30, -50), (30, 50)])]}, (1, 2)),
        ([0, 0, -1, -1], {"keep_together": [-1, 3, 3, -1]}, (2,)),
        ([0, 0, -1, -1], {"given_grids": [1, 2, 2, 2]}, (0, 1)),
    ],
    ids=["in parts", "across a wall", "parts what is kept together", "in two grids"],
)
def test_a_fixed_group_that_cannot_be_a_micro_grid_is_refused_with_its_rows(fixed, more, rows):
    with pytest.raises(DistrictingError) as refused:
        divide(a_street([4, 4, 4, 4]), fixed=fixed, **more, **SMALL)
    assert refused.value.rows == rows


def test_a_fixed_group_of_shops_is_refused():
    with pytest.raises(DistrictingError, match="no households"):
        divide(a_street([4, 0, 4]), fixed=[-1, 0, -1], **SMALL)


def test_an_amount_is_shared_evenly_when_it_weighs_enough():
    # All elders live in the west; pieces of equal size along the street cannot share them, unequal ones can.
    street = a_street([2] * 40)
    elders = np.r_[np.full(20, 3.0), np.full(20, 1.0)]
    asked = SMALL | {"bounds": Bounds(4, 16, 8), "effort": "standard"}

    def spread(**more):
        division = divide(street, **asked, **more)
        return np.bincount(division.microgrid, elders).std()

    assert spread(balances={"elders": elders}, weights=Weights(balance=3.0)) < 0.6 * spread()


@pytest.mark.parametrize("weight", [0.25, 2.0, 20.0])
def test_an_amount_that_is_scarce_puts_no_piece_out_of_range(weight):
    """Two cases for all micro-grids: nobody has an even share of them, and everybody is in range all the same."""
    quarter = a_quarter(60)
    cases = np.zeros(60)
    cases[[0, 1]] = 1.0
    division = divide(quarter, effort="quick", balances={"cases": cases}, weights=Weights(balance=weight))
    assert all(piece.is_in_range for piece in division.microgrids)
    assert division.cost < 9.0 * weight * len(division.microgrids) + 10.0 * len(division.microgrids)


def test_an_amount_that_follows_the_homes_or_is_nothing_changes_nothing():
    quarter = a_quarter(30)
    plain = divide(quarter, effort="quick")
    for amount in (np.zeros(30), np.full(30, 0.0)):
        assert (divide(quarter, effort="quick", balances={"cases": amount}).microgrid == plain.microgrid).all()


@pytest.mark.parametrize("wrong", [[1.0, -1.0], [1.0], [1.0, np.nan]])
def test_amounts_that_make_no_sense_are_refused_by_name(wrong):
    with pytest.raises(BadBuildings) as refused:
        divide(a_street([5, 5]), balances={"elders": wrong}, **SMALL)
    assert refused.value.field == "elders"


def out_of_range(division):
    return sum(not piece.is_in_range for piece in (*division.microgrids, *division.grids))


@needs_the_compiler
def test_where_micro_grids_first_leave_a_grid_out_of_range_grids_first_may_not():
    community = community_of(2, 1, Kind.SLAB, 1700)
    ask = {"barriers": community.barriers, "boundary": community.ground, "grid_bounds": Bounds(280, 330)}
    usual, standard = (divide(community.buildings, **ask, effort=effort) for effort in ("quick", "standard"))
    assert (usual.drawn, out_of_range(usual)) == (Drawn.MICROGRIDS_FIRST, 1)
    assert (standard.drawn, out_of_range(standard)) == (Drawn.GRIDS_FIRST, 0)
    assert_sound(standard, community.buildings)
    assert standard.bound is None or standard.cost >= standard.bound


@needs_the_compiler
def test_a_thorough_look_draws_grids_first_too_and_keeps_the_better():
    community = community_of(0, 1, Kind.SLAB, 1500)
    ask = {"barriers": community.barriers, "boundary": community.ground, "grid_bounds": Bounds(280, 330)}
    standard, thorough = (divide(community.buildings, **ask, effort=effort) for effort in ("standard", "thorough"))
    assert out_of_range(standard) == out_of_range(thorough) == 0
    assert (standard.drawn, thorough.drawn) == (Drawn.MICROGRIDS_FIRST, Drawn.GRIDS_FIRST)
    assert_sound(thorough, community.buildings)


def test_grids_that_hold_a_number_of_micro_grids_are_never_drawn_first():
    street = a_street([7] * 11)
    division = divide(street, **(SMALL | {"grid_bounds": Bounds(4, 4, unit="microgrids"), "effort": "thorough"}))
    assert division.drawn is Drawn.MICROGRIDS_FIRST
    assert_sound(division, street)


def test_a_place_of_points_inside_given_grids():
    crowd = Buildings(np.c_[np.arange(10) * 9.0, np.zeros(10)], [5] * 10)
    division = divide(crowd, given_grids=[1] * 5 + [2] * 5, **SMALL)
    assert_given_sound(division, crowd)
