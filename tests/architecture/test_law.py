"""What the law forbids such a platform to do to those who work with it, and what we never build: it is not there.

The General Office's letter 国办函〔2026〕12号 forbids forced check-in, rankings and online time of staff, and the
forced upload of work photos and tracks. These tests look at the code, the pages and the tables themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.test import Client
from django.urls import get_resolver

import doorstep
from doorstep.core.postgres import SUPERUSER
from doorstep.core.text import languages, words_of

SOURCE = Path(doorstep.__file__).parent
STATIC = SOURCE / "fronts" / "static"


def files(pattern: str) -> list[Path]:
    return sorted(SOURCE.rglob(pattern))


def here(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.fixture(scope="module")
def columns(server) -> dict[str, set[str]]:
    """Every column of every table of a real database."""
    with psycopg.connect(server.dsn(SUPERUSER)) as superuser:
        found = superuser.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        ).fetchall()
    tables: dict[str, set[str]] = {}
    for table, column in found:
        tables.setdefault(table, set()).add(column)
    return tables


# Nobody is followed, counted or compared -----------------------------------------------------------------------------

FORBIDDEN = re.compile(
    r"check_?in|punch|attendance|track|trace_|trajectory|online|heartbeat|presence|duration|on_?duty_at|rank|score|"
    r"grade|rating|points|leaderboard|quota|kpi|face|biometric|religion|watch_?list|risk_level|last_(seen|position)"
)


def test_no_table_has_a_place_for_check_ins_tracks_online_time_or_ranks(columns):
    found = {f"{table}.{column}" for table, names in columns.items() for column in names if FORBIDDEN.search(column)}
    # How well a unit that was called did its part of one case, said by the community that called it.
    assert found == {"cases_part.score"}
    assert not columns["cases_part"] & {"person", "person_id", "account", "by_post", "post_id"}
    assert len(columns) > 20


def test_the_search_would_find_what_it_looks_for():
    for name in ("check_in_at", "gps_track", "online_minutes", "worker_rank", "risk_level", "kpi_month"):
        assert FORBIDDEN.search(name)


PEOPLE = {"person_id", "account_id", "account", "appointment_id", "session_id", "post_id", "post", "by_post"}
PLACES = {"lon", "lat", "x", "y", "position", "accuracy_m", "location", "point", "address"}


def test_no_table_says_where_a_member_of_staff_was(columns):
    # The ledger knows by which seat a step was made; a place stands only beside a case, a door or a building.
    both = {table for table, names in columns.items() if names & PEOPLE and names & PLACES}
    assert both == set()


def test_sessions_are_kept_to_end_them_and_not_to_add_them_up():
    adding = re.compile(r"(seen_at|began_at|ended_at|expires_at)\W+-\W+\w*(began_at|seen_at)|Sum\(|total_time|online")
    for path in files("staff/**/*.py"):
        assert not adding.search(path.read_text(encoding="utf-8")), here(path)


def test_nothing_is_counted_by_person_or_seat():
    """Figures are by place, unit, class and time; a list of who did how much cannot be made of them."""
    by_person = re.compile(
        r"GROUP BY[^\"']*\b(by_post|person|person_id|account|account_id|appointment_id)\b"
        r"|values\(\s*[\"'](by_post|person|account)[\"']\s*\)\s*\.annotate"
    )
    found = {
        here(path)
        for path in files("**/*.py") + files("**/*.sql")
        if by_person.search(path.read_text(encoding="utf-8"))
    }
    # How many posts one holds, for the switch in the page's head; and what one sign-in opened in the last hour, far
    # more than it worked on: the shield's alarm, of which only the alarms are kept.
    assert found <= {"staff/actions/signing_in.py", "cases/actions/watching.py"}
    watching = (SOURCE / "cases/actions/watching.py").read_text()
    assert "FROM access_read" in watching and "HAVING count(DISTINCT subject) > %(least)s" in watching
    assert '.values("person").annotate(n=Count("id"))' in (SOURCE / "staff/actions/signing_in.py").read_text()


ADDRESSES = re.compile(r"check-?in|clock-?in|sign-in-today|track|online|rank|leader|score|patrol-line|attendance")


def test_no_address_leads_to_one():
    routes = [str(pattern) for pattern in _routes(get_resolver().url_patterns)]
    assert len(routes) > 60
    assert [route for route in routes if ADDRESSES.search(route)] == []


def _routes(patterns, before=""):
    for each in patterns:
        if hasattr(each, "url_patterns"):
            yield from _routes(each.url_patterns, before + str(each.pattern))
        else:
            yield before + str(each.pattern)


# Where a word of it is said at all, it is said that it is not so.
SAID = re.compile("打卡|签到|排名|排行|在线时长|轨迹|考勤|积分")  # read, not shown
DENIED = re.compile("不|没有|无|禁")  # read, not shown


def test_no_sentence_speaks_of_one_but_to_deny_it():
    words = words_of("zh")
    for key, entry in words.entries.items():
        said = "".join(
            getattr(part, "value", "")
            for part in (entry.value.elements if entry.value else ())
            if isinstance(getattr(part, "value", ""), str)
        )
        if SAID.search(said):
            assert DENIED.search(said), f"{key}: {said}"
    assert set(languages) == {"zh", "en"}


def test_units_are_measured_in_the_order_of_their_names_and_nobody_else_is_measured():
    """No order says who did well, no column can be sorted by, and a member of staff has no measure at all."""
    measures = [SOURCE / name for name in ("cases/holding.py", "cases/reports.py", "cases/rules/reporting.py")]
    doors = [*files("fronts/reports/*.py"), *files("fronts/templates/reports/*.html")]
    assert all(path.exists() for path in measures) and len(doors) >= 6
    for path in measures:
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"by_post|by_person|person_id|account|appointment|reverse=True|DESC\b(?! LIMIT 1)", text
        ), here(path)
    listed = re.findall(r"ORDER BY (u\.[^\n]*)", measures[0].read_text())
    assert listed == ["u.kind, u.name, u.id"]
    for path in doors:
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"sorted\([^)]*(share|hours|kept|overdue|solved)|\bsort=|data-sort|by_post|person_id", text
        ), here(path)


# Where somebody stands is asked for once, by whoever presses ---------------------------------------------------------

SCRIPTS = files("fronts/static/**/*.js")


@pytest.mark.parametrize("path", SCRIPTS, ids=here)
def test_no_script_follows_where_somebody_goes(path):
    script = path.read_text(encoding="utf-8")
    assert "watchPosition" not in script
    assert not re.search(r"sendBeacon|visibilitychange|IdleDetector|DeviceMotion|navigator\.wakeLock", script)
    for found in re.finditer("getCurrentPosition", script):
        before = script[: found.start()]
        pressed = max(before.rfind('addEventListener("click"'), before.rfind('addEventListener("submit"'))
        function = re.findall(r"function (\w+)\(", before)
        by_name = function and re.search(rf'addEventListener\("click", (\(\) => )?{function[-1]}', script)
        assert pressed >= 0 or by_name, "a position is given because somebody pressed"
        assert not re.search(r"setInterval\([^)]*getCurrentPosition", script)


def test_pages_may_ask_for_a_position_and_for_nothing_else(server):
    policy = Client().get("/staff/sign-in").headers["Permissions-Policy"]
    assert "geolocation=(self)" in policy and "camera=()" in policy and "microphone=()" in policy


# A photo is welcome and never demanded -------------------------------------------------------------------------------

FILE_FIELDS = re.compile(r"{%\s*field\b[^%]*type=\"file\"[^%]*%}|<input[^>]*type=\"file\"[^>]*>")
# A list that somebody hands in, or an agreement to be checked, is no picture: such a field takes no image at all.
NO_PICTURES = re.compile(r"accept=\"((\.(csv|txt|xlsx|pdf)|application/pdf)[,\"])+")
TEMPLATES = files("fronts/templates/**/*.html")


def file_fields() -> list[tuple[str, str]]:
    found = [(here(path), tag) for path in TEMPLATES for tag in FILE_FIELDS.findall(path.read_text(encoding="utf-8"))]
    return [(page, tag) for page, tag in found if not NO_PICTURES.search(tag)]


@pytest.mark.parametrize(("page", "tag"), file_fields())
def test_no_form_demands_a_picture(page, tag):
    assert "required" not in tag, page
    if tag.startswith("{%"):
        assert "optional=True" in tag or "design" in page, f"{page} does not say that it may be left out"


@pytest.mark.parametrize(("page", "tag"), file_fields())
def test_no_form_demands_that_the_picture_is_taken_here_and_now(page, tag):
    assert "capture" not in tag, page


def test_there_are_forms_that_take_pictures_at_all():
    assert len(file_fields()) >= 4


def test_no_script_makes_a_picture_a_must():
    for path in SCRIPTS:
        assert not re.search(r"photo[^;\n]{0,40}\.required\s*=\s*true|setCustomValidity", path.read_text()), here(path)


@pytest.mark.parametrize("name", ["take", "decline", "note", "do"])
def test_no_move_of_a_holder_takes_a_picture_as_a_condition(name):
    import inspect

    from doorstep.cases.actions import act

    pictures = inspect.signature(getattr(act, name)).parameters.get("pictures")
    assert pictures is None or pictures.default == ()


# Neighbours who are asked owe nothing: no haste is measured, no number kept ------------------------------------------


def test_of_neighbours_who_are_asked_nothing_is_kept_that_could_rank_them(columns):
    """Who is asked, and whether they come, for as long as a case is worked on; neither when they answered nor how
    often, and nobody's record of it anywhere else."""
    assert columns["cases_neighbour_asked"] == {"id", "call_id", "appointment_id", "answer"}
    assert columns["cases_readiness"] == {
        "appointment_id", "helps", "days", "from_hour", "until_hour", "purpose", "basis", "agreed_at", "until_on",
    }  # fmt: skip
    assert not columns["cases_neighbour_call"] & (PEOPLE | {"asked", "came", "refused", "declined"})
    timed = re.compile(r"(answered|responded|declined|accepted|came|arrived|seen|opened)_(at|on|after|within)|_count$")
    people = {"person_id", "appointment_id", "post_id", "post", "by_post", "account_id"}
    assert {
        f"{table}.{column}"
        for table, names in columns.items()
        if names & people and table not in ("staff_session", "staff_appointment")
        for column in names
        if timed.search(column)
        # When an alarm about views in bulk was answered.
    } == {"access_alarm.answered_at"}


