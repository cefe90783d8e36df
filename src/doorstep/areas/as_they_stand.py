"""What stays as it is when a community is divided again: micro-grids wished of a plan, or locked in a draft; grids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from doorstep.areas import drafts
from doorstep.areas.drafts import NotByHand, short
from doorstep.areas.models import OPEN_STATES, Building, Plan, PlanPiece, PlanState, StepKind
from doorstep.areas.moves import standing_of
from doorstep.areas.plans import homes_of, plan_in_force
from doorstep.areas.rules.homes import followed
from doorstep.areas.rules.wishes import Wishes, WishRefused
from doorstep.core.text import say
from doorstep.engines.districting.problem import Ints

if TYPE_CHECKING:
    from doorstep.engines.districting import AsItStands

NO_GRID: Final = -1


@dataclass(frozen=True)
class Keepable:
    """A micro-grid that could be kept; `is_locked` where somebody locked it in the draft that it is of."""

    code: str
    households: int
    is_locked: bool


def plan_to_keep_of(community: int, number: int) -> Plan | None:
    """The plan whose micro-grids can be kept: the one that is named, if it is of the community, or the one in force."""
    if not number:
        return plan_in_force(community)
    found = Plan.objects.filter(pk=number, community=community).exclude(state=PlanState.DISCARDED)
    return found.defer("ground").first()


def keepable(plan: Plan) -> list[Keepable]:
    """The micro-grids of a plan, by code."""
    locked = locked_in(plan)
    rows = PlanPiece.objects.filter(plan=plan.pk, households__gt=0).order_by("code")
    return [Keepable(code, homes, code in locked) for code, homes in rows.values_list("code", "households")]


def locked_in(plan: Plan) -> frozenset[str]:
    """The micro-grids that somebody locked in a draft; none of any other plan."""
    if plan.state not in OPEN_STATES or not plan.steps.filter(kind=StepKind.LOCK).exists():
        return frozenset()
    try:
        draft = drafts.draft(plan)
    except NotByHand:
        return frozenset()
    return draft.now.locked & frozenset(draft.now.codes)


def kept_of(community: int, wishes: Wishes, rows: Sequence[Building]) -> AsItStands | None:
    """What is to stay as the engine takes it; refuses micro-grids that are not there, or not in one piece."""
    if not wishes.kept:
        return None
    plan = plan_to_keep_of(community, wishes.kept_of)
    standing = standing_of(plan.pk, rows) if plan else None
    if plan is None or standing is None:
        raise WishRefused(say("wishes-kept-no-plan"), say("wishes-kept-try"), "kept")
    parts = dict(PlanPiece.objects.filter(plan=plan.pk).values_list("code", "parts"))
    homes = set(zip(standing.grid.tolist(), standing.number.tolist(), strict=True))
    codes = {code: (int(code[12:15]), int(code[15:])) for code in wishes.kept if code in parts}
    gone = [code for code in wishes.kept if codes.get(code) not in homes]
    if gone:
        raise WishRefused(say("wishes-kept-gone", codes="、".join(map(_named, gone))), say("wishes-kept-try"), "kept")
    if apart := [code for code in codes if parts[code] > 1]:
        raise WishRefused(say("wishes-kept-apart", codes="、".join(map(short, apart))), say("wishes-kept-try"), "kept")
    from doorstep.engines.districting import AsItStands

    return AsItStands(standing, frozenset(codes.values()))


def grids_of(plan: Plan | None, rows: Sequence[Building]) -> Ints:
    """The number of the grid in which each building is now, by most of its homes; -1 for a new building."""
    homes: dict[int, Counter[int]] = {}
    for each in homes_of(plan.pk) if plan else ():
        # Nobody at home is somewhere, too.
        homes.setdefault(each.home.building, Counter())[int(each.code[12:15])] += max(1, each.households)
    if plan is None or not homes:
        raise WishRefused(say("wishes-no-grids"), say("wishes-no-grids-try"), "grids_stay")
    return np.array([homes[row.pk].most_common(1)[0][0] if row.pk in homes else NO_GRID for row in rows], np.int64)


def _named(code: str) -> str:
    return short(code) if len(code) == 17 and code.isdecimal() else code[:17]


def codes_now(plan: Plan, wishes: Wishes) -> list[str]:
    """The codes that the micro-grids that were to stay have in a plan drawn with these wishes."""
    before = plan_to_keep_of(plan.community_id, wishes.kept_of)
    if not wishes.kept or before is None:
        return []
    wished = frozenset(wishes.kept)
    return sorted({each.to for each in followed(homes_of(before.pk), homes_of(plan.pk)) if each.source in wished})
