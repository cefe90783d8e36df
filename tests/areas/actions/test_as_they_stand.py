"""Dana draws again, and some micro-grids stay as they are: of the plan in force, or locked in her draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.areas.actions.conftest import build_houses
from tests.areas.plans import approve_as
from tests.town import MORNING, Town

from doorstep.areas import as_they_stand, drafts
from doorstep.areas.actions import by_hand, publishing
from doorstep.areas.actions.by_hand import Asked
from doorstep.areas.actions.drawing import Wishes, draw
from doorstep.areas.models import Building, Plan, PlanAtom, PlanPiece
from doorstep.areas.rules.wishes import WishRefused, weights_of, wishes_of
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import PlanId

QUICK = Wishes(effort="quick")
OTHERWISE = replace(QUICK, seed=5, weights=weights_of({"size": 3.0, "perimeter": 0.0}))


def drawn(town: Town, wishes: Wishes) -> Plan:
    dana = town.actor("dana")
    with acting_as(dana):
        return draw(town.community, wishes, by=dana, at=MORNING)


def homes(plan: int) -> dict[str, frozenset[tuple[int, int | None]]]:
    """The houses of each micro-grid, with their entrances."""
    with acting_as(WORKER):
        rows = PlanAtom.objects.filter(piece__plan=plan).values_list("piece__code", "building", "entrance")
        found: dict[str, set[tuple[int, int | None]]] = {}
        for code, building, entrance in rows:
            found.setdefault(code, set()).add((building, entrance))
    return {code: frozenset(own) for code, own in found.items()}


def in_force(town: Town, plan: int) -> None:
    approve_as(town, "command", plan)
    with acting_as(town.actor("command")):
        publishing.publish(PlanId(plan), date(2026, 11, 23), by=town.actor("command"), at=MORNING)


def locked(plan: int) -> frozenset[str]:
    with acting_as(WORKER):
        return drafts.draft(Plan.objects.get(pk=plan)).now.locked


def test_micro_grids_of_the_plan_in_force_stay_and_are_locked_in_the_draft(town: Town) -> None:
    build_houses(town)
    first = drawn(town, QUICK)
    in_force(town, first.pk)
    before = homes(first.pk)
    kept = tuple(sorted(before)[:2])
    again = drawn(town, replace(OTHERWISE, kept=kept))
    after = homes(again.pk)
    assert all(before[code] in after.values() for code in kept)
    assert {after[code] for code in locked(again.pk)} == {before[code] for code in kept}
    assert wishes_of(again.settings).kept == kept


def test_what_somebody_locked_in_a_draft_survives_drawing_again_and_again(town: Town) -> None:
    build_houses(town)
    first = drawn(town, QUICK)
    dana, code = town.actor("dana"), sorted(homes(first.pk))[1]
    with acting_as(dana):
        by_hand.take(PlanId(first.pk), Asked("lock", 0, piece=code), by=dana, at=MORNING)
        chosen = tuple(as_they_stand.locked_in(Plan.objects.get(pk=first.pk)))
        assert [each.is_locked for each in as_they_stand.keepable(first)].count(True) == 1
    assert chosen == (code,)
    own, last, wished = homes(first.pk)[code], first, code
    for seed in (1, 2):
        last = drawn(town, replace(OTHERWISE, seed=seed, kept=(wished,), kept_of=last.pk))
        [wished] = locked(last.pk)
        assert homes(last.pk)[wished] == own


def test_a_tower_keeps_the_part_of_it_that_was_a_micro_grid(town: Town) -> None:
    houses = build_houses(town)
    with acting_as(WORKER):
        Building.objects.filter(pk=houses[0]).update(lived_in=180, floors=30, entrances=3)
    first = drawn(town, QUICK)
    before = homes(first.pk)
    parts = [code for code, own in before.items() if {house for house, _ in own} == {houses[0]}]
    shared = parts[:1] or [next(code for code, own in before.items() if houses[0] in {house for house, _ in own})]
    again = drawn(town, replace(OTHERWISE, kept=tuple(shared), kept_of=first.pk))
    assert before[shared[0]] in homes(again.pk).values()


@pytest.mark.parametrize(
    ("kept", "kept_of", "key"),
    [
        (("32110200100100199",), None, "wishes-kept-gone"),
        (("x",), None, "wishes-kept-gone"),
        (("32110200100100101",), 10**9, "wishes-kept-no-plan"),
    ],
)
def test_what_is_not_there_cannot_stay(town: Town, kept: tuple[str, ...], kept_of: int | None, key: str) -> None:
    build_houses(town)
    first = drawn(town, QUICK)
    with pytest.raises(WishRefused) as refused:
        drawn(town, replace(QUICK, kept=kept, kept_of=first.pk if kept_of is None else kept_of))
    assert (refused.value.message.key, refused.value.where) == (key, "kept")


def test_where_no_plan_is_in_force_nothing_can_stay(town: Town) -> None:
    build_houses(town)
    with pytest.raises(WishRefused) as refused:
        # The town's own plan knows of no homes.
        drawn(town, replace(QUICK, kept=("32110200100100101",)))
    assert refused.value.message.key == "wishes-kept-no-plan"


def test_a_micro_grid_in_two_parts_cannot_stay(town: Town) -> None:
    build_houses(town)
    first = drawn(town, QUICK)
    code = sorted(homes(first.pk))[0]
    with acting_as(WORKER):
        PlanPiece.objects.filter(plan=first.pk, code=code).update(parts=2)
    with pytest.raises(WishRefused) as refused:
        drawn(town, replace(QUICK, kept=(code,), kept_of=first.pk))
    assert refused.value.message.key == "wishes-kept-apart"


def test_another_communitys_plan_and_one_thrown_away_keep_nothing(town: Town) -> None:
    build_houses(town)
    first = drawn(town, QUICK)
    with acting_as(WORKER):
        assert as_they_stand.plan_to_keep_of(town.other_community, first.pk) is None
        Plan.objects.filter(pk=first.pk).update(state="discarded")
        assert as_they_stand.plan_to_keep_of(town.community, first.pk) is None
        assert as_they_stand.locked_in(Plan.objects.get(pk=first.pk)) == frozenset()


def test_a_draft_of_an_earlier_release_has_nothing_locked(town: Town) -> None:
    build_houses(town)
    first = drawn(town, QUICK)
    dana = town.actor("dana")
    with acting_as(dana):
        by_hand.take(PlanId(first.pk), Asked("lock", 0, piece=sorted(homes(first.pk))[0]), by=dana, at=MORNING)
    with acting_as(WORKER):
        Plan.objects.filter(pk=first.pk).update(ground=None)
        assert as_they_stand.locked_in(Plan.objects.get(pk=first.pk)) == frozenset()
