"""Neighbours sign up, are asked, say yes or no; the holder sees who comes, and the case stays the holder's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.db import ProgrammingError, transaction
from tests.cases.test_life import moves, reported, the
from tests.town import MORNING, Town

from doorstep.cases import neighbours as seen
from doorstep.cases.actions import act, neighbours, readiness
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.ledger import CaseNotFound, MoveRefused
from doorstep.cases.actions.neighbours import NeighboursRefused
from doorstep.cases.actions.readiness import ReadinessRefused
from doorstep.cases.models import Asked, NeighbourCall, Readiness
from doorstep.cases.queries import ledger_of
from doorstep.core.access import WORKER, Actor, Role, acting_as, follower_of
from doorstep.notices.models import StaffNotice
from doorstep.staff.models import Appointment, Person, Post

WORDS = "请去敲敲门，看看老人在不在家"
PLACE = "3 号楼 2 单元门口"


@pytest.fixture
def case(town) -> int:
    """An older person does not answer the door; Chen's team has it."""
    made = reported(town, "对门老太太敲门没人应", item="elder-alone")
    advance(at=MORNING)
    return made


def neighbour(town: Town, name: str, *, microgrid: int = 0, kind: str = "volunteer", grid: bool = False) -> Actor:
    """Somebody in a post of this micro-grid."""
    area = town.grid if grid else town.microgrids[microgrid]
    with acting_as(WORKER):
        post = Post.objects.create(kind=kind, area_id=area)
        person = Person.objects.create(name=f"示例{name}", is_invented=True)
        Appointment.objects.create(person=person, post=post, from_on=date(2026, 1, 1))
    return Actor(Role.NEIGHBOUR, org=area, post=post.pk)


def signed_up(
    town: Town, name: str, helps=("look-in", "carry"), days="all", start=time(8), end=time(20), **more
) -> Actor:
    who = neighbour(town, name, **more)
    with acting_as(who):
        readiness.sign_up(helps, days, start, end, by=who, at=MORNING)
    return who


def called(town: Town, case: int, who: str = "chen", at=MORNING, **more) -> int:
    caller = town.actor(who)
    with acting_as(caller):
        neighbours.call(case, "look-in", WORDS, PLACE, by=caller, at=at, **more)
    with acting_as(WORKER):
        return NeighbourCall.objects.get(case=case, over="").pk


def answered(call: int, who: Actor, comes: bool, at=MORNING) -> None:
    with acting_as(who):
        neighbours.answer(call, comes, by=who, at=at)


def on(who: Actor, call: int, at=MORNING):
    with acting_as(who):
        return seen.call_on(call, who, at)


def asked(call: int) -> dict[int, str]:
    with acting_as(WORKER):
        return dict(Asked.objects.filter(call=call).values_list("appointment__post", "answer"))


def told(case: int) -> list[dict]:
    with acting_as(WORKER):
        return [event.facts for event in ledger_of(case) if "neighbours" in event.facts]


def test_whoever_signs_up_says_for_what_and_when_and_it_ends_by_itself(town):
    fang = signed_up(town, "fang", helps=["carry"], days="free", start=time(9), end=time(18))
    with acting_as(WORKER):
        row = Readiness.objects.get()
    assert (row.helps, row.days, row.from_hour, row.until_hour) == (["carry"], "free", time(9), time(18))
    assert (row.purpose, row.basis, row.until_on) == ("asked-to-help-neighbours", "consent", date(2027, 11, 23))
    with acting_as(fang):
        assert seen.own_readiness(fang, MORNING) is not None
        assert seen.own_readiness(fang, MORNING + timedelta(days=366)) is None


def test_only_neighbours_sign_up_and_each_for_themselves(town):
    for who in ("chen", "dana", "water"):
        actor = town.actor(who)
        with acting_as(actor), pytest.raises(ReadinessRefused):
            readiness.sign_up(["carry"], "all", time(8), time(20), by=actor, at=MORNING)


def test_nobody_but_the_machine_reads_who_signed_up(town):
    signed_up(town, "fang")
    for who in ("chen", "dana", "subdistrict", "command"):
        denied = pytest.raises(ProgrammingError, match="permission denied")
        with denied, transaction.atomic(), acting_as(town.actor(who)):
            Readiness.objects.count()


