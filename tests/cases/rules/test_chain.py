"""A ledger that somebody changed shows where."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from doorstep.cases.rules.chain import Link, first_break, line

MORNING = datetime(2026, 11, 23, 1, 30, 0, 123456, tzinfo=UTC)


def a_link(seq: int, before: Link | None, facts: str = '{"a": 1}') -> Link:
    moves = {1: ("report", "new", "reported"), 2: ("locate", "reported", "located")}
    move, was, became = moves.get(seq, ("note", "located", "located"))
    bare = Link(
        7, seq, move, was, became, MORNING, MORNING, "machine", None, 3, facts, b"\x01", before and before.hash, b""
    )
    return bare._replace(hash=hashlib.sha256(line(bare).encode()).digest())


def a_ledger() -> list[Link]:
    links: list[Link] = []
    for seq in (1, 2, 3):
        links.append(a_link(seq, links[-1] if links else None))
    return links


def test_a_ledger_as_it_was_written_is_whole():
    assert first_break(a_ledger()) is None


def test_a_changed_row_is_found():
    ledger = a_ledger()
    ledger[1] = ledger[1]._replace(facts='{"a": 2}')
    assert first_break(ledger) == 2


def test_a_row_that_was_changed_and_hashed_anew_breaks_the_next():
    ledger = a_ledger()
    ledger[1] = a_link(2, ledger[0], facts='{"a": 2}')
    assert first_break(ledger) == 3


def test_a_row_that_was_taken_out_is_missed():
    first, _, third = a_ledger()
    assert first_break([first, third]) == 2


def test_the_line_counts_whole_microseconds_and_says_zero_for_nobody():
    assert line(a_link(1, None)) == (
        '7|1|report|new|reported|1795397400123456|1795397400123456|machine|0|3|{"a": 1}|01|'
    )