def test_no_neighbour_is_given_a_clock(columns):
    """Nothing that runs out stands beside somebody who is asked."""
    due = re.compile(r"due|promise|limit|until|by$")
    assert {name for name in columns["cases_neighbour_asked"] if due.search(name)} == set()


def test_answers_of_neighbours_are_counted_for_one_call_and_never_added_up_by_person():
    for path in (*files("cases/**/neighbour*.py"), *files("fronts/**/neighbour*.py"), *files("fronts/**/called.py")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"values\([^)]*(appointment|person|post)[^)]*\)\s*\.annotate", text), here(path)
        assert not re.search(r"(annotate|aggregate)\([^)]*Count\([^)]*(appointment|person|post)", text), here(path)


# Emergency mode changes no rule for staff -----------------------------------------------------------------------------


def test_emergency_mode_is_known_to_no_rule_about_staff_or_cases():
    """Whatever it turned on would have to ask whether it is on: nothing outside of its own room and pages does."""
    knows = {here(path) for path in files("**/*.py") if re.search("emergenc", path.read_text(encoding="utf-8"))}
    assert {each for each in knows if not each.startswith(("alerts/", "fronts/alerts/"))} == {
        # The public pages, the way to the desk's, the banner, the words of its traces.
        "fronts/resident/emergency.py", "fronts/resident/urls.py",
        "fronts/staff/frame.py", "fronts/staff/audit.py", "fronts/templatetags/alerts.py",
        # The same for programs.
        "fronts/open/emergencies.py", "fronts/open/urls.py",
        # What the demo shows.
        "config/demo_alerts.py",
        # The law that is named in objections.
        "cases/rules/bases.py",
    }  # fmt: skip


