"""What one cannot do alone: Dana whistles, two units answer and are scored; Chen calls the level above."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_story import AT_HOME, report

pytestmark = pytest.mark.journey

RUBBISH = "楼道里堆满了杂物，已经影响通行"


@pytest.fixture
def open_screen(open_context):
    """`open_screen("phone")`: another person's browser."""
    return lambda size: open_context(**{"phone": PHONE, "desktop": DESKTOP}[size])


@pytest.fixture
def reported(open_context, site):
    """Number and link of a case that Chen's team holds, and Ava's page."""
    ava = open_context(geolocation=AT_HOME, permissions=["geolocation"], **PHONE).new_page()
    number, link = report(ava, RUBBISH, pin=True)
    site.wait_for(number, "dispatched")
    return number, link, ava


@pytest.fixture
def number(reported) -> str:
    """The case alone."""
    return reported[0]


def parts(site: Any, number: str) -> list[dict[str, Any]]:
    return site.rows("SELECT * FROM cases_part WHERE whole_number = %s", number)


def tomorrow(site: Any) -> str:
    return str((site.rows("SELECT now() AT TIME ZONE 'Asia/Shanghai' AS now")[0]["now"] + timedelta(days=1)).date())


def test_dana_whistles_and_two_units_do_their_part(open_screen, enter, number, site):
    dana = enter(open_screen("desktop"), "dana")
    dana.goto(f"/desk/cases/{number}/")
    dana.click(f"a[href='/desk/cases/{number}/together/']")
    for unit in ("water", "subdistrict_office"):
        dana.check(f"[name=unit][value='{site.town.units[unit]}']")
    dana.fill("#call [name=words]", "请一起到现场看水管和路面")
    dana.fill("[name=place]", "3 号楼东门")
    dana.fill("[name=meet_on]", tomorrow(site))
    dana.fill("[name=meet_time]", "14:30")
    dana.click("#call form button")
    assert dana.locator("table.calls tbody tr").count() == 2
    made = {row["unit_id"]: row for row in parts(site, number)}
    assert {row["place"] for row in made.values()} == {"3 号楼东门"}

    # The water company sees its own part: where, when and what, and nothing of the case it belongs to.
    mine = made[site.town.units["water"]]
    worker = enter(open_screen("phone"), "water")
    worker.goto("/desk/calls/")
    worker.click(f"a[href='/desk/cases/{mine['number']}/']")
    assert "3 号楼东门" in worker.inner_text("main") and "已经影响通行" not in worker.inner_text("main")
    worker.click("form[action$='/take/'] button")
    assert [row["unit_id"] for row in parts(site, number) if row["answered_at"]] == [site.town.units["water"]]
    worker.click("#move-do summary")
    worker.fill("#move-do [name=words]", "水管已修好，路面已冲净")
    worker.click("#move-do form button")
    assert worker.goto(f"/desk/cases/{number}/").status == 404

    # Dana scores the part; the other unit is still at it, so the case is not done.
    dana.goto(f"/desk/cases/{number}/together/")
    dana.click(f"#judge-{mine['number']} summary")
    dana.check(f"#judge-{mine['number']} [name=score][value='4']")
    dana.click(f"#judge-{mine['number']} form button")
    assert "4" in dana.inner_text("table.calls")
    chen = enter(open_screen("phone"), "chen")
    chen.goto(f"/field/cases/{number}/")
    if chen.locator("#move-do:not([open])").count():
        chen.click("#move-do summary")
    chen.fill("#move-do textarea", "都清好了")
    chen.click("#move-do form button")
    assert chen.is_visible(".refusal, .notice[data-tone=alarm]")
    assert site.case(number)["state"] in ("dispatched", "taken")


def test_dana_is_told_what_a_call_lacks_and_keeps_what_she_wrote(screen, enter, number):
    dana = enter(screen, "dana")
    dana.goto(f"/desk/cases/{number}/together/")
    dana.fill("#call [name=words]", "请一起看")
    dana.click("#call form button")
    assert dana.is_visible("#call .refusal, #call .notice[data-tone=alarm]")
    assert dana.input_value("#call [name=words]") == "请一起看"


def test_chen_calls_the_level_above_and_ava_reads_why(open_screen, enter, reported, site):
    number, link, ava = reported
    chen = enter(open_screen("phone"), "chen")
    chen.goto(f"/field/cases/{number}/")
    chen.click("#move-raise summary")
    chen.fill("#move-raise textarea", "物主不肯搬，需要社区一起上门")
    chen.click("#move-raise form button")
    site.wait_for(number, "dispatched")
    assert site.case(number)["holder_unit_id"] == site.town.units["community_desk"]
    ava.goto(link)
    assert "物主不肯搬" in ava.inner_text("main")

    # The weekly meeting speaks about it by itself; what it decides stands on the case.
    dana = enter(open_screen("desktop"), "dana")
    dana.goto("/desk/meeting/")
    row = dana.locator(f"#case-{number}")
    row.locator("summary").click()
    row.locator("textarea").fill("社区周三上门，网格陪同")
    dana.click(f"#case-{number} form button")
    assert "社区周三上门" in dana.inner_text(f"#case-{number}")
    dana.goto(f"/desk/cases/{number}/")
    assert "社区周三上门" in dana.inner_text("main")
    assert enter(open_screen("phone"), "water").goto("/desk/meeting/").status == 403


def test_a_neighbour_and_another_grid_call_nobody(open_screen, enter, number):
    ben = enter(open_screen("phone"), "ben")
    assert ben.goto(f"/desk/cases/{number}/together/").status == 403
    eli = enter(open_screen("phone"), "eli")
    assert eli.goto(f"/desk/cases/{number}/together/").status == 404
