"""What may be asked of the grassroots beside cases; what may not is refused by row and field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shipped import shipped_catalogue

from doorstep.catalogue.held_facts import held_facts
from doorstep.catalogue.rules.demanding import (
    LONGEST,
    MOST_FIELDS,
    Demand,
    DemandKind,
    Field,
    FieldKind,
    faults,
    least_minutes,
    minutes_a_year,
    round_on,
    rounds,
)

TODAY = date(2026, 11, 23)
FACTS = tuple(held_facts().values())
NEW = Field("需要多少袋融雪盐", FieldKind.NUMBER)
GOOD = Demand(
    DemandKind.FORM,
    "冬季备货",
    "下雪前备齐",
    "城管〔2026〕9号",
    "grid",
    5,
    1,
    TODAY,
    TODAY + timedelta(days=20),
    (NEW,),
    is_duty=False,
)


def wrong(wanted: Demand, role: str = "subdistrict", item: str = "") -> list[str]:
    known = shipped_catalogue().items.get(item)
    return [fault.where for fault in faults(wanted, role=role, item=known, facts=FACTS, today=TODAY)]


def test_a_good_one_has_no_fault() -> None:
    assert wrong(GOOD) == []


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"is_duty": True}, "is_duty"),
        ({"title": " "}, "title"),
        ({"basis": ""}, "basis"),
        ({"from_on": TODAY - timedelta(days=1)}, "from_on"),
        ({"until_on": None}, "until_on"),
        ({"until_on": TODAY - timedelta(days=1)}, "until_on"),
        ({"until_on": TODAY + LONGEST + timedelta(days=1)}, "until_on"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 601}, "minutes"),
        ({"times_a_year": 0}, "times_a_year"),
        ({"times_a_year": 251}, "times_a_year"),
        ({"to_level": "county"}, "to_level"),
        ({"to_level": "subdistrict"}, "to_level"),
        ({"fields": ()}, "fields"),
        ({"fields": (Field("社区", FieldKind.HELD, "area-name"),)}, "fields"),
        ({"fields": (NEW,) * (MOST_FIELDS + 1)}, "fields"),
        ({"fields": (NEW, replace(NEW, label=" 需要多少袋融雪盐"))}, "fields.2"),
        ({"fields": (NEW, Field("", FieldKind.TEXT))}, "fields.2"),
        ({"fields": (NEW, Field("盐" * 61, FieldKind.TEXT))}, "fields.2"),
        ({"fields": (NEW, Field("x", FieldKind.HELD, "no-such-fact"))}, "fields.2"),
        ({"fields": (NEW, Field("总户数", FieldKind.NUMBER))}, "fields.2"),
        ({"kind": DemandKind.REPORT}, "fields"),
        ({"kind": DemandKind.TASK, "fields": ()}, "item"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(more: dict[str, object], where: str) -> None:
    assert wrong(replace(GOOD, **more)) == [where]


def test_ten_thousand_fields_are_one_fault_and_not_ten_thousand() -> None:
    many = tuple(Field(f"第{n}栏", FieldKind.TEXT) for n in range(10_000))
    assert wrong(replace(GOOD, fields=many)) == ["fields"]


def test_what_only_departments_do_is_not_pushed_down_whoever_asks() -> None:
    assert wrong(GOOD, item="passport") == ["is_duty"]
    task = replace(GOOD, kind=DemandKind.TASK, fields=())
    assert wrong(task, item="stairwell-rubbish") == []


def test_the_same_fact_is_refused_whatever_is_said_about_it_and_a_like_one_with_a_reason_is_not() -> None:
    same = replace(NEW, label="总户数", why_new="我们自己的口径不一样")
    assert wrong(replace(GOOD, fields=(same,))) == ["fields.1"]
    alike = replace(NEW, label="本网格微网格员数量及变化")
    assert wrong(replace(GOOD, fields=(alike,))) == ["fields.1"]
    assert wrong(replace(GOOD, fields=(replace(alike, why_new="要的是半年来的变化"),))) == []


def test_what_is_held_costs_no_minutes() -> None:
    held = Field("社区", FieldKind.HELD, "area-name")
    assert least_minutes(DemandKind.FORM, (NEW, held, held)) == least_minutes(DemandKind.FORM, (NEW,)) == 4
    assert least_minutes(DemandKind.NOTICE, ()) == 1


def test_twice_a_year_falls_due_on_its_first_day_and_half_a_year_later() -> None:
    last = TODAY + timedelta(days=360)
    assert rounds(TODAY, last, 2) == [TODAY, TODAY + timedelta(days=182)]
    assert [round_on(TODAY + timedelta(days=n), TODAY, last, 2) for n in (-1, 0, 181, 182, 360, 361)] == [
        None, 0, 0, 1, 1, None,
    ]  # fmt: skip


@given(st.integers(1, 250), st.integers(0, 366))
def test_it_falls_due_in_order_and_inside_its_days(times: int, length: int) -> None:
    last = TODAY + timedelta(days=length)
    days = rounds(TODAY, last, times)
    assert days[0] == TODAY and days[-1] <= last and days == sorted(set(days))
    assert round_on(last, TODAY, last, times) == len(days) - 1


def test_the_busiest_recipient_counts() -> None:
    asked = [("321102001", 10, 12), ("321102001001001", 5, 2), ("321102002", 600, 250)]
    assert minutes_a_year(asked, ["321102001001001", "321102001001002"]) == 130
    assert minutes_a_year(asked, []) == 0
