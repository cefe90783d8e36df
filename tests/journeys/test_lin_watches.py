"""Lin watches the county's screen; what happens elsewhere moves her figures without a reload."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.journeys.test_ava_reports import SENT, report

pytestmark = pytest.mark.journey


def _open(page: Any) -> int:
    return int(page.locator('[data-figure="open"] [data-value]').inner_text())


def test_a_report_by_ava_moves_lins_figures_without_a_reload(site: Any, desktop: Any, phone: Any, enter: Any) -> None:
    lin = enter(desktop, "command", f"/command/areas/{site.town.community}/")
    lin.goto(f"/command/areas/{site.town.community}/")
    lin.wait_for_selector('[data-live-state][data-live="yes"]')
    lin.evaluate("window.stillTheSamePage = true")
    before = _open(lin)
    report(phone.new_page(), SENT, start="/d/DOOR0001")
    lin.wait_for_function(
        "before => Number(document.querySelector('[data-figure=open] [data-value]').textContent) > before", arg=before
    )
    row = lin.locator(f'[data-row="{site.town.grid}"] [data-load="open"]')
    assert int(row.inner_text()) >= 1
    assert lin.evaluate("window.stillTheSamePage") is True
    assert re.search(r"\d{2}:\d{2}:\d{2}", lin.locator("[data-live-state]").inner_text())


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1920, 1080)])
def test_the_wall_fills_its_screen_and_nothing_scrolls(
    site: Any, open_context: Any, enter: Any, width: int, height: int
) -> None:
    lin = enter(open_context(viewport={"width": width, "height": height}), "command")
    for area in (site.town.county, site.town.community):
        lin.goto(f"/command/areas/{area}/wall/")
        lin.wait_for_selector('[data-live-state][data-live="yes"]')
        tall, wide = lin.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
        assert (tall, wide) == (height, width)
