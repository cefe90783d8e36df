"""Ava changes the language in the middle of a sentence, and nothing that she wrote is lost."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.journey

SENT = "楼道里堆满了杂物，走路都困难"
TO_ENGLISH, TO_CHINESE = "[data-switches] [name=lang][value=en]", "[data-switches] [name=lang][value=zh]"


def switch(page: Any, button: str) -> None:
    with page.expect_navigation():
        page.click(button)


def test_ava_writes_switches_the_language_and_writes_on(screen: Any) -> None:
    page = screen.new_page()
    page.goto("/report/")
    page.fill("#field-words", SENT)
    page.fill("#field-place_words", "三号楼二单元")
    switch(page, TO_ENGLISH)
    assert page.get_attribute("html", "lang") == "en"
    assert page.input_value("#field-words") == SENT
    assert page.input_value("#field-place_words") == "三号楼二单元"
    switch(page, TO_CHINESE)
    assert page.get_attribute("html", "lang") == "zh-CN"
    assert page.input_value("#field-words") == SENT


def test_what_was_kept_is_given_back_once_and_on_its_own_page_alone(phone: Any) -> None:
    page = phone.new_page()
    page.goto("/report/")
    page.fill("#field-words", SENT)
    switch(page, TO_ENGLISH)
    page.goto("/complaints/")
    assert page.input_value("textarea") == ""
    page.goto("/report/")
    assert page.input_value("#field-words") == ""


def test_a_refused_report_has_a_page_in_the_other_language_with_its_words(screen: Any) -> None:
    page = screen.new_page()
    page.goto("/report/")
    page.fill("#field-place_words", "三号楼二单元")
    page.eval_on_selector("form.report", "form => { form.noValidate = true; }")
    page.click("form.report button.first")
    assert page.is_visible("[role=alert]")
    page.fill("#field-words", SENT)
    with page.expect_response(lambda answer: answer.request.method == "GET" and "/report/" in answer.url) as answered:
        page.click(TO_ENGLISH)
    assert answered.value.status == 200
    page.wait_for_load_state()
    assert page.get_attribute("html", "lang") == "en"
    assert page.input_value("#field-words") == SENT
    assert page.input_value("#field-place_words") == "三号楼二单元"


def test_a_form_that_was_refused_on_another_address_leads_back_to_its_page(phone: Any, enter: Any, site: Any) -> None:
    """The answer to a form that a post's page sends has the form's address, which is no page to open."""
    page = enter(phone, "dana", f"/staff/posts/{site.town.posts['chen']}/")
    page.eval_on_selector_all("form", "forms => forms.forEach(form => { form.noValidate = true; })")
    page.fill("form[action$=end] [name=until_on]", "2020-01-01")
    page.click("form[action$=end] button")
    assert page.url.endswith("/end")
    with page.expect_response(lambda answer: answer.request.method == "GET") as answered:
        page.click(TO_ENGLISH)
    assert answered.value.status == 200
    page.wait_for_load_state()
    assert page.url.endswith(f"/staff/posts/{site.town.posts['chen']}/")
    switch(page, TO_CHINESE)
