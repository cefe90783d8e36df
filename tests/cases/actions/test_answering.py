"""Ava answers what the item of her case asks; Dana writes down what a caller says."""

from __future__ import annotations

import pytest
from tests.town import MORNING, Town

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.answering import answer
from doorstep.cases.actions.ledger import MoveRefused
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.actions.withdraw import withdraw
from doorstep.cases.asking import still_asked_of
from doorstep.cases.models import Case, Event, Said
from doorstep.catalogue.rules.answering import AnswerRefused
from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.ids import CaseId

LEAK = "leak-between-flats"


def ava(case: CaseId) -> Actor:
    return Actor(Role.FOLLOWER, case=case)


@pytest.fixture
def leak(town: Town) -> CaseId:
    place = Place(community=town.community, subdistrict=town.subdistrict, county=town.county, door=town.door)
    case = report(Report("楼上卫生间漏水，把我家天花板泡坏了", place), at=MORNING).case
    advance(at=MORNING)
    return case


def open_ones(case: CaseId) -> list[str]:
    with acting_as(WORKER):
        row = Case.objects.get(pk=case)
        words = Said.objects.get(case=case, seq=1).words
        found = still_asked_of(row, words, Event.objects.filter(case=case).values_list("facts", flat=True))
    return [question.id for question in found[1]] if found else []


def answered(case: CaseId, by: Actor, item: str = LEAK, **written: str) -> Event:
    with acting_as(by):
        entry = answer(case, item, written, by=by, at=MORNING)
    with acting_as(WORKER):
        return Event.objects.get(case=case, seq=entry.seq)


def test_the_reporters_answers_stand_in_the_ledger_in_words_and_the_row_says_only_which(leak: CaseId) -> None:
    assert open_ones(leak) == ["still", "power", "upstairs"]
    event = answered(leak, ava(leak), still="always", upstairs="absent")
    assert event.facts == {"item": LEAK, "answered": ["still", "upstairs"]} and event.by_hat == "reporter"
    with acting_as(WORKER):
        assert "一直在漏" in Said.objects.get(case=leak, seq=event.seq).words
    assert open_ones(leak) == ["power"]


def test_a_desk_writes_down_what_a_caller_says(town: Town, leak: CaseId) -> None:
    event = answered(leak, town.actor("dana"), still="stopped")
    assert event.by_hat == "desk" and open_ones(leak) == ["upstairs"]
    with acting_as(WORKER):
        assert not Said.objects.get(case=leak, seq=event.seq).for_reporter


def test_before_a_case_is_classified_its_words_say_what_to_ask(town: Town) -> None:
    case = report(Report("楼上卫生间漏水，把我家天花板泡坏了"), at=MORNING).case
    assert open_ones(case) == ["still", "power", "upstairs"]
    answered(case, ava(case), still="sometimes", power="yes")
    assert open_ones(case) == ["upstairs"]


def test_questions_of_an_item_that_the_case_has_no_more_are_refused(leak: CaseId) -> None:
    with pytest.raises(AnswerRefused, match="事项已经改变"):
        answered(leak, ava(leak), item="street-light", count="one")


def test_an_item_that_there_is_not_asks_nothing(town: Town) -> None:
    case = report(Report("喂"), at=MORNING).case
    assert open_ones(case) == []
    with pytest.raises(AnswerRefused):
        answered(case, ava(case), item="no-such-item", still="always")


def test_nobody_answers_for_a_case_that_was_withdrawn(leak: CaseId) -> None:
    with acting_as(ava(leak)):
        withdraw(leak, by=ava(leak), at=MORNING)
    with pytest.raises(MoveRefused):
        answered(leak, ava(leak), still="always")


def test_nobody_answers_for_another_place(town: Town, leak: CaseId) -> None:
    from doorstep.cases.actions.ledger import CaseNotFound

    with pytest.raises(CaseNotFound):
        answered(leak, town.actor("other_desk"), still="always")
