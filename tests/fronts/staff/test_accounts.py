"""Accounts and the audit: three administrators, each with a part, none with a case."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from tests.visiting import EVERYBODY, MORE_POSTS, PASSWORD, Visitor, open_account, session_of, signed_in

from doorstep.core.access import GATE, WORKER, Actor, Role, acting_as
from doorstep.core.access.models import Deed
from doorstep.core.time import clock
from doorstep.staff.models import Account, Person, RecoveryCode


def shown(answer):
    return answer.content.decode()


def deeds(what):
    with acting_as(Actor(Role.AUDIT_ADMIN)):
        return Deed.objects.filter(what=what).count()


def first_password(answer):
    return re.search(r"first-password\">([a-z2-9-]+)<", shown(answer)).group(1)


@pytest.fixture
def chen(town):
    return open_account(town, "chen")


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in ("system", "security")])
@pytest.mark.parametrize("address", ["/staff/accounts/", "/staff/accounts/open", "/staff/accounts/1/"])
def test_accounts_are_for_two_administrators(town, who, address):
    assert signed_in(town, who).get(address).status_code == 403


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who != "audit"])
@pytest.mark.parametrize("address", ["/staff/audit/", "/staff/audit.csv"])
def test_the_audit_is_read_by_one(town, who, address):
    assert signed_in(town, who).get(address).status_code == 403


@pytest.mark.parametrize("name", ["disable", "enable", "clear-factor", "end-sessions"])
@pytest.mark.parametrize("who", [who for who in MORE_POSTS if who != "security"])
def test_locking_is_for_the_security_administrator_alone(town, chen, who, name):
    assert signed_in(town, who).post(f"/staff/accounts/{chen.pk}/{name}").status_code == 403


@pytest.mark.parametrize("who", [who for who in MORE_POSTS if who != "system"])
def test_passwords_are_given_by_the_system_administrator_alone(town, chen, who):
    visitor = signed_in(town, who)
    assert visitor.post(f"/staff/accounts/{chen.pk}/reset").status_code == 403
    assert visitor.post("/staff/accounts/open", {"person": 1, "username": "somebody"}).status_code == 403


def test_an_account_is_opened_and_its_first_password_has_to_be_changed(town):
    with acting_as(WORKER):
        eli = Person.objects.get(name="示例eli")
    system = signed_in(town, "system")
    assert "示例eli" in shown(system.get("/staff/accounts/open?q=示例eli"))
    answer = system.post("/staff/accounts/open", {"person": eli.pk, "username": "Eli.W"})
    assert answer.headers["Cache-Control"] == "no-store"
    visitor = Visitor()
    assert visitor.post("/staff/sign-in", {"username": "eli.w", "password": first_password(answer)}).status_code == 303
    assert visitor.get("/staff/seats").url.startswith("/staff/password")
    assert deeds("opened-account") == 1


@pytest.mark.parametrize("username", ["", "a", "has space", "中文名字", "x" * 61, "-x-", "chen", "CHEN", "ab\x00c"])
def test_a_name_that_nobody_can_type_or_somebody_has_is_refused(town, chen, username):
    with acting_as(WORKER):
        eli = Person.objects.get(name="示例eli")
    answer = signed_in(town, "system").post("/staff/accounts/open", {"person": eli.pk, "username": username})
    assert answer.status_code == (422 if username != "ab\x00c" else 200)


def test_nobody_gets_a_second_account(town, chen):
    answer = signed_in(town, "system").post("/staff/accounts/open", {"person": chen.person_id, "username": "chen-2"})
    assert answer.status_code == 422


def test_a_new_password_ends_the_old_one_and_every_session(town, chen):
    visitor = signed_in(town, "chen")
    answer = signed_in(town, "system").post(f"/staff/accounts/{chen.pk}/reset")
    assert visitor.get("/staff/seats").status_code == 302
    anew = Visitor()
    assert anew.post("/staff/sign-in", {"username": "chen", "password": PASSWORD}).status_code == 403
    assert anew.post("/staff/sign-in", {"username": "chen", "password": first_password(answer)}).status_code == 303


def test_a_disabled_account_is_out_at_once_and_comes_back_when_enabled(town, chen):
    visitor, security = signed_in(town, "chen"), signed_in(town, "security")
    assert security.post(f"/staff/accounts/{chen.pk}/disable").status_code == 303
    assert visitor.get("/staff/seats").status_code == 302
    sign_in = {"username": "chen", "password": PASSWORD}
    assert Visitor().post("/staff/sign-in", sign_in).status_code == 403
    security.post(f"/staff/accounts/{chen.pk}/enable")
    assert Visitor().post("/staff/sign-in", sign_in).status_code == 303


def test_nobody_disables_themselves(town):
    security = signed_in(town, "security")
    own = session_of(security).account_id
    assert security.post(f"/staff/accounts/{own}/disable").status_code == 409
    assert security.get("/staff/accounts/").status_code == 200


def test_a_lost_phone_is_cleared_with_its_recovery_codes(town, chen):
    with acting_as(GATE):
        Account.objects.filter(pk=chen.pk).update(totp_confirmed_at=clock.now(), totp_secret=b"x")
        RecoveryCode.objects.create(account=chen, hashed="x")
    signed_in(town, "security").post(f"/staff/accounts/{chen.pk}/clear-factor")
    with acting_as(GATE):
        now = Account.objects.get(pk=chen.pk)
        assert (now.totp_confirmed_at, now.totp_secret) == (None, None)
        assert not RecoveryCode.objects.exists()


def test_the_security_administrator_sees_how_many_devices_and_ends_them(town, chen):
    visitor, security = signed_in(town, "chen"), signed_in(town, "security")
    security.post(f"/staff/accounts/{chen.pk}/end-sessions")
    assert visitor.get("/staff/seats").status_code == 302


@pytest.mark.parametrize(
    "query", ["?q=chen", "?only=locked", "?only=disabled", "?only=bare", "?only=temporary", "?only=x&page=0"]
)
@pytest.mark.parametrize("who", ["system", "security"])
def test_the_list_is_filtered(town, chen, who, query):
    page = signed_in(town, who).get(f"/staff/accounts/{query}")
    assert page.status_code == 200
    assert (f"/staff/accounts/{chen.pk}/" in shown(page)) is (query in ("?q=chen", "?only=bare", "?only=x&page=0"))


@pytest.mark.parametrize("who", ["system", "security"])
def test_an_unknown_account_is_not_there(town, who):
    assert signed_in(town, who).get("/staff/accounts/999999/").status_code == 404


def test_the_audit_reads_what_was_done_and_takes_it_away_as_a_file(town, chen):
    security, audit = signed_in(town, "security"), signed_in(town, "audit")
    security.post(f"/staff/accounts/{chen.pk}/disable")
    page = shown(audit.get("/staff/audit/?what=disabled-account"))
    assert "停用账号" in page and "security" in page
    body = b"".join(audit.get("/staff/audit.csv?kind=deeds").streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(body)))
    assert any("停用账号" in row for row in rows)
    assert deeds("exported-audit") == 1


@pytest.mark.parametrize(
    "query",
    ["", "?kind=reads", "?kind=reads&q=7", "?kind=reads&q=x", "?kind=x", "?since=2026-01-01&until=2026-12-31",
     "?since=x", "?before=99999999999999999999", "?q=%00"],
)  # fmt: skip
def test_the_audit_can_be_searched_and_never_breaks(town, query):
    assert signed_in(town, "audit").get(f"/staff/audit/{query}").status_code == 200
