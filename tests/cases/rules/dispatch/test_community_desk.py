"""What the community sees to itself goes to its desk."""

from doorstep.cases.rules.dispatch import community_desk


def test_a_pension_question_goes_to_danas_desk(a_case, place, everybody):
    assert community_desk.choose(a_case("pension-question"), everybody).unit == place.desk.id


def test_a_desk_of_another_community_is_not_asked(a_case, place):
    assert community_desk.choose(a_case("pension-question"), [place.other_desk]) is None


def test_what_is_still_without_an_item_is_looked_at_by_the_desk(a_case, place, everybody):
    assert community_desk.choose(a_case(None), everybody).unit == place.desk.id


def test_the_work_of_a_department_is_not_pushed_down_to_the_desk(a_case, everybody):
    assert community_desk.choose(a_case("manhole-cover"), everybody) is None
