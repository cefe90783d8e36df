"""What becomes of open cases when the grids around them change, and what is counted as cases move."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from django.db import connection

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
from doorstep.events.cases import CaseMoved
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


COUNTED = {
    ("dispatch", ""): "reported",
    ("close", "solved"): "solved",
    ("close", "explained"): "explained",
    ("close", "out-of-scope"): "out_of_scope",
    ("reopen", ""): "reopened",
}
"""Which column a move adds to, by its outcome where that matters. A report counts once it has a place and a class."""


@on(CaseMoved)
def count(events: Sequence[CaseMoved]) -> None:
    """Add what happened to the roll-ups: one statement, whatever the number of moves."""
    rows = [
        {"case": event.case, "column": column, "day": local_date(event.heard_at).isoformat()}
        for event in events
        if (column := _column(event)) is not None
    ]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [orjson.dumps(rows).decode()])


def _column(event: CaseMoved) -> str | None:
    if event.move == "dispatch" and event.from_state != "classified":
        return None
    outcome = str(event.facts.get("outcome", "")) if event.move == "close" else ""
    return COUNTED.get((event.move, outcome))


# A case that is dispatched again after a decline was counted when it was first dispatched. Rows are taken in one
# order, so that two workers never wait for each other in a circle.
_COUNT = """
INSERT INTO cases_tally AS t (day, county_id, subdistrict_id, community_id, case_class,
    reported, solved, explained, out_of_scope, reopened)
SELECT CASE r."column" WHEN 'reported' THEN (c.reported_at AT TIME ZONE 'Asia/Shanghai')::date ELSE r.day END AS on_day,
    c.county_id, c.subdistrict_id, c.community_id, c.case_class,
    count(*) FILTER (WHERE r."column" = 'reported'), count(*) FILTER (WHERE r."column" = 'solved'),
    count(*) FILTER (WHERE r."column" = 'explained'), count(*) FILTER (WHERE r."column" = 'out_of_scope'),
    count(*) FILTER (WHERE r."column" = 'reopened')
FROM jsonb_to_recordset(%s::jsonb) AS r("case" bigint, "column" text, day date)
JOIN cases_case c ON c.id = r."case"
WHERE c.community_id IS NOT NULL AND c.subdistrict_id IS NOT NULL AND c.county_id IS NOT NULL AND c.case_class <> ''
    AND NOT (r."column" = 'reported' AND EXISTS (
        SELECT FROM cases_event e WHERE e.case_id = c.id AND e.move IN ('decline', 'reopen')))
GROUP BY 1, 2, 3, 4, 5 ORDER BY c.community_id, on_day, c.case_class
ON CONFLICT (community_id, day, case_class) DO UPDATE SET
    reported = t.reported + excluded.reported, solved = t.solved + excluded.solved,
    explained = t.explained + excluded.explained, out_of_scope = t.out_of_scope + excluded.out_of_scope,
    reopened = t.reopened + excluded.reopened
"""
