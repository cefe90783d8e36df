"""A program signs in as a person; what a session lacks is said, and a key is worth nothing once it has ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from django.test import Client
from tests.fronts.open.conftest import Program
from tests.town import Town
from tests.visiting import PASSWORD, Visitor, begin_session, open_account

from doorstep.core.access import GATE, acting_as
from doorstep.core.crypto import seal
from doorstep.core.time import clock
from doorstep.staff.models import Account

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_chen_signs_in_works_and_signs_out(program: Callable[..., Any], town: Town) -> None:
    open_account(town, "chen")
    begun = program().post("session", {"username": "chen", "password": PASSWORD})
    assert begun.status_code == 201
    assert (begun.json()["role"], begun.json()["waits_for"]) == ("grid", "")
    chen = Program(begun.json()["key"])
    assert chen.get("today").status_code == 200
    assert chen.send("DELETE", "session").status_code == 204
    assert chen.get("today").status_code == 401


@pytest.mark.parametrize("said", [{"username": "chen", "password": "wrong"}, {"username": "no\0body", "password": "x"}])
def test_a_wrong_password_is_refused_and_counted(program: Callable[..., Any], town: Town, said: dict[str, str]) -> None:
    account = open_account(town, "chen")
    answer = program().post("session", said)
    assert answer.status_code == 401
    with acting_as(GATE):
        account.refresh_from_db()
    assert account.failures == (1 if said["username"] == "chen" else 0)


def test_a_desk_without_second_factor_is_told_to_set_one_up_and_can(program: Callable[..., Any], town: Town) -> None:
    open_account(town, "dana")
    begun = program().post("session", {"username": "dana", "password": PASSWORD}).json()
    assert begun["waits_for"] == "second-factor"
    dana = Program(begun["key"])
    assert dana.get("cases").status_code == 401
    address = dana.post("account/second-factor").json()["address"]
    code = pyotp.parse_uri(address).at(clock.now())
    assert len(dana.send("PUT", "account/second-factor", {"code": code}).json()["codes"]) == 8
    assert dana.get("cases").status_code == 200


def test_a_code_with_the_password_opens_everything_at_once(program: Callable[..., Any], town: Town) -> None:
    with_factor(town)
    code = pyotp.TOTP(SECRET).at(clock.now())
    begun = program().post("session", {"username": "dana", "password": PASSWORD, "code": code}).json()
    assert begun["waits_for"] == ""
    assert Program(begun["key"]).get("cases").status_code == 200


def test_a_wrong_code_is_refused_and_counted_and_its_session_ends(program: Callable[..., Any], town: Town) -> None:
    account = with_factor(town)
    answer = program().post("session", {"username": "dana", "password": PASSWORD, "code": "000000"})
    assert answer.status_code == 401
    assert "key" not in answer.json()
    with acting_as(GATE):
        account.refresh_from_db()
    assert account.failures == 1


def test_a_code_can_be_given_later(program: Callable[..., Any], town: Town) -> None:
    with_factor(town)
    dana = Program(program().post("session", {"username": "dana", "password": PASSWORD}).json()["key"])
    assert dana.get("session").json()["waits_for"] == "second-factor"
    assert dana.post("session/second-factor", {"code": pyotp.TOTP(SECRET).at(clock.now())}).status_code == 204
    assert dana.get("session").json()["waits_for"] == ""


def with_factor(town: Town) -> Account:
    return open_account(town, "dana", totp_secret=seal(SECRET.encode()), totp_confirmed_at=clock.now())


def test_a_password_for_the_first_day_must_be_changed_first(program: Callable[..., Any], town: Town) -> None:
    chen = program("chen", must_change_password=True)
    assert chen.get("today").status_code == 401
    said = {"old": PASSWORD, "new": "four quiet lanterns at night"}
    assert chen.send("PUT", "account/password", said).status_code == 204
    assert chen.get("today").status_code == 200


def test_chen_sees_and_chooses_the_seats_of_chen_only(program: Callable[..., Any], town: Town) -> None:
    chen = program("chen")
    (seat,) = chen.get("account/seats").json()
    assert chen.send("PUT", "session/seat", {"appointment": seat["appointment"]}).status_code == 204
    assert chen.send("PUT", "session/seat", {"appointment": seat["appointment"] + 999}).status_code == 409


@pytest.mark.parametrize("header", ["Bearer", "Bearer wrong", "Basic abc", "Bearer \x00", ""])
def test_a_key_that_is_none_opens_nothing(program: Callable[..., Any], header: str) -> None:
    answer = Visitor().get("/api/v1/cases", headers={"Authorization": header, "Accept-Language": "en"})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert "signed in" in answer.json()["refused"]


def test_a_program_needs_no_csrf_token(town: Town) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/api/v1/reports", {"words": "灯坏了"}, content_type="application/json")
    assert answer.status_code == 201


def test_chen_ends_the_sessions_of_chen_elsewhere(program: Callable[..., Any], town: Town) -> None:
    account = open_account(town, "chen")
    here, there, more = (Program(begin_session(account, second_factor=True, at=clock.now())) for _ in range(3))
    listed = here.get("account/sessions").json()
    assert [each["is_this"] for each in listed].count(True) == 1
    (one,) = [each["id"] for each in there.get("account/sessions").json() if each["is_this"]]
    assert here.send("DELETE", f"account/sessions/{one}").status_code == 204
    assert (there.get("session").status_code, more.get("session").status_code) == (401, 200)
    assert here.send("DELETE", "account/sessions").status_code == 204
    assert (more.get("session").status_code, here.get("session").status_code) == (401, 200)


def test_nobody_ends_the_session_of_somebody_else(program: Callable[..., Any], town: Town) -> None:
    chen, eli = program("chen"), program("eli")
    (one,) = (each["id"] for each in eli.get("account/sessions").json())
    chen.send("DELETE", f"account/sessions/{one}")
    assert eli.get("session").status_code == 200
