"""Proofs, keys and notes that programs made which we did not write: ours are the same, letter by letter.

The tree of eight entries and its proofs are those by which logs of Certificate Transparency are tried; the keys and the
note are Go's own (golang.org/x/mod/sumdb/note, sum.golang.org).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from doorstep.proofs.rules.heads import Key
from doorstep.proofs.rules.merkle import (
    HASH_BYTES,
    Edge,
    Subtree,
    consistency_spans,
    inclusion_spans,
    is_consistent,
    proof,
    root_from_inclusion,
)

ENTRIES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
A, B = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", ROOTS[2]
C = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
D = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
E = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
F = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
G = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
H = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"

INCLUSIONS = {(0, 8): [A, C, D], (5, 8): [E, F, G], (2, 3): [B], (1, 5): [ROOTS[1], C, E]}
CONSISTENCIES = {(1, 8): [A, C, D], (6, 8): [H, F, G], (2, 5): [C, E]}

LEAVES = [sha256(b"\x00" + bytes.fromhex(each)).digest() for each in ENTRIES]


def kept(wanted: Sequence[Subtree]) -> Mapping[Subtree, bytes]:
    """The hashes as the log keeps them beside its leaves."""
    edge = Edge(0, [])
    beside = [leaf + edge.append(leaf) for leaf in LEAVES]
    return {each: beside[each.last_leaf][each.level * HASH_BYTES : (each.level + 1) * HASH_BYTES] for each in wanted}


@pytest.mark.parametrize("size", ROOTS)
def test_our_root_is_theirs(size):
    edge = Edge(0, [])
    for leaf in LEAVES[:size]:
        edge.append(leaf)
    assert edge.root().hex() == ROOTS[size]


@pytest.mark.parametrize(("leaf", "size"), INCLUSIONS)
def test_our_way_from_a_leaf_to_the_root_is_theirs_and_theirs_is_believed(leaf, size):
    theirs = [bytes.fromhex(each) for each in INCLUSIONS[leaf, size]]
    assert proof(inclusion_spans(leaf, size), kept) == theirs
    assert root_from_inclusion(LEAVES[leaf], leaf, size, theirs) == bytes.fromhex(ROOTS[size])


@pytest.mark.parametrize(("first", "second"), CONSISTENCIES)
def test_our_proof_that_a_log_only_grew_is_theirs_and_theirs_is_believed(first, second):
    theirs = [bytes.fromhex(each) for each in CONSISTENCIES[first, second]]
    assert proof(consistency_spans(first, second), kept) == theirs
    assert is_consistent(first, second, bytes.fromhex(ROOTS[first]), bytes.fromhex(ROOTS[second]), theirs)


PUBLISHED = (
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
)
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
MARK = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="


@pytest.mark.parametrize("published", PUBLISHED)
def test_a_key_that_others_published_is_written_and_numbered_as_we_do_it(published):
    name, key_id, encoded = published.split("+", 2)
    key = Key(name, base64.b64decode(encoded)[1:], datetime(2019, 1, 1, tzinfo=UTC))
    assert (key.id, key.published) == (key_id, published)


def test_a_note_that_others_signed_bears_its_mark_as_ours_do():
    """Key id, then the signature over the text with its last line break."""
    mark = base64.b64decode(MARK)
    name, key_id, encoded = PUBLISHED[0].split("+", 2)
    assert (name, mark[:4].hex()) == ("PeterNeumann", key_id)
    Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded)[1:]).verify(mark[4:], TEXT.encode())
