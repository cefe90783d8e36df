"""A program calls neighbours and calls them off, and writes down how an owner is looked for."""

from __future__ import annotations

from datetime import time, timedelta

from tests.cases.actions.test_neighbours import signed_up

from doorstep.core.time import clock

WANTED = {"help": "carry", "words": "请帮忙把楼道的旧沙发抬下去", "place": "1 号楼门口", "wanted": 2, "hours": 2}


def test_neighbours_are_called_shown_and_called_off(program, reported, town):
    signed_up(town, "fang", start=time(0), end=time(23, 59, 59, 999_999))
    number = reported().number
    chen = program("chen")
    assert chen.get(f"cases/{number}/neighbours").json() == []
    called = chen.post(f"cases/{number}/neighbours", WANTED)
    assert (called.status_code, called.json()["move"]) == (200, "note")
    (now,) = chen.get(f"cases/{number}/neighbours").json()
    assert (now["help"], now["wanted"], now["coming"], now["over"]) == ("carry", 2, 0, "")
    assert chen.send("DELETE", f"cases/{number}/neighbours").status_code == 200
    assert chen.get(f"cases/{number}/neighbours").json()[0]["over"] == "called-off"
    again = chen.send("DELETE", f"cases/{number}/neighbours")
    assert again.status_code == 409 and again.json()["try_this"]


def test_where_nobody_signed_up_a_program_is_told_what_to_do_instead(program, reported):
    number = reported().number
    refused = program("dana").post(f"cases/{number}/neighbours", WANTED)
    assert refused.status_code == 409
    assert "110" in refused.json()["try_this"]


def test_strangers_call_nobody(program, reported):
    number = reported().number
    for who, status in (("ben", 403), ("eli", 404), ("water", 404), ("", 401)):
        caller = program(who) if who else program()
        assert caller.post(f"cases/{number}/neighbours", WANTED).status_code == status
        assert caller.post(f"cases/{number}/absent-owner", {"step": "tried", "how": "rang"}).status_code == status


def test_the_search_for_an_owner_is_written_step_by_step(program, reported):
    number = reported().number
    chen = program("chen")
    chen.post(f"cases/{number}/take", {})
    steps = chen.get(f"cases/{number}/absent-owner").json()
    assert [each["step"] for each in steps if each["is_next"]] == ["tried"]
    assert chen.post(f"cases/{number}/absent-owner", {"step": "tried", "how": "rang"}).status_code == 200
    steps = {each["step"]: each for each in chen.get(f"cases/{number}/absent-owner").json()}
    assert len(steps["tried"]["done_at"]) == 1 and steps["notice"]["not_yet"]
    early = chen.post(f"cases/{number}/absent-owner", {"step": "notice", "how": "door"})
    assert early.status_code == 422 and early.json()["try_this"]
    waits = chen.post(f"cases/{number}/pause", {"reason": "owner-absent", "days": 3})
    assert waits.status_code == 422


def test_only_what_has_happened_is_written_down(program, reported):
    number = reported().number
    chen = program("chen")
    chen.post(f"cases/{number}/take", {})
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    said = {"step": "tried", "how": "rang", "happened_at": tomorrow}
    assert chen.post(f"cases/{number}/absent-owner", said).status_code in (409, 422)
