"""A program writes the dispatch table, rehearses it, publishes it, asks why a case is here, and hears of objections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.town import Town

from doorstep.cases.actions.rehearsing import work_on_next
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.core.time.zone import local_date

RULE = {"what": ["stairwell-rubbish"], "holder": "community", "reason": "本社区统一清运楼道杂物"}
WHY = "属于小区内部管道，应由物业承办"


def today() -> str:
    return local_date(clock.now()).isoformat()


def the(case: Case) -> Case:
    with acting_as(WORKER):
        return Case.objects.get(pk=case.pk)


def test_a_table_is_written_rehearsed_published_and_followed(
    program: Callable[..., Any], town: Town, reported: Callable[..., Case], link: Callable[[Case], str]
) -> None:
    reported()
    command = program("command")
    assert command.get("dispatch-tables").json() == []
    draft = command.post("dispatch-draft", {}).json()
    row = command.post("dispatch-draft/rows", RULE).json()
    assert (row["id"], row["rev"], row["holder"]) == (1, 0, "community")
    assert command.send("PUT", "dispatch-draft/rows/1", RULE | {"seen": 5}).status_code == 422
    asked = command.post("dispatch-draft/rehearsals", {"since": "2026-01-01", "until": today()})
    assert asked.status_code == 202 and asked.json()["state"] == "waiting"
    work_on_next(now=clock.now)
    found = command.get(f"dispatch-draft/rehearsals/{asked.json()['id']}").json()
    assert found["state"] == "done" and found["found"]["moved"] == found["found"]["cases"] > 0
    assert {each["unit"]: each["after"] - each["before"] for each in found["found"]["loads"]} == {
        str(town.units["community_desk"]): 1,
        str(town.units["grid_team"]): -1,
    }
    assert command.post("dispatch-draft/publish", {"from_on": today(), "seen": 1}).json()["state"] == "published"
    assert [each["is_in_force"] for each in command.get("dispatch-tables").json()] == [True]
    case = reported()
    why = program("dana").get(f"cases/{case.number}/why").json()
    assert (why["rule"], why["row"], why["version"]) == ("table", 1, draft["version"])
    assert RULE["reason"] in why["what"]
    assert program().get(f"followed/{link(case)}/why").json() == why


def test_every_fault_of_every_row_is_told_and_nothing_is_taken(program: Callable[..., Any]) -> None:
    command = program("command")
    command.post("dispatch-draft", {})
    bad = {"seen": 0, "rows": [RULE, RULE | {"holder": "nobody"}, RULE | {"what": ["manhole-cover"]}]}
    refused = command.send("PUT", "dispatch-draft/rows", bad)
    assert refused.status_code == 422
    told = {each["where"]: each["refused"] for each in refused.json()["faults"]}
    assert set(told) == {"rows.1.holder", "rows.2.holder"}
    assert "nobody" in told["rows.1.holder"] and "国办函〔2025〕66号" in told["rows.2.holder"]
    [one] = command.post("dispatch-draft/rows", RULE | {"places": ["110101"]}).json()["faults"]
    assert one["where"] == "places" and "110101" in one["refused"]
    assert command.send("PUT", "dispatch-draft/rows", {"seen": 0, "rows": [RULE]}).json()["rows"][0]["id"] == 1


def test_an_objection_is_told_with_its_basis_and_what_came_of_it(
    program: Callable[..., Any], reported: Callable[..., Case], link: Callable[[Case], str]
) -> None:
    case = reported("自来水管爆了，路上都是水", item="water-outage")
    water, office = program("water"), program("subdistrict")
    assert "duties" in {each["basis"] for each in water.get(f"cases/{case.number}/bases").json()}
    said = {"seen": the(case).seq, "words": WHY, "basis": "duties"}
    assert water.post(f"cases/{case.number}/decline", said).status_code == 200
    [open_one] = office.get(f"cases/{case.number}").json()["objections"]
    assert (open_one["came_of"], open_one["decided_by"], open_one["basis"]) == ("open", "subdistrict", "duties")
    answer = {"seen": the(case).seq, "words": "管道由供水单位养护。"}
    assert water.post(f"cases/{case.number}/reject-objection", answer).status_code == 409
    assert office.post(f"cases/{case.number}/reject-objection", answer).status_code == 200
    told = program().get(f"followed/{link(case)}").json()
    assert [(each["came_of"], each["is_final"]) for each in told["objections"]] == [("rejected", False)]
    assert WHY not in str(told)


@pytest.mark.parametrize("who", ["dana", "chen", "water"])
def test_who_does_not_write_the_table_reads_no_draft(program: Callable[..., Any], who: str) -> None:
    assert program(who).get("dispatch-tables").status_code == 403
