"""A case moves, and whoever reported it is told; whoever left no contact is left alone."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.town import MORNING, Town

from doorstep.cases.actions import act
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.merge import merge
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import CaseId
from doorstep.events.cases import CaseMoved
from doorstep.notices.models import Notice
from doorstep.notices.reactions import tell_the_reporters

AVA = Contact(email="ava@example.org", phone="13800000000")


def reported(town: Town, contact: Contact = AVA) -> int:
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    return report(Report("楼道里堆满了杂物", place, contact, item="stairwell-rubbish"), at=MORNING).case


def told(case: int) -> list[tuple[int, str, str]]:
    with acting_as(WORKER):
        rows = Notice.objects.filter(case=case).order_by("id")
        return [(row.seq, row.channel, row.message["key"]) for row in rows]


def test_ava_is_told_by_every_way_she_left(town):
    case = reported(town)
    advance(at=MORNING)
    assert sorted(told(case)) == [(4, "email", "notices-dispatched"), (4, "sms", "notices-dispatched")]


def test_whoever_left_nothing_is_told_nothing(town):
    case = reported(town, Contact())
    advance(at=MORNING)
    assert told(case) == []


def test_whoever_left_one_way_is_told_by_that_one(town):
    case = reported(town, Contact(phone="13800000000"))
    advance(at=MORNING)
    assert [way for _, way, _ in told(case)] == ["sms"]


def test_a_case_that_waits_for_a_person_says_at_least_that_it_arrived(town):
    case = report(Report("唉", contact=AVA), at=MORNING).case
    advance(at=MORNING)
    assert {key for _, _, key in told(case)} == {"notices-received"}


def test_ben_whose_report_was_joined_hears_of_it_too(town):
    first, bens = reported(town), reported(town, Contact(email="ben@example.org"))
    advance(at=MORNING)
    dana, chen = town.actor("dana"), town.actor("chen")
    with acting_as(dana):
        merge(CaseId(bens), CaseId(first), by=dana, at=MORNING)
    with acting_as(chen):
        act.take(CaseId(first), by=chen, at=MORNING + timedelta(hours=1))
    keys = [key for _, _, key in told(bens)]
    assert keys == ["notices-dispatched", "notices-merged", "notices-taken"]


def test_a_hundred_moves_are_written_down_by_one_statement(town):
    cases = [reported(town) for _ in range(5)]
    events = [
        CaseMoved(CaseId(case), seq, "take", "dispatched", "taken", "holder", MORNING)
        for case in cases
        for seq in range(10, 30)
    ]
    with acting_as(WORKER), CaptureQueriesContext(connection) as asked:
        tell_the_reporters(events)
    assert len(asked) == 1
    assert len(told(cases[0])) == 40


def test_moves_that_nobody_hears_of_cost_nothing(town):
    event = CaseMoved(CaseId(reported(town)), 2, "locate", "reported", "located", "machine", MORNING)
    with acting_as(WORKER), CaptureQueriesContext(connection) as asked:
        tell_the_reporters([event])
    assert len(asked) == 0


def test_the_same_move_is_told_once(town):
    case = CaseId(reported(town))
    event = CaseMoved(case, 9, "take", "dispatched", "taken", "holder", MORNING)
    with acting_as(WORKER):
        tell_the_reporters([event])
        tell_the_reporters([event])
    assert len(told(case)) == 2
