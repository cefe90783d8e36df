"""No row does what the law forbids: it is refused when written, and passed over when a case comes."""

from dataclasses import replace

import pytest

from doorstep.cases.rules.table.checking import Known, checked, faults_of
from doorstep.cases.rules.table.law import Law, against, unlawful
from doorstep.cases.rules.table.rows import Row, To, Words, read_to
from doorstep.catalogue.item import Level
from doorstep.core.text import text

LEVELS = {"1": Level.GRID, "2": Level.COMMUNITY, "3": Level.DEPARTMENT, "4": Level.SUBDISTRICT}


@pytest.fixture
def known(catalogue):
    areas = frozenset({"321102", "321102001", "321102001001"})
    return Known(catalogue, areas, LEVELS, {"1": "一网格", "2": "社区", "3": "供水", "4": "街道"})


def a_row(holder: str, *what: str) -> Row:
    return Row(1, read_to(holder), "本市规定如此", what=what)


@pytest.mark.parametrize(
    ("holder", "what", "laws"),
    [
        ("grid", ("leak-between-flats",), []),
        ("unit:1", ("leak-between-flats",), []),
        ("grid", ("pension-question",), [Law.OFF_THE_LIST]),
        ("unit:1", ("manhole-cover",), [Law.DEPARTMENT_WORK]),
        ("community", ("manhole-cover",), [Law.DEPARTMENT_WORK]),
        ("property", ("manhole-cover",), [Law.DEPARTMENT_WORK]),
        ("subdistrict", ("manhole-cover",), []),
        ("department:water", ("manhole-cover",), []),
        ("department:water", ("unpaid-wages",), [Law.LEGAL_CHANNEL]),
        ("unit:99", ("manhole-cover",), []),
    ],
)
def test_each_law_stands_above_the_table(catalogue, holder, what, laws):
    assert [each.law for each in unlawful(a_row(holder, *what), catalogue.items.values(), LEVELS)] == laws


def test_a_whole_class_with_one_barred_item_names_that_item(catalogue):
    code = catalogue.item("manhole-cover").class_code[:2]
    found = unlawful(a_row("grid", code), catalogue.items.values(), LEVELS)
    assert "manhole-cover" in next(each for each in found if each.law is Law.DEPARTMENT_WORK).items


def test_everything_to_the_grid_is_refused_for_what_has_no_item_too(catalogue):
    laws = {each.law for each in unlawful(a_row("grid"), catalogue.items.values(), LEVELS)}
    assert laws == {Law.NO_ITEM, Law.OFF_THE_LIST, Law.DEPARTMENT_WORK}


def test_a_class_that_holds_a_matter_of_the_courts_is_no_fault(catalogue):
    code = catalogue.item("unpaid-wages").class_code[:2]
    row = a_row("department:human-resources", code)
    assert Law.LEGAL_CHANNEL not in {each.law for each in unlawful(row, catalogue.items.values(), LEVELS)}
    assert against(catalogue.item("unpaid-wages"), Level.DEPARTMENT) is Law.LEGAL_CHANNEL


def test_the_refusal_names_the_rule_the_law_and_the_item(known):
    words = Words(what=("manhole-cover",), holder="grid", reason="就近处理")
    row, faults = checked(words, 3, 0, known)
    assert row.id == 3
    said = text(faults[0].message, "zh")
    assert "国办函〔2025〕66号" in said
    assert known.catalogue.item("manhole-cover").name.zh in said


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"what": ("nothing-known",)}, "what"),
        ({"what": ("9999",)}, "what"),
        ({"places": ("110101",)}, "places"),
        ({"days": ("someday",)}, "days"),
        ({"begins": "2026-12-02", "ends": "2026-12-01"}, "ends"),
        ({"holder": "unit:99"}, "holder"),
        ({"holder": "department:magic"}, "holder"),
        ({"helpers": ("unit:98",)}, "helpers"),
        ({"reason": "短"}, "reason"),
        ({"reason": "长" * 201}, "reason"),
        ({"holder": "nobody"}, "holder"),
        ({"holder": ""}, "holder"),
        ({"hours": "noon"}, "hours"),
        ({"begins": "soon"}, "begins"),
        ({"ends": "late"}, "ends"),
        ({"limit": "soon"}, "limit"),
        ({"urgencies": ("very",)}, "urgencies"),
    ],
)
def test_each_fault_is_told_with_its_column_in_both_languages(known, changed, column):
    words = replace(Words(what=("street-light",), places=("321102001",), holder="unit:4", reason="本市规定"), **changed)
    _, faults = checked(words, 1, 0, known)
    assert [each.column for each in faults] == [column]
    assert text(faults[0].message, "zh") != text(faults[0].message, "en")


def test_a_good_row_has_no_faults(known):
    row = Row(1, To(kind=read_to("department:water").kind), "由供水单位直接办理", what=("water-outage",))
    assert faults_of(row, known) == []
