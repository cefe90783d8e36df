"""Somebody needs help: a critical case, and the desk and the grid hear of it before any step of the case is made."""

from __future__ import annotations

import pytest
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.distress import NobodyKnowsWhere, call_help
from doorstep.cases.actions.report import Place, Report
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.notices.models import StaffNotice
from doorstep.staff.models import Post


def a_call(town: Town, **place: object) -> Report:
    above = {"community": town.community, "subdistrict": town.subdistrict, "county": town.county}
    return Report("有人需要帮助：突发不适", Place(**{**above, **place}), item="injured-person", source="hall")


def told() -> dict[int, str]:
    with acting_as(WORKER):
        return dict(StaffNotice.objects.filter(channel="sms").values_list("post", "page"))


def test_the_desk_and_the_grid_of_the_place_are_told_at_once(town):
    receipt = call_help(a_call(town, door=town.door), "injured-person", at=MORNING)
    with acting_as(WORKER):
        lead = list(Post.objects.filter(kind="grid_worker", area=town.grid).values_list("pk", flat=True))
        assert Case.objects.get().urgency == "critical"
        assert StaffNotice.objects.first().message["key"] == "help-called"
    assert told() == {
        town.posts["dana"]: f"/desk/cases/{receipt.number}/",
        **dict.fromkeys(lead, f"/field/cases/{receipt.number}/"),
    }
    assert town.posts["eli"] not in told()


def test_a_position_in_another_grid_calls_that_one(town):
    call_help(a_call(town, lon=LON + 1.5 * SQUARE_DEG, lat=LAT - SQUARE_DEG / 2), "injured-person", at=MORNING)
    assert town.posts["eli"] in told() and town.posts["chen"] not in told()


def test_words_alone_call_the_desk(town):
    call_help(a_call(town, words="一楼大厅"), "injured-person", at=MORNING)
    assert list(told()) == [town.posts["dana"]]


def test_nobody_can_come_to_a_place_that_was_not_said(town):
    with pytest.raises(NobodyKnowsWhere):
        call_help(a_call(town), "injured-person", at=MORNING)
    assert told() == {}


def test_a_lead_of_the_grid_is_called_and_one_whose_post_is_abolished_is_not(town):
    with acting_as(WORKER):
        lead = Post.objects.create(kind="grid_lead", area_id=town.grid)
        gone = Post.objects.create(kind="grid_lead", area_id=town.grid, abolished_on=MORNING.date())
    call_help(a_call(town, door=town.door), "injured-person", at=MORNING)
    assert lead.pk in told() and gone.pk not in told()


def test_the_case_is_critical_when_it_is_dispatched(town):
    call_help(a_call(town, door=town.door), "injured-person", at=MORNING)
    advance(at=MORNING)
    with acting_as(WORKER):
        case = Case.objects.get()
    assert (case.urgency, case.state) == ("critical", "dispatched")


def test_no_personal_data_is_in_what_staff_are_told(town):
    said = a_call(town, door=town.door, words="张三家")
    call_help(said, "injured-person", at=MORNING)
    with acting_as(WORKER):
        assert "张三" not in str(StaffNotice.objects.values_list("message", flat=True))
