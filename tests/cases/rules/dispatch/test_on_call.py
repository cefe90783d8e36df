"""What is critical goes to whoever is on call now."""

from dataclasses import replace

import pytest

from doorstep.cases.rules.dispatch import on_call
from doorstep.catalogue.item import Urgency


def test_a_gas_leak_goes_to_danas_desk_when_it_is_on_call(a_case, place):
    desk = replace(place.desk, is_on_call=True)
    assert on_call.choose(a_case("gas-leak"), [desk, place.gas]).unit == desk.id


def test_at_night_it_goes_to_the_gas_company_that_is_on_call(a_case, place, everybody):
    assert on_call.choose(a_case("gas-leak"), everybody).unit == place.gas.id


def test_the_office_on_call_takes_what_none_of_the_items_own_units_can(a_case, place):
    office = replace(place.office, is_on_call=True)
    assert on_call.choose(a_case("gas-leak"), [place.desk, office]).unit == office.id


@pytest.mark.parametrize("urgency", [Urgency.URGENT, Urgency.ORDINARY, Urgency.COMPLEX])
def test_what_is_not_critical_does_not_wake_whoever_is_on_call(a_case, everybody, urgency):
    assert on_call.choose(a_case("gas-leak", urgency=urgency), everybody) is None


def test_where_nobody_is_on_call_the_other_rules_decide(a_case, place):
    assert on_call.choose(a_case("gas-leak"), [place.desk, replace(place.gas, is_on_call=False)]) is None


def test_a_critical_case_without_item_goes_to_a_desk_on_call(a_case, place):
    desk = replace(place.desk, is_on_call=True)
    assert on_call.choose(a_case(None, urgency=Urgency.CRITICAL), [place.gas, desk]).unit == desk.id
