"""What the property company is paid for goes to it."""

from dataclasses import replace

from doorstep.cases.rules.dispatch import property_company


def test_a_lamp_on_the_estate_goes_to_its_company(a_case, place, everybody):
    assert property_company.choose(a_case("street-light"), everybody).unit == place.estate.id


def test_where_there_is_no_company_somebody_else_decides(a_case, place):
    assert property_company.choose(a_case("street-light"), [place.desk, place.lamps]) is None


def test_a_question_about_pensions_is_no_business_of_the_company(a_case, everybody):
    assert property_company.choose(a_case("pension-question"), everybody) is None


def test_a_company_that_is_complained_of_is_not_given_the_complaint(a_case, place):
    case = a_case("street-light", complained_of=frozenset({place.estate.id}))
    assert property_company.choose(case, [place.estate]) is None


def test_the_company_of_the_building_comes_before_that_of_the_community(a_case, place):
    nearer = replace(place.estate, id="nearer", name="Z company", serves=place.chens_team.serves)
    assert property_company.choose(a_case("street-light"), [place.estate, nearer]).unit == "nearer"
