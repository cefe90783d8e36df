"""Chen may object to a dispatch on a legal basis; a desk reviews it, and the second time the level above decides."""

import pytest

from doorstep.cases.rules.bases import bases, basis_named
from doorstep.cases.rules.decline import (
    OPEN,
    WRITTEN,
    Declined,
    DeclineRefused,
    Sent,
    arbitrated_by,
    decline,
    is_final,
    may_decide,
    may_overrule,
    refuse_below_arbitration,
    refuse_to_decide,
    reviewed_by,
    upheld_against,
    why_not_now,
)
from doorstep.cases.rules.questions import Answerer, Question
from doorstep.catalogue.item import Level, Urgency
from doorstep.core.text import text

REASON = "这一处属于物业公司职责"
CITED = "《物业管理条例》第三十五条"


@pytest.fixture
def chen_declines(at, limits, calendar):
    def declines(reason: str = REASON, *, now=("2026-11-11", 9), sent_by=None, **changed) -> Declined:
        facts = {"urgency": Urgency.ORDINARY, "declined_before": 0, "arbitrated": False, "is_open": False,
                 "basis": WRITTEN, "cited": CITED, "holder": Level.GRID, **changed}  # fmt: skip
        sent = Sent(at("2026-11-10", 10), sent_by)
        return decline(reason, sent=sent, at=at(*now), limits=limits, calendar=calendar, **facts)

    return declines


@pytest.mark.parametrize(
    ("sent_by", "holder", "first", "second"),
    [
        (None, Level.GRID, Question.OBJECTION, Question.ARBITRATE),
        (None, Level.DEPARTMENT, Question.OBJECTION, Question.ARBITRATE),
        (Answerer.COMMUNITY, Level.GRID, Question.OBJECTION_COMMUNITY, Question.ARBITRATE_SUBDISTRICT),
        (Answerer.SUBDISTRICT, Level.PROPERTY, Question.OBJECTION, Question.ARBITRATE),
        (Answerer.COUNTY, Level.DEPARTMENT, Question.OBJECTION_COUNTY, Question.ARBITRATE),
        # No desk reviews its own objection.
        (Answerer.COMMUNITY, Level.COMMUNITY, Question.OBJECTION, Question.ARBITRATE),
        (None, Level.SUBDISTRICT, Question.OBJECTION_COUNTY, Question.ARBITRATE),
    ],
)
def test_the_desk_that_sent_it_reviews_and_the_level_above_arbitrates(chen_declines, sent_by, holder, first, second):
    assert chen_declines(sent_by=sent_by, holder=holder).ask is first
    assert chen_declines(sent_by=sent_by, holder=holder, declined_before=1).ask is second
    assert not is_final(first)
    assert is_final(second)
    assert second.answered_by != reviewed_by(sent_by, holder) or second.answered_by is Answerer.COUNTY


def test_until_closing_time_of_the_second_working_day_it_is_in_time(chen_declines):
    assert chen_declines(now=("2026-11-12", 18)).ask in OPEN


def test_a_basis_from_the_list_needs_no_words_of_its_own(chen_declines):
    assert chen_declines(basis="off-the-list", cited="").ask in OPEN


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"reason": " 不 "}, "cases-decline-without-reason"),
        ({"basis": "", "cited": ""}, "cases-decline-without-basis"),
        ({"basis": WRITTEN, "cited": " 法 "}, "cases-decline-without-basis"),
        ({"now": ("2026-11-12", 18, 1)}, "cases-decline-too-late"),
        ({"urgency": Urgency.CRITICAL}, "cases-decline-critical"),
        ({"arbitrated": True}, "cases-decline-arbitrated"),
        ({"is_open": True}, "cases-decline-open"),
    ],
)
def test_it_is_refused_with_advice(chen_declines, changed, why):
    with pytest.raises(DeclineRefused) as refused:
        chen_declines(**changed)
    assert refused.value.message.key == why
    assert refused.value.try_this is not None


