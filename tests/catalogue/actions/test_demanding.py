"""The subdistrict asks its grids for something beside cases; the public reads it, the grids answer once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.town import MORNING, Town

from doorstep.areas.models import Area
from doorstep.cases.held import facts_of
from doorstep.catalogue import demands
from doorstep.catalogue.actions.demanding import (
    Demand,
    DemandKind,
    DemandRefused,
    DemandUnknown,
    Field,
    FieldKind,
    answer,
    end,
    publish,
)
from doorstep.catalogue.actions.filling import AnswerRefused, NotAsked, fill
from doorstep.catalogue.models import DemandAnswer
from doorstep.core.access import ANONYMOUS, WORKER, Actor, acting_as

TODAY = date(2026, 11, 23)
SALT = Field("需要多少袋融雪盐", FieldKind.NUMBER)
NAME = Field("网格", FieldKind.HELD, "area-name")
GOOD = Demand(
    DemandKind.FORM, "冬季备货", "下雪前备齐", "城管〔2026〕9号", "grid", 1, 2, TODAY, TODAY + timedelta(days=300),
    (NAME, SALT), is_duty=False,
)  # fmt: skip


def published(by: Actor, area: int, wanted: Demand = GOOD) -> tuple[int, str]:
    with acting_as(by):
        return publish(wanted, area, by=by, at=MORNING)


def filled(by: Actor, demand: int, *cells: str, days: int = 0) -> int:
    at = MORNING + timedelta(days=days)
    with acting_as(by):
        return fill(demand, cells, facts_of(by.org or 0, at=at), by=by, at=at)


def test_it_is_public_with_its_minutes_and_everybody_asked_finds_it(town: Town) -> None:
    demand, state = published(town.actor("subdistrict"), town.subdistrict)
    assert state == "published"
    with acting_as(ANONYMOUS):
        row = demands.one(demand)
        assert row is not None and row.recipients == 2
        # Two minutes to open it and one and a half for the number, whatever the asker thought.
        assert row.minutes == 4
        meter = demands.meter(TODAY)
    assert meter.minutes == 8
    assert [(each.asker, each.to_level, each.fillings, each.minutes) for each in meter.burdens] == [
        ("示例subdistrict_office", "grid", 2, 8)
    ]
    with acting_as(town.actor("chen")):
        due = demands.due_for(town.actor("chen"), TODAY)
    assert [(each.row.pk, each.round, each.is_answered) for each in due] == [(demand, 0, False)]
    with acting_as(town.actor("dana")):
        assert demands.due_for(town.actor("dana"), TODAY) == []


def test_what_is_held_is_filled_in_whatever_is_sent_in_its_place(town: Town) -> None:
    demand, _ = published(town.actor("subdistrict"), town.subdistrict)
    chen = town.actor("chen")
    filled(chen, demand, "另一个名字", "12")
    with acting_as(town.actor("subdistrict")):
        row = demands.one(demand)
        assert row is not None
        answers = demands.answers_to(row, TODAY)
    assert [(each.code, list(each.values)) for each in answers] == [("321102001001001", ["第1网格", 12])]
    # Sent again it is corrected; half a year later it is due anew.
    again = filled(chen, demand, "", "13")
    assert filled(chen, demand, "", "7", days=190) != again
    with acting_as(WORKER):
        pass
    with acting_as(chen):
        assert list(DemandAnswer.objects.order_by("round").values_list("round", "values")) == [
            (0, ["第1网格", 13]), (1, ["第1网格", 7]),
        ]  # fmt: skip


@pytest.mark.parametrize(
    "cells", [("", ""), ("", "多"), ("", "1.5"), ("", "-1"), ("", "9" * 20), ("12",), ("", "1", "2")]
)
def test_a_cell_that_its_field_does_not_take_is_refused(town: Town, cells: tuple[str, ...]) -> None:
    demand, _ = published(town.actor("subdistrict"), town.subdistrict)
    with pytest.raises(AnswerRefused):
        filled(town.actor("chen"), demand, *cells)


@pytest.mark.parametrize("who", ["dana", "subdistrict", "other_desk"])
def test_whoever_is_not_asked_does_not_answer(town: Town, who: str) -> None:
    demand, _ = published(town.actor("subdistrict"), town.subdistrict)
    with pytest.raises(NotAsked):
        filled(town.actor(who), demand, "", "1")


def test_days_and_yes_or_no_are_tried_too(town: Town) -> None:
    wanted = replace(GOOD, fields=(Field("灭火器有效吗", FieldKind.YES_NO), Field("最近一次演练", FieldKind.DAY)))
    demand, _ = published(town.actor("subdistrict"), town.subdistrict, wanted)
    for cells in (("maybe", "2026-11-01"), ("yes", "yesterday")):
        with pytest.raises(AnswerRefused):
            filled(town.actor("chen"), demand, *cells)
    assert filled(town.actor("chen"), demand, "yes", "2026-11-01")


def test_a_form_that_asks_for_a_held_fact_is_refused_with_its_row_and_home(town: Town) -> None:
    wanted = replace(GOOD, fields=(SALT, Field("总户数", FieldKind.NUMBER)))
    with pytest.raises(DemandRefused, match=r"第 2 栏“总户数”.*实际居住户数.*区划与楼栋") as refused:
        published(town.actor("subdistrict"), town.subdistrict, wanted)
    assert [fault.where for fault in refused.value.faults] == ["fields.2"]


def test_department_work_is_refused_by_the_name_of_the_law(town: Town) -> None:
    with pytest.raises(DemandRefused, match="国办函〔2025〕66号"):
        published(town.actor("water"), town.county, replace(GOOD, is_duty=True))


def test_nobody_asks_outside_their_territory_nor_of_levels_that_are_not_below(town: Town) -> None:
    for who, area, level in (
        ("dana", town.other_community, "grid"), ("dana", town.community, "community"),
        ("subdistrict", town.county, "grid"), ("dana", town.county, "grid"),
    ):  # fmt: skip
        with pytest.raises(DemandRefused):
            published(town.actor(who), area, replace(GOOD, to_level=level))
    with pytest.raises(DemandRefused, match="没有这一级"):
        published(town.actor("subdistrict"), town.other_community)


def test_over_the_yearly_cap_the_county_agrees_or_says_why_not(town: Town) -> None:
    heavy = replace(GOOD, minutes=120, times_a_year=12)
    demand, state = published(town.actor("subdistrict"), town.subdistrict, heavy)
    assert state == "waiting"
    with acting_as(ANONYMOUS):
        assert demands.one(demand) is None and demands.meter(TODAY).burdens == []
    with pytest.raises(NotAsked):
        filled(town.actor("chen"), demand, "", "1")
    command = town.actor("command")
    for who, yes, words in ((town.actor("subdistrict"), True, ""), (command, False, " ")):
        with acting_as(who), pytest.raises(DemandUnknown):
            answer(demand, yes, words, by=who, at=MORNING)
    with acting_as(command):
        assert demand in {row.pk for row in demands.of(command)}
        answer(demand, True, "", by=command, at=MORNING)
    with acting_as(ANONYMOUS):
        row = demands.one(demand)
        assert row is not None and row.over_cap == 240
    with pytest.raises(DemandRefused, match="县级之上"):
        published(command, town.county, heavy)


def test_what_is_ended_is_counted_until_then_and_asked_no_more(town: Town) -> None:
    by = town.actor("subdistrict")
    demand, _ = published(by, town.subdistrict, replace(GOOD, times_a_year=12))
    for who, why in ((town.actor("dana"), "不再需要"), (by, " ")):
        with acting_as(who), pytest.raises(DemandUnknown):
            end(demand, why, by=who, at=MORNING)
    with acting_as(by):
        end(demand, "雪化了", by=by, at=MORNING + timedelta(days=40))
    with pytest.raises(NotAsked):
        filled(town.actor("chen"), demand, "", "1", days=41)
    with acting_as(ANONYMOUS):
        meter = demands.meter(TODAY + timedelta(days=90))
    assert [month.fillings for month in meter.months if month.fillings] == [2, 2]
    assert meter.alive == []


def test_a_grid_that_was_drawn_anew_keeps_its_answer_and_the_new_one_is_asked(town: Town) -> None:
    demand, _ = published(town.actor("subdistrict"), town.subdistrict)
    chen = town.actor("chen")
    filled(chen, demand, "", "12")
    with acting_as(WORKER):
        old = Area.objects.get(pk=town.grid)
        Area.objects.filter(pk=old.pk).update(valid_until=TODAY)
        Area.objects.create(
            code="321102001001003", level="grid", name="第3网格", parent_id=old.parent_id, county_id=old.county_id,
            subdistrict_id=old.subdistrict_id, community_id=old.community_id, valid_from=TODAY,
        )  # fmt: skip
        new = Area.objects.get(code="321102001001003")
    with acting_as(town.actor("subdistrict")):
        row = demands.one(demand)
        assert row is not None
        assert [(each.name, each.is_ended) for each in demands.answers_to(row, TODAY)] == [("第1网格", True)]
    eva = replace(chen, org=new.pk)
    assert filled(eva, demand, "", "3")


def test_work_off_the_list_stands_in_the_meter_without_minutes(town: Town) -> None:
    from doorstep.catalogue.actions import consenting

    water, dana = town.actor("water"), town.actor("dana")
    wish = consenting.Asked(
        town.community, "登记空置房屋", "摸清底数", "〔2026〕12号", TODAY, TODAY + timedelta(days=30)
    )
    with acting_as(water):
        consent = consenting.ask(wish, by=water, at=MORNING)
    with acting_as(dana):
        consenting.answer(consent, True, "", by=dana, at=MORNING)
    with acting_as(ANONYMOUS):
        (burden,) = demands.meter(TODAY).burdens
    assert (burden.asker, burden.off_list, burden.minutes) == ("示例water", 1, 0)
