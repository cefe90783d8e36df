"""Why a case came here is told from what the ledger keeps and from the version of the table, years later too."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from doorstep.cases.rules.dispatch import Choice, decide
from doorstep.cases.rules.facts import UnitId
from doorstep.cases.rules.table.moment import moment_of
from doorstep.cases.rules.table.rows import Faults, Row, Table, Words, read_row
from doorstep.cases.rules.why import MOST_ROWS, Why, facts_of, why
from doorstep.catalogue.item import Urgency
from doorstep.core.text import text

DOGS = "stray-dog"


def row(number: int, **words) -> Row:
    given = {"what": (DOGS,), "holder": "community", "reason": f"本地规定之{number}", **words}
    read = read_row(Words(**given), number, 0, Faults())
    assert read is not None
    return read


@pytest.fixture
def told(a_case, everybody, catalogue, calendar, at):
    """`told(table)`: why Ava's case about dogs is where these rows, or the house, sent it."""

    def tell(table: Table | None, *, hour: int = 10, units=everybody, place: str = "", **case) -> Why:
        moment = moment_of(at("2026-11-10", hour), calendar)
        facts = a_case(DOGS, **case)
        decided = decide(facts, units, table, moment)
        assert isinstance(decided.came_of_it, Choice)
        # As the ledger gives it back.
        kept = json.loads(json.dumps(facts_of(decided, facts, table)))
        found = why(kept, moment, table, catalogue, place)
        assert found is not None
        return found

    return tell


def a_table(*rows: Row) -> Table:
    return Table(3, date(2026, 6, 1), rows)


def said(pairs) -> dict[str, str]:
    return {text(name, "zh"): value if isinstance(value, str) else text(value, "zh") for name, value in pairs}


def test_the_row_that_decided_is_named_with_its_reason_and_its_version(told):
    found = told(a_table(row(7)))
    assert (found.rule, found.row, found.version, found.version_from) == ("table", 7, 3, date(2026, 6, 1))
    assert "第 7 号" in text(found.what, "zh") and "本地规定之7" in text(found.what, "zh")
    assert said(found.facts) == {"事项": "流浪犬或不文明养犬"}


def test_of_the_facts_those_are_told_that_the_row_names(told):
    found = told(a_table(row(1, places=("321102001",), urgencies=("ordinary",), hours="08:00-18:00")), place="示例社区")
    assert said(found.facts) == {
        "事项": "流浪犬或不文明养犬",
        "地点": "示例社区",
        "紧急程度": "一般",
        "时间": "2026-11-10 10:00（工作日）",
    }
    assert "321102" in said(told(a_table(row(1, places=("321102001",)))).facts)["地点"]


def test_rows_before_it_about_this_matter_are_told_with_why_they_did_not_fit_others_are_counted(told):
    rows = (
        row(1, what=("street-light",)),
        row(2, hours="20:00-06:00"),
        row(3, places=("321102009",)),
        row(4, urgencies=("urgent",)),
        row(5),
        row(6),
    )
    found = told(a_table(*rows))
    assert found.row == 5 and found.others == 1
    assert [(each.row, each.why.key) for each in found.tried] == [
        (2, "why-not-fits-time"),
        (3, "why-not-fits-places"),
        (4, "why-not-fits-urgencies"),
    ]


def test_a_row_that_fits_and_has_nobody_is_told_so(told, everybody):
    vacant = [replace(each, is_staffed=each.name != "Dana's desk") for each in everybody]
    found = told(a_table(row(1), row(2, holder="subdistrict")), units=vacant)
    assert found.row == 2
    assert [(each.row, each.why.key) for each in found.tried] == [(1, "why-not-vacant")]


def test_more_rows_than_anybody_reads_are_counted(told):
    at_night = [row(number, hours="20:00-06:00") for number in range(1, MOST_ROWS + 4)]
    found = told(a_table(*at_night, row(99)))
    assert (found.row, len(found.tried), found.others) == (99, MOST_ROWS, 3)


def test_without_a_table_the_rule_of_the_house_is_named_and_what_came_before_it(told):
    found = told(None, place="示例社区")
    assert (found.rule, found.version, found.row) == ("grid-team", None, None)
    assert [each.why.key for each in found.tried] == ["why-not-not-critical"]
    assert {"事项", "地点", "紧急程度"} == set(said(found.facts))


def test_what_the_house_decided_after_the_table_tells_the_rows_too(told):
    found = told(a_table(row(1, hours="20:00-06:00")))
    assert (found.rule, found.version) == ("grid-team", 3)
    assert [each.row for each in found.tried if each.row] == [1]


def test_danger_at_night_is_told_with_the_day(told):
    table = a_table(
        row(1, urgencies=("critical",), days=("off",)), row(2, urgencies=("critical",), hours="18:00-08:00")
    )
    found = told(table, hour=22, urgency=Urgency.CRITICAL, declined_by=frozenset({UnitId("nobody")}))
    assert [each.why.key for each in found.tried if each.row == 1] == ["why-not-fits-time"]


def test_what_a_desk_chose_needs_no_facts_and_what_is_older_has_no_answer(catalogue, calendar, at):
    moment = moment_of(at("2026-11-14", 10), calendar)
    by_hand = why({"rule": "by-hand"}, moment, None, catalogue)
    assert by_hand is not None and (by_hand.facts, by_hand.tried) == ((), ())
    assert why({"unit": 3}, moment, None, catalogue) is None


def test_an_item_that_is_gone_and_a_day_off_are_told_all_the_same(catalogue, calendar, at):
    moment = moment_of(at("2026-11-14", 10), calendar)
    kept = {
        "rule": "table",
        "row": 1,
        "table": 3,
        "decided_on": {"item": "no-longer-there", "area": "321102001", "urgency": "ordinary"},
        "tried": [],
    }
    found = why(kept, moment, a_table(row(1, days=("off",))), catalogue)
    assert found is not None and found.version_from is None
    assert said(found.facts) == {"事项": "未确定", "时间": "2026-11-14 10:00（休息日）"}
    without = why(kept, moment, None, catalogue)
    assert without is not None and without.tried == ()