@pytest.mark.parametrize(
    ("changed", "heard"),
    [
        ({}, True),
        ({"urgency": Urgency.CRITICAL}, False),
        ({"arbitrated": True}, False),
        ({"is_open": True}, False),
        ({"now": ("2026-11-12", 18, 1)}, False),
    ],
)
def test_it_is_offered_exactly_where_it_would_be_heard(chen_declines, at, limits, calendar, changed, heard):
    facts = {"urgency": Urgency.ORDINARY, "arbitrated": False, "is_open": False, **changed}
    now = at(*facts.pop("now", ("2026-11-11", 9)))
    not_now = why_not_now(**facts, sent_at=at("2026-11-10", 10), at=now, limits=limits, calendar=calendar)
    assert (not_now is None) is heard
    if heard:
        assert chen_declines(**changed).ask in OPEN
    else:
        with pytest.raises(DeclineRefused) as refused:
            chen_declines(**changed)
        assert refused.value.message == not_now.message


@pytest.mark.parametrize(
    ("role", "decided", "may"),
    [("subdistrict", None, True), ("subdistrict", Answerer.COUNTY, False), ("county", Answerer.COUNTY, True)],
)
def test_what_stands_is_sent_elsewhere_by_its_own_level_alone(role, decided, may):
    assert may_overrule(role, decided) is may


@pytest.mark.parametrize(
    ("role", "question", "may"),
    [
        ("community", Question.OBJECTION_COMMUNITY, True),
        ("community", Question.OBJECTION, False),
        ("subdistrict", Question.OBJECTION, True),
        ("county", Question.OBJECTION, True),
        ("subdistrict", Question.ARBITRATE, False),
        ("subdistrict", Question.ARBITRATE_SUBDISTRICT, True),
        ("county", Question.ARBITRATE, True),
        ("department", Question.OBJECTION, False),
    ],
)
def test_only_the_desk_that_is_asked_or_one_above_decides(role, question, may):
    assert may_decide(role, question) is may
    if not may:
        with pytest.raises(DeclineRefused):
            refuse_to_decide(role, question)


def test_what_the_level_above_decided_stands_until_it_is_opened_again_or_sent_on_by_that_level():
    rows = [("dispatch", {}), ("decline", {}), ("note", {"objection": "rejected", "final": "county"})]
    assert arbitrated_by(rows) is Answerer.COUNTY
    with pytest.raises(DeclineRefused):
        refuse_below_arbitration("subdistrict", rows)
    refuse_below_arbitration("county", rows)
    assert arbitrated_by([*rows, ("reopen", {})]) is None
    assert arbitrated_by([*rows, ("dispatch", {})]) is None
    assert arbitrated_by([("dispatch", {"arbitrated": True})]) is Answerer.COUNTY
    assert arbitrated_by([("dispatch", {"arbitrated": True, "final": "subdistrict"})]) is Answerer.SUBDISTRICT
    refuse_below_arbitration("community", [("dispatch", {})])


def test_only_whoever_was_right_is_not_asked_again():
    rows = [
        ("decline", "dispatched", {"unit": 3}, 3),
        ("dispatch", "dispatched", {"objection": "upheld", "from_unit": 3}, 9),
        ("decline", "dispatched", {"unit": 4}, 4),
        ("decline", "classified", {"unit": 5}, 5),
    ]
    assert upheld_against(rows) == {"3", "5"}


@pytest.mark.parametrize(
    ("item", "holder", "own", "keys"),
    [
        ("pension-question", Level.GRID, (), {"off-the-list"}),
        ("manhole-cover", Level.GRID, (), {"department-work", "law-urban-management"}),
        ("manhole-cover", Level.DEPARTMENT, ("urban-management",), set()),
        ("street-light", Level.PROPERTY, (), {"contract"}),
        (None, Level.GRID, (), set()),
    ],
)
def test_the_bases_are_those_of_the_item_and_of_the_holder(catalogue, item, holder, own, keys):
    found = bases(catalogue.items.get(item), holder, frozenset(own), catalogue)
    named = {each.key for each in found}
    assert keys <= named
    assert {"place", "duties", WRITTEN} <= named
    assert "law-urban-management" in keys or "law-urban-management" not in named or not own
    for each in found:
        told = basis_named(each.key, catalogue)
        assert told == each.message or told.key == "objection-basis-written-told"
        assert text(each.message, "zh") != text(each.message, "en")


def test_a_department_without_a_law_in_words_is_named_by_its_list_of_duties(catalogue):
    assert basis_named("duty-sports", catalogue).key == "objection-basis-duty"
