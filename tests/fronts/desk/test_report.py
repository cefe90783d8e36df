"""Reports that a desk writes down for a caller."""

from __future__ import annotations

import re

import pytest
from tests.town import MORNING

from doorstep.cases.actions.advance import advance
from doorstep.cases.models import Case, Contact
from doorstep.core.access import WORKER, acting_as

CALL = {"words": "三号楼的路灯不亮了", "source": "hotline-12345", "phone": "138 0000 0000", "name": "王小明"}


def told(browser, **form):
    return browser.post("/desk/report/", {**CALL, **form})


def the_case() -> Case:
    with acting_as(WORKER):
        return Case.objects.latest("id")


def test_a_call_becomes_a_case_like_any_other_with_its_source(sign_in, town):
    dana = sign_in("dana")
    answer = told(dana, door=str(town.door), item="street-light")
    assert answer.status_code == 303
    advance(at=MORNING)
    case = the_case()
    assert (case.source, case.item, case.microgrid_id) == ("hotline-12345", "street-light", town.microgrids[0])
    with acting_as(WORKER):
        assert Contact.objects.get(case=case).phone == "13800000000"
    assert case.number in dana.get(answer["Location"]).content.decode()


def test_a_visitor_who_leaves_no_name_is_heard_too(sign_in, town):
    told(sign_in("dana"), phone="", name="", source="visit")
    with acting_as(WORKER):
        assert not Contact.objects.filter(case=the_case()).exists()


@pytest.mark.parametrize("who", ["subdistrict", "command"])
def test_a_desk_above_keeps_in_sight_what_it_wrote_down(who, sign_in, town):
    above = sign_in(who)
    assert above.get(told(above)["Location"]).status_code == 200


def test_the_subdistrict_may_say_which_community(sign_in, town):
    told(sign_in("subdistrict"), area=str(town.community))
    assert the_case().community_id == town.community


@pytest.mark.parametrize("area", ["0", "abc", "999999"])
def test_an_area_of_somebody_else_counts_as_not_said(area, sign_in, town):
    told(sign_in("subdistrict"), area=area)
    assert (the_case().community_id, the_case().subdistrict_id) == (None, town.subdistrict)


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        ({"words": "   "}, "王小明"),
        ({"words": "灯" * 2001}, "王小明"),
        ({"phone": "not a number"}, "三号楼的路灯不亮了"),
        ({"email": "nobody"}, "三号楼的路灯不亮了"),
    ],
)
def test_what_was_written_stays_when_something_is_wrong(form, kept, sign_in):
    answer = told(sign_in("dana"), **form)
    assert answer.status_code == 200
    assert kept in answer.content.decode() and 'class="summary-of-errors"' in answer.content.decode()
    with acting_as(WORKER):
        assert not Case.objects.exists()


@pytest.mark.parametrize(
    "form", [{"source": "sensor"}, {"source": "<b>"}, {"item": "x"}, {"door": "1e9"}, {"words": "灯\x00"}]
)
def test_what_makes_no_sense_counts_as_not_said(form, sign_in):
    assert told(sign_in("dana"), **form).status_code == 303


def test_a_form_that_is_sent_twice_is_one_case(sign_in):
    dana = sign_in("dana")
    form = re.search(r'name="form" value="([^"]+)"', dana.get("/desk/report/").content.decode())[1]
    assert told(dana, form=form)["Location"] == told(dana, form=form)["Location"]
    assert told(dana, form=form)["Location"] != told(dana, form=form, words="井盖也坏了")["Location"]
    with acting_as(WORKER):
        assert Case.objects.count() == 2


@pytest.mark.parametrize("who", ["chen", "water", "ben", "audit"])
def test_only_desks_report_for_others(who, sign_in):
    assert told(sign_in(who)).status_code == 403
    with acting_as(WORKER):
        assert not Case.objects.exists()
