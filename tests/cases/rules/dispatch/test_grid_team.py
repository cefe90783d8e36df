"""What is on the admission list goes to the team of the grid, and nothing else does."""

from dataclasses import replace

from doorstep.cases.rules.dispatch import grid_team
from doorstep.core.text import text


def test_a_leak_goes_to_chens_team_which_works_avas_grid(a_case, place, everybody):
    choice = grid_team.choose(a_case("leak-between-flats"), everybody)
    assert choice.unit == place.chens_team.id
    assert "Chen's team" in text(choice.because, "en")


def test_elis_team_is_not_asked_for_another_grid(a_case, place):
    assert grid_team.choose(a_case("leak-between-flats"), [place.elis_team]) is None


def test_a_missing_manhole_cover_is_never_given_to_a_grid(a_case, everybody):
    assert grid_team.choose(a_case("manhole-cover"), everybody) is None


def test_an_item_that_left_the_admission_list_is_not_given_to_a_grid(a_case, everybody):
    leak = a_case("leak-between-flats")
    assert grid_team.choose(replace(leak, item=replace(leak.item, admitted=False)), everybody) is None


def test_a_team_with_nobody_in_post_is_passed_over(a_case, place):
    assert grid_team.choose(a_case("leak-between-flats"), [replace(place.chens_team, is_staffed=False)]) is None


def test_a_team_that_has_declined_is_not_asked_again(a_case, place):
    case = a_case("leak-between-flats", declined_by=frozenset({place.chens_team.id}))
    assert grid_team.choose(case, [place.chens_team]) is None


def test_of_two_teams_the_one_with_less_on_its_hands_is_asked(a_case, place):
    busy = replace(place.chens_team, id="busy", name="Busy", open_cases=9)
    assert grid_team.choose(a_case("leak-between-flats"), [busy, place.chens_team]).unit == place.chens_team.id


def test_what_has_no_item_is_not_given_to_a_grid(a_case, everybody):
    assert grid_team.choose(a_case(None), everybody) is None
