"""The tree of RFC 6962 over the rows of the log, and its proofs (RFC 9162, 2.1.3 and 2.1.4).

A *subtree* `(level, number)` stands over the `2 ** level` leaves from `number << level` on. Once its last leaf is there
it never changes: its hash is kept beside that leaf, so that the log is only ever appended to. This is the order in
which Russ Cox keeps the hashes of Go's checksum database (golang.org/x/mod/sumdb/tlog, `StoredHashes`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()


class Subtree(NamedTuple):
    """Some leaves, as many as a power of two, from a multiple of it on."""

    level: int
    number: int

    @property
    def last_leaf(self) -> int:
        """The leaf that completes it, beside which its hash is kept."""
        return ((self.number + 1) << self.level) - 1


Span = tuple[int, int]
"""Leaves from the first on, up to the second, which is not among them."""


def leaf_hash(row_hash: bytes) -> bytes:
    """What the log keeps of a row of the ledger, given the row's own hash."""
    return sha256(b"\x00" + row_hash).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Edge:
    """The right edge of a growing tree: the complete subtrees that no other one covers, largest first."""

    def __init__(self, size: int, hashes: Sequence[bytes]) -> None:
        self.size = size
        self.hashes = list(hashes)

    def append(self, leaf: bytes) -> bytes:
        """Add a leaf; the hashes of the subtrees that it completes, one after the other, smallest first."""
        completed, top, rest = [], leaf, self.size
        while rest & 1:
            top = node_hash(self.hashes.pop(), top)
            completed.append(top)
            rest >>= 1
        self.hashes.append(top)
        self.size += 1
        return b"".join(completed)

    def root(self) -> bytes:
        return folded(self.hashes) if self.hashes else EMPTY_ROOT


def folded(hashes: Sequence[bytes]) -> bytes:
    """The hash over subtrees that lie side by side, largest first."""
    *rest, top = hashes
    for left in reversed(rest):
        top = node_hash(left, top)
    return top


def subtrees(span: Span) -> list[Subtree]:
    """The complete subtrees of a span, largest first; it begins where a subtree of its size may begin."""
    first, end = span
    found = []
    while first < end:
        level = (end - first).bit_length() - 1
        found.append(Subtree(level, first >> level))
        first += 1 << level
    return found


def inclusion_spans(leaf: int, size: int) -> list[Span]:
    """What stands beside the way from a leaf up to the root over `size` leaves, from below."""
    first, end, found = 0, size, []
    while end - first > 1:
        middle = first + _split(end - first)
        if leaf < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first = middle
    return found[::-1]


def consistency_spans(first_size: int, second_size: int) -> list[Span]:
    """What shows that the tree over `second_size` leaves begins with the one over `first_size`, from below."""
    first, end, found = 0, second_size, []
    while first_size != end:
        middle = first + _split(end - first)
        if first_size <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first = middle
    # The old tree itself is known to whoever asks, unless it is only a part of this one's left side.
    return [*([(first, end)] if first else []), *found[::-1]]


def proof(spans: Iterable[Span], kept: Callable[[Sequence[Subtree]], Mapping[Subtree, bytes]]) -> list[bytes]:
    """The hashes of these spans; `kept` is asked once for all the subtrees that they are made of."""
    parts = [subtrees(span) for span in spans]
    hashes = kept([each for part in parts for each in part])
    return [folded([hashes[each] for each in part]) for part in parts]


def root_from_inclusion(leaf: bytes, number: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a proof of inclusion leads to; None where it cannot be one of this leaf in a tree of this size."""
    if not 0 <= number < size:
        return None
    left, last = number, size - 1
    top, given = leaf, iter(path)
    for each in given:
        if last == 0:
            return None
        if left & 1 or left == last:
            top = node_hash(each, top)
            while not left & 1 and left:
                left, last = left >> 1, last >> 1
        else:
            top = node_hash(top, each)
        left, last = left >> 1, last >> 1
    return top if last == 0 else None


def is_consistent(first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether a proof shows that the second tree goes on where the first one ended."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    # Where the first tree is one whole subtree, its root begins the way and is not sent along.
    steps = _steps(first_root if first & (first - 1) == 0 else None, path)
    left, last = first - 1, second - 1
    while left & 1:
        left, last = left >> 1, last >> 1
    start = next(steps, None)
    if start is None:
        return False
    old = new = start
    for each in steps:
        if last == 0:
            return False
        if left & 1 or left == last:
            old, new = node_hash(each, old), node_hash(each, new)
            while not left & 1 and left:
                left, last = left >> 1, last >> 1
        else:
            new = node_hash(new, each)
        left, last = left >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _steps(known: bytes | None, path: Sequence[bytes]) -> Iterator[bytes]:
    if known is not None:
        yield known
    yield from path


def _split(width: int) -> int:
    """The largest power of two below a width of at least two."""
    return 1 << ((width - 1).bit_length() - 1)
