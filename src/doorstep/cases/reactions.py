"""What becomes of open cases when the grids around them change, and what is counted as cases move."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from django.db import connection
from django.db.models import Q

from doorstep.areas import queries as areas
from doorstep.cases.actions import calling, ledger, neighbours, outside
from doorstep.cases.actions.ledger import Held
from doorstep.cases.models import Case
from doorstep.cases.rules.lifecycle import BEFORE_WORK, ENDED, UNFINISHED, Move, State
from doorstep.cases.rules.outside import HELD
from doorstep.cases.rules.questions import Question
from doorstep.core.access import WORKER
from doorstep.core.text import as_json, say
from doorstep.core.time.zone import local_date
from doorstep.events import on
from doorstep.events.areas import PlanInForce
from doorstep.events.cases import CaseMoved
from doorstep.events.mediation import MediationCame
from doorstep.events.staff import UnitEnded
from doorstep.staff.models import Unit, UnitKind


@on(PlanInForce)
def move_open_cases(events: Sequence[PlanInForce]) -> None:
    """Open cases go where their place now is; ended ones keep the micro-grid they had."""
    for event in events:
        territory = areas.territory(local_date(event.at))
        # A micro-grid may go on inside a grid that is new.
        there = Case.objects.filter(Q(microgrid__in=event.ended) | Q(grid__in=event.ended), is_open=True)
        cases = there.select_related("door").order_by("pk").select_for_update(of=["self"])
        helds = [ledger.held(case, WORKER) for case in cases]
        teams = dict(Unit.objects.filter(kind=UnitKind.GRID_TEAM, closed_at=None).values_list("pk", "area"))
        lost = set(Unit.objects.filter(kind=UnitKind.GRID_TEAM).exclude(closed_at=None).values_list("pk", flat=True))
        for held in helds:
            _move(held, territory, event, teams, lost)
        ledger.write(helds, by=WORKER)
        ledger.announce(helds)


def _move(held: Held, territory: areas.Territory, event: PlanInForce, teams: dict[int, int], lost: set[int]) -> None:
    case = held.case
    place = _place_of(case, territory, event)
    if place is None:
        # Where work has begun, whoever does it knows the place.
        if held.state in BEFORE_WORK:
            held.ask(Question.WHERE, at=event.at)
        return
    held.done(
        Move.NOTE,
        at=event.at,
        facts={"microgrid": place.code, "because": as_json(say("cases-moved-with-plan"))},
        microgrid_id=place.microgrid,
        grid_id=place.grid,
    )
    holder = case.holder_unit_id
    # A grid's team sees the cases of its own grid alone.
    is_out_of_sight = holder in lost or teams.get(holder or 0, place.grid) != place.grid
    if is_out_of_sight and held.state in {State.DISPATCHED, State.TAKEN}:
        held.ask(Question.WHICH_UNIT, at=event.at)


def _place_of(case: Case, territory: areas.Territory, event: PlanInForce) -> areas.Place | None:
    lon, lat = (case.door.lon, case.door.lat) if case.door else (case.lon, case.lat)
    if lon is None or lat is None:
        # The desk named a micro-grid without a point: the case goes on wherever that micro-grid does.
        named = case.microgrid_id or 0
        return territory.by_id.get(event.heirs.get(named, named))
    return territory.at(lon, lat)[0]


@on(UnitEnded)
def ask_who_has_it_now(events: Sequence[UnitEnded]) -> None:
    """What a unit had on its hands when it ended waits for a desk to say who has it now."""
    ended = {event.unit: event.at for event in events}
    at_work = [State.DISPATCHED, State.TAKEN]
    there = Case.objects.filter(holder_unit__in=ended, state__in=at_work, is_open=True)
    helds = [ledger.held(case, WORKER) for case in there.order_by("pk").select_for_update(of=["self"])]
    for held in helds:
        held.ask(Question.WHICH_UNIT, at=ended[held.case.holder_unit_id or 0])
    ledger.write(helds, by=WORKER)
    ledger.announce(helds)
    for event in events:
        outside.end_links_of([event.unit], event.at)


CONCERNS_PARTS = frozenset({Move.DISPATCH, Move.TAKE, Move.DECLINE, Move.DO, Move.VERIFY, Move.REOPEN})


@on(CaseMoved)
def follow_parts(events: Sequence[CaseMoved]) -> None:
    """What becomes of a part concerns the case that it belongs to, and the other way round."""
    concerned = [event for event in events if event.move in CONCERNS_PARTS or event.to_state in ENDED]
    if concerned:
        calling.follow_parts(concerned)


@on(CaseMoved)
def follow_links(events: Sequence[CaseMoved]) -> None:
    """Whoever came by a link comes no more when the case goes to another unit, or ends."""
    gone = [each for each in events if each.from_state in HELD and _leaves(each)]
    if gone:
        outside.follow_links(gone)


def _leaves(event: CaseMoved) -> bool:
    return event.move == Move.DISPATCH or event.to_state not in HELD


@on(CaseMoved)
def forget_neighbours(events: Sequence[CaseMoved]) -> None:
    """Who came to help is known as long as the case is worked on."""
    neighbours.follow(events)


@on(MediationCame)
def hear_of_mediation(events: Sequence[MediationCame]) -> None:
    """A case hears what its mediation came to.

    Its promise runs on meanwhile, as long as nobody pauses a holder's clock: who talks has not been helped yet.
    """
    for event in events:
        there = Case.objects.filter(pk=event.case, state__in=UNFINISHED | {State.VERIFIED}).select_for_update()
        helds = [ledger.held(case, WORKER) for case in there]
        for held in helds:
            because = as_json(say(f"mediation-case-{event.came}", number=event.number))
            facts = {"mediation": event.number, "came": event.came, "because": because}
            held.done(Move.NOTE, at=event.at, facts=facts)
        ledger.write(helds, by=WORKER)
        ledger.announce(helds)


OUTCOME_COLUMNS = {
    "solved": "solved",
    "explained": "explained",
    "out-of-scope": "out_of_scope",
    "unreasonable": "unreasonable",
}
HEARD_COLUMNS = {"confirmed": "confirmed", "unheard": "unheard"}
"""What the reporter said, counted apart: of what was solved, and silence as silence."""
COUNTED = ("reported", "solved", "confirmed", "unheard", "explained", "out_of_scope", "unreasonable", "reopened")


@on(CaseMoved)
def count(events: Sequence[CaseMoved]) -> None:
    """Add what happened to the roll-ups: one statement, whatever the number of moves."""
    rows = [
        {"case": event.case, "seq": event.seq, "column": column, "day": local_date(event.heard_at).isoformat()}
        for event in events
        for column in _columns(event)
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [orjson.dumps(rows).decode()])


def _columns(event: CaseMoved) -> tuple[str, ...]:
    """What a move may add to. A report counts once: when the case is first sent to somebody, or ends before that."""
    match event.move:
        case Move.DISPATCH:
            return ("reported",)
        case Move.CLOSE:
            outcome = str(event.facts["outcome"])
            heard = HEARD_COLUMNS.get(str(event.facts.get("verdict"))) if outcome == "solved" else None
            return ("reported", OUTCOME_COLUMNS[outcome], *([heard] if heard else []))
        case Move.REOPEN:
            return ("reopened",)
    return ()


_NAMES = ", ".join(COUNTED)
_COUNTS = ", ".join(f"""count(*) FILTER (WHERE r."column" = '{name}')""" for name in COUNTED)
_ADDED = ", ".join(f"{name} = t.{name} + excluded.{name}" for name in COUNTED)
# Rows are taken in one order, so that two workers never wait for each other in a circle.
_COUNT = f"""
INSERT INTO cases_tally AS t (day, county_id, subdistrict_id, community_id, case_class, {_NAMES})
SELECT CASE r."column" WHEN 'reported' THEN (c.reported_at AT TIME ZONE 'Asia/Shanghai')::date ELSE r.day END AS on_day,
    c.county_id, c.subdistrict_id, c.community_id, c.case_class, {_COUNTS}
FROM jsonb_to_recordset(%s::jsonb) AS r("case" bigint, seq integer, "column" text, day date)
JOIN cases_case c ON c.id = r."case"
WHERE c.community_id IS NOT NULL AND c.subdistrict_id IS NOT NULL AND c.county_id IS NOT NULL AND c.case_class <> ''
    AND c.source <> 'part'
    AND (r."column" <> 'reported' OR NOT EXISTS (SELECT FROM cases_event e
        WHERE e.case_id = c.id AND e.seq < r.seq AND e.move IN ('dispatch', 'close')))
GROUP BY 1, 2, 3, 4, 5 ORDER BY c.community_id, on_day, c.case_class
ON CONFLICT (community_id, day, case_class) DO UPDATE SET {_ADDED}
"""  # noqa: S608 - names of our own columns
