"""All that is known of one case, and what may be done with it now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import orjson
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef
from django.db.models.functions import Coalesce, JSONObject

from doorstep.areas import queries as areas
from doorstep.cases.complaints import concerned_by
from doorstep.cases.joined import Likely, Voice, likely, voices_of
from doorstep.cases.models import Case, Photo, Sound
from doorstep.cases.objections import is_open, may_be_objected_to
from doorstep.cases.places import blur_case, step_of
from doorstep.cases.queries import Surroundings, catalogue, item_of
from doorstep.cases.reviews import person_in, proposal_in
from doorstep.cases.rules.admission import Barred, barred_from_grids
from doorstep.cases.rules.clock_moves import offered, sensible
from doorstep.cases.rules.clocks import Turn
from doorstep.cases.rules.decline import arbitrated_by, may_decide, may_overrule
from doorstep.cases.rules.facts import AreaCode, UnitFacts
from doorstep.cases.rules.hats import hats_of
from doorstep.cases.rules.lifecycle import AT_WORK, By, Move, State, moves_from
from doorstep.cases.rules.place_seen import Step
from doorstep.cases.rules.pseudonym import pseudonym
from doorstep.cases.rules.questions import Answerer, Question
from doorstep.cases.rules.unreasonable import WAITS, decides, may_review
from doorstep.cases.standing import Standing, standing
from doorstep.catalogue import consents
from doorstep.catalogue.item import Item, Level
from doorstep.core.access import Actor
from doorstep.core.access.roles import DESKS
from doorstep.core.text import Message, from_json
from doorstep.core.time.zone import local_date


class Happening(NamedTuple):
    """One row of the ledger with the words that belong to it, as far as whoever asks may read them."""

    seq: int
    move: str
    to_state: str
    happened_at: datetime
    heard_at: datetime
    by_hat: str
    facts: dict[str, Any]
    words: str | None
    for_reporter: bool | None
    unit: str | None
    post_kind: str | None
    post_title: str | None

    @property
    def because(self) -> Message | None:
        """Why it happened, as the rule or the person said."""
        kept = self.facts.get("because")
        return from_json(kept) if kept else None


class Other(NamedTuple):
    """Somebody else, and what they may do now."""

    who: By
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Whole:
    """One case with its life, for one actor at one moment."""

    case: Any
    life: Sequence[Happening]
    mine: tuple[Move, ...]
    others: tuple[Other, ...]
    voices: Sequence[Voice]
    likely: Sequence[Likely]
    units: Sequence[UnitFacts]
    places: Sequence[areas.Named]
    standing: Standing | None = None
    step: Step = Step.DOOR
    """How exactly this actor sees where it lies."""
    reviews: bool = False
    """Whether this actor may say if the case is unreasonable: somebody proposed it, and it was not them."""

    @property
    def words(self) -> str:
        """What was reported."""
        return self.life[0].words or "" if self.life else ""

    @property
    def item(self) -> Item | None:
        """Its item, as it stood when the case was reported."""
        return item_of(self.case)

    @property
    def decides_objection(self) -> bool:
        """Whether this actor decides the objection that is open."""
        return is_open(self.case.question) and Move.DISPATCH in self.mine

    @property
    def is_place_blurred(self) -> bool:
        """Whether the place is shown less exactly than it is known."""
        return self.step is not Step.DOOR

    @property
    def proposes_unreasonable(self) -> bool:
        """Whether this actor may propose that it is unreasonable: once a case, while nothing waits for an answer."""
        is_decided = any(decides(each.facts) for each in self.life)
        at_end = self.case.state in (State.DONE, State.VERIFIED)
        return Move.CLOSE in self.mine and not (at_end or is_decided or self.case.question)

    @property
    def may_go_to_grids(self) -> bool:
        """Whether it is on the admission list."""
        return barred_from_grids(catalogue().items.get(self.case.item)) is None

    @property
    def reporter(self) -> Message:
        """The name under which handlers know the reporter."""
        return pseudonym(self.case.number)

    @property
    def asks(self) -> Message | None:
        """The question that the case is parked with."""
        return Question(self.case.question).message if self.case.question else None

    @property
    def answered_by(self) -> Answerer | None:
        """Who answers it."""
        return Question(self.case.question).answered_by if self.case.question else None

    @property
    def answer(self) -> str:
        """The move that the question waits for; empty when there is none."""
        return Question(self.case.question).stops if self.case.question else ""

    def last(self, move: str) -> Happening | None:
        """The latest row of the ledger with this move."""
        return next((each for each in reversed(self.life) if each.move == move), None)

    def is_late(self, at: datetime) -> bool:
        """Whether its holder's time has run out."""
        due = self.case.holder_due_at
        return self.case.state in (State.DISPATCHED, State.TAKEN) and due is not None and due < at


