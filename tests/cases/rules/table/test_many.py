"""A million cases at once are decided as one case is: every row, every rule, every hour."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases.rules.conftest import COMMUNITY, SUBDISTRICT, unit
from tests.shipped import shipped_catalogue

from doorstep.cases.rules.dispatch import Choice, Explained, choose_unit, decide
from doorstep.cases.rules.facts import AreaCode
from doorstep.cases.rules.table.many import EXPLAINED, NO_ROW, NOBODY, Cases, Ground, Rehearsal, one_of
from doorstep.cases.rules.table.moment import DAYS, moment_of
from doorstep.cases.rules.table.rows import Faults, Table, Words, read_row
from doorstep.catalogue.item import Level, Urgency
from doorstep.core.time.working_days import Calendar

ITEMS = list(shipped_catalogue().items.values())
AREAS = [AreaCode(code) for code in (
    f"{COMMUNITY}00101", f"{COMMUNITY}00102", f"{COMMUNITY}00201", COMMUNITY, f"{SUBDISTRICT}00200101", "321199001001",
)]  # fmt: skip
UNITS = [
    unit("Chen's team", Level.GRID, f"{COMMUNITY}001"),
    unit("Eli's team", Level.GRID, f"{COMMUNITY}002"),
    unit("Estate company", Level.PROPERTY, COMMUNITY, f"{SUBDISTRICT}00200101"),
    unit("Dana's desk", Level.COMMUNITY, COMMUNITY, is_on_call=True),
    unit("Other desk", Level.COMMUNITY, f"{SUBDISTRICT}002"),
    unit("Office", Level.SUBDISTRICT, SUBDISTRICT),
    unit("Lamps", Level.DEPARTMENT, "321102", departments=frozenset({"urban-management"}), open_cases=4),
    unit("Water", Level.DEPARTMENT, "321102", departments=frozenset({"water"})),
    unit("Gas", Level.DEPARTMENT, "321102", departments=frozenset({"gas"}), is_on_call=True),
]
ABSENT = [replace(each, is_staffed=False) for each in UNITS]
few = st.sampled_from
written_rows = st.builds(
    Words,
    what=st.sets(few(["street-light", "stray-dog", "01", "05", "manhole-cover", "water-outage"]), max_size=3).map(
        tuple
    ),
    places=st.sets(few([*AREAS, SUBDISTRICT, "321102"]), max_size=2).map(tuple),
    urgencies=st.sets(few([str(each) for each in Urgency]), max_size=3).map(tuple),
    days=st.sets(few(DAYS), max_size=2).map(tuple),
    hours=few(["", "08:00-18:00", "18:00-08:00"]),
    begins=few(["", "2026-06-01"]),
    ends=few(["", "2026-09-30"]),
    holder=few(["grid", "property", "community", "subdistrict", "department:water", "department:gas"]),
    reason=st.just("本市规定"),
)
cases = st.lists(
    st.tuples(
        st.integers(-1, len(ITEMS) - 1),
        st.integers(0, len(AREAS) - 1),
        st.integers(0, 3),
        st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31)).map(
            lambda at: int(at.replace(tzinfo=UTC).timestamp())
        ),
    ),
    max_size=40,
)


def columns(rows) -> Cases:
    table = np.array(rows, np.int64).reshape(-1, 4)
    return Cases(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


@settings(deadline=None)
@given(st.lists(written_rows, max_size=6), cases, st.sets(st.integers(0, len(UNITS) - 1)))
def test_very_many_are_decided_as_one_by_one(written, told, absent):
    units = [ABSENT[n] if n in absent else each for n, each in enumerate(UNITS)]
    table = Table(1, None, tuple(read_row(each, n, 0, Faults()) for n, each in enumerate(written, 1)))
    all_, ground = columns(told), Ground(ITEMS, AREAS, units, Calendar())
    sent = Rehearsal(all_, ground).sent(table)
    for place, (*_, at) in enumerate(told):
        one = decide(one_of(all_, ground, place), units, table, moment_of(datetime.fromtimestamp(at, UTC), Calendar()))
        expected = {type(None): NOBODY, Explained: EXPLAINED}.get(type(one.came_of_it))
        if isinstance(one.came_of_it, Choice):
            expected = [each.id for each in units].index(one.came_of_it.unit)
        assert sent.unit[place] == expected
        assert sent.row[place] == (one.row.id if one.row else NO_ROW)


def test_every_item_in_every_urgency_is_decided_by_the_house_as_one_by_one():
    told = [(item, area, urgency, 1_780_000_000) for item in range(-1, len(ITEMS)) for area in range(len(AREAS))
            for urgency in range(4)]  # fmt: skip
    all_, ground = columns(told), Ground(ITEMS, AREAS, UNITS, Calendar())
    sent = Rehearsal(all_, ground).sent(None)
    for place in range(len(told)):
        choice = choose_unit(one_of(all_, ground, place), UNITS)
        named = UNITS[sent.unit[place]].id if sent.unit[place] >= 0 else None
        assert named == (choice.unit if isinstance(choice, Choice) else None)


def test_nothing_is_nothing():
    sent = Rehearsal(columns([]), Ground(ITEMS, AREAS, UNITS, Calendar())).sent(Table(1, None, ()))
    assert len(sent.unit) == len(sent.row) == 0


def test_progress_ends_at_one():
    parts: list[float] = []
    table = Table(1, None, (read_row(Words(holder="subdistrict", reason="规定"), 1, 0, Faults()),))
    Rehearsal(columns([(0, 0, 2, 0)]), Ground(ITEMS, AREAS, UNITS, Calendar())).sent(table, parts.append)
    assert parts[-1] == 1.0
    assert parts == sorted(parts)
