import numpy as np
import pytest
from tests.engines.districting.small import row_of

from doorstep.engines.districting import proving
from doorstep.engines.districting.certificate import Proof
from doorstep.engines.districting.enumeration import Search, Verdict
from doorstep.engines.districting.problem import Bounds
from doorstep.engines.districting.proving import by_arithmetic, by_search, by_size

BOUNDS = Bounds(70, 80)
NODES = np.arange(3)


@pytest.mark.parametrize(
    ("total", "was_cut", "proof"),
    [
        (69, False, Proof.TOO_FEW),
        (100, False, Proof.NO_WHOLE_NUMBER),
        (100, True, Proof.CUT_OFF),
        (69, True, Proof.CUT_OFF),
    ],
)
def test_a_total_that_no_number_of_pieces_fits_is_a_proof(total, was_cut, proof):
    certificate = by_arithmetic(NODES, total, BOUNDS, was_cut)
    assert certificate.proof is proof
    assert certificate.facts["total"] == total


def test_a_total_that_fits_proves_nothing():
    assert by_arithmetic(NODES, 150, BOUNDS) is None


def test_how_many_pieces_are_too_few_is_told():
    assert by_arithmetic(NODES, 250, BOUNDS).facts["pieces"] == 3


def test_only_what_is_above_the_upper_bound_is_too_large():
    assert by_size(4, 81, BOUNDS).about.tolist() == [4]
    assert by_size(4, 80, BOUNDS) is None


def test_the_proof_names_the_house_that_fits_nowhere():
    graph = row_of([75, 75, 9, 75])
    certificate, way = by_search(graph, BOUNDS, np.array([0, 1, 2, 3]), 2)
    assert certificate.proof is Proof.EXHAUSTED
    assert certificate.about.tolist() == [2]
    assert way == ()


def test_where_the_house_alone_would_fit_its_neighbours_are_drawn_in():
    # 9 fits with the 66 before it, but then the 10 beyond is left alone.
    graph = row_of([10, 66, 9, 75])
    certificate, _ = by_search(graph, BOUNDS, np.array([0, 1, 2, 3]), 2)
    assert set(certificate.about.tolist()) == {0, 1, 2, 3}


def test_a_way_found_by_the_search_is_handed_back():
    graph = row_of([40, 35, 40, 35])
    certificate, way = by_search(graph, BOUNDS, np.array([0, 1, 1, 2]), 0)
    assert certificate is None
    assert sorted(sorted(piece.tolist()) for piece in way) == [[0, 1], [2, 3]]


def test_without_an_answer_there_is_no_proof(monkeypatch):
    monkeypatch.setattr(proving, "can_be_covered", lambda *_: Search(Verdict.UNKNOWN))
    assert by_search(row_of([75]), BOUNDS, np.array([0]), 0) == (None, ())
