"""The subdistrict asks its grids for a form, refused, mended, published; Chen fills it in; all read the meter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey

TITLE = "冬季备货情况"
SALT = "需要多少袋融雪盐"


@pytest.fixture
def seated(open_context: Any, enter: Any) -> Any:
    """`seated("chen", PHONE)`: this person's own page."""
    return lambda who, screen=DESKTOP: enter(open_context(**screen), who)


def written(page: Any, site: Any) -> None:
    """The form, with one field that asks for what the platform holds."""
    today = site.rows("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day")[0]["day"]
    page.goto("/desk/demands/ask/")
    page.fill("[name=title]", TITLE)
    page.select_option("[name=to_level]", "grid")
    page.fill("[name=area_code]", "321102001001")
    page.fill("[name=why]", "下雪前备齐")
    page.fill("[name=basis]", "城管〔2026〕9号")
    page.check("[name=is_duty][value=no]")
    page.fill("[name=until_on]", (today + timedelta(days=20)).isoformat())
    for row, (label, kind) in enumerate((("所属社区", "held:community-name"), (SALT, "number"), ("总户数", "number"))):
        page.fill(f"[name=label-{row}]", label)
        page.select_option(f"[name=type-{row}]", kind)


def test_a_form_is_refused_mended_filled_in_and_counted(seated: Any, site: Any, open_context: Any) -> None:
    subdistrict = seated("subdistrict")
    written(subdistrict, site)
    subdistrict.click("button[value=publish]")
    expect(subdistrict.locator("#fault-2")).to_contain_text("第 3 栏“总户数”要的是平台已有的“实际居住户数”")
    assert site.rows("SELECT 1 FROM catalogue_demand WHERE title = %s", TITLE) == []

    # What was written stays; the field is shown instead of asked for, and the minutes are told before it is published.
    expect(subdistrict.locator("[name=label-1]")).to_have_value(SALT)
    subdistrict.select_option("[name=type-2]", "held:households")
    subdistrict.click("button[value=try]")
    expect(subdistrict.locator("main")).to_contain_text("每次至少 4 分钟")
    subdistrict.click("button[value=publish]")
    expect(subdistrict.locator("main")).to_contain_text("已发布，并已公示")

    chen = seated("chen", PHONE)
    chen.goto("/desk/demands/")
    chen.get_by_role("link", name=TITLE).click()
    expect(chen.locator("main")).to_contain_text("示例1社区")
    assert chen.locator("[name=cell-0], [name=cell-2]").count() == 0
    chen.fill("[name=cell-1]", "十二")
    chen.click("main form button.first")
    expect(chen.locator("main")).to_contain_text(f"“{SALT}”应填整数")
    chen.fill("[name=cell-1]", "12")
    chen.click("main form button.first")
    expect(chen.locator("main")).to_contain_text("已提交")

    demand = site.rows("SELECT id FROM catalogue_demand WHERE title = %s", TITLE)[0]["id"]
    subdistrict.goto(f"/desk/demands/{demand}/answers/")
    row = subdistrict.locator("tbody tr", has_text="321102001001001")
    expect(row).to_contain_text("12")

    anybody = open_context(**PHONE).new_page()
    anybody.goto("/burden/")
    anybody.get_by_role("link", name=TITLE).click()
    expect(anybody.locator("main")).to_contain_text("城管〔2026〕9号")
    expect(anybody.locator("main")).to_contain_text("带出：实际居住户数")


def test_what_is_not_theirs_opens_to_nobody(seated: Any, site: Any) -> None:
    demand = site.rows("SELECT coalesce(max(id), 0) AS id FROM catalogue_demand")[0]["id"]
    for who, address, status in (
        ("chen", "/desk/demands/ask/", 403),
        ("ben", "/desk/demands/", 403),
        ("audit", "/desk/demands/", 403),
        ("dana", f"/desk/demands/{demand}/answers/", 404),
        ("water", f"/desk/demands/{demand}/", 403),
    ):
        answer = seated(who).goto(address)
        assert answer.status == status, f"{address} as {who}"
