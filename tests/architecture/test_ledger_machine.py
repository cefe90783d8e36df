"""The life of a case is kept by the database itself: plain SQL can break none of its rules, whoever sends it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql
from psycopg.types.json import Jsonb
from tests.town import MORNING, build_town

from doorstep.cases.actions import act
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.checking import check_ledger
from doorstep.cases.rules.chain import Fault
from doorstep.cases.rules.lifecycle import By, Move, State, transitions
from doorstep.core.access import acting_as
from doorstep.core.access.roles import SCOPES, Role
from doorstep.core.postgres import OWNER, SUPERUSER

COLUMNS = "case_id, seq, move, from_state, to_state, happened_at, heard_at, by_hat, by_post, by_unit, facts, hash"


# By whom a change is refused: the guard on the table, or because the role may not even try.
KEPT = (errors.RestrictViolation, errors.InsufficientPrivilege)


@pytest.fixture(scope="module")
def life(server) -> Iterator[dict[str, Any]]:
    """One case that Chen has done, committed, so that other connections see it; what migrations filled in stays."""
    empty = empty_tables(server)
    town = build_town()
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    case = report(Report("楼道里堆满了杂物", place, item="stairwell-rubbish"), at=MORNING).case
    advance(at=MORNING)
    chen = town.actor("chen")
    with acting_as(chen):
        act.take(case, by=chen, at=MORNING)
    yield {"case": case, "seq": 5, "town": town, "server": server}
    with psycopg.connect(server.dsn(SUPERUSER)) as superuser:
        superuser.execute("SET session_replication_role = replica")
        for table in empty:
            superuser.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


def empty_tables(server: Any) -> list[str]:
    """Those without a row: neither migrations nor another test's commits are to be lost."""
    with psycopg.connect(server.dsn(SUPERUSER)) as superuser:
        tables = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return [
            table
            for (table,) in tables
            if superuser.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))).fetchone() is None
        ]


@contextmanager
def plain_sql(life: dict[str, Any], who: str = OWNER, **bounds: Any) -> Iterator[psycopg.Connection]:
    """A connection of its own that leaves nothing behind; a role is entered as the app would enter it."""
    server = life["server"]
    login = who if who in (OWNER, SUPERUSER) else "doorstep_app"
    with psycopg.connect(server.dsn(login)) as connection:
        if login == "doorstep_app":
            connection.execute("SELECT set_config('role', %s, true)", [who])
        for name in ("org", "case", "unit", "because"):
            connection.execute(
                "SELECT set_config(%s, %s, true)",
                [f"app.{name}", str(bounds.get(name, "" if name == "because" else -1))],
            )
        yield connection
        connection.rollback()


def insert(connection: psycopg.Connection, case: int, seq: int, move: str, origin: str, to: str, hat: str, **more: Any):
    heard = more.get("heard_at", MORNING + timedelta(hours=1))
    connection.execute(
        f"INSERT INTO cases_event ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '{{}}', '')",
        [case, seq, move, origin, to, more.get("happened_at", heard), heard, hat, None, more.get("unit")],
    )


def as_holder(life):
    town = life["town"]
    return plain_sql(life, "door_grid", org=town.grid, unit=town.units["grid_team"])


def refused_by(constraint: str):
    return pytest.raises(errors.IntegrityError, match=constraint)


def test_the_next_legal_row_is_taken(life):
    with as_holder(life) as chen:
        insert(chen, life["case"], 6, "do", "taken", "done", "holder")
        assert chen.execute("SELECT count(*) FROM cases_event WHERE case_id = %s", [life["case"]]).fetchone() == (6,)


def test_the_databases_own_copy_of_the_moves_is_the_table(life):
    with plain_sql(life, SUPERUSER) as superuser:
        kept = superuser.execute("SELECT move, from_state, to_state, by_hat FROM cases_move").fetchall()
    assert sorted(kept) == sorted(tuple(map(str, row)) for row in transitions())


ILLEGAL = [
    (move, origin, to, hat)
    for move in (Move.TAKE, Move.DO, Move.CLOSE, Move.VERIFY, Move.REOPEN)
    for origin in (State.TAKEN,)
    for to in State
    for hat in By
    if (move, origin, to, hat) not in set(transitions())
]