def test_a_call_tells_those_near_by_what_is_needed_and_neither_place_nor_reporter(town, case):
    fang, far = signed_up(town, "fang"), signed_up(town, "gu", microgrid=2)
    call = called(town, case)
    assert set(asked(call)) == {fang.post}
    found = on(fang, call)
    assert (found.words, found.place, found.answer) == (WORDS, "", "")
    assert on(far, call) is None
    with acting_as(WORKER):
        notices = list(StaffNotice.objects.filter(about=f"neighbours/{call}"))
    assert {each.post_id for each in notices} == {fang.post}
    assert PLACE not in str([each.message for each in notices])
    assert {each.page for each in notices} == {f"/staff/neighbourhood/calls/{call}/"}


def test_whoever_says_yes_learns_the_place_and_the_holder_sees_them(town, case):
    fang = signed_up(town, "fang")
    call = called(town, case, number=2)
    answered(call, fang, True)
    assert on(fang, call).place == PLACE
    with acting_as(town.actor("chen")):
        latest = seen.latest_call(case)
    assert [each.name for each in latest.comes] == ["示例fang"]
    assert [each["neighbours"] for each in told(case)][:2] == ["called", "coming"]
    assert told(case)[1]["coming"] == 1


def test_a_no_leaves_nothing_behind_and_nobody_sees_who_was_asked(town, case):
    fang, gu = signed_up(town, "fang"), signed_up(town, "gu")
    call = called(town, case)
    before = moves(case)
    answered(call, fang, False)
    assert moves(case) == before, "a no is no fact of the case"
    with acting_as(town.actor("chen")):
        assert Asked.objects.count() == 0
        assert seen.latest_call(case).comes == []
    answered(call, gu, True)
    assert asked(call) == {gu.post: "coming"}, "the call is over, and whoever said no was never asked"


def test_holder_and_clocks_stay_as_they_are_whoever_comes(town, case):
    fang = signed_up(town, "fang")
    was = the(case)
    call = called(town, case, number=3)
    answered(call, fang, True)
    neighbours.look_again(MORNING + timedelta(hours=2))
    now = the(case)
    for column in ("state", "holder_unit_id", "holder_due_at", "promised_by", "look_again_at", "rung", "question"):
        assert getattr(now, column) == getattr(was, column), column


def test_the_call_closes_by_itself_when_enough_come(town, case):
    people = [signed_up(town, name) for name in ("fang", "gu", "he")]
    call = called(town, case, number=2)
    for who in people[:2]:
        answered(call, who, True)
    assert told(case)[-1]["over"] == "enough"
    with acting_as(people[2]), pytest.raises(NeighboursRefused):
        neighbours.answer(call, True, by=people[2], at=MORNING)


def test_a_few_more_are_asked_when_too_few_come_in_time_and_those_of_the_grid_after_the_nearest(town, case):
    near = [signed_up(town, f"near{n}") for n in range(4)]
    far = [signed_up(town, f"far{n}", microgrid=1) for n in range(3)]
    call = called(town, case)
    assert set(asked(call)) < {each.post for each in near}
    assert neighbours.look_again(MORNING + timedelta(minutes=5)) == 0
    assert neighbours.look_again(MORNING + timedelta(minutes=10)) == 1
    assert set(asked(call)) == {each.post for each in near + far}
    neighbours.look_again(MORNING + timedelta(minutes=20))
    assert told(case)[-1]["neighbours"] == "nobody-left"
    neighbours.look_again(MORNING + timedelta(hours=2))
    assert told(case)[-1]["over"] == "time"
    assert asked(call) == {}


def test_when_all_who_were_asked_say_no_the_next_are_asked_at_once(town, case):
    near = [signed_up(town, f"near{n}") for n in range(3)]
    far = signed_up(town, "far", microgrid=1)
    call = called(town, case)
    for who in near:
        answered(call, who, False)
    assert far.post in asked(call)


def test_whoever_cannot_come_after_all_is_no_longer_expected(town, case):
    fang = signed_up(town, "fang")
    call = called(town, case, number=2)
    answered(call, fang, True)
    answered(call, fang, False)
    assert told(case)[-1 if told(case)[-1]["neighbours"] == "coming" else -2]["coming"] == 0
    assert on(fang, call).place == ""


