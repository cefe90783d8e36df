"""What is known about cases: the facts that the steps decide with, and the lists that people see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any

from django.db.models import Count

from doorstep.areas import queries as areas
from doorstep.areas.models import Area, Door
from doorstep.cases.models import Case, Event, Said
from doorstep.cases.rules.facts import AreaCode, UnitFacts, UnitId
from doorstep.catalogue.files import read_catalogue
from doorstep.catalogue.item import Catalogue, Level
from doorstep.core.time.working_days import Calendar
from doorstep.engines.wording import Classifier, train
from doorstep.staff import queries as staff

LEVEL_OF_UNIT = {
    "grid_team": Level.GRID,
    "property_company": Level.PROPERTY,
    "community_desk": Level.COMMUNITY,
    "subdistrict_office": Level.SUBDISTRICT,
    "department": Level.DEPARTMENT,
}


@cache
def catalogue() -> Catalogue:
    """The items, classes and limits in force."""
    return read_catalogue()


@cache
def calendar() -> Calendar:
    """Working days and hours."""
    return Calendar()


@cache
def wording() -> Classifier:
    """What the catalogue's own examples teach; learnt once a process."""
    items = [item for item in catalogue().items.values() if item.examples]
    texts = [example for item in items for example in item.examples]
    labels = [item.id for item in items for _ in item.examples]
    return train(texts, labels)


@dataclass
class Surroundings:
    """Everything around a handful of cases, each kind asked for once however many they are."""

    cases: Sequence[Case]
    today: date
    _units: dict[str, list[UnitFacts]] = field(default_factory=dict)
    _codes: dict[int, str] = field(default_factory=dict)

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
        """Who has already said no to each case."""
        found: dict[int, set[UnitId]] = {}
        for case, unit in Event.objects.filter(
            case__in=[case.pk for case in self.cases if case.seq > 4], move="decline"
        ).values_list("case_id", "by_unit"):
            found.setdefault(case, set()).add(UnitId(str(unit)))
        return {case: frozenset(units) for case, units in found.items()}

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
        community = self.code_of(case)[:12]
        if community not in self._units:
            rows = staff.units_around(community, self.today)
            loads = self._loads([row.id for row in rows])
            self._units[community] = [_facts(row, loads.get(row.id, 0)) for row in rows if row.kind in LEVEL_OF_UNIT]
        return self._units[community]

    def _loads(self, units: Sequence[int]) -> dict[int, int]:
        """How much each unit has on its hands."""
        return dict(
            Case.objects.filter(is_open=True, holder_unit__in=units)
            .order_by()
            .values("holder_unit")
            .annotate(n=Count("id"))
            .values_list("holder_unit", "n")
        )


def _facts(row: staff.UnitRow, load: int) -> UnitFacts:
    return UnitFacts(
        id=UnitId(str(row.id)),
        name=row.name,
        level=LEVEL_OF_UNIT[row.kind],
        serves=frozenset({AreaCode(row.area_code)}),
        departments=frozenset({row.subject} if row.subject else ()),
        is_staffed=row.is_staffed,
        is_on_call=row.is_on_call,
        open_cases=load,
    )


def ledger_of(case: int) -> list[Event]:
    """The whole life of a case, oldest first."""
    return list(Event.objects.filter(case=case).order_by("seq"))


def words_of(case: int) -> Mapping[int, Any]:
    """What was said in each row of the ledger, as far as whoever asks may read it."""
    return {said.seq: said for said in Said.objects.filter(case=case)}
