"""Ava writes of two things at once, and says herself whether that is one case or two."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.town import LAT, LON, SQUARE_DEG

from doorstep.cases.actions.advance import advance
from doorstep.cases.models import Case, Contact, Said
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.fronts import limits

BOTH = "三号楼的路灯坏了好几天不亮。另外电梯又停了，困在一楼上不去"
TWO = {"street-light", "lift-fault"}


@pytest.fixture(autouse=True)
def nobody_has_reported_yet(monkeypatch):
    for name in ("_devices", "_addresses", "_questions"):
        monkeypatch.setattr(limits, name, limits.Allowance(1000))


@pytest.fixture
def ava(town) -> Client:
    return Client()


def sent(client: Client, words: str = BOTH, **answers: object):
    return client.post("/report/", {"words": words, "seen": "yes", **answers})


def the_cases() -> list[tuple[str, str]]:
    """Words and item of each case, once the machine has looked at it."""
    advance(at=clock.now())
    with acting_as(WORKER):
        said = dict(Said.objects.filter(seq=1).values_list("case_id", "words"))
        return [(said[case.pk], case.item) for case in Case.objects.order_by("pk")]


def test_two_matters_are_shown_while_writing_and_one_case_is_what_is_chosen_unless_said_otherwise(ava):
    page = ava.post("/report/propose/", {"words": BOTH}).content.decode()
    assert page.count('name="matters"') == 3
    assert re.search(r'value="one"[^>]* checked', page)
    assert "路灯" in page and "电梯" in page


def test_without_scripts_the_page_before_sending_asks(ava):
    page = ava.post("/report/", {"words": BOTH}).content.decode()
    assert page.count('name="matters"') == 3


@pytest.mark.parametrize("words", ["三号楼的路灯坏了", "楼上着火了。另外电梯也停了"])
def test_one_matter_is_not_asked_about_and_nor_is_a_danger(ava, words):
    assert 'name="matters"' not in ava.post("/report/propose/", {"words": words}).content.decode()


def test_whoever_chose_an_item_is_not_asked(ava):
    page = ava.post("/report/propose/", {"words": BOTH, "item": "street-light"}).content.decode()
    assert 'name="matters"' not in page


@pytest.mark.parametrize("matters", ["", "one", "nonsense", "ONE' OR 1=1"])
def test_nothing_is_parted_that_ava_did_not_part(ava, matters):
    assert sent(ava, matters=matters).status_code == 303
    assert [words for words, _ in the_cases()] == [BOTH]


def test_parted_each_is_a_case_with_its_own_words(ava):
    sent(ava, matters="parts", pin=f"{LON + SQUARE_DEG / 2},{LAT - SQUARE_DEG / 2}")
    cases = the_cases()
    assert {item for _, item in cases} == TWO
    assert all(words in BOTH and words != BOTH for words, _ in cases)


def test_kept_whole_each_case_has_all_the_words_and_its_own_item(ava):
    sent(ava, matters="whole")
    assert {(words, item) for words, item in the_cases()} == {(BOTH, item) for item in TWO}


def test_each_has_its_own_number_and_link_on_the_receipt(ava):
    answer = sent(ava, matters="parts", phone="13800000000")
    page = ava.get(answer["Location"]).content.decode()
    links = set(re.findall(r'value="(http[^"]+/c/[^"]+/)"', page))
    assert len(links) == 2
    with acting_as(WORKER):
        assert all(number in page for number in Case.objects.values_list("number", flat=True))
        assert Contact.objects.count() == 2
    for link in links:
        assert ava.get(link).status_code == 200


def test_sent_twice_they_are_still_two(ava):
    form = re.search(r'name="form" value="([^"]+)"', ava.get("/report/").content.decode())[1]
    first, second = (sent(ava, matters="parts", form=form) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert len(the_cases()) == 2


def test_a_receipt_shows_no_case_by_a_link_that_is_not_ours(ava):
    mine = sent(ava)["Location"]
    assert ava.get(f"{mine}?also=1.2.forged").status_code == 404


def test_each_part_counts_against_the_bound(ava, monkeypatch):
    monkeypatch.setattr(limits, "_addresses", limits.Allowance(1))
    assert sent(ava, matters="parts").status_code == 429
    assert the_cases() == []
