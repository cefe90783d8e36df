"""Several units at one case: called, answering, judged, and the whole told; and what could not be solved goes up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases.test_life import moves, reported, the
from tests.town import MORNING, Town

from doorstep.cases.actions import act, calling, close, dispatch, verify
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.calling import Meeting, call, call_up, judge
from doorstep.cases.actions.ledger import CaseNotFound, MoveRefused
from doorstep.cases.actions.merge import merge
from doorstep.cases.actions.withdraw import withdraw
from doorstep.cases.models import Case, Likeness, Part, Tally
from doorstep.cases.parts import latest_parts, part_of, parts_of
from doorstep.cases.queries import ledger_of
from doorstep.cases.rules.calling import CallRefused, PartsOpen
from doorstep.cases.rules.lifecycle import AT_WORK
from doorstep.cases.rules.merge import MergeRefused
from doorstep.cases.similar import offered
from doorstep.core.access import WORKER, acting_as, follower_of

WORDS = "请到 3 号楼下一起看水管"
MEETING = Meeting("3 号楼东门", MORNING + timedelta(hours=6))


@pytest.fixture
def whole(town):
    """A case that Chen's team holds."""
    case = reported(town)
    advance(at=MORNING)
    return case


def called(town: Town, whole: int, *units: str, by: str = "chen", **more) -> list[int]:
    """Call these units; the cases that are their parts, in the same order."""
    caller = town.actor(by)
    with acting_as(caller):
        call(whole, [town.units[unit] for unit in units], WORDS, by=caller, at=MORNING, **more)
    with acting_as(WORKER):
        made = dict(Part.objects.filter(whole=whole).order_by("case_id").values_list("unit_id", "case_id"))
    return [made[town.units[unit]] for unit in units]


def finish(town: Town, part: int, who: str, *, score: str = "", at=MORNING + timedelta(hours=7)) -> None:
    """The unit does its part and the desk judges it."""
    holder, dana = town.actor(who), town.actor("dana")
    with acting_as(holder):
        act.do(part, "水管已修好。", by=holder, at=at)
    with acting_as(dana):
        judge(part, score, "到场及时", by=dana, at=at)
    advance(at=at)


def test_a_whistle_gives_each_unit_a_part_with_place_time_and_clock(town, whole):
    water, office = called(town, whole, "water", "subdistrict_office", meeting=MEETING)
    for part, unit in ((water, "water"), (office, "subdistrict_office")):
        now = the(part)
        assert (now.state, now.holder_unit_id, now.source) == ("dispatched", town.units[unit], "part")
        assert now.holder_due_at == now.promised_by <= the(whole).promised_by
        assert (now.community_id, now.grid_id, now.item) == (town.community, town.grid, the(whole).item)
    with acting_as(WORKER):
        row = part_of(water)
        told = ledger_of(whole)[-1]
    assert (row.place, row.meet_at, row.whole_number) == ("3 号楼东门", MEETING.at, the(whole).number)
    assert row.answer_by == MORNING + timedelta(hours=1)
    assert set(told.facts["called"]) == {town.units["water"], town.units["subdistrict_office"]}


def test_the_department_sees_its_part_and_not_the_case_it_belongs_to(town, whole):
    (part,) = called(town, whole, "water")
    water = town.actor("water")
    with acting_as(water):
        assert list(Case.objects.values_list("pk", flat=True)) == [part]
        assert [row.whole_number for row in latest_parts(water)] == [the(whole).number]
        with pytest.raises(CaseNotFound):
            act.note(whole, "我们看看", by=water, at=MORNING)


def test_answering_is_written_beside_the_part(town, whole):
    (part,) = called(town, whole, "water", meeting=MEETING)
    water = town.actor("water")
    late = MORNING + timedelta(hours=2)
    with acting_as(town.actor("dana")):
        assert part_of(part).is_silent(late)
    with acting_as(water):
        act.take(part, by=water, at=MORNING + timedelta(minutes=20))
    with acting_as(town.actor("dana")):
        row = part_of(part)
        assert row.answered_at == MORNING + timedelta(minutes=20) and not row.is_silent(late)


