"""Nobody is misled by signs that nobody sees, and no letter is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from doorstep.core.signs import plain, seen

RIGHT_TO_LEFT_OVERRIDE = "\u202e"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (f"3{RIGHT_TO_LEFT_OVERRIDE}号楼", "3号楼"),
        ("阳光\u200b小区", "阳光小区"),
        ("\ufeff一号\u2060楼", "一号楼"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u3164", ""),
        ("1号\x00楼\x7f", "1号楼"),
        ("𠮷祥里 3号楼", "𠮷祥里 3号楼"),
        ("ئۈرۈمچى 1", "ئۈرۈمچى 1"),
        ("Café – n° 3", "Café – n° 3"),
    ],
)
def test_a_name_keeps_its_letters_and_nothing_that_is_not_seen(written: str, name: str) -> None:
    assert seen(written) == name


@given(st.text())
def test_what_is_left_can_be_seen_and_cleaning_it_again_changes_nothing(words: str) -> None:
    clean = seen(words)
    assert not [sign for sign in clean if unicodedata.category(sign) in ("Cc", "Cf", "Cs")]
    assert seen(clean) == clean
    kept = [
        sign
        for sign in words
        if unicodedata.category(sign)[0] in "LNPS" and sign not in "\u115f\u1160\u3164\uffa0\u2800"
    ]
    assert [sign for sign in clean if unicodedata.category(sign)[0] in "LNPS"] == kept


def test_a_sentence_keeps_its_lines_and_joined_signs_and_loses_its_turns() -> None:
    assert plain(f"one{RIGHT_TO_LEFT_OVERRIDE}\n👨\u200d👩\x07") == "one\n👨\u200d👩"


@given(st.text(st.characters(codec="utf-8")))
def test_what_is_kept_can_be_written_into_a_workbook(words: str) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([plain(words)])
    sheet.close()


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\U0001fffe", "\ufdd0"])
def test_what_is_no_character_is_left_out(sign: str) -> None:
    assert plain(f"灯{sign}坏了") == seen(f"灯{sign}坏了") == "灯坏了"
