import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.districting.small import is_connected, planar_graphs, row_of, some_division_fits

from doorstep.engines.districting import partition as partition_module
from doorstep.engines.districting.certificate import Proof
from doorstep.engines.districting.partition import partition
from doorstep.engines.districting.problem import Bounds, Weights

BOUNDS = Bounds(4, 5)


def divided(graph, bounds=BOUNDS, seed=0, **more):
    return partition(graph, bounds, Weights(), "quick", (seed,), float(bounds.target), **more)


def sizes(graph, found):
    return np.bincount(found.piece, graph.size).astype(int).tolist()


@settings(max_examples=40, deadline=None)
@given(planar_graphs(most=7, largest=7), st.integers(0, 3))
def test_every_house_is_in_one_connected_piece_in_range_or_proved_otherwise(graph, seed):
    found = divided(graph, seed=seed)
    totals = sizes(graph, found)
    assert len(found.piece) == len(graph.size)
    assert all(total > 0 for total in totals)
    for piece, total in enumerate(totals):
        assert is_connected(graph, np.flatnonzero(found.piece == piece).tolist())
        assert BOUNDS.holds(total) == (piece not in found.out_of_range)
    # Graphs this small are always decided, and rightly.
    assert all(found.out_of_range.values())
    assert bool(found.out_of_range) == (not some_division_fits(graph, BOUNDS))


def test_one_house_too_large_stands_alone_and_the_rest_is_divided():
    graph = row_of([2, 2, 9, 2, 3])
    found = divided(graph)
    assert sorted(sizes(graph, found)) == [4, 5, 9]
    (certificate,) = found.out_of_range.values()
    assert certificate.proof is Proof.TOO_LARGE_TO_CUT
    assert certificate.about.tolist() == [2]


def test_a_remnant_beside_a_house_too_large_joins_it():
    graph = row_of([1, 9, 2, 2])
    found = divided(graph)
    assert sorted(sizes(graph, found)) == [4, 10]
    assert [certificate.proof for certificate in found.out_of_range.values()] == [Proof.TOO_LARGE_TO_CUT]


def test_remnants_join_the_house_too_large_one_after_the_other():
    graph = row_of([9, 3, 3])
    found = divided(graph)
    assert sizes(graph, found) == [15]


def test_what_a_house_too_large_cuts_off_and_no_number_of_pieces_fits_is_told_so():
    graph = row_of([9, 4, 3])
    found = divided(graph)
    proofs = {total: found.out_of_range.get(piece) for piece, total in enumerate(sizes(graph, found))}
    assert proofs[4] is None
    assert proofs[3].proof is Proof.CUT_OFF
    assert proofs[3].about.tolist() == [1, 2]


def test_when_finer_houses_may_come_nothing_is_proved_yet():
    graph = row_of([5, 1, 5, 4])
    hopeful = divided(graph, is_final=False)
    assert set(hopeful.out_of_range.values()) == {None}
    final = divided(graph)
    assert {certificate.proof for certificate in final.out_of_range.values()} == {Proof.EXHAUSTED}


def test_the_search_repairs_what_chance_missed(monkeypatch):
    graph = row_of([2, 2, 2, 2])
    everything = np.arange(4)
    monkeypatch.setattr(partition_module, "best_of_trees", lambda *_: (everything, 1e9))
    monkeypatch.setattr(partition_module, "anneal", lambda *_: (everything, 1e9))
    found = divided(graph)
    assert found.out_of_range == {}
    assert sizes(graph, found) == [4, 4]


def test_the_same_seed_gives_the_same_answer():
    graph = row_of([1, 2, 1, 2, 1, 2, 1, 2, 1])
    assert (divided(graph, seed=3).piece == divided(graph, seed=3).piece).all()