def test_whoever_does_not_answer_is_pressed_after_a_working_hour_and_stays_unanswered(town, whole):
    (part,) = called(town, whole, "water", meeting=MEETING)
    advance(at=MORNING + timedelta(minutes=59))
    assert the(part).state == "dispatched" and "press" not in moves(part)
    advance(at=MORNING + timedelta(minutes=61))
    assert moves(part)[-2:] == ["take", "press"]
    with acting_as(town.actor("dana")):
        assert part_of(part).is_silent(MORNING + timedelta(minutes=61))


def test_the_holder_finishes_only_when_every_part_has_ended(town, whole):
    (part,) = called(town, whole, "water")
    chen = town.actor("chen")
    with acting_as(chen), pytest.raises(PartsOpen):
        act.do(whole, "都办好了。", by=chen, at=MORNING)
    finish(town, part, "water", score="4")
    assert moves(whole)[-1] == "note" and the(whole).state in AT_WORK
    with acting_as(chen):
        row = part_of(part)
        assert (row.outcome, row.score, row.is_open) == ("solved", 4, False)
        act.do(whole, "都办好了。", by=chen, at=MORNING + timedelta(hours=8))
    assert the(whole).state == "done"


def test_when_all_have_done_their_part_the_case_is_done_if_the_call_said_so(town, whole):
    water, office = called(town, whole, "water", "subdistrict_office", finishes=True)
    finish(town, water, "water")
    assert the(whole).state in AT_WORK
    finish(town, office, "subdistrict")
    now = the(whole)
    assert (now.state, now.outcome) == ("done", "solved") and now.look_again_at is not None
    ava = follower_of(whole)
    with acting_as(ava):
        verify.say_solved(whole, by=ava, at=MORNING + timedelta(hours=9))
    advance(at=MORNING + timedelta(hours=9))
    assert the(whole).state == "closed"


def test_parts_end_with_the_case_that_they_belong_to(town, whole):
    parts = called(town, whole, "water", "subdistrict_office")
    ava = follower_of(whole)
    with acting_as(ava):
        withdraw(whole, by=ava, at=MORNING)
    assert [the(part).state for part in parts] == ["withdrawn", "withdrawn"]
    with acting_as(WORKER):
        assert {row.outcome for row in parts_of(whole)} == {"withdrawn"}


def test_a_desk_that_closes_a_case_ends_its_parts(town, whole):
    (part,) = called(town, whole, "water")
    dana = town.actor("dana")
    with acting_as(dana):
        close.close_by_hand(whole, "explained", "这件事要等雨季过后再修，已经说明。", by=dana, at=MORNING)
    assert the(part).state == "withdrawn"


def test_a_unit_may_object_to_its_part_and_the_part_follows_whoever_a_desk_then_sends(town, whole):
    (part,) = called(town, whole, "water")
    water, office = town.actor("water"), town.actor("subdistrict")
    with acting_as(water):
        act.decline(part, "不归我们管", by=water, at=MORNING, cited="城市供水条例第二十七条")
    assert the(part).holder_unit_id == town.units["water"]
    with acting_as(office):
        dispatch.dispatch_by_hand(part, town.units["subdistrict_office"], by=office, at=MORNING)
        row = part_of(part)
    assert row.unit == "示例subdistrict_office" and row.answered_at == MORNING


def test_a_part_that_is_opened_again_is_not_sent_around_by_machine(town, whole):
    (part,) = called(town, whole, "water")
    finish(town, part, "water")
    dana = town.actor("dana")
    with acting_as(dana):
        close.reopen(part, "还在漏", by=dana, at=MORNING + timedelta(days=1))
    advance(at=MORNING + timedelta(days=1))
    assert (the(part).state, the(part).question) == ("classified", "which-unit")
    with acting_as(WORKER):
        assert part_of(part).is_open


