"""What goes wrong around us is said in words too: an address nobody told us of, a database that does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client, override_settings

from doorstep.core.postgres import SUPERUSER
from doorstep.core.text import text
from doorstep.fronts.safety import content_security_policy


def test_a_host_that_nobody_told_us_of_is_told_where_its_name_belongs():
    answer = Client().get("/", headers={"host": "portal.example"})
    said = answer.content.decode()
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/plain")
    for lang in ("zh", "en"):
        assert text("parts-wrong-host", lang) in said
    assert "DOORSTEP_HOSTS" in said
    # The name comes from whoever calls, and goes into no page.
    assert "portal.example" not in said


def test_the_same_page_opens_under_a_name_that_is_known():
    assert Client().get("/", headers={"host": "testserver"}).status_code == 200


@pytest.mark.parametrize(("path", "name"), [("/reminders/subscribe/", "contact"), ("/complaints/", "words")])
def test_a_form_that_says_to_be_in_utf_7_is_refused_and_never_shown_again(db, path, name):
    # Half a character: no page could be written with it.
    body = f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\na+2AA-b\r\n--x--\r\n'
    answer = Client().generic("POST", path, body.encode(), "multipart/form-data; boundary=x; charset=utf-7")
    assert answer.status_code == 400
    assert text("parts-bad-request", "zh") in answer.content.decode()


FORM = "/complaints/"


@pytest.mark.parametrize(
    ("referrer", "led_to"),
    [
        ("http://testserver/complaints/?lang=zh", 'href="/complaints/?lang=zh"'),
        ("http://elsewhere.example/complaints/", None),
        ("javascript:alert(1)", None),
        (None, None),
    ],
)
def test_a_refused_form_leads_back_to_its_own_page_and_to_no_other_site(referrer, led_to):
    named = {"referer": referrer} if referrer else {}
    # Without its secret the form is refused before anything is read.
    answer = Client(enforce_csrf_checks=True).post(FORM, {}, headers=named)
    said = answer.content.decode()
    assert answer.status_code == 403
    assert (text("parts-back", "zh") in said) is (led_to is not None)
    assert "elsewhere.example" not in said and "javascript:" not in said
    if led_to:
        assert led_to in said


@pytest.fixture
def stuck(server: Any, db: None) -> Iterator[None]:
    """Somebody else holds the territory and does not let go; our own statements give up soon."""
    with psycopg.connect(server.dsn(SUPERUSER)) as other:
        other.execute("LOCK TABLE areas_area IN ACCESS EXCLUSIVE MODE")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
        yield
        other.rollback()


def test_when_the_database_does_not_answer_ava_is_told_to_wait_and_whom_to_call(stuck):
    answer = Client().get("/report/")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert text("parts-not-now") in page and "110" in page


def test_in_english_too(stuck):
    ava = Client()
    ava.cookies["lang"] = "en"
    assert text("parts-not-now", "en") in ava.get("/report/").content.decode()


def test_a_program_is_told_the_same_as_json(stuck):
    answer = Client().get("/api/v1/areas")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json()["refused"] == text("parts-not-now")


def test_once_it_answers_again_so_do_we(db):
    assert Client().get("/report/").status_code == 200
    assert Client().get("/api/v1/areas").status_code == 200


@override_settings(LIVE_ADDRESS="https://figures.example.org/live")
def test_live_figures_may_come_from_below_a_path():
    assert "connect-src 'self' https://figures.example.org/live/;" in content_security_policy()
