"""Change a draft by hand, step by step: the step is kept for ever, the micro-grids follow from all steps.

Whoever takes a step says which version they saw; where somebody else was faster nothing is done, and they are told what
the other did. A step after which a micro-grid would fall apart or leave the range is only taken by whoever insists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import shapely

from doorstep.areas import drafts
from doorstep.areas.actions.outlining import back_to_cells, follow_walls
from doorstep.areas.actions.publishing import hold
from doorstep.areas.actions.stepping import back_to_draft
from doorstep.areas.approvals import ApprovalKind
from doorstep.areas.counts import counts_of
from doorstep.areas.drafts import Draft, TakenStep, short
from doorstep.areas.models import Plan, PlanAtom, PlanPiece, PlanState, PlanStep, StepKind
from doorstep.areas.plans import by_grid
from doorstep.areas.rules.steps import Step, next_code, replay
from doorstep.areas.rules.wishes import wishes_of
from doorstep.core.access import Actor
from doorstep.core.ids import PlanId
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.engines.districting.editing import Edited, Judged, NothingToCut, is_worse, merge, move, split
from doorstep.engines.districting.problem import Bounds, Ints

MOST_REASON = 500
LOCKS = frozenset({StepKind.LOCK, StepKind.UNLOCK})


class StepRefused(Refusal):
    """This step cannot be taken."""


class SomebodyWasFaster(StepRefused):
    """The draft is not what they saw; `steps` are those that they have not seen."""

    def __init__(self, steps: Sequence[TakenStep]) -> None:
        self.steps = steps
        super().__init__(
            say("districting-hand-faster", count=len(steps), what=steps[-1].said), say("districting-hand-faster-try")
        )


class WouldBeWorse(StepRefused):
    """A micro-grid would fall apart or leave the range; `faults` says which. It is done for whoever insists."""

    def __init__(self, faults: Sequence[Message]) -> None:
        self.faults = faults
        super().__init__(faults[0], say("districting-hand-insist-try"))


@dataclass(frozen=True)
class Asked:
    """A step as it is asked for. `atoms` are positions; `piece` and `to` codes of micro-grids.

    move     these atoms to `to`
    split    these atoms, or without any the better half, away from `piece`
    merge    `piece` into `to`
    lock, unlock   `piece`
    undo, redo     the last one
    """

    kind: str
    version: int
    atoms: tuple[int, ...] = ()
    piece: str = ""
    to: str = ""
    insist: bool = False


@dataclass(frozen=True)
class Taken:
    """What a step has changed: micro-grids that are other than before, those that are gone, and who moved where."""

    version: int
    touched: tuple[str, ...]
    gone: tuple[str, ...]
    moved: Mapping[str, Sequence[int]]


def take(plan: PlanId, asked: Asked, *, by: Actor, at: datetime) -> Taken:
    """Take one step."""
    before = _as_they_saw_it(plan, asked.version)
    if asked.kind in ("lock", "unlock"):
        facts = _turned_key(before, asked)
        codes, judged = before.now.codes, dict[str, Judged]()
    elif asked.kind in ("undo", "redo"):
        facts = _there_and_back(before, asked.kind)
        codes, judged = _replayed(before, asked.kind, facts)
    elif asked.kind in _CHANGES:
        facts, codes, judged = _change(before, asked)
    else:
        raise StepRefused(say("districting-hand-unknown"), say("districting-hand-unknown-try"), "kind")
    seq = _write(before, asked.kind, facts, by, at)
    return _settle(before, seq, codes, judged)


def keep(plan: PlanId, version: int, reason: str, *, by: Actor, at: datetime) -> int:
    """Say why the draft is better so; with a reason it can be published. Returns the version."""
    before = _as_they_saw_it(plan, version)
    if not before.now.is_changed:
        raise StepRefused(say("districting-hand-nothing-changed"), say("districting-hand-nothing-changed-try"))
    if not reason.strip():
        raise StepRefused(say("districting-hand-reason-empty"), say("districting-hand-reason-empty-try"), "reason")
    version = _write(before, StepKind.KEEP, {"reason": reason.strip()[:MOST_REASON]}, by, at)
    follow_walls(before.plan)
    return version


def _as_they_saw_it(plan: PlanId, version: int) -> Draft:
    found = drafts.draft(hold(plan))
    if unseen := drafts.since(found, version):
        raise SomebodyWasFaster(unseen)
    if version != found.version:
        raise StepRefused(say("districting-hand-unknown"), say("districting-hand-unknown-try"), "version")
    return found


def _write(before: Draft, kind: str, facts: Mapping[str, Any], by: Actor, at: datetime) -> int:
    seq = before.version + 1
    PlanStep.objects.create(
        plan=before.plan,
        seq=seq,
        at=at,
        by_post=by.post,
        by_account=by.account,
        by_role=str(by.role),
        kind=kind,
        facts=dict(facts),
    )
    if before.plan.state != PlanState.DRAFT and kind not in LOCKS:
        # What was submitted is no longer what the level above would approve.
        back_to_draft(before.plan, ApprovalKind.CHANGE, by=by, at=at)
    return seq


# Locks, and there and back --------------------------------------------------------------------------------------------


def _turned_key(before: Draft, asked: Asked) -> dict[str, Any]:
    _refuse_unknown(before, asked.piece, "piece")
    if (asked.piece in before.now.locked) == (asked.kind == "lock"):
        raise StepRefused(say(f"districting-hand-already-{asked.kind}", code=short(asked.piece)))
    return {"code": asked.piece}


def _there_and_back(before: Draft, kind: str) -> dict[str, Any]:
    stack = before.now.done if kind == "undo" else before.now.undone
    if not stack:
        raise StepRefused(say(f"districting-hand-nothing-to-{kind}"))
    _refuse_locked(before, {*stack[-1].facts["from"], stack[-1].facts["to"]})
    return {"step": stack[-1].seq}


def _replayed(before: Draft, kind: str, facts: Mapping[str, Any]) -> tuple[tuple[str, ...], dict[str, Judged]]:
    steps = [Step(each.seq, each.kind, each.facts) for each in before.steps]
    codes = replay(before.kept.start, [*steps, Step(before.version + 1, kind, facts)]).codes
    pairs = zip(before.now.codes, codes, strict=True)
    return codes, before.judged(codes, {code for pair in pairs if pair[0] != pair[1] for code in pair})


# Changes --------------------------------------------------------------------------------------------------------------


def _change(before: Draft, asked: Asked) -> tuple[dict[str, Any], tuple[str, ...], dict[str, Judged]]:
    names, edited = _CHANGES[asked.kind](before, asked)
    was, label = before.labels(before.now.codes), edited.piece
    changed = np.flatnonzero(was != label)
    if len(changed) == 0:
        raise StepRefused(say("districting-hand-no-change"), say("districting-hand-no-change-try"), "to")
    judged = {names[number]: each for number, each in edited.judged.items()}
    sources = {names[number] for number in np.unique(was[changed]).tolist()}
    to = names[int(label[changed[0]])]
    _refuse_locked(before, {*sources, to})
    if not asked.insist:
        _refuse_worse(before, judged)
    moved = np.flatnonzero(np.isin(before.kept.node, changed)).tolist()
    facts = {
        "from": {code: [at for at in moved if before.now.codes[at] == code] for code in sorted(sources)},
        "to": to,
        "households": int(before.kept.graph.size[changed].sum()),
    }
    return facts, tuple(names[number] for number in label[before.kept.node].tolist()), judged


def _move(before: Draft, asked: Asked) -> tuple[tuple[str, ...], Edited]:
    _refuse_unknown(before, asked.to, "to")
    nodes = _chosen(before, asked.atoms)
    return before.names, move(before.judge, before.labels(before.now.codes), nodes, before.names.index(asked.to))


def _merge(before: Draft, asked: Asked) -> tuple[tuple[str, ...], Edited]:
    _refuse_unknown(before, asked.piece, "piece")
    _refuse_unknown(before, asked.to, "to")
    gone, into = before.names.index(asked.piece), before.names.index(asked.to)
    return before.names, merge(before.judge, before.labels(before.now.codes), gone, into)


def _split(before: Draft, asked: Asked) -> tuple[tuple[str, ...], Edited]:
    _refuse_unknown(before, asked.piece, "piece")
    code = next_code(asked.piece[:15], before.names, before.now.codes)
    if code is None:
        raise StepRefused(say("districting-hand-no-number"), say("districting-hand-no-number-try"))
    names = (*before.names, code) if code not in before.names else before.names
    label, cut = before.labels(before.now.codes), names.index(asked.piece)
    nodes = _chosen(before, asked.atoms) if asked.atoms else None
    if nodes is not None and (label[nodes] != cut).any():
        raise StepRefused(say("districting-hand-not-inside", code=short(asked.piece)), where="atoms")
    try:
        return names, split(before.judge, label, cut, names.index(code), nodes)
    except NothingToCut:
        raise StepRefused(
            say("districting-hand-nothing-to-cut", code=short(asked.piece)), say("districting-hand-nothing-to-cut-try")
        ) from None


_CHANGES: dict[str, Callable[[Draft, Asked], tuple[tuple[str, ...], Edited]]] = {
    "move": _move,
    "merge": _merge,
    "split": _split,
}


def _chosen(before: Draft, atoms: Sequence[int]) -> Ints:
    """The nodes of the chosen atoms; an empty building goes with the ground on which it stands."""
    if not atoms:
        raise StepRefused(say("districting-hand-none-chosen"), say("districting-hand-none-chosen-try"), "atoms")
    if not all(0 <= atom < len(before.kept.node) for atom in atoms):
        raise StepRefused(say("districting-hand-unknown"), say("districting-hand-unknown-try"), "atoms")
    nodes: Ints = np.unique(before.kept.node[list(atoms)])
    return nodes


def _refuse_unknown(before: Draft, code: str, where: str) -> None:
    if code not in before.now.codes:
        raise StepRefused(say("districting-hand-unknown"), say("districting-hand-unknown-try"), where)


def _refuse_locked(before: Draft, codes: set[str]) -> None:
    if locked := sorted(codes & before.now.locked):
        raise StepRefused(say("districting-hand-locked", code=short(locked[0])), say("districting-hand-locked-try"))


def _refuse_worse(before: Draft, judged: Mapping[str, Judged]) -> None:
    was = before.judged(before.now.codes, set(judged) & set(before.names))
    faults = [
        _fault(code, each, before.bounds)
        for code, each in judged.items()
        if is_worse(was.get(code), each, before.bounds)
    ]
    if faults:
        raise WouldBeWorse(faults)


def _fault(code: str, judged: Judged, bounds: Bounds) -> Message:
    if judged.parts > 1:
        return say("districting-hand-would-part", code=short(code), parts=judged.parts)
    return say(
        "districting-hand-would-leave", code=short(code), count=judged.households, low=bounds.low, high=bounds.high
    )


# The plan's pieces follow ---------------------------------------------------------------------------------------------


def _settle(before: Draft, seq: int, codes: Sequence[str], judged: Mapping[str, Judged]) -> Taken:
    """Write the micro-grids that are other than before: the plan's pieces are what the steps say."""
    moved: dict[str, list[int]] = {}
    for position, (was, now) in enumerate(zip(before.now.codes, codes, strict=True)):
        if was != now:
            moved.setdefault(now, []).append(position)
    gone = tuple(sorted({*before.now.codes} - {*codes}))
    if moved:
        back_to_cells(before.plan, before.now.codes)
        rows = _written(before, codes, judged)
        for code, positions in moved.items():
            atoms = PlanAtom.objects.filter(piece__plan=before.plan.pk, position__in=positions)
            atoms.update(piece=rows[code])
        PlanPiece.objects.filter(plan=before.plan.pk, code__in=gone).delete()
        _refigure(before.plan)
    return Taken(seq, tuple(sorted(judged)), gone, moved)


