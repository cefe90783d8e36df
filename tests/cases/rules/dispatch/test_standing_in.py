"""A courtyard without a property company does not fall silent: the community stands in."""

from dataclasses import replace

from doorstep.cases.rules.dispatch import choose_unit, standing_in
from doorstep.cases.rules.dispatch.passed import Passed
from doorstep.catalogue.item import Handler, Level

COMPANY = Handler(Level.PROPERTY)


def of_the_company(a_case):
    """A case that only a property company acts on."""
    case = a_case("street-light")
    return replace(case, item=replace(case.item, who=(COMPANY,)))


def test_where_there_is_no_company_the_community_stands_in(a_case, place):
    case = of_the_company(a_case)
    assert standing_in.choose(case, [place.desk, place.lamps]).unit == place.desk.id
    assert choose_unit(case, [place.desk, place.lamps]).unit == place.desk.id


def test_a_company_elsewhere_is_none_here(a_case, place):
    elsewhere = replace(place.estate, serves=frozenset({"999999999999"}))
    assert standing_in.choose(of_the_company(a_case), [place.desk, elsewhere]).unit == place.desk.id


def test_a_company_that_nobody_is_in_is_not_stood_in_for(a_case, place):
    case, empty = of_the_company(a_case), replace(place.estate, is_staffed=False)
    assert standing_in.choose(case, [place.desk, empty]) is None
    assert standing_in.why_passed(case, [place.desk, empty]) is Passed.NOT_NEEDED


def test_where_the_community_cannot_either_it_says_why(a_case, place):
    case, vacant = of_the_company(a_case), replace(place.desk, is_staffed=False)
    assert standing_in.choose(case, [vacant]) is None
    assert standing_in.why_passed(case, [vacant]) is Passed.VACANT
    assert standing_in.why_passed(case, []) is Passed.NOBODY


def test_what_is_not_the_companys_is_not_the_communitys_for_want_of_one(a_case, place):
    assert standing_in.choose(a_case("pension-question"), [place.desk]) is None