def test_of_who_brings_something_nothing_is_kept_that_could_rank_them(columns):
    assert columns["alerts_supply"] == {"id", "need_id", "quantity", "promised_by", "state", "told_at"}
    assert not columns["alerts_need"] & PEOPLE and not columns["alerts_emergency"] & PEOPLE
    assert columns["alerts_round"] == {"id", "patrol_id", "begins_at", "meets", "reminds", "is_off"}
    assert columns["alerts_going"] == {"id", "round_id", "member_id"}
    assert columns["alerts_member"] == {"id", "patrol_id", "appointment_id"}


# Looking needs no account, and nothing is asked twice ----------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/report/", "/find/", "/complaints/"])
def test_residents_look_and_report_without_an_account_or_a_download(town, address):
    answer = Client().get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert not re.search(r"\.apk|\.ipa|itunes\.apple|play\.google|app-id=", page)
    assert 'type="password"' not in page


def test_a_complaints_box_stands_on_every_page(town):
    for address in ("/", "/report/", "/find/", "/staff/sign-in"):
        assert "/complaints/" in Client().get(address).content.decode()


# What is judged of a case is never counted by whoever asked ----------------------------------------------------------

PERSON = r"(?:contact|phone|email|sender|name|account|by_post|reporter)"


def queries_in(path: Path) -> Iterator[str]:
    """Every statement and every grouped query of a file, without its comments."""
    text = path.read_text(encoding="utf-8")
    yield from re.findall(r"(?is)GROUP BY[^;\n\"]*", text)
    yield from re.findall(r"(?is)PARTITION BY[^;\n\"]*", text)
    yield from re.findall(r"(?s)\.values\([^)]*\)\s*\.annotate\(", text)