def _written(before: Draft, codes: Sequence[str], judged: Mapping[str, Judged]) -> dict[str, PlanPiece]:
    """The judged micro-grids, those that are new created."""
    outlines = _outlines(before.plan, codes, judged)
    fields = {
        code: {
            "households": each.households,
            "cost": each.cost,
            "parts": each.parts,
            "certificate": _certificate(before, codes, code, each),
            "outline": outlines[code],
        }
        for code, each in judged.items()
    }
    rows = {row.code: row for row in PlanPiece.objects.filter(plan=before.plan.pk, code__in=judged).defer("outline")}
    for code, values in fields.items():
        row = rows.setdefault(code, _new_piece(before.plan, code))
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values) if row.pk else None)
    return rows


def _new_piece(plan: Plan, code: str) -> PlanPiece:
    return PlanPiece(plan=plan, code=code, grid_number=int(code[12:15]), microgrid_number=int(code[15:]))


def _outlines(plan: Plan, codes: Sequence[str], wanted: Mapping[str, Judged]) -> dict[str, bytes]:
    positions = [position for position, code in enumerate(codes) if code in wanted]
    cells: dict[str, list[bytes]] = {}
    rows = PlanAtom.objects.filter(piece__plan=plan.pk, position__in=positions, cell__isnull=False)
    for position, cell in rows.values_list("position", "cell"):
        cells.setdefault(codes[position], []).append(bytes(cell or b""))
    return {code: shapely.to_wkb(shapely.coverage_union_all(shapely.from_wkb(own))) for code, own in cells.items()}


