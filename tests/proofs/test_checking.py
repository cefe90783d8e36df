"""`check_log` names whatever somebody with the disk in hand has changed, in the ledger, in the log or in its heads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from tests.committed import committed_town as committed_town
from tests.proofs.logs import reported
from tests.town import MORNING

from doorstep.cases.actions.advance import advance
from doorstep.core.access import ANONYMOUS, WORKER, acting_as
from doorstep.core.postgres import SUPERUSER
from doorstep.proofs import queries
from doorstep.proofs.actions import keys
from doorstep.proofs.actions.sequencing import sequence, sign_now
from doorstep.proofs.checking import CheckedLog, Fault, check_log
from doorstep.proofs.rules.heads import Head, HeadRefused, Key, signed

LATER = MORNING + timedelta(hours=1)
CASES = 6


@pytest.fixture
def disk(committed_town, server):
    """A log with two heads in a database of its own, and whoever may do everything to it, guards and all."""
    from django.db import connection

    reported(committed_town, CASES)
    advance(at=MORNING)
    sequence(MORNING, limit=7)
    sign_now(LATER)
    with psycopg.connect(server.dsn(SUPERUSER, connection.settings_dict["NAME"]), autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        yield superuser


def found(checked: CheckedLog) -> list[tuple[Any, ...]]:
    return [
        (each.fault, each.seq, each.place) if each.case else (each.fault, each.size or each.place)
        for each in checked.faults
    ]


def a_row(disk: psycopg.Connection, place: int = 9) -> tuple[int, int]:
    row = disk.execute("SELECT case_id, seq FROM proofs_entry WHERE leaf_index = %s", [place]).fetchone()
    assert row is not None
    return row


def test_a_log_that_nobody_touched_is_sound(disk):
    checked = check_log()
    rows = disk.execute("SELECT count(*) FROM cases_event").fetchone()[0]
    assert (checked.is_sound, checked.rows, checked.heads, checked.waiting) == (True, rows, 2, 0)


def test_rows_that_still_wait_are_no_fault(disk, committed_town):
    reported(committed_town, 2)
    checked = check_log()
    assert (checked.is_sound, checked.waiting) == (True, 2)


COLUMNS = {
    "case_id": None,
    "move": "'note'",
    "from_state": "'taken'",
    "to_state": "'taken'",
    "happened_at": "happened_at - interval '1 microsecond'",
    "heard_at": "heard_at + interval '1 microsecond'",
    "by_hat": "'desk'",
    "by_post": "77",
    "by_unit": "coalesce(by_unit, 0) + 1",
    "facts": "facts || '{\"x\": 1}'",
    "said_hash": "'\\x00'",
    "prev_hash": "sha256('')",
}


@pytest.mark.parametrize("column", [column for column, value in COLUMNS.items() if value])
def test_an_old_row_that_was_altered_is_named_whichever_column_it_was(disk, column):
    case, seq = a_row(disk)
    statement = f"UPDATE cases_event SET {column} = {COLUMNS[column]} WHERE case_id = %s AND seq = %s"
    disk.execute(statement, [case, seq])
    checked = check_log()
    assert [(each.fault, each.case, each.seq, each.place) for each in checked.faults] == [(Fault.ALTERED, case, seq, 9)]


def test_a_chain_that_was_written_anew_with_fitting_hashes_is_found_out_row_by_row(disk):
    """Against the chain alone this would do: every row of the case fits the one before it."""
    case, _ = a_row(disk)
    disk.execute("UPDATE cases_event SET by_post = 99 WHERE case_id = %s AND seq = 1", [case])
    last = disk.execute("SELECT max(seq) FROM cases_event WHERE case_id = %s", [case]).fetchone()[0]
    for seq in range(1, last + 1):
        disk.execute(
            "UPDATE cases_event SET prev_hash = (SELECT hash FROM cases_event b WHERE b.case_id = %(case)s"
            " AND b.seq = %(seq)s - 1) WHERE case_id = %(case)s AND seq = %(seq)s",
            {"case": case, "seq": seq},
        )
        disk.execute(
            "UPDATE cases_event e SET hash = sha256(convert_to(cases_event_line(e), 'UTF8'))"
            " WHERE case_id = %s AND seq = %s",
            [case, seq],
        )
    checked = check_log()
    assert {(each.fault, each.case, each.seq) for each in checked.faults} == {
        (Fault.ALTERED, case, seq) for seq in range(1, last + 1)
    }


def test_the_databases_own_function_is_not_believed(disk):
    """Somebody altered a row and the function that puts lines together, so that the hash fits."""
    case, seq = a_row(disk)
    disk.execute("UPDATE cases_event SET by_post = 99 WHERE case_id = %s AND seq = %s", [case, seq])
    disk.execute(
        "CREATE OR REPLACE FUNCTION cases_event_line(e cases_event) RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$"
    )
    assert found(check_log()) == [(Fault.ALTERED, seq, 9)]


def test_a_row_that_was_taken_away_is_named(disk):
    case, seq = a_row(disk)
    disk.execute("DELETE FROM cases_event WHERE case_id = %s AND seq = %s", [case, seq])
    assert found(check_log()) == [(Fault.LOST, seq, 9)]


def test_a_row_that_was_slipped_past_the_log_is_named(disk):
    case, seq = a_row(disk)
    columns = "move, from_state, to_state, happened_at, heard_at, by_hat, facts, prev_hash, hash"
    disk.execute(
        f"INSERT INTO cases_event (case_id, seq, {columns}) SELECT case_id, 90, {columns} FROM cases_event"
        " WHERE case_id = %s AND seq = %s",
        [case, seq],
    )
    (fault,) = check_log().faults
    assert (fault.fault, fault.case, fault.seq) == (Fault.LEFT_OUT, case, 90)


def test_a_log_with_its_end_cut_off_is_found_out_by_its_head(disk):
    size = disk.execute("SELECT max(leaf_index) + 1 FROM proofs_entry").fetchone()[0]
    gone = disk.execute("DELETE FROM proofs_entry WHERE leaf_index >= %s RETURNING case_id, seq", [size - 2]).fetchall()
    checked = check_log()
    assert (Fault.TRUNCATED, size) in found(checked)
    assert {(each.case, each.seq) for each in checked.faults if each.fault is Fault.LEFT_OUT} == set(gone)


def test_a_log_cut_off_together_with_its_heads_is_found_out_by_the_head_that_somebody_kept(disk):
    with acting_as(ANONYMOUS):
        kept = queries.newest_or_refused()
    disk.execute("DELETE FROM proofs_head WHERE size = %s", [kept.size])
    disk.execute(
        "WITH gone AS (DELETE FROM proofs_entry WHERE leaf_index >= 8 RETURNING case_id, seq)"
        " INSERT INTO proofs_waiting (case_id, seq) SELECT case_id, seq FROM gone"
    )
    assert check_log().is_sound
    assert found(check_log(kept.note)) == [(Fault.TRUNCATED, kept.size)]


def test_a_log_begun_anew_is_found_out_by_the_head_that_somebody_kept(disk):
    """Whoever holds the database and the key writes the whole log again, in another order, with new heads."""
    with acting_as(ANONYMOUS):
        kept = queries.newest_or_refused()
    disk.execute("DELETE FROM proofs_head; DELETE FROM proofs_entry")
    disk.execute(
        "INSERT INTO proofs_waiting (case_id, seq) SELECT case_id, seq FROM cases_event ORDER BY seq, case_id DESC"
    )
    sign_now(LATER + timedelta(hours=1))
    assert check_log().is_sound
    assert (Fault.KEPT, kept.size) in found(check_log(kept.note))


def test_a_head_that_was_kept_and_fits_is_said_to_fit(disk):
    with acting_as(ANONYMOUS):
        older = queries.heads()[-1]
    checked = check_log(older.note)
    assert checked.is_sound and checked.kept is not None and checked.kept.size == older.size


def test_a_place_that_is_missing_in_the_middle_is_named(disk):
    _, seq = a_row(disk, 4)
    disk.execute("DELETE FROM proofs_entry WHERE leaf_index = 4")
    assert found(check_log()) == [(Fault.GAP, 4), (Fault.LEFT_OUT, seq, 0)]


def test_nodes_of_the_tree_that_were_changed_are_named(disk):
    _, seq = a_row(disk, 7)
    disk.execute("UPDATE proofs_entry SET nodes = overlay(nodes PLACING '\\xff' FROM 40) WHERE leaf_index = 7")
    assert found(check_log()) == [(Fault.NODE, seq, 7)]


def test_a_leaf_that_was_changed_shows_in_all_above_it(disk):
    _, seq = a_row(disk, 2)
    disk.execute("UPDATE proofs_entry SET leaf = sha256('x') WHERE leaf_index = 2")
    faults = found(check_log())
    assert (Fault.ALTERED, seq, 2) in faults
    assert any(each[0] is Fault.ROOT for each in faults)


def test_a_head_whose_root_was_changed_a_forged_one_and_an_unsigned_one_are_named(disk):
    disk.execute("UPDATE proofs_head SET root = sha256('x') WHERE size = 7")
    assert found(check_log()) == [(Fault.ROOT, 7)]
    disk.execute("UPDATE proofs_head SET note = replace(note, E'\\n7\\n', E'\\n6\\n') WHERE size = 7")
    assert [(each.fault, each.why.key) for each in check_log().faults] == [(Fault.HEAD, "proofs-head-forged")]
    disk.execute("UPDATE proofs_head SET note = '' WHERE size = 7")
    assert [(each.fault, each.why.key) for each in check_log().faults] == [(Fault.HEAD, "proofs-head-unreadable")]


def test_a_head_signed_with_a_retired_key_is_named(disk):
    disk.execute(
        "UPDATE proofs_key SET valid_from = valid_from - interval '9 days',"
        " valid_until = valid_from - interval '8 days', private = NULL"
    )
    assert {each.why.key for each in check_log().faults} == {"proofs-head-retired-key"}


def test_a_kept_head_of_another_log_or_none_is_refused(disk):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    stranger = Ed25519PrivateKey.generate()
    key = Key("another.log", stranger.public_key().public_bytes_raw(), MORNING)
    note = signed(Head("another.log", 3, bytes(32), MORNING), key, stranger.private_bytes_raw())
    for kept, why in ((note, "unknown-key"), ("nothing", "unreadable")):
        with pytest.raises(HeadRefused) as refused:
            check_log(kept)
        assert refused.value.message.key == f"proofs-head-{why}"


def test_after_a_new_key_took_over_all_heads_are_still_believed(disk, committed_town):
    with acting_as(WORKER):
        keys.rotate(LATER + timedelta(minutes=1))
    reported(committed_town)
    sign_now(LATER + timedelta(hours=1))
    assert check_log().heads == 3 and check_log().is_sound
