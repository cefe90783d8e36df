"""Dana founds a patrol, Ben joins it on his phone and plans a round, everybody reads when, and nothing stays behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journeys.conftest import DESKTOP, PHONE

from doorstep.core.time import clock
from doorstep.core.time.zone import local

pytestmark = pytest.mark.journey

NAME = "西门平安锣"
WORDS = "天冷，包好水管<script>alert(1)</script>"


def found(page, name=NAME):
    page.goto("/desk/patrols/")
    page.fill("[name=name]", name)
    page.click("#found button.first")


def plan(page, **more):
    page.click("#rounds summary")
    page.fill("[name=begins_at]", f"{local(clock.now() + timedelta(hours=20)):%Y-%m-%dT%H:%M}")
    page.fill("[name=meets]", "3 号楼下的凉亭")
    page.fill("[name=reminds]", more.get("reminds", WORDS))
    page.click("#rounds .move-form button.first")


def test_a_patrol_from_its_founding_to_its_end(open_context, enter, site):
    dana = enter(open_context(**DESKTOP), "dana")
    found(dana)
    assert "邻居可以自己报名" in dana.inner_text("[role=status]")
    found(dana)
    assert "同名" in dana.inner_text("main") and dana.input_value("[name=name]") == NAME
    # The desk founds and ends; it has nothing to plan a round with.
    assert not dana.locator("[name=begins_at]").count()

    ben = enter(open_context(**PHONE), "ben")
    ben.goto("/staff/patrols/")
    ben.click(f"h2 a:has-text('{NAME}')")
    assert not ben.locator("#members").count()
    ben.click("button.first")
    assert "示例ben" in ben.inner_text("#members")
    plan(ben, reminds="领补贴 www.evil.top")
    assert "不能写网址" in ben.inner_text("main")
    ben.fill("[name=reminds]", WORDS)
    ben.click("#rounds .move-form button.first")
    assert WORDS in ben.inner_text("#rounds") and "想来的：示例ben" in ben.inner_text("#rounds")

    ava = open_context(**PHONE).new_page()
    ava.goto("/")
    ava.click("a[href='/patrols/']")
    patrol = f"article:has-text('{NAME}')"
    assert WORDS in ava.inner_text(patrol) and "示例ben" not in ava.content()
    feed = ava.request.get(ava.get_attribute(f"{patrol} a[href$='.ics']", "href"))
    assert feed.status == 200 and "BEGIN:VEVENT" in feed.text() and "示例ben" not in feed.text()

    ben.click("text=这次来不了")
    assert "想来的" not in ben.inner_text("#rounds")
    ben.click("text=这次不走了")
    ava.reload()
    assert "这次不走了" in ava.inner_text(patrol)
    ben.click("text=路上看到问题")
    assert ben.url.endswith("/way/")
    ben.go_back()
    ben.click("text=退出这支队伍")
    members = "SELECT FROM alerts_member m JOIN alerts_patrol p ON p.id = m.patrol_id WHERE p.name = %s"
    assert site.rows(members, NAME) == []
    assert site.rows("SELECT FROM alerts_going g LEFT JOIN alerts_member m ON m.id = g.member_id WHERE m IS NULL") == []

    dana.goto("/desk/patrols/")
    dana.click(f"article:has-text('{NAME}') summary")
    dana.click(f"article:has-text('{NAME}') button.danger")
    assert "队伍已撤" in dana.inner_text("[role=status]")
    ava.reload()
    assert NAME not in ava.inner_text("main")


def test_nobody_else_joins_plans_or_founds(open_context, enter, site):
    dana = enter(open_context(**DESKTOP), "dana")
    found(dana, "东院平安锣")
    (row,) = site.rows("SELECT id FROM alerts_patrol WHERE ended_at IS NULL AND name = '东院平安锣'")
    for who in ("chen", "subdistrict", "command", "water", "system", "dana"):
        page = enter(open_context(**DESKTOP), who)
        assert page.request.post(f"/staff/patrols/{row['id']}/do/join").status == 403, who
        assert page.goto("/staff/patrols/").status == 403, who
        if who != "dana":
            assert page.goto("/desk/patrols/").status == 403, who
    other = enter(open_context(**DESKTOP), "other_desk")
    other.goto("/desk/patrols/")
    assert "东院平安锣" not in other.inner_text("main")
    passer_by = open_context(**PHONE).new_page()
    passer_by.goto("/staff/patrols/")
    assert "/staff/sign-in" in passer_by.url
