"""The ground of a draft as it is kept with the plan: who touches whom, and where each atom was when it was drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from doorstep.areas.dividing import certificate_of
from doorstep.core.geometry.metres import Projection
from doorstep.engines.districting.editing import Judge, Judged, compounds_cut
from doorstep.engines.districting.graph import Graph
from doorstep.engines.districting.problem import Ints, Weights

if TYPE_CHECKING:
    from doorstep.engines.districting.division import Division, Ground


class Kept(NamedTuple):
    """`node` is that of each atom, by position; `start` the code of its micro-grid in the computed plan."""

    graph: Graph
    node: Ints
    start: tuple[str, ...]


def pack(division: Division, codes: Sequence[str]) -> bytes | None:
    """The ground in the format of numpy's archives; cells are kept with their atoms. None where nobody lives."""
    ground = division.ground
    if ground is None:
        return None
    file = BytesIO()
    start = np.array(codes, dtype="S17")[division.microgrid]
    np.savez(file, node=ground.node, start=start, **ground.graph._asdict())
    return file.getvalue()


def unpack(packed: bytes) -> Kept | None:
    """What was packed; None where an earlier release packed it, which kept other things of a ground."""
    with np.load(BytesIO(packed), allow_pickle=False) as held:
        if not {"node", "start", *Graph._fields} <= set(held.files):
            return None
        graph = Graph(**{name: held[name] for name in Graph._fields})
        return Kept(graph, held["node"], tuple(held["start"].astype(str).tolist()))


def cells_of_atoms(division: Division, plane: Projection) -> dict[int, bytes]:
    """The cell of each atom with households, by position, in WKB."""
    if division.ground is None:
        return {}
    rows = np.flatnonzero(division.atoms.households > 0)
    cells = shapely.to_wkb(plane.unflatten(division.ground.cells[division.ground.node[rows]]))
    return dict(zip(rows.tolist(), cells.tolist(), strict=True))


def judge_drawn(division: Division, weights: Weights) -> dict[int, Judged]:
    """What each micro-grid costs before anybody touches it; nothing where nobody lives."""
    if division.ground is None:
        return {}
    judge = Judge(division.ground.graph, division.bounds, weights)
    return judge.of(_label(division, division.ground), range(len(division.microgrids)))


def as_drawn(
    division: Division, weights: Weights, judged: Mapping[int, Judged], codes: Sequence[str]
) -> dict[str, Any]:
    """What a plan was before anybody touched it: the measure of every change, and what an undo brings back."""
    ground = division.ground
    if ground is None:
        return {}
    unavoidable = Judge(ground.graph, division.bounds, weights).unavoidable
    outside = {
        codes[number]: certificate_of(each) for number, each in enumerate(division.microgrids) if not each.is_in_range
    }
    return {
        "cost": sum(each.cost for each in judged.values()) - unavoidable,
        "unavoidable": unavoidable,
        "outside": len(outside),
        "compounds_cut": compounds_cut(ground.graph, _label(division, ground)),
        "certificates": outside,
    }


def _label(division: Division, ground: Ground) -> Ints:
    label = np.zeros(len(ground.graph.size), np.int64)
    label[ground.node] = division.microgrid
    return label
