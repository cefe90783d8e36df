"""What becomes of open cases when the grids around them change."""

from __future__ import annotations

from collections.abc import Sequence

from doorstep.areas import queries as areas
from doorstep.cases.actions import ledger
from doorstep.cases.actions.ledger import Held
from doorstep.cases.models import Case
from doorstep.cases.rules.lifecycle import Move, State
from doorstep.cases.rules.questions import Question
from doorstep.core.access import WORKER
from doorstep.core.text import as_json, say
from doorstep.core.time.zone import local_date
from doorstep.events import on
from doorstep.events.areas import PlanInForce
from doorstep.staff.models import Unit


@on(PlanInForce)
def move_open_cases(events: Sequence[PlanInForce]) -> None:
    """Open cases go where their place now is; ended ones keep the micro-grid they had."""
    for event in events:
        territory = areas.territory(local_date(event.at))
        cases = Case.objects.filter(community=event.community, is_open=True, microgrid__in=event.ended)
        helds = [ledger.held(case, WORKER) for case in cases.select_related("door").select_for_update(of=["self"])]
        closed = set(Unit.objects.exclude(closed_at=None).values_list("pk", flat=True))
        for held in helds:
            _move(held, territory, event, closed)
        ledger.write(helds, by=WORKER)


def _move(held: Held, territory: areas.Territory, event: PlanInForce, closed: set[int]) -> None:
    case = held.case
    point = (case.door.lon, case.door.lat) if case.door else (case.lon, case.lat)
    place = territory.at(*point)[0] if None not in point else None
    if place is None:
        held.ask(Question.WHERE, at=event.at)
        return
    held.done(
        Move.NOTE,
        at=event.at,
        facts={"microgrid": place.code, "because": as_json(say("cases-moved-with-plan"))},
        microgrid_id=place.microgrid,
        grid_id=place.grid,
    )
    if case.holder_unit_id in closed and held.state in {State.DISPATCHED, State.TAKEN}:
        held.ask(Question.WHICH_UNIT, at=event.at)
