"""Cut a community into micro-grids and grids: `divide(Buildings(xy, households)) -> Division`.

Arrays in, arrays out, in metres of a projected coordinate system. Names are loaded when first used, since the
compiler behind `divide` takes a moment to import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doorstep.engines.districting.certificate import Assurance as Assurance
    from doorstep.engines.districting.certificate import Certificate as Certificate
    from doorstep.engines.districting.certificate import Proof as Proof
    from doorstep.engines.districting.dividing import divide as divide
    from doorstep.engines.districting.division import Division as Division
    from doorstep.engines.districting.division import Piece as Piece
    from doorstep.engines.districting.division import Reason as Reason
    from doorstep.engines.districting.division import ReasonKind as ReasonKind
    from doorstep.engines.districting.finer_steps import stairwells as stairwells
    from doorstep.engines.districting.moves import MoveKind as MoveKind
    from doorstep.engines.districting.moves import Moves as Moves
    from doorstep.engines.districting.problem import Bounds as Bounds
    from doorstep.engines.districting.problem import Buildings as Buildings
    from doorstep.engines.districting.problem import Weights as Weights
    from doorstep.engines.districting.standing import AsItStands as AsItStands
    from doorstep.engines.districting.standing import Standing as Standing
    from doorstep.engines.districting.warming import warm_up as warm_up
    from doorstep.engines.districting.wrong import DistrictingError as DistrictingError
    from doorstep.engines.districting.wrong import Wrong as Wrong

_HOME = {
    "AsItStands": "standing",
    "Assurance": "certificate",
    "Bounds": "problem",
    "Buildings": "problem",
    "Certificate": "certificate",
    "DistrictingError": "wrong",
    "Division": "division",
    "MoveKind": "moves",
    "Moves": "moves",
    "Piece": "division",
    "Proof": "certificate",
    "Reason": "division",
    "ReasonKind": "division",
    "Standing": "standing",
    "Weights": "problem",
    "Wrong": "wrong",
    "divide": "dividing",
    "stairwells": "finer_steps",
    "warm_up": "warming",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(name)
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