def numbered(number: str) -> Any:
    """The case with this number with the names around it and its pictures; None when this actor sees no such case."""
    return (
        Case.objects.filter(number=number)
        .annotate(
            county_name=F("county__name"),
            subdistrict_name=F("subdistrict__name"),
            community_name=F("community__name"),
            community_code=F("community__code"),
            grid_name=F("grid__name"),
            microgrid_name=F("microgrid__name"),
            microgrid_code=F("microgrid__code"),
            door_name=F("door__name"),
            holder_name=F("holder_unit__name"),
            holder_kind=F("holder_unit__kind"),
            merged_number=F("merged_into__number"),
            place_lon=Coalesce(F("lon"), F("door__lon")),
            place_lat=Coalesce(F("lat"), F("door__lat")),
            pictures=ArraySubquery(_PICTURES),
            spoken=ArraySubquery(_SPOKEN),
        )
        .first()
    )


_PICTURES = (
    Photo.objects.filter(case=OuterRef("pk"))
    .order_by("id")
    .values(kept=JSONObject(name="name", seq="seq", width="width", height="height"))
)

_SPOKEN = (
    Sound.objects.filter(case=OuterRef("pk")).order_by("id").values(kept=JSONObject(name="name", length_s="length_s"))
)


def whole(case: Any, *, by: Actor, at: datetime) -> Whole:
    """Everything around a case that `numbered` found."""
    hats = hats_of(by, case.holder_unit_id)
    state = State(case.state)
    life = _life(case.pk)
    clocks = standing(case, _turns(life), case.holder_kind or "", at=at)
    now, asked = clocks.clocks if clocks else None, case.question
    mine = offered(moves_from(state, hats), now, hats=hats, role=str(by.role), question=asked, at=at)
    unheard = _unheard(case, life, str(by.role), at)
    mine = tuple(move for move in _without_what_waits(asked, str(by.role), mine) if move not in unheard)
    today = local_date(at)
    code = case.microgrid_code or case.community_code or ""
    seen = Whole(
        case=case,
        life=life,
        mine=mine,
        others=_others(state, hats, is_paused=case.paused_until is not None, question=asked, without=unheard),
        voices=voices_of(case),
        likely=likely(case, life[0].words or "" if life else "") if Move.MERGE in mine else (),
        units=_units(case, AreaCode(code), at) if Move.DISPATCH in mine and code else (),
        places=areas.microgrids(case.community_id, today) if Move.LOCATE in mine else (),
        standing=clocks,
        reviews=Move.CLOSE in mine and _reviews(case, by, today),
        step=step_of(case, by, is_holder=By.HOLDER in hats),
    )
    # Only now: where it lies decides who may act and what is near by.
    blur_case(case, seen.step)
    return seen


def _reviews(case: Any, by: Actor, today: date) -> bool:
    if case.question not in WAITS:
        return False
    return may_review(case.question, by=person_in(by.post, today), before=proposal_in(case.pk).spoke)


