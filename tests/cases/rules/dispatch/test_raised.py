"""What a level could not solve goes to the level above."""

import pytest

from doorstep.cases.rules.dispatch import decide, raised
from doorstep.catalogue.item import Level


def test_nobody_called_so_nobody_above_is_asked(a_case, everybody):
    assert raised.choose(a_case("street-light"), everybody) is None


@pytest.mark.parametrize(
    ("level", "above"), [(Level.GRID, "desk"), (Level.PROPERTY, "desk"), (Level.COMMUNITY, "office")]
)
def test_each_level_calls_the_desk_above(level, above, a_case, place, everybody):
    case = a_case("street-light", raised_from=level)
    assert raised.choose(case, everybody).unit == getattr(place, above).id
    decided = decide(case, everybody)
    assert (decided.by, decided.came_of_it.unit) == ("raised", getattr(place, above).id)


def test_a_grid_whose_desk_said_no_calls_the_subdistrict(a_case, place, everybody):
    case = a_case("street-light", raised_from=Level.GRID, declined_by=frozenset({place.desk.id}))
    assert raised.choose(case, everybody).unit == place.office.id


@pytest.mark.parametrize("level", [Level.SUBDISTRICT, Level.DEPARTMENT])
def test_above_the_subdistrict_the_ordinary_rules_decide(level, a_case, everybody):
    assert raised.choose(a_case("street-light", raised_from=level), everybody) is None
