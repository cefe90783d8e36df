"""Fill a database with a city: its territory, its units, and as many cases as are asked for.

    python bench/fill.py DSN 1000000

Not a claim of its own: the other benches fill with it. The figures are Zhenjiang's: 7 counties, 16,000 micro-grids in
3,400 grids. One case in twenty is open; most of those are recent, a tenth is overdue, some wait for an answer. Every
case lies in its micro-grid and has its whole life in the ledger, 7.7 events a case. Rows are made by the server itself
and put in without triggers and indexes, as the superuser; the indexes are built again at the end. Only what stands for
the hashes is none, though as long as one.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg
import shapely

from doorstep.cases.queries import catalogue
from doorstep.core.time.working_days import announced_until
from doorstep.engines.likeness import grams_of, packed

COUNTIES, SUBDISTRICTS, COMMUNITIES = 7, 9, 16
MICROGRIDS_IN_A_GRID = 5
SQUARE_DEG = 0.002
WEST, NORTH = 119.0, 32.4
DAYS = 730
STILL_OPEN = 0.008
TABLES = ("cases_case", "cases_said", "cases_likeness", "cases_event")


@dataclass(frozen=True)
class City:
    """What was filled in: ids of the areas of each level and of the units of each kind."""

    cases: int
    events: int
    counties: list[int]
    subdistricts: list[int]
    communities: list[int]
    grids: list[int]
    microgrids: list[int]
    units: dict[str, list[int]]
    seconds: float


def fill(
    dsn: str,
    cases: int,
    *,
    microgrids: int = 16_000,
    now: datetime | None = None,
    seed: float = 0.42,
    days: float = DAYS,
    still_open: float = STILL_OPEN,
) -> City:
    """A city with that many cases, on a migrated and otherwise empty database; `dsn` is the superuser's.

    They came within so many `days`; `still_open` is the share of all that nobody finishes.
    """
    started = time.perf_counter()
    with psycopg.connect(dsn) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SELECT setseed(%s)", [seed])
        _territory(connection, microgrids)
        _units(connection)
        with _without_indexes(connection):
            _cases(connection, cases, now or datetime.now(UTC), days, still_open, across=_across(microgrids))
        connection.execute("SELECT setval('cases_case_id_seq', %s)", [max(cases, 1)])
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return city_in(dsn, seconds=round(time.perf_counter() - started, 1))


def city_in(dsn: str, *, seconds: float = 0.0) -> City:
    """What was filled in some time ago."""
    with psycopg.connect(dsn) as connection:
        cases, events = (_one(connection, f"SELECT count(*) FROM {table}") for table in ("cases_case", "cases_event"))
        rows = connection.execute("SELECT level, array_agg(id ORDER BY id) FROM areas_area GROUP BY level").fetchall()
        areas = {str(level): list(ids) for level, ids in rows}
        rows = connection.execute("SELECT kind, array_agg(id ORDER BY id) FROM staff_unit GROUP BY kind").fetchall()
    levels = [areas[level] for level in ("county", "subdistrict", "community", "grid", "microgrid")]
    return City(cases, events, *levels, units={str(kind): list(ids) for kind, ids in rows}, seconds=seconds)


def _one(connection: psycopg.Connection, query: str) -> int:
    row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def _across(microgrids: int) -> int:
    """Micro-grids lie in rows of so many squares."""
    return int(microgrids**0.5) + 1


def _territory(connection: psycopg.Connection, microgrids: int) -> None:
    """Areas of every level, each a run of the level below, micro-grids as squares side by side."""
    communities = COUNTIES * SUBDISTRICTS * COMMUNITIES
    per_community = max(1, round(microgrids / communities))
    rows: list[tuple[object, ...]] = []
    ids: dict[str, list[int]] = {level: [] for level in ("county", "subdistrict", "community", "grid", "microgrid")}
    across = _across(microgrids)

    def add(level: str, code: str, name: str, above: tuple[int | None, ...], outline: bytes | None = None) -> int:
        """`above` is county, subdistrict, community, grid."""
        number = len(rows) + 1
        own = {"county": 0, "subdistrict": 1, "community": 2, "grid": 3}.get(level)
        ancestors = list(above)
        if own is not None:
            # Counties and subdistricts do not name themselves; communities and grids do, as in the application.
            ancestors[own] = number if own >= 2 else None
        parent = next((each for each in reversed(above) if each is not None), None)
        rows.append((number, code, level, name, parent, *ancestors, outline, 70 if outline else None, True))
        ids[level].append(number)
        return number

    for c in range(COUNTIES):
        county = add("county", f"3211{c + 1:02d}", f"示例{c + 1}区", (None, None, None, None))
        for s in range(SUBDISTRICTS):
            subdistrict = add(
                "subdistrict", f"3211{c + 1:02d}{s + 1:03d}", f"示例{c + 1}-{s + 1}街道", (county, None, None, None)
            )
            for m in range(COMMUNITIES):
                code = f"3211{c + 1:02d}{s + 1:03d}{m + 1:03d}"
                community = add(
                    "community", code, f"示例{c + 1}-{s + 1}-{m + 1}社区", (county, subdistrict, None, None)
                )
                grid = 0
                for piece in range(per_community):
                    if len(ids["microgrid"]) >= microgrids:
                        break
                    within = piece % MICROGRIDS_IN_A_GRID
                    if within == 0:
                        number = piece // MICROGRIDS_IN_A_GRID + 1
                        grid_code = f"{code}{number:03d}"
                        grid = add("grid", grid_code, f"第{number}网格", (county, subdistrict, community, None))
                    row, column = divmod(len(ids["microgrid"]), across)
                    west, north = WEST + SQUARE_DEG * column, NORTH - SQUARE_DEG * row
                    square = shapely.to_wkb(shapely.box(west, north - SQUARE_DEG, west + SQUARE_DEG, north))
                    add(
                        "microgrid",
                        f"{grid_code}{within + 1:02d}",
                        f"{number}-{within + 1}",
                        (county, subdistrict, community, grid),
                        square,
                    )
    with connection.cursor().copy(
        "COPY areas_area (id, code, level, name, parent_id, county_id, subdistrict_id, community_id, grid_id, outline,"
        " households, is_sample, households_basis) FROM STDIN"
    ) as copy:
        for row in rows:
            copy.write_row((*row, ""))
    connection.execute("SELECT setval('areas_area_id_seq', %s)", [len(rows)])
    connection.execute(
        "INSERT INTO areas_plan (community_id, state, settings, report, made_at, made_by_role, in_force_from)"
        " SELECT id, 'in_force', '{}', '{}', now(), '', '2024-01-01' FROM areas_area WHERE level = 'community'"
    )


def _units(connection: psycopg.Connection) -> None:
    """A staffed unit for every area that has one, and twenty departments a county."""
    connection.execute(
        "INSERT INTO staff_unit (kind, name, subject, area_id, is_on_call)"
        " SELECT k.kind, a.name || k.title, '', a.id, k.on_call FROM areas_area a JOIN (VALUES"
        "   ('county', 'command_centre', '指挥中心', false), ('subdistrict', 'subdistrict_office', '办事处', true),"
        "   ('community', 'community_desk', '受理台', false), ('grid', 'grid_team', '', false))"
        " AS k (level, kind, title, on_call) ON k.level = a.level"
    )
    departments = list(catalogue().departments.values())
    connection.cursor().executemany(
        "INSERT INTO staff_unit (kind, name, subject, area_id, is_on_call)"
        " SELECT 'department', a.name || %s, %s, a.id, false FROM areas_area a WHERE a.level = 'county'",
        [(each.name.zh, each.code) for each in departments],
    )
    connection.execute(
        "INSERT INTO staff_post (kind, area_id, unit_id, title)"
        " SELECT CASE kind WHEN 'grid_team' THEN 'grid_worker' ELSE kind END, area_id, id, '' FROM staff_unit"
    )
    connection.execute(
        "INSERT INTO staff_person (id, name, phone, email, comes_from, is_invented)"
        " SELECT id, '示例' || id, '', '', '', true FROM staff_post"
    )
    connection.execute("SELECT setval('staff_person_id_seq', (SELECT max(id) FROM staff_person))")
    connection.execute(
        "INSERT INTO staff_appointment (person_id, post_id, from_on) SELECT id, id, '2024-01-01' FROM staff_post"
    )


@contextmanager
def _without_indexes(connection: psycopg.Connection) -> Iterator[None]:
    """Within it the tables of cases have their keys and no other index."""
    kept = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint)",
        [list(TABLES)],
    ).fetchall()
    for name, _ in kept:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
    for _, definition in kept:
        connection.execute(definition)


def _cases(
    connection: psycopg.Connection, cases: int, now: datetime, days: float, still_open: float, *, across: int
) -> None:
    sayings = _sayings(connection)
    connection.execute(_SPOT, {"across": across, "square": SQUARE_DEG, "west": WEST, "north": NORTH}, prepare=False)
    connection.execute("CREATE UNIQUE INDEX ON spot (n)")
    connection.execute(
        "CREATE TEMP TABLE department AS SELECT area_id, array_agg(id) AS ids FROM staff_unit WHERE kind = 'department'"
        " GROUP BY area_id"
    )
    connection.execute("ANALYZE saying; ANALYZE spot; ANALYZE department")
    given = {"cases": cases, "now": now, "days": days, "still_open": still_open, "sayings": sayings}
    connection.execute(_DRAWN, given | {"square": SQUARE_DEG}, prepare=False)
    connection.execute("ANALYZE drawn")
    connection.execute(_CASES, given, prepare=False)
    connection.execute(_SAID, prepare=False)
    connection.execute(_LIKENESS, prepare=False)
    connection.execute(_EVENTS, given, prepare=False)
    # No machine has to reckon all clocks again because it knows a year more than before.
    connection.execute(
        "INSERT INTO cases_calendar_change (at, days, known_until, reckoned_to, moved, done_at)"
        " VALUES (%s, 0, %s, 0, 0, %s)",
        [now, announced_until(), now],
    )


def _sayings(connection: psycopg.Connection) -> int:
    """What people say: the examples of all items; how many there are."""
    connection.execute(
        "CREATE TEMP TABLE saying (n int PRIMARY KEY, item text, class text, kind text, urgency text, words text,"
        " finish text, grams bytea)"
    )
    known = catalogue()
    items = [item for item in known.items.values() if item.examples]
    sayings = [(item, example) for item in items for example in item.examples]
    with connection.cursor().copy("COPY saying FROM STDIN") as copy:
        for n, (item, words) in enumerate(sayings):
            finish = str(known.promise(item, item.urgency).finish)
            # The number of the building, which stands before each saying, is no piece of it.
            grams = packed(grams_of(f"1号楼{words}"))
            copy.write_row((n, item.id, item.class_code, str(item.kind), str(item.urgency), words, finish, grams))
    return len(sayings)


# The south-west corner of each micro-grid, its areas, and who acts there.
_SPOT = """
CREATE TEMP TABLE spot AS
SELECT m.n, %(west)s + %(square)s * (m.n %% %(across)s) AS west,
    %(north)s - %(square)s * (m.n / %(across)s + 1) AS south,
    m.id, m.code, m.county_id, m.subdistrict_id, m.community_id, m.grid_id, g.id AS team, d.id AS desk, s.id AS office
