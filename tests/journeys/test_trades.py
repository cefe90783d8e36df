"""The desk sees what each weight costs, takes one, draws with a certificate and reads what is proven."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = pytest.mark.journey

DESK = "other_desk"
WORKED_OUT_WITHIN_MS = 120_000


def does_not_scroll_sideways(page: Any) -> bool:
    width, seen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return bool(width <= seen)


def story(page: Any) -> None:
    """From the wishes to the price of each weight, from there to a draft with its proof."""
    page.goto("/desk/districting/")
    page.locator(".wish-more > summary").click()
    page.fill("#field-weight_perimeter", "0.25")
    page.get_by_role("button", name="看看每项侧重在本社区的代价").click()
    page.wait_for_url(re.compile("/trades/"))
    ask = page.get_by_role("button", name="开始测算")
    if ask.count():
        ask.click()
    page.locator(".trade-table").first.wait_for(timeout=WORKED_OUT_WITHIN_MS)
    assert does_not_scroll_sideways(page)
    assert "0.25 现用" in page.locator("section", has_text="边界圆整").locator("tr.own").inner_text()
    page.get_by_role("link", name="采用 边界圆整 0.5", exact=True).click()
    assert page.input_value("#field-weight_perimeter") == "0.5"
    assert does_not_scroll_sideways(page)
    page.select_option("#field-effort", "certified")
    page.get_by_role("button", name="开始划分").click()
    page.wait_for_url(re.compile(r"/plans/\d+/$"), timeout=WORKED_OUT_WITHIN_MS)
    page.get_by_text("没有代价更低的划法").wait_for()
    shown = page.locator("main").inner_text()
    assert "边界圆整 0.5" in shown and "本方案采用" in shown
    assert does_not_scroll_sideways(page)


def test_the_desk_sees_what_a_weight_costs_takes_it_and_draws_with_a_certificate(
    screen: Any, enter: Any, houses: None
) -> None:
    story(enter(screen, DESK, "/desk/"))


def test_it_does_the_same_without_scripts(without_scripts: Any, enter: Any, houses: None) -> None:
    page = enter(without_scripts, DESK, "/desk/")
    page.goto("/desk/districting/")
    page.locator(".wish-more > summary").click()
    page.fill("#field-weight_perimeter", "0.75")
    page.get_by_role("button", name="看看每项侧重在本社区的代价").click()
    page.get_by_role("button", name="开始测算").click()
    # The browser looks again by itself: the page says when.
    page.locator(".trade-table").first.wait_for(timeout=WORKED_OUT_WITHIN_MS)
