"""Numbers kept: a new piece takes over the number of the old one from which most of its households come.

Pairs are matched one to one so that as many households as possible keep their number (an assignment problem, solved
by shortest augmenting paths as in Jonker and Volgenant, Computing 38, 1987). A piece left over takes the number after
the highest in use, then one that nobody has: the number of a piece that is gone is the last to be given again.
"""

from __future__ import annotations

import numpy as np

from doorstep.engines.districting.graph import components
from doorstep.engines.districting.numbering import NumbersExhausted, reading_order
from doorstep.engines.districting.problem import Floats, Ints

UNMATCHED = -1


def keep_numbers(piece: Ints, number: Ints, households: Ints, xy: Floats, used: Ints, level: str, most: int) -> Ints:
    """The number of each piece of one parent; `xy` (pieces, 2) are their places.

    piece, number, households   one row for each group of households: its piece, its old number, how many; both parents
                                the same
    used    numbers that the plan in force has in this parent
    """
    count = len(xy)
    if count > most:
        raise NumbersExhausted(level, count, most)
    old, column = np.unique(number, return_inverse=True)
    shared = np.zeros((count, len(old)))
    np.add.at(shared, (piece, column.reshape(-1)), households)
    match = best_match(shared)
    numbers = np.zeros(count, np.int64)
    numbers[match >= 0] = old[match[match >= 0]]
    rest = np.flatnonzero(match < 0)
    taken = set(numbers.tolist()) | set(used.tolist())
    highest = max(taken, default=0)
    fresh = [*range(highest + 1, most + 1), *(each for each in range(1, highest + 1) if each not in taken)]
    fresh += [each for each in range(1, highest + 1) if each in taken and each not in set(numbers.tolist())]
    numbers[rest[reading_order(xy[rest])]] = fresh[: len(rest)]
    return numbers


def best_match(shared: Floats) -> Ints:
    """For each row the column matched to it, or `UNMATCHED`, so that the matched entries sum to the most.

    Rows and columns that share nothing are never matched. What hangs together is matched by itself.
    """
    rows, columns = shared.shape
    row, column = np.nonzero(shared > 0)
    part = components(rows + columns, np.c_[row, rows + column])
    match = np.full(rows, UNMATCHED)
    for number in np.unique(part[row]).tolist():
        own, other = np.flatnonzero(part[:rows] == number), np.flatnonzero(part[rows:] == number)
        found = _assign(shared[np.ix_(own, other)])
        match[own] = np.where(found < 0, UNMATCHED, other[found])
    return match


def _assign(gain: Floats) -> Ints:
    """The column of each row; rows are taken in one by one, each along the shortest augmenting path."""
    rows, columns = gain.shape
    # One more column for each row, worth nothing, is where a row goes that no other column is better for.
    cost = np.c_[-gain, np.zeros((rows, rows))]
    width = columns + rows
    row_price, price = np.zeros(rows), np.zeros(width)
    row_of = np.full(width, UNMATCHED)
    for start in range(rows):
        distance, before, done = np.full(width, np.inf), np.full(width, UNMATCHED), np.zeros(width, np.bool_)
        row, column, least = start, UNMATCHED, 0.0
        while True:
            through = least + cost[row] - row_price[row] - price
            nearer = ~done & (through < distance)
            distance[nearer], before[nearer] = through[nearer], column
            column = int(np.where(done, np.inf, distance).argmin())
            least = distance[column]
            done[column] = True
            if row_of[column] == UNMATCHED:
                break
            row = row_of[column]
        row_price[start] += least
        met = done & (row_of != UNMATCHED)
        row_price[row_of[met]] += least - distance[met]
        price[done] -= least - distance[done]
        while column != UNMATCHED:
            earlier = before[column]
            row_of[column] = start if earlier == UNMATCHED else row_of[earlier]
            column = earlier
    found = np.full(rows, UNMATCHED)
    held = np.flatnonzero(row_of[:columns] != UNMATCHED)
    found[row_of[held]] = held
    match: Ints = np.where((found >= 0) & (gain[np.arange(rows), found] > 0), found, UNMATCHED)
    return match