def test_parts_are_not_counted_as_reports(town, whole):
    (part,) = called(town, whole, "water")
    finish(town, part, "water")
    with acting_as(WORKER):
        assert sum(Tally.objects.values_list("reported", flat=True)) == 1
        assert sum(Tally.objects.values_list("solved", flat=True)) == 0


def test_calls_are_refused_by_the_rules_and_leave_nothing(town, whole):
    dana = town.actor("dana")
    for units, more in (
        ([], {}),
        ([town.units["grid_team"]], {}),
        ([town.units["other_desk"]], {}),
        ([town.units["other_grid_team"]], {}),
    ):
        with acting_as(dana), pytest.raises(CallRefused):
            call(whole, units, WORDS, by=dana, at=MORNING, **more)
    with acting_as(dana), pytest.raises(CallRefused):
        call(whole, [town.units["water"]], WORDS, by=dana, at=MORNING, meeting=Meeting("东门", MORNING))
    with acting_as(WORKER):
        assert not Part.objects.exists() and Case.objects.count() == 1


@pytest.mark.parametrize("who", ["eli", "water"])
def test_whoever_does_not_see_the_case_calls_nobody_to_it(who, town, whole):
    with acting_as(town.actor(who)), pytest.raises(CaseNotFound):
        call(whole, [town.units["water"]], WORDS, by=town.actor(who), at=MORNING)


def test_the_reporter_calls_nobody(town, whole):
    ava = follower_of(whole)
    with acting_as(ava), pytest.raises((MoveRefused, CallRefused)):
        calling.call_up(whole, "请上级来办", by=ava, at=MORNING)


def test_only_a_part_is_scored(town, whole):
    dana = town.actor("dana")
    with acting_as(dana), pytest.raises(CallRefused):
        judge(whole, "5", "", by=dana, at=MORNING)


def test_what_the_grid_cannot_solve_goes_to_the_desk_then_to_the_office_then_to_the_command_centre(town, whole):
    promised = the(whole).promised_by
    for who, unit in (("chen", "community_desk"), ("dana", "subdistrict_office")):
        actor = town.actor(who)
        with acting_as(actor):
            call_up(whole, "缺少设备，需要上级协调", by=actor, at=MORNING)
        advance(at=MORNING)
        assert (the(whole).state, the(whole).holder_unit_id) == ("dispatched", town.units[unit])
    office = town.actor("subdistrict")
    with acting_as(office):
        call_up(whole, "涉及两个街道，请县里定", by=office, at=MORNING)
    now = the(whole)
    assert (now.state, now.question, now.promised_by) == ("classified", "raised", promised)
    with acting_as(WORKER):
        levels = [event.facts["level"] for event in ledger_of(whole) if event.move == "raise"]
    assert levels == ["grid", "community", "subdistrict"]


@pytest.mark.parametrize("why", ["  ", "\u200b", "\u3164\n"])
def test_nothing_is_called_up_without_saying_why(town, whole, why):
    chen = town.actor("chen")
    with acting_as(chen), pytest.raises(MoveRefused):
        call_up(whole, why, by=chen, at=MORNING)


def test_a_part_is_merged_with_nothing_and_offered_to_no_resident(town):
    manhole = reported(town, WORDS, item="manhole-cover")
    advance(at=MORNING)
    (part,) = called(town, manhole, "water", by="dana")
    dana = town.actor("dana")
    with acting_as(dana), pytest.raises(MergeRefused):
        merge(part, manhole, by=dana, at=MORNING)
    with acting_as(WORKER):
        lon, lat = Likeness.objects.values_list("lon", "lat").get(case=part)
    assert [each.case for each in offered(WORDS, "manhole-cover", lon, lat, at=MORNING)] == [manhole]
