"""Who covers a place, who may be asked, and who first."""

from dataclasses import replace

from doorstep.cases.rules.facts import able, first_to_ask


def test_whoever_serves_a_community_covers_all_its_micro_grids(a_case, place):
    area = a_case("thanks").area
    assert place.desk.covers(area)
    assert place.office.covers(area)
    assert not place.elis_team.covers(area)


def test_the_nearer_unit_is_asked_before_the_idler_one(a_case, place):
    case = a_case("thanks")
    team = replace(place.chens_team, open_cases=50)
    assert first_to_ask(case, [place.office, place.desk, team]) == team
    assert place.elis_team.nearness(case.area) == 0


def test_ties_go_to_the_earlier_name(a_case, place):
    second, first = replace(place.desk, id="b", name="B"), replace(place.desk, id="a", name="A")
    assert first_to_ask(a_case("thanks"), [second, first]) == first


def test_only_who_is_there_willing_and_not_complained_of_is_able(a_case, place, everybody):
    case = a_case(
        "thanks", declined_by=frozenset({place.desk.id}), complained_of=frozenset({place.estate.id, place.lamps.id})
    )
    units = [replace(unit, is_staffed=False) if unit is place.police else unit for unit in everybody]
    assert {unit.id for unit in able(case, units)} == {place.chens_team.id, place.office.id, place.gas.id}
