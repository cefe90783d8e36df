"""A grid that nobody named has its name in every language; a name that people gave stays as they gave it."""

from __future__ import annotations

import pytest

from doorstep.areas import names
from doorstep.core.text import text, use_language


def spoken(name: str, lang: str) -> str:
    with use_language(lang):
        return str(names.said(name))


@pytest.mark.parametrize(
    ("kept", "in_english"),
    [
        ("第13网格", "Grid 13"),
        ("第3网格12号微网格", "Grid 3, micro-grid 12"),
        ("第13网格（菜场）", "第13网格（菜场）"),
        ("第十三网格", "第十三网格"),
        ("临江里网格", "临江里网格"),
        ("1-2", "1-2"),
        ("", ""),
    ],
)
def test_ours_is_said_in_the_readers_language_and_any_other_as_it_is(kept, in_english):
    assert spoken(kept, "en") == in_english
    assert spoken(kept, "zh") == kept


def test_what_a_plan_is_given_is_what_is_known_again():
    for name in (names.of_grid(13), names.of_microgrid(3, 12)):
        assert names.said(text(name, names.KEPT_IN)) == name


def test_a_source_is_called_as_people_call_it_and_each_once():
    assert names.of_sources(["osm", "own", "shape", "县住建局"]) == "OpenStreetMap、本地提供的文件、县住建局"
    with use_language("en"):
        assert names.of_sources(["own", "osm"]).startswith("a file of the place")