FROM (SELECT row_number() OVER (ORDER BY id) - 1 AS n, * FROM areas_area WHERE level = 'microgrid') m
JOIN staff_unit g ON g.area_id = m.grid_id AND g.kind = 'grid_team'
JOIN staff_unit d ON d.area_id = m.community_id AND d.kind = 'community_desk'
JOIN staff_unit s ON s.area_id = m.subdistrict_id AND s.kind = 'subdistrict_office'
"""

# What chance decides of each case is drawn once, so that every table tells the same story.
_DRAWN = """
CREATE TEMP TABLE drawn AS
SELECT i AS id, d.n, d.word, d.building, p.west + d.east * %(square)s AS lon, p.south + d.up * %(square)s AS lat,
    CASE WHEN d.state <> 'ended' THEN d.state WHEN d.share < 0.06 THEN 'withdrawn' ELSE 'closed' END AS state,
    d.share, d.slack, CASE WHEN d.share < 0.6 THEN p.team WHEN d.share < 0.8 THEN p.desk
        WHEN d.share < 0.95 THEN e.ids[1 + i %% cardinality(e.ids)] ELSE p.office END AS unit,
    %(now)s::timestamptz - make_interval(secs => %(days)s * 86400.0 * (%(cases)s - i) / %(cases)s) AS at
