"""Hot topics are found by wording, place and time, hour after hour the same; nothing private stands in them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.join import join, offer_of
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.actions.topics import find_topics
from doorstep.cases.actions.withdraw import withdraw
from doorstep.cases.models import Case, Likeness, Topic
from doorstep.cases.topics import rows_by_day, topics
from doorstep.core.access import WORKER, acting_as, follower_of
from doorstep.core.time.zone import local_date

WORDS = (
    "小区停电了",
    "我们楼没电",
    "突然断电，电梯也停了",
    "整栋楼都没有电了",
    "家里没电两个小时了",
    "停电了什么时候来电",
)
TODAY = local_date(MORNING)


def told(town: Town, words: str, *, item: str = "power-outage", at=MORNING, step: int = 0) -> Report:
    place = Place(
        LON + SQUARE_DEG / 4 + step * 1e-4,
        LAT - SQUARE_DEG / 2,
        None,
        None,
        town.community,
        town.subdistrict,
        town.county,
    )
    return Report(words, place, item=item)


def many(town: Town, count: int, **more) -> list[int]:
    cases = [report(told(town, WORDS[n % len(WORDS)], step=n, **more), at=MORNING).case for n in range(count)]
    advance(at=MORNING)
    return cases


def seen_by(town: Town, who: str):
    with acting_as(town.actor(who)):
        return topics(TODAY)


def test_five_neighbours_without_power_are_a_topic_that_dana_sees_with_its_weight(town):
    first, *_ = many(town, 5)
    assert find_topics(at=MORNING) == 1
    (topic,) = seen_by(town, "dana")
    assert (topic.key, topic.item, topic.cases, topic.voices) == (first, "power-outage", 5, 0)
    assert topic.places == ("示例1社区",) and topic.days == ((TODAY, 5),)
    assert seen_by(town, "subdistrict") == seen_by(town, "command") == [topic]
    assert seen_by(town, "other_desk") == []


def test_four_are_none(town):
    many(town, 4)
    assert find_topics(at=MORNING) == 0
    assert seen_by(town, "dana") == []


def test_a_voice_weighs_as_much_as_a_case_and_is_told_apart(town):
    first, *_ = many(town, 4)
    later = MORNING + timedelta(days=1)
    join(told(town, "还没有来电"), offer_of(first, at=later), at=later)
    assert find_topics(at=later) == 1
    with acting_as(town.actor("dana")):
        (topic,) = topics(local_date(later))
    assert (topic.cases, topic.voices, topic.weight) == (4, 1, 5)
    assert [asked for _, asked in topic.days] == [4, 1]


def test_who_takes_the_report_back_is_counted_no_more(town):
    first, *_ = many(town, 5)
    ava = follower_of(first)
    with acting_as(ava):
        withdraw(first, by=ava, at=MORNING)
    with acting_as(WORKER):
        Case.objects.filter(pk=first).update(state="withdrawn")
    assert find_topics(at=MORNING) == 0


def test_the_same_hour_after_hour_gives_the_same_rows(town):
    many(town, 6)
    find_topics(at=MORNING)
    with acting_as(town.actor("dana")):
        before = rows_by_day(TODAY)
    find_topics(at=MORNING + timedelta(hours=1))
    with acting_as(town.actor("dana")):
        assert rows_by_day(TODAY) == before


def test_a_topic_keeps_its_name_and_its_days_when_its_first_days_are_looked_at_no_more(town):
    for day in range(0, 18, 2):
        at = MORNING + timedelta(days=day)
        for n in range(3):
            report(told(town, WORDS[n], step=n), at=at)
        advance(at=at)
        find_topics(at=at)
    last = local_date(MORNING + timedelta(days=16))
    with acting_as(town.actor("dana")):
        (topic,) = topics(last)
    assert topic.cases == 27
    assert topic.since == TODAY


@pytest.mark.parametrize(("count", "shown"), [(4, 0), (5, 1)])
def test_what_is_private_is_a_number_of_the_subdistrict_from_five_on(town, count, shown):
    many(town, count, item="family-dispute")
    find_topics(at=MORNING)
    found = seen_by(town, "subdistrict")
    assert len(found) == shown
    assert all(topic.is_private and topic.item == "" and topic.places == ("示例街道",) for topic in found)
    assert seen_by(town, "dana") == []


def test_no_row_holds_words_or_points_at_a_case(town):
    many(town, 5)
    find_topics(at=MORNING)
    with acting_as(WORKER):
        columns = {field.column for field in Topic._meta.get_fields()}
    assert columns == {
        "id", "key", "day", "county_id", "subdistrict_id", "community_id", "item", "case_class", "cases", "voices"
    }  # fmt: skip


def test_what_was_never_signed_is_signed_on_the_way(town):
    many(town, 5)
    with acting_as(WORKER):
        Likeness.objects.all().delete()
    assert find_topics(at=MORNING) == 1
    with acting_as(WORKER):
        assert Likeness.objects.count() == 5
