"""Why households come into another micro-grid than before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from doorstep.engines.districting.graph import Graph
from doorstep.engines.districting.moves import MoveKind
from doorstep.engines.districting.objective import Rules, new_marks, piece_cost
from doorstep.engines.districting.problem import Ints


class Why(NamedTuple):
    kind: MoveKind
    saves: float = 0.0


class Ways(NamedTuple):
    """The old piece of each node (-1: none) and its new one; the code, as grid and number, of every old and new one."""

    old: Ints
    piece: Ints
    old_code: Ints
    code: Ints


def why_each_moves(graph: Graph, ways: Ways, mean_mass: float, rules: Rules) -> Mapping[tuple[int, int], Why]:
    """The reason for each way, from an old piece to a new one with another code, that some households make."""
    old_of = {tuple(code): number for number, code in enumerate(ways.old_code.tolist())}
    piece_of = {tuple(code): number for number, code in enumerate(ways.code.tolist())}
    settled = ways.old >= 0
    made = np.unique(np.c_[ways.old, ways.piece][settled], axis=0).tolist()
    size = np.bincount(ways.piece, graph.size, len(ways.code)).astype(np.int64)
    today = np.bincount(ways.old[settled], graph.size[settled], len(ways.old_code)).astype(np.int64)
    still = rules._replace(moved=0.0)
    reasons = {}
    for old, piece in made:
        old_code, code = tuple(ways.old_code[old].tolist()), tuple(ways.code[piece].tolist())
        if old_code == code:
            continue
        successor, predecessor = piece_of.get(old_code), old_of.get(code)
        group = np.flatnonzero((ways.old == old) & (ways.piece == piece))
        homes = int(graph.size[group].sum())
        if predecessor is None and successor is None and old_code[0] != code[0] and 2 * homes > today[old]:
            reasons[old, piece] = Why(MoveKind.REGROUPED)
        elif not rules.low <= today[old] <= rules.high:
            reasons[old, piece] = Why(MoveKind.OUT_OF_RANGE)
        elif successor is None:
            reasons[old, piece] = Why(MoveKind.MERGED)
        elif predecessor is None:
            reasons[old, piece] = Why(MoveKind.SPLIT)
        elif size[successor] + homes > rules.high:
            reasons[old, piece] = Why(MoveKind.TO_MAKE_ROOM)
        elif size[piece] - homes < rules.low:
            reasons[old, piece] = Why(MoveKind.TO_FILL)
        else:
            saves = _saving(graph, ways.piece, group, successor, mean_mass, still)
            reasons[old, piece] = Why(MoveKind.CHEAPER, max(0.0, saves))
    return reasons


def _saving(graph: Graph, piece: Ints, group: Ints, home: int, mean_mass: float, rules: Rules) -> float:
    """What it would cost if the group were back in the piece that has its old number."""
    back = piece.copy()
    back[group] = home
    there = int(piece[group[0]])
    return _cost_of(graph, back, (home, there), mean_mass, rules) - _cost_of(
        graph, piece, (home, there), mean_mass, rules
    )


def _cost_of(graph: Graph, piece: Ints, wanted: tuple[int, int], mean_mass: float, rules: Rules) -> float:
    marks, total = new_marks(len(piece)), 0.0
    for each in wanted:
        members = np.flatnonzero(piece == each)
        if len(members):
            total += float(piece_cost(graph, members, len(members), mean_mass, rules, marks))
    return total
