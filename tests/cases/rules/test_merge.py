"""Ava and Ben report the same manhole: the machine proposes, Dana merges."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from doorstep.cases.rules.merge import MergeRefused, Twin, merge, offers, proposals
from doorstep.core.time.zone import LOCAL

AVAS = Twin("261110-000001-01", "manhole-cover", "321102001001", datetime(2026, 11, 10, 9, tzinfo=LOCAL))
BENS = replace(
    AVAS, number="261110-000002-02", reported_at=AVAS.reported_at + timedelta(hours=3), distance_m=12.0, likeness=0.4
)


def test_avas_manhole_is_proposed_for_bens(at):
    ava_seen_from_ben = replace(AVAS, distance_m=12.0, likeness=0.4)
    (proposal,) = proposals(BENS, [ava_seen_from_ben])
    assert proposal.number == AVAS.number
    assert proposal.because.params == {"metres": 12}


def test_where_no_place_is_known_the_words_must_be_nearly_the_same():
    assert proposals(BENS, [replace(AVAS, likeness=0.6)]) == ()
    assert proposals(BENS, [replace(AVAS, likeness=0.9)])[0].because.key == "cases-merge-same-words"


@pytest.mark.parametrize(
    "change",
    [
        {"item": "street-light", "likeness": 0.4},
        {"item": None, "likeness": 0.4},
        {"community": "321102001002"},
        {"is_open": False},
        {"sensitive": True},
        {"distance_m": 400.0},
        {"number": BENS.number},
        {"reported_at": AVAS.reported_at - timedelta(days=30)},
        {"distance_m": 115.0, "likeness": 0.1},
    ],
)
def test_what_is_not_the_same_is_not_proposed(change):
    assert proposals(BENS, [replace(AVAS, **{"distance_m": 1.0, "likeness": 1.0, **change})]) == ()


def test_words_that_are_nearly_the_same_tell_more_than_the_item_they_were_taken_for():
    (proposal,) = proposals(BENS, [replace(AVAS, item="road-damage", distance_m=1.0, likeness=0.7, shared="井盖没了")])
    assert proposal.because.params == {"metres": 1, "words": "井盖没了"}


def test_shared_words_are_named_to_whoever_may_read_both():
    (proposal,) = proposals(BENS, [replace(AVAS, distance_m=1.0, likeness=0.3, shared="井盖")])
    assert proposal.because.key == "cases-merge-near-words"


WRITING = replace(BENS, number="", community="")


def test_whoever_writes_is_offered_what_lies_near_from_the_likeliest_on():
    others = [replace(AVAS, number=f"n{metres}", distance_m=float(metres), likeness=0.0) for metres in (90, 5, 60, 30)]
    assert offers(WRITING, others, pieces=9) == ("n5", "n30", "n60")


def test_an_offer_of_the_same_item_does_not_depend_on_what_somebody_else_wrote():
    near = replace(AVAS, distance_m=40.0)
    assert all(offers(WRITING, [replace(near, likeness=alike)], pieces=9) for alike in (0.0, 0.1, 0.9))


@pytest.mark.parametrize(
    ("said", "other", "pieces"),
    [
        ({}, {}, 3),
        ({"sensitive": True}, {}, 9),
        ({}, {"public": False}, 9),
        ({}, {"sensitive": True}, 9),
        ({}, {"distance_m": None, "likeness": 1.0}, 9),
        ({"item": None}, {}, 9),
    ],
)
def test_few_words_private_matters_and_unknown_places_are_offered_nothing(said, other, pieces):
    near = replace(AVAS, distance_m=1.0, likeness=0.4)
    assert offers(WRITING, [near], pieces=9) == (AVAS.number,)
    assert offers(replace(WRITING, **said), [replace(near, **other)], pieces=pieces) == ()


def test_a_sensitive_case_is_compared_with_nothing():
    assert proposals(replace(BENS, sensitive=True), [replace(AVAS, distance_m=1.0, likeness=1.0)]) == ()


def test_the_likeliest_comes_first_and_no_more_than_asked_for():
    others = [replace(AVAS, number=f"n{metres}", distance_m=float(metres), likeness=0.5) for metres in (40, 5, 20)]
    assert [proposal.number for proposal in proposals(BENS, others, most=2)] == ["n5", "n20"]


def test_the_later_case_joins_the_earlier_one():
    assert merge(BENS, AVAS).params == {"number": AVAS.number}


@pytest.mark.parametrize(
    ("case", "into", "why"),
    [
        (AVAS, AVAS, "cases-merge-itself"),
        (BENS, replace(AVAS, community="321102001002"), "cases-merge-elsewhere"),
        (BENS, replace(AVAS, is_open=False), "cases-merge-ended"),
        (BENS, replace(AVAS, sensitive=True), "cases-merge-sensitive"),
        (replace(BENS, sensitive=True), AVAS, "cases-merge-sensitive"),
        (AVAS, BENS, "cases-merge-later"),
    ],
)
def test_what_must_not_become_one_is_refused(case, into, why):
    with pytest.raises(MergeRefused) as refused:
        merge(case, into)
    assert refused.value.message.key == why
