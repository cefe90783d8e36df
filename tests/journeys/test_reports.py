"""Chen and Dana read reports that nobody wrote; the desk sees which unit held what; duties are everybody's to read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey


@pytest.fixture
def seated(open_context: Any, enter: Any) -> Any:
    """`seated("chen", PHONE)`: this person's own page."""
    return lambda who, screen=DESKTOP: enter(open_context(**screen), who)


def today(site: Any) -> Any:
    return site.rows("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day")[0]["day"]


def test_the_grid_worker_finds_a_zero_report_that_nobody_filed(seated: Any, site: Any) -> None:
    chen = seated("chen", PHONE)
    long_ago = today(site) - timedelta(days=1500)
    chen.goto("/desk/reports/")
    expect(chen.locator("h1")).to_contain_text("日报")
    chen.goto(chen.url.rsplit("/", 2)[0] + f"/{long_ago.isoformat()}/")
    expect(chen.locator("main")).to_contain_text("零报告由平台自动生成，不需要任何人填报")
    expect(chen.locator("#words li").first).to_contain_text("零报告：没有收到诉求")
    chen.get_by_role("link", name="周报", exact=True).click()
    expect(chen.locator("h1")).to_contain_text("周报")
    assert "-W" in chen.url


def test_the_desk_reads_today_takes_the_table_and_looks_behind_a_number(seated: Any, site: Any) -> None:
    dana = seated("dana")
    dana.goto("/desk/reports/")
    dana.goto(dana.url.rsplit("/", 2)[0] + f"/{today(site).isoformat()}/")
    expect(dana.locator("main")).to_contain_text("还没有结束")
    with dana.expect_download() as taken:
        dana.get_by_role("link", name="Excel 表格").click()
    assert taken.value.suggested_filename.endswith(".xlsx")

    dana.get_by_role("link", name="承办时长").click()
    expect(dana.locator("h1")).to_contain_text("哪个单位承办了多久")
    expect(dana.locator("#rules")).to_contain_text("没有名次")
    dana.fill("[name=since]", "2020-01-01")
    dana.get_by_role("button", name="查看").click()
    expect(dana.get_by_role("alert")).to_contain_text("一次最多看 92 天")
    rows = dana.locator("main tbody tr")
    if rows.count():
        dana.goto("/desk/reports/units/")
        rows.first.get_by_role("link").click()
        expect(dana.locator("main")).to_contain_text("受理编号")


def test_duties_stand_on_the_public_page_and_on_ones_own(seated: Any, open_context: Any) -> None:
    anybody = open_context(**PHONE).new_page()
    anybody.goto("/grids/")
    expect(anybody.locator("#post-grid_worker")).to_contain_text("照片不作要求")
    assert anybody.locator("#duties section").count() == 5
    chen = seated("chen", PHONE)
    chen.goto("/staff/seats")
    assert chen.locator("#duties li").count() == 5


def test_what_is_not_theirs_opens_to_nobody(seated: Any, site: Any) -> None:
    other = site.rows("SELECT id FROM areas_area WHERE level = 'county' ORDER BY id LIMIT 1")[0]["id"]
    for who, address, status in (
        ("ben", "/desk/reports/", 403),
        ("audit", "/desk/reports/", 403),
        ("chen", "/desk/reports/units/", 403),
        ("dana", f"/desk/reports/{other}/2026-11-02/", 404),
        ("dana", "/desk/reports/1/someday/", 404),
    ):
        answer = seated(who).goto(address)
        assert answer.status == status, f"{address} as {who}"
