"""The number Ava is given can be read out, typed and mistyped."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from doorstep.cases.rules.case_number import (
    MOST_IN_A_DAY,
    CaseNumber,
    NotACaseNumber,
    case_number,
    read_case_number,
)

days = st.dates(date(2020, 1, 1), date(2099, 12, 31))
serials = st.integers(1, MOST_IN_A_DAY)


def test_a_number_has_the_day_a_serial_number_and_two_digits_that_catch_slips():
    assert case_number(date(2026, 11, 21), 42) == "261121-000042-21"


@pytest.mark.parametrize(
    "typed",
    [
        "261121-000042-21",
        " 261121 000042 21 ",
        "26112100004221",
        "２６１１２１－００００４２－２１",
        "261121—000042—21",
    ],
)
def test_it_is_read_however_it_is_typed(typed):
    assert read_case_number(typed) == CaseNumber(date(2026, 11, 21), 42)


@given(days, serials)
def test_what_was_given_can_be_read_again(day, serial):
    read = read_case_number(case_number(day, serial))
    assert read == (day, serial)
    assert str(read) == case_number(day, serial)


@given(days, serials, st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(day, serial, at, off):
    digits = case_number(day, serial).replace("-", "")
    wrong = digits[:at] + str((int(digits[at]) + off) % 10) + digits[at + 1 :]
    with pytest.raises(NotACaseNumber):
        read_case_number(wrong)


@given(days, serials, st.integers(0, 12))
def test_two_swapped_neighbours_are_always_noticed(day, serial, at):
    digits = case_number(day, serial).replace("-", "")
    assume(digits[at] != digits[at + 1])
    with pytest.raises(NotACaseNumber):
        read_case_number(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "cases-number-wrong-shape"),
        ("路灯", "cases-number-wrong-shape"),
        ("261121-000042", "cases-number-wrong-shape"),
        ("261121-000042-22", "cases-number-slip"),
        ("261321-000042-" + f"{98 - 261321000042 * 100 % 97:02d}", "cases-number-wrong-shape"),
    ],
)
def test_what_is_no_number_is_refused_with_what_to_do(typed, why):
    with pytest.raises(NotACaseNumber) as refused:
        read_case_number(typed)
    assert refused.value.message.key == why
    assert refused.value.try_this is not None


@pytest.mark.parametrize("serial", [0, MOST_IN_A_DAY + 1])
def test_a_day_holds_only_so_many(serial):
    with pytest.raises(ValueError, match="at most"):
        case_number(date(2026, 11, 21), serial)
