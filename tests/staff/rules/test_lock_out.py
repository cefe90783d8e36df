from datetime import UTC, datetime, timedelta

from doorstep.staff.rules.lock_out import LOCK_AFTER, LOCK_FOR, Failures, one_more

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def test_the_fifth_wrong_answer_locks_and_the_fourth_does_not():
    failures = Failures(0, None)
    for _ in range(LOCK_AFTER - 1):
        failures = one_more(failures, at=NOON)
    assert (failures.in_a_row, failures.is_locked(NOON)) == (4, False)
    assert one_more(failures, at=NOON) == Failures(0, NOON + LOCK_FOR)


def test_nobody_is_kept_out_longer_by_others_who_go_on_guessing():
    locked = Failures(0, NOON + LOCK_FOR)
    assert one_more(locked, at=NOON + timedelta(minutes=14)) == locked


def test_after_the_lock_has_run_out_counting_begins_anew():
    locked = Failures(0, NOON + LOCK_FOR)
    later = NOON + LOCK_FOR
    assert not locked.is_locked(later)
    assert one_more(locked, at=later) == Failures(1, None)
