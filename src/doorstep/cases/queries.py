"""What is known about cases: the facts that the steps decide with, and the lists that people see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Q

from doorstep.areas import queries as areas
from doorstep.areas.models import Area, Door
from doorstep.cases import in_force as tables
from doorstep.cases.models import CalendarDay, Case, Contact, Event, Photo, Said, Sound
from doorstep.cases.rules.classify import Classified
from doorstep.cases.rules.clocks import Clocks, Turn, clocks
from doorstep.cases.rules.danger import Alarm, alarm
from doorstep.cases.rules.deadlines import PromisedBy, promised_by
from doorstep.cases.rules.decline import upheld_against
from doorstep.cases.rules.facts import AreaCode, UnitFacts, UnitId
from doorstep.cases.rules.follow_up import Row, awaits_answer
from doorstep.cases.rules.lifecycle import By as By
from doorstep.cases.rules.lifecycle import Move as Move
from doorstep.cases.rules.lifecycle import State, moves_from
from doorstep.cases.rules.reopen import reopen_by
from doorstep.cases.rules.table import Table
from doorstep.cases.voice import Joined, joined_by
from doorstep.catalogue.in_force import catalogue as catalogue
from doorstep.catalogue.in_force import edition, edition_at
from doorstep.catalogue.item import Catalogue, Item, Level, Urgency
from doorstep.catalogue.shelf import Shelf
from doorstep.catalogue.wording import Taught
from doorstep.core.access import ANONYMOUS, WORKER, acting_as, current_actor
from doorstep.core.time.working_days import Calendar
from doorstep.core.time.zone import local_date
from doorstep.engines.wording import Classifier
from doorstep.staff import queries as staff
from doorstep.staff.models import Unit, UnitKind

LEVEL_OF_UNIT = {
    "grid_team": Level.GRID,
    "property_company": Level.PROPERTY,
    "community_desk": Level.COMMUNITY,
    "subdistrict_office": Level.SUBDISTRICT,
    "department": Level.DEPARTMENT,
    # As high as a company; what it does not do goes to the community.
    "outside": Level.PROPERTY,
}


def level_of(kind: str) -> Level:
    """At which level a unit of this kind acts; whatever else holds a case is as high as an office."""
    return LEVEL_OF_UNIT.get(kind, Level.SUBDISTRICT)


_calendar: tuple[datetime, Calendar] | None = None
CALENDAR_KEPT_FOR: Final = timedelta(seconds=30)


def calendar(at: datetime) -> Calendar:
    """Working days and hours; days that the place has set are heard of within half a minute."""
    global _calendar
    if _calendar is None or abs(at - _calendar[0]) > CALENDAR_KEPT_FOR:
        _calendar = (at, calendar_in_force())
    return _calendar[1]


def calendar_in_force() -> Calendar:
    """The calendar as the database has it at this moment."""
    with nullcontext() if current_actor() is not None else acting_as(ANONYMOUS):
        return Calendar(overrides=dict(CalendarDay.objects.values_list("day", "is_worked")))


def forget_calendar() -> None:
    """The next who asks reads it anew."""
    global _calendar
    _calendar = None


def wording() -> Classifier:
    """What `doorstep train` has taken into use; else what the catalogue's own words and examples teach."""
    kept = wording_shelf().in_use(taught_items())
    return kept.classifier if kept is not None else catalogue_wording()


_taught: Final = Taught()


def catalogue_wording() -> Classifier:
    """What the catalogue in force teaches by itself; learnt once and kept beside the gathered static files.

    When its examples have changed, those before serve until the worker has learnt the new ones.
    """
    return _taught.classifier(catalogue(), kept_in=wording_shelf().folder)


@cache
def wording_shelf() -> Shelf:
    """Where trained classifiers stand."""
    return Shelf(Path(settings.STATIC_ROOT).parent / "wording")


def taught_items() -> frozenset[str]:
    """The items that have examples, so that words may be taken for them."""
    return catalogue().taught


