"""Change a draft by hand, step by step: whoever sends a step says which version of the draft they saw."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import Field

from doorstep.areas import drafts
from doorstep.areas.actions import by_hand as steps
from doorstep.areas.actions.by_hand import MOST_REASON, Asked
from doorstep.areas.drafts import Draft
from doorstep.core.geometry.geojson import feature_collection
from doorstep.core.ids import PlanId
from doorstep.core.text import text
from doorstep.fronts.districting.places import own_plan
from doorstep.fronts.open.districting import for_drawers
from doorstep.fronts.open.entering import Request
from doorstep.fronts.open.shapes import Id, Sent, Text, Told, Yes
from doorstep.fronts.open.territory import GEOJSON, geojson

router = Router(tags=["districting"])

MicrogridCode = Annotated[str, Field(pattern=r"^[0-9]{17}$")]
Version = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
Position = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]


class StepSent(Sent):
    """One step. `atoms` are positions as `atoms` tells them; `piece` and `to` are codes of micro-grids."""

    kind: Literal["move", "split", "merge", "lock", "unlock", "undo", "redo"]
    version: Version
    atoms: Annotated[list[Position], Field(max_length=10_000)] = []
    piece: MicrogridCode | None = None
    to: MicrogridCode | None = None
    insist: Yes = False


class ReasonSent(Sent):
    """Why the draft is better so."""

    version: Version
    reason: Annotated[Text, Field(min_length=1, max_length=MOST_REASON)]


class PieceTold(Told):
    """A micro-grid of a draft as it stands; `parts` is 1 where it hangs together."""

    code: str
    name: str
    households: int
    cost: float
    parts: int
    is_in_range: bool
    is_locked: bool


class PlanStepTold(Told):
    """A step that was taken, by which post."""

    seq: int
    kind: str
    at: datetime
    by_post: int | None
    said: str
    is_in_force: bool


class Compared(Told):
    """The draft beside the plan that was computed; costs leave out what no plan saves."""

    cost: float
    drawn_cost: float
    more_percent: int
    outside: int
    drawn_outside: int
    compounds_cut: int
    drawn_compounds_cut: int
    apart: int
    moved_households: int


class DraftTold(Told):
    """A draft as it stands; `version` is what the next step says it saw."""

    version: int
    is_changed: bool
    reason: str
    compared: Compared
    pieces: list[PieceTold]
    steps: list[PlanStepTold]


class StepAnswer(Told):
    """What a step changed: the micro-grids that it touched, the codes that are gone, and who moved where."""

    version: int
    touched: list[PieceTold]
    gone: list[str]
    moved: dict[str, list[int]]


@router.get("/plans/{plan}/by-hand", response=DraftTold)
@for_drawers
def show_draft(request: Request, plan: Id) -> dict[str, Any]:
    return _told(drafts.draft(own_plan(request, plan)[0]))


@router.get("/plans/{plan}/atoms", openapi_extra=GEOJSON)
@for_drawers
def show_atoms(request: Request, plan: Id) -> Any:
    return geojson(feature_collection(drafts.atom_cells(drafts.draft(own_plan(request, plan)[0]))))


@router.post("/plans/{plan}/steps", response={201: StepAnswer})
@for_drawers
def take_step(request: Request, plan: Id, said: StepSent) -> dict[str, Any]:
    own_plan(request, plan)
    step = Asked(said.kind, said.version, tuple(said.atoms), said.piece or "", said.to or "", said.insist)
    taken = steps.take(PlanId(plan), step, by=request.actor, at=request.at)
    now = drafts.draft(own_plan(request, plan)[0])
    touched = [vars(each) for each in drafts.pieces_now(now) if each.code in taken.touched]
    return {"version": taken.version, "touched": touched, "gone": taken.gone, "moved": taken.moved}


@router.post("/plans/{plan}/reason", response=DraftTold)
@for_drawers
def keep_reason(request: Request, plan: Id, said: ReasonSent) -> dict[str, Any]:
    own_plan(request, plan)
    steps.keep(PlanId(plan), said.version, said.reason, by=request.actor, at=request.at)
    return _told(drafts.draft(own_plan(request, plan)[0]))


def _told(now: Draft) -> dict[str, Any]:
    pieces = drafts.pieces_now(now)
    compared = drafts.compared(now, pieces)
    return {
        "version": now.version,
        "is_changed": now.now.is_changed,
        "reason": now.now.reason,
        "compared": {**vars(compared), "more_percent": compared.more_percent},
        "pieces": [vars(piece) for piece in pieces],
        "steps": [{**vars(step), "said": text(step.said)} for step in drafts.latest(now)],
    }
