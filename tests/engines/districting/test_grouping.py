import numpy as np
import pytest
from tests.engines.districting.small import row_of

from doorstep.engines.districting.certificate import Proof
from doorstep.engines.districting.grouping import grouping_of
from doorstep.engines.districting.problem import Bounds, Weights

STREET = row_of([40, 35] * 12)
MICROGRID = np.repeat(np.arange(12), 2)


def grouped(bounds, graph=STREET, microgrid=MICROGRID):
    return grouping_of(graph, microgrid, bounds, 75, Weights()).best("standard", (0, 1))


def test_grids_are_whole_micro_grids_in_a_band_of_households():
    found = grouped(Bounds(200, 500, 300))
    households = np.bincount(found.piece, minlength=1) * 75
    assert ((households >= 200) & (households <= 500)).all()
    assert len(found.piece) == 12


@pytest.mark.parametrize("count", [3, 4, 6])
def test_a_fixed_number_of_micro_grids_a_grid_can_be_asked_for(count):
    found = grouped(Bounds(count, count, count, unit="microgrids"))
    assert (np.bincount(found.piece) == count).all()


def test_a_number_that_does_not_divide_is_proved_so():
    found = grouped(Bounds(5, 5, 5, unit="microgrids"))
    assert {certificate.proof for certificate in found.out_of_range.values()} == {Proof.NO_WHOLE_NUMBER}


def test_a_small_community_is_one_grid_with_the_reason():
    found = grouped(Bounds(200, 500), row_of([40, 35]), np.array([0, 0]))
    assert found.piece.tolist() == [0]
    assert found.out_of_range[0].proof is Proof.TOO_FEW
