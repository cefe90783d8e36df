"""While Ben writes he is offered what Ava reported; he joins it, follows by his own link, objects and leaves."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.fronts.resident.test_following import done_by_chen
from tests.town import LAT, LON, SQUARE_DEG

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.fronts import limits

PIN = f"{LON + SQUARE_DEG / 2},{LAT - SQUARE_DEG / 2}"
WORDS = "楼道里又堆满了东西，走不过去"


@pytest.fixture(autouse=True)
def nobody_has_reported_yet(monkeypatch):
    for name in ("_devices", "_addresses", "_questions", "_offers"):
        monkeypatch.setattr(limits, name, limits.Allowance(1000))


@pytest.fixture
def avas(town) -> Case:
    place = Place(LON + SQUARE_DEG / 2, LAT - SQUARE_DEG / 2, None, None, town.community, town.subdistrict, town.county)
    said = Report("楼道里堆满了王家的杂物", place, Contact(phone="13800000000"), item="stairwell-rubbish")
    at = clock.now() - timedelta(hours=3)
    case = report(said, at=at).case
    advance(at=at)
    with acting_as(WORKER):
        return Case.objects.get(pk=case)


def the(case: Case) -> Case:
    with acting_as(WORKER):
        return Case.objects.get(pk=case.pk)


@pytest.fixture
def ben() -> Client:
    return Client()


def proposed(client: Client, **answers: str) -> str:
    given = {"words": WORDS, "pin": PIN, "item": "stairwell-rubbish"} | answers
    return client.post("/report/propose/", given).content.decode()


def offer_in(page: str) -> str:
    return re.search(r'name="join" value="([^"]+)"', page)[1]


def joined(client: Client, **answers: str):
    given = {"words": WORDS, "pin": PIN, "item": "stairwell-rubbish", "seen": "yes"} | answers
    return client.post("/report/", given)


def test_while_writing_the_open_case_near_by_is_offered_and_not_chosen(ben, avas):
    page = proposed(ben)
    assert page.count('name="join"') == 2
    assert re.search(r'name="join" value=""[^>]* checked', page)
    assert "是同一件事" in page


def test_an_offer_shows_nothing_of_what_ava_wrote_and_no_number(ben, avas):
    page = proposed(ben)
    assert avas.number not in page and "王家" not in page and "13800000000" not in page


@pytest.mark.parametrize("answers", [{"pin": ""}, {"words": "杂"}, {"words": "楼上着火了，楼道里全是烟"}])
def test_without_place_without_words_and_in_danger_nothing_is_offered(ben, avas, answers):
    assert 'name="join"' not in proposed(ben, **answers)


def test_the_place_of_a_door_is_a_place(ben, avas, town):
    assert 'name="join"' in proposed(ben, pin="", door="DOOR0001")


def test_whoever_asks_without_end_is_offered_nothing(ben, avas, monkeypatch):
    monkeypatch.setattr(limits, "_offers", limits.Allowance(2))
    shown = ['name="join"' in proposed(ben) for _ in range(4)]
    assert shown == [True, True, False, False]


def test_what_was_chosen_stays_chosen_while_ben_writes_on(ben, avas):
    page = proposed(ben, join=offer_in(proposed(ben)))
    assert re.search(r'name="join" value="[^"]{20,}"[^>]* checked', page)


def test_ben_joins_and_follows_by_a_link_of_his_own(ben, avas):
    answer = joined(ben, join=offer_in(proposed(ben)))
    assert answer.status_code == 303
    receipt = ben.get(answer["Location"]).content.decode()
    assert "一并办理的诉求" in receipt
    link = re.search(r'value="(http[^"]+/c/[^"]+/)"', receipt)[1]
    page = ben.get(link).content.decode()
    assert WORDS in page and "王家" not in page and "您加入的诉求" in page
    assert the(avas).voices == 1


def test_without_scripts_the_page_before_sending_asks(ben, avas):
    page = ben.post("/report/", {"words": WORDS, "pin": PIN, "item": "stairwell-rubbish"}).content.decode()
    assert page.count('name="join"') == 2


def test_sent_twice_it_is_one_voice(ben, avas):
    form = re.search(r'name="form" value="([^"]+)"', ben.get("/report/").content.decode())[1]
    first, second = (joined(ben, form=form, join=offer_in(proposed(ben))) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert the(avas).voices == 1


def test_a_case_that_was_closed_meanwhile_is_said_to_be_and_the_words_are_kept(ben, avas):
    offer = offer_in(proposed(ben))
    with acting_as(WORKER):
        Case.objects.filter(pk=avas.pk).update(is_open=False, state="closed")
    answer = joined(ben, join=offer)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "刚刚已经办结" in page and WORDS in page and 'name="join"' not in page
    assert joined(ben).status_code == 303


@pytest.mark.parametrize("offer", ["forged", "1", "' OR 1=1 --", "\0"])
def test_an_offer_that_is_not_ours_joins_nothing(ben, avas, offer):
    assert joined(ben, join=offer).status_code == 422
    assert the(avas).voices == 0


def test_a_join_counts_against_the_bound_like_a_report(ben, avas, monkeypatch):
    offer = offer_in(proposed(ben))
    monkeypatch.setattr(limits, "_addresses", limits.Allowance(1))
    assert joined(ben, join=offer).status_code == 303
    assert joined(ben, join=offer, words=WORDS + "了").status_code == 429


@pytest.fixture
def bens_link(ben, avas) -> str:
    answer = joined(ben, join=offer_in(proposed(ben)))
    receipt = ben.get(answer["Location"]).content.decode()
    return re.search(r'value="http://[^/]+(/c/[^"]+/)"', receipt)[1]


def test_ava_is_shown_how_many_asked_for_the_same(ben, avas, bens_link):
    from doorstep.core.access.links import follow_token

    page = ben.get(f"/c/{follow_token(avas.pk, at=clock.now())}/").content.decode()
    assert "另有 1 位邻居也反映了这件事" in page


def test_ben_objects_on_his_page_and_is_told_so(ben, avas, bens_link, town):
    assert "object" not in ben.get(bens_link).content.decode()
    done_by_chen(town, avas.pk)
    assert 'id="object"' in ben.get(bens_link).content.decode()
    answer = ben.post(f"{bens_link}do/object/", {"still_wrong": "还堆着呢"})
    assert answer.status_code == 303
    page = ben.get(answer["Location"]).content.decode()
    assert "已经告诉受理台" in page and 'id="object"' not in page
    assert the(avas).question == "is-it-done"


def test_an_objection_without_words_is_refused_where_it_was_written(ben, avas, bens_link, town):
    done_by_chen(town, avas.pk)
    answer = ben.post(f"{bens_link}do/object/", {"still_wrong": " "})
    assert answer.status_code == 409
    assert "请写一句" in answer.content.decode()


def test_ben_leaves_and_the_case_goes_on(ben, avas, bens_link):
    assert "退出后不再通知您" in ben.get(bens_link).content.decode()
    assert ben.post(f"{bens_link}do/withdraw/").status_code == 303
    assert (the(avas).voices, the(avas).is_open) == (0, True)
