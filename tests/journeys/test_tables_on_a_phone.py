"""A table that is wider than a phone scrolls in its own frame, and says that there is more."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.journey
FRAMES = """frames => frames.map(frame => ({
    hidden: frame.scrollWidth - frame.clientWidth,
    told: frame.querySelector(".slides")?.offsetHeight > 0,
    inside: frame.getBoundingClientRect().right <= innerWidth,
}))"""


def page_overflow(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("elder", [False, True])
def test_lin_sees_that_the_figures_go_on_beside_the_screen(
    phone: Any, enter: Any, site: Any, lang: str, elder: bool
) -> None:
    phone.add_cookies(
        [
            {"name": "lang", "value": lang, "url": site.address},
            {"name": "elder", "value": "on" if elder else "off", "url": site.address},
        ]
    )
    page = enter(phone, "command", f"/command/areas/{site.town.community}/")
    page.wait_for_selector(".table-frame")
    page.wait_for_timeout(300)
    frames = page.eval_on_selector_all(".table-frame", FRAMES)
    assert frames
    for frame in frames:
        assert frame["inside"]
        assert frame["told"] is (frame["hidden"] > 1)
    assert page_overflow(page) <= 0


def test_the_hint_is_there_where_a_table_is_made_too_wide_and_goes_when_it_fits(
    phone: Any, enter: Any, site: Any
) -> None:
    page = enter(phone, "command", f"/command/areas/{site.town.community}/")
    frame = page.locator(".table-frame").first
    table, hint = frame.locator("> table"), frame.locator("> .slides")
    table.evaluate("table => { table.style.minWidth = '60rem'; }")
    hint.wait_for()
    assert "左右滑动" in hint.inner_text()
    before = hint.bounding_box()
    frame.evaluate("frame => { frame.scrollLeft = 200; }")
    assert hint.bounding_box() == before
    assert page_overflow(page) <= 0
    table.evaluate("table => { table.style.minWidth = ''; }")
    while frame.evaluate("frame => frame.scrollWidth > frame.clientWidth"):
        table.evaluate("table => { for (const row of table.rows) row.lastElementChild.remove(); }")
    hint.wait_for(state="detached")