def catalogue_of(case: Case) -> Catalogue:
    """The catalogue by which a case is promised and judged finished: as it stood when the case was reported."""
    return edition_at(case.heard_at).catalogue


def item_of(case: Case) -> Item | None:
    """The item of a case as it stood when the case was reported; one that is newer than the case, as it stands now."""
    return catalogue_of(case).items.get(case.item) or catalogue().items.get(case.item)


def version_of(case: Case, item: Item) -> dict[str, int]:
    """Which version of the item a case keeps, as a fact of the ledger; none while the files rule."""
    found = edition_at(case.heard_at).version_of(item.id) or edition().version_of(item.id)
    return {} if found is None else {"version": found}


@dataclass
class Surroundings:
    """Everything around a handful of cases, each kind asked for once however many they are."""

    cases: Sequence[Case]
    today: date
    _units: dict[str, list[UnitFacts]] = field(default_factory=dict)
    _codes: dict[int, str] = field(default_factory=dict)
    _tables: dict[int, Table | None] = field(default_factory=dict)

    @cached_property
    def territory(self) -> areas.Territory:
        return areas.territory(self.today)

    @cached_property
    def words(self) -> Mapping[int, str]:
        """The first words of each case."""
        reports = Said.objects.filter(case__in=[case.pk for case in self.cases], seq=1)
        return dict(reports.values_list("case_id", "words"))

    @cached_property
    def doors(self) -> Mapping[int, Door]:
        wanted = {case.door_id for case in self.cases if case.door_id}
        return Door.objects.in_bulk(wanted) if wanted else {}

    @cached_property
    def refusals(self) -> Mapping[int, frozenset[UnitId]]:
        """The units that each case was taken from because they objected and were right."""
        again = [case.pk for case in self.cases if case.seq > 4]
        rows = (
            Event.objects.filter(case__in=again)
            .filter(Q(move="decline") | Q(move="dispatch", facts__has_key="objection"))
            .values_list("case_id", "move", "to_state", "facts", "by_unit")
        )
        told: dict[int, list[Any]] = {}
        for case, *row in rows:
            told.setdefault(case, []).append(row)
        return {case: frozenset(UnitId(each) for each in upheld_against(rows)) for case, rows in told.items()}

    def table_for(self, case: Case) -> Table | None:
        """The city's decision table that rules where the case is; one version a county is asked for once."""
        county = case.county_id or 0
        if county not in self._tables:
            self._tables[county] = tables.in_force(county, self.today)
        return self._tables[county]

    @cached_property
    def raised(self) -> Mapping[int, Level]:
        """The level that called last for the one above it, by case."""
        cases = [case.pk for case in self.cases if case.seq > 4]
        rows = Event.objects.filter(case__in=cases, move="raise").order_by("seq") if cases else Event.objects.none()
        return {case: Level(facts["level"]) for case, facts in rows.values_list("case_id", "facts")}

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar as it is now: the machine reckons with no old one."""
        return calendar_in_force()

    @cached_property
    def turns(self) -> Mapping[int, list[Turn]]:
        """What the ledger of each case tells its clocks."""
        found: dict[int, list[Turn]] = {}
        rows = Event.objects.filter(case__in=[case.pk for case in self.cases]).order_by("case", "seq")
        for case, *row in rows.values_list("case_id", *TURN_COLUMNS):
            found.setdefault(case, []).append(Turn(*row))
        return found

    @cached_property
    def holders(self) -> Mapping[int, Level]:
        """At which level each holder of these cases acts."""
        held_by = {case.holder_unit_id for case in self.cases if case.holder_unit_id}
        kinds = Unit.objects.filter(pk__in=held_by).values_list("pk", "kind")
        return {unit: level_of(kind) for unit, kind in kinds}

    @cached_property
    def home_county(self) -> int | None:
        return areas.home_county()

    def code_of(self, case: Case) -> str:
        """The code of the finest area that is known of a case."""
        if case.microgrid_id is not None and (place := self.territory.by_id.get(case.microgrid_id)) is not None:
            return place.code
        area = case.microgrid_id or case.grid_id or case.community_id
        return "" if area is None else self._code_of_area(area)

    def _code_of_area(self, area: int) -> str:
        if area not in self._codes:
            self._codes[area] = Area.objects.values_list("code", flat=True).get(pk=area)
        return self._codes[area]

    def units_for(self, case: Case) -> list[UnitFacts]:
        """The units that may act for a case; those of one community are asked for once."""
        return self.units_in(self.code_of(case)[:12])

    def units_in(self, community: str) -> list[UnitFacts]:
        """The units that may act in the community with this code."""
        if community not in self._units:
            # Once a community is needed, those of the other cases soon will be.
            located = {self.code_of(case)[:12] for case in self.cases if case.microgrid_id}
            self._ask_for_units({community} | located - self._units.keys())
        return self._units[community]

    def _ask_for_units(self, communities: Collection[str]) -> None:
        rows = [row for row in staff.units_around(communities, self.today) if row.kind in LEVEL_OF_UNIT]
        loads = self._loads([row.id for row in rows])
        units = [(row, facts_of_unit(row, loads.get(row.id, 0))) for row in rows]
        for community in communities:
            self._units[community] = [facts for row, facts in units if row.acts_in(community)]

    def _loads(self, units: Sequence[int]) -> dict[int, int]:
        """How much each unit has on its hands."""
        return dict(
            Case.objects.filter(is_open=True, holder_unit__in=units)
            .order_by()
            .values("holder_unit")
            .annotate(n=Count("id"))
            .values_list("holder_unit", "n")
        )


def facts_of_unit(row: staff.UnitRow, load: int) -> UnitFacts:
    """A unit as the rules see it."""
    return UnitFacts(
        id=UnitId(str(row.id)),
        name=row.name,
        level=LEVEL_OF_UNIT[row.kind],
        serves=frozenset({AreaCode(row.area_code)}),
        departments=frozenset({row.subject} if row.subject else ()),
        is_staffed=row.is_staffed,
        is_on_call=row.is_on_call,
        is_outside=row.kind == UnitKind.OUTSIDE,
        open_cases=load,
    )


TURN_COLUMNS: Final = ("move", "from_state", "to_state", "heard_at", "by_hat", "facts")


def turns_of(ledger: Iterable[Event]) -> list[Turn]:
    """What the rows of a ledger tell its clocks."""
    return [Turn(*(getattr(event, column) for column in TURN_COLUMNS)) for event in ledger]


def clocks_of(case: Any, turns: Iterable[Turn], calendar: Calendar) -> Clocks | None:
    """Both clocks of a case; None before it is known what it is about."""
    if not case.urgency or case.promised_by is None:
        return None
    usual = catalogue().promise(catalogue().items.get(case.item), Urgency(case.urgency))
    return clocks(turns, reported_at=case.reported_at, promise=usual, calendar=calendar)


def ledger_of(case: int) -> list[Event]:
    """The whole life of a case, oldest first."""
    return list(Event.objects.filter(case=case).order_by("seq"))


def life_of(case: int) -> list[Row]:
    """What the rules of the follow-up are told of a ledger."""
    return list(Event.objects.filter(case=case).order_by("seq").values_list("move", "by_hat", "facts"))


def words_of(case: int) -> Mapping[int, Any]:
    """What was said in each row of the ledger, as far as whoever asks may read it."""
    return {said.seq: said for said in Said.objects.filter(case=case)}


def danger_in(words: str) -> Alarm | None:
    """The danger to life that the words tell of."""
    return alarm(words, catalogue().dangers)


def promise_of(found: Classified, at: datetime) -> PromisedBy:
    """What is promised to whoever reports this now."""
    return promised_by(at, catalogue().promise(found.item, found.urgency), calendar(at))


def microgrid_at(lon: float, lat: float, at: datetime) -> Area | None:
    """The micro-grid in force at a point, with its community."""
    # Plans are not for everybody's eyes, since drafts are among them; where a point lies is.
    with acting_as(WORKER):
        place, _ = areas.territory(local_date(at)).at(lon, lat)
        found = Area.objects.select_related("community").filter(pk=place.microgrid) if place else Area.objects.none()
        return found.defer("outline", "community__outline").first()


@dataclass(frozen=True)
class Followed:
    """All that the reporter may see of a case."""

    case: Case
    ledger: Sequence[Event]
    words: Mapping[int, str]
    photos: Sequence[Photo]
    sounds: Sequence[Sound]
    contact: Contact | None
    units: Mapping[int, str]
    joined: Joined | None

    def moves(self, at: datetime) -> tuple[Move, ...]:
        """What the reporter can do now."""
        moves = moves_from(State(self.case.state), frozenset({By.REPORTER}))
        ended = self.case.ended_at
        is_late = ended is not None and at > reopen_by(ended, catalogue().limits)
        return tuple(move for move in moves if not (move is Move.REOPEN and is_late))

    def may_object(self, at: datetime) -> bool:
        """Whether whoever joined an earlier case can still say that it is not solved."""
        return self.joined is not None and self.joined.may_object(self.ledger, at, catalogue().limits)

    def is_asked_whether_it_held(self, at: datetime) -> bool:
        """Whether the question after the end waits for the reporter's answer."""
        life = [(event.move, event.by_hat, event.facts) for event in self.ledger]
        case = self.case
        return awaits_answer(life, case.state, ended_at=case.ended_at, at=at, limits=catalogue().limits)

    @property
    def turns(self) -> list[Turn]:
        """What its ledger tells its clocks."""
        return turns_of(self.ledger)

    def moves_of(self, hat: By) -> tuple[Move, ...]:
        """What others can do now."""
        return moves_from(State(self.case.state), frozenset({hat}))

    @property
    def reopen_by(self) -> datetime | None:
        """Until when it can be opened again."""
        ended = self.case.ended_at
        return None if ended is None or self.case.state != State.CLOSED else reopen_by(ended, catalogue().limits)


