"""The sequencer: every row of the ledger gets one place, none twice, none left out, whatever comes between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import errors
from tests.committed import committed_town as committed_town
from tests.town import MORNING

from doorstep.cases.actions import act
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.models import Event
from doorstep.core.access import ANONYMOUS, WORKER, acting_as
from doorstep.core.postgres import SUPERUSER
from doorstep.proofs import queries
from doorstep.proofs.actions import sequencing
from doorstep.proofs.actions.sequencing import HEAD_EVERY, sequence, sign_now
from doorstep.proofs.models import Entry, Head, Waiting
from doorstep.proofs.rules.heads import believed
from doorstep.proofs.rules.merkle import Edge, is_consistent, leaf_hash, root_from_inclusion

ROOT = Path(__file__).resolve().parents[3]
LATER = MORNING + timedelta(hours=1)


def reported(town, times: int = 1) -> list[int]:
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    return [report(Report("楼道里堆满了杂物", place, item="stairwell-rubbish"), at=MORNING).case for _ in range(times)]


def entries() -> list[tuple[int, int, int]]:
    with acting_as(WORKER):
        return list(Entry.objects.order_by("leaf_index").values_list("leaf_index", "case_id", "seq"))


def rows() -> set[tuple[int, int]]:
    with acting_as(WORKER):
        return set(Event.objects.values_list("case_id", "seq"))


def test_every_row_of_the_ledger_joins_the_log_once_and_in_the_order_of_its_case(town):
    reported(town, 3)
    advance(at=MORNING)
    assert sequence(MORNING) == len(rows())
    found = entries()
    assert [place for place, *_ in found] == list(range(len(rows())))
    assert {(case, seq) for _, case, seq in found} == rows()
    for case in {case for _, case, _ in found}:
        seqs = [seq for _, each, seq in found if each == case]
        assert seqs == sorted(seqs)
    with acting_as(WORKER):
        assert not Waiting.objects.exists()
    assert sequence(MORNING) == 0


def test_the_leaves_are_the_hashes_of_the_rows_and_the_head_is_their_root(town):
    reported(town, 5)
    advance(at=MORNING)
    sequence(MORNING)
    with acting_as(WORKER):
        hashes = {(case, seq): bytes(own) for case, seq, own in Event.objects.values_list("case_id", "seq", "hash")}
    edge = Edge(0, [])
    for _, case, seq in entries():
        edge.append(leaf_hash(hashes[case, seq]))
    head = queries.newest_or_refused()
    assert (head.size, head.root) == (edge.size, edge.root())
    assert believed(head.note, queries.all_keys()).root == head.root


def test_a_log_that_grew_in_many_batches_is_the_log_that_grew_in_one(town):
    reported(town, 9)
    while sequence(MORNING, limit=2):
        pass
    sign_now(LATER)
    in_parts = queries.newest_or_refused()
    edge = Edge(0, [])
    with acting_as(WORKER):
        for leaf in Entry.objects.order_by("leaf_index").values_list("leaf", flat=True):
            edge.append(bytes(leaf))
    assert (in_parts.size, in_parts.root) == (9, edge.root())


def test_heads_are_signed_no_more_often_than_once_a_minute_and_not_for_nothing(town):
    reported(town)
    sequence(MORNING)
    reported(town)
    sequence(MORNING + HEAD_EVERY / 2)
    assert [head.size for head in queries.heads()] == [1]
    sequence(MORNING + HEAD_EVERY)
    sequence(MORNING + 3 * HEAD_EVERY)
    assert [head.size for head in queries.heads()] == [2, 1]


def test_each_row_shows_that_it_is_in_the_log_by_what_the_table_keeps(town):
    reported(town, 11)
    sequence(MORNING)
    head = queries.newest_or_refused()
    paths = queries.inclusions(list(range(11)), head.size)
    with acting_as(WORKER):
        leaves = [bytes(each) for each in Entry.objects.order_by("leaf_index").values_list("leaf", flat=True)]
    for place, path in enumerate(paths):
        assert root_from_inclusion(leaves[place], place, head.size, path) == head.root
    edge = Edge(0, [])
    for size, leaf in enumerate(leaves, start=1):
        edge.append(leaf)
        assert is_consistent(size, 11, edge.root(), head.root, queries.consistency(size, 11))


def test_a_transaction_that_ends_late_is_neither_missed_nor_does_it_hold_up_the_others(committed_town):
    """Ava's row got the smaller number and is committed last; the sequencer does not wait and does not forget it."""
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        from django.db import connection, transaction

        with transaction.atomic():
            reported(committed_town)
            begun.set()
            go_on.wait(20)
        connection.close()

    slow = threading.Thread(target=slowly)
    slow.start()
    assert begun.wait(20)
    (quick,) = reported(committed_town)
    assert sequence(MORNING) == 1
    assert [case for _, case, _ in entries()] == [quick]
    go_on.set()
    slow.join()
    assert sequence(MORNING) == 1
    assert {(case, seq) for _, case, seq in entries()} == rows()
    assert len(rows()) == 2