def _certificate(before: Draft, codes: Sequence[str], code: str, judged: Judged) -> dict[str, Any] | None:
    """Why it is out of range or in parts; a micro-grid as it was computed has the proof that it was computed with."""
    is_as_drawn = all((one == code) == (other == code) for one, other in zip(before.kept.start, codes, strict=True))
    if is_as_drawn:
        return before.plan.report["drawn"]["certificates"].get(code)  # type: ignore[no-any-return]
    reasons = []
    if not judged.is_in_range:
        facts = {"size": judged.households, "low": before.bounds.low, "high": before.bounds.high}
        reasons.append({"kind": "by-hand-out-of-range", "facts": facts})
    if judged.parts > 1:
        reasons.append({"kind": "by-hand-apart", "facts": {"parts": judged.parts}})
    return {"proof": "", "facts": {}, "reasons": reasons} if reasons else None


def _refigure(plan: Plan) -> None:
    """The figures of the plan's report, as its pieces now are."""
    pieces = list(PlanPiece.objects.filter(plan=plan.pk).only("code", "plan_id", "households", "certificate", "cost"))
    wishes = wishes_of(plan.settings)
    grids = {int(grid[12:]): own for grid, own in sorted(by_grid(pieces).items())}
    sizes = {number: sum(each.households for each in own) for number, own in grids.items()}
    is_by_number = wishes.grid_unit == "microgrids"
    counted = {number: len(own) if is_by_number else sizes[number] for number, own in grids.items()}
    computed = {(each["number"], each["households"]): each for each in plan.report["drawn"]["grids_outside"]}
    outside = [
        computed.get((number, sizes[number])) or _grid_outside(number, sizes[number], size, wishes.grid_bounds)
        for number, size in counted.items()
        if not wishes.grid_bounds.holds(size)
    ]
    cost = sum(each.cost or 0.0 for each in pieces) - plan.report["drawn"]["unavoidable"]
    plan.report |= {
        "microgrids": len(pieces),
        "grids": len(sizes),
        "grid_sizes": list(sizes.values()),
        "in_range": sum(each.certificate is None for each in pieces),
        "grids_in_range": len(sizes) - len(outside),
        "grids_outside": outside,
        "cost_per_piece": round(cost * wishes.bounds.target / max(1, plan.report["households"]), 4),
        "counts": counts_of(plan),
    }
    plan.save(update_fields=["report"])


def _grid_outside(number: int, households: int, size: int, bounds: Bounds) -> dict[str, Any]:
    facts = {"size": size, "low": bounds.low, "high": bounds.high}
    reasons = [{"kind": "by-hand-out-of-range", "facts": facts}]
    return {
        "number": number,
        "households": households,
        "unit": bounds.unit,
        "proof": "",
        "facts": {},
        "reasons": reasons,
    }
