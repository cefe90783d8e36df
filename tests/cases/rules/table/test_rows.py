"""A row is met when everything that it names fits, and says what does not."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.cases.rules.facts import UnitId
from doorstep.cases.rules.table.moment import DAYS, Moment, moment_of
from doorstep.cases.rules.table.rows import Faults, Row, Table, To, Words, as_kept, from_kept, read_row, read_to
from doorstep.catalogue.item import Handler, Level, Urgency
from doorstep.core.time.limits import WorkingDays
from doorstep.core.time.working_days import Calendar
from doorstep.core.time.zone import LOCAL

DESK = To(kind=Handler(Level.COMMUNITY))
A_TUESDAY = datetime(2026, 11, 10, 10, 0, tzinfo=LOCAL)


def a_row(**more) -> Row:
    return replace(Row(1, DESK, "本市规定由社区受理"), **more)


@pytest.fixture
def at_ten(calendar):
    return moment_of(A_TUESDAY, calendar)


@pytest.mark.parametrize(
    ("named", "fails_on"),
    [
        ({}, None),
        ({"what": ("stray-dog",)}, None),
        ({"what": ("street-light",)}, "what"),
        ({"places": ("321102001",)}, None),
        ({"places": ("321102002", "32110200100100101")}, None),
        ({"places": ("321102001002",)}, "places"),
        ({"urgencies": (Urgency.ORDINARY,)}, None),
        ({"urgencies": (Urgency.URGENT,)}, "urgencies"),
        ({"days": ("tue",)}, None),
        ({"days": ("off", "mon")}, "time"),
        ({"begins": date(2026, 11, 10), "ends": date(2026, 11, 10)}, None),
        ({"begins": date(2026, 11, 11)}, "time"),
        ({"ends": date(2026, 11, 9)}, "time"),
    ],
)
def test_what_a_row_names_must_fit(a_case, at_ten, named, fails_on):
    case = replace(a_case("stray-dog"), urgency=Urgency.ORDINARY)
    assert a_row(**named).fails_on(case, at_ten) == fails_on


def test_a_class_holds_its_items_and_what_has_no_item_meets_an_open_row_only(a_case, catalogue, at_ten):
    code = catalogue.item("street-light").class_code
    assert a_row(what=(code[:2],)).fails_on(a_case("street-light"), at_ten) is None
    assert a_row(what=(code,)).fails_on(a_case(None), at_ten) == "what"
    assert a_row().fails_on(a_case(None), at_ten) is None


def test_danger_is_met_only_by_a_row_that_names_it(a_case, at_ten):
    case = a_case("street-light", urgency=Urgency.CRITICAL)
    assert a_row().fails_on(case, at_ten) == "urgencies"
    assert a_row(urgencies=(Urgency.CRITICAL,)).fails_on(case, at_ten) is None


@pytest.mark.parametrize(
    ("hours", "inside", "outside"),
    [
        ("09:00-18:00", (540, 1079), (539, 1080)),
        ("18:00-08:00", (1080, 0, 479), (480, 1079)),
        ("00:00-24:00", (0, 1439), ()),
    ],
)
def test_hours_end_before_their_last_minute_and_may_pass_midnight(hours, inside, outside):
    row = read_row(Words(holder="community", reason="夜间", hours=hours), 1, 0, Faults())
    holds = [row.holds_at(Moment(date(2026, 11, 10), minute, frozenset())) for minute in (*inside, *outside)]
    assert holds == [True] * len(inside) + [False] * len(outside)


def test_a_holiday_is_off_and_the_day_worked_for_it_is_not():
    days = Calendar()
    holiday = moment_of(datetime(2026, 10, 1, 9, tzinfo=LOCAL), days)
    worked = moment_of(datetime(2026, 10, 10, 9, tzinfo=LOCAL), days)
    assert holiday.kinds == {"thu", "off"}
    assert worked.kinds == {"sat", "working"}


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("holder", "department"), ("holder", "grid:water"), ("holder", "unit:x"), ("holder", "unit:"),
        ("holder", "nobody"), ("hours", "9-18"), ("hours", "10:00-10:00"), ("hours", "24:00-08:00"),
        ("hours", "25:00-08:00"), ("hours", "aa:bb-08:00"), ("begins", "next week"), ("limit", "soon"),
        ("limit", "0 h"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_by_its_column(column, written):
    faults = Faults()
    words = replace(Words(holder="community", reason="本市规定"), **{column: written})
    assert read_row(words, 1, 0, faults) is None
    assert faults.columns == {column: written}


def test_a_row_for_nobody_is_no_row():
    faults = Faults()
    assert read_row(Words(reason="本市规定"), 1, 0, faults) is None
    assert faults.columns == {"holder": ""}


times = st.tuples(st.integers(0, 1439), st.integers(0, 1440)).filter(lambda pair: pair[0] != pair[1])
clocks = times.map(lambda pair: "-".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in pair))
written_rows = st.builds(
    Words,
    what=st.lists(st.sampled_from(["01", "street-light", "0301"]), unique=True).map(tuple),
    places=st.lists(st.sampled_from(["321102", "321102001001"]), unique=True).map(tuple),
    urgencies=st.lists(st.sampled_from(list(Urgency)), unique=True).map(lambda all_: tuple(str(x) for x in all_)),
    days=st.lists(st.sampled_from(DAYS), unique=True).map(tuple),
    hours=st.just("") | clocks,
    begins=st.just("") | st.dates().map(date.isoformat),
    ends=st.just("") | st.dates().map(date.isoformat),
    holder=st.sampled_from(["unit:12", "grid", "department:water"]),
    helpers=st.lists(st.sampled_from(["unit:13", "community"]), unique=True).map(tuple),
    limit=st.sampled_from(["", "2 working days", "4 working hours", "1 h"]),
    reason=st.text(min_size=1).map(str.strip),
)


@given(written_rows)
def test_what_is_kept_is_read_again_as_it_was(words):
    faults = Faults()
    row = read_row(words, 7, 3, faults)
    assert not faults.columns
    assert from_kept(as_kept(row)) == row


def test_a_row_that_cannot_be_read_is_never_taken_from_the_database_in_silence():
    with pytest.raises(ValueError, match="Row 4"):
        from_kept({"id": 4, "rev": 0, "holder": "somebody"})


def test_a_table_knows_its_rows_by_number():
    table = Table(1, None, (a_row(id=4, limit=WorkingDays(2)),))
    assert table.row(4).limit == WorkingDays(2)
    assert table.row(1) is None
    assert read_to("unit:007") == To(unit=UnitId("7"))
