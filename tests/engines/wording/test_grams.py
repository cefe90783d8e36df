"""What Ava types is cut into the same pieces, however she types it."""

import pytest

from doorstep.engines.wording.grams import LONGEST, grams, plain


def pieces(text: str) -> list[str]:
    return [gram.piece for gram in grams(plain(text))]


def test_chinese_is_cut_into_one_two_and_three_characters():
    assert pieces("路灯坏了") == ["路", "灯", "坏", "了", "路灯", "灯坏", "坏了", "路灯坏", "灯坏了"]


def test_english_is_cut_into_the_stems_of_its_words_without_those_that_stand_in_any_sentence():
    assert pieces("The street lamps in the stairwell") == ["street", "lamp", "stairwell"]


def test_punctuation_and_emoji_part_what_stands_on_either_side():
    assert pieces("灯，坏") == pieces("灯😀坏") == ["灯", "坏"]


@pytest.mark.parametrize("typed", ["３号楼ＬＩＦＴ坏", "3号楼lift坏", "7号楼Lift坏", "７号楼 LIFT 坏"])
def test_width_case_and_number_do_not_matter(typed):
    assert pieces(typed) == pieces("0号楼lift坏")


def test_blanks_inside_chinese_words_do_not_matter():
    assert pieces("着 火　了") == pieces("着火了")


@pytest.mark.parametrize("typed", ["", " \n", "😀🎉", "……！？"])
def test_nothing_to_read_gives_no_pieces(typed):
    assert pieces(typed) == []


def test_a_very_long_report_is_read_only_as_far_as_it_helps():
    assert len(plain("坏" * 1_000_000)) == LONGEST


def test_each_piece_knows_where_it_stands():
    text = plain("修 street lamps 路灯")
    for gram in grams(text):
        assert text[gram.start : gram.end].startswith(gram.piece)