def test_every_move_that_the_table_does_not_know_is_refused(life):
    with plain_sql(life, SUPERUSER) as superuser:
        for move, origin, to, hat in ILLEGAL:
            with refused_by("cases_event_move_is_legal"), superuser.transaction():
                insert(superuser, life["case"], 6, move, origin, to, hat)
    assert len(ILLEGAL) > 100


def test_a_life_that_does_not_begin_with_a_report_is_refused(life):
    with plain_sql(life, SUPERUSER) as superuser:
        with refused_by("cases_event_one_beginning"), superuser.transaction():
            insert(superuser, life["case"], 6, "report", "new", "reported", "anyone")
        with refused_by("cases_event_one_beginning"), superuser.transaction():
            insert(superuser, life["case"] + 1, 1, "take", "dispatched", "taken", "holder")


def test_a_row_that_starts_from_another_state_than_the_last_is_refused(life):
    with plain_sql(life, SUPERUSER) as superuser, refused_by("cases_event_follows_the_row_before"):
        insert(superuser, life["case"], 6, "take", "dispatched", "taken", "holder")


@pytest.mark.parametrize("seq", [7, 8, 1000])
def test_a_number_that_is_skipped_is_refused(life, seq):
    with plain_sql(life, SUPERUSER) as superuser, refused_by("cases_event_follows_the_row_before|chained"):
        insert(superuser, life["case"], seq, "do", "taken", "done", "holder")


@pytest.mark.parametrize("seq", [0, -1])
def test_numbers_count_from_one(life, seq):
    with plain_sql(life, SUPERUSER) as superuser, pytest.raises(errors.IntegrityError):
        insert(superuser, life["case"], seq, "do", "taken", "done", "holder")


def test_the_second_writer_of_a_number_is_refused(life):
    with plain_sql(life, SUPERUSER) as superuser, refused_by("cases_event_pkey"):
        insert(superuser, life["case"], 5, "take", "dispatched", "taken", "holder")


def speak(
    connection: psycopg.Connection, case: int, seq: int, post: int, unit: int | None = None, **facts: Any
) -> None:
    move = "ask" if "question" in facts else "note"
    at = MORNING + timedelta(hours=1)
    connection.execute(
        f"INSERT INTO cases_event ({COLUMNS}) VALUES (%s, %s, %s, 'taken', 'taken', %s, %s, 'desk', %s, %s, %s, '')",
        [case, seq, move, at, at, post, unit, Jsonb(facts)],
    )


@pytest.mark.parametrize(
    ("post", "speaker", "constraint"),
    [
        (2, "one", "cases_event_each_speaks_once"),  # one person in another post
        (1, "two", "cases_event_each_post_speaks_once"),
    ],
)
def test_nobody_speaks_twice_on_whether_a_case_is_unreasonable(life, post, speaker, constraint):
    with plain_sql(life, SUPERUSER) as superuser:
        speak(superuser, life["case"], 6, 1, question="unreasonable", proposal=6, speaker="one")
        with refused_by(constraint), superuser.transaction():
            speak(superuser, life["case"], 7, post, review="agrees", proposal=6, speaker=speaker)
        speak(superuser, life["case"], 7, 2, review="agrees", proposal=6, speaker="two")
        with refused_by(constraint), superuser.transaction():
            again = speaker if speaker == "one" else "three"
            speak(superuser, life["case"], 8, post, review="agrees", proposal=6, speaker=again)
        # Another proposal is another matter.
        speak(superuser, life["case"], 8, 1, question="unreasonable", proposal=8, speaker="one")


@pytest.mark.parametrize("facts", [{}, {"proposal": 5}, {"speaker": "one"}])
def test_a_review_without_the_mark_of_its_speaker_is_refused(life, facts):
    with plain_sql(life, SUPERUSER) as superuser, refused_by("cases_event_review_is_marked"):
        speak(superuser, life["case"], 6, 1, review="agrees", **facts)


def test_a_desk_is_held_to_it_like_everybody(life):
    town = life["town"]
    desk, post = town.units["community_desk"], town.posts["dana"]
    with plain_sql(life, "door_community", org=town.community, unit=desk) as dana:
        speak(dana, life["case"], 6, post, desk, question="unreasonable", proposal=6, speaker="one")
        with refused_by("cases_event_each_speaks_once"):
            speak(dana, life["case"], 7, post + 1000, desk, review="agrees", proposal=6, speaker="one")


