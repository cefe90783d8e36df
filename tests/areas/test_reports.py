"""A report says what came of a run, in either language, and no name in it can do harm."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from tests.areas.actions.conftest import build_houses
from tests.areas.plans import TOWN, a_draft
from tests.town import MORNING, Town

from doorstep.areas.actions.counting import keep_amounts
from doorstep.areas.actions.drawing import Wishes, draw
from doorstep.areas.actions.setting_apart import Place, set_apart
from doorstep.areas.models import Building, Plan
from doorstep.areas.plan_report import NothingToReport, report_of_plan
from doorstep.areas.reporting import crossings, report_of_all
from doorstep.areas.writers import report, report_all
from doorstep.areas.writers.report import Report, first_to_look_at
from doorstep.areas.writers.report_all import Drawn
from doorstep.areas.writers.report_parts import Sheet, bands
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import use_language
from doorstep.engines.districting.graph import build_graph

MADE = {"at": "2026-11-22 10:00", "version": "0", "libraries": {}}
BOUNDS = {"low": 50, "high": 100, "grid_low": 200, "grid_high": 500}
EVIL = "<script>alert(1)</script>\"'&"


class Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def of(plan: int) -> Report:
    with acting_as(WORKER):
        return report_of_plan(Plan.objects.select_related("community").get(pk=plan))


@pytest.fixture
def drawn(town: Town) -> int:
    build_houses(town, households=20)
    dana = town.actor("dana")
    with acting_as(dana):
        return draw(town.community, Wishes(effort="quick", seed=3), by=dana, at=MORNING).pk


def test_the_report_of_a_plan_adds_up(town: Town, drawn: int) -> None:
    told = json.loads(report.as_json(of(drawn)))
    assert sum(piece["households"] for piece in told["pieces"]) == told["figures"]["households"] == 400
    assert sum(grid["households"] for grid in told["grids"]) == 400
    assert told["settings"]["seed"] == 3 and told["plan"]["number"] == drawn
    assert told["counts"]["lived_in"]["households"] >= 0 and told["counts"]["dwellings"]["sources"]
    assert told["made"]["libraries"]["shapely"]


@pytest.mark.parametrize(("lang", "said"), [("zh", "先看这些"), ("en", "To look at first")])
def test_the_page_says_the_same_in_either_language_and_needs_nothing_else(
    town: Town, drawn: int, lang: str, said: str
) -> None:
    with use_language(lang):
        page = report.as_html(of(drawn))
    assert said in page and f'lang="{lang}"' in page
    tags = Tags(page).tags
    assert {"svg", "table"} <= set(tags)
    assert not {"link", "img", "iframe"} & set(tags)
    assert "src=" not in page and "://" not in page


def test_a_name_that_is_markup_stays_a_name(town: Town, drawn: int) -> None:
    with acting_as(WORKER):
        plan = Plan.objects.select_related("community").get(pk=drawn)
        plan.community.name = EVIL
        Building.objects.update(source="own", name=EVIL)
        page = Tags(report.as_html(report_of_plan(plan)))
    assert page.tags.count("script") == 1
    assert EVIL in page.words


def test_a_special_grid_is_in_the_report_and_on_its_map(town: Town) -> None:
    houses = build_houses(town)
    dana = town.actor("dana")
    with acting_as(dana):
        set_apart(
            town.community,
            Place(name=EVIL, led_by="医院保卫科", department="区卫健委", buildings=(houses[0],)),
            by=dana,
            at=MORNING,
        )
        told = of(draw(town.community, Wishes(effort="quick"), by=dana, at=MORNING).pk)
    assert json.loads(report.as_json(told))["special"] == [
        {"name": EVIL, "number": 901, "code": "321102001001901", "households": 30, "buildings": 1}
    ]
    page = report.as_html(told)
    assert page.count('<path class="s" d="M') == 1
    assert Tags(page).words.count(EVIL) == 2 and Tags(page).tags.count("script") == 1


def test_a_plan_without_micro_grids_has_nothing_to_report(town: Town) -> None:
    with pytest.raises(NothingToReport):
        of(a_draft(town, {}))


def test_a_plan_of_an_earlier_release_has_a_report_too(town: Town) -> None:
    assert "1-1" in report.as_html(of(a_draft(town, TOWN)))


def test_what_needs_a_person_comes_first_and_each_piece_once() -> None:
    usual = {"in_range": True, "parts": 1, "crosses": 1, "cost": 0.5}
    pieces = [
        {**usual, "name": "dear", "cost": 9.0},
        {**usual, "name": "good"},
        {**usual, "name": "apart", "parts": 2, "crosses": 2},
        {**usual, "name": "outside", "in_range": False, "cost": None},
    ]
    assert [(each["name"], each["matters"]) for each in first_to_look_at(pieces)][:3] == [
        ("outside", ["outside"]),
        ("apart", ["parts", "crosses", "cost"]),
        ("dear", ["cost"]),
    ]


@pytest.mark.parametrize(
    ("entrance", "floors", "said"),
    [
        (None, (None, None), "2号楼"),
        (1, (None, None), "2号楼 第 1 门"),
        (2, (3, 3), "2号楼 第 2 门 3 层"),
        (None, (3, 5), "2号楼 3–5 层"),
    ],
)
def test_part_of_a_building_that_moves_is_told_from_the_rest(
    entrance: int | None, floors: tuple[int | None, int | None], said: str
) -> None:
    home = {"building": "2号楼", "entrance": entrance, "floor_from": floors[0], "floor_to": floors[1]}
    assert report._home(home) == said


def test_a_piece_across_a_river_lies_in_two_parts() -> None:
    xy = np.array([[0.0, 0], [10, 0], [20, 0], [30, 0]])
    pairs = np.array([[0, 1], [1, 2], [2, 3]])
    crosses = np.array([False, True, False])
    ones = np.ones(4, np.int64)
    graph = build_graph(ones, xy, pairs, crosses, ones * 0, np.arange(4), 10.0)
    assert crossings(graph, np.array([0, 0, 0, 0])) == {0: 2}
    assert crossings(graph, np.array([0, 0, 7, 7])) == {0: 1, 7: 1}


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=80), st.integers(1, 300), st.integers(0, 300))
def test_every_size_is_in_one_band_and_no_band_lies_across_a_bound(sizes: list[int], low: int, more: int) -> None:
    found = bands(sizes, low, low + more)
    assert sum(count for _, count, _ in found) == len(sizes)
    inside = sum(count for _, count, is_inside in found if is_inside)
    assert inside == sum(low <= size <= low + more for size in sizes)


def test_a_map_has_north_above_and_leaves_no_ground_out() -> None:
    sheet = Sheet([shapely.box(500_000, 3_000_000, 501_000, 3_000_500)], wide=1000)
    south_west, north_east = sheet.at([[500_000, 3_000_000], [501_000, 3_000_500]]).tolist()
    assert 0 <= south_west[0] < north_east[0] <= sheet.width
    assert 0 <= north_east[1] < south_west[1] <= sheet.height


def a_row(number: int, **more: Any) -> dict[str, Any]:
    return {
        "community": f"32110200{number:04d}", "buildings": 260, "households": 2000, "estimated": 3, "microgrids": 27,
        "in_range": 27, "grids": 5, "grids_in_range": 5, "cost_per_piece": 0.7, "assurance": None,
        "sizes": [75] * 27, "seconds": 0.1, **more,
    }  # fmt: skip


def test_all_communities_are_one_row_each_the_worst_first() -> None:
    rows = [a_row(1), a_row(2, in_range=26), a_row(3, cost_per_piece=0.9), a_row(4, grids_in_range=4)]
    told = report_all.AllReport(MADE, BOUNDS, rows, {EVIL: EVIL}, 12.3)
    data = json.loads(report_all.as_json(told))
    assert [row["community"][-2:] for row in data["communities"]] == ["02", "04", "03", "01"]
    assert data["totals"]["households"] == 8000 and data["totals"]["refused"] == 1
    page = Tags(report_all.as_html(told))
    assert page.tags.count("script") == 1 and EVIL in page.words


def two_in_a_place(key: str) -> Drawn:
    """Two micro-grids in a place that its number tells, the second out of range."""
    west = 119.4 + 0.02 * (int(key[-4:]) % 70)
    south = 32.0 + 0.02 * (int(key[-4:]) // 70)
    reasons = [{"kind": "out-of-range-unproved", "facts": {"size": 40, "low": 50, "high": 100}}]
    outside = {"proof": "", "facts": {}, "reasons": reasons}
    pieces = [
        {"name": "1-1", "grid": 1, "households": 70, "in_range": True, "certificate": None},
        {"name": "1-2", "grid": 1, "households": 40, "in_range": False, "certificate": outside},
    ]
    halves = [
        shapely.box(west, south, west + 0.01, south + 0.01),
        shapely.box(west + 0.01, south, west + 0.02, south + 0.01),
    ]
    return Drawn(pieces, [shapely.segmentize(half, 0.0005) for half in halves])


def of_many(rows: list[dict[str, Any]], **more: Any) -> report_all.AllReport:
    return report_of_all(rows, {}, two_in_a_place, settings=BOUNDS, seconds=60.0, at=MORNING, **more)


def test_a_report_of_all_shows_all_on_a_map_and_those_to_look_at_first_on_their_own() -> None:
    rows = [a_row(1), a_row(2, in_range=25, name=EVIL), a_row(3, grids_in_range=4)]
    told = of_many(rows)
    first = json.loads(report_all.as_json(told))["first"]
    assert [(each["community"][-1], each["matters"]) for each in first] == [
        ("2", ["outside"]),
        ("3", ["grids"]),
        ("1", ["cost"]),
    ]
    assert [piece["name"] for piece in first[0]["outside"]] == ["1-2"]
    page = report_all.as_html(told)
    assert page.count('class="map"') == 1 and page.count('class="map small"') == 3
    assert page.count('class="c out"') == 2 and page.count('class="c half"') == 2, "once on the map, once in its legend"
    assert '<a href="#c1">' in page and 'id="c1"' in page
    assert Tags(page).tags.count("script") == 1 and EVIL in Tags(page).words


def test_who_has_no_micro_grids_is_not_on_the_map_and_that_is_said() -> None:
    def nobody(key: str) -> Drawn:
        return two_in_a_place(key) if key.endswith("01") else Drawn([], [])

    rows = [a_row(1), a_row(2, microgrids=0, in_range=0, grids=0, grids_in_range=0, households=0, sizes=[])]
    told = report_of_all(rows, {"x": "y"}, nobody, settings=BOUNDS, seconds=1.0, at=MORNING)
    with use_language("en"):
        page = report_all.as_html(told)
    assert "2 more communities were refused or have no residents" in page
    assert json.loads(report_all.as_json(told))["communities"][1].get("at") is None


@pytest.mark.parametrize(("count", "most"), [(700, 1_000_000), (5000, 3_000_000)])
def test_a_whole_province_is_a_page_that_can_be_sent_and_says_what_it_leaves_out(count: int, most: int) -> None:
    rows = [a_row(number, in_range=27 - (number % 2)) for number in range(count)]
    told = of_many(rows, of_file="buildings.gpkg")
    with use_language("en"):
        page = report_all.as_html(told)
    assert len(page.encode()) < most
    assert page.count('class="map small"') == report_all.MOST_FIRST
    assert f"The other {count - report_all.MOST_FIRST:,} communities have no small map" in page
    assert "doorstep divide &quot;buildings.gpkg&quot; --community COMMUNITY --report" in page
    assert (f"and {count - report_all.MOST_ROWS:,} more" in page) == (count > report_all.MOST_ROWS)
    assert len(json.loads(report_all.as_json(told))["communities"]) == count


def test_the_report_says_what_may_not_be_crossed_and_how_evenly_amounts_are_shared(town: Town) -> None:
    houses = build_houses(town)
    with acting_as(WORKER):
        keep_amounts(town.community, "over 60", dict.fromkeys(houses, 10.0))
    wishes = Wishes(effort="quick", uncrossable=("water",), balances=("over 60",))
    dana = town.actor("dana")
    with acting_as(dana):
        plan = draw(town.community, wishes, by=dana, at=MORNING)
        made = report_of_plan(plan)
    told = json.loads(report.as_json(made))
    assert told["settings"]["uncrossable"] == ["water"]
    assert told["shares"] == plan.report["shares"] and told["shares"][0]["name"] == "over 60"
    page = report.as_html(made)
    assert "河湖" in page and "over 60" in page and "最少的微网格" in page
