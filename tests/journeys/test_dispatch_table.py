"""The city changes who gets what: rehearsed, published, followed; and a unit that objects is heard twice, not more."""

from __future__ import annotations

from typing import Any

import pytest
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_story import AT_HOME, move_at_the_desk, report

pytestmark = pytest.mark.journey

DOGS = "小区里有好几条流浪狗，见人就叫"
REASON = "流浪犬由社区统一劝导处置"
REHEARSED_WITHIN_MS = 60_000


@pytest.fixture
def ava(open_context: Any) -> Any:
    return open_context(geolocation=AT_HOME, permissions=["geolocation"], **PHONE).new_page()


@pytest.fixture
def seated(open_context: Any, enter: Any) -> Any:
    """`seated("command")`: this person's own page at a desk."""
    return lambda who: enter(open_context(**DESKTOP), who)


def reported(ava: Any, site: Any) -> tuple[str, str, dict[str, Any]]:
    """Number, link and row of a case about dogs, once it is dispatched."""
    number, link = report(ava, DOGS, pin=True)
    return number, link, site.wait_for(number, "dispatched")


def write_row(page: Any) -> None:
    """From the list of versions to a draft that holds one more row."""
    page.goto("/desk/tables/")
    page.click("form[action$='/do/begin/'] button, a[data-key=e]")
    page.click("a[href='/desk/tables/draft/rows/']")
    page.select_option("[name=holder]", "community")
    page.fill("[name=reason]", REASON)
    page.check("[name=what][value='stray-dog']")
    page.click("form button.first")
    assert REASON in page.inner_text("main")


def test_a_changed_table_is_rehearsed_published_and_followed_and_an_objection_to_it_ends(ava, seated, site):
    team, desk = site.town.units["grid_team"], site.town.units["community_desk"]
    assert reported(ava, site)[2]["holder_unit_id"] == team

    # The command centre writes a row, tries it on what was reported, and sees who would gain.
    command = seated("command")
    write_row(command)
    command.click("a[data-key=r]")
    command.click("form button.first")
    command.wait_for_selector("text=谁多了，谁少了", timeout=REHEARSED_WITHIN_MS)
    gained = command.locator("tr", has_text="示例community_desk").first.inner_text()
    assert "+1" in gained
    assert command.locator("tr", has_text="示例grid_team").first.inner_text().rstrip().endswith("-1")
    assert reported(ava, site)[2]["holder_unit_id"] == team

    # Published from today on, it is followed by the next case, and everybody reads why.
    command.click("a:has-text('回到草稿')")
    command.click("form[action$='/do/publish/'] button")
    number, link, case = reported(ava, site)
    assert case["holder_unit_id"] == desk
    ava.goto(link)
    ava.click("#why summary")
    assert REASON in ava.inner_text("#why") and "起执行" in ava.inner_text("#why")
    dana = seated("dana")
    dana.goto(f"/desk/cases/{number}/")
    dana.click("#why summary")
    assert REASON in dana.inner_text("#why")

    # The desk objects on a basis; the level above rejects it, and the second time the county has the last word.
    move_at_the_desk(dana, number, "decline", basis="place", words="这几条狗在围墙外，不在本社区")
    ava.goto(link)
    assert "不在本单位管辖区域内" in ava.inner_text("#objections")
    assert "围墙外" not in ava.inner_text("main")
    office = seated("subdistrict")
    move_at_the_desk(office, number, "reject", words="围墙内外都是本社区的范围。")
    move_at_the_desk(dana, number, "decline", basis="duties", words="社区没有捕犬的职责和人员")
    office.goto(f"/desk/cases/{number}/")
    assert office.locator("#move-reject").count() == 0
    move_at_the_desk(command, number, "dispatch", unit=str(site.town.units["subdistrict_office"]))
    after = site.case(number)
    assert (after["holder_unit_id"], after["question"]) == (site.town.units["subdistrict_office"], "")
    assert after["promised_by"] == case["promised_by"]
    office.goto(f"/desk/cases/{number}/")
    assert "上级裁定，不得再退" in office.inner_text("#objections")
    # What stands is not offered to be objected to once more.
    assert office.locator("#move-decline").count() == 0 and office.locator("#move-do").count() == 1
    ava.goto(link)
    told = ava.inner_text("#objections")
    assert "不成立，仍由原单位承办" in told and "成立，改由其他单位承办" in told


@pytest.mark.parametrize("who", ["dana", "chen", "water", "ben"])
def test_who_does_not_write_the_table_does_not_open_it(open_context, enter, who):
    page = enter(open_context(**DESKTOP), who)
    assert page.goto("/desk/tables/").status == 403
    assert page.goto("/desk/tables/draft/rehearse/").status == 403


def test_a_subdistrict_writes_about_its_own_places_and_publishes_nothing(seated, site):
    write_row(seated("command"))
    office = seated("subdistrict")
    office.goto("/desk/tables/")
    office.click("a[data-key=e]")
    assert office.locator("form[action$='/do/publish/']").count() == 0
    office.click("a[href='/desk/tables/draft/rows/']")
    office.select_option("[name=holder]", "subdistrict")
    office.fill("[name=reason]", "夜间由镇街值班处置")
    office.fill("[name=hours]", "20:00-06:00")
    office.click("form button.first")
    assert "本辖区" in office.inner_text("main")
    office.fill("[name=places]", "321102001")
    office.click("form button.first")
    assert "夜间由镇街值班处置" in office.inner_text("main")
    # What is open is laid aside, so that the house is as it was.
    command = seated("command")
    command.goto("/desk/tables/")
    command.click("a[data-key=e]")
    command.click("form[action$='/do/discard/'] button")
    assert site.rows("SELECT count(*) AS n FROM cases_dispatch_table WHERE state = 'draft'")[0]["n"] == 0