FROM (
    SELECT i, floor(power(random(), 1.3) * (SELECT count(*) FROM spot))::int AS n,
        floor(random() * %(sayings)s)::int AS word, 1 + floor(random() * 40)::int AS building, random() AS east,
        random() AS up, random() AS share, random() AS slack,
        CASE WHEN (i > 0.94 * %(cases)s AND random() < 0.72) OR random() < %(still_open)s THEN
            (ARRAY['reported', 'located', 'classified', 'dispatched', 'dispatched', 'dispatched', 'dispatched',
                   'dispatched', 'dispatched', 'dispatched', 'taken', 'taken', 'taken', 'taken', 'taken', 'taken',
                   'taken', 'done', 'done', 'verified'])[1 + floor(random() * 20)::int]
        ELSE 'ended' END AS state
    FROM generate_series(1, %(cases)s) i
) d JOIN spot p ON p.n = d.n JOIN department e ON e.area_id = p.county_id
"""

_CASES = """
INSERT INTO cases_case (id, number, state, seq, question, is_open, source, kind, item, case_class, urgency, sure,
    county_id, subdistrict_id, community_id, grid_id, microgrid_id, holder_unit_id, lon, lat, place_words, reported_at,
    heard_at, promised_by, first_contact_by, holder_due_at, look_again_at, attempts, ended_at, outcome)
