"""The desk's page of other platforms: a hotline's file in, answers out, keys made, shown once, and ended."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doorstep.cases.models import Case
from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.access.models import Deed
from doorstep.exchange.models import Partner
from doorstep.exchange.queries import with_key
from doorstep.fronts.desk import exchange as page

ROWS = "工单编号,诉求内容,联系电话\nHL-1,三号楼的路灯不亮了,13800000000\nHL-2,,\n"


def sent(browser: Any, content: bytes = ROWS.encode(), name: str = "orders.csv") -> Any:
    return browser.post("/desk/exchange/", {"file": SimpleUploadedFile(name, content)})


def count() -> int:
    with acting_as(WORKER):
        return Case.objects.count()


@pytest.mark.parametrize("coding", ["utf-8", "gb18030"])
def test_a_file_is_taken_in_and_each_row_that_is_wrong_is_shown(sign_in, town, coding):
    answer = sent(sign_in("dana"), ROWS.encode(coding))
    shown = answer.content.decode()
    assert answer.status_code == 200 and "新受理 1 件，已受理过 0 件，内容不同 0 件，未受理 1 件" in shown
    assert "HL-2" in shown and "请写一句话" in shown
    with acting_as(WORKER):
        assert Case.objects.get().community_id == town.community


def test_the_same_file_again_is_known(sign_in):
    dana = sign_in("dana")
    sent(dana)
    assert "新受理 0 件，已受理过 1 件" in sent(dana).content.decode() and count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.xlsx", b"PK\x03\x04 no"),
        ("a.exe", b"MZ" + b"\0" * 99),
        ("../../a.csv", b"\x00\x01\x02"),
        ("csv", b"x"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(sign_in, name, content):
    answer = sent(sign_in("dana"), content, name)
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert count() == 0


def test_a_form_without_a_file_is_refused_in_words(sign_in):
    answer = sign_in("dana").post("/desk/exchange/", {})
    assert answer.status_code == 422 and "没有收到文件" in answer.content.decode()


def test_a_page_takes_only_so_many_rows_and_then_none(sign_in, monkeypatch):
    monkeypatch.setattr(page, "MOST_ROWS", 1)
    assert sent(sign_in("dana")).status_code == 422 and count() == 0


def opened(browser: Any, **form: str) -> Any:
    return browser.post("/desk/exchange/partners", {"name": "js-grid", "source": "from-above", **form})


def key_in(answer: Any) -> str:
    return re.search(r"doorstep-partner-[\w-]+", answer.content.decode())[0]


def test_a_key_is_shown_once_and_opens_for_the_area_of_the_desk(sign_in, town):
    dana = sign_in("dana")
    key = key_in(opened(dana))
    known = with_key(key)
    assert (known.name, known.org, known.source) == ("js-grid", town.community, "from-above")
    assert key not in dana.get("/desk/exchange/").content.decode()


def test_another_key_replaces_the_first_and_an_end_ends_it(sign_in):
    dana = sign_in("dana")
    first = key_in(opened(dana))
    with acting_as(WORKER):
        partner = Partner.objects.get().pk
    second = key_in(dana.post(f"/desk/exchange/partners/{partner}/key"))
    assert with_key(first) is None and with_key(second)
    assert dana.post(f"/desk/exchange/partners/{partner}/end").status_code == 303
    assert with_key(second) is None
    with acting_as(Actor(Role.AUDIT_ADMIN)):
        assert Deed.objects.filter(what__startswith="partner-", role="community").count() == 3


def test_the_partner_of_another_area_is_not_there(sign_in):
    opened(sign_in("command"))
    with acting_as(WORKER):
        partner = Partner.objects.get().pk
    dana = sign_in("dana")
    assert "js-grid" not in dana.get("/desk/exchange/").content.decode().replace("或 js-grid", "")
    for what in ("key", "end"):
        assert dana.post(f"/desk/exchange/partners/{partner}/{what}").status_code == 404
    with acting_as(WORKER):
        assert Partner.objects.get().ended_at is None


@pytest.mark.parametrize(
    "form", [{"name": "X Y"}, {"name": "a" * 60}, {"address": "javascript:alert(1)"}, {"unit": "99999999"}]
)
def test_a_platform_that_makes_no_sense_is_refused_in_words(sign_in, form):
    answer = opened(sign_in("dana"), **form)
    assert answer.status_code == 422
    with acting_as(WORKER):
        assert not Partner.objects.exists()


def test_two_of_one_name_are_refused_in_words(sign_in):
    dana = sign_in("dana")
    opened(dana)
    assert opened(dana).status_code == 422


def test_what_became_of_the_orders_comes_out_as_a_file_for_those_who_see_their_cases(sign_in):
    dana = sign_in("dana")
    sent(dana)
    with acting_as(WORKER):
        partner = Partner.objects.get().pk
    lines = list(
        csv.reader(
            io.StringIO(dana.get(f"/desk/exchange/partners/{partner}/answers.csv").getvalue().decode("utf-8-sig"))
        )
    )
    assert lines[0][0] == "编号" and lines[1][0] == "HL-1" and "13800000000" not in str(lines)
    other = sign_in("other_desk").get(f"/desk/exchange/partners/{partner}/answers.csv").getvalue().decode("utf-8-sig")
    assert "HL-1" not in other
    late = dana.get(f"/desk/exchange/partners/{partner}/answers.csv?since=2099-01-01").getvalue().decode("utf-8-sig")
    assert "HL-1" not in late


@pytest.mark.parametrize("who", ["chen", "water", "ben", "system", "audit"])
def test_nobody_else_keeps_platforms(who, sign_in):
    browser = sign_in(who)
    assert browser.get("/desk/exchange/").status_code == 403 and sent(browser).status_code == 403
    assert opened(browser).status_code == 403
    with acting_as(WORKER):
        assert not Partner.objects.exists() and not Case.objects.exists()
