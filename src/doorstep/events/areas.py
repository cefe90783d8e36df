"""What can happen to the territory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from doorstep.core.ids import AreaId, PlanId


@dataclass(frozen=True)
class PlanInForce:
    """A plan has come into force: these grids and micro-grids are new, those ended.

    `begun` and `ended` hold the level of each area ("grid", "special_grid" or "microgrid") by its id; `heirs` leads
    from those that ended to those that go on with what they did: where at least half of their households are.
    """

    plan: PlanId
    community: AreaId
    begun: Mapping[int, str]
    ended: Mapping[int, str]
    heirs: Mapping[int, int]
    at: datetime


@dataclass(frozen=True)
class PlanSubmitted:
    """A plan waits for the level above: `posts` are those at its desk whose holders may approve it.

    `seq` is that of the step; `community` its name.
    """

    plan: PlanId
    seq: int
    community: str
    posts: tuple[int, ...]
    at: datetime
