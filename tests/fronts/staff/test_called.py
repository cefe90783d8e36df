"""Ben's own word: he signs up on his phone, changes it, takes it back; nobody else opens the page."""

from __future__ import annotations

import pytest
from tests.visiting import EVERYBODY, signed_in

from doorstep.cases.models import Readiness
from doorstep.core.access import WORKER, acting_as

READY = "/staff/neighbourhood/ready"
ALL_DAY = {"helps": ["look-in"], "days": "all", "from_hour": "00:00", "until_hour": "23:59"}


def kept() -> list[Readiness]:
    with acting_as(WORKER):
        return list(Readiness.objects.all())


def test_ben_signs_up_changes_it_and_takes_it_back(town):
    ben = signed_in(town, "ben")
    assert ben.post(READY, ALL_DAY).status_code == 303
    ben.post(READY, {**ALL_DAY, "helps": ["carry"], "days": "free"})
    (row,) = kept()
    assert (row.helps, row.days) == (["carry"], "free")
    assert "checked" in ben.get(READY).content.decode()
    assert ben.post(f"{READY}/end").status_code == 303
    assert kept() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"helps": []},
        {"helps": ["put-out-fires"]},
        {"days": "sometimes"},
        {"from_hour": "25:00"},
        {"from_hour": "20:00", "until_hour": "08:00"},
        {"until_hour": "\x00"},
    ],
)
def test_what_makes_no_sense_is_refused_and_what_was_written_is_kept(town, wrong):
    answer = signed_in(town, "ben").post(READY, {**ALL_DAY, **wrong})
    assert answer.status_code == 422
    assert "refusal" in answer.content.decode() or "notice" in answer.content.decode()
    assert kept() == []


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who != "ben"])
def test_the_page_is_for_neighbours(town, who):
    visitor = signed_in(town, who)
    assert visitor.get(READY).status_code == 403
    assert visitor.post(READY, ALL_DAY).status_code == 403


def test_a_call_that_ben_was_not_asked_by_is_no_page(town):
    ben = signed_in(town, "ben")
    assert ben.get("/staff/neighbourhood/calls/4711/").status_code == 404
    assert ben.post("/staff/neighbourhood/calls/4711/answer", {"answer": "coming"}).status_code == 409
