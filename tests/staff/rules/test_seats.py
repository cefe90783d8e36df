from doorstep.staff.rules.roles import ADMINISTRATOR_POSTS, ROLE_OF_POST, may_be_held_together, seat
from doorstep.staff.rules.seats import KEPT_BY_COMMUNITY, SEATS, missing


def test_a_micro_grid_has_one_liaison_and_two_volunteers():
    assert missing("microgrid", []) == ("liaison", "volunteer", "volunteer")
    assert missing("microgrid", ["volunteer"]) == ("liaison", "volunteer")
    assert missing("microgrid", ["liaison", "volunteer", "volunteer", "volunteer"]) == ()


def test_a_grid_has_a_lead_and_at_least_one_worker():
    assert missing("grid", ["grid_worker", "grid_worker"]) == ("grid_lead",)


def test_a_community_is_asked_for_nothing():
    assert missing("community", []) == ()


def test_every_seat_that_an_area_needs_can_be_filled_by_its_community():
    assert {kind for kinds in SEATS.values() for kind in kinds} <= KEPT_BY_COMMUNITY <= ROLE_OF_POST.keys()


def test_the_three_administrators_are_three_people_and_hold_nothing_else():
    for wanted in ADMINISTRATOR_POSTS:
        for held in ROLE_OF_POST:
            assert may_be_held_together(frozenset({held}), wanted) is (held == wanted)
            if held not in ADMINISTRATOR_POSTS:
                assert not may_be_held_together(frozenset({wanted}), held)


def test_one_person_may_hold_several_other_posts():
    assert may_be_held_together(frozenset({"grid_worker", "volunteer"}), "grid_lead")


def test_neighbours_get_no_role_that_reads_cases():
    for kind in ("liaison", "volunteer", "stairwell_lead", "hub_household"):
        assert seat(kind, 7, None) == ("neighbour", 7) or seat(kind, 7, None).role == "neighbour"
