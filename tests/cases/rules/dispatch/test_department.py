"""What the law gives to a department goes straight there."""

from dataclasses import replace

from doorstep.cases.rules.dispatch import department


def test_a_missing_manhole_cover_goes_to_the_bureau_in_charge(a_case, place, everybody):
    assert department.choose(a_case("manhole-cover"), everybody).unit == place.lamps.id


def test_a_department_of_another_trade_is_not_asked(a_case, place):
    assert department.choose(a_case("manhole-cover"), [place.gas, place.police]) is None


def test_where_two_trades_are_named_the_first_that_is_there_acts(a_case, place):
    heating_or_gas = a_case("heating-off")
    assert [h.department for h in heating_or_gas.item.who if h.department] == ["heating", "gas"]
    assert department.choose(heating_or_gas, [place.gas]).unit == place.gas.id
    heating = replace(place.gas, id="heat", name="Heat", departments=frozenset({"heating"}))
    assert department.choose(heating_or_gas, [place.gas, heating]).unit == "heat"


def test_what_has_no_item_goes_to_no_department(a_case, everybody):
    assert department.choose(a_case(None), everybody) is None
