"""Find the micro-grid of a case."""

from __future__ import annotations

from datetime import datetime

from doorstep.areas import queries as areas
from doorstep.areas.queries import Place
from doorstep.cases.actions.ledger import Entry, Held, hold
from doorstep.cases.objections import refuse_while_open
from doorstep.cases.queries import Surroundings
from doorstep.cases.rules.complaint import ITEM as COMPLAINT
from doorstep.cases.rules.facts import AreaCode
from doorstep.cases.rules.lifecycle import Move
from doorstep.cases.rules.locate import Located, PlaceAnswer, Way
from doorstep.cases.rules.locate import locate as decide
from doorstep.cases.rules.questions import Question
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import as_json, say
from doorstep.core.time.zone import local_date


class PlaceRefused(Refusal):
    """Not a micro-grid that is in force."""


def locate(held: Held, around: Surroundings, *, at: datetime) -> Entry:
    """By machine: what the door, the pin and the address say; a person is asked when they say too little."""
    found = decide(_answers(held, around))
    if found is None and held.case.item == COMPLAINT and held.case.community_id is not None:
        return _in_its_community(held, at=at)
    if found is None:
        _note_whose_desk(held, around)
        return held.ask(Question.WHERE, at=at)
    return _put(held, around.territory.by_code[found.microgrid], found, at=at)


def _in_its_community(held: Held, *, at: datetime) -> Entry:
    """Where a complaint about staff lies is no question; the desk that would be asked may be whom it is about."""
    because = as_json(say("complaint-located"))
    return held.done(Move.LOCATE, at=at, facts={"certainty": 1.0, "because": because}, look_again_at=at)


def _note_whose_desk(held: Held, around: Surroundings) -> None:
    """A pin on a border still says which community's desk to ask; without any, the command centre is asked."""
    case = held.case
    near = around.territory.at(case.lon, case.lat)[0] if case.lon is not None and case.lat is not None else None
    if near is not None and case.community_id is None:
        case.community_id, case.subdistrict_id, case.county_id = near.community, near.subdistrict, near.county
    elif case.county_id is None:
        case.county_id = around.home_county


def locate_by_hand(case: CaseId, microgrid: str, *, by: Actor, at: datetime) -> Entry:
    """A desk says where it is; the case goes on from there."""
    if not microgrid:
        raise PlaceRefused(say("cases-place-missing"), say("cases-place-unknown-try"), "microgrid")
    place = areas.territory(local_date(at)).by_code.get(microgrid)
    if place is None:
        raise PlaceRefused(say("cases-place-unknown", code=microgrid), say("cases-place-unknown-try"), "microgrid")
    with hold(case, by=by) as held:
        refuse_while_open(held.case.question)
        return _put(held, place, Located(AreaCode(microgrid), 1.0, say("cases-locate-by-hand")), at=at)


def _put(held: Held, place: Place, found: Located, *, at: datetime) -> Entry:
    return held.done(
        Move.LOCATE,
        at=at,
        facts={
            "microgrid": place.code,
            "certainty": round(found.certainty, 3),
            "because": as_json(found.because),
        },
        microgrid_id=place.microgrid,
        grid_id=place.grid,
        community_id=place.community,
        subdistrict_id=place.subdistrict,
        county_id=place.county,
        look_again_at=at,
    )


def _answers(held: Held, around: Surroundings) -> list[PlaceAnswer]:
    case, answers = held.case, []
    door = around.doors.get(case.door_id) if case.door_id else None
    if door is not None:
        place, margin = around.territory.at(door.lon, door.lat)
        answers.append(PlaceAnswer(Way.DOOR_CODE, _code(place), margin_m=margin))
    if case.lon is not None and case.lat is not None:
        place, margin = around.territory.at(case.lon, case.lat)
        answers.append(PlaceAnswer(Way.PIN, _code(place), margin_m=margin))
    return answers


def _code(place: Place | None) -> AreaCode | None:
    return None if place is None else AreaCode(place.code)
