"""Snow closes the roads: Dana asks, the subdistrict approves, Ava says what she needs, Chen notes who brings it."""

from __future__ import annotations

import pytest
from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey

REASON = "大雪封路，超市送不进来。"
BANNER = ".notice.emergency:has-text('示例1社区')"
HOME = "2 单元 501 室"


@pytest.fixture
def mode(open_context, enter, site):
    """The address of a request for the community, and Dana, who asked."""
    enter(open_context(**DESKTOP), "subdistrict")
    dana = enter(open_context(**DESKTOP), "dana")
    dana.goto("/desk/emergency/")
    dana.click("a.first")
    dana.fill("[name=reason]", REASON)
    dana.fill("[name=days]", "0")
    dana.click("form.panel button.first")
    assert "天数要在" in dana.inner_text("main") and dana.input_value("[name=reason]") == REASON
    dana.fill("[name=days]", "3")
    dana.click("form.panel button.first")
    assert "批准后才打开" in dana.inner_text("[role=status]")
    yield dana.url.split("?")[0], dana
    dana.goto(dana.url)
    if dana.locator("#end").count():
        dana.fill("[name=end_words]", "雪停了。")
        dana.click("#end button.danger")


def test_from_the_request_to_the_door_and_the_end(open_context, enter, site, mode):
    address, dana = mode
    ava = open_context(**PHONE).new_page()
    ava.goto("/")
    assert not ava.locator(BANNER).count()
    # Whoever asked has nothing to approve with.
    assert not dana.locator("#approve").count()
    dana.goto("/desk/emergency/ask/")
    dana.fill("[name=reason]", REASON)
    dana.click("form.panel button.first")
    assert "已经有人申请" in dana.inner_text("main")

    subdistrict = enter(open_context(**DESKTOP), "subdistrict")
    subdistrict.goto(address)
    subdistrict.click("#approve button.first")
    assert "应急模式打开了" in subdistrict.inner_text("[role=status]")

    ava.reload()
    ava.click(f"{BANNER} a")
    ava.select_option("[name=item]", "baby")
    ava.fill("[name=door]", "DOOR0001")
    ava.fill("[name=home]", f"{HOME}<script>alert(1)</script>")
    ava.fill("[name=phone]", "13900000000")
    ava.fill("[name=quantity]", "0")
    ava.click("form.panel button.first")
    assert "几份要在 1 到" in ava.inner_text("main") and ava.input_value("[name=phone]") == "13900000000"
    ava.fill("[name=quantity]", "2")
    ava.click("form.panel button.first")
    assert "工作人员已看到" in ava.inner_text("main") and "13900000000" not in ava.content()
    (row,) = site.rows("SELECT * FROM alerts_need ORDER BY id DESC LIMIT 1")
    assert b"13900000000" not in bytes(row["sealed"])

    chen = enter(open_context(**PHONE), "chen")
    chen.click(f"{BANNER} a")
    assert "13900000000" not in chen.content()
    chen.click("#needs .rows a")
    assert "13900000000" in chen.inner_text("#who") and "<script>" in chen.inner_text("#who")
    chen.fill("[name=who]", "暖心超市")
    chen.click("#supplies button.first")
    assert "已记下谁送" in chen.inner_text("[role=status]")
    chen.click("text=送到了")
    assert "已送到" in chen.inner_text("h1 + p")
    ava.reload()
    assert "已送到" in ava.inner_text("main")

    dana.goto(address)
    assert "0 件未完成" in dana.inner_text("#needs")
    assert dana.request.get(f"{address}needs.csv").text().count("13900000000") == 1
    dana.fill("#end [name=end_words]", "路通了。")
    dana.click("#end button.danger")
    assert "已结束" in dana.inner_text("[role=status]")
    ava.goto("/")
    assert not ava.locator(BANNER).count()


def test_wrong_roles_see_no_need_and_approve_nothing(open_context, enter, mode):
    address, _ = mode
    for who, status in (("eli", 404), ("other_desk", 404), ("ben", 403), ("water", 403), ("system", 403)):
        page = enter(open_context(**DESKTOP), who)
        assert page.goto(address).status == status, who
        for part in ("do/approve/", "do/end/", "do/need/"):
            assert page.request.post(f"{address}{part}").status in (403, 404), (who, part)
    chen = enter(open_context(**DESKTOP), "chen")
    assert chen.goto("/desk/emergency/ask/").status == 403
    passer_by = open_context(**PHONE).new_page()
    number = address.rstrip("/").rsplit("/", 1)[1]
    assert passer_by.goto(f"/emergency/{number}/").status == 404
