"""Chen comes to work: in by name, password and phone, and out again on a computer that he forgot."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.journey


def test_chen_signs_in_and_finds_his_grid(screen, enter):
    page = enter(screen, "chen")
    assert page.url.endswith("/field/")


def test_chen_signs_the_other_computer_out(phone, desktop, enter, site):
    at_home = enter(desktop, "chen", "/staff/sessions")
    page = phone.new_page()
    page.goto("/staff/sign-in")
    assert at_home.get_by_role("heading", level=1).inner_text()
