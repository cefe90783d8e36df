"""Dana changes a draft by hand; the plan is at every moment what its steps say, and nobody's step is lost."""

from __future__ import annotations

import pickle
import random
from datetime import timedelta
from typing import Any

import pytest
import shapely
from django.db import transaction
from tests.areas.actions.conftest import build_houses
from tests.areas.plans import approve_as
from tests.town import MORNING, Town

from doorstep.areas import drafts, plans
from doorstep.areas.actions import by_hand, drawing, publishing
from doorstep.areas.actions.by_hand import Asked, SomebodyWasFaster, StepRefused, Taken, WouldBeWorse
from doorstep.areas.actions.drawing import Wishes, draw
from doorstep.areas.dividing import divide_apart
from doorstep.areas.drafts import NotByHand
from doorstep.areas.models import Plan, PlanAtom, PlanPiece, PlanStep
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import PlanId
from doorstep.core.time.zone import local_date


class Desk:
    """Dana with a draft of twenty houses of twenty households each."""

    def __init__(self, town: Town) -> None:
        build_houses(town, households=20)
        self.town = town
        self.dana = town.actor("dana")
        with acting_as(self.dana):
            self.plan = PlanId(draw(town.community, Wishes(effort="quick"), by=self.dana, at=MORNING).pk)

    def step(self, kind: str, version: int | None = None, **asked: Any) -> Taken:
        with acting_as(self.dana):
            seen = self.draft().version if version is None else version
            return by_hand.take(self.plan, Asked(kind, seen, **asked), by=self.dana, at=MORNING)

    def keep(self, reason: str) -> int:
        with acting_as(self.dana):
            return by_hand.keep(self.plan, self.draft().version, reason, by=self.dana, at=MORNING)

    def draft(self) -> drafts.Draft:
        with acting_as(self.dana):
            return drafts.draft(Plan.objects.get(pk=self.plan))

    def seen(self) -> dict[str, tuple[int, int, bytes]]:
        """Each micro-grid as it is kept: households, atoms with households, ground in cells."""
        with acting_as(WORKER):
            cells = {facts["code"]: shape for shape, facts in drafts.outlines_now(self.draft())}
            return {
                piece.code: (
                    piece.households,
                    PlanAtom.objects.filter(piece=piece).count(),
                    shapely.normalize(shapely.remove_repeated_points(shapely.from_wkb(cells[piece.code]))).wkb,
                )
                for piece in plans.pieces_of(self.plan)
            }

    def edge(self) -> tuple[int, str, str]:
        """An atom beside another micro-grid, its own code, and the code of the other."""
        now = self.draft()
        with acting_as(self.dana):
            for atom in drafts.atoms_now(now):
                for other in now.beside(atom.code) if atom.is_at_edge else []:
                    try:
                        with transaction.atomic():
                            by_hand.take(
                                self.plan,
                                Asked("move", now.version, (atom.position,), to=other),
                                by=self.dana,
                                at=MORNING,
                            )
                            raise Tried
                    except Tried:
                        return atom.position, atom.code, other
                    except StepRefused:
                        continue
        raise AssertionError("no house can be given to a neighbour")


class Tried(Exception):
    """Undoes what was only tried."""


@pytest.fixture(scope="module")
def divided() -> dict[bytes, Any]:
    return {}


