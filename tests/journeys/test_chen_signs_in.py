"""Chen comes to work: in by name, password and phone, and out again on a computer that he forgot."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.journey


def test_chen_signs_in_and_finds_his_grid(screen, enter):
    page = enter(screen, "chen")
    assert page.url.endswith("/field/")
    assert page.get_by_role("heading", level=1).inner_text() == "今日网格"


def test_chen_goes_to_his_posts_by_the_bar_under_his_thumb(phone, enter):
    page = enter(phone, "chen")
    page.locator(".bar").get_by_role("link", name="我的").click()
    assert page.get_by_role("heading", level=1).inner_text() == "示例chen"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_wrong_password_is_said_in_words_and_the_name_stays(screen):
    page = screen.new_page()
    page.goto("/staff/sign-in")
    page.fill("#field-username", "eli")
    page.fill("#field-password", "wrong")
    page.press("#field-password", "Enter")
    assert "用户名或密码不正确" in page.get_by_role("alert").inner_text()
    assert page.input_value("#field-username") == "eli"
    assert page.input_value("#field-password") == ""


def test_without_scripts_chen_signs_in_all_the_same(without_scripts, enter):
    page = enter(without_scripts, "chen", "/staff/seats")
    assert page.get_by_role("heading", level=1).inner_text() == "示例chen"


def test_whoever_signed_out_does_not_come_back_with_the_back_button(open_context, enter, site):
    page = enter(open_context(), "security", "/staff/accounts/")
    page.goto("/staff/seats")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/staff/sign-in")
    page.go_back()
    page.wait_for_load_state()
    assert page.get_by_role("heading", level=1).inner_text() == "工作人员登录"
    site.keys.pop("security")
