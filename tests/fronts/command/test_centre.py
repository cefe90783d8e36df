"""What the command centre sees is what there is: counted by hand, inside its own area, nothing of anybody's home."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cases.test_reactions import done_and_closed
from tests.town import LAT, LON, SQUARE_DEG, Town
from tests.visiting import EVERYBODY, signed_in

from doorstep.areas.models import Area
from doorstep.cases import figures
from doorstep.cases.actions import act
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.figures import Load
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.core.time.zone import local_date
from doorstep.fronts.parts import Figure
from doorstep.fronts.templatetags.words import counted

WATCHERS = {"dana", "subdistrict", "command"}


def reported(town: Town, column: float, row: float, *, days_ago: int = 0) -> int:
    at = clock.now() - timedelta(days=days_ago)
    place = Place(
        lon=LON + SQUARE_DEG * column, lat=LAT - SQUARE_DEG * row,
        community=town.community, subdistrict=town.subdistrict, county=town.county,
    )  # fmt: skip
    case = report(Report("楼道里堆满了杂物", place, item="stairwell-rubbish"), at=at).case
    advance(at=at)
    return case


@pytest.fixture
def busy(town: Town) -> Town:
    """Two cases in the north-west, of which one is late; one done in the south-east; and one that ended."""
    reported(town, 0.5, 0.5)
    reported(town, 0.5, 0.5, days_ago=60)
    done, ended = reported(town, 1.5, 1.5), reported(town, 1.5, 1.5)
    eli = town.actor("eli")
    with acting_as(eli):
        act.do(done, "清走了。", by=eli, at=clock.now())
    done_and_closed(town, ended, "eli")
    return town


def area(pk: int) -> Area:
    with acting_as(WORKER):
        return Area.objects.get(pk=pk)


def loads(town: Town, who: str, inside: int) -> dict[str, Load]:
    now = clock.now()
    with acting_as(town.actor(who)):
        return {row.code[12:] or row.code: row.load for row in figures.rows_below(area(inside), now, local_date(now))}


def address(area: int, more: str = "") -> str:
    return f"/command/areas/{area}/{more}"


# Figures ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", sorted(WATCHERS))
def test_the_figures_are_those_that_a_hand_counts(busy: Town, who: str) -> None:
    now = clock.now()
    with acting_as(busy.actor(who)):
        assert figures.load_of(area(busy.community), now) == Load(open=3, overdue=1, asked=0, done=1)
    assert loads(busy, who, busy.community) == {"001": Load(2, 1, 0, 0), "002": Load(1, 0, 0, 1)}
    assert loads(busy, who, busy.grid) == {"00101": Load(2, 1, 0, 0), "00102": Load()}


def test_every_level_adds_up_to_the_one_above(busy: Town) -> None:
    now = clock.now()
    for inside in (busy.county, busy.subdistrict, busy.community):
        parts = loads(busy, "command", inside).values()
        with acting_as(busy.actor("command")):
            whole = figures.load_of(area(inside), now)
        assert whole.open == sum(part.open for part in parts) == 3


def test_what_nobody_has_placed_yet_is_a_row_of_its_own(busy: Town) -> None:
    somewhere = Place(community=busy.community, subdistrict=busy.subdistrict, county=busy.county)
    report(Report("不知道在哪一栋", somewhere, item="stairwell-rubbish"), at=clock.now())
    now = clock.now()
    with acting_as(busy.actor("command")):
        found = area(busy.community)
        rows = figures.rows_below(found, now, local_date(now))
        assert figures.unplaced(figures.load_of(found, now), rows).open == 1
    desk = signed_in(busy, "command")
    assert 'data-row="0"' in desk.get(address(busy.community)).content.decode()
    assert "未定位" in desk.get(address(busy.community, "table.csv")).content.decode()
    assert 'data-row="0"' not in desk.get(address(busy.county)).content.decode()


def test_what_is_done_and_waits_for_a_verdict_is_late_for_nobody(town: Town) -> None:
    case = reported(town, 1.5, 1.5, days_ago=60)
    eli = town.actor("eli")
    with acting_as(town.actor("command")):
        assert figures.load_of(area(town.county), clock.now()).overdue == 1
    with acting_as(eli):
        act.do(case, "清走了。", by=eli, at=clock.now())
    with acting_as(town.actor("command")):
        assert figures.load_of(area(town.county), clock.now()) == Load(open=1, done=1)


@pytest.mark.parametrize(("who", "seen"), [("dana", 3), ("command", 3), ("other_desk", 0), ("chen", 2), ("water", 0)])
def test_each_counts_only_what_it_may_see(busy: Town, who: str, seen: int) -> None:
    with acting_as(busy.actor(who)):
        assert figures.load_of(area(busy.county), clock.now()).open == seen


def test_the_days_and_classes_are_those_of_the_roll_up(busy: Town) -> None:
    today = local_date(clock.now())
    with acting_as(busy.actor("command")):
        days = figures.by_day(area(busy.county), today)
        [rubbish] = figures.by_class(area(busy.county), today)
    assert len(days) == 14
    assert sum(day.reported for day in days) == 3
    assert (rubbish.reported, rubbish.solved, rubbish.reopened) == (3, 1, 0)


@pytest.mark.parametrize(("who", "seen"), [("dana", 3), ("other_desk", 0)])
def test_the_roll_up_is_bounded_too(busy: Town, who: str, seen: int) -> None:
    today = local_date(clock.now())
    with acting_as(busy.actor(who)):
        assert sum(day.reported for day in figures.by_day(area(busy.county), today)) == seen


# Pages --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", sorted(WATCHERS))
def test_each_begins_with_its_own_area_and_goes_down_to_the_micro_grid(busy: Town, who: str) -> None:
    watcher = signed_in(busy, who)
    own = {"dana": busy.community, "subdistrict": busy.subdistrict, "command": busy.county}[who]
    assert watcher.get("/command/")["Location"] == address(own)
    for below in (busy.community, busy.grid, busy.microgrids[0]):
        for page in (address(below), address(below, "wall/")):
            assert watcher.get(page).status_code == 200, page
    assert 'data-figure="open"' in watcher.get(address(busy.community)).content.decode()


def every_page(inside: int) -> list[str]:
    more = ("", "wall/", "table.csv", "listen/", "microgrids.geojson", "grids.geojson", "pins.geojson")
    return [address(inside, each) for each in more]


@pytest.mark.parametrize("who", [each for each in EVERYBODY if each not in WATCHERS | {"other_desk"}])
def test_nobody_else_comes_in(busy: Town, who: str) -> None:
    visitor = signed_in(busy, who)
    assert {visitor.get(page).status_code for page in every_page(busy.community)} == {403}


def test_an_area_that_is_not_ones_own_is_not_found(busy: Town) -> None:
    for who, strange in (("other_desk", busy.community), ("dana", busy.other_community), ("dana", busy.county)):
        visitor = signed_in(busy, who)
        assert {visitor.get(page).status_code for page in every_page(strange)} == {404}, who


def test_a_stranger_is_led_to_sign_in(busy: Town) -> None:
    for page in every_page(busy.community):
        assert Client().get(page)["Location"].startswith("/staff/sign-in?")


def test_the_table_opens_in_a_spreadsheet_and_holds_the_same_figures(busy: Town) -> None:
    with acting_as(WORKER):
        Area.objects.filter(pk=busy.grid).update(name="=HYPERLINK(1)")
    answer = signed_in(busy, "dana").get(address(busy.community, "table.csv"))
    written = answer.content.decode()
    assert written.startswith("\ufeff")
    _, *rows = csv.reader(io.StringIO(written[1:]))
    assert [row[3:] for row in rows] == [["2", "1", "0", "0"], ["1", "0", "0", "1"]]
    assert rows[0][1] == "'=HYPERLINK(1)"


def test_the_map_counts_by_micro_grid(busy: Town) -> None:
    answer = signed_in(busy, "command").get(address(busy.community, "microgrids.geojson"))
    counts = {
        each["properties"]["code"][12:]: each["properties"]["cases"] for each in json.loads(answer.content)["features"]
    }
    assert counts == {"00101": 2, "00102": 0, "00201": 0, "00202": 1}


def test_a_pin_is_for_whoever_holds_the_case(busy: Town) -> None:
    for who in WATCHERS:
        answer = signed_in(busy, who).get(address(busy.community, "pins.geojson"))
        assert json.loads(answer.content)["features"] == []
    with acting_as(busy.actor("chen")):
        assert len(figures.pins(area(busy.community), busy.units["grid_team"])) == 2


def test_whoever_has_no_unit_sees_no_pin_of_what_nobody_holds(town: Town) -> None:
    place = Place(
        lon=LON + 0.001, lat=LAT - 0.001, community=town.community, subdistrict=town.subdistrict, county=town.county
    )
    report(Report("楼道里堆满了杂物", place), at=clock.now())
    with acting_as(WORKER):
        assert figures.pins(area(town.community), None) == []


def test_where_nothing_was_counted_the_page_says_so(town: Town) -> None:
    page = signed_in(town, "command").get(address(town.county)).content.decode()
    assert "最近 14 天没有可统计的诉求" in page


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", ["Open cases by community", "Open cases by grid"]), ("zh", ["各村（社区）在办诉求", "各网格在办诉求"])],
)
def test_levels_are_said_as_in_a_sentence(town: Town, lang: str, said: list[str]) -> None:
    watcher = signed_in(town, "command")
    watcher.cookies["lang"] = lang
    for inside, words in zip((town.subdistrict, town.community), said, strict=True):
        assert words in watcher.get(address(inside)).content.decode()


def test_a_grid_that_nobody_named_is_called_in_the_readers_language_and_a_name_stays(town: Town) -> None:
    with acting_as(WORKER):
        Area.objects.filter(pk=town.other_grid).update(name="菜场网格")
    watcher = signed_in(town, "command")
    watcher.cookies["lang"] = "en"
    page = watcher.get(address(town.community)).content.decode()
    assert "Grid 1</a>" in page and "菜场网格</a>" in page and "第1网格" not in page
    assert "<h1>Grid 1</h1>" in watcher.get(address(town.grid)).content.decode()
    layer = json.loads(watcher.get(address(town.community, "grids.geojson")).content)
    assert layer["features"] == [] or layer["features"][0]["properties"]["name"] == "Grid 1"
    watcher.cookies["lang"] = "zh"
    assert "第1网格</a>" in watcher.get(address(town.community)).content.decode()


def test_digits_are_grouped_wherever_a_number_stands(town: Town) -> None:
    boxes = Template("{% load parts %}{% figures boxes %}").render(Context({"boxes": [Figure("户数", 8475)]}))
    assert "8,475" in boxes and "8475" not in boxes
    assert [counted(each) for each in (8475, 0, None, "少")] == ["8,475", "0", "", "少"]


def test_days_are_written_short(busy: Town) -> None:
    page = signed_in(busy, "command").get(address(busy.county)).content.decode()
    now = local_date(clock.now())
    assert f'<th scope="row">{now.month}月{now.day}日</th>' in page
    assert f"{now.year}年{now.month}月{now.day}日" not in page


def test_the_number_of_statements_does_not_grow_with_the_cases(town: Town) -> None:
    watcher = signed_in(town, "command")

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            watcher.get(address(town.community))
        # Whether the catalogue has changed is looked at now and then.
        return len([each for each in captured if '"catalogue_' not in each["sql"]])

    statements()
    before = statements()
    for column in range(6):
        reported(town, column / 3, 0.5)
    assert statements() == before


# Tokens -------------------------------------------------------------------------------------------------------------


def test_the_page_and_the_listener_get_a_token_for_this_area_and_language(busy: Town) -> None:
    from doorstep.fronts.command import listening

    watcher = signed_in(busy, "command")
    token = watcher.get(address(busy.community, "listen/")).json()["token"]
    heard = listening.read(token)
    assert (heard.actor.org, heard.area, heard.language) == (busy.county, busy.community, "zh")
    watcher.cookies["lang"] = "en"
    in_page: Any = re.search(r'data-token="([^"]+)"', watcher.get(address(busy.community)).content.decode())
    assert listening.read(in_page[1]).language == "en"