@pytest.fixture
def desk(town: Town, divided: dict[bytes, Any], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The same houses are divided once for all these tests."""

    def divide_once(buildings: Any, options: Any, **how: Any) -> Any:
        question = pickle.dumps((buildings, options))
        if question not in divided:
            divided[question] = divide_apart(buildings, options)
        return divided[question]

    monkeypatch.setattr(drawing, "divide_apart", divide_once)
    return Desk(town)


def is_as_its_steps_say(desk: Desk) -> bool:
    now = desk.draft()
    with acting_as(WORKER):
        kept = dict(PlanAtom.objects.filter(piece__plan=desk.plan).values_list("position", "piece__code"))
        pieces = list(PlanPiece.objects.filter(plan=desk.plan))
        report = Plan.objects.get(pk=desk.plan).report
    codes = set(now.now.codes)
    judged = now.judged(now.now.codes, codes)
    return (
        tuple(kept[position] for position in range(len(kept))) == now.now.codes
        and {piece.code for piece in pieces} == codes
        and all((piece.households, piece.parts) == judged[piece.code][:2] for piece in pieces)
        and all(piece.cost == pytest.approx(judged[piece.code].cost) for piece in pieces)
        and report["microgrids"] == len(pieces)
        and sum(report["grid_sizes"]) == report["households"] == 400
    )


def test_a_house_goes_to_the_neighbour_and_its_ground_with_it(desk: Desk) -> None:
    atom, own, other = desk.edge()
    before = desk.seen()
    taken = desk.step("move", atoms=(atom,), to=other)
    after = desk.seen()
    assert (set(taken.touched), taken.gone) == ({own, other}, ())
    assert after[own][:2] == (before[own][0] - 20, before[own][1] - 1)
    assert after[other][:2] == (before[other][0] + 20, before[other][1] + 1)
    assert {code: after[code] for code in after if code not in (own, other)} == {
        code: before[code] for code in before if code not in (own, other)
    }
    shapes = [shapely.from_wkb(wkb) for _, _, wkb in after.values()]
    assert sum(shape.area for shape in shapes) == pytest.approx(shapely.union_all(shapes).area, rel=1e-6)
    assert is_as_its_steps_say(desk)


def test_undo_brings_everything_back_and_redo_does_it_again(desk: Desk) -> None:
    atom, _, other = desk.edge()
    before = desk.seen()
    desk.step("move", atoms=(atom,), to=other)
    moved = desk.seen()
    desk.step("undo")
    assert desk.seen() == before and is_as_its_steps_say(desk)
    desk.step("redo")
    assert desk.seen() == moved
    with pytest.raises(StepRefused):
        desk.step("redo")
    with acting_as(WORKER):
        kinds = list(PlanStep.objects.filter(plan=desk.plan).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["move", "undo", "redo"]


def test_two_micro_grids_become_one_and_two_again(desk: Desk) -> None:
    before = desk.seen()
    gone = min(before)
    into = desk.draft().beside(gone)[0]
    taken = desk.step("merge", piece=gone, to=into, insist=True)
    assert taken.gone == (gone,) and gone not in desk.seen()
    assert desk.seen()[into][0] == before[gone][0] + before[into][0]
    split = desk.step("split", piece=into, insist=True)
    [new] = set(split.touched) - {into}
    assert new not in before, "a code that meant another micro-grid is not given again"
    assert new[:15] == into[:15] and is_as_its_steps_say(desk)
    desk.step("undo")
    desk.step("undo")
    assert desk.seen() == before


def test_the_ticked_houses_become_a_micro_grid_of_their_own(desk: Desk) -> None:
    atom, own, _ = desk.edge()
    taken = desk.step("split", piece=own, atoms=(atom,), insist=True)
    [new] = set(taken.touched) - {own}
    assert desk.seen()[new][0] == 20 and taken.moved == {new: [atom]}
    other = next(code for code in desk.seen() if code not in (own, new))
    with pytest.raises(StepRefused):
        desk.step("split", piece=other, atoms=(atom,), insist=True)


def test_a_step_that_leaves_the_range_is_told_and_taken_only_by_whoever_insists(desk: Desk) -> None:
    before = desk.seen()
    gone = min(before)
    into = desk.draft().beside(gone)[0]
    with pytest.raises(WouldBeWorse) as refused:
        desk.step("merge", piece=gone, to=into)
    assert [fault.key for fault in refused.value.faults] == ["districting-hand-would-leave"]
    assert desk.seen() == before and desk.draft().version == 0
    desk.step("merge", piece=gone, to=into, insist=True)
    with acting_as(WORKER):
        certificate = PlanPiece.objects.get(plan=desk.plan, code=into).certificate
    assert certificate["reasons"][0]["kind"] == "by-hand-out-of-range"


def test_a_micro_grid_in_parts_is_not_published_even_with_a_reason(desk: Desk) -> None:
    now = desk.draft()
    with acting_as(desk.dana):
        own = min(now.now.codes)
        far = next(code for code in sorted(set(now.now.codes)) if code != own and code not in now.beside(own))
        atom = drafts.atoms_now(now, own)[0].position
    with pytest.raises(WouldBeWorse):
        desk.step("move", atoms=(atom,), to=far)
    desk.step("move", atoms=(atom,), to=far, insist=True)
    desk.keep("就要这样")
    with acting_as(desk.dana), pytest.raises(NotByHand) as refused:
        publishing.publish(desk.plan, local_date(MORNING), by=desk.dana, at=MORNING)
    assert refused.value.message.key == "districting-hand-apart"


def test_a_changed_draft_is_published_with_its_reason_and_not_without(desk: Desk) -> None:
    atom, _, other = desk.edge()
    desk.step("move", atoms=(atom,), to=other)
    tomorrow = local_date(MORNING) + timedelta(days=1)
    with acting_as(desk.dana), pytest.raises(NotByHand) as refused:
        publishing.publish(desk.plan, tomorrow, by=desk.dana, at=MORNING)
    assert refused.value.message.key == "districting-hand-reason-missing"
    desk.keep("  两栋楼共用一个门岗  ")
    assert desk.draft().now.reason == "两栋楼共用一个门岗"
    approve_as(desk.town, "command", desk.plan)
    with acting_as(desk.dana):
        publishing.publish(desk.plan, tomorrow, by=desk.dana, at=MORNING)
        with pytest.raises(NotByHand):
            by_hand.take(desk.plan, Asked("undo", 2), by=desk.dana, at=MORNING)


def test_the_reason_of_an_earlier_result_is_no_reason_for_a_later_one(desk: Desk) -> None:
    atom, _, other = desk.edge()
    with pytest.raises(StepRefused):
        desk.keep("没有改过")
    desk.step("move", atoms=(atom,), to=other)
    with pytest.raises(StepRefused):
        desk.keep("   ")
    desk.keep("两栋楼共用一个门岗")
    desk.step("undo")
    assert desk.draft().now.reason == "" and not desk.draft().now.is_changed


def test_whoever_is_slower_is_told_what_the_other_did_and_nothing_is_lost(desk: Desk) -> None:
    atom, own, other = desk.edge()
    desk.step("move", version=0, atoms=(atom,), to=other)
    between = desk.seen()
    with pytest.raises(SomebodyWasFaster) as refused:
        desk.step("merge", version=0, piece=own, to=other, insist=True)
    assert [step.said.params["to"] for step in refused.value.steps] == [drafts.short(other)]
    assert desk.seen() == between and desk.draft().version == 1
    with pytest.raises(StepRefused):
        desk.step("undo", version=99)


def test_a_locked_micro_grid_is_changed_by_no_step(desk: Desk) -> None:
    atom, own, other = desk.edge()
    desk.step("move", atoms=(atom,), to=other)
    desk.step("lock", piece=own)
    before = desk.seen()
    for kind, asked in (
        ("move", {"atoms": (atom,), "to": own}),
        ("merge", {"piece": own, "to": other}),
        ("split", {"piece": own}),
        ("undo", {}),
        ("lock", {"piece": own}),
    ):
        with pytest.raises(StepRefused):
            desk.step(kind, insist=True, **asked)
    assert desk.seen() == before
    desk.step("unlock", piece=own)
    desk.step("undo")


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("move", {}),
        ("move", {"atoms": (0,), "to": "11010100100100199"}),
        ("move", {"atoms": (9999,)}),
        ("move", {"atoms": (-1,)}),
        ("merge", {"piece": "1"}),
        ("split", {"piece": ""}),
        ("lock", {"piece": "x"}),
        ("dance", {}),
        ("undo", {}),
    ],
)
def test_a_step_that_makes_no_sense_is_refused_in_words(desk: Desk, kind: str, asked: dict[str, Any]) -> None:
    given = {"to": min(desk.draft().now.codes), **asked}
    with pytest.raises(StepRefused):
        desk.step(kind, insist=True, **given)
    assert desk.draft().version == 0


def test_the_result_is_compared_with_the_computed_plan(desk: Desk) -> None:
    def compared() -> drafts.Compared:
        with acting_as(desk.dana):
            now = desk.draft()
            return drafts.compared(now, drafts.pieces_now(now))

    assert (compared().more_percent, compared().moved_households, compared().apart) == (0, 0, 0)
    assert compared().cost == pytest.approx(compared().drawn_cost)
    atom, _, other = desk.edge()
    desk.step("move", atoms=(atom,), to=other)
    assert compared().moved_households == 20
    assert compared().cost != pytest.approx(compared().drawn_cost)
    desk.step("undo")
    assert compared().cost == pytest.approx(compared().drawn_cost)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_steps_the_plan_is_what_they_say_and_can_be_undone_to_the_computed_one(desk: Desk, seed: int) -> None:
    chance, start = random.Random(seed), desk.seen()
    for _ in range(12):
        now = desk.draft()
        codes = sorted(set(now.now.codes))
        piece, to = chance.choice(codes), chance.choice(codes)
        atoms = tuple(at for at, code in enumerate(now.now.codes) if code == piece and chance.random() < 0.5)
        kind = chance.choice(["move", "split", "merge", "undo", "redo"])
        try:
            desk.step(kind, atoms=atoms if kind == "move" else (), piece=piece, to=to, insist=True)
        except StepRefused:
            continue
        assert is_as_its_steps_say(desk)
    while desk.draft().now.is_changed:
        desk.step("undo")
    assert desk.seen() == start


def test_a_plan_of_before_is_drawn_anew_first(town: Town, desk: Desk) -> None:
    with acting_as(WORKER):
        Plan.objects.filter(pk=desk.plan).update(ground=None)
    with pytest.raises(NotByHand) as refused:
        desk.draft()
    assert refused.value.message.key == "districting-hand-no-ground"
