"""The city's rows come before the rules of the house, in their order, and never against the law or without anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from doorstep.cases.rules.dispatch import Choice, decide
from doorstep.cases.rules.table.moment import moment_of
from doorstep.cases.rules.table.rows import Faults, Row, Table, Words, read_row
from doorstep.catalogue.item import Urgency
from doorstep.core.text import text
from doorstep.core.time.limits import WorkingDays

DOGS = "stray-dog"


def row(number: int, **words) -> Row:
    read = read_row(
        Words(**{"what": (DOGS,), "holder": "community", "reason": "本地规定", **words}), number, 0, Faults()
    )
    assert read is not None
    return read


@pytest.fixture
def sent(a_case, everybody, calendar, at):
    """`sent(row, …)`: whom Ava's case about dogs comes to on a Tuesday at ten, by these rows."""

    def send(*rows: Row, item: str = DOGS, units=everybody, hour: int = 10, **case) -> Choice:
        moment = moment_of(at("2026-11-10", hour), calendar)
        found = decide(a_case(item, **case), units, Table(1, date(2026, 1, 1), rows), moment).came_of_it
        assert isinstance(found, Choice)
        return found

    return send


def test_the_first_row_that_fits_decides_and_says_why(sent, place):
    found = sent(row(1, hours="20:00-06:00", holder="subdistrict"), row(2), row(3, holder="subdistrict"))
    assert found.unit == place.desk.id
    assert "本地规定" in text(found.because, "zh")
    assert sent(row(1, hours="20:00-06:00", holder="subdistrict"), row(2), hour=22).unit == place.office.id


def test_without_a_row_that_fits_the_house_decides(sent, place):
    assert sent(row(1, what=("street-light",))).unit == place.chens_team.id


def test_helpers_do_their_part_each_once_and_never_the_holder(sent, place):
    found = sent(row(1, helpers=("department:police", "community", "department:gas", "department:water")))
    # The street bureau helps with dogs by the catalogue, whoever holds the case.
    assert found.together_with == (place.police.id, place.gas.id, place.lamps.id)


def test_a_limit_goes_with_the_row(sent):
    assert sent(row(1, limit="1 working days")).limit == WorkingDays(1)
    assert sent(row(1)).limit is None


def test_a_row_whose_unit_is_vacant_or_was_right_to_object_is_passed_over(sent, everybody, place):
    vacant = [replace(each, is_staffed=each.id != place.desk.id) for each in everybody]
    assert sent(row(1), row(2, holder="subdistrict"), units=vacant).unit == place.office.id
    assert sent(row(1), row(2, holder="subdistrict"), declined_by=frozenset({place.desk.id})).unit == place.office.id


def test_what_became_unlawful_since_it_was_written_is_passed_over(sent, place):
    pushed_down = row(1, what=("street-light", "manhole-cover"), holder="community")
    assert sent(pushed_down, item="manhole-cover").unit == place.lamps.id


def test_danger_needs_a_row_that_names_it_and_a_unit_on_call(sent, place):
    critical = {"urgency": Urgency.CRITICAL}
    assert sent(row(1), **critical).unit != place.desk.id
    assert sent(row(1, urgencies=("critical",)), **critical).unit != place.desk.id
    assert sent(row(1, urgencies=("critical",), holder="department:gas"), **critical).unit == place.gas.id
