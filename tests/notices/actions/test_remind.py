"""Ava lost her link; it goes to the contact she left, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.town import MORNING

from doorstep.cases.actions.report import Contact, Report, report
from doorstep.core.access import WORKER, acting_as
from doorstep.fronts import limits
from doorstep.notices import tasks
from doorstep.notices.actions.remind import ContactMissing, send_link_again
from doorstep.notices.models import Notice

LATER = MORNING + timedelta(minutes=11)


@pytest.fixture
def receipt(town):
    return report(Report("灯坏了", contact=Contact(email="Ava@example.org", phone="13800000000")), at=MORNING)


def asked() -> list[str]:
    with acting_as(WORKER):
        return list(Notice.objects.order_by("channel").values_list("channel", flat=True))


@pytest.mark.parametrize(("contact", "way"), [("ava@EXAMPLE.org", "email"), ("138 0000 0000", "sms")])
def test_it_goes_to_what_she_left(receipt, contact, way):
    send_link_again(receipt.number, contact, at=MORNING)
    assert asked() == [way]


@pytest.mark.parametrize("contact", ["eve@example.org", "13900000000"])
def test_it_goes_nowhere_for_whoever_only_knows_the_number(receipt, contact):
    send_link_again(receipt.number, contact, at=MORNING)
    assert asked() == []


def test_a_number_alone_gets_nothing(receipt):
    with pytest.raises(ContactMissing):
        send_link_again(receipt.number, " ", at=MORNING)


def test_her_mailbox_cannot_be_flooded(receipt, post):
    for minutes in (0, 1, 5):
        send_link_again(receipt.number, "ava@example.org", at=MORNING + timedelta(minutes=minutes))
        tasks.send_due(MORNING + timedelta(minutes=minutes))
    assert len(post.letters) == 1


def test_a_later_letter_is_another_letter(receipt, post):
    for at in (MORNING, LATER):
        send_link_again(receipt.number, "ava@example.org", at=at)
        tasks.send_due(at)
    first, second = post.letters
    assert first["Message-ID"] != second["Message-ID"]


def test_the_page_says_the_same_whether_or_not_it_matched(receipt, monkeypatch):
    monkeypatch.setattr(limits, "_questions", limits.Allowance(100))
    right, wrong = (
        Client().post("/find/", {"number": receipt.number, "contact": contact})
        for contact in ("ava@example.org", "eve@example.org")
    )
    assert right.status_code == wrong.status_code == 200
    assert "/c/" not in right.content.decode()
    texts = [page.content.decode().replace("ava@", "").replace("eve@", "") for page in (right, wrong)]
    assert _without_tokens(texts[0]) == _without_tokens(texts[1])


def test_a_slip_in_the_number_is_said(receipt, monkeypatch):
    monkeypatch.setattr(limits, "_questions", limits.Allowance(100))
    slipped = receipt.number[:-1] + str((int(receipt.number[-1]) + 1) % 10)
    assert Client().post("/find/", {"number": slipped, "contact": "ava@example.org"}).status_code == 422


def test_numbers_are_not_tried_one_after_the_other(receipt, monkeypatch):
    monkeypatch.setattr(limits, "_questions", limits.Allowance(2))
    answers = [
        Client().post("/find/", {"number": receipt.number, "contact": "a@example.org"}).status_code for _ in range(3)
    ]
    assert answers == [200, 200, 429]


def _without_tokens(page: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
