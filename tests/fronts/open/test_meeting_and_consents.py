"""Programs hold the weekly meeting, answer an item's questions, and ask grids for work off their list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.town import Town

from doorstep.areas.models import Area
from doorstep.cases.models import Case, Said
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock

Program = Callable[..., Any]
Reported = Callable[..., Case]
DECIDED = "周五前由社区和物业一起清理完"


# The weekly meeting ---------------------------------------------------------------------------------------------------


def test_dana_holds_the_meeting_and_reads_its_minutes(program: Program, reported: Reported) -> None:
    case, dana, chen = reported(), program("dana"), program("chen")
    chen.post(f"cases/{case.number}/raise", {"words": "要吊车，网格里没有"})
    held = dana.get("meeting").json()
    assert [(each["number"], each["reasons"]) for each in held["agenda"]] == [(case.number, ["raised"])]
    moved = dana.post(f"cases/{case.number}/decide", {"words": DECIDED})
    assert moved.status_code == 200 and moved.json()["move"] == "note"
    day = clock.today().isoformat()
    for decided in (dana.get("meeting").json()["decided"], dana.get("meeting/minutes", day=day).json()):
        assert [(each["number"], each["words"]) for each in decided] == [(case.number, DECIDED)]
    assert dana.get("meeting/minutes", day="2026-01-01").json() == []


def test_what_was_decided_is_kept_from_whoever_does_not_see_the_case(program: Program, reported: Reported) -> None:
    case = reported()
    assert program("dana").post(f"cases/{case.number}/decide", {"words": DECIDED}).status_code == 200
    assert program("command").get("meeting").json()["decided"]
    other = program("other_desk")
    assert other.get("meeting").json()["decided"] == []
    assert other.post(f"cases/{case.number}/decide", {"words": DECIDED}).status_code == 404


@pytest.mark.parametrize("who", ["chen", "water", "ben", "audit"])
def test_nobody_but_a_desk_holds_a_meeting(program: Program, reported: Reported, who: str) -> None:
    case, other = reported(), program(who)
    assert other.get("meeting").status_code == 403
    assert other.get("meeting/minutes", day="2026-01-01").status_code == 403
    assert other.post(f"cases/{case.number}/decide", {"words": DECIDED}).status_code == 403


def test_a_decision_without_words_is_refused_where_it_was_to_stand(program: Program, reported: Reported) -> None:
    case = reported()
    refused = program("dana").post(f"cases/{case.number}/decide", {"words": " 好 "})
    assert refused.status_code == 422 and refused.json()["where"] == "words"


# Questions of the item ------------------------------------------------------------------------------------------------


def answers_to(questions: list[dict[str, Any]]) -> dict[str, str]:
    """Something that fits each question that does not depend on another."""
    fits = {"yes-no": "yes", "number": "2", "date": "2026-11-20", "text": "三楼平台"}
    return {
        each["id"]: fits.get(each["kind"]) or next(iter(each["options"]))
        for each in questions
        if each["depends_on"] is None
    }


def test_chen_answers_what_the_item_asks_and_it_is_asked_no_more(program: Program, reported: Reported) -> None:
    case, chen = reported(), program("chen")
    asked = chen.get(f"cases/{case.number}/questions").json()
    assert asked["item"] == "stairwell-rubbish" and asked["questions"]
    answers = answers_to(asked["questions"])
    moved = chen.post(f"cases/{case.number}/answers", {"item": asked["item"], "answers": answers})
    assert moved.status_code == 200, moved.json()
    left = {each["id"] for each in chen.get(f"cases/{case.number}/questions").json()["questions"]}
    assert not left & answers.keys()


def test_ava_answers_by_her_link(program: Program, reported: Reported, link: Callable[[Case], str]) -> None:
    case, ava = reported(), program()
    asked = ava.get(f"followed/{link(case)}/questions").json()
    answers = answers_to(asked["questions"])
    shown = ava.post(f"followed/{link(case)}/answers", {"item": asked["item"], "answers": answers})
    assert shown.status_code == 200 and shown.json()["life"][-1]["move"] == "note"
    with acting_as(WORKER):
        assert Said.objects.filter(case=case.pk).latest("seq").words


@pytest.mark.parametrize(
    ("answers", "status"),
    [({"no-such-question": "yes"}, 409), ({}, 422), ({"how-much": "x" * 201}, 422)],
)
def test_an_answer_that_fits_nothing_is_refused(
    program: Program, reported: Reported, answers: dict[str, str], status: int
) -> None:
    case = reported()
    sent = {"item": "stairwell-rubbish", "answers": answers}
    assert program("chen").post(f"cases/{case.number}/answers", sent).status_code == status


@pytest.mark.parametrize(("who", "status"), [("eli", 404), ("ben", 403), ("audit", 403)])
def test_who_does_not_see_the_case_neither_reads_nor_answers(
    program: Program, reported: Reported, who: str, status: int
) -> None:
    case, other = reported(), program(who)
    assert other.get(f"cases/{case.number}/questions").status_code == status
    sent = {"item": "stairwell-rubbish", "answers": {"how-much": "yes"}}
    assert other.post(f"cases/{case.number}/answers", sent).status_code == status


# Work off the admission list ------------------------------------------------------------------------------------------


def wish(town: Town, **more: Any) -> dict[str, Any]:
    today = clock.today()
    with acting_as(WORKER):
        code = Area.objects.get(pk=town.community).code
    return {
        "area": code, "what": "协助入户发放换表通知", "why": "水表需要入户更换", "basis": "水务〔2026〕7号",
        "is_duty": False, "from_on": today.isoformat(), "until_on": (today + timedelta(days=20)).isoformat(), **more,
    }  # fmt: skip


def test_water_asks_dana_agrees_and_water_ends_it(program: Program, town: Town) -> None:
    water, dana = program("water"), program("dana")
    consent = water.post("consents", wish(town)).json()["consent"]
    [listed] = dana.get("consents").json()
    assert (listed["consent"], listed["standing"], listed["may_answer"]) == (consent, "asked", True)
    assert [(each["may_answer"], each["may_end"]) for each in water.get("consents").json()] == [(False, True)]
    assert dana.post(f"consents/{consent}/answer", {"yes": True}).status_code == 204
    assert [each["standing"] for each in dana.get("consents").json()] == ["in-force"]
    assert water.post(f"consents/{consent}/end", {"why": "换表已经完成"}).status_code == 204
    [ended] = water.get("consents").json()
    assert (ended["standing"], ended["ended_why"], ended["may_end"]) == ("ended", "换表已经完成", False)


def test_a_no_needs_its_reason(program: Program, town: Town) -> None:
    water, dana = program("water"), program("dana")
    consent = water.post("consents", wish(town)).json()["consent"]
    refused = dana.post(f"consents/{consent}/answer", {"yes": False})
    assert refused.status_code == 422 and refused.json()["where"] == "answer"
    assert dana.post(f"consents/{consent}/answer", {"yes": False, "answer": "人手不足"}).status_code == 204
    assert [each["answer"] for each in water.get("consents").json()] == ["人手不足"]


def test_only_those_concerned_answer_and_end(program: Program, town: Town) -> None:
    callers = {who: program(who) for who in ("water", "other_desk", "eli", "audit", "ben", "chen")}
    consent = callers["water"].post("consents", wish(town)).json()["consent"]
    for who, status in (("other_desk", 409), ("eli", 409), ("water", 403), ("audit", 403), ("ben", 403)):
        assert callers[who].post(f"consents/{consent}/answer", {"yes": True}).status_code == status, who
    for who, status in (("other_desk", 409), ("eli", 409), ("audit", 403), ("ben", 403)):
        assert callers[who].post(f"consents/{consent}/end", {"why": "不需要了"}).status_code == status, who
    assert callers["other_desk"].get("consents").json() == []
    assert callers["chen"].post("consents", wish(town)).status_code == 403


def test_what_cannot_be_asked_says_where(program: Program, town: Town) -> None:
    water = program("water")
    assert water.post("consents", wish(town, area="110101001001")).json()["where"] == "area"
    assert water.post("consents", wish(town, item="no-such-item")).json()["where"] == "item"
    assert water.post("consents", wish(town, until_on="2026-01-01")).json()["where"] == "until_on"