SELECT d.id,
    left(k.digits, 6) || '-' || right(k.digits, 6) || '-' || lpad((98 - k.digits::bigint * 100 %% 97)::text, 2, '0'),
    d.state, s.seq, s.question, d.state NOT IN ('closed', 'withdrawn'),
    (ARRAY['resident', 'resident', 'resident', 'resident', 'grid-worker', 'hotline-12345', 'visit', 'property'])
        [1 + d.id %% 8],
    w.kind, CASE WHEN s.at_class THEN w.item ELSE '' END, CASE WHEN s.at_class THEN w.class ELSE '' END,
    CASE WHEN s.at_class THEN w.urgency ELSE '' END, CASE WHEN s.at_class THEN 0.5 + d.share / 2 END,
    p.county_id, p.subdistrict_id, p.community_id, CASE WHEN d.state <> 'reported' THEN p.grid_id END,
    CASE WHEN d.state <> 'reported' THEN p.id END, CASE WHEN s.at_unit THEN d.unit END,
    d.lon, d.lat, '', d.at, d.at, CASE WHEN s.at_class THEN d.at + interval '7 days' END,
    CASE WHEN s.at_class THEN d.at + interval '24 hours' END,
    CASE WHEN s.at_unit AND d.state NOT IN ('closed', 'withdrawn')
         THEN %(now)s::timestamptz + make_interval(secs => (d.slack - 0.1) * 800000)
         WHEN s.at_unit THEN d.at + interval '7 days' END,
    CASE WHEN d.state IN ('done', 'verified') THEN %(now)s::timestamptz + interval '3 days'
         WHEN d.state IN ('dispatched', 'taken')
         THEN %(now)s::timestamptz + make_interval(secs => (1 + d.slack) * 200000) END, 0,
    CASE WHEN d.state IN ('closed', 'withdrawn') THEN d.at + make_interval(secs => d.slack * 600000) END,
    CASE WHEN d.state = 'closed' THEN (ARRAY['solved', 'solved', 'solved', 'explained', 'out-of-scope'])[1 + d.id %% 5]
         WHEN d.state IN ('done', 'verified') THEN 'solved' ELSE '' END
FROM drawn d JOIN spot p ON p.n = d.n JOIN saying w ON w.n = d.word
CROSS JOIN LATERAL (SELECT to_char(d.at AT TIME ZONE 'Asia/Shanghai', 'YYMMDD')
    || lpad(((d.id - 1) %% 999999 + 1)::text, 6, '0') AS digits) k
JOIN (VALUES ('reported', 2, 'where', false, false), ('located', 3, 'which-class', false, false),
    ('classified', 4, 'which-unit', true, false), ('dispatched', 4, '', true, true), ('taken', 5, '', true, true),
    ('done', 6, '', true, true), ('verified', 7, '', true, true), ('closed', 8, '', true, true),
    ('withdrawn', 6, '', true, true)) AS s (state, seq, question, at_class, at_unit) ON s.state = d.state
"""

_SAID = """
INSERT INTO cases_said (case_id, seq, words, salt, for_reporter)
SELECT d.id, 1, d.building || '号楼' || w.words, '\\x00', true FROM drawn d JOIN saying w ON w.n = d.word
"""

_LIKENESS = """
INSERT INTO cases_likeness (case_id, seq, reported_at, lon, lat, grams)
SELECT d.id, 1, d.at, d.lon, d.lat, w.grams FROM drawn d JOIN saying w ON w.n = d.word
"""

# What happens to a case, when (as a part of the time that it takes), and what each row says. The facts are those that
# the machine and the staff write.
_EVENTS = """
INSERT INTO cases_event (case_id, seq, move, from_state, to_state, happened_at, heard_at, by_hat, by_unit, facts,
    said_hash, prev_hash, hash)
