"""Where Ava means: what her door, her pin and her address say together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.cases.rules.facts import AreaCode
from doorstep.cases.rules.locate import BAR, PlaceAnswer, Way, locate, trust
from doorstep.core.text import text

HERE, THERE = AreaCode("32110200100100101"), AreaCode("32110200100100102")
answers = st.lists(
    st.builds(
        PlaceAnswer,
        way=st.sampled_from([Way.CHOSEN_DOOR, Way.PIN, Way.ADDRESS]),
        microgrid=st.sampled_from([HERE, THERE, None]),
        margin_m=st.floats(0, 100),
        accuracy_m=st.none() | st.floats(0, 500),
        likeness=st.floats(0, 1),
    ),
    max_size=4,
)


def test_a_code_on_a_door_is_believed_whatever_the_pin_says():
    pin = PlaceAnswer(Way.PIN, THERE, margin_m=80, accuracy_m=5)
    located = locate([pin, PlaceAnswer(Way.DOOR_CODE, HERE)])
    assert (located.microgrid, located.certainty) == (HERE, 1.0)


def test_a_pin_well_inside_is_enough():
    located = locate([PlaceAnswer(Way.PIN, HERE, margin_m=40, accuracy_m=10)])
    assert located.microgrid == HERE
    assert located.certainty > 0.9


def test_a_pin_near_the_border_that_may_be_far_off_is_not_enough():
    assert locate([PlaceAnswer(Way.PIN, HERE, margin_m=5, accuracy_m=100)]) is None


def test_a_pin_set_by_hand_counts_as_somewhat_off():
    assert trust(PlaceAnswer(Way.PIN, HERE, margin_m=10)) < trust(PlaceAnswer(Way.PIN, HERE, margin_m=10, accuracy_m=8))


def test_a_vague_pin_and_a_vague_address_that_agree_are_enough_together():
    pin = PlaceAnswer(Way.PIN, HERE, margin_m=2, accuracy_m=30)
    address = PlaceAnswer(Way.ADDRESS, HERE, likeness=0.6)
    assert locate([pin]) is None
    assert locate([address]) is None
    located = locate([pin, address])
    assert located.microgrid == HERE
    assert located.because.key == "cases-locate-agree"


def test_an_address_and_a_pin_that_contradict_each_other_need_a_person():
    pin = PlaceAnswer(Way.PIN, HERE, margin_m=40, accuracy_m=10)
    address = PlaceAnswer(Way.ADDRESS, THERE, likeness=0.95)
    assert locate([pin, address]) is None


def test_a_poor_pin_next_door_does_not_outweigh_the_door_that_ava_chose():
    pin = PlaceAnswer(Way.PIN, THERE, margin_m=1, accuracy_m=400)
    # The pin is worth about one half, so that half of the belief is left: Ava is asked.
    assert locate([pin, PlaceAnswer(Way.CHOSEN_DOOR, HERE)]) is None
    assert locate([pin, PlaceAnswer(Way.CHOSEN_DOOR, HERE)], bar=0.4).microgrid == HERE


@pytest.mark.parametrize("said", [[], [PlaceAnswer(Way.PIN, None)], [PlaceAnswer(Way.DOOR_CODE, None)]])
def test_a_place_outside_the_plan_or_no_place_at_all_needs_a_person(said):
    assert locate(said) is None


@pytest.mark.parametrize("way", [Way.CHOSEN_DOOR, Way.PIN, Way.ADDRESS, Way.DOOR_CODE])
def test_ava_is_told_how_we_know(way):
    located = locate([PlaceAnswer(way, HERE, margin_m=99)])
    assert text(located.because, "zh") != text(located.because, "en")


@given(answers)
def test_the_order_of_the_answers_does_not_matter(said):
    one, other = locate(said), locate(said[::-1])
    assert (one is None) == (other is None)
    if one is not None:
        assert one.microgrid == other.microgrid
        assert one.certainty == pytest.approx(other.certainty)
        assert BAR <= one.certainty <= 1.0


@given(answers, st.floats(0.5, 1))
def test_one_more_answer_for_the_same_place_never_makes_it_less_sure(said, likeness):
    before = locate(said)
    if before is not None:
        after = locate([*said, PlaceAnswer(Way.ADDRESS, before.microgrid, likeness=likeness)])
        assert after.microgrid == before.microgrid
        assert after.certainty >= before.certainty - 1e-12


def test_a_door_code_that_is_not_in_the_plan_leaves_the_word_to_the_pin():
    pin = PlaceAnswer(Way.PIN, HERE, margin_m=50, accuracy_m=5)
    assert locate([PlaceAnswer(Way.DOOR_CODE, None), pin]).microgrid == HERE
    assert trust(PlaceAnswer(Way.DOOR_CODE, HERE)) == 1.0
