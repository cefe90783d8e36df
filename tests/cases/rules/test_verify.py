"""Whether it is solved: Ava's word counts, and her silence is silence."""

import pytest

from doorstep.cases.rules.verify import Said, Verdict, answer_by, verify


@pytest.mark.parametrize(("said", "verdict"), [(Said.SOLVED, Verdict.CONFIRMED), (Said.NOT_SOLVED, Verdict.NOT_SOLVED)])
def test_avas_word_counts_at_any_time_and_over_what_staff_saw(at, limits, said, verdict):
    for day in ("2026-11-10", "2026-11-30"):
        found = verify(said, done_at=at("2026-11-10", 9), at=at(day, 10), limits=limits, seen_by_staff=True)
        assert found.verdict is verdict


def test_as_long_as_ava_may_still_answer_nothing_is_decided(at, limits):
    done_at = at("2026-11-10", 9)
    assert verify(None, done_at=done_at, at=answer_by(done_at, limits), limits=limits) is None
    assert verify(None, done_at=done_at, at=at("2026-11-17", 23, 59), limits=limits, seen_by_staff=True) is None


def test_silence_is_kept_as_silence_and_never_as_praise(at, limits):
    found = verify(None, done_at=at("2026-11-10", 9), at=at("2026-11-18"), limits=limits)
    assert found.verdict is Verdict.UNHEARD
    assert found.because.params == {"days": 7}


def test_what_staff_of_another_unit_saw_is_told_apart_from_avas_word(at, limits):
    found = verify(None, done_at=at("2026-11-10", 9), at=at("2026-11-18"), limits=limits, seen_by_staff=True)
    assert found.verdict is Verdict.SEEN_BY_STAFF
