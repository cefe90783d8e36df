"""The chain is reckoned from plain values, so that a copy of the rows can be checked anywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from doorstep.cases.rules.chain import Fault, Link, digest, faults, first_break, line

AT = datetime(2026, 11, 23, 1, 30, 0, 123456, tzinfo=UTC)


def chained(*rows: Link) -> list[Link]:
    """The rows with the hashes that the database would have given them."""
    done: list[Link] = []
    for row in rows:
        before = done[-1] if done and done[-1].case == row.case else None
        row = row._replace(prev_hash=before.hash if before else None)
        done.append(row._replace(hash=digest(row)))
    return done


def row(seq: int, move: str, origin: str, to: str, case: int = 7, **more: object) -> Link:
    given = {"by_post": None, "by_unit": 3, "facts": "{}", "said_hash": None, "prev_hash": None, "hash": b"", **more}
    return Link(case, seq, move, origin, to, AT, AT + timedelta(seconds=1), "holder", **given)  # type: ignore[arg-type]


def a_life(case: int = 7) -> list[Link]:
    return chained(
        row(1, "report", "new", "reported", case, said_hash=b"\x01\x02"),
        row(2, "locate", "reported", "located", case, facts='{"microgrid": "32110200100100101"}'),
        row(3, "classify", "located", "classified", case),
    )


def test_the_line_is_the_one_that_the_database_hashes():
    written = row(2, "take", "dispatched", "taken", facts='{"unit": 3}', said_hash=b"\xab", prev_hash=b"\xcd")
    happened, heard = 1_795_397_400_123_456, 1_795_397_401_123_456
    assert line(written) == f'7|2|take|dispatched|taken|{happened}|{heard}|holder|0|3|{{"unit": 3}}|ab|cd'
    assert digest(written) == sha256(line(written).encode()).digest()


def test_lives_that_nobody_touched_have_no_fault():
    assert list(faults([*a_life(7), *a_life(8)])) == []


@pytest.mark.parametrize(
    "field", ["move", "to_state", "happened_at", "heard_at", "by_hat", "by_post", "facts", "said_hash"]
)
def test_whatever_is_changed_shows_at_its_row(field):
    life = a_life()
    other = {"happened_at": AT + timedelta(microseconds=1), "heard_at": AT, "by_post": 5, "said_hash": b"\x03"}
    life[2] = life[2]._replace(**{field: other.get(field, "x")})
    assert [(each.seq, each.fault) for each in faults(life)] == [(3, Fault.CHANGED)]


def test_a_row_exchanged_with_its_hash_shows_at_the_next_one():
    life = a_life()
    changed = life[1]._replace(by_unit=9)
    life[1] = changed._replace(hash=digest(changed))
    assert [(each.seq, each.fault) for each in faults(life)] == [(3, Fault.CUT)]


def test_a_row_taken_away_leaves_a_gap():
    first, _, third = a_life()
    assert {(each.seq, each.fault) for each in faults([first, third])} == {(3, Fault.SKIPPED), (3, Fault.LEAPT)}


def test_a_life_without_its_beginning_is_no_life():
    assert {each.fault for each in faults(a_life()[1:])} == {Fault.SKIPPED, Fault.LEAPT}


def test_the_fault_of_one_case_is_not_told_of_another():
    one, other = a_life(7), a_life(8)
    one[2] = one[2]._replace(facts='{"x": 1}')
    assert {each.case for each in faults([*one, *other])} == {7}


def test_the_first_row_with_a_fault_is_named_and_none_when_there_is_none():
    life = a_life()
    assert first_break(life) is None
    assert first_break([life[0], life[2]]) == 3