def test_what_a_transaction_takes_back_never_joins_the_log(committed_town):
    from django.db import transaction

    with transaction.atomic():
        reported(committed_town)
        transaction.set_rollback(True)
    reported(committed_town)
    assert sequence(MORNING) == 1


def test_of_two_sequencers_at_once_the_second_steps_aside(committed_town, server):
    reported(committed_town, 3)
    with psycopg.connect(server.dsn(SUPERUSER, dbname_of())) as first:
        first.execute("SELECT pg_advisory_xact_lock(%s, 0)", [sequencing.SEQUENCING])
        assert sequence(MORNING) == 0
        assert entries() == []
    assert sequence(MORNING) == 3


def dbname_of() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])


SEQUENCER = """
import django; django.setup()
from datetime import timedelta
from doorstep.core.time import clock
from doorstep.proofs.actions.sequencing import sequence
print("up", flush=True)
while True:
    sequence(clock.now(), limit=7, head_every=timedelta(0))
"""


KILLS = 3


@contextmanager
def sequencer(told: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A sequencer in a process of its own, which is killed at the end, whatever it is doing."""
    command = [sys.executable, "-c", SEQUENCER]
    with subprocess.Popen(command, env=told, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        try:
            yield running
        finally:
            running.send_signal(signal.SIGKILL)


@pytest.mark.long
def test_sequencers_that_are_killed_again_and_again_leave_no_gap_and_no_double(committed_town, server):
    """Real processes, two at a time, killed with signal 9 in the middle of their work, while cases are reported."""
    from django.conf import settings

    database = settings.DATABASES["default"] | {"NAME": dbname_of()}
    told = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "DATABASE_URL": server.dsn("doorstep", database["NAME"]),
        "DATABASE_APP_URL": server.dsn("doorstep_app", database["NAME"]),
    }
    for n in range(KILLS):
        with sequencer(told) as one, sequencer(told) as other:
            assert one.stdout and other.stdout and one.stdout.readline() == other.stdout.readline() == "up\n"
            reported(committed_town, 40)
            time.sleep(0.01 * n)
    before = len(entries())
    while sequence(MORNING):
        pass
    found = entries()
    assert [place for place, *_ in found] == list(range(KILLS * 40))
    assert {(case, seq) for _, case, seq in found} == rows()
    assert before > 0
    with acting_as(ANONYMOUS):
        assert queries.newest_or_refused().size > 3


def plain_insert(superuser: psycopg.Connection, place: int, case: int, seq: int) -> None:
    superuser.execute(
        "INSERT INTO proofs_entry (leaf_index, case_id, seq, leaf, nodes) VALUES (%s, %s, %s, %s, '')",
        [place, case, seq, bytes(32)],
    )


@pytest.fixture
def log(committed_town, server):
    """A log of one row, and one more row that waits; the superuser's connection beside it."""
    cases = reported(committed_town, 2)
    sequence(MORNING, limit=1)
    with psycopg.connect(server.dsn(SUPERUSER, dbname_of())) as superuser:
        yield superuser, cases[1]


@pytest.mark.parametrize("place", [2, 5, 10**12])
def test_a_place_that_is_skipped_is_refused_by_the_database(log, place):
    superuser, case = log
    with pytest.raises(errors.ForeignKeyViolation, match="follows_the_one_before"):
        plain_insert(superuser, place, case, 1)


def test_a_place_that_is_taken_a_row_that_has_one_and_a_row_that_is_none_are_refused(log):
    superuser, case = log
    with pytest.raises(errors.UniqueViolation), superuser.transaction():
        plain_insert(superuser, 0, case, 1)
    with pytest.raises(errors.UniqueViolation, match="proofs_entry_once"), superuser.transaction():
        first = superuser.execute("SELECT case_id FROM proofs_entry").fetchone()[0]
        plain_insert(superuser, 1, first, 1)
    with pytest.raises(errors.ForeignKeyViolation, match="of_the_ledger"), superuser.transaction():
        plain_insert(superuser, 1, case, 99)
    with pytest.raises(errors.CheckViolation), superuser.transaction():
        plain_insert(superuser, -1, case, 1)


@pytest.mark.parametrize("table", ["proofs_entry", "proofs_head"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_what_is_in_the_log_is_changed_by_nobody(log, table, verb):
    superuser, _ = log
    column = "case_id" if table == "proofs_entry" else "root"
    with pytest.raises(errors.RestrictViolation):
        superuser.execute(verb.format(table, column, column))


def test_no_head_promises_more_than_there_is(log):
    superuser, _ = log
    with pytest.raises(errors.ForeignKeyViolation, match="proofs_head_of_the_log"):
        superuser.execute(
            "INSERT INTO proofs_head (size, root, at, key_id, note) SELECT 9, root, at, key_id, note FROM proofs_head"
        )


def test_a_move_of_each_hat_waits_for_the_log(town):
    (case,) = reported(town)
    advance(at=MORNING)
    chen = town.actor("chen")
    with acting_as(chen):
        act.take(case, by=chen, at=MORNING)
    sequence(MORNING)
    assert len(entries()) == len(rows()) >= 5
    with acting_as(WORKER):
        assert Head.objects.count() == 1
