"""The neighbourhood in which the rules are tried: one subdistrict, two communities, and those who act there.

Ava lives in micro-grid 01 of grid 001; Chen's team works that grid, Eli's the next one; Dana sits at the desk.
"""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

import pytest
from tests.shipped import shipped_catalogue

from doorstep.cases.rules.facts import AreaCode, CaseFacts, UnitFacts, UnitId
from doorstep.catalogue.item import Catalogue, Level, Limits, Urgency
from doorstep.catalogue.wording import classifier as fitted
from doorstep.core.time.working_days import Calendar
from doorstep.core.time.zone import LOCAL
from doorstep.engines.wording import Classifier

SUBDISTRICT = "321102001"
COMMUNITY = f"{SUBDISTRICT}001"
AVAS_MICROGRID = AreaCode(f"{COMMUNITY}00101")
# A Tuesday in an ordinary week.
REPORTED_AT = datetime(2026, 11, 10, 10, 0, tzinfo=LOCAL)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return shipped_catalogue()


@pytest.fixture(scope="session")
def limits(catalogue: Catalogue) -> Limits:
    return catalogue.limits


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture(scope="session")
def at() -> Callable[..., datetime]:
    """`at("2026-11-10", 10, 30)`: that day and hour, on the clock of the place."""

    def moment(day: str, *clock: int) -> datetime:
        return datetime(*(int(part) for part in day.split("-")), *clock, tzinfo=LOCAL)

    return moment


@pytest.fixture(scope="session")
def a_case(catalogue: Catalogue) -> Callable[..., CaseFacts]:
    """`a_case("street-light")`: Ava's case about that item, as urgent as the item is unless told otherwise."""

    def case(item: str | None, *, urgency: Urgency | None = None, area: str = AVAS_MICROGRID, **more) -> CaseFacts:
        found = catalogue.item(item) if item else None
        urgency = urgency or (found.urgency if found else Urgency.ORDINARY)
        return CaseFacts("261110-000042-14", AreaCode(area), found, urgency, REPORTED_AT, **more)

    return case


def unit(name: str, level: Level, *areas: str, **more) -> UnitFacts:
    return UnitFacts(UnitId(name.lower()), name, level, frozenset(AreaCode(area) for area in areas), **more)


@pytest.fixture(scope="session")
def place() -> SimpleNamespace:
    """Everybody who acts in and around Ava's community."""
    return SimpleNamespace(
        chens_team=unit("Chen's team", Level.GRID, f"{COMMUNITY}001"),
        elis_team=unit("Eli's team", Level.GRID, f"{COMMUNITY}002"),
        estate=unit("Estate company", Level.PROPERTY, COMMUNITY),
        desk=unit("Dana's desk", Level.COMMUNITY, COMMUNITY),
        other_desk=unit("Other desk", Level.COMMUNITY, f"{SUBDISTRICT}002"),
        office=unit("Office", Level.SUBDISTRICT, SUBDISTRICT),
        lamps=unit("Street bureau", Level.DEPARTMENT, "321102", departments=frozenset({"urban-management"})),
        gas=unit("Gas company", Level.DEPARTMENT, "321102", departments=frozenset({"gas"}), is_on_call=True),
        police=unit("Police station", Level.DEPARTMENT, SUBDISTRICT, departments=frozenset({"police"})),
    )


@pytest.fixture(scope="session")
def everybody(place: SimpleNamespace) -> list[UnitFacts]:
    return list(vars(place).values())


@pytest.fixture(scope="session")
def classifier(catalogue: Catalogue) -> Classifier:
    return fitted(catalogue)
