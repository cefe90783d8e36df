"""Dana sends a case by hand: to whom she may, to whom not, and what she is offered."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.town import LAT, LON, MORNING, SQUARE_DEG

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.dispatch import UnitRefused, dispatch_by_hand, units_for
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.models import Case, Event
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import CaseId
from doorstep.core.text import text


@pytest.fixture
def dana(town):
    return town.actor("dana")


def reported(words="楼道里堆满了杂物", item="stairwell-rubbish"):
    case = report(Report(words, Place(LON + SQUARE_DEG / 2, LAT - SQUARE_DEG / 2), item=item), at=MORNING).case
    advance(at=MORNING)
    with acting_as(WORKER):
        return Case.objects.get(pk=case)


def send(case, unit, dana, reason=""):
    with acting_as(dana):
        return dispatch_by_hand(CaseId(case.pk), unit, by=dana, at=MORNING, reason=reason)


def now(case):
    with acting_as(WORKER):
        return Case.objects.get(pk=case.pk)


def test_dana_is_offered_the_units_of_the_place_the_nearest_first(town, dana):
    case = reported()
    with acting_as(dana):
        offered = [int(unit.id) for unit in units_for(case, MORNING)]
    assert offered[0] == town.units["grid_team"]
    assert town.units["other_grid_team"] not in offered[:1]
    assert town.units["community_desk"] in offered


def test_dana_sends_it_to_her_own_desk_with_a_clock_of_its_own(town, dana):
    case = reported()
    entry = send(case, town.units["community_desk"], dana, "网格员今天请假。")
    assert now(case).holder_unit_id == town.units["community_desk"]
    assert datetime.fromisoformat(entry.facts["due_at"]) == now(case).holder_due_at
    assert not entry.for_reporter


def test_a_unit_that_is_not_there_is_refused(town, dana):
    case = reported()
    with pytest.raises(UnitRefused):
        send(case, 10**9, dana)
    assert now(case).holder_unit_id == town.units["grid_team"]


def test_what_is_off_the_list_is_given_to_no_grid(town, dana):
    case = reported(words="请帮忙看看", item="pension-question")
    with pytest.raises(UnitRefused) as refused:
        send(case, town.units["grid_team"], dana)
    assert refused.value.message.key == "cases-off-the-list"
    assert now(case).holder_unit_id != town.units["grid_team"]


def test_what_a_department_must_do_is_not_pushed_down_and_the_rule_is_named(town, dana):
    case = reported(words="请帮忙看看", item="manhole-cover")
    with pytest.raises(UnitRefused) as refused:
        send(case, town.units["grid_team"], dana)
    assert "Guobanhan [2025] No. 66" in text(refused.value.message, "en")
    assert now(case).holder_unit_id != town.units["grid_team"]


def test_what_belongs_to_a_court_is_sent_to_nobody_and_dana_is_told_why(town):
    case = reported("我想打官司", item="lawsuit-matter")
    assert (case.state, case.question, case.holder_unit_id) == ("classified", "which-unit", None)
    with acting_as(WORKER):
        asked = Event.objects.get(case=case, move="ask")
    assert asked.facts["because"]["key"].startswith("cases-dispatch-legal-")
