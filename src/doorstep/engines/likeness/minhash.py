"""MinHash: a short signature of a set, from which the likeness of two sets is estimated without looking at them.

Broder, "On the resemblance and containment of documents" (1997): two sets have the same smallest number under a random
order with a chance that is their Jaccard likeness, so the share of orders in which their smallest numbers agree
estimates it, with a standard error of sqrt(J (1 - J) / orders). Bands of several orders each find the pairs that are
likely alike without comparing all pairs (Indyk and Motwani 1998): two sets share a band of r rows with a chance of
J**r, and at least one of b bands with 1 - (1 - J**r)**b.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from doorstep.engines.likeness.sets import Grams

NOTHING = np.uint32(0xFFFFFFFF)
"""What stands in the signature of an empty set."""


class Signer:
    """Signatures under one choice of orders; only those of the same seed and number can be compared.

    An order is multiply-and-shift: (a·x + b) mod 2**64, of which the upper half counts; a is odd (Dietzfelbinger 1996).
    Alone it keeps neighbouring numbers together, so the pieces are mixed once before (the end of splitmix64).
    """

    def __init__(self, orders: int = 128, *, rows: int = 4, seed: int = 1997) -> None:
        if orders < 1 or rows < 1 or orders % rows:
            raise ValueError(f"{orders} orders do not make bands of {rows}.")
        chance = np.random.default_rng(seed)
        self.orders, self.rows = orders, rows
        self._a = chance.integers(0, 2**63, orders, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
        self._b = chance.integers(0, 2**63, orders, dtype=np.uint64)

    def sign(self, sets: Sequence[Grams]) -> NDArray[np.uint32]:
        """One signature a set: (sets, orders)."""
        signatures = np.full((len(sets), self.orders), NOTHING, dtype=np.uint32)
        sizes = np.array([len(each) for each in sets], dtype=np.int64)
        filled = np.flatnonzero(sizes)
        if not len(filled):
            return signatures
        flat = _mixed(np.concatenate([sets[int(at)] for at in filled]).astype(np.uint64))
        starts = np.concatenate(([0], np.cumsum(sizes[filled])[:-1]))
        # One order after the other: all at once would take as many numbers as pieces times orders.
        for order in range(self.orders):
            placed = ((flat * self._a[order] + self._b[order]) >> np.uint64(32)).astype(np.uint32)
            signatures[filled, order] = np.minimum.reduceat(placed, starts)
        return signatures

    def bands(self, signatures: NDArray[np.uint32]) -> NDArray[np.uint64]:
        """One key a band of each signature: (sets, bands). Sets that are likely alike share one in the same column."""
        parts = signatures.reshape(len(signatures), self.orders // self.rows, self.rows).astype(np.uint64)
        keys = np.zeros(parts.shape[:2], dtype=np.uint64)
        for row in range(self.rows):
            keys = (keys ^ parts[:, :, row]) * np.uint64(0x9E3779B97F4A7C15)
            keys ^= keys >> np.uint64(29)
        return keys

    @staticmethod
    def estimate(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> float:
        """The likeness that two signatures tell of; empty sets are like nothing."""
        if one[0] == NOTHING and (one == NOTHING).all():
            return 0.0
        return float(np.mean(one == other))


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
