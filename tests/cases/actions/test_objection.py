"""A unit objects, the desk that sent it decides, the level above has the last word; no clock is ever stretched."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases.actions.test_tables import reported
from tests.town import MORNING, Town

from doorstep.cases.actions import act, classify, locate, objection
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.dispatch import UnitRefused, dispatch_by_hand
from doorstep.cases.models import Case, Event, Said
from doorstep.cases.rules.decline import DeclineRefused
from doorstep.cases.whole import numbered, whole
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal

LATER = MORNING + timedelta(hours=1)
WHY = "这条街不归我们管"
CITED = "《城市供水条例》第二十七条"


def now(case: Case) -> Case:
    with acting_as(WORKER):
        return Case.objects.get(pk=case.pk)


def last(case: Case, move: str) -> Event:
    with acting_as(WORKER):
        return Event.objects.filter(case=case.pk, move=move).latest("seq")


@pytest.fixture
def case(town: Town) -> Case:
    return reported("家里停水了", item="water-outage")


@pytest.fixture
def does(town: Town, case: Case):
    """`does("water", act.decline, WHY, cited=CITED)`: as whoever sits there."""

    def do(who: str, action, *given, at=LATER, **more):
        by = town.actor(who)
        with acting_as(by):
            return action(CaseId(case.pk), *given, by=by, at=at, **more)

    return do


def test_a_department_objects_and_keeps_the_case_with_its_clock(case, does):
    held_by, due, promised = case.holder_unit_id, case.holder_due_at, case.promised_by
    does("water", act.decline, WHY, cited=CITED)
    after = now(case)
    assert (after.state, after.question) == ("dispatched", "objection")
    assert (after.holder_unit_id, after.holder_due_at, after.promised_by) == (held_by, due, promised)
    with acting_as(WORKER):
        assert Said.objects.filter(case=case.pk).latest("seq").words == f"{CITED} {WHY}"
    assert last(case, "decline").facts["basis"] == "written"


def test_the_desk_rejects_it_objects_again_and_the_level_above_decides_for_good(town, case, does):
    due, promised = case.holder_due_at, case.promised_by
    does("water", act.decline, WHY, basis="duties")
    does("subdistrict", objection.reject, "供水管网由贵单位养护。")
    assert (now(case).question, now(case).holder_unit_id) == ("", town.units["water"])
    does("water", act.decline, WHY, basis="duties")
    assert now(case).question == "arbitrate"
    does("command", objection.reject, "按职责清单由供水单位承办。")
    after = now(case)
    assert (after.question, after.holder_due_at, after.promised_by) == ("", due, promised)
    assert last(case, "note").facts["final"] == "county"
    with pytest.raises(DeclineRefused) as refused:
        does("water", act.decline, WHY, basis="duties")
    assert refused.value.message.key == "cases-decline-arbitrated"
    with pytest.raises(DeclineRefused) as stands:
        does("subdistrict", dispatch_by_hand, town.units["subdistrict_office"])
    assert stands.value.message.key == "cases-arbitrated-stands"


def test_nobody_is_offered_what_would_be_refused_whatever_they_wrote(town, case, does):
    def may(who: str, at=LATER) -> tuple[set, set]:
        by = town.actor(who)
        with acting_as(by):
            seen = whole(numbered(case.number), by=by, at=at)
        return set(seen.mine), {move for other in seen.others for move in other.moves}

    assert "decline" in may("water")[0]
    assert "decline" in may("subdistrict")[1]
    assert "decline" not in may("water", at=LATER + timedelta(days=5))[0]
    does("water", act.decline, WHY, basis="duties")
    assert "decline" not in may("water")[0]
    does("subdistrict", objection.reject, "供水管网由贵单位养护。")
    assert "decline" in may("water")[0]
    does("water", act.decline, WHY, basis="duties")
    does("command", objection.reject, "按职责清单由供水单位承办。")
    assert "decline" not in may("water")[0]
    assert not {"decline"} & may("subdistrict")[1]
    assert "do" in may("water")[0]
    # Nor may a desk below undo what the county decided.
    assert "dispatch" not in may("subdistrict")[0]
    assert "dispatch" in may("command")[0]


def test_the_desk_upholds_it_by_sending_it_to_another_unit(town, case, does):
    promised = case.promised_by
    does("water", act.decline, WHY, cited=CITED)
    does("subdistrict", dispatch_by_hand, town.units["subdistrict_office"])
    after = now(case)
    assert (after.question, after.holder_unit_id, after.promised_by) == ("", town.units["subdistrict_office"], promised)
    facts = last(case, "dispatch").facts
    assert (facts["objection"], facts["from_unit"]) == ("upheld", town.units["water"])
    assert "final" not in facts
    # The next to object is heard by the county, whose decision is final.
    does("subdistrict", act.decline, WHY, basis="duties")
    assert now(case).question == "arbitrate"
    does("command", dispatch_by_hand, town.units["water"])
    assert last(case, "dispatch").facts["final"] == "county"
    with pytest.raises(DeclineRefused):
        does("water", act.decline, WHY, cited=CITED)


def test_whoever_was_right_is_not_asked_again_by_the_machine(town, case, does):
    does("water", act.decline, WHY, cited=CITED)
    does("subdistrict", dispatch_by_hand, town.units["subdistrict_office"])
    does("dana", classify.classify_by_hand, "water-outage", "")
    advance(at=LATER)
    assert now(case).holder_unit_id != town.units["water"]


@pytest.mark.parametrize("who", ["dana", "water"])
def test_only_the_desk_that_sent_it_or_one_above_decides(town, case, does, who):
    does("water", act.decline, WHY, cited=CITED)
    with pytest.raises(Refusal):
        does(who, objection.reject, "应由贵单位承办。")
    with pytest.raises(Refusal):
        does(who, dispatch_by_hand, town.units["subdistrict_office"])
    assert now(case).question == "objection"


def test_the_county_may_decide_what_the_subdistrict_was_asked(case, does):
    does("water", act.decline, WHY, cited=CITED)
    does("command", objection.reject, "按职责清单承办。")
    assert now(case).question == ""


def test_corrections_wait_until_it_is_decided(case, does):
    does("water", act.decline, WHY, cited=CITED)
    for correct in (
        lambda: does("dana", classify.classify_by_hand, "street-light", ""),
        lambda: does("dana", locate.locate_by_hand, "32110200100100102"),
    ):
        with pytest.raises(DeclineRefused) as refused:
            correct()
        assert refused.value.message.key == "cases-objection-first"


def test_an_objection_is_rejected_with_a_reason_and_only_where_there_is_one(case, does):
    with pytest.raises(DeclineRefused) as none:
        does("subdistrict", objection.reject, "没有异议。")
    assert none.value.message.key == "cases-objection-none"
    does("water", act.decline, WHY, cited=CITED)
    with pytest.raises(DeclineRefused) as bare:
        does("subdistrict", objection.reject, " 不 ")
    assert bare.value.message.key == "cases-objection-no-reason"


def test_it_is_not_raised_twice_nor_without_a_basis_that_is_offered(case, does):
    with pytest.raises(DeclineRefused) as invented:
        does("water", act.decline, WHY, basis="because-i-say-so")
    assert invented.value.message.key == "cases-decline-without-basis"
    does("water", act.decline, WHY, cited=CITED)
    with pytest.raises(DeclineRefused) as twice:
        does("water", act.decline, WHY, cited=CITED)
    assert twice.value.message.key == "cases-decline-open"


def test_whoever_does_it_all_the_same_lets_go_of_the_objection(case, does):
    does("water", act.decline, WHY, cited=CITED)
    does("water", act.take)
    assert (now(case).state, now(case).question) == ("taken", "")


def test_a_desk_does_not_begin_a_clock_anew_by_sending_it_to_the_same_unit(town, case, does):
    with pytest.raises(UnitRefused) as refused:
        does("subdistrict", dispatch_by_hand, town.units["water"])
    assert refused.value.message.key == "cases-unit-same"


# No ping-pong can stretch a limit -------------------------------------------------------------------------------------

TRIES = st.lists(
    st.tuples(
        st.sampled_from(["object", "uphold", "reject", "take", "send"]),
        st.sampled_from(["water", "subdistrict", "dana", "command"]),
        st.sampled_from(["water", "subdistrict_office", "community_desk"]),
        st.integers(1, 240),
    ),
    max_size=14,
)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TRIES)
def test_no_handing_back_and_forth_moves_the_promise_or_goes_on_without_end(town, tries):
    case = reported("家里停水了", item="water-outage")
    promised, at = case.promised_by, MORNING
    for name, who, unit, minutes in tries:
        at += timedelta(minutes=minutes)
        before, by = now(case), town.actor(who)
        try:
            with acting_as(by):
                if name == "object":
                    act.decline(CaseId(case.pk), WHY, by=by, at=at, cited=CITED)
                elif name == "reject":
                    objection.reject(CaseId(case.pk), "按职责清单承办。", by=by, at=at)
                elif name == "take":
                    act.take(CaseId(case.pk), by=by, at=at)
                else:
                    dispatch_by_hand(CaseId(case.pk), town.units[unit], by=by, at=at)
        except Refusal:
            assert now(case).seq == before.seq
        after = now(case)
        assert after.promised_by == promised
        if after.holder_unit_id == before.holder_unit_id:
            assert after.holder_due_at == before.holder_due_at
    with acting_as(WORKER):
        sent = [event.facts for event in Event.objects.filter(case=case.pk, move="dispatch").order_by("seq")]
    # Whatever is tried, one objection is decided by the desk that sent the case; every other by the level above.
    assert sum(facts.get("objection") == "upheld" and "final" not in facts for facts in sent) <= 1
