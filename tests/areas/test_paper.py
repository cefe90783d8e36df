"""Sheets for the wall and posters for the door: complete, in either language, readable where there is no font."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from tests.areas.actions.conftest import build_houses
from tests.areas.plans import TOWN, a_draft
from tests.town import MORNING, Town

from doorstep.areas import paper
from doorstep.areas.actions.drawing import Wishes, draw
from doorstep.areas.models import Building, Plan
from doorstep.areas.paper import NoSuchGrid, grid_sheets
from doorstep.areas.writers import letters, posters, sheets, typesetting
from doorstep.areas.writers.posters import PosterDoor, code_of
from doorstep.areas.writers.sheet_layout import COLUMN_MM, LONG_MM, SHORT_MM, Listing, layout_of
from doorstep.areas.writers.sheets import GridSheet, Held, Home, MicrogridPart
from doorstep.areas.writers.typesetting import PrintingRefused
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import use_language

pytestmark = pytest.mark.integration

EVIL = '#panic("no") $x$ *bold* <label> \\u41 </text><script>"&'
LONG = "镇江市京口区正东路街道江科大社区江苏科技大学梦溪校区教职工宿舍小区东区"


def pages(pdf: bytes) -> int:
    assert pdf.startswith(b"%PDF")
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def a_part(name: str, west: float, wide: float, high: float, homes: int, called: str = "{} 号楼") -> MicrogridPart:
    across = int(np.ceil(np.sqrt(max(1, homes) * wide / high)))
    down = int(np.ceil(max(1, homes) / across))
    boxes = [
        (
            shapely.box(
                west + wide * (at % across + 0.2) / across,
                high * (at // across + 0.2) / down,
                west + wide * (at % across + 0.8) / across,
                high * (at // across + 0.8) / down,
            ),
            at + 1,
        )
        for at in range(homes)
    ]
    rows = [Home(at + 1, called.format(at + 1), "", 4) for at in range(homes)]
    outline = shapely.box(west, 0, west + wide, high)
    return MicrogridPart(name, 4 * homes, outline, rows, 0, [Held("联络员", "何秀英")], boxes)


def a_sheet(wide: float, high: float, homes: Sequence[int], called: str = "{} 号楼") -> GridSheet:
    each = wide / len(homes)
    parts = [a_part(f"1-{at + 1}", at * each, each, high, count, called) for at, count in enumerate(homes)]
    return GridSheet(called.format(1), LONG, "321102001001001", "草案", parts, is_sample=True, is_osm=True)


@pytest.mark.parametrize(
    ("grid", "count"),
    [
        (a_sheet(400, 330, [12, 12, 12, 12]), 1),
        (a_sheet(1500, 200, [14, 14, 14]), 1),
        (a_sheet(120, 900, [9, 9]), 1),
        (a_sheet(30, 30, [1]), 1),
        (a_sheet(400, 300, [0, 3]), 1),
        (a_sheet(300, 300, [60, 60, 60, 60], LONG + "{} 号楼"), 3),
        (a_sheet(300, 300, [3, 3], EVIL + "{}"), 1),
    ],
    ids=["square", "wide", "tall", "one building", "an empty micro-grid", "240 long names", "harmful names"],
)
def test_a_grid_is_one_sheet_and_more_where_the_list_is_long(grid: GridSheet, count: int) -> None:
    assert pages(sheets.sheets([grid], "2026-11-23")) == count


def test_the_letters_are_in_the_file_and_no_font_is_asked_of_the_machine(tmp_path: Any) -> None:
    pdf = sheets.sheets([a_sheet(300, 300, [3])], "2026-11-23")
    assert b"/FontFile3" in pdf
    fonts = {name.split(b"+")[-1] for name in re.findall(rb"/BaseFont\s*/([^\s/]+)", pdf)}
    assert fonts and all(name.startswith(b"NotoSansSC") for name in fonts)


@pytest.mark.parametrize(
    ("wide", "high", "homes"),
    [(400, 330, [12] * 4), (1500, 200, [14] * 3), (120, 900, [9, 9]), (30, 30, [1]), (260, 180, [6, 5, 7])],
)
def test_a_map_fills_what_its_list_leaves_of_the_sheet(wide: float, high: float, homes: list[int]) -> None:
    drawn = sheets._drawn(a_sheet(wide, high, homes))
    assert (drawn.width_mm, drawn.height_mm) == pytest.approx(drawn.layout.room, abs=0.2)
    paper_mm2 = drawn.layout.paper[0] * drawn.layout.paper[1]
    assert drawn.width_mm * drawn.height_mm > 0.5 * paper_mm2


@given(st.floats(0.05, 20), st.floats(1, 600), st.floats(1, 40), st.floats(1, 80))
def test_a_map_and_its_list_stay_on_the_paper(aspect: float, lines: float, together: float, overleaf: float) -> None:
    layout = layout_of(aspect, Listing(lines, together), Listing(overleaf, overleaf))
    wide, high = layout.paper
    assert {wide, high} == {LONG_MM, SHORT_MM}
    assert 0 < layout.room[0] <= wide and 0 < layout.room[1] < high
    if not layout.is_below:
        assert layout.room[0] + layout.columns * COLUMN_MM <= wide


def test_a_letter_that_the_font_lacks_is_printed_as_missing_and_told() -> None:
    def told(called: str) -> dict[str, Any]:
        sheet = a_sheet(30, 30, [1], called)
        return sheets._printable(sheets._told(sheet, sheets._drawn(sheet), "map0.svg", "2026-11-23"))

    rare, usual = told("𠮷祥里 {} 号楼"), told("吉祥里 {} 号楼")
    assert rare["title"] == "〓祥里 1 号楼" and "1 个字（U+20BB7）" in rare["notice"]
    assert rare["microgrids"][0]["homes"][0]["name"] == "〓祥里 1 号楼"
    assert usual["title"] == "吉祥里 1 号楼" and "〓" not in usual["notice"]
    poster = posters._told([PosterDoor("X", "𠮷祥里", "https://a.example")], "示例社区", "a4", "")
    assert poster["doors"][0]["name"] == "〓祥里" and "U+20BB7" in poster["notice"]
    assert pages(posters.posters([PosterDoor("X", "𠮷", "https://a.example")], "𠮷", "a4", is_sample=False)) == 1


@given(st.text())
def test_whatever_is_written_every_letter_is_printed_or_told(words: str) -> None:
    shown, absent = letters.printable([words])
    assert len(shown[0]) == len(words)
    assert all(
        was == is_ or (is_ == letters.ABSENT and was in absent) for was, is_ in zip(words, shown[0], strict=True)
    )
    assert letters.printable(shown) == (shown, [])


def test_a_code_names_an_entrance_and_can_be_read_when_a_quarter_is_dirty() -> None:
    svg = code_of("https://doorstep.example/d/DOOR0001")
    assert svg.count("<path") >= 1 and "script" not in svg


@pytest.mark.parametrize(("size", "count"), [("a4", 7), ("a5", 7), ("sheet", 2)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_posters_are_one_a_page_or_six(size: str, count: int, lang: str) -> None:
    doors = [
        PosterDoor(f"DOOR{at:04}", name, "https://a.example/d/X")
        for at, name in enumerate([EVIL, LONG * 3] + ["1"] * 5)
    ]
    with use_language(lang):
        assert pages(posters.posters(doors, "示例社区", size, is_sample=True)) == count


def test_too_much_at_once_is_refused_before_it_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> bytes:
        raise AssertionError("It was begun.")

    monkeypatch.setattr(posters, "typeset_apart", never)
    monkeypatch.setattr(sheets, "typeset_apart", never)
    with pytest.raises(PrintingRefused) as refused:
        posters.posters([PosterDoor("X", "1", "https://a.example")] * 601, "示例社区", "a4", is_sample=False)
    assert refused.value.message.key == "paper-too-many-doors"
    with pytest.raises(PrintingRefused):
        sheets.sheets([a_sheet(30, 30, [1])] * 61, "")


def test_whoever_waits_too_long_is_told_that_others_are_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "PATIENCE_S", 0.01)
    for _ in range(typesetting.AT_ONCE):
        assert typesetting._hands.acquire(timeout=5)
    try:
        with pytest.raises(PrintingRefused) as refused:
            typesetting.typeset_apart("posters", {}, {})
        assert refused.value.message.key == "paper-busy"
    finally:
        typesetting._hands.release(typesetting.AT_ONCE)


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: Any, **__: Any) -> Any:
        raise subprocess.TimeoutExpired([sys.executable], 60)

    monkeypatch.setattr(typesetting.subprocess, "run", slow)
    with pytest.raises(PrintingRefused) as refused:
        typesetting.typeset_apart("posters", {}, {})
    assert refused.value.message.key == "paper-too-long"
    # The hand is free again.
    assert typesetting._hands.acquire(blocking=False)
    typesetting._hands.release()


# From a plan ----------------------------------------------------------------------------------------------------------


def gathered(plan: int, grid: int | None = None) -> list[GridSheet]:
    with acting_as(WORKER):
        row = Plan.objects.select_related("community").get(pk=plan)
        return grid_sheets(row, grid, place="示例街道", state="草案", held={})


def test_every_household_of_a_plan_is_on_the_sheet_of_its_grid(town: Town) -> None:
    build_houses(town, households=20)
    dana = town.actor("dana")
    with acting_as(dana):
        plan = draw(town.community, Wishes(effort="quick"), by=dana, at=MORNING).pk
    found = gathered(plan)
    homes = [home for sheet in found for part in sheet.microgrids for home in part.homes]
    assert sum(home.households for home in homes) == 400
    assert [part.households for sheet in found for part in sheet.microgrids] == [
        sum(home.households for home in part.homes) for sheet in found for part in sheet.microgrids
    ]
    # Each roof on the map has the number that its row in the list has.
    for sheet in found:
        on_map = {mark for part in sheet.microgrids for _, mark in part.footprints if mark}
        assert on_map == {home.mark for part in sheet.microgrids for home in part.homes}


def test_houses_are_listed_two_before_ten(town: Town) -> None:
    build_houses(town, households=20)
    with acting_as(WORKER):
        for at, house in enumerate(Building.objects.order_by("id"), 1):
            Building.objects.filter(pk=house.pk).update(name=f"{at} 号楼")
    dana = town.actor("dana")
    with acting_as(dana):
        plan = draw(town.community, Wishes(effort="quick"), by=dana, at=MORNING).pk
    for sheet in gathered(plan):
        for part in sheet.microgrids:
            numbers = [int(home.name.split()[0]) for home in part.homes]
            assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ([(1, None), (2, None), (3, None), (6, None)], ["第 1–3 门", "第 6 门"]),
        ([(4, None)], ["第 4 门"]),
        ([(2, (9, 16)), (2, (1, 8)), (1, None)], ["第 1 门", "第 2 门 1–8 层", "第 2 门 9–16 层"]),
        ([(None, (3, 3))], ["3 层"]),
    ],
)
def test_entrances_that_follow_one_another_are_said_at_once(own: Any, said: list[str]) -> None:
    atoms = [paper._Atom(1, "1 号楼", door, *(floors or (None, None)), 4) for door, floors in own]
    assert paper._where(atoms) == said


def test_one_grid_is_chosen_and_one_that_is_none_is_said(town: Town) -> None:
    plan = a_draft(town, TOWN)
    assert [sheet.code[12:] for sheet in gathered(plan, 2)] == ["002"]
    assert len(gathered(plan)) == 2
    with pytest.raises(NoSuchGrid):
        gathered(plan, 9)
