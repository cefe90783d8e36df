"""Texts as rows of numbers: each piece weighed by how often it stands in the text and how rare it is elsewhere."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from doorstep.engines.wording.grams import pieces, plain, worth

Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """A sparse matrix, row after row: row i holds `values[starts[i]:starts[i + 1]]` in the columns `pieces[...]`."""

    starts: Ints
    pieces: Ints
    values: Floats
    width: int

    @property
    def count(self) -> int:
        return len(self.starts) - 1

    @property
    def of_row(self) -> Ints:
        """For each value, the row it stands in."""
        return np.repeat(np.arange(self.count), np.diff(self.starts))

    def dense(self, first: int, last: int) -> Floats:
        """The columns from `first` up to, not including, `last`; float32 of shape (rows, last - first)."""
        inside = (self.pieces >= first) & (self.pieces < last)
        block = np.zeros((self.count, last - first), np.float32)
        block[self.of_row[inside], self.pieces[inside] - first] = self.values[inside]
        return block


@dataclass(frozen=True)
class Scales:
    """Weighs texts by the pieces of the examples, tf-idf with logarithmic counts.

    A piece that no example holds has no column, but makes the others in its text weigh less.
    """

    columns: Mapping[str, int]
    idf: Floats
    idf_unseen: float

    def weigh(self, pieces: Iterable[str]) -> tuple[Ints, Floats]:
        """The columns that these pieces fill, each once, and their weights; at most of length one."""
        counts = Counter(pieces)
        known = {self.columns[piece]: count for piece, count in counts.items() if piece in self.columns}
        columns = np.fromiter(known, np.int64, len(known))
        values = (1 + np.log(np.fromiter(known.values(), float, len(known)))) * self.idf[columns]
        strange = sum(worth(piece) ** 2 for piece in counts if piece not in self.columns)
        length = math.sqrt(values @ values + strange * self.idf_unseen**2)
        return columns, values / length if length else values


def weigh_all(texts: Sequence[str], may_keep: Callable[[str], bool] | None = None) -> tuple[Scales, Rows]:
    """The scales made from these texts, and the texts weighed on them, a row of length one each.

    A piece that may not be kept has no column; it makes the others in its text weigh less, as an unknown one does.
    """
    counted = [Counter(gram.piece for gram in pieces(plain(text))) for text in texts]
    found = sorted(set().union(*counted))
    columns = {piece: at for at, piece in enumerate(piece for piece in found if may_keep is None or may_keep(piece))}
    kept = [{columns[piece]: times for piece, times in count.items() if piece in columns} for count in counted]
    starts = np.concatenate(([0], np.cumsum([len(count) for count in kept], dtype=np.int64)))
    at = np.fromiter((column for count in kept for column in count), np.int64, starts[-1])
    counts = np.fromiter((times for count in kept for times in count.values()), float, starts[-1])
    idf = np.log((1 + len(texts)) / (1 + np.bincount(at, minlength=len(columns)))) + 1
    idf *= np.fromiter((worth(piece) for piece in columns), float, len(columns))
    unseen = math.log(1 + len(texts)) + 1
    rows = Rows(starts, at, (1 + np.log(counts)) * idf[at], len(columns))
    strange = np.array([sum(worth(piece) ** 2 for piece in count if piece not in columns) for count in counted])
    squares = np.bincount(rows.of_row, rows.values**2, rows.count) + strange * unseen**2
    rows.values[:] /= np.sqrt(squares)[rows.of_row]
    return Scales(columns, idf, unseen), rows