def test_the_holder_or_the_desk_calls_it_off(town, case):
    fang = signed_up(town, "fang")
    call = called(town, case)
    dana = town.actor("dana")
    with acting_as(dana):
        neighbours.call_off(case, by=dana, at=MORNING)
        with pytest.raises(NeighboursRefused):
            neighbours.call_off(case, by=dana, at=MORNING)
    assert told(case)[-1]["over"] == "called-off"
    assert on(fang, call) is None
    called(town, case, at=MORNING + timedelta(minutes=1))


def test_nobody_near_by_signed_up_is_said_plainly_and_nothing_is_written(town, case):
    signed_up(town, "far", microgrid=2)
    signed_up(town, "carrier", helps=["carry"])
    signed_up(town, "sleeper", start=time(18), end=time(20))
    before = moves(case)
    with pytest.raises(NeighboursRefused) as refused:
        called(town, case)
    assert refused.value.try_this
    assert moves(case) == before


def test_a_word_that_is_taken_back_is_deleted_and_so_is_every_open_question(town, case):
    fang = signed_up(town, "fang")
    signed_up(town, "gu")
    call = called(town, case)
    with acting_as(fang):
        readiness.take_back(by=fang, at=MORNING)
    assert fang.post not in asked(call)
    assert on(fang, call) is None
    with acting_as(WORKER):
        assert Readiness.objects.filter(appointment__post=fang.post).count() == 0


def test_when_a_post_ends_its_holder_is_asked_no_more(town, case):
    fang = signed_up(town, "fang")
    with acting_as(WORKER):
        Appointment.objects.filter(post=fang.post).update(until_on=date(2026, 11, 23))
    with pytest.raises(NeighboursRefused):
        called(town, case)


def test_one_call_at_a_time(town, case):
    signed_up(town, "fang")
    called(town, case)
    with pytest.raises(NeighboursRefused), acting_as(town.actor("dana")):
        neighbours.call(case, "look-in", WORDS, PLACE, by=town.actor("dana"), at=MORNING)


def test_strangers_call_nobody(town, case):
    signed_up(town, "fang")
    for who in ("eli", "water"):
        actor = town.actor(who)
        with acting_as(actor), pytest.raises(CaseNotFound):
            neighbours.call(case, "look-in", WORDS, PLACE, by=actor, at=MORNING)
    ava = follower_of(case)
    with acting_as(ava), pytest.raises(MoveRefused):
        neighbours.call(case, "look-in", WORDS, PLACE, by=ava, at=MORNING)


def test_a_neighbour_who_was_not_asked_answers_nothing(town, case):
    signed_up(town, "fang")
    call = called(town, case)
    for stranger in (neighbour(town, "gu"), replace(town.actor("chen"), role=Role.NEIGHBOUR)):
        with acting_as(stranger), pytest.raises(NeighboursRefused):
            neighbours.answer(call, True, by=stranger, at=MORNING)
        with acting_as(stranger), pytest.raises(NeighboursRefused):
            neighbours.answer(10**9, True, by=stranger, at=MORNING)


def test_when_the_case_is_done_nobody_knows_any_more_who_came_or_where(town, case):
    fang = signed_up(town, "fang")
    call = called(town, case, number=2)
    answered(call, fang, True)
    chen = town.actor("chen")
    with acting_as(chen):
        act.do(case, "老人在家，耳背没听见。", by=chen, at=MORNING + timedelta(hours=1))
    assert asked(call) == {}
    with acting_as(WORKER):
        row = NeighbourCall.objects.get(pk=call)
    assert (row.over, row.place, row.look_again_at) == ("case", "", None)
    assert on(fang, call) is None


def test_who_came_is_forgotten_a_day_after_the_call(town, case):
    fang = signed_up(town, "fang")
    call = called(town, case)
    answered(call, fang, True)
    neighbours.look_again(MORNING + timedelta(hours=25))
    assert asked(call) == {fang.post: "coming"}
    neighbours.look_again(MORNING + timedelta(hours=26))
    assert asked(call) == {}


def test_the_ledger_names_no_neighbour_and_no_place(town, case):
    fang = signed_up(town, "fang")
    answered(called(town, case), fang, True)
    with acting_as(WORKER):
        rows = [event for event in ledger_of(case) if "neighbours" in event.facts]
    assert not any("fang" in str(row.facts) or PLACE in str(row.facts) for row in rows)
    assert fang.post not in {row.by_post for row in rows}