def test_of_two_writers_at_once_one_waits_and_is_refused(life):
    with as_holder(life) as first, as_holder(life) as second:
        insert(first, life["case"], 6, "do", "taken", "done", "holder")
        second.execute("SET LOCAL lock_timeout = '300ms'")
        with pytest.raises(errors.LockNotAvailable):
            insert(second, life["case"], 6, "decline", "taken", "classified", "holder")


def test_a_row_cannot_happen_after_it_was_heard(life):
    heard = MORNING + timedelta(hours=1)
    with plain_sql(life, SUPERUSER) as superuser, refused_by("heard_after_it_happened"):
        insert(superuser, life["case"], 6, "do", "taken", "done", "holder", happened_at=heard + timedelta(hours=1))


HATS = {
    "door_grid": {By.HOLDER},
    "door_department": {By.HOLDER},
    "door_community": {By.DESK, By.HOLDER},
    "door_subdistrict": {By.DESK, By.HOLDER},
    "door_county": {By.DESK, By.HOLDER},
    "door_follower": {By.REPORTER},
    "door_worker": {By.MACHINE},
    "door_anonymous": set(),
}


def bounds_of(life, role: str) -> dict[str, int]:
    town, team = life["town"], life["town"].units["grid_team"]
    return {
        "door_grid": {"org": town.grid, "unit": team},
        "door_department": {"org": team, "unit": team},
        "door_community": {"org": town.community, "unit": town.units["community_desk"]},
        "door_subdistrict": {"org": town.subdistrict, "unit": town.units["subdistrict_office"]},
        "door_county": {"org": town.county, "unit": town.units["command_centre"]},
        "door_follower": {"case": life["case"]},
    }.get(role, {})


# A note changes no state; whoever may write one from here wears one of these hats.
NOTES = [("note", "taken", "taken", hat) for hat in (By.HOLDER, By.DESK, By.REPORTER)]
OTHERS = [
    ("ask", "taken", "taken", By.MACHINE),
    ("dispatch", "taken", "dispatched", By.DESK),
    ("do", "taken", "done", By.HOLDER),
]


@pytest.mark.parametrize("role", sorted(scope.database_role for scope in SCOPES.values()))
def test_nobody_writes_under_a_hat_that_is_not_theirs(life, role):
    worn = HATS.get(role, set())
    for move, origin, to, hat in NOTES + OTHERS:
        with plain_sql(life, role, **bounds_of(life, role)) as connection:
            if hat in worn:
                insert(connection, life["case"], 6, move, origin, to, hat)
            else:
                with pytest.raises(errors.InsufficientPrivilege):
                    insert(connection, life["case"], 6, move, origin, to, hat)


@pytest.mark.parametrize("role", ["door_grid", "door_community", "door_subdistrict", "door_county", "door_department"])
def test_nobody_writes_on_a_case_of_another_area_or_unit(life, role):
    with plain_sql(life, role, org=10**6, unit=10**6) as connection, pytest.raises(errors.InsufficientPrivilege):
        insert(connection, life["case"], 6, "note", "taken", "taken", "holder")


def test_a_follower_writes_only_on_their_own_case(life):
    with plain_sql(life, "door_follower", case=life["case"] + 1) as ava, pytest.raises(errors.InsufficientPrivilege):
        insert(ava, life["case"], 6, "note", "taken", "taken", "reporter")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_event SET move = 'note'",
        "UPDATE cases_event SET heard_at = now() WHERE seq = 1",
        "DELETE FROM cases_event",
        "DELETE FROM cases_event WHERE false",
        "TRUNCATE cases_event CASCADE",
    ],
)
@pytest.mark.parametrize("who", [SUPERUSER, OWNER, *sorted(scope.database_role for scope in SCOPES.values())])
def test_what_was_written_is_changed_by_nobody(life, who, statement):
    with plain_sql(life, who, **bounds_of(life, who)) as connection, pytest.raises(KEPT):
        connection.execute(statement)


