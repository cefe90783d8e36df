"""Three real places: everything in range, in one part, tiled, and soon."""

from __future__ import annotations

import time

import numba
import numpy as np
import pytest
import shapely
from bench.districting_places import Place, helsinki, kouvola, tsinghua

from doorstep.engines.districting import warm_up
from doorstep.engines.districting.dividing import divide
from doorstep.engines.districting.division import Division
from doorstep.engines.districting.graph import components
from doorstep.engines.districting.neighbours import tessellate
from doorstep.engines.districting.problem import Weights

pytestmark = pytest.mark.skipif(numba.config.DISABLE_JIT, reason="Real places take minutes without the compiler.")

SECONDS = 5.0


@pytest.fixture(scope="module", params=[tsinghua, kouvola, helsinki], ids=lambda place: place.__name__)
def divided(request: pytest.FixtureRequest) -> tuple[Place, Division, float]:
    warm_up()
    place = request.param()
    # Processor time: what else runs on the machine is not the division's fault.
    start = time.process_time()
    division = divide(place.buildings, barriers=place.barriers)
    return place, division, time.process_time() - start


def test_every_micro_grid_and_grid_is_in_range(divided):
    _, division, _ = divided
    assert len(division.microgrids) > 50
    assert [piece.households for piece in division.microgrids if not 50 <= piece.households <= 100] == []
    assert [piece.households for piece in division.grids if not 200 <= piece.households <= 500] == []
    assert all(piece.is_in_range and piece.certificate is None for piece in (*division.microgrids, *division.grids))


def test_every_household_is_counted_once(divided):
    place, division, _ = divided
    atoms = division.atoms
    assert (np.bincount(atoms.building, atoms.households) == place.buildings.households).all()
    assert sum(piece.households for piece in division.microgrids) == place.buildings.households.sum()
    assert sum(piece.households for piece in division.grids) == place.buildings.households.sum()


def test_every_piece_hangs_together(divided):
    _, division, _ = divided
    lived_in = division.atoms.households > 0
    ground = shapely.union_all([piece.polygon for piece in division.grids])
    pairs = tessellate(division.atoms.xy[lived_in], ground).pairs
    for label, level in ((division.microgrid, division.microgrids), (division.grid, division.grids)):
        piece = label[lived_in]
        inside = piece[pairs[:, 0]] == piece[pairs[:, 1]]
        assert len(np.unique(components(len(piece), pairs[inside]))) == len(level)


def test_pieces_tile_the_ground_without_gap_or_overlap(divided):
    _, division, _ = divided
    for level in (division.microgrids, division.grids):
        polygons = np.array([piece.polygon for piece in level])
        assert shapely.coverage_is_valid(polygons)
        assert (shapely.get_type_id(polygons) == 3).all()
        whole = shapely.union_all(polygons)
        assert shapely.get_num_interior_rings(whole) == 0
        assert np.isclose(shapely.area(polygons).sum(), whole.area, rtol=1e-9)


def test_every_house_stands_on_its_own_piece(divided):
    place, division, _ = divided
    whole = np.flatnonzero(np.bincount(division.atoms.building) == 1)
    rows = np.flatnonzero(np.isin(division.atoms.building, whole))
    polygons = np.array([piece.polygon for piece in division.microgrids])[division.microgrid[rows]]
    centres = shapely.points(place.buildings.xy[division.atoms.building[rows]])
    assert (shapely.distance(polygons, centres) < 1.0).all()


def test_the_answer_comes_soon(divided):
    _, _, seconds = divided
    assert seconds < SECONDS


def test_divided_again_nobody_moves_and_every_code_stays(divided):
    place, division, _ = divided
    asked = {"barriers": place.barriers, "standing": division.as_standing(), "weights": Weights(moved=1.0)}
    again = divide(place.buildings, **asked, seed=1)
    assert len(again.moves) == 0
    assert again.microgrid_codes("321102001005") == division.microgrid_codes("321102001005")
