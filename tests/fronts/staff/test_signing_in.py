"""The way in and out, as a browser sees it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from django.test import override_settings
from tests.visiting import MORE_POSTS, PASSWORD, Visitor, open_account, session_of, signed_in

from doorstep.core.access import GATE, WORKER, acting_as
from doorstep.core.time import clock
from doorstep.fronts.entering import COOKIE
from doorstep.fronts.staff.signing_in import browser_name
from doorstep.staff.models import Account, Appointment, Post, Session

OPEN = ("/staff/sign-in",)
STAFF_ONLY = (
    "/staff/", "/staff/second-factor", "/staff/password", "/staff/seats", "/staff/sessions",
)  # fmt: skip
ONLY_POST = ("/staff/sign-out", "/staff/sessions/end")


def enter(visitor, name="chen", password=PASSWORD, **more):
    return visitor.post("/staff/sign-in", {"username": name, "password": password, **more})


@pytest.fixture
def chen(town):
    return open_account(town, "chen")


def test_chen_signs_in_and_arrives_where_his_day_begins(chen):
    visitor = Visitor()
    answer = enter(visitor)
    assert (answer.status_code, answer.url) == (303, "/staff/")
    assert visitor.get("/staff/").url == "/field/"


def test_the_head_of_the_page_says_who_is_signed_in_and_as_what(town):
    dana = signed_in(town, "dana")
    assert "<span>示例dana · 社区受理台 · 示例1社区</span>" in dana.get("/staff/seats").content.decode()
    dana.cookies["lang"] = "en"
    assert "<span>示例dana · Community desk · 示例1社区</span>" in dana.get("/staff/seats").content.decode()


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(chen):
    visitor = Visitor()
    enter(visitor)
    cookie = visitor.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert not cookie["secure"]


@override_settings(SESSION_COOKIE_SECURE=True)
def test_under_https_the_cookie_never_travels_bare(chen):
    visitor = Visitor()
    enter(visitor)
    assert visitor.cookies[COOKIE]["secure"]


def test_a_key_planted_before_sign_in_is_worth_nothing_after_it(chen):
    visitor = Visitor()
    visitor.cookies[COOKIE] = "planted"
    enter(visitor)
    assert visitor.cookies[COOKIE].value != "planted"
    thief = Visitor()
    thief.cookies[COOKIE] = "planted"
    assert thief.get("/staff/seats").status_code == 302


def test_signing_in_again_ends_the_session_that_was_open_here(town, chen):
    visitor = signed_in(town, "chen")
    old = session_of(visitor)
    enter(visitor)
    with acting_as(GATE):
        assert Session.objects.get(pk=old.pk).ended_at is not None
    assert visitor.get("/staff/seats").status_code == 200


@pytest.mark.parametrize("wanted", ["/staff/sessions", "/staff/seats?told=seat-taken"])
def test_whoever_was_sent_to_sign_in_goes_on_to_the_page_they_wanted(chen, wanted):
    visitor = Visitor()
    sent = visitor.get(wanted)
    assert (sent.status_code, urlsplit(sent.url).path) == (302, "/staff/sign-in")
    assert parse_qs(urlsplit(sent.url).query)["next"] == [wanted]
    page = visitor.get(sent.url)
    assert f'name="next" value="{wanted}"' in page.content.decode()
    assert enter(visitor, next=wanted).url == wanted


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "\t//evil.example", "evil"],
)
def test_nobody_is_led_elsewhere_by_a_forged_address(town, chen, wanted):
    assert enter(Visitor(), next=wanted).url == "/staff/"
    assert signed_in(town, "chen").get("/staff/sign-in", {"next": wanted}).url == "/staff/"


@pytest.mark.parametrize(
    ("name", "password"),
    [("chen", "wrong"), ("nobody", PASSWORD), ("", ""), ("chen\x00", PASSWORD + "\x00"), ("中" * 500, "x" * 9000)],
)
def test_what_does_not_fit_is_refused_in_words(chen, name, password):
    visitor = Visitor()
    answer = enter(visitor, name, password)
    assert answer.status_code == 403
    assert "用户名或密码不正确" in answer.content.decode()
    assert COOKIE not in visitor.cookies
    assert password not in answer.content.decode() or not password


def test_a_form_from_elsewhere_is_refused(chen):
    visitor = Visitor(enforce_csrf_checks=True)
    assert enter(visitor).status_code == 403
    visitor.get("/staff/sign-in")
    token = visitor.cookies["csrftoken"].value
    assert enter(visitor, csrfmiddlewaretoken=token).status_code == 303
    assert visitor.cookies["csrftoken"].value != token


@pytest.mark.parametrize("address", STAFF_ONLY)
def test_without_a_session_every_staff_page_asks_to_sign_in(db, address):
    answer = Visitor().get(address)
    assert (answer.status_code, urlsplit(answer.url).path) == (302, "/staff/sign-in")


@pytest.mark.parametrize("address", ONLY_POST)
def test_what_changes_something_is_never_done_by_a_link(town, address):
    assert signed_in(town, "chen").get(address).status_code == 405


def test_a_piece_of_a_page_sends_the_whole_browser_to_sign_in(db):
    answer = Visitor().get("/staff/seats", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/staff/sign-in")


def test_pages_of_staff_are_kept_by_no_shared_computer(town):
    assert signed_in(town, "chen").get("/staff/seats").headers["Cache-Control"] == "no-store"


def test_chen_signs_out_and_the_browser_forgets(town):
    visitor = signed_in(town, "chen")
    key = visitor.cookies[COOKIE].value
    answer = visitor.post("/staff/sign-out")
    assert (answer.status_code, answer.url, visitor.cookies[COOKIE].value) == (303, "/staff/sign-in", "")
    visitor.cookies[COOKIE] = key
    assert visitor.get("/staff/seats").status_code == 302


def test_dana_may_go_nowhere_before_the_second_factor(town):
    visitor = signed_in(town, "dana", second_factor=False)
    for address in ("/staff/", "/staff/seats", "/staff/sessions", "/staff/password"):
        assert urlsplit(visitor.get(address).url).path == "/staff/second-factor"


def test_chen_who_reads_only_his_grid_needs_none_unless_he_has_one(town):
    assert signed_in(town, "chen", second_factor=False).get("/staff/seats").status_code == 200
    with acting_as(GATE):
        Account.objects.update(totp_confirmed_at=clock.now())
    assert urlsplit(signed_in(town, "chen", second_factor=False).get("/staff/seats").url).path == "/staff/second-factor"


def key_on(page):
    return re.search(r'id="key">([A-Z2-7 ]+)<', page.content.decode()).group(1).replace(" ", "")


def test_dana_sets_her_phone_up_and_is_shown_her_recovery_codes_once(town):
    visitor = signed_in(town, "dana", second_factor=False)
    page = visitor.get("/staff/second-factor?next=/staff/sessions")
    assert "<svg" in page.content.decode()
    assert visitor.post("/staff/second-factor", {"code": "000000"}).status_code == 422
    code = pyotp.TOTP(key_on(page)).at(clock.now())
    shown = visitor.post("/staff/second-factor", {"code": code, "next": "/staff/sessions"})
    assert len(re.findall(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", shown.content.decode())) == 8
    assert 'href="/staff/sessions"' in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert visitor.get("/staff/second-factor").status_code == 302
    assert visitor.get("/staff/sessions").status_code == 200


def test_the_key_for_typing_is_the_one_in_the_picture(town):
    visitor = signed_in(town, "dana", second_factor=False)
    assert key_on(visitor.get("/staff/second-factor")) == key_on(visitor.get("/staff/second-factor"))


def test_in_the_demo_the_second_factor_can_be_skipped_and_says_so(town):
    visitor = signed_in(town, "dana", second_factor=False)
    assert "演示可以跳过" not in visitor.get("/staff/second-factor").content.decode()
    with override_settings(IS_DEMO=True):
        assert "演示可以跳过" in visitor.get("/staff/second-factor").content.decode()
        assert visitor.get("/staff/seats").status_code == 200


def test_a_first_day_password_has_to_be_changed_before_anything_else(town):
    visitor = signed_in(town, "chen", must_change_password=True)
    assert urlsplit(visitor.get("/staff/seats").url).path == "/staff/password"
    assert visitor.post("/staff/password", {"old": PASSWORD, "new": "short"}).status_code == 422
    answer = visitor.post("/staff/password", {"old": PASSWORD, "new": "four loud umbrellas"})
    assert answer.status_code == 303
    assert visitor.get(answer.url).status_code == 200


def test_a_password_alone_is_not_enough_to_change_the_password(town):
    visitor = signed_in(town, "dana", second_factor=False, must_change_password=True, totp_confirmed_at=clock.now())
    answer = visitor.post("/staff/password", {"old": PASSWORD, "new": "four loud umbrellas"})
    assert urlsplit(answer.url).path == "/staff/second-factor"
    with acting_as(GATE):
        assert Account.objects.get().must_change_password


def test_sessions_are_listed_and_ended(town, chen):
    here, there = signed_in(town, "chen"), signed_in(town, "chen")
    assert here.get("/staff/sessions").content.decode().count(">a test<") == 2
    here.post("/staff/sessions/end", {"session": session_of(there).pk})
    assert there.get("/staff/seats").status_code == 302
    again = signed_in(town, "chen")
    here.post("/staff/sessions/end")
    assert again.get("/staff/seats").status_code == 302
    assert here.get("/staff/seats").status_code == 200


def test_nobody_ends_the_sessions_of_others(town):
    chen, dana = signed_in(town, "chen"), signed_in(town, "dana")
    chen.post("/staff/sessions/end", {"session": session_of(dana).pk})
    assert dana.get("/staff/seats").status_code == 200


def test_a_person_with_two_posts_changes_between_them(town, chen):
    with acting_as(WORKER):
        second = Post.objects.create(kind="liaison", area_id=town.microgrids[2])
        other = Appointment.objects.create(person_id=chen.person_id, post=second, from_on=date(2026, 1, 1))
    visitor = signed_in(town, "chen")
    assert "切换" in visitor.get("/staff/seats").content.decode()
    assert visitor.post("/staff/seats", {"appointment": other.pk}).status_code == 303
    assert "微网格联络员" in visitor.get("/staff/seats").content.decode()
    assert visitor.post("/staff/seats", {"appointment": other.pk + 1000}).status_code == 409
    assert visitor.post("/staff/seats", {"appointment": "x"}).status_code == 409


STARTS = {
    "ben": "/staff/neighbourhood",
    "system": "/staff/posts/",
    "security": "/staff/accounts/",
    "audit": "/staff/audit/",
    "mediator": "/desk/mediation/",
}


@pytest.mark.parametrize("who", MORE_POSTS)
def test_each_post_begins_its_day_on_its_own_page(town, who):
    visitor = signed_in(town, who)
    assert visitor.get("/staff/").url == STARTS[who]
    assert visitor.get(STARTS[who]).status_code == 200


def test_whoever_is_gone_too_long_signs_in_again(town, chen):
    visitor = signed_in(town, "chen", at=clock.now() - timedelta(minutes=31))
    assert visitor.get("/staff/seats").status_code == 302


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome · Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130 MicroMessenger/8.0", "WeChat · Android"),
        ("a test", "a test"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_browser_is_listed_by_the_name_that_people_know(agent, name):
    assert browser_name(agent) == name
