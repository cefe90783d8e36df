"""Who acts: the rules in their order, on the whole neighbourhood."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shipped import shipped_catalogue

from doorstep.cases.rules.dispatch import RULES, Explained, choose_unit, grid_team, on_call
from doorstep.cases.rules.facts import Choice
from doorstep.catalogue.item import LegalChannel, Level, Urgency
from doorstep.core.text import text

ITEMS = sorted(shipped_catalogue().items)


@pytest.mark.parametrize(
    ("item", "who"),
    [
        ("leak-between-flats", "chens_team"),
        ("street-light", "estate"),
        ("pension-question", "desk"),
        ("manhole-cover", "lamps"),
        ("gas-leak", "gas"),
        ("staff-complaint", "office"),
        ("restaurant-fumes", "lamps"),
        ("consumer-dispute", "office"),
    ],
)
def test_each_matter_goes_to_whoever_should_act(a_case, place, everybody, item, who):
    assert choose_unit(a_case(item), everybody).unit == getattr(place, who).id


def test_danger_is_looked_at_before_everything_else(a_case, place, everybody):
    assert RULES[0].choose is on_call.choose
    desk = replace(place.desk, is_on_call=True)
    choice = choose_unit(a_case("stray-dog", urgency=Urgency.CRITICAL), [*everybody, desk])
    assert choice.unit == desk.id


def test_what_chens_team_declines_goes_to_the_next_nearest(a_case, place, everybody):
    case = a_case("leak-between-flats", declined_by=frozenset({place.chens_team.id}))
    assert choose_unit(case, everybody).unit == place.estate.id


def test_wages_are_explained_and_given_to_nobody(a_case, everybody):
    assert choose_unit(a_case("unpaid-wages"), everybody) == Explained(
        LegalChannel.LABOUR, choose_unit(a_case("unpaid-wages"), []).because
    )


def test_whoever_helps_is_called_and_is_never_the_one_who_acts(a_case, place, everybody):
    drains = replace(place.lamps, id="drains", name="Drains", departments=frozenset({"drainage"}))
    choice = choose_unit(a_case("manhole-cover"), [*everybody, drains])
    assert choice.unit == place.lamps.id
    assert choice.together_with == ("drains", place.desk.id)


def test_a_person_is_asked_when_nobody_fits(a_case, place):
    assert choose_unit(a_case("manhole-cover"), [place.elis_team, place.other_desk, place.gas]) is None
    assert choose_unit(a_case("manhole-cover"), []) is None


def test_a_complaint_about_the_desk_goes_past_the_desk(a_case, place, everybody):
    case = a_case("noise-at-night", complained_of=frozenset({place.desk.id, place.chens_team.id}))
    assert choose_unit(case, everybody).unit == place.police.id


def test_every_item_finds_somebody_and_says_why_in_both_languages(a_case, everybody):
    for item in ITEMS:
        choice = choose_unit(a_case(item), everybody)
        assert choice is not None, item
        assert text(choice.because, "zh") != text(choice.because, "en"), item


@given(
    item=st.sampled_from(ITEMS),
    urgency=st.sampled_from(Urgency),
    staffed=st.sets(st.integers(0, 8)),
    declined=st.sets(st.integers(0, 8)),
    order=st.permutations(range(9)),
)
def test_whoever_is_chosen_may_act_and_the_order_of_asking_does_not_matter(
    a_case, everybody, item, urgency, staffed, declined, order
):
    units = [replace(unit, is_staffed=n in staffed) for n, unit in enumerate(everybody)]
    refused = frozenset(units[n].id for n in declined)
    case = a_case(item, urgency=urgency, declined_by=refused)
    choice = choose_unit(case, units)
    assert choice == choose_unit(case, [units[n] for n in order])
    if isinstance(choice, Choice):
        chosen = next(unit for unit in units if unit.id == choice.unit)
        assert chosen.is_staffed
        assert chosen.id not in refused
        assert chosen.covers(case.area)
        assert chosen.level is not Level.GRID or case.item.admitted


def test_grid_team_comes_before_all_but_danger():
    assert RULES[1].choose is grid_team.choose