SELECT d.id, m.seq, m.move, m.was, m.became, t.at, t.at, m.hat, CASE WHEN m.hat = 'holder' THEN d.unit END,
    CASE m.move
    WHEN 'report' THEN '{"source": "resident", "accuracy_m": 12}'
    WHEN 'locate' THEN jsonb_build_object('microgrid', p.code, 'certainty', 0.95, 'because',
        '{"key": "cases-locate-pin", "params": {}}'::jsonb)
    WHEN 'classify' THEN jsonb_build_object('item', w.item, 'class', w.class, 'urgency', w.urgency, 'certainty', 0.9,
        'because', '{"key": "cases-classify-by-hand", "params": {}}'::jsonb,
        'promise', jsonb_build_array('24 h', w.finish), 'promised_by', d.at + interval '7 days', 'provisional', false)
    WHEN 'dispatch' THEN jsonb_build_object('unit', d.unit, 'together_with', '[]'::jsonb, 'because',
        '{"key": "cases-dispatch-grid-team", "params": {"unit": "第1网格"}}'::jsonb, 'limit', w.finish, 'due_at',
        d.at + interval '7 days', 'provisional', false)
    WHEN 'ask' THEN jsonb_build_object('question', CASE d.state WHEN 'reported' THEN 'where'
        WHEN 'located' THEN 'which-class' ELSE 'which-unit' END)
    WHEN 'take' THEN jsonb_build_object('unit', d.unit)
    WHEN 'do' THEN jsonb_build_object('unit', d.unit, 'outcome', 'solved', 'pictures', 0)
    WHEN 'verify' THEN '{"verdict": "confirmed", "because": {"key": "cases-verify-confirmed", "params": {}}}'
    WHEN 'close' THEN jsonb_build_object('outcome',
        (ARRAY['solved', 'solved', 'solved', 'explained', 'out-of-scope'])[1 + d.id %% 5],
        'confirmed', true, 'verdict', 'confirmed', 'because', '{"key": "cases-close-solved", "params": {}}'::jsonb)
    ELSE '{}' END,
    CASE WHEN m.seq = 1 THEN decode(repeat('5a', 32), 'hex') END,
    CASE WHEN m.seq > 1 THEN decode(repeat('a5', 32), 'hex') END, decode(repeat('a5', 32), 'hex')
FROM drawn d JOIN spot p ON p.n = d.n JOIN saying w ON w.n = d.word
JOIN (VALUES ('reported', 1), ('located', 2), ('classified', 3), ('dispatched', 4), ('taken', 5), ('withdrawn', 5),
    ('done', 6), ('verified', 7), ('closed', 8)) AS l (state, reached) ON l.state = d.state
JOIN (VALUES (1, 'report', 'new', 'reported', 'anyone', 0.0, 1, ''),
    (2, 'ask', 'reported', 'reported', 'machine', 0.0, 1, 'reported'),
    (2, 'locate', 'reported', 'located', 'machine', 0.0, 2, ''),
    (3, 'ask', 'located', 'located', 'machine', 0.0, 2, 'located'),
    (3, 'classify', 'located', 'classified', 'machine', 0.0, 3, ''),
    (4, 'ask', 'classified', 'classified', 'machine', 0.0, 3, 'classified'),
    (4, 'dispatch', 'classified', 'dispatched', 'machine', 0.0, 4, ''),
    (5, 'take', 'dispatched', 'taken', 'holder', 0.1, 5, ''),
    (6, 'withdraw', 'taken', 'withdrawn', 'reporter', 1.0, 5, 'withdrawn'),
    (6, 'do', 'taken', 'done', 'holder', 0.7, 6, ''),
    (7, 'verify', 'done', 'verified', 'reporter', 0.9, 7, ''),
    (8, 'close', 'verified', 'closed', 'machine', 1.0, 8, '')) AS m (seq, move, was, became, hat, part, reached, alone)
ON m.reached <= l.reached AND m.alone IN ('', d.state)
CROSS JOIN LATERAL (SELECT least(%(now)s, d.at + make_interval(secs => m.part * d.slack * 600000)) AS at) t
ORDER BY d.id, m.seq
"""


if __name__ == "__main__":
    import django

    django.setup()
    print(fill(sys.argv[1], int(sys.argv[2])).seconds)
