"""What could give somebody away is covered; what could not is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.cases.rules.blur import MARK, Private, blur


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("我的电话13812345678", Private.MOBILE),
        ("打 138 1234 5678 找我", Private.MOBILE),
        ("138-1234-5678", Private.MOBILE),
        ("+86 13812345678", Private.MOBILE),
        ("手机１３８１２３４５６７８", Private.MOBILE),
        ("座机0511-85012345", Private.LANDLINE),
        ("身份证320102199003078888", Private.IDENTITY),
        ("身份证32010219900307888X的老人", Private.IDENTITY),
        ("卡号6222 0212 3456 7890 123", Private.BANK_CARD),
        ("写信到 ava@example.org 吧", Private.EMAIL),
        ("白色车苏L8A123挡路", Private.PLATE),
        ("电动车苏LD12345占位", Private.PLATE),
    ],
)
def test_it_is_covered_and_named(said, kind):
    blurred = blur(said)
    assert blurred.covered == (kind,)
    assert MARK in blurred.text
    assert not any(digit * 1 in blurred.text for digit in ("1234", "8501", "9003", "ava@"))


@pytest.mark.parametrize(
    "said",
    [
        "",
        "3号楼2单元1201室漏水",
        "受理编号261121-000042-21",
        "2026年11月10日报修，12345转来",
        "拨打110、119、12345",
        "水表读数 00123456",
        "费用1380元5678",
        "Ava lives in block 3",
    ],
)
def test_what_gives_nobody_away_is_left_alone(said):
    assert blur(said) == (said, ())


def test_all_of_it_is_covered():
    blurred = blur("张三13812345678，李四13912345678，邮箱a.b@c.cn")
    assert set(blurred.covered) == {Private.MOBILE, Private.EMAIL}
    assert blurred.text == f"张三{MARK}，李四{MARK}，邮箱{MARK}"


@given(
    st.text("路灯坏了，。 ab", max_size=20),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.text("坏了，。", max_size=20),
)
def test_a_mobile_number_never_survives_whatever_stands_around_it(before, number, after):
    assert number not in blur(f"{before}{number}{after}").text


@given(st.text(max_size=120))
def test_to_cover_twice_changes_nothing_more(said):
    once = blur(said).text
    assert blur(once).text == once
