"""Which groups of reports are a hot topic."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from doorstep.cases.rules.topics import Member, counted, shares

DAY = date(2026, 11, 23)
ONE = Member(11, DAY, "power-outage", "0204", 1, 2, 3)


def group(many: int, **changes):
    return [replace(ONE, case=11 + at, **changes) for at in range(many)]


def test_five_who_ask_for_the_same_are_a_topic_and_four_are_none():
    assert shares(group(4)) == []
    (share,) = shares(group(5))
    assert (share.key, share.cases, share.voices, share.item) == (11, 5, 0, "power-outage")


def test_each_day_and_each_community_has_its_share_and_voices_are_told_apart():
    members = [*group(4), replace(ONE, case=20, day=DAY + timedelta(days=1), community=4, voice_of=11)]
    assert [(each.day, each.community, each.cases, each.voices) for each in shares(members)] == [
        (DAY, 3, 4, 0),
        (DAY + timedelta(days=1), 4, 0, 1),
    ]


def test_a_topic_is_called_after_what_most_took_it_for_whatever_the_order():
    members = [*group(3), *(replace(ONE, case=30 + at, item="street-light", case_class="0201") for at in range(2))]
    assert (
        {share.item for share in shares(members)} == {share.item for share in shares(members[::-1])} == {"power-outage"}
    )


@pytest.mark.parametrize("many", [0, 1, 4])
def test_of_what_is_private_no_number_below_five_is_told(many):
    assert counted(group(many, item="family-dispute", case_class="0401")) == []


def test_what_is_private_is_one_number_for_a_subdistrict_without_item_place_or_days():
    members = group(3, case_class="0401") + group(3, case_class="0402", community=9, day=DAY + timedelta(days=2))
    (share,) = counted(members)
    assert (share.item, share.community, share.case_class, share.cases) == ("", None, "04", 6)
    assert share.day == DAY + timedelta(days=2)
