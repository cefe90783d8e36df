"""Ava writes of two things in one go, sees that, and sends them as two cases, each with a link of its own."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.journey

BOTH = "三号楼的路灯坏了好几天不亮。另外电梯又停了，上不去"


def numbers(page: Any) -> list[str]:
    return [number.strip() for number in page.locator(".case-number").all_inner_texts()]


def test_ava_sends_two_matters_as_two_cases_each_to_whoever_can_do_it(phone, site):
    page = phone.new_page()
    page.goto("/d/DOOR0001")
    page.fill("#field-words", BOTH)
    offer = page.wait_for_selector(".apart")
    assert page.is_checked(".apart input[value=one]")
    assert "路灯" in offer.inner_text() and "电梯" in offer.inner_text()
    page.check(".apart input[value=parts]")
    page.click("form.report button.first")
    first, second = numbers(page)
    cases = [site.wait_for(number, "dispatched") for number in (first, second)]
    assert [case["item"] for case in cases] == ["street-light", "lift-fault"]
    page.goto(page.input_value("#also-link-1"))
    assert second in page.inner_text("main") and "路灯" not in page.inner_text(".life")


def test_ava_who_leaves_it_as_it_is_sends_one(screen, site):
    page = screen.new_page()
    page.goto("/report/")
    page.fill("#field-words", BOTH)
    page.wait_for_selector(".apart")
    page.click("form.report button.first")
    (only,) = numbers(page)
    said = site.rows("SELECT words FROM cases_said s JOIN cases_case c ON c.id = s.case_id WHERE c.number = %s", only)
    assert [row["words"] for row in said] == [BOTH]


def test_without_scripts_ava_is_asked_on_the_page_before_sending(without_scripts, site):
    page = without_scripts.new_page()
    page.goto("/report/")
    page.fill("#field-words", BOTH)
    page.click("form.report button.first")
    page.check(".apart input[value=whole]")
    page.click("form.report button.first")
    items = [site.case(number)["item"] for number in numbers(page)]
    assert items == ["street-light", "lift-fault"]


def test_dana_is_asked_for_a_caller_and_both_cases_are_shown(enter, desktop, site):
    page = enter(desktop, "dana")
    page.goto("/desk/report/")
    page.fill("#field-words", BOTH)
    page.click("form[action='/desk/report/'] button.first")
    page.check(".apart input[value=parts]")
    page.click("form[action='/desk/report/'] button.first")
    other = page.locator(".notice a.code").inner_text()
    assert other in [row["number"] for row in site.rows("SELECT number FROM cases_case")]
    page.click(".notice a.code")
    assert other in page.inner_text("main")