def _life(case: int) -> list[Happening]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.seq, e.move, e.to_state, e.happened_at, e.heard_at, e.by_hat, e.facts::text, s.words,"
            " s.for_reporter, u.name, p.kind, p.title"
            " FROM cases_event e LEFT JOIN cases_said s ON s.case_id = e.case_id AND s.seq = e.seq"
            " LEFT JOIN staff_unit u ON u.id = e.by_unit LEFT JOIN staff_post p ON p.id = e.by_post"
            " WHERE e.case_id = %s ORDER BY e.seq",
            [case],
        )
        return [Happening._make((*row[:6], orjson.loads(row[6]), *row[7:])) for row in cursor.fetchall()]


def _without_what_waits(question: str, role: str, mine: tuple[Move, ...]) -> tuple[Move, ...]:
    """While an objection is open nothing is corrected; who may not decide it sends nothing."""
    if not is_open(question):
        return mine
    waits = {Move.LOCATE, Move.CLASSIFY}
    return tuple(
        move for move in mine if move not in waits and (move is not Move.DISPATCH or may_decide(role, question))
    )


def _unheard(case: Any, life: Sequence[Happening], role: str, at: datetime) -> frozenset[Move]:
    """What the table of moves allows and would yet be refused whatever was written: it is not offered."""
    decided = arbitrated_by((each.move, each.facts) for each in life)
    unheard = set()
    if case.state in AT_WORK and not may_be_objected_to(case, life, is_arbitrated=decided is not None, at=at):
        unheard.add(Move.DECLINE)
    if role in DESKS and not may_overrule(role, decided):
        unheard.add(Move.DISPATCH)
    return frozenset(unheard)


def _turns(life: Sequence[Happening]) -> list[Turn]:
    was = ["new", *(each.to_state for each in life)]
    return [
        Turn(each.move, before, each.to_state, each.heard_at, each.by_hat, each.facts)
        for before, each in zip(was, life, strict=False)
    ]


def _others(
    state: State, hats: frozenset[By], *, is_paused: bool, question: str, without: frozenset[Move]
) -> tuple[Other, ...]:
    """Who else may do what now; nobody is told of what they may do themselves."""
    shown = (By.REPORTER, By.HOLDER, By.DESK)
    listed = [
        Other(who, sensible(_may(who, state, without), is_paused=is_paused, question=question))
        for who in shown
        if who not in hats
    ]
    return tuple(other for other in listed if other.moves)


def _may(who: By, state: State, without: frozenset[Move]) -> Iterator[Move]:
    unsaid = {Move.ASK, Move.ERASE, *(without - {Move.DISPATCH})}
    return (move for move in moves_from(state, frozenset({who})) if move not in unsaid)


def _units(case: Any, code: AreaCode, at: datetime) -> list[UnitFacts]:
    """The units that a desk may choose from, the nearest first."""
    barred = barred_from_grids(catalogue().items.get(case.item))
    around = Surroundings([case], local_date(at))
    concerned = concerned_by(case, around)
    units = [unit for unit in around.units_in(code[:12]) if unit.id not in concerned]
    # Off the list, a grid is offered only while it has agreed to it.
    community, off_the_list = case.community_id, barred is Barred.OFF_THE_LIST
    agreed = consents.agreed(community, case.item, local_date(at)) if off_the_list else ()
    has_it = str(case.holder_unit_id) if case.state in AT_WORK else ""
    able = [
        unit
        for unit in units
        if unit.is_reached
        and unit.id != has_it
        and (barred is None or unit.level is not Level.GRID or any(each.covers(unit.serves) for each in agreed))
    ]
    return sorted(able, key=lambda unit: unit.place_in_a_list(code))


def place_of(number: str, *, by: Actor) -> tuple[float, float] | None:
    """Where a case lies, in degrees of WGS 84: its own pin, or else its door; None where only the area is shown."""
    case = Case.objects.filter(number=number).select_related("door").first()
    if case is None or step_of(case, by, is_holder=By.HOLDER in hats_of(by, case.holder_unit_id)) is not Step.DOOR:
        return None
    if case.lon is not None and case.lat is not None:
        return case.lon, case.lat
    return (case.door.lon, case.door.lat) if case.door else None
