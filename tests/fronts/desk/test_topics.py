"""Hot topics on the desk, in the command centre and as a table."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town
from tests.visiting import signed_in

from doorstep.cases.actions.report import Place
from doorstep.cases.actions.topics import find_topics
from doorstep.fronts.desk.topics import trend

WORDS = ("小区停电了", "我们楼没电", "突然断电，电梯也停了", "整栋楼都没有电了", "家里没电两个小时了")


@pytest.fixture
def topic(town: Town, reported) -> None:
    for words in WORDS:
        place = Place(
            LON + SQUARE_DEG / 4, LAT - SQUARE_DEG / 2, None, None, town.community, town.subdistrict, town.county
        )
        reported(words, item="power-outage", place=place)
    find_topics(at=MORNING)


def test_dana_sees_the_topic_its_weight_and_its_days_and_none_of_the_words(sign_in, topic):
    page = sign_in("dana").get("/desk/topics/").content.decode()
    assert "停电" in page and "反映人次 5" in page and 'class="trend"' in page
    assert not any(words in page for words in WORDS[1:])
    assert "/desk/topics/" in sign_in("dana").get("/desk/").content.decode()


def test_the_command_centre_sees_it_too(sign_in, town, topic):
    assert 'id="topics"' in sign_in("command").get(f"/command/areas/{town.county}/").content.decode()
    assert 'id="topics"' not in sign_in("command").get(f"/command/areas/{town.other_community}/").content.decode()


def test_where_nothing_is_hot_the_page_says_so(sign_in):
    assert "最近没有热点诉求" in sign_in("dana").get("/desk/topics/").content.decode()


def test_the_table_has_a_line_a_topic_day_and_community(sign_in, topic):
    answer = sign_in("dana").get("/desk/topics.csv")
    lines = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    assert len(lines) == 2
    assert lines[1][1] == "2026-11-23" and lines[1][5:] == ["示例1社区", "5", "0"]


@pytest.mark.parametrize("address", ["/desk/topics/", "/desk/topics.csv"])
@pytest.mark.parametrize("who", ["chen", "ben", "water"])
def test_whoever_sits_at_no_desk_is_turned_away(town, now, who, address):
    assert signed_in(town, who).get(address).status_code == 403


def test_each_day_is_a_bar_and_all_of_them_stand_in_words():
    drawn = str(trend([(date(2026, 11, 22), 4), (date(2026, 11, 23), 0), (date(2026, 11, 24), 2)]))
    assert drawn.count("<rect") == 3
    assert "11-22 4; 11-23 0; 11-24 2" in drawn
