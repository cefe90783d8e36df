"""The counter of a station: one screen, a number, and a code that is the visitor's own."""

from __future__ import annotations

import re

import pytest
from tests.visiting import signed_in

from doorstep.cases.models import Case, Contact, Event
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import from_json, text


def cases() -> list[Case]:
    with acting_as(WORKER):
        return list(Case.objects.all())


def form_of(visitor) -> dict[str, str]:
    page = visitor.get("/desk/counter/").content.decode()
    return dict(re.findall(r'name="(form)" value="([^"]*)"', page))


@pytest.mark.parametrize("who", ["dana", "chen"])
def test_a_visitor_takes_number_and_code_home(town, who):
    worker = signed_in(town, who)
    sent = {**form_of(worker), "words": "楼道灯坏了", "door": str(town.door), "who": "neighbour", "why": "no-phone"}
    slip = worker.post("/desk/counter/", sent)
    (case,) = cases()
    shown = slip.content.decode()
    assert slip.status_code == 200 and case.number in shown and "<svg" in shown
    assert slip.headers["Cache-Control"] == "no-store"
    assert (case.source, case.door_id, case.community_id) == ("station", town.door, town.community)
    with acting_as(WORKER):
        facts = Event.objects.get(case=case, seq=1).facts
    assert text(from_json(facts["because"])) == "替邻居反映：没有手机或不会用。"


def test_the_slip_again_is_the_same_case(town):
    worker = signed_in(town, "chen")
    sent = {**form_of(worker), "words": "楼道灯坏了"}
    first, again = (worker.post("/desk/counter/", sent).content.decode() for _ in range(2))
    (case,) = cases()
    assert case.number in first and case.number in again


def test_nothing_more_than_a_sentence_is_asked(town):
    assert signed_in(town, "chen").post("/desk/counter/", {"words": "路不平"}).status_code == 200
    with acting_as(WORKER):
        assert not Contact.objects.exists()
        assert "because" not in Event.objects.get().facts


@pytest.mark.parametrize(("field", "value", "kept"), [("phone", "1", "路不平"), ("words", "", "")])
def test_what_cannot_be_is_refused_and_kept(town, field, value, kept):
    answer = signed_in(town, "dana").post("/desk/counter/", {"words": "路不平", "name": "王", field: value})
    shown = answer.content.decode()
    assert answer.status_code == 422 and kept in shown and 'value="王"' in shown and cases() == []


@pytest.mark.parametrize("who", ["ben", "water", "audit"])
def test_others_have_no_counter(town, who):
    assert signed_in(town, who).get("/desk/counter/").status_code == 403
    assert signed_in(town, who).post("/desk/counter/", {"words": "x"}).status_code == 403
    assert cases() == []


def test_a_door_of_another_community_is_not_written_down(town):
    signed_in(town, "other_desk").post("/desk/counter/", {"words": "路不平", "door": str(town.door)})
    assert cases()[0].door_id is None and cases()[0].community_id == town.other_community


def test_words_are_shown_as_words(town):
    slip = signed_in(town, "chen").post("/desk/counter/", {"words": "<script>alert(1)</script>灯"})
    assert "<script>alert" not in slip.content.decode()


def test_danger_is_told_before_the_slip(town):
    shown = signed_in(town, "chen").post("/desk/counter/", {"words": "煤气泄漏了"}).content.decode()
    assert shown.index("tel:119") < shown.index("case-number")


def test_the_desks_own_form_asks_for_whom_and_why_too(town):
    dana = signed_in(town, "dana")
    assert dana.post("/desk/report/", {"words": "路灯不亮了", "who": "family", "why": "cannot-come"}).status_code == 303
    with acting_as(WORKER):
        assert Event.objects.get(seq=1).facts["because"]["key"] == "counter-because"
