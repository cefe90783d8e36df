"""Who covers a place, who may be asked, and who first."""

from dataclasses import replace

from doorstep.cases.rules.facts import AreaCode, able, first_to_ask


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


def test_in_a_list_the_tenth_grid_stands_behind_the_ninth(a_case, place):
    area = a_case("thanks").area
    grids = [
        replace(place.elis_team, id=str(n), name=f"第{n}网格", serves=frozenset({AreaCode(f"{area[:12]}{n:03}")}))
        for n in (10, 9, 2, 27)
    ]
    listed = sorted([*grids, place.desk, place.chens_team], key=lambda unit: unit.place_in_a_list(area))
    assert listed[:2] == [place.chens_team, place.desk]
    assert [unit.name for unit in listed[2:]] == ["第2网格", "第9网格", "第10网格", "第27网格"]


def test_ties_go_to_the_earlier_name(a_case, place):
    second, first = replace(place.desk, id="b", name="B"), replace(place.desk, id="a", name="A")
    assert first_to_ask(a_case("thanks"), [second, first]) == first


def test_only_who_is_there_willing_and_not_complained_of_is_able(a_case, place, everybody):
    case = a_case(
        "thanks", declined_by=frozenset({place.desk.id}), complained_of=frozenset({place.estate.id, place.lamps.id})
    )
    units = [replace(unit, is_staffed=False) if unit is place.police else unit for unit in everybody]
    assert {unit.id for unit in able(case, units)} == {place.chens_team.id, place.office.id, place.gas.id}
