"""A draft that people change by hand: its steps, its micro-grids as the steps left them, and what they cost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
import shapely

from doorstep.areas.grounds import Kept, unpack
from doorstep.areas.models import OPEN_STATES, Plan, PlanAtom, PlanPiece, PlanStep
from doorstep.areas.plans import Shape
from doorstep.areas.rules.steps import Replayed, Step, replay
from doorstep.areas.rules.wishes import Wishes, wishes_of
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.engines.districting.editing import Judge, Judged, at_the_edge, compounds_cut, touching
from doorstep.engines.districting.problem import Bounds, Ints

ALONG_WALLS = "footprints"
IN_CELLS = "cells"
"""How the outlines of a plan are drawn: along roads and between walls, or in the cells of its atoms (`report`)."""

LATEST = 12
"""How many of the newest steps a page shows."""


class NotByHand(Refusal):
    """This plan cannot be changed by hand."""


@dataclass(frozen=True)
class TakenStep:
    """A step as it is told: who took it is named by their post."""

    seq: int
    kind: str
    at: datetime
    by_post: int | None
    said: Message
    is_in_force: bool


@dataclass(frozen=True)
class PieceNow:
    """A micro-grid of a draft as it stands."""

    code: str
    name: str
    households: int
    cost: float
    parts: int
    is_in_range: bool
    is_locked: bool

    @property
    def hangs_together(self) -> bool:
        return self.parts == 1


@dataclass(frozen=True)
class AtomNow:
    """A building, an entrance or a band of floors of a draft, by its position."""

    position: int
    code: str
    building: str
    entrance: int | None
    floor_from: int | None
    floor_to: int | None
    households: int
    is_at_edge: bool


@dataclass(frozen=True)
class Compared:
    """A draft beside the plan that was computed: each figure now and then. Costs leave out what no plan saves."""

    cost: float
    drawn_cost: float
    outside: int
    drawn_outside: int
    compounds_cut: int
    drawn_compounds_cut: int
    apart: int
    moved_households: int

    @property
    def more_percent(self) -> int:
        """How much more it costs, in parts of a hundred; below zero, less."""
        return round(100 * (self.cost / self.drawn_cost - 1)) if self.drawn_cost > 0 else 0


@dataclass(frozen=True, eq=False)
class Draft:
    """A plan, its ground and its steps. Micro-grids go by code; the engine knows them by their place in `names`."""

    plan: Plan
    kept: Kept
    steps: tuple[PlanStep, ...]
    now: Replayed

    @property
    def version(self) -> int:
        """The number of the newest step: whoever takes the next one says which they saw."""
        return self.now.version

    @cached_property
    def wishes(self) -> Wishes:
        """What was wished when it was drawn."""
        return wishes_of(self.plan.settings)

    @property
    def bounds(self) -> Bounds:
        return self.wishes.bounds

    @cached_property
    def judge(self) -> Judge:
        return Judge(self.kept.graph, self.bounds, self.wishes.weights)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every code that a micro-grid of this draft has or had."""
        given = {step.facts["to"] for step in self.steps if "to" in step.facts}
        return tuple(sorted({*self.kept.start, *given}))

    def labels(self, codes: Sequence[str]) -> Ints:
        """The piece of each node, as the engine knows it, where the atoms are in the micro-grids of these codes."""
        place = {code: number for number, code in enumerate(self.names)}
        label = np.zeros(len(self.kept.graph.size), np.int64)
        label[self.kept.node] = np.array([place[code] for code in codes], np.int64)
        return label

    def judged(self, codes: Sequence[str], wanted: Iterable[str]) -> dict[str, Judged]:
        """Some micro-grids judged, where the atoms are in the micro-grids of these codes; empty ones are left out."""
        of = self.judge.of(self.labels(codes), [self.names.index(code) for code in wanted])
        return {self.names[number]: each for number, each in of.items()}

    def beside(self, code: str) -> list[str]:
        """The codes of the micro-grids that touch this one."""
        label = self.labels(self.now.codes)
        own = np.flatnonzero(label == self.names.index(code))
        return [self.names[each] for each in touching(self.kept.graph, label, own).tolist()]


def draft(plan: Plan) -> Draft:
    """The draft with all that was done to it; refuses a plan that cannot be changed by hand."""
    if plan.state not in OPEN_STATES:
        raise NotByHand(say("districting-not-a-draft"), say("districting-not-a-draft-try"))
    kept = unpack(bytes(plan.ground)) if plan.ground is not None else None
    if kept is None:
        raise NotByHand(say("districting-hand-no-ground"), say("districting-hand-no-ground-try"))
    steps = tuple(PlanStep.objects.filter(plan=plan.pk).order_by("seq"))
    return Draft(plan, kept, steps, replay(kept.start, (Step(each.seq, each.kind, each.facts) for each in steps)))


def refuse_unfit(plan: Plan) -> None:
    """A draft changed by hand is published only with a reason, and with every micro-grid in one piece."""
    apart = [short(code) for code in PlanPiece.objects.filter(plan=plan.pk, parts__gt=1).values_list("code", flat=True)]
    if apart:
        raise NotByHand(say("districting-hand-apart", codes="、".join(apart)), say("districting-hand-apart-try"))
    if PlanStep.objects.filter(plan=plan.pk).exists():
        now = draft(plan).now
        if now.is_changed and not now.reason:
            raise NotByHand(say("districting-hand-reason-missing"), say("districting-hand-reason-missing-try"))