def test_nothing_about_cases_is_counted_by_person():
    """Neither how often somebody asks, nor what was thought of it, nor how anybody worked."""
    about_cases = [*files("cases/**/*.py"), *files("fronts/**/*.py"), *files("notices/**/*.py")]
    counted = {
        here(path): queries
        for path in about_cases
        if (queries := [each for each in queries_in(path) if re.search(PERSON, each)])
    }
    # An alarm about views in bulk counts one hour of one sign-in, and says nothing where there is no alarm.
    assert {path: queries for path, queries in counted.items() if Path(path).name != "watching.py"} == {}
    assert counted, "the search finds what it looks for"


def test_a_judgement_is_read_for_no_other_case():
    """Only what writes, shows and counts one case knows the word."""
    knows = {here(path) for path in files("**/*.py") if "unreasonable" in path.read_text(encoding="utf-8")}
    assert {each for each in knows if "migrations" not in each} == {
        "cases/actions/advance.py", "cases/actions/clocks.py", "cases/actions/ledger.py",
        "cases/actions/reviewing.py", "cases/figures.py",
        "cases/models.py", "cases/reactions.py", "cases/reviews.py", "cases/rules/close.py",
        "cases/rules/questions.py", "cases/rules/unreasonable.py", "cases/rules/waiting.py",
        "cases/whole.py",
        "fronts/desk/case.py", "fronts/desk/moves.py", "fronts/field/case.py", "fronts/open/figures.py",
        "fronts/open/moves.py",
        "fronts/resident/following.py", "fronts/resident/life.py", "fronts/templatetags/desk.py",
        "notices/rules/telling.py",
    }  # fmt: skip


# Traces that are left are traces that can be read --------------------------------------------------------------------


def test_every_trace_that_is_left_has_its_words():
    from doorstep.fronts.staff.audit import TRACES

    left = re.compile(r"(?:audit\.(?:deed|read)|(?<!\w)trace)\(\s*\"([a-z-]+)\"")
    names = {name for path in files("**/*.py") for name in left.findall(path.read_text(encoding="utf-8"))}
    assert names == TRACES
    for lang in languages:
        assert {f"staff-trace-{name}" for name in names} <= words_of(lang).entries.keys()
