import subprocess
import sys

import numba
import numpy as np
import pytest
from tests.engines.districting.small import a_quarter, a_street

from doorstep.engines.districting.certificate import Assurance
from doorstep.engines.districting.dividing import divide
from doorstep.engines.districting.problem import Bounds, Buildings, Weights

SMALL = {"bounds": Bounds(5, 10, 7), "grid_bounds": Bounds(20, 40, 30)}


def test_a_certified_street_is_the_best_there_is():
    division = divide(a_street([3] * 12), effort="certified", **SMALL)
    assert division.proof is Assurance.OPTIMAL
    assert division.gap == pytest.approx(0.0, abs=1e-6)
    assert division.cost <= divide(a_street([3] * 12), effort="thorough", **SMALL).cost + 1e-9


def test_proved_without_counting_the_work_it_is_the_same():
    street = a_street([3, 4, 2, 3, 4, 2, 3, 4])
    assert divide(street, prove=True, **SMALL).cost == pytest.approx(divide(street, effort="certified", **SMALL).cost)


def test_without_being_asked_nothing_is_assured():
    division = divide(a_street([3] * 12), effort="quick", **SMALL)
    assert (division.bound, division.gap, division.proof) == (None, None, Assurance.NONE)


def test_where_pieces_are_too_many_to_list_a_bound_is_told():
    rng = np.random.default_rng(0)
    village = Buildings(rng.random((70, 2)) * 150, rng.integers(1, 4, 70))
    division = divide(village, bounds=Bounds(25, 50, 40), effort="certified")
    assert division.proof is Assurance.BOUNDED
    assert division.bound <= division.cost
    assert 0 <= division.gap < 0.3


def test_a_stranded_house_leaves_the_fewest_pieces_out_of_range_and_the_proof():
    street = a_street([10, 10, 3, 10, 7], floors=[1] * 5)
    division = divide(street, effort="certified", **SMALL)
    out = [piece for piece in division.microgrids if not piece.is_in_range]
    assert [piece.certificate is not None for piece in out] == [True]
    assert division.proof is Assurance.OPTIMAL


def test_an_atom_above_the_upper_bound_leaves_nothing_to_compare_with():
    hall = Buildings([[0, 0], [40, 0]], [150, 60], floors=[1, 3])
    assert divide(hall, effort="certified").proof is Assurance.NONE


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="So many atoms take minutes without the compiler.")
def test_outlines_get_shorter_when_borders_count():
    quarter = a_quarter(60, seed=3, most=30)

    def border(weights):
        pieces = divide(quarter, weights=weights, effort="thorough").microgrids
        return sum(piece.polygon.length for piece in pieces)

    assert border(Weights(perimeter=2.0)) < border(Weights())


def test_a_division_without_certificate_never_loads_the_solver():
    script = (
        "import sys; from doorstep.engines.districting import divide, Buildings;"
        "divide(Buildings([[0, 0], [30, 0]], [60, 60]), effort='quick');"
        "sys.exit('highspy' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
