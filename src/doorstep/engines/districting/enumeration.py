"""Exhaustive search: list every connected piece in range, and try every way to choose disjoint ones that cover.

Connected pieces are listed without repetition as ESU does (Wernicke, IEEE/ACM TCBB 3, 2006): a piece is grown from
its first node by nodes not seen before. The choice is exact cover by depth-first search on the node with the fewest
candidates left (Knuth, Dancing Links, 2000). Both stop at a limit and then say that they do not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from doorstep.engines.districting.compiled import kernel, kernel_step
from doorstep.engines.districting.graph import Graph
from doorstep.engines.districting.problem import Bools, Bounds, Ints

MOST_PIECES_LISTED = 60_000
MOST_STEPS = 50_000_000
VISITS_A_PIECE = 40


class Verdict(Enum):
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, eq=False)
class Search:
    """What the search found; `chosen` are the pieces of the cover, as arrays of nodes, if it is possible."""

    verdict: Verdict
    chosen: tuple[Ints, ...] = ()


def can_be_covered(graph: Graph, bounds: Bounds, must: Bools, listed: int = MOST_PIECES_LISTED) -> Search:
    """Whether disjoint connected pieces in range can cover the nodes of `must` (they may reach beyond them).

    If not, no division of the graph has all of these in range.
    """
    first, member, count = list_pieces(graph, bounds.low, bounds.high, must, listed, 8 * listed)
    if count < 0:
        return Search(Verdict.UNKNOWN)
    by_node = np.repeat(np.arange(count), np.diff(first))[np.argsort(member, kind="stable")]
    first_of_node = np.r_[0, np.cumsum(np.bincount(member, minlength=len(must)))].astype(np.int64)
    steps, picked, picks = choose_cover(first, member, must, by_node, first_of_node, MOST_STEPS)
    if steps < 0:
        return Search(Verdict.UNKNOWN)
    if picks < 0:
        return Search(Verdict.IMPOSSIBLE)
    return Search(Verdict.POSSIBLE, tuple(member[first[piece] : first[piece + 1]] for piece in picked[:picks]))


@kernel
def list_pieces(graph: Graph, low: int, high: int, must: Bools, most: int, most_members: int) -> tuple[Ints, Ints, int]:
    """Every connected piece in range with a node of `must`: starts, members, and how many, or -1 if there are too many.

    Roots are the nodes of `must` in turn; a piece is listed at the first of its nodes that is one.
    """
    count = len(graph.size)
    first = np.zeros(most + 1, np.int64)
    member = np.empty(most_members, np.int64)
    closed = np.zeros(count, np.bool_)
    seen = np.zeros(count, np.bool_)
    piece = np.empty(count, np.int64)
    frontier = np.empty(count, np.int64)
    # Depth d of the search takes frontier[at[d]]; the frontier there ends at ends[d].
    at = np.zeros(count + 1, np.int64)
    ends = np.zeros(count + 1, np.int64)
    found = 0
    visits = 0
    for root in range(count):
        if not must[root]:
            continue
        seen[:] = closed
        seen[root] = True
        frontier[0] = root
        at[0], ends[0] = 0, 1
        depth, size = 0, 0
        while depth >= 0:
            if at[depth] >= ends[depth]:
                depth -= 1
                if depth >= 0:
                    # Leave the node taken at this depth, and forget what it brought to the frontier.
                    seen[frontier[ends[depth] : ends[depth + 1]]] = False
                    size -= graph.size[piece[depth]]
                    at[depth] += 1
                continue
            visits += 1
            if visits > VISITS_A_PIECE * most:
                return first, member, -1
            node = frontier[at[depth]]
            if size + graph.size[node] > high:
                at[depth] += 1
                continue
            piece[depth] = node
            size += graph.size[node]
            ends[depth + 1] = _see_neighbours(graph, node, seen, frontier, ends[depth])
            if size >= low:
                if found == most or first[found] + depth + 1 > most_members:
                    return first, member, -1
                member[first[found] : first[found] + depth + 1] = piece[: depth + 1]
                first[found + 1] = first[found] + depth + 1
                found += 1
            at[depth + 1] = at[depth] + 1
            depth += 1
        closed[root] = True
    return first[: found + 1], member[: first[found]], found


@kernel_step
def _see_neighbours(graph: Graph, node: int, seen: Bools, frontier: Ints, end: int) -> int:
    """Put those not seen yet on the frontier; returns its new end."""
    for edge in range(graph.first[node], graph.first[node + 1]):
        other = graph.neighbour[edge]
        if not seen[other]:
            seen[other] = True
            frontier[end] = other
            end += 1
    return end


@kernel
def choose_cover(
    first: Ints, member: Ints, must: Bools, by_node: Ints, first_of_node: Ints, most_steps: int
) -> tuple[int, Ints, int]:
    """Pieces looked at (-1 if too many), the pieces chosen, and how many of them (-1 if no cover exists).

    `by_node[first_of_node[v]:first_of_node[v + 1]]` are the pieces that hold node v.
    """
    count = len(must)
    covered = np.zeros(count, np.bool_)
    branch = np.full(count + 1, -1, np.int64)
    tried = np.zeros(count + 1, np.int64)
    picked = np.full(count + 1, -1, np.int64)
    depth, steps = 0, 0
    while True:
        if branch[depth] < 0:
            node, looked = _node_with_fewest_ways(first, member, must, covered, by_node, first_of_node)
            steps += looked
            if node < 0:
                return steps, picked, depth
            branch[depth] = node
            tried[depth] = first_of_node[node]
        node = branch[depth]
        place = tried[depth]
        while place < first_of_node[node + 1] and not _is_free(first, member, by_node[place], covered):
            place += 1
            steps += 1
        if steps > most_steps:
            return -1, picked, -1
        if place == first_of_node[node + 1]:
            branch[depth] = -1
            depth -= 1
            if depth < 0:
                return steps, picked, -1
            _set(first, member, picked[depth], covered, False)
            continue
        picked[depth] = by_node[place]
        tried[depth] = place + 1
        _set(first, member, picked[depth], covered, True)
        depth += 1


@kernel_step
def _is_free(first: Ints, member: Ints, piece: int, covered: Bools) -> bool:
    clashes = False
    for place in range(first[piece], first[piece + 1]):
        clashes |= covered[member[place]]
    return not clashes


@kernel_step
def _set(first: Ints, member: Ints, piece: int, covered: Bools, value: bool) -> None:
    for place in range(first[piece], first[piece + 1]):
        covered[member[place]] = value


@kernel_step
def _node_with_fewest_ways(
    first: Ints, member: Ints, must: Bools, covered: Bools, by_node: Ints, first_of_node: Ints
) -> tuple[int, int]:
    """The open node that the fewest pieces can cover (-1 if none is open), and how many pieces were looked at."""
    hardest = -1
    fewest = len(first)
    looked = 0
    for node in range(len(must)):
        if not must[node] or covered[node]:
            continue
        ways = 0
        for place in range(first_of_node[node], first_of_node[node + 1]):
            looked += 1
            ways += _is_free(first, member, by_node[place], covered)
            if ways >= fewest:
                break
        if ways < fewest:
            hardest = node
            fewest = ways
    return hardest, looked
