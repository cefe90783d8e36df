"""The estimate is held against the exact likeness, and the bands against what they promise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.engines.likeness import Signer, grams_of, jaccards

SETS = st.frozensets(st.integers(0, 400), min_size=1, max_size=60)


def as_grams(numbers):
    # Spread over all 32 bits, as hashes are.
    return np.unique((np.array(sorted(numbers), dtype=np.uint64) * 2654435761 % 2**32).astype(np.uint32))


@settings(max_examples=200, deadline=None)
@given(SETS, SETS)
def test_the_estimate_lies_within_five_standard_errors_of_the_exact_likeness(one, other):
    signer = Signer(256)
    first, second = as_grams(one), as_grams(other)
    exact = jaccards(first, [second])[0]
    signatures = signer.sign([first, second])
    error = max(np.sqrt(exact * (1 - exact) / 256), 1 / 256)
    assert signer.estimate(*signatures) == pytest.approx(exact, abs=5 * error + 0.02)


def test_over_many_pairs_the_estimate_leans_to_neither_side():
    chance = np.random.default_rng(7)
    signer, off = Signer(128), []
    for _ in range(300):
        pool = chance.choice(10_000, 80, replace=False)
        one, other = as_grams(pool[:50]), as_grams(pool[int(chance.integers(0, 50)) :])
        off.append(signer.estimate(*signer.sign([one, other])) - jaccards(one, [other])[0])
    assert abs(np.mean(off)) < 0.01


@given(SETS)
def test_equal_sets_have_equal_signatures_and_another_seed_gives_others(numbers):
    grams = as_grams(numbers)
    assert np.array_equal(Signer().sign([grams])[0], Signer().sign([grams, grams])[1])
    assert not np.array_equal(Signer(seed=1).sign([grams]), Signer(seed=2).sign([grams]))


def test_an_empty_set_is_like_nothing():
    empty, full = Signer().sign([grams_of(""), grams_of("路灯坏了")])
    assert Signer.estimate(empty, empty) == Signer.estimate(empty, full) == 0


def test_bands_find_a_pair_as_often_as_their_formula_says():
    chance, signer = np.random.default_rng(3), Signer(128, rows=4)
    found, trials = 0, 300
    for _ in range(trials):
        # 30 pieces in both of 60 in either: a likeness of a half.
        pool = chance.choice(100_000, 60, replace=False)
        keys = signer.bands(signer.sign([as_grams(pool[:45]), as_grams(pool[15:])]))
        found += bool((keys[0] == keys[1]).any())
    assert found / trials == pytest.approx(1 - (1 - 0.5**4) ** 32, abs=0.07)


def test_orders_that_make_no_whole_bands_are_refused():
    with pytest.raises(ValueError, match="bands"):
        Signer(10, rows=4)
