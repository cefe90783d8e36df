"""What concerns a whole place in the story: a patrol, a reminder that went out, an emergency mode that is over.

All of it is invented, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from doorstep.core.access import Actor, acting_as


class Seats(NamedTuple):
    """Who does it in the story."""

    desk: Actor
    office: Actor
    centre: Actor
    liaison: Actor


def alert(told: Mapping[str, Any], community: str, by: Seats, at: datetime) -> None:
    """As those in the seats do it themselves, one after the other."""
    patrol(told["patrol"], by, at)
    remind(told["reminder"], community, by, at - timedelta(hours=5))
    snow(told["emergency"], community, by, at - timedelta(days=5))


def patrol(told: Mapping[str, Any], by: Seats, at: datetime) -> int:
    """Founded by the desk, joined by the liaison, who plans the next round; its number."""
    from doorstep.alerts.actions import patrolling

    with acting_as(by.desk, because="demo"):
        made = patrolling.found(told["name"], told["about"], by=by.desk, at=at)
    with acting_as(by.liaison, because="demo"):
        patrolling.join(made, by=by.liaison, at=at)
        walk = patrolling.Walk(at + timedelta(days=2), told["meets"], told["reminds"])
        patrolling.plan(made, walk, by=by.liaison, at=at)
    return made


def remind(told: Mapping[str, Any], community: str, by: Seats, at: datetime) -> int:
    """Drafted by the desk, approved by two; one invented resident subscribed to it. Its number."""
    from doorstep.alerts.actions import reminding, subscribing
    from doorstep.alerts.letters import code_of
    from doorstep.alerts.models import Subscription
    from doorstep.core.access import WORKER

    number = subscribing.ask(told["subscriber"], community, "", agreed=True, with_drills=False, language="zh", at=at)
    with acting_as(WORKER, because="demo"):
        until = Subscription.objects.get(pk=number).code_until
    assert until is not None  # a code was just made
    subscribing.confirm(number, code_of(number, until), at=at)
    wish = reminding.Draft(kind="burst-pipe", words=told["words"], area=community, until=at + timedelta(hours=48))
    with acting_as(by.desk, because="demo"):
        made = reminding.draft(wish, by=by.desk, at=at)
    for other in (by.office, by.centre):
        with acting_as(other, because="demo"):
            reminding.approve(made, by=other, at=at)
    return made


def snow(told: Mapping[str, Any], community: str, by: Seats, at: datetime) -> int:
    """Asked for, approved, one need brought to a door, and ended early; its number."""
    from doorstep.alerts.actions import emergency, needing

    with acting_as(by.desk, because="demo"):
        made = emergency.ask(community, told["reason"], 3, by=by.desk, at=at)
    with acting_as(by.office, because="demo"):
        emergency.approve(made, by=by.office, at=at + timedelta(hours=1))
    when = at + timedelta(hours=4)
    wish = needing.Wish(item="food", quantity=2, home=told["home"], name=told["who"])
    need = needing.tell(made, wish, came_by="resident", at=when)
    with acting_as(by.desk, because="demo"):
        brought = needing.promise(need, 2, told["brings"], by=by.desk, at=when)
        needing.bring(brought, by=by.desk, at=when + timedelta(hours=2))
        emergency.end(made, told["end"], by=by.desk, at=when + timedelta(days=1))
    return made
