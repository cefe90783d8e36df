"""A case ends as unreasonable only when two others than whoever proposed it have looked; it follows nobody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cases.test_life import moves, reported, the
from tests.town import MORNING, Town

from doorstep.cases.actions import act, calling, close, reviewing
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.classify import classify_by_hand
from doorstep.cases.actions.dispatch import dispatch_by_hand
from doorstep.cases.actions.ledger import CaseNotFound, MoveRefused
from doorstep.cases.actions.verify import say_not_solved
from doorstep.cases.actions.withdraw import withdraw
from doorstep.cases.models import Event
from doorstep.cases.queries import followed
from doorstep.cases.rules.close import CloseRefused
from doorstep.cases.rules.unreasonable import ReviewRefused
from doorstep.cases.whole import numbered, whole
from doorstep.core.access import WORKER, acting_as, follower_of
from doorstep.core.text import text
from doorstep.fronts.resident.life import steps
from doorstep.staff.models import Appointment, Post

WHY = "要求社区每天上门陪聊三小时，没有依据。"
LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def proposed(town) -> int:
    """A case that Dana calls unreasonable."""
    case = reported(town)
    advance(at=MORNING)
    propose(town, case)
    return case


def propose(town: Town, case: int, who: str = "dana") -> None:
    actor = town.actor(who)
    with acting_as(actor):
        reviewing.propose_unreasonable(case, WHY, by=actor, at=MORNING)


def reviewed(town: Town, case: int, who: str, answer: str = "agrees") -> None:
    actor = town.actor(who)
    with acting_as(actor):
        reviewing.review_unreasonable(case, answer, WHY, by=actor, at=LATER)


def test_the_second_yes_of_two_others_ends_it_and_ava_reads_why_and_how_to_object(town, proposed):
    reviewed(town, proposed, "subdistrict")
    assert (the(proposed).state, the(proposed).question) == ("dispatched", "unreasonable-again")
    reviewed(town, proposed, "command")
    now = the(proposed)
    assert (now.state, now.outcome, now.is_open, now.question) == ("closed", "unreasonable", False, "")
    ava = follower_of(proposed)
    with acting_as(ava):
        shown = followed(proposed)
        end = shown.ledger[-1]
        assert shown.words[end.seq] == WHY
        assert end.facts["because"]["key"] == "cases-close-unreasonable"
        close.reopen(proposed, "我要的是一次上门，不是每天。", by=ava, at=LATER)
    assert the(proposed).state == "classified"


def test_work_and_clocks_go_on_while_it_is_looked_at(town, proposed):
    before = the(proposed)
    assert (before.state, before.holder_due_at is not None, before.look_again_at is not None) == (
        "dispatched",
        True,
        True,
    )
    reviewed(town, proposed, "subdistrict")
    after = the(proposed)
    assert (after.holder_due_at, after.promised_by, after.look_again_at) == (
        before.holder_due_at,
        before.promised_by,
        before.look_again_at,
    )


@pytest.mark.parametrize("before", [(), ("subdistrict",)])
def test_whoever_has_spoken_on_it_does_not_review_it(town, proposed, before):
    for who in before:
        reviewed(town, proposed, who)
    for who in ("dana", *before):
        with pytest.raises(ReviewRefused):
            reviewed(town, proposed, who)


def test_each_word_on_it_bears_the_mark_of_its_speaker_and_no_name(town, proposed):
    reviewed(town, proposed, "subdistrict")
    reviewed(town, proposed, "command")
    with acting_as(WORKER):
        told = list(Event.objects.filter(case=proposed, facts__has_key="speaker").order_by("seq"))
        people = set(Appointment.objects.values_list("person", flat=True))
    assert [event.move for event in told] == ["ask", "note", "close"]
    assert {event.facts["proposal"] for event in told} == {told[0].seq}
    marks = {event.facts["speaker"] for event in told}
    assert len(marks) == 3
    assert not marks & {str(person) for person in people}


def test_one_person_in_two_posts_is_one_person(town, proposed):
    with acting_as(WORKER):
        dana = Appointment.objects.get(post=town.posts["dana"]).person_id
        Appointment.objects.create(person_id=dana, post_id=town.posts["subdistrict"], from_on=date(2026, 1, 1))
    with pytest.raises(ReviewRefused):
        reviewed(town, proposed, "subdistrict")
    reviewed(town, proposed, "command")


def test_a_second_post_of_the_same_desk_with_somebody_else_in_it_may_review(town, proposed):
    from doorstep.staff.models import Person

    with acting_as(WORKER):
        post = Post.objects.create(kind="community_desk", area_id=town.community, unit_id=town.units["community_desk"])
        person = Person.objects.create(name="示例fay", is_invented=True)
        Appointment.objects.create(person=person, post=post, from_on=date(2026, 1, 1))
    town.posts["dana"] = post.pk
    reviewed(town, proposed, "dana")
    assert the(proposed).question == "unreasonable-again"


def test_one_no_lets_it_go_on_and_it_is_not_proposed_again(town, proposed):
    reviewed(town, proposed, "subdistrict", "disagrees")
    assert (the(proposed).state, the(proposed).question) == ("dispatched", "")
    with pytest.raises(ReviewRefused):
        propose(town, proposed)
    with pytest.raises(ReviewRefused):
        reviewed(town, proposed, "command")


def test_the_second_no_counts_as_much_as_the_first(town, proposed):
    reviewed(town, proposed, "subdistrict")
    reviewed(town, proposed, "command", "disagrees")
    assert (the(proposed).state, the(proposed).question) == ("dispatched", "")


def test_after_ava_objected_it_is_not_called_unreasonable_again(town, proposed):
    reviewed(town, proposed, "subdistrict")
    reviewed(town, proposed, "command")
    ava = follower_of(proposed)
    with acting_as(ava):
        close.reopen(proposed, "不是这样。", by=ava, at=LATER)
    advance(at=LATER)
    with pytest.raises(ReviewRefused):
        propose(town, proposed)


@pytest.mark.parametrize("outcome", ["unreasonable"])
def test_nobody_ends_it_so_alone(town, outcome):
    case = reported(town)
    advance(at=MORNING)
    for who in ("dana", "subdistrict", "command"):
        actor = town.actor(who)
        with acting_as(actor), pytest.raises(CloseRefused):
            close.close_by_hand(case, outcome, WHY, by=actor, at=MORNING)


def test_neither_the_holder_nor_a_stranger_nor_the_reporter_proposes_or_reviews(town, proposed):
    chen, eli, ava = town.actor("chen"), town.actor("eli"), follower_of(proposed)
    for actor, refused in ((chen, MoveRefused), (eli, CaseNotFound), (ava, MoveRefused)):
        with acting_as(actor), pytest.raises(refused):
            reviewing.review_unreasonable(proposed, "agrees", WHY, by=actor, at=LATER)
    other = reported(town)
    advance(at=MORNING)
    for actor, refused in ((chen, (MoveRefused, ReviewRefused)), (eli, CaseNotFound)):
        with acting_as(actor), pytest.raises(refused):
            reviewing.propose_unreasonable(other, WHY, by=actor, at=LATER)


@pytest.mark.parametrize("words", ["", "太过分", "       "])
def test_without_a_reason_nothing_is_proposed_and_nothing_reviewed(town, proposed, words):
    other = reported(town)
    advance(at=MORNING)
    dana, office = town.actor("dana"), town.actor("subdistrict")
    with acting_as(dana), pytest.raises(ReviewRefused):
        reviewing.propose_unreasonable(other, words, by=dana, at=MORNING)
    with acting_as(office), pytest.raises(ReviewRefused):
        reviewing.review_unreasonable(proposed, "agrees", words, by=office, at=LATER)


def test_an_answer_that_is_none_is_refused(town, proposed):
    with pytest.raises(ReviewRefused):
        reviewed(town, proposed, "subdistrict", "maybe")


def test_what_waits_for_an_answer_is_answered_first(town):
    case = reported(town)
    advance(at=MORNING)
    chen = town.actor("chen")
    with acting_as(chen):
        act.decline(
            case, "不属于我们网格的职责，应由物业办理。", by=chen, at=MORNING, basis="written", cited="清单第3条"
        )
    with pytest.raises(ReviewRefused):
        propose(town, case)


def test_ava_may_take_it_back_while_it_is_looked_at(town, proposed):
    ava = follower_of(proposed)
    with acting_as(ava):
        withdraw(proposed, by=ava, at=LATER)
    assert (the(proposed).state, the(proposed).question) == ("withdrawn", "")


def test_the_judgement_stays_on_the_case_and_follows_nobody(town, proposed):
    """The same contact reports twice: nothing of the first case is seen or known in the second."""
    reviewed(town, proposed, "subdistrict")
    reviewed(town, proposed, "command")
    second = reported(town)
    advance(at=LATER)
    assert moves(second) == ["report", "locate", "classify", "dispatch"]
    with acting_as(WORKER):
        facts = str(list(Event.objects.filter(case=second).values_list("facts", flat=True)))
    assert "unreasonable" not in facts and "review" not in facts
    for who in ("chen", "dana", "subdistrict", "command"):
        from doorstep.cases.actions.looking import open_case

        actor = town.actor(who)
        with acting_as(actor):
            assert "unreasonable" not in repr(open_case(the(second).number, by=actor, at=LATER).life)


def test_signing_for_it_takes_the_review_from_nobody(town, proposed):
    chen = town.actor("chen")
    with acting_as(chen):
        act.take(proposed, by=chen, at=LATER)
    assert (the(proposed).state, the(proposed).question) == ("taken", "unreasonable")
    reviewed(town, proposed, "subdistrict")
    reviewed(town, proposed, "command")
    assert the(proposed).outcome == "unreasonable"


def test_neither_does_what_is_signed_by_itself(town, proposed):
    advance(at=MORNING + timedelta(days=1))
    assert (the(proposed).state, the(proposed).question) == ("taken", "unreasonable")


def test_what_was_done_meanwhile_is_judged_by_ava_and_by_nobody_else(town, proposed):
    chen = town.actor("chen")
    with acting_as(chen):
        act.do(proposed, "已清理干净。", by=chen, at=LATER)
    assert the(proposed).question == ""
    with pytest.raises(ReviewRefused):
        reviewed(town, proposed, "subdistrict")
    with acting_as(WORKER):
        assert Event.objects.filter(case=proposed).latest("seq").facts["review_ended"] is True


def test_a_review_goes_along_to_whomever_the_case_is_sent(town, proposed):
    dana = town.actor("dana")
    with acting_as(dana):
        dispatch_by_hand(proposed, town.units["community_desk"], by=dana, at=LATER)
    assert (the(proposed).holder_unit_id, the(proposed).question) == (town.units["community_desk"], "unreasonable")
    reviewed(town, proposed, "subdistrict")
    reviewed(town, proposed, "command")
    assert the(proposed).outcome == "unreasonable"


def test_a_case_that_is_raised_is_held_up_by_no_review_and_loses_none(town, proposed):
    chen = town.actor("chen")
    with acting_as(chen):
        calling.call_up(proposed, "网格里没有人能做这件事。", by=chen, at=LATER)
    assert (the(proposed).state, the(proposed).question) == ("classified", "unreasonable")
    advance(at=LATER)
    after = the(proposed)
    assert (after.state, after.question) == ("dispatched", "unreasonable")
    assert after.holder_unit_id != town.units["grid_team"] and after.holder_due_at is not None
    reviewed(town, proposed, "subdistrict", "disagrees")
    assert the(proposed).question == ""


def test_a_correction_leaves_the_review_open_and_the_case_goes_on(town, proposed):
    dana = town.actor("dana")
    with acting_as(dana):
        classify_by_hand(proposed, "street-light", "", by=dana, at=LATER)
    advance(at=LATER)
    assert (the(proposed).state, the(proposed).question) == ("dispatched", "unreasonable")


def test_a_review_that_another_question_ends_is_told_and_may_be_proposed_again(town, proposed):
    reviewed(town, proposed, "subdistrict")
    office, ava = town.actor("subdistrict"), follower_of(proposed)
    chen = town.actor("chen")
    with acting_as(chen):
        act.do(proposed, "已清理干净。", by=chen, at=LATER)
    with acting_as(ava):
        shown = steps(followed(proposed))
        assert "复核随之结束" in text(shown[-2].words, "zh")
        say_not_solved(proposed, "还在那里。", by=ava, at=LATER)
    with acting_as(office):
        assert whole(numbered(the(proposed).number), by=office, at=LATER).proposes_unreasonable
    propose(town, proposed, "command")
    assert the(proposed).question == "unreasonable"
