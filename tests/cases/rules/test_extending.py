"""More time is asked for by the holder, once, and granted by a level above."""

from dataclasses import replace

import pytest
from tests.cases.rules.test_clocks import TUESDAY, extended, later, sent, told

from doorstep.cases.rules.deadlines import ExtensionRefused
from doorstep.cases.rules.extending import ASKING, ask_for_more, grant, granted_by, may_grant
from doorstep.cases.rules.questions import Answerer, Question
from doorstep.catalogue.item import Level

WHY = "配件要从外地调"
NEXT_DAY = later(1)


@pytest.fixture
def ask(limits, calendar):
    def asked(now, *, reason=WHY, days=3, question="", at=NEXT_DAY):
        return ask_for_more(reason, days, now, question=question, at=at, limits=limits, calendar=calendar)

    return asked


def test_chen_learns_what_would_be_promised_then(ask, at):
    assert ask(told(sent(TUESDAY))) == at("2026-11-20", 18)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"reason": "  忙 "}, "clocks-extend-no-reason"),
        ({"question": "which-unit"}, "clocks-extend-asked-already"),
        ({"question": "more-time"}, "clocks-extend-asked-already"),
        ({"days": 11}, "cases-extend-too-long"),
        ({"days": 0}, "cases-extend-too-long"),
        ({"at": later(8)}, "cases-extend-too-late"),
    ],
)
def test_asking_is_refused(ask, given, why):
    with pytest.raises(ExtensionRefused) as refused:
        ask(told(sent(TUESDAY)), **given)
    assert refused.value.message.key == why


def test_nobody_is_given_more_time_twice(ask):
    with pytest.raises(ExtensionRefused) as refused:
        ask(told(sent(TUESDAY), extended(later(1), 2)), at=later(2))
    assert refused.value.message.key == "cases-extend-once"


def test_an_answer_that_comes_too_late_grants_nothing(limits, calendar, at):
    now = told(sent(TUESDAY))
    assert grant(3, now, at=later(2), limits=limits, calendar=calendar) == at("2026-11-20", 18)
    with pytest.raises(ExtensionRefused):
        grant(3, now, at=later(8), limits=limits, calendar=calendar)


@pytest.mark.parametrize(
    ("holder", "who"),
    [
        (Level.GRID, Answerer.COMMUNITY),
        (Level.PROPERTY, Answerer.COMMUNITY),
        (Level.COMMUNITY, Answerer.SUBDISTRICT),
        (Level.DEPARTMENT, Answerer.SUBDISTRICT),
        (Level.SUBDISTRICT, Answerer.COUNTY),
    ],
)
def test_nobody_grants_their_own_wish(holder, who):
    assert granted_by(holder, None) is who


def test_an_item_may_name_a_higher_level_and_no_lower_one(catalogue):
    item = catalogue.item("street-light")
    named = replace(item, extension_by=Level.SUBDISTRICT)
    assert granted_by(Level.GRID, named) is Answerer.SUBDISTRICT
    assert granted_by(Level.SUBDISTRICT, named) is Answerer.COUNTY
    assert granted_by(Level.COMMUNITY, replace(item, extension_by=Level.COMMUNITY)) is Answerer.SUBDISTRICT


def test_the_one_who_is_asked_answers_or_anybody_above():
    asked = str(ASKING[Answerer.SUBDISTRICT])
    assert [role for role in ("community", "subdistrict", "county") if may_grant(role, asked)] == [
        "subdistrict",
        "county",
    ]
    assert not may_grant("grid", asked) and not may_grant("department", asked)
    assert not may_grant("county", str(Question.WHICH_UNIT))