def followed(case: int) -> Followed | None:
    """The life of a case for whoever holds its link; None when there is none."""
    found = Case.objects.select_related("holder_unit", "community").defer("community__outline").filter(pk=case).first()
    if found is None:
        return None
    ledger = ledger_of(case)
    said = Said.objects.filter(case=case).values_list("seq", "words")
    photos = Photo.objects.filter(case=case).defer("image", "thumbnail").order_by("seq", "id")
    joined = joined_by(found)
    heard = [*ledger, *(joined.life if joined else ())]
    named = {unit for event in heard for unit in (event.facts.get("unit"), event.by_unit) if unit is not None}
    return Followed(
        case=found,
        ledger=ledger,
        words=dict(said),
        photos=list(photos),
        sounds=sounds_of(ledger),
        contact=Contact.objects.filter(case=case).first(),
        units=dict(Unit.objects.filter(pk__in=named).values_list("pk", "name")) if named else {},
        joined=joined,
    )


def photo(name: str) -> Photo | None:
    """A picture by its unguessable name, if whoever asks may see its case."""
    return Photo.objects.filter(name=name).first()


def sounds_of(ledger: Sequence[Event]) -> list[Sound]:
    """The spoken notes of a case; nothing is asked where its ledger knows of none."""
    told = [event.case_id for event in ledger if "sound_s" in event.facts]
    return list(Sound.objects.filter(case__in=told).defer("content").order_by("seq", "id")) if told else []


def sound(name: str) -> Sound | None:
    """A spoken note by its unguessable name, if whoever asks may see its case."""
    return Sound.objects.filter(name=name).first()
