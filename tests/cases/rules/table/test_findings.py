"""A row that can never be reached is told, and two that answer the same case differently are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shipped import shipped_catalogue

from doorstep.cases.rules.table.findings import Finding, Kind, findings
from doorstep.cases.rules.table.moment import DAYS, kinds_of
from doorstep.cases.rules.table.rows import Faults, Words, read_row
from doorstep.catalogue.item import Urgency
from doorstep.core.time.working_days import Calendar

ITEMS = list(shipped_catalogue().items.values())


def rows(*written: dict):
    return [read_row(Words(**{"holder": "subdistrict", "reason": "规定", **each}), n, 0, Faults())
            for n, each in enumerate(written, 1)]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ([{}, {"what": ("street-light",)}], [Finding(Kind.SHADOWED, 2, (1,))]),
        ([{"what": ("street-light",)}, {}], []),
        ([{"urgencies": ("urgent", "ordinary", "complex")}, {}], [Finding(Kind.SHADOWED, 2, (1,))]),
        ([{}, {"urgencies": ("critical",)}], []),
        ([{"places": ("321102",)}, {"places": ("321102001",)}], [Finding(Kind.SHADOWED, 2, (1,))]),
        ([{"places": ("321102001",)}, {"places": ("321102",)}], []),
        ([{"days": ("working", "off")}, {"days": ("mon",)}], [Finding(Kind.SHADOWED, 2, (1,))]),
        ([{"days": DAYS[:7]}, {}], [Finding(Kind.SHADOWED, 2, (1,))]),
        ([{"days": ("sat", "sun")}, {"days": ("off",)}], []),
        ([{"hours": "18:00-08:00"}, {"hours": "22:00-06:00"}], [Finding(Kind.SHADOWED, 2, (1,))]),
        ([{"hours": "08:00-18:00"}, {"hours": "17:00-19:00"}], []),
        ([{"begins": "2026-01-01"}, {"begins": "2026-02-01"}], [Finding(Kind.SHADOWED, 2, (1,))]),
        ([{"ends": "2026-06-30"}, {"begins": "2026-02-01"}], []),
        ([{"what": ("street-light",)}, {"what": ("stray-dog",)}, {"what": ("street-light", "stray-dog")}],
         [Finding(Kind.SHADOWED, 3, (1, 2))]),
        ([{"what": ("unpaid-wages",)}], [Finding(Kind.NEVER, 1)]),
        ([{"begins": "2026-02-02", "ends": "2026-02-01"}], [Finding(Kind.NEVER, 1)]),
        ([{"days": ("mon",)}, {"hours": "08:00-18:00", "holder": "department:water"}],
         [Finding(Kind.CONFLICT, 2, (1,))]),
        ([{"days": ("mon",)}, {"hours": "08:00-18:00"}], []),
        ([{"days": ("mon",)}, {"days": ("tue",), "holder": "department:water", "hours": "08:00-18:00"}], []),
        ([{"hours": "08:00-09:00", "days": ("mon",)}, {"hours": "09:00-10:00", "holder": "department:water"}], []),
        ([{"begins": "2026-03-01", "days": ("mon",)}, {"ends": "2026-02-01", "holder": "department:water"}], []),
        ([{"ends": "2026-02-01", "days": ("mon",)}, {"begins": "2026-03-01", "holder": "department:water"}], []),
        ([{"places": ("321102001",), "days": ("mon",)}, {"places": ("321102002",), "holder": "department:water"}], []),
    ],
)  # fmt: skip
def test_what_is_told_of_the_rows_together(written, found):
    assert findings(rows(*written), ITEMS) == found


few = st.sampled_from
small_rows = st.fixed_dictionaries(
    {
        "what": st.sets(few(["street-light", "stray-dog", "water-outage"]), max_size=2).map(tuple),
        "urgencies": st.sets(few([str(each) for each in Urgency]), max_size=2).map(tuple),
        "places": st.sets(few(["321102", "321102001", "321102001001"]), max_size=1).map(tuple),
        "days": st.sets(few(DAYS), max_size=3).map(tuple),
        "hours": few(["", "08:00-18:00", "18:00-08:00"]),
    }
)


@given(
    st.lists(small_rows, min_size=1, max_size=5),
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.integers(0, 1439),
    few(["street-light", "stray-dog", "water-outage"]),
    few(list(Urgency)),
)
def test_no_case_ever_meets_first_a_row_that_is_told_to_be_shadowed(a_case, written, day, minute, item, urgency):
    from doorstep.cases.rules.table.moment import Moment

    table = rows(*written)
    hidden = {each.row for each in findings(table, ITEMS) if each.kind in (Kind.SHADOWED, Kind.NEVER)}
    moment = Moment(day, minute, kinds_of(day, Calendar()))
    case = a_case(item, urgency=urgency)
    first = next((row.id for row in table if row.fails_on(case, moment) is None), None)
    assert first not in hidden
