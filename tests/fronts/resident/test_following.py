"""Ava follows her case by its link alone: she sees its whole life, and what she may do she can do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.town import Town

from doorstep.cases.actions import act
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.merge import merge
from doorstep.cases.actions.photos import Picture
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.models import Case, Photo
from doorstep.cases.models import Contact as Kept
from doorstep.core.access import WORKER, acting_as
from doorstep.core.access.links import GOOD_FOR, LinkExpired, LinkRefused, follow_token, follower
from doorstep.core.time import clock

PICTURE = Picture(b"RIFF-whole", b"RIFF-small", 4, 3)


@pytest.fixture
def ava(town) -> Client:
    return Client()


def reported(town: Town, words: str = "楼道里堆满了杂物", **more) -> int:
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    more = {"contact": Contact(phone="13800001234", email="ava@example.org"), "item": "stairwell-rubbish", **more}
    return report(Report(words, place, **more), at=clock.now()).case


def link(case: int) -> str:
    return f"/c/{follow_token(case, at=clock.now())}/"


def the(case: int) -> Case:
    with acting_as(WORKER):
        return Case.objects.get(pk=case)


def done_by_chen(town: Town, case: int) -> None:
    chen = town.actor("chen")
    with acting_as(chen):
        act.take(case, by=chen, at=clock.now())
        act.do(case, "已经清理干净。", by=chen, at=clock.now())


def closed(town: Town, ava: Client) -> int:
    case = reported(town)
    advance(at=clock.now())
    done_by_chen(town, case)
    ava.post(f"{link(case)}do/solved/")
    advance(at=clock.now())
    assert the(case).state == "closed"
    return case


def test_ava_reads_what_happened_who_has_it_and_by_when(town, ava):
    case = reported(town)
    advance(at=clock.now())
    page = ava.get(link(case)).content.decode()
    assert "楼道里堆满了杂物" in page and "示例grid_team" in page
    assert "承诺最迟" in page and "准入清单" in page


def test_no_person_is_named(town, ava):
    case = reported(town)
    advance(at=clock.now())
    done_by_chen(town, case)
    assert "示例chen" not in ava.get(link(case)).content.decode()


def test_a_broken_promise_is_said_to_be_broken(town, ava):
    case = reported(town)
    advance(at=clock.now())
    with acting_as(WORKER):
        Case.objects.filter(pk=case).update(promised_by=clock.now() - timedelta(days=3, hours=2))
    assert "已经超过 3 天" in ava.get(link(case)).content.decode()


def test_ava_says_that_it_is_solved(town, ava):
    case = reported(town)
    advance(at=clock.now())
    done_by_chen(town, case)
    answer = ava.post(f"{link(case)}do/solved/")
    assert answer.status_code == 303
    page = ava.get(answer["Location"]).content.decode()
    assert "谢谢您的评价" in page and "正在办结" in page
    assert "请您看看是否解决" not in page
    assert the(case).state == "verified"


def test_ava_says_what_is_still_wrong_and_it_goes_back(town, ava):
    case = reported(town)
    advance(at=clock.now())
    done_by_chen(town, case)
    assert ava.post(f"{link(case)}do/not-solved/", {"still_wrong": "二楼还有"}).status_code == 303
    assert the(case).state == "taken"
    assert "二楼还有" in ava.get(link(case)).content.decode()


def test_not_solved_without_a_word_is_refused_on_the_same_page(town, ava):
    case = reported(town)
    advance(at=clock.now())
    done_by_chen(town, case)
    page = ava.post(f"{link(case)}do/not-solved/", {"still_wrong": " "})
    assert page.status_code == 409 and "请写明情况" in page.content.decode()
    assert the(case).state == "done"


def test_a_closed_case_can_be_opened_again_within_seven_days(town, ava):
    case = closed(town, ava)
    assert 'id="reopen"' in ava.get(link(case)).content.decode()
    assert ava.post(f"{link(case)}do/reopen/", {"still_wrong": "又堆上了"}).status_code == 303
    assert the(case).is_open


def test_after_that_it_is_neither_offered_nor_done(town, ava):
    case = closed(town, ava)
    with acting_as(WORKER):
        Case.objects.filter(pk=case).update(ended_at=clock.now() - timedelta(days=9))
    assert 'id="reopen"' not in ava.get(link(case)).content.decode()
    assert ava.post(f"{link(case)}do/reopen/", {"still_wrong": "又堆上了"}).status_code == 409
    assert not the(case).is_open


def test_ava_adds_what_she_forgot_with_a_photo(town, ava):
    from tests.fronts.resident.test_reporting import a_picture

    case = reported(town)
    answer = ava.post(f"{link(case)}do/note/", {"words": "主要在三楼", "photo": [a_picture()]})
    assert answer.status_code == 303
    page = ava.get(link(case)).content.decode()
    assert "主要在三楼" in page and "/photos/" in page


def test_ava_withdraws(town, ava):
    case = reported(town)
    advance(at=clock.now())
    assert ava.post(f"{link(case)}do/withdraw/").status_code == 303
    assert the(case).state == "withdrawn"
    assert "已经结束，您不用做什么" in ava.get(link(case)).content.decode()


def test_ava_changes_her_contact_and_sees_it_masked(town, ava):
    case = reported(town)
    assert "138****1234" in ava.get(link(case)).content.decode()
    ava.post(f"{link(case)}do/contact/", {"phone": "139 1111 2222", "email": ""})
    page = ava.get(link(case)).content.decode()
    assert "139****2222" in page and "13911112222" not in page


def test_ava_leaves_a_contact_later(town, ava):
    case = reported(town, contact=Contact())
    ava.post(f"{link(case)}do/contact/", {"email": "ava@example.org"})
    with acting_as(WORKER):
        assert Kept.objects.get(case=case).email == "ava@example.org"


def test_ava_erases_her_contact_and_the_case_goes_on(town, ava):
    case = reported(town)
    assert ava.post(f"{link(case)}do/erase/").status_code == 303
    with acting_as(WORKER):
        assert not Kept.objects.filter(case=case).exists()
    assert the(case).is_open


def test_a_photo_is_shown_to_whoever_holds_the_link_of_its_case(town, ava):
    case, other = reported(town, pictures=[PICTURE]), reported(town)
    with acting_as(WORKER):
        name = Photo.objects.get(case=case).name
    shown = ava.get(f"{link(case)}photos/{name}/")
    assert (shown.status_code, shown["Content-Type"], shown.content) == (200, "image/webp", b"RIFF-whole")
    assert shown["X-Content-Type-Options"] == "nosniff" and "private" in shown["Cache-Control"]
    assert ava.get(f"{link(case)}photos/{name}/?small").content == b"RIFF-small"
    assert ava.get(f"{link(other)}photos/{name}/").status_code == 404


def test_a_photo_is_not_shown_to_whoever_knows_its_name_alone(town, ava):
    case = reported(town, pictures=[PICTURE])
    with acting_as(WORKER):
        name = Photo.objects.get(case=case).name
    assert ava.get(f"/photos/{name}/").status_code in {302, 404}


def test_a_voice_sees_how_the_case_it_joined_stands_and_none_of_its_words(town, ava):
    first, later = reported(town, "一楼杂物太多"), reported(town, "楼道杂物")
    advance(at=clock.now())
    dana = town.actor("dana")
    with acting_as(dana):
        merge(later, first, by=dana, at=clock.now())
    page = ava.get(link(later)).content.decode()
    assert the(first).number in page and "一楼杂物太多" not in page


@pytest.mark.parametrize("part", ["", "received/"])
def test_a_link_that_was_changed_opens_nothing(town, ava, part):
    case = reported(town)
    good = link(case)
    for wrong in (good[:-2] + ("A" if good[-2] != "A" else "B") + "/", good.replace("/c/", "/c/1"), "/c/nonsense/"):
        assert ava.get(wrong + part).status_code == 404
    assert ava.get(good + part).status_code == 200


def test_a_link_of_another_case_does_not_move_this_one(town, ava):
    case, other = reported(town), reported(town)
    advance(at=clock.now())
    ava.post(f"{link(other)}do/withdraw/")
    assert the(case).is_open and not the(other).is_open


def test_a_link_ends_with_its_last_day():
    at = clock.now()
    token = follow_token(7, at=at)
    assert follower(token, at=at + GOOD_FOR).case == 7
    with pytest.raises(LinkExpired):
        follower(token, at=at + GOOD_FOR + timedelta(days=1))
    with pytest.raises(LinkRefused):
        follower(token.replace(".", "..", 1), at=at)


def test_a_link_to_a_case_that_there_is_not_looks_like_any_wrong_one(town, ava):
    assert ava.get(link(999_999)).status_code == 404


def test_a_move_that_there_is_not_is_not_found(town, ava):
    assert ava.post(f"{link(reported(town))}do/close/").status_code == 404


def test_a_move_is_not_made_by_looking(town, ava):
    page = ava.get(f"{link(reported(town))}do/withdraw/")
    assert page.status_code == 405 and page["Allow"] == "POST"
    assert "不能直接打开" in page.content.decode()


def test_a_move_from_elsewhere_is_refused(town):
    assert Client(enforce_csrf_checks=True).post(f"{link(reported(town))}do/withdraw/").status_code == 403


def test_the_page_takes_as_few_statements_for_a_long_life_as_for_a_short_one(town, ava):
    case = reported(town, pictures=[PICTURE])
    advance(at=clock.now())
    for n in range(12):
        ava.post(f"{link(case)}do/note/", {"words": f"还有第 {n} 处"})
    with CaptureQueriesContext(connection) as asked:
        assert ava.get(link(case)).status_code == 200
    assert len(asked) <= 12


def test_no_search_engine_and_no_other_site_learns_of_the_link(town, ava):
    page = ava.get(link(reported(town)))
    assert page["Referrer-Policy"] == "same-origin" and page["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_state_is_told_in_both_languages(town, lang):
    ava = Client()
    ava.cookies["lang"] = lang
    case = reported(town)
    pages = [ava.get(link(case))]
    advance(at=clock.now())
    pages.append(ava.get(link(case)))
    done_by_chen(town, case)
    pages.append(ava.get(link(case)))
    ava.post(f"{link(case)}do/solved/")
    pages.append(ava.get(link(case)))
    advance(at=clock.now())
    pages += [ava.get(link(case)), ava.get(f"{link(case)}received/")]
    assert all(page.status_code == 200 and "resident-" not in _visible(page) for page in pages)


def _visible(page) -> str:
    import re

    return re.sub(r"<[^>]*>", "", page.content.decode())
