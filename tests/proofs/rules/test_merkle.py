"""The tree and its proofs, held against the definitions of RFC 6962 and against a tree that is reckoned whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.proofs.rules.merkle import (
    EMPTY_ROOT,
    HASH_BYTES,
    Edge,
    Subtree,
    consistency_spans,
    inclusion_spans,
    is_consistent,
    leaf_hash,
    node_hash,
    proof,
    root_from_inclusion,
    subtrees,
)

MOST = 300


def plain(leaves: Sequence[bytes]) -> bytes:
    """The root as the definition says it (RFC 6962, 2.1)."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(plain(leaves[:split]), plain(leaves[split:]))


class Log:
    """A log in memory, kept as the table keeps it: beside each leaf the subtrees that it completes."""

    def __init__(self, size: int) -> None:
        self.leaves = [leaf_hash(n.to_bytes(32, "big")) for n in range(size)]
        edge = Edge(0, [])
        self.kept_beside = [leaf + edge.append(leaf) for leaf in self.leaves]
        self.root = edge.root()

    def kept(self, wanted: Sequence[Subtree]) -> Mapping[Subtree, bytes]:
        return {
            each: self.kept_beside[each.last_leaf][each.level * HASH_BYTES : (each.level + 1) * HASH_BYTES]
            for each in wanted
        }


LOG = Log(MOST)
ROOTS = [plain(LOG.leaves[:size]) for size in range(MOST + 1)]
sizes = st.integers(1, MOST)


def test_the_test_vectors_of_the_checksum_database_and_of_certificate_transparency_hold():
    # The roots over the first entries of the test data in certificate-transparency-go (merkletree/testonly).
    entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [sha256(b"\x00" + bytes.fromhex(each)).digest() for each in entries]
    assert plain(leaves[:1]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert plain(leaves[:2]).hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    assert plain(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 9, 255, 256, 257])
def test_the_root_of_a_log_that_grew_leaf_by_leaf_is_that_of_the_whole(size):
    assert Log(size).root == plain(LOG.leaves[:size])


def test_the_root_of_an_empty_log_is_the_hash_of_nothing():
    assert Edge(0, []).root() == EMPTY_ROOT == plain([])


def test_a_log_goes_on_from_its_edge_alone():
    for size in range(1, 70):
        edge = Edge(size, list(LOG.kept(subtrees((0, size))).values()))
        assert edge.append(LOG.leaves[size]) == LOG.kept_beside[size][HASH_BYTES:]
        assert edge.root() == ROOTS[size + 1]


@given(sizes, st.data())
def test_every_leaf_shows_that_it_is_in_the_log(size, data):
    leaf = data.draw(st.integers(0, size - 1))
    path = proof(inclusion_spans(leaf, size), LOG.kept)
    assert root_from_inclusion(LOG.leaves[leaf], leaf, size, path) == ROOTS[size]


@given(sizes, st.data())
def test_a_proof_is_good_for_one_leaf_one_place_and_one_log(size, data):
    leaf = data.draw(st.integers(0, size - 1))
    path = proof(inclusion_spans(leaf, size), LOG.kept)
    other = data.draw(st.integers(-2, MOST).filter(lambda each: each != leaf))
    assert root_from_inclusion(LOG.leaves[leaf], other, size, path) != ROOTS[size]
    assert root_from_inclusion(leaf_hash(b"another row"), leaf, size, path) != ROOTS[size]
    assert root_from_inclusion(LOG.leaves[leaf], leaf, size, [*path, EMPTY_ROOT]) is None
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        changed = [*path[:at], EMPTY_ROOT, *path[at + 1 :]]
        assert root_from_inclusion(LOG.leaves[leaf], leaf, size, changed) != ROOTS[size]
        assert root_from_inclusion(LOG.leaves[leaf], leaf, size, path[:-1]) is None


@given(sizes, sizes)
def test_a_log_shows_that_it_only_grew(one, other):
    first, second = sorted((one, other))
    path = proof(consistency_spans(first, second), LOG.kept)
    assert is_consistent(first, second, ROOTS[first], ROOTS[second], path)


@given(sizes, sizes, st.data())
def test_a_log_that_was_changed_shows_nothing_of_the_kind(one, other, data):
    first, second = sorted((one, other))
    path = proof(consistency_spans(first, second), LOG.kept)
    assert not is_consistent(first, second, EMPTY_ROOT, ROOTS[second], path)
    assert not is_consistent(first, second, ROOTS[first], EMPTY_ROOT, path)
    assert not is_consistent(second + 1, first, ROOTS[first], ROOTS[second], path)
    assert not is_consistent(0, second, EMPTY_ROOT, ROOTS[second], path)
    assert not is_consistent(first, second, ROOTS[first], ROOTS[second], [*path, EMPTY_ROOT])
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        changed = [*path[:at], EMPTY_ROOT, *path[at + 1 :]]
        assert not is_consistent(first, second, ROOTS[first], ROOTS[second], changed)
        assert not is_consistent(first, second, ROOTS[first], ROOTS[second], path[:-1])


@pytest.mark.parametrize("size", [1, 2, 1000, 10_000_000, 2**40 + 12345])
def test_a_proof_reads_a_handful_of_rows_however_long_the_log(size):
    asked: list[Subtree] = []

    def kept(wanted: Sequence[Subtree]) -> Mapping[Subtree, bytes]:
        asked.extend(wanted)
        return dict.fromkeys(wanted, EMPTY_ROOT)

    proof(inclusion_spans(size // 3, size), kept)
    proof(consistency_spans(size // 2 + 1, size), kept)
    assert len(asked) <= 4 * size.bit_length()
    assert all(each.last_leaf < size for each in asked)
