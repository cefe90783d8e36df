"""Dana says what a case is about, where the words did not."""

from __future__ import annotations

import pytest
from tests.town import LAT, LON, MORNING, SQUARE_DEG

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.classify import ItemRefused, classify_by_hand
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.models import Case
from doorstep.cases.queries import catalogue
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import CaseId


@pytest.fixture
def unclear(town):
    """A case whose words say nothing."""
    case = report(Report("嗯嗯嗯", Place(LON + SQUARE_DEG / 2, LAT - SQUARE_DEG / 2)), at=MORNING).case
    advance(at=MORNING)
    return now(case)


def now(case):
    with acting_as(WORKER):
        return Case.objects.get(pk=case)


def say_it_is(town, case, item, urgency=""):
    dana = town.actor("dana")
    with acting_as(dana):
        return classify_by_hand(CaseId(case.pk), item, urgency, by=dana, at=MORNING)


def test_words_that_say_nothing_are_asked_about(unclear):
    assert (unclear.state, unclear.question) == ("located", "which-class")


def test_dana_names_the_item_and_its_own_urgency_follows(town, unclear):
    say_it_is(town, unclear, "stairwell-rubbish")
    known = now(unclear.pk)
    item = catalogue().items["stairwell-rubbish"]
    assert (known.item, known.urgency, known.question) == (item.id, str(item.urgency), "")
    advance(at=MORNING)
    assert now(unclear.pk).holder_unit_id == town.units["grid_team"]


def test_dana_may_say_that_it_is_more_urgent_and_the_promise_is_sooner(town, unclear):
    say_it_is(town, unclear, "stairwell-rubbish")
    usual = now(unclear.pk).promised_by
    say_it_is(town, unclear, "stairwell-rubbish", "urgent")
    assert now(unclear.pk).urgency == "urgent"
    assert now(unclear.pk).promised_by < usual


@pytest.mark.parametrize(
    ("item", "urgency", "where"), [("no-such", "", "item"), ("stairwell-rubbish", "soonish", "urgency")]
)
def test_what_the_catalogue_does_not_know_is_refused_by_its_field(town, unclear, item, urgency, where):
    with pytest.raises(ItemRefused) as refused:
        say_it_is(town, unclear, item, urgency)
    assert refused.value.where == where
    assert now(unclear.pk).state == "located"
