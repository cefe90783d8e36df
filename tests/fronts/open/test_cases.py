"""Dana's own desk program works the queue; Chen's phone takes, does and notes; everything as the lifecycle allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.fronts.open.conftest import statements
from tests.town import LAT, LON, SQUARE_DEG, Town

from doorstep.cases.models import Case, Event
from doorstep.core.access import WORKER, acting_as
from doorstep.core.access.models import Read


def states(case: Case) -> list[str]:
    with acting_as(WORKER):
        return list(Event.objects.filter(case=case).order_by("seq").values_list("move", flat=True))


def test_the_queue_shows_ones_own_cases_page_by_page(
    program: Callable[..., Any], reported: Callable[..., Case]
) -> None:
    cases = {reported().number for _ in range(5)}
    dana = program("dana")
    first = dana.get("cases", limit=3).json()
    second = dana.get("cases", **{"from": first["later"], "limit": 3}).json()
    assert {row["number"] for row in first["rows"] + second["rows"]} == cases
    assert (second["later"], first["earlier"]) == (None, None)
    assert program("other_desk").get("cases").json()["rows"] == []


def test_the_queue_takes_few_statements_whatever_its_size(
    program: Callable[..., Any], reported: Callable[..., Case]
) -> None:
    for _ in range(4):
        reported()
    dana = program("dana")
    with statements() as asked:
        dana.get("cases")
    assert len(asked) <= 8


@pytest.mark.parametrize(
    "query",
    [{"tab": "gone"}, {"class": "x"}, {"urgency": "now"}, {"holder": "me"}, {"since": "yesterday"}, {"from": "5"},
     {"limit": "0"}, {"limit": "1000000"}],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_is_named(program: Callable[..., Any], query: dict[str, str]) -> None:
    answer = program("dana").get("cases", **query)
    assert (answer.status_code, answer.json()["where"]) == (422, next(iter(query)))


def test_a_case_is_shown_with_its_life_and_that_it_was_opened_is_kept(
    program: Callable[..., Any], reported: Callable[..., Case]
) -> None:
    case, dana = reported(), program("dana", lang="en")
    with statements() as asked:
        shown = dana.get(f"cases/{case.number}").json()
    assert len(asked) <= 12
    assert [step["move"] for step in shown["life"]] == ["report", "locate", "classify", "dispatch"]
    assert shown["where"]["microgrid_code"] == "32110200100100101"
    assert shown["holder"]["name"] == "示例grid_team"
    assert "dispatch" in shown["moves"]
    assert {"who": "holder", "moves": ["take", "decline", "raise", "note", "do"]} in shown["others"]
    from doorstep.core.access import Actor, Role

    with acting_as(Actor(Role.AUDIT_ADMIN)):
        assert Read.objects.filter(what="case", subject=case.pk).count() == 1


def test_a_case_of_somebody_else_looks_like_no_case(program: Callable[..., Any], reported: Callable[..., Case]) -> None:
    case = reported()
    assert program("other_desk").get(f"cases/{case.number}").status_code == 404
    assert program("eli").post(f"cases/{case.number}/take", {}).status_code == 404


def test_chen_takes_notes_and_does_and_ava_says_it_is_solved(
    program: Callable[..., Any], reported: Callable[..., Case], link: Callable[[Case], str]
) -> None:
    case, chen, ava = reported(), program("chen"), program()
    assert [row["number"] for row in chen.get("today").json()] == [case.number]
    assert chen.post(f"cases/{case.number}/take", {}).json()["state"] == "taken"
    assert chen.post(f"cases/{case.number}/note", {"words": "已联系物业"}).status_code == 200
    assert chen.post(f"cases/{case.number}/do", {"words": "已清理"}).json()["state"] == "done"
    told = ava.post(f"followed/{link(case)}/solved", {"words": "谢谢"}).json()
    assert told["state"] == "verified"
    assert [step["words"] for step in told["life"]][-3:] == ["已联系物业", "已清理", "谢谢"]


def test_ava_says_what_is_still_wrong_and_chen_has_it_again(
    program: Callable[..., Any], reported: Callable[..., Case], link: Callable[[Case], str]
) -> None:
    case, chen, ava = reported(), program("chen"), program()
    chen.post(f"cases/{case.number}/do", {"words": "已清理"})
    assert ava.post(f"followed/{link(case)}/not-solved", {"words": "还有一半"}).json()["state"] == "taken"


def test_a_move_that_the_lifecycle_forbids_is_refused_and_leaves_nothing(
    program: Callable[..., Any], reported: Callable[..., Case], link: Callable[[Case], str]
) -> None:
    case = reported()
    before = states(case)
    answer = program("dana").post(f"cases/{case.number}/take", {})
    assert answer.status_code == 409
    assert answer.json()["try_this"]
    assert program().post(f"followed/{link(case)}/reopen", {"words": "还是不行"}).status_code == 409
    assert states(case) == before


def test_whoever_has_not_seen_the_last_row_is_told_so(
    program: Callable[..., Any], reported: Callable[..., Case]
) -> None:
    case, chen = reported(), program("chen")
    assert chen.post(f"cases/{case.number}/take", {"seen": case.seq - 1}).status_code == 409
    assert chen.post(f"cases/{case.number}/take", {"seen": case.seq}).status_code == 200


def test_dana_corrects_place_class_and_unit(
    program: Callable[..., Any], reported: Callable[..., Case], town: Town
) -> None:
    case, dana = reported(), program("dana")
    point = {"lon": LON + SQUARE_DEG * 1.5, "lat": LAT - SQUARE_DEG / 2}
    assert dana.post(f"cases/{case.number}/locate", {"point": point}).status_code == 200
    assert dana.post(f"cases/{case.number}/classify", {"item": "stairwell-rubbish"}).status_code == 200
    unit = {"unit": town.units["community_desk"], "words": "我们自己来"}
    assert dana.post(f"cases/{case.number}/dispatch", unit).status_code == 200
    shown = dana.get(f"cases/{case.number}").json()
    assert shown["where"]["microgrid_code"] == "32110200100100201"
    assert shown["holder"]["id"] == town.units["community_desk"]
    objected = {"words": "不归我们管，应由网格处理", "basis": "duties"}
    assert dana.post(f"cases/{case.number}/decline", objected).status_code == 200


def test_a_place_outside_every_micro_grid_is_refused(
    program: Callable[..., Any], reported: Callable[..., Case]
) -> None:
    case, dana = reported(), program("dana")
    for place in ({}, {"point": {"lon": 0, "lat": 0}}, {"microgrid": "1"}):
        assert dana.post(f"cases/{case.number}/locate", place).status_code == 422


def test_two_cases_become_one(program: Callable[..., Any], reported: Callable[..., Case]) -> None:
    first, second, dana = reported(), reported(), program("dana")
    assert dana.post(f"cases/{second.number}/merge", {"into": first.number}).json()["state"] == "merged"
    assert dana.get(f"cases/{first.number}").json()["voices"] == 1
    assert dana.get(f"cases/{second.number}").json()["merged_into"] == first.number


def test_dana_closes_what_is_not_ours_in_words_and_opens_it_again(
    program: Callable[..., Any], reported: Callable[..., Case]
) -> None:
    case, dana = reported(), program("dana")
    said = {"outcome": "out-of-scope", "words": "这件事由区城管局负责，电话12345"}
    assert dana.post(f"cases/{case.number}/close", said).json()["state"] == "closed"
    assert dana.post(f"cases/{case.number}/reopen", {"words": "城管局退回"}).json()["state"] == "classified"


def test_the_reporter_is_shown_only_for_a_purpose(program: Callable[..., Any], town: Town) -> None:
    sent = {"words": "灯坏了", "place": {"door": "DOOR0001"}, "contact": {"phone": "13800000000"}}
    number, dana = program().post("reports", sent).json()["number"], program("dana")
    assert "13800000000" not in dana.get(f"cases/{number}").content.decode()
    assert dana.post(f"cases/{number}/contact", {"purpose": "visit", "because": ""}).status_code == 422
    assert dana.post(f"cases/{number}/contact", {"because": "约时间上门"}).status_code == 422
    answer = dana.post(f"cases/{number}/contact", {"purpose": "visit", "because": "约时间上门"})
    assert (answer.json()["phone"], answer["Cache-Control"]) == ("13800000000", "no-store")


def test_a_desk_writes_down_what_a_caller_says(program: Callable[..., Any], town: Town) -> None:
    dana = program("dana")
    number = dana.post("cases", {"words": "有人打电话说灯坏了", "source": "hotline-12345"}).json()["number"]
    shown = dana.get(f"cases/{number}").json()
    assert (shown["source"], shown["where"]["community"]) == ("hotline-12345", "示例1社区")


def test_nobody_reports_into_somebody_elses_area(program: Callable[..., Any]) -> None:
    said = {"words": "灯坏了", "place": {"community": "321102001002"}}
    assert program("dana").post("cases", said).status_code == 422
    assert program("subdistrict").post("cases", said).status_code == 201


def test_chen_reports_what_chen_has_seen(program: Callable[..., Any], town: Town) -> None:
    answer = program("chen").post("cases", {"words": "井盖松动", "place": {"door": "DOOR0001"}})
    assert answer.status_code == 201
    assert program("dana").get(f"cases/{answer.json()['number']}").json()["source"] == "grid-worker"


def test_ava_adds_words_changes_and_erases_her_contact_and_withdraws(
    program: Callable[..., Any], reported: Callable[..., Case], link: Callable[[Case], str]
) -> None:
    case, ava = reported(), program()
    path = f"followed/{link(case)}"
    assert ava.post(f"{path}/notes", {"words": "在三楼拐角"}).json()["life"][-1]["words"] == "在三楼拐角"
    assert "****" in ava.send("PUT", f"{path}/contact", {"phone": "13800000000"}).json()["contact"]
    assert ava.send("DELETE", f"{path}/contact").status_code == 204
    assert ava.get(path).json()["contact"] == ""
    assert ava.post(f"{path}/withdraw").json()["state"] == "withdrawn"


@pytest.mark.parametrize("token", ["", "0.0.forged", "%00", "x" * 300])
def test_a_forged_link_opens_nothing(program: Callable[..., Any], token: str) -> None:
    assert program().get(f"followed/{token}").status_code == 404


def test_the_tabs_are_counted(program: Callable[..., Any], reported: Callable[..., Case]) -> None:
    reported()
    counts = program("dana").get("cases/counts").json()
    assert (counts["open"], counts["overdue"]) == (1, 0)


def test_a_lost_link_is_answered_alike_whether_or_not_anything_matched(program: Callable[..., Any], town: Town) -> None:
    sent = {"words": "灯坏了", "place": {"door": "DOOR0001"}, "contact": {"email": "ava@example.org"}}
    number = program().post("reports", sent).json()["number"]
    answers = [
        program().post("links", {"number": number, "contact": contact})
        for contact in ("ava@example.org", "eve@example.org")
    ]
    assert [(answer.status_code, answer.content) for answer in answers] == [(202, b"")] * 2
    told = program("dana").get(f"cases/{number}/notices").json()
    assert [(notice["channel"], notice["seq"]) for notice in told if notice["seq"] == 0] == [("email", 0)]
