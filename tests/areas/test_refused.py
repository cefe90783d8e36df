"""What the engine refuses is told in the reader's language, whole."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest

from doorstep.areas.refused import refused
from doorstep.core.text import text
from doorstep.engines.districting import DistrictingError, Wrong

FACTS: Final[dict[str, Any]] = {
    "field": "households", "least": 1, "values": 3, "count": 12, "low": 9, "high": 3, "target": 5, "weight": "size",
    "value": -1, "why": "Self-intersection", "group": 2, "most": 999, "code": "32", "piece": 3,
}  # fmt: skip
LATIN: Final = re.compile(r"[A-Za-z]{3,}")


@pytest.mark.parametrize("wrong", Wrong, ids=lambda wrong: wrong.value)
def test_every_fault_is_said_in_both_languages_with_what_to_do(wrong: Wrong) -> None:
    what, try_this = refused(DistrictingError(wrong, [0], **FACTS))
    for said in (text(what, "en"), text(try_this, "en"), text(what, "zh"), text(try_this, "zh")):
        assert said and "{" not in said and "districting-" not in said
    chinese = text(what, "zh").replace("size", "")
    assert not LATIN.search(chinese), f"English inside a Chinese sentence: {chinese}"


def test_buildings_are_named_as_people_call_them_and_not_by_their_place_in_an_array() -> None:
    error = DistrictingError(Wrong.FIXED_EMPTY, [0, 2], group=0)
    what, _ = refused(error, ["1号楼", "2号楼", "3号楼"])
    assert text(what, "zh") == "无法按这些条件划分：固定为一个微网格的楼里没有住户。涉及：1号楼、3号楼。"
    assert text(what, "en").endswith("Among them: 1号楼、3号楼.")


def test_of_many_buildings_some_are_named_and_all_are_counted() -> None:
    error = DistrictingError(Wrong.BELOW, range(12), field="households", least=0)
    what, _ = refused(error, [f"{number}号楼" for number in range(1, 13)])
    assert text(what, "zh").endswith("1号楼、2号楼、3号楼、4号楼、5号楼等 12 栋。")


def test_rows_of_a_file_of_shapes_are_not_taken_for_buildings() -> None:
    what, _ = refused(DistrictingError(Wrong.SPECIAL_OVERLAP, [0, 1]), ["1号楼", "2号楼"])
    assert "号楼" not in text(what, "zh")


def test_a_column_that_somebody_named_keeps_its_name() -> None:
    what, _ = refused(DistrictingError(Wrong.BELOW, [0], field="60岁以上", least=0))
    assert "“60岁以上”" in text(what, "zh")
