"""Letters go out at least once, are known again by their key, and what fails is tried later and then shown."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.town import MORNING, Town

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.actions.withdraw import withdraw
from doorstep.cases.models import Contact as Kept
from doorstep.core.access import WORKER, acting_as
from doorstep.core.access.links import follow_token, follower
from doorstep.core.ids import CaseId
from doorstep.core.text import text
from doorstep.notices import tasks
from doorstep.notices.models import Notice
from doorstep.notices.queries import outbox, trouble_of
from doorstep.notices.rules.retrying import WAITS


def reported(town: Town, **contact: str) -> int:
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    said = Report("楼道里堆满了杂物", place, Contact(**contact), item="stairwell-rubbish")
    case = report(said, at=MORNING).case
    advance(at=MORNING)
    return case


def the_notice(case: int) -> Notice:
    with acting_as(WORKER):
        return Notice.objects.get(case=case)


def test_ava_gets_a_letter_with_her_number_and_a_link_that_opens_her_case(town, post):
    case = reported(town, email="ava@example.org", language="en")
    assert tasks.send_due(MORNING) == 1
    (letter,) = post.letters
    body = letter.get_content()
    assert letter["To"] == "ava@example.org" and letter["Content-Language"] == "en"
    assert letter["Auto-Submitted"] == "auto-generated"
    token = re.search(r"https://door\.example\.org/c/([^/\s]+)/", body)[1]
    assert follower(token, at=MORNING).case == case
    notice = the_notice(case)
    assert (notice.state, notice.sent_at, notice.look_again_at, notice.trouble) == ("sent", MORNING, None, "")


def test_nothing_is_sent_twice(town, post):
    reported(town, email="ava@example.org")
    tasks.send_due(MORNING)
    assert tasks.send_due(MORNING + timedelta(days=1)) == 0
    assert len(post.letters) == 1


def test_ava_is_told_in_chinese_when_she_reported_in_chinese(town, post):
    reported(town, email="ava@example.org")
    tasks.send_due(MORNING)
    assert "受理编号" in post.letters[0].get_content()


def test_a_text_message_fits_and_holds_the_link(town, texts):
    reported(town, phone="13800000000")
    tasks.send_due(MORNING)
    (asked,) = texts.asked
    assert asked.message["to"] == "13800000000"
    assert len(asked.message["text"]) <= 300 and "/c/" in asked.message["text"]


def test_the_address_is_that_of_the_moment_of_sending(town, post):
    case = reported(town, email="old@example.org")
    with acting_as(WORKER):
        Notice.objects.filter(case=case).update(look_again_at=MORNING + timedelta(hours=1))
    from doorstep.cases.actions.contact import change_contact
    from doorstep.core.access import follower_of

    with acting_as(follower_of(case)):
        change_contact(case, Contact(email="new@example.org"), at=MORNING)
    tasks.send_due(MORNING + timedelta(hours=1))
    assert [letter["To"] for letter in post.letters] == ["new@example.org"]


def test_an_erased_contact_is_not_written_to(town, post):
    case = reported(town, email="ava@example.org")
    with acting_as(WORKER):
        Kept.objects.filter(case=case).delete()
    tasks.send_due(MORNING)
    assert post.letters == [] and the_notice(case).state == "unsent"


def test_a_server_that_is_busy_is_asked_again_later_with_the_same_message_id(town, post):
    case = reported(town, email="ava@example.org")
    post.answers = ["451 Try again"]
    tasks.send_due(MORNING)
    notice = the_notice(case)
    assert (notice.state, notice.look_again_at) == ("waiting", MORNING + WAITS[0])
    assert "451" in text(trouble_of(notice), "en")
    tasks.send_due(MORNING + WAITS[0])
    assert len(post.letters) == 1 and the_notice(case).state == "sent"


def test_an_address_that_is_refused_for_good_is_shown_and_not_tried_again(town, post):
    case = reported(town, email="ava@example.org")
    post.answers = ["550 No such person ava@example.org"]
    tasks.send_due(MORNING)
    notice = the_notice(case)
    assert (notice.state, notice.look_again_at) == ("failed", None)
    # What the server said may repeat the address; the notice keeps only its number.
    assert "550" in notice.trouble and "ava" not in notice.trouble


def test_what_never_gets_through_is_given_up_and_shown(town, post):
    case = reported(town, email="ava@example.org")
    at = MORNING
    for wait in (*WAITS, timedelta()):
        post.answers = ["451 Try again"]
        tasks.send_due(at)
        at += wait
    assert the_notice(case).state == "failed"
    assert tasks.send_due(at + timedelta(days=9)) == 0


def test_a_notice_whose_worker_was_killed_is_sent_by_the_next_with_the_same_message_id(town, post):
    case = reported(town, email="ava@example.org")
    # Killed after the letter was handed in and before that was written down.
    (due,) = tasks.claim(MORNING, 10)
    tasks._attempt(due, MORNING)
    assert the_notice(case).state == "sending"
    assert tasks.send_due(MORNING + timedelta(minutes=1)) == 0
    assert tasks.send_due(MORNING + tasks.CLAIMED_FOR) == 1
    first, second = post.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert the_notice(case).state == "sent"


def test_a_slow_worker_does_not_overwrite_what_the_next_one_did(town, post):
    case = reported(town, email="ava@example.org")
    (slow,) = tasks.claim(MORNING, 10)
    tasks.send_due(MORNING + tasks.CLAIMED_FOR)
    tasks._mark(slow, tasks.Ending("failed"), MORNING)
    assert the_notice(case).state == "sent"


def test_without_a_server_the_notice_says_so_and_the_demo_shows_the_letter(town):
    case = reported(town, email="ava@example.org")
    tasks.send_due(MORNING)
    notice = the_notice(case)
    assert notice.state == "unsent" and text(trouble_of(notice), "en").startswith("no mail server")
    (unsent,) = outbox(at=MORNING)
    assert unsent.letter.to == "ava@example.org" and "/c/" in unsent.letter.body


def test_nothing_is_promised_of_a_case_that_has_ended(town):
    case = reported(town, email="ava@example.org")
    tasks.send_due(MORNING)
    (unsent,) = outbox(at=MORNING)
    assert "承诺最迟" in unsent.letter.body
    ava = follower(follow_token(case, at=MORNING), at=MORNING)
    with acting_as(ava):
        withdraw(CaseId(case), by=ava, at=MORNING)
    assert all("承诺最迟" not in each.letter.body for each in outbox(at=MORNING))


def test_two_workers_do_not_take_the_same_notice(town, post):
    reported(town, email="ava@example.org")
    assert len(tasks.claim(MORNING, 10)) == 1
    assert len(tasks.claim(MORNING, 10)) == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_letter_without_a_promise_is_still_a_letter(town, post, lang):
    case = report(Report("唉", contact=Contact(email="ava@example.org", language=lang)), at=MORNING).case
    advance(at=MORNING)
    tasks.send_due(MORNING)
    assert the_notice(case).state == "sent"
