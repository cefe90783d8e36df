"""`check_records` names the first row of each mediation that somebody with the disk in hand has changed."""

from __future__ import annotations

import psycopg
import pytest
from tests.committed import committed_town as committed_town
from tests.mediating import a_room

from doorstep.core.postgres import SUPERUSER
from doorstep.mediation.checking import Broken, CheckedRecords, check_records


@pytest.fixture
def rooms(committed_town):
    """Two mediations: one has begun, one is only asked for."""
    return [a_room(committed_town).begin(), a_room(committed_town, matter="楼道里堆放杂物，邻居之间说不拢。")]


@pytest.fixture
def disk(rooms, server):
    """Whoever may do everything to the database, guards and all."""
    from django.db import connection

    with psycopg.connect(server.dsn(SUPERUSER, connection.settings_dict["NAME"]), autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        yield superuser


def test_records_that_nobody_touched_are_sound(disk):
    checked = check_records()
    (rows,) = disk.execute("SELECT count(*) FROM mediation_event").fetchone()
    assert checked == CheckedRecords(mediations=2, rows=rows) and checked.is_sound and rows > 6


def test_where_there_is_none_nothing_is_wrong(committed_town):
    assert check_records() == CheckedRecords()


@pytest.mark.parametrize(
    "change",
    [
        "move = 'meet'", "from_state = 'running'", "to_state = 'running'", "at = at + interval '1 microsecond'",
        "by_hat = 'desk'", "by_post = 7", "by_party = 9", "facts = facts || '{\"x\": 1}'", "prev_hash = sha256('')",
        "hash = sha256('')",
    ],
)  # fmt: skip
def test_whatever_is_changed_in_a_row_is_found_at_that_row(disk, rooms, change):
    disk.execute(f"UPDATE mediation_event SET {change} WHERE mediation_id = %s AND seq = 4", [rooms[0].id])
    assert check_records().broken == [Broken(rooms[0].id, 4)]


def test_each_broken_record_is_named_and_the_sound_ones_are_not(disk, rooms):
    disk.execute("UPDATE mediation_event SET by_post = 7 WHERE mediation_id = %s AND seq IN (2, 3)", [rooms[0].id])
    disk.execute("UPDATE mediation_event SET by_post = 7 WHERE mediation_id = %s AND seq = 2", [rooms[1].id])
    assert check_records().broken == [Broken(rooms[0].id, 2), Broken(rooms[1].id, 2)]


def test_a_row_taken_out_of_the_middle_is_missed_where_it_stood(disk, rooms):
    disk.execute("DELETE FROM mediation_event WHERE mediation_id = %s AND seq = 2", [rooms[0].id])
    assert check_records().broken == [Broken(rooms[0].id, 2)]


def test_the_last_row_taken_away_or_the_state_changed_leaves_it_where_it_does_not_stand(disk, rooms):
    disk.execute("DELETE FROM mediation_event WHERE mediation_id = %s AND seq > 2", [rooms[0].id])
    disk.execute("UPDATE mediation_mediation SET state = 'agreed' WHERE id = %s", [rooms[1].id])
    checked = check_records()
    assert (checked.broken, checked.strayed) == ([], [rooms[0].id, rooms[1].id])


def test_a_mediation_without_its_record_and_a_record_without_its_mediation_are_named(disk, rooms):
    disk.execute("DELETE FROM mediation_event WHERE mediation_id = %s", [rooms[0].id])
    disk.execute("DELETE FROM mediation_mediation WHERE id = %s", [rooms[1].id])
    assert check_records().strayed == [rooms[0].id, rooms[1].id]
