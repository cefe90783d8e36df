"""Who may do what with which table: the whole of it in one table, held against the catalog of a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg import errors, sql
from tests.town import MORNING

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.models import Case, Reveal
from doorstep.core.access import ANONYMOUS, GATE, WORKER, Actor, Role, acting_as, follower_of
from doorstep.core.access.closing import close_and_open, policy_files
from doorstep.core.access.roles import SCOPES
from doorstep.core.postgres import APP, SUPERUSER

# S read, I add, U change, D delete; a small letter: only some columns; - nothing. Which rows, the policies say.
MATRIX = """
table                   anonymous follower outside party mediator neighbour grid community subdistrict county department system_admin security_admin audit_admin worker gate
access_alarm            -         -        -       -     -        -         -    -         -           -      -          -            Su             S           SI     -
access_deed             I         I        I       I     I        I         I    I         I           I      I          I            I              SI          I      I
access_read             I         sI       I       I     I        I         I    I         I           I      I          I            I              SI          SI     I
alerts_delivery         -         -        -       -     -        -         -    -         -           -      -          -            -              -           SIUD   -
alerts_emergency        S         S        S       S     S        S         S    S         S           S      S          S            S              S           SIU    S
alerts_family           -         -        -       -     -        -         -    -         -           -      -          -            -              -           SID    -
alerts_going            -         -        -       -     -        -         -    -         -           -      -          -            -              -           SID    -
alerts_member           -         -        -       -     -        -         -    -         -           -      -          -            -              -           SID    -
alerts_need             -         -        -       -     -        -         -    -         -           -      -          -            -              -           SIU    -
alerts_patrol           S         S        S       S     S        S         S    S         S           S      S          S            S              S           SIUD   S
alerts_reminder         S         S        S       S     S        S         S    S         S           S      S          S            S              S           SIU    S
alerts_round            S         S        S       S     S        S         S    S         S           S      S          S            S              S           SIUD   S
alerts_step             -         -        -       -     -        -         S    S         S           S      -          -            -              -           SI     -
alerts_subscription     -         -        -       -     -        -         -    -         -           -      -          -            -              -           SIUD   -
alerts_supply           -         -        -       -     -        -         -    -         -           -      -          -            -              -           SIU    -
areas_amount            -         -        -       -     -        -         -    S         S           S      -          -            -              -           SIUD   -
areas_approval_step     -         -        -       -     -        -         -    SI        SI          SI     -          -            -              -           SI     -
areas_area              S         S        S       S     S        S         S    SIU       Su          SIU    S          S            S              S           SIUD   S
areas_base_map_feature  S         S        S       S     S        S         S    SIU       S           SIU    S          S            S              S           SIUD   S
areas_building          S         S        S       S     S        S         S    SIU       S           SIU    S          S            S              S           SIUD   S
areas_door              S         S        S       S     S        S         S    SIU       S           SIU    S          S            S              S           SIUD   S
areas_plan              -         -        -       -     -        S         S    SIU       SIU         SIU    S          -            -              -           SIU    -
areas_plan_atom         -         -        -       -     -        S         S    SIUD      SIUD        SIUD   S          -            -              -           SIUD   -
areas_plan_piece        -         -        -       -     -        S         S    SIUD      SIUD        SIUD   S          -            -              -           SIUD   -
areas_plan_special      -         -        -       -     -        -         -    SIU       SIU         SIU    -          -            -              -           SIU    -
areas_plan_step         -         -        -       -     -        -         -    SI        SI          SI     -          -            -              -           SI     -
areas_special_grid      -         -        -       -     -        -         -    SIU       SIU         SIU    -          -            -              -           SIU    -
areas_study             -         -        -       -     -        -         -    SI        SI          SI     -          -            -              -           SU     -
cases_calendar_change   -         -        -       -     -        -         -    S         S           S      -          -            -              -           SIU    -
cases_calendar_day      S         S        S       S     S        S         S    S         S           SIUD   S          SIUD         S              S           S      S
catalogue_consent       S         S        S       S     S        S         SU   SIU       SIU         SIU    SIU        S            S              S           S      S
catalogue_demand        S         S        S       S     S        S         S    SIu       SIu         SIu    SIu        S            S              S           S      S
catalogue_demand_answer -         -        -       -     -        -         SIu  SIu       SIu         S      S          -            -              -           -      -
catalogue_stamp         S         S        S       S     S        S         S    S         S           SU     S          S            S              S           SU     S
catalogue_version       S         S        S       S     S        S         S    S         S           SIU    S          S            S              S           SIU    S
cases_case              I         S        S       -     -        -         S    S         S           S      S          -            -              -           SIU    -
cases_contact           I         SIUD     -       -     -        -         S    S         S           S      S          -            -              -           SD     -
cases_dispatch_edit     -         -        -       -     -        -         -    -         SIu         SIu    -          -            -              -           -      -
cases_dispatch_table    -         S        -       -     -        -         S    S         Su          SIU    S          -            -              -           S      -
cases_erasure           -         S        -       -     -        -         -    -         -           -      -          -            -              -           SIUD   -
cases_event             I         SI       SI      -     -        -         SI   SI        SI          SI     SI         -            -              -           SI     -
cases_likeness          I         -        -       -     -        -         -    S         S           S      -          -            -              -           SIUD   -
cases_export            -         -        -       -     -        -         -    SIu       SIu         SIu    SIu        -            -              -           SD     -
cases_move              S         S        S       S     S        S         S    S         S           S      S          S            S              S           S      S
cases_neighbour_asked   -         -        -       -     -        -         S    S         S           S      S          -            -              -           SIUD   -
cases_neighbour_call    -         -        -       -     -        -         S    S         S           S      S          -            -              -           SIU    -
cases_outside_link      -         -        s       -     -        -         s    s         s           s      s          -            -              -           SIU    -
cases_part              -         -        S       -     -        -         S    S         S           S      S          -            -              -           SIU    -
cases_photo             I         SI       SI      -     -        -         SI   SI        SI          SI     SI         -            -              -           SID    -
cases_readiness         -         -        -       -     -        -         -    -         -           -      -          -            -              -           SIUD   -
cases_rehearsal         -         -        -       -     -        -         -    -         SI          SI     -          -            -              -           SU     -
cases_reveal            -         s        -       -     -        -         SI   SI        SI          SI     SI         -            -              -           -      -
cases_said              I         SI       SI      -     -        -         SI   SI        SI          SI     SI         -            -              -           SID    -
cases_sound             I         SI       -       -     -        -         SI   SI        SI          SI     SI         -            -              -           SID    -
cases_tally             -         -        -       -     -        -         -    S         S           S      -          -            -              -           SIU    -
cases_topic             -         -        -       -     -        -         -    S         S           S      -          -            -              -           SID    -
django_migrations       -         -        -       -     -        -         -    -         -           -      -          -            -              -           -      -
exchange_attempt        -         -        -       -     -        -         -    -         -           -      -          S            -              -           SID    -
exchange_delivery       -         -        -       -     -        -         -    -         -           -      -          SIu          -              -           SIUD   -
exchange_link           -         -        -       -     -        -         S    S         S           S      S          -            -              -           SIU    -
exchange_partner        -         -        -       -     -        -         -    sIu       sIu         sIu    -          s            -              -           SIU    -
exchange_subscription   -         -        -       -     -        -         -    -         -           -      -          sIu          -              -           SU     -
exchange_update         -         -        -       -     -        -         -    -         -           -      -          -            -              -           SIU    -
mediation_agreement     -         -        -       S     S        -         -    -         -           -      -          -            -              -           SIUD   -
mediation_contact       -         -        -       S     S        -         -    -         -           -      -          -            -              -           SID    -
mediation_event         -         -        -       S     S        -         -    S         S           S      -          -            -              -           SI     -
mediation_follow_up     -         -        -       S     S        -         -    -         -           -      -          -            -              -           SIUD   -
mediation_letter        -         -        -       -     -        -         -    -         -           -      -          -            -              -           SIUD   -
mediation_mediation     -         s        -       S     S        -         -    S         S           S      -          -            -              -           SIU    -
mediation_note          -         -        -       -     SI       -         -    -         -           -      -          -            -              -           suD    -
mediation_party         -         -        -       S     S        -         -    S         S           S      -          -            -              -           SIU    -
mediation_record        -         -        -       S     S        -         -    -         -           -      -          -            -              -           SID    -
mediation_seal_key      -         -        -       -     -        -         -    -         -           -      -          -            -              -           SI     -
mediation_session       -         -        -       S     S        -         -    -         -           -      -          -            -              -           SIUD   -
mediation_signature     -         -        -       s     s        -         -    -         -           -      -          -            -              -           SID    -
notices_account         -         -        -       -     -        -         -    -         -           -      -          -            -              -           SID    -
notices_link_notice     -         -        -       -     -        -         s    s         s           s      s          -            -              -           SIU    -
notices_notice          -         S        -       -     -        -         S    S         S           S      S          -            -              -           SIU    -
notices_staff_notice    -         -        -       -     -        -         -    -         -           -      -          -            -              -           SIU    -
proofs_entry            s         S        -       -     -        -         -    -         -           -      -          -            -              -           SI     -
proofs_head             S         S        S       S     S        S         S    S         S           S      S          S            S              S           SI     S
proofs_key              s         s        s       s     s        s         s    s         s           s      s          s            s              s           SIu    s
proofs_waiting          I         I        I       -     -        -         I    I         I           I      I          -            -              -           SID    -
rota_called_off         S         -        -       -     -        -         -    SID       SID         SID    -          -            -              -           -      S
rota_feed               -         -        -       -     -        -         -    -         -           -      -          -            -              -           -      SIU
rota_meeting            S         -        -       -     -        -         -    SIU       SIU         SIU    -          -            -              -           -      S
rota_shift              -         -        -       -     -        -         -    SIU       SIU         SIU    -          -            -              -           -      S
staff_account           -         -        -       -     -        -         -    -         -           -      -          sIu          su             s           sI     SU
staff_appointment       -         -        -       -     -        S         S    SIU       S           S      S          SIU          S              S           SIU    S
staff_duty_contact      -         -        -       -     -        -         S    S         S           S      S          SIUD         -              -           SIUD   -
staff_person            -         -        -       -     -        s         s    SIU       S           S      s          SIU          s              s           SIU    s
staff_post              S         S        S       S     S        S         S    SIU       S           S      S          SIU          S              S           SIU    S
staff_recovery_code     -         -        -       -     -        -         -    -         -           -      -          -            -              -           -      SIUD
staff_session           -         -        -       -     -        -         -    -         -           -      -          -            su             -           -      SIU
staff_unit              S         S        S       S     S        S         S    S         S           S      S          SIU          S              S           SIU    S
"""  # noqa: E501 - a table is read across

_head, *_rows = (row.split() for row in MATRIX.strip().splitlines())
EXPECTED = {row[0]: dict(zip(_head[1:], row[1:], strict=True)) for row in _rows}
VERBS = {"S": "SELECT", "I": "INSERT", "U": "UPDATE", "D": "DELETE"}


@pytest.fixture(scope="module")
def superuser(server) -> Iterator[psycopg.Connection]:
    with psycopg.connect(server.dsn(SUPERUSER), autocommit=True) as connected:
        yield connected


def tables(superuser) -> set[str]:
    """Everything that holds rows or shows them."""
    found = superuser.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p', 'v', 'm', 'f')"
    )
    return {row[0] for row in found.fetchall()}


def cell(superuser, table: str, role: str) -> str:
    return "".join(_letter(superuser, table, role, letter, verb) for letter, verb in VERBS.items()) or "-"


def _letter(superuser, table: str, role: str, letter: str, verb: str) -> str:
    some = "false" if verb == "DELETE" else "has_any_column_privilege(%(role)s, %(table)s, %(verb)s)"
    whole, part, policies = superuser.execute(
        f"SELECT has_table_privilege(%(role)s, %(table)s, %(verb)s), {some}, (SELECT count(*) FROM pg_policies"
        " WHERE schemaname = 'public' AND tablename = %(table)s AND cmd IN (%(verb)s, 'ALL')"
        " AND (%(role)s = ANY(roles) OR 'public' = ANY(roles)))",
        {"role": role, "table": table, "verb": verb},
    ).fetchone()
    if not policies or not (whole or part):
        return ""
    return letter if whole else letter.lower()


def test_the_table_knows_every_role_and_every_table(superuser):
    assert set(_head[1:]) == {str(role) for role in Role}
    assert set(EXPECTED) == tables(superuser), "a table without a row here is a table nobody has thought about"


@pytest.mark.parametrize("table", EXPECTED)
def test_each_role_may_do_with_each_table_what_the_matrix_says(superuser, table):
    assert {str(role): cell(superuser, table, SCOPES[role].database_role) for role in Role} == EXPECTED[table]


def test_every_table_is_closed_by_its_rows_even_to_its_owner(superuser):
    open_ones = superuser.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT (relrowsecurity AND relforcerowsecurity)"
    ).fetchall()
    assert open_ones == []


def test_every_table_has_its_policy_file(superuser):
    assert set(policy_files()) == tables(superuser)


def test_nothing_is_granted_to_everybody(superuser):
    granted = superuser.execute(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
        " WHERE grantee = 'PUBLIC' AND table_schema = 'public'"
    ).fetchall()
    assert granted == []


def test_no_view_and_no_function_looks_past_the_policies(superuser):
    views = superuser.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')"
    ).fetchall()
    definers = superuser.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    ).fetchall()
    assert (views, definers) == ([], [])


def test_a_table_without_policy_stays_closed(server):
    with psycopg.connect(server.dsn(SUPERUSER)) as superuser:
        superuser.execute("CREATE TABLE forgotten (id int); INSERT INTO forgotten VALUES (1)")
        # Whoever forgets the policy often remembers to grant.
        superuser.execute("GRANT ALL ON forgotten TO PUBLIC")
        close_and_open(superuser)
        for scope in SCOPES.values():
            role = sql.Identifier(scope.database_role)
            for statement in ("SELECT * FROM forgotten", "INSERT INTO forgotten VALUES (2)", "DELETE FROM forgotten"):
                with pytest.raises(errors.InsufficientPrivilege), superuser.transaction():
                    superuser.execute(sql.SQL("SET LOCAL ROLE {}").format(role))
                    superuser.execute(statement)
        superuser.rollback()


def test_a_policy_for_a_table_that_is_gone_is_a_fault(server, monkeypatch):
    from doorstep.core.access import closing

    monkeypatch.setattr(closing, "policy_files", lambda: {"no_such_table": ""})
    with psycopg.connect(server.dsn(SUPERUSER)) as superuser, pytest.raises(LookupError, match="no_such_table"):
        close_and_open(superuser)


# The app's own login -------------------------------------------------------------------------------------------------


def test_the_apps_login_is_nobody_special(superuser):
    special = superuser.execute(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit FROM pg_roles"
        " WHERE rolname = %s",
        [APP],
    ).fetchone()
    assert special == (False,) * 6


@pytest.mark.parametrize(
    "catalog", ["pg_class:relowner", "pg_proc:proowner", "pg_namespace:nspowner", "pg_type:typowner"]
)
def test_the_apps_login_and_its_roles_own_nothing(superuser, catalog):
    table, column = catalog.split(":")
    names = [APP, *(scope.database_role for scope in SCOPES.values())]
    owned = superuser.execute(
        f"SELECT count(*) FROM {table} t JOIN pg_roles r ON r.oid = t.{column} WHERE r.rolname = ANY(%s)", [names]
    ).fetchone()
    assert owned == (0,)


def test_the_roles_cannot_log_in_and_pass_nothing_on(superuser):
    odd = superuser.execute(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'door\\_%'"
        " AND (rolcanlogin OR rolsuper OR rolbypassrls OR rolinherit OR rolcreaterole OR rolcreatedb)"
    ).fetchall()
    assert odd == []


def test_a_connection_that_says_not_who_it_is_sees_nothing(server):
    with psycopg.connect(server.dsn(APP)) as app:
        for table in EXPECTED:
            with pytest.raises(errors.InsufficientPrivilege), app.transaction():
                app.execute(sql.SQL("SELECT FROM {}").format(sql.Identifier(table)))


def test_the_role_is_forgotten_with_its_transaction(server):
    with psycopg.connect(server.dsn(APP), autocommit=True) as app:
        with app.transaction():
            app.execute("SELECT set_config('role', 'door_worker', true)")
            app.execute("SELECT FROM cases_case")
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute("SELECT FROM cases_case")


# Which rows ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def three_cases(town):
    """One in Chen's grid, one in Eli's, one in the other community; each with a contact."""

    def one(words, **place):
        return report(Report(words, Place(**place), Contact(phone="13800000000")), at=MORNING).case

    here = one("楼道里堆满了杂物", door=town.door, community=town.community, county=town.county)
    there = one("楼道里堆满了杂物", lon=119.403, lat=32.199, community=town.community, county=town.county)
    elsewhere = one("路灯不亮", community=town.other_community, subdistrict=town.subdistrict, county=town.county)
    advance(at=MORNING)
    with acting_as(WORKER):
        Case.objects.filter(pk=there).update(grid=town.other_grid)
        Case.objects.filter(pk__in=[here, there]).update(subdistrict=town.subdistrict)
        Case.objects.filter(pk=elsewhere).update(community=town.other_community, grid=None, microgrid=None)
    return {"here": here, "there": there, "elsewhere": elsewhere}


SEES = {
    "chen": {"here"},
    "eli": {"there"},
    "dana": {"here", "there"},
    "other_desk": {"elsewhere"},
    "subdistrict": {"here", "there", "elsewhere"},
    "command": {"here", "there", "elsewhere"},
    "water": set(),
}


def ids(table: str, column: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {column} FROM {table}")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize("table", ["cases_case:id", "cases_event:case_id", "cases_said:case_id"])
@pytest.mark.parametrize("who", SEES)
def test_each_post_sees_the_cases_of_its_own_place_and_what_hangs_on_them(town, three_cases, who, table):
    with acting_as(town.actor(who)):
        assert ids(*table.split(":")) == {three_cases[name] for name in SEES[who]}


def test_a_department_sees_what_it_holds(town, three_cases):
    with acting_as(WORKER):
        Case.objects.filter(pk=three_cases["there"]).update(holder_unit=town.units["water"])
    with acting_as(town.actor("water")):
        assert ids("cases_case", "id") == {three_cases["there"]}


def test_whoever_follows_one_case_sees_that_one(three_cases):
    with acting_as(follower_of(three_cases["here"])):
        assert ids("cases_case", "id") == ids("cases_contact", "case_id") == {three_cases["here"]}


@pytest.mark.parametrize("who", SEES)
def test_a_contact_opens_only_to_whoever_says_why(town, three_cases, who):
    with acting_as(town.actor(who)):
        assert ids("cases_contact", "case_id") == set()
    with acting_as(town.actor(who), because="回访核实"):
        assert ids("cases_contact", "case_id") == set()
    for name in SEES[who]:
        with acting_as(town.actor(who)):
            kept = Reveal.objects.create(
                case_id=three_cases[name], purpose="follow-up", because="回访核实", at=MORNING, until=MORNING
            )
        with acting_as(town.actor(who), because=str(kept.pk)):
            assert ids("cases_contact", "case_id") == {three_cases[name]}


@pytest.mark.parametrize("who", SEES)
def test_nobody_asks_for_the_contact_of_a_case_that_they_do_not_see(town, three_cases, who):
    for name in three_cases.keys() - SEES[who]:
        wanted = Reveal(case_id=three_cases[name], purpose="follow-up", because="想看看", at=MORNING, until=MORNING)
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with refused, transaction.atomic(), acting_as(town.actor(who)):
            wanted.save(force_insert=True)


NO_CASES = [
    Actor(Role.NEIGHBOUR, org=1), Actor(Role.SYSTEM_ADMIN), Actor(Role.SECURITY_ADMIN), Actor(Role.AUDIT_ADMIN),
    ANONYMOUS, GATE,
]  # fmt: skip


def is_closed(actor: Actor, table: str, column: str) -> bool:
    """Whether the database itself keeps this actor from reading the column."""
    try:
        with transaction.atomic(), acting_as(actor):
            ids(table, column)
    except ProgrammingError as refusal:
        return "permission denied" in str(refusal)
    return False


# The moves that are legal and the days that are worked are public knowledge.
OF_CASES = [
    table
    for table in EXPECTED
    if table.startswith(("cases_", "notices_")) and table not in ("cases_move", "cases_calendar_day")
]


@pytest.mark.parametrize("actor", NO_CASES, ids=lambda actor: actor.role)
def test_neighbours_administrators_and_passers_by_read_nothing_of_any_case(three_cases, actor):
    assert len(OF_CASES) > 20
    assert [table for table in OF_CASES if not is_closed(actor, table, "1")] == []


@pytest.mark.parametrize("column", ["password", "totp_secret", "totp_last_step"])
def test_secrets_are_read_by_the_sign_in_page_alone(db, column):
    assert [role for role in Role if not is_closed(Actor(role), "staff_account", column)] == [Role.GATE]


@pytest.mark.parametrize("role", [Role.GRID, Role.NEIGHBOUR, Role.DEPARTMENT, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN])
def test_telephone_numbers_of_colleagues_are_for_whoever_appoints_them(db, role):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), acting_as(Actor(role)):
        ids("staff_person", "phone")


def test_a_role_with_no_bounds_set_matches_no_row(three_cases):
    for role in (Role.GRID, Role.COMMUNITY, Role.SUBDISTRICT, Role.COUNTY, Role.DEPARTMENT, Role.FOLLOWER):
        with acting_as(Actor(role)):
            assert ids("cases_case", "id") == set()


def test_inside_another_actor_the_outer_one_comes_back(town, three_cases):
    with acting_as(town.actor("chen")):
        with acting_as(WORKER):
            assert len(ids("cases_case", "id")) == 3
        assert ids("cases_case", "id") == {three_cases["here"]}


def test_the_desk_of_one_community_publishes_no_plan_for_another(town):
    other = town.actor("other_desk")
    with acting_as(other), connection.cursor() as cursor:
        cursor.execute("UPDATE areas_plan SET state = 'past' RETURNING id")
        assert cursor.fetchall() == []
    with acting_as(town.actor("dana")), connection.cursor() as cursor:
        cursor.execute("UPDATE areas_plan SET made_at = %s RETURNING id", [MORNING + timedelta(days=1)])
        assert len(cursor.fetchall()) == 1