def pieces_now(of: Draft) -> list[PieceNow]:
    """The micro-grids of a draft, by code."""
    rows = PlanPiece.objects.filter(plan=of.plan.pk).defer("outline", "certificate").order_by("code")
    return [
        PieceNow(
            code=row.code,
            name=f"{row.grid_number}-{row.microgrid_number}",
            households=row.households,
            cost=row.cost or 0.0,
            parts=row.parts,
            is_in_range=of.bounds.holds(row.households),
            is_locked=row.code in of.now.locked,
        )
        for row in rows
    ]


def atoms_now(of: Draft, code: str = "") -> list[AtomNow]:
    """The atoms with households of a micro-grid, or of all of them, in the order of their buildings."""
    edge = at_the_edge(of.kept.graph, of.labels(of.now.codes))
    rows = PlanAtom.objects.filter(piece__plan=of.plan.pk, households__gt=0).order_by("position")
    if code:
        rows = rows.filter(piece__code=code)
    told = rows.values_list(
        "position",
        "piece__code",
        "building__name",
        "building__address",
        "building__id",
        "entrance",
        "floor_from",
        "floor_to",
        "households",
    )
    return [
        AtomNow(at, own, name or address or f"#{key}", entrance, low, high, households, bool(edge[of.kept.node[at]]))
        for at, own, name, address, key, entrance, low, high, households in told
    ]


def atom_cells(of: Draft) -> list[Shape]:
    """The ground of every atom with households in WKB, with what a map says of it."""
    cells = dict(PlanAtom.objects.filter(piece__plan=of.plan.pk, cell__isnull=False).values_list("position", "cell"))
    return [
        (
            bytes(cells[atom.position] or b""),
            {"position": atom.position, "code": atom.code, "households": atom.households, "name": atom.building},
        )
        for atom in atoms_now(of)
    ]


def outlines_now(of: Draft, codes: Collection[str] | None = None) -> list[Shape]:
    """Some micro-grids of a draft, or all of them, in WKB with what a map says of each, in cells."""
    rows = PlanPiece.objects.filter(plan=of.plan.pk).defer("certificate")
    cells = outlines_in_cells(of.plan) if of.plan.report.get("outlines") == ALONG_WALLS else {}
    return [
        (
            cells.get(row.code) or bytes(row.outline),
            {
                "code": row.code,
                "name": short(row.code),
                "households": row.households,
                "in_range": of.bounds.holds(row.households),
                "whole": row.parts == 1,
                "locked": row.code in of.now.locked,
            },
        )
        for row in (rows if codes is None else rows.filter(code__in=codes))
    ]


def outlines_in_cells(plan: Plan) -> dict[str, bytes]:
    """The ground of each micro-grid in cells, in WKB, by code."""
    cells: dict[str, list[bytes]] = {}
    rows = PlanAtom.objects.filter(piece__plan=plan.pk, cell__isnull=False).order_by("position")
    for code, cell in rows.values_list("piece__code", "cell"):
        cells.setdefault(code, []).append(bytes(cell or b""))
    return {code: shapely.to_wkb(shapely.coverage_union_all(shapely.from_wkb(own))) for code, own in cells.items()}


def compared(of: Draft, pieces: Sequence[PieceNow]) -> Compared:
    """The draft as it stands beside the plan that was computed."""
    drawn = of.plan.report["drawn"]
    was, now = of.labels(of.kept.start), of.labels(of.now.codes)
    return Compared(
        cost=sum(piece.cost for piece in pieces) - drawn["unavoidable"],
        drawn_cost=drawn["cost"],
        outside=sum(not piece.is_in_range for piece in pieces),
        drawn_outside=drawn["outside"],
        compounds_cut=compounds_cut(of.kept.graph, now),
        drawn_compounds_cut=drawn["compounds_cut"],
        apart=sum(not piece.hangs_together for piece in pieces),
        moved_households=int(of.kept.graph.size[was != now].sum()),
    )


def latest(of: Draft) -> list[TakenStep]:
    """The newest steps, the newest first."""
    return told(of, of.steps[-LATEST:])[::-1]


def since(of: Draft, version: int) -> list[TakenStep]:
    """What was done after somebody looked, oldest first."""
    return told(of, [step for step in of.steps if step.seq > version])


def told(of: Draft, steps: Iterable[PlanStep]) -> list[TakenStep]:
    """Steps in words."""
    in_force = {step.seq for step in of.now.done}
    by_seq = {step.seq: step for step in of.steps}
    return [
        TakenStep(each.seq, each.kind, each.at, each.by_post, _said(each, by_seq), each.seq in in_force)
        for each in steps
    ]


def _said(step: PlanStep, by_seq: dict[int, PlanStep]) -> Message:
    facts = step.facts
    if step.kind in ("undo", "redo"):
        return say(f"districting-hand-did-{step.kind}", what=_said(by_seq[facts["step"]], by_seq))
    if step.kind == "keep":
        return say("districting-hand-did-keep", reason=facts["reason"])
    if step.kind in ("lock", "unlock"):
        return say(f"districting-hand-did-{step.kind}", code=short(facts["code"]))
    return say(
        f"districting-hand-did-{step.kind}",
        count=facts["households"],
        source="、".join(short(code) for code in facts["from"]),
        to=short(facts["to"]),
    )


def short(code: str) -> str:
    """A micro-grid as people of its community say it: the number of its grid and its own."""
    return f"{int(code[12:15])}-{int(code[15:])}"
