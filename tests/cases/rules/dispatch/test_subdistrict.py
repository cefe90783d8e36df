"""What nobody nearer can take goes to the subdistrict office."""

from dataclasses import replace

from doorstep.cases.rules.dispatch import subdistrict


def test_the_office_takes_what_nobody_nearer_can(a_case, place, everybody):
    assert subdistrict.choose(a_case("manhole-cover"), everybody).unit == place.office.id


def test_an_office_of_another_subdistrict_is_not_asked(a_case, place):
    elsewhere = replace(place.office, serves=frozenset({"321102002"}))
    assert subdistrict.choose(a_case("manhole-cover"), [elsewhere]) is None
