"""Whoever sits above the desk that drew approves, and nobody what is their own work, unless nobody else is there."""

from __future__ import annotations

import pytest

from doorstep.areas.rules.approving import Seat, Verdict, approval_by, approving_level, level_of

DANA = Seat("community", account=1, post=11)
COLLEAGUE = Seat("community", account=2, post=11)
OFFICE = Seat("subdistrict", account=3, post=13)
COMMAND = Seat("county", account=4, post=14)
COMMAND_TOO = Seat("county", account=5, post=15)
MACHINE = Seat("worker")
EVERYBODY = (DANA, COLLEAGUE, OFFICE, COMMAND, COMMAND_TOO)


@pytest.mark.parametrize(
    ("who", "found"),
    [
        (DANA, Verdict.BELOW),
        (COLLEAGUE, Verdict.BELOW),
        (OFFICE, Verdict.MAY),
        (COMMAND, Verdict.MAY),
    ],
)
def test_what_a_community_drew_is_approved_by_any_desk_above_it(who: Seat, found: Verdict) -> None:
    assert approval_by(who, [DANA], EVERYBODY) is found


def test_what_a_subdistrict_drew_is_approved_by_the_county_alone() -> None:
    assert {who: approval_by(who, [OFFICE], EVERYBODY) for who in (DANA, OFFICE, COMMAND)} == {
        DANA: Verdict.BELOW,
        OFFICE: Verdict.BELOW,
        COMMAND: Verdict.MAY,
    }


def test_the_highest_desk_approves_its_own_and_it_is_said() -> None:
    assert approval_by(COMMAND, [COMMAND], EVERYBODY) is Verdict.OWN
    assert approval_by(OFFICE, [COMMAND], EVERYBODY) is Verdict.BELOW


@pytest.mark.parametrize("in_post", [(), (DANA, COLLEAGUE), (DANA,)])
def test_a_community_that_stands_alone_approves_its_own(in_post: tuple[Seat, ...]) -> None:
    assert approval_by(DANA, [DANA], in_post) is Verdict.OWN
    assert approving_level([DANA], in_post) == ""


def test_another_seat_makes_nobody_another_person() -> None:
    dana_above = Seat("county", account=1, post=99)
    assert approval_by(dana_above, [DANA], (*EVERYBODY, dana_above)) is Verdict.DREW
    # Where an account is not known, the post tells.
    assert approval_by(Seat("county", None, 11), [Seat("community", None, 11)], EVERYBODY) is Verdict.DREW
    assert approval_by(COMMAND, [DANA, COMMAND], EVERYBODY) is Verdict.DREW
    assert approval_by(COMMAND_TOO, [DANA, COMMAND], EVERYBODY) is Verdict.MAY


def test_where_one_person_holds_every_seat_above_there_is_nobody_else_to_ask() -> None:
    dana_above = Seat("county", account=1, post=99)
    assert approval_by(dana_above, [DANA], (DANA, dana_above)) is Verdict.OWN


def test_the_nearest_desk_above_with_somebody_in_post_is_asked() -> None:
    assert approving_level([DANA], EVERYBODY) == "subdistrict"
    assert approving_level([DANA], (DANA, COMMAND)) == "county"
    assert approving_level([OFFICE], EVERYBODY) == "county"
    assert approving_level([COMMAND], EVERYBODY) == ""


@pytest.mark.parametrize(
    ("hands", "level"),
    [
        ([MACHINE], "community"),
        ([Seat("")], "community"),
        ([MACHINE, COMMAND], "county"),
        ([COMMAND, DANA], "community"),
        ([OFFICE, COMMAND], "subdistrict"),
    ],
)
def test_the_lowest_desk_that_had_a_hand_in_it_decides(hands: list[Seat], level: str) -> None:
    assert level_of(hands) == level
