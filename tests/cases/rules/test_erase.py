"""What can be erased, and when: nobody is refused without a reason and a day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from doorstep.cases.rules.erase import ANSWERS_KEPT_FOR, OWN, Part, standings

DAYS = st.dates(date(2024, 1, 1), date(2040, 1, 1))


@given(DAYS)
def test_of_an_open_case_the_contact_alone_can_go_and_every_other_part_says_why(today):
    found = {each.part: each for each in standings(ended_on=None, today=today)}
    assert set(found) == set(Part)
    assert [part for part, each in found.items() if each.is_free] == [Part.CONTACT]
    assert all(each.because for part, each in found.items() if part is not Part.CONTACT)


@given(DAYS, st.integers(0, 4000))
def test_of_an_ended_case_all_that_the_reporter_gave_can_go(ended_on, later):
    found = {each.part: each for each in standings(ended_on=ended_on, today=ended_on + timedelta(days=later))}
    assert set(found) == set(Part)
    assert all(found[part].is_free for part in (*OWN, Part.CONTACT))
    answers = found[Part.ANSWERS]
    assert answers.is_free == (later >= ANSWERS_KEPT_FOR.days)
    if not answers.is_free:
        assert answers.from_on == ended_on + ANSWERS_KEPT_FOR and answers.because


@given(DAYS, st.integers(0, 400), st.integers(0, 400))
def test_what_could_go_once_can_always_go(ended_on, first, more):
    def free(days):
        return {
            each.part for each in standings(ended_on=ended_on, today=ended_on + timedelta(days=days)) if each.is_free
        }

    assert free(first) <= free(first + more)