@pytest.mark.parametrize("table", ["access_read", "access_deed"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET what = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("who", [SUPERUSER, OWNER, "door_audit_admin", "door_worker"])
def test_what_the_audit_knows_is_changed_by_nobody(life, who, verb, table):
    with plain_sql(life, who) as connection, pytest.raises(KEPT):
        connection.execute(verb.format(table))


def test_a_hash_that_somebody_brings_along_is_replaced_by_the_right_one(life):
    with as_holder(life) as chen:
        insert(chen, life["case"], 6, "do", "taken", "done", "holder")
        before, after = (
            chen.execute("SELECT prev_hash, hash FROM cases_event WHERE case_id = %s AND seq = %s", [life["case"], seq])
            .fetchone() for seq in (5, 6)
        )  # fmt: skip
    assert after[0] == before[1]
    assert len(after[1]) == 32


def test_the_chain_that_was_written_is_sound(life):
    checked = check_ledger()
    assert (checked.cases, checked.rows, checked.is_sound) == (1, 5, True)


# Whoever holds the disk can switch the guards off; the chain tells it afterwards.
TAMPERED = {
    "a fact was changed": ("UPDATE cases_event SET facts = facts || '{\"x\": 1}' WHERE seq = 3", [(3, Fault.CHANGED)]),
    "a time was moved": (
        "UPDATE cases_event SET heard_at = heard_at + interval '1 s' WHERE seq = 4",
        [(4, Fault.CHANGED)],
    ),
    "the seat was exchanged": ("UPDATE cases_event SET by_post = 99 WHERE seq = 5", [(5, Fault.CHANGED)]),
    "a row was written anew with a fitting hash": (
        "UPDATE cases_event e SET by_post = 99 WHERE seq = 3;"
        " UPDATE cases_event e SET hash = sha256(convert_to(cases_event_line(e), 'UTF8')) WHERE seq = 3",
        [(4, Fault.CUT)],
    ),
    "a row in the middle was taken away": (
        "DELETE FROM cases_event WHERE seq = 3",
        [(4, Fault.SKIPPED), (4, Fault.LEAPT)],
    ),
    "the beginning was taken away": ("DELETE FROM cases_event WHERE seq = 1", [(2, Fault.SKIPPED), (2, Fault.LEAPT)]),
}


@contextmanager
def guards_off(life) -> Iterator[psycopg.Connection]:
    """Whatever is done here is undone afterwards, hash for hash."""
    with psycopg.connect(life["server"].dsn(SUPERUSER)) as superuser:
        superuser.execute("SET session_replication_role = replica")
        for table in ("cases_event", "cases_said", "cases_case"):
            superuser.execute(f"CREATE TEMP TABLE kept_{table} AS SELECT * FROM {table}")
        superuser.commit()
        try:
            yield superuser
        finally:
            superuser.rollback()
            superuser.execute("DELETE FROM cases_event")
            names = superuser.execute(
                "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
                " WHERE table_name = 'cases_event' AND table_schema = 'public' AND is_generated = 'NEVER'"
            ).fetchone()[0]
            superuser.execute(f"INSERT INTO cases_event ({names}) SELECT {names} FROM kept_cases_event")
            superuser.execute(
                "UPDATE cases_said s SET words = k.words FROM kept_cases_said k WHERE k.case_id = s.case_id"
            )
            superuser.execute("UPDATE cases_case c SET state = k.state FROM kept_cases_case k WHERE k.id = c.id")
            superuser.commit()


@pytest.mark.parametrize("how", TAMPERED)
def test_whoever_holds_the_disk_is_found_out(life, how):
    statement, expected = TAMPERED[how]
    with guards_off(life) as superuser:
        superuser.execute(statement)
        superuser.commit()
        found = check_ledger().faults
    assert [(each.seq, each.fault) for each in found] == expected
    assert check_ledger().is_sound


def test_words_that_were_exchanged_are_found_out_and_erased_words_are_not(life):
    with guards_off(life) as superuser:
        superuser.execute("UPDATE cases_said SET words = words || '？'")
        superuser.commit()
        assert check_ledger().reworded == [(life["case"], 1)]
    with plain_sql(life, "door_worker") as worker:
        worker.execute("DELETE FROM cases_said WHERE case_id = %s", [life["case"]])


def test_a_case_that_stands_elsewhere_than_its_ledger_says_is_found_out(life):
    with guards_off(life) as superuser:
        superuser.execute("UPDATE cases_case SET state = 'closed'")
        superuser.commit()
        assert check_ledger().strayed == [life["case"]]


def test_roles_are_those_of_the_one_table(life):
    with plain_sql(life, SUPERUSER) as superuser:
        found = {row[0] for row in superuser.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'door\\_%'")}
    assert found == {scope.database_role for scope in SCOPES.values()} == {SCOPES[role].database_role for role in Role}
