"""Ben signs up, is asked and comes, or does not; Chen sees who comes; an owner who is not there is not forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_story import AT_HOME, report

pytestmark = pytest.mark.journey

NO_ANSWER = "对门独居老太太这几天没出门，麻烦去看看她"
LEAK = "楼上漏水到我家天花板，楼上一直没人"
PLACE = "3 号楼 2 单元门口"


@pytest.fixture
def open_screen(open_context):
    """`open_screen("phone")`: another person's browser."""
    return lambda size: open_context(**{"phone": PHONE, "desktop": DESKTOP}[size])


@pytest.fixture
def reported(open_context, site):
    """`reported(words)`: number and link of a case that somebody has, and Ava's page."""

    def say(words: str) -> tuple[str, str, Any]:
        ava = open_context(geolocation=AT_HOME, permissions=["geolocation"], **PHONE).new_page()
        number, link = report(ava, words, pin=True)
        site.wait_for(number, "dispatched")
        return number, link, ava

    return say


@pytest.fixture
def ready(site, enter, open_screen):
    """Ben's phone, once he has signed up for the whole day; he takes it back at the end."""
    ben = enter(open_screen("phone"), "ben")
    ben.goto("/staff/neighbourhood/ready")
    for helps in ("look-in", "carry"):
        ben.check(f"[name=helps][value={helps}]")
    ben.check("[name=days][value=all]")
    ben.fill("[name=from_hour]", "00:00")
    ben.fill("[name=until_hour]", "23:59")
    ben.click("form:has([name=helps]) button.first")
    assert "已报名" in ben.inner_text("[role=status]")
    yield ben
    ben.goto("/staff/neighbourhood/ready")
    ben.click("form[action$='/ready/end'] button")
    assert "已删除" in ben.inner_text("[role=status]")
    assert site.rows("SELECT * FROM cases_readiness") == []


def call(page: Any, number: str) -> None:
    """From the page of the case to the neighbours, and call one of them to look in."""
    page.click(f"a[href='/desk/cases/{number}/neighbours/']")
    page.check("[name=help][value=look-in]")
    page.fill("#call [name=words]", "请去敲敲门，看看老人在不在家")
    page.fill("#call [name=place]", PLACE)
    page.click("#call form button")


def asked(site: Any, number: str) -> list[dict[str, Any]]:
    """Whoever is known to be asked for this case."""
    return site.rows(
        "SELECT a.* FROM cases_neighbour_asked a JOIN cases_neighbour_call n ON n.id = a.call_id"
        " JOIN cases_case c ON c.id = n.case_id WHERE c.number = %s",
        number,
    )


def test_ben_signs_up_is_asked_and_comes_and_chen_sees_him(open_screen, enter, reported, ready, site):
    number, link, ava = reported(NO_ANSWER)
    chen = enter(open_screen("phone"), "chen")
    chen.goto(f"/field/cases/{number}/")
    call(chen, number)
    assert "还没有人说去" in chen.inner_text("#now")
    was = site.case(number)

    # Ben reads what is needed and roughly where; the place is told to him once he has said that he comes.
    ready.goto("/staff/neighbourhood")
    ready.click("#calls a")
    assert "请去敲敲门" in ready.inner_text("main") and PLACE not in ready.inner_text("main")
    ready.click("button[value=coming]")
    assert PLACE in ready.inner_text("main")

    chen.goto(f"/desk/cases/{number}/neighbours/")
    assert "示例ben" in chen.inner_text("#now") and "人够了" in chen.inner_text("#now")
    ava.goto(link)
    assert "位邻居说会来" in ava.inner_text("main") and "ben" not in ava.inner_text("main")
    now = site.case(number)
    for column in ("holder_unit_id", "holder_due_at", "promised_by", "state"):
        assert now[column] == was[column], column

    # Once it is done, nothing is known any more of who came.
    chen.goto(f"/field/cases/{number}/")
    if chen.locator("#move-do:not([open])").count():
        chen.click("#move-do summary")
    chen.fill("#move-do textarea", "老人在家，耳背没听见")
    chen.click("#move-do form button")
    assert asked(site, number) == []


def test_ben_says_no_without_a_reason_and_nobody_reads_it(open_screen, enter, reported, ready, site):
    number, _, _ = reported(NO_ANSWER)
    dana = enter(open_screen("desktop"), "dana")
    dana.goto(f"/desk/cases/{number}/")
    call(dana, number)
    ready.goto("/staff/neighbourhood")
    ready.click("#calls a")
    ready.click("button[value=not-now]")
    assert "没关系" in ready.inner_text("[role=status]")
    assert not ready.locator("#calls").count()
    dana.goto(f"/desk/cases/{number}/neighbours/")
    assert "ben" not in dana.inner_text("main")
    dana.click("form[action$='/call-off/'] button")
    assert "已叫停" in dana.inner_text("#now")
    assert asked(site, number) == []
    facts = [row["facts"] for row in site.rows("SELECT facts FROM cases_event e JOIN cases_case c ON c.id = e.case_id"
                                               " WHERE c.number = %s AND facts ? 'neighbours'", number)]  # fmt: skip
    assert {each["neighbours"] for each in facts} <= {"called", "nobody-left", "over"}


def test_where_nobody_signed_up_chen_reads_what_to_do_instead_and_keeps_what_he_wrote(screen, enter, reported):
    number, _, _ = reported(NO_ANSWER)
    chen = enter(screen, "chen")
    chen.goto(f"/field/cases/{number}/")
    call(chen, number)
    assert "没有人报名" in chen.inner_text("#call") and "120" in chen.inner_text("#call")
    assert chen.input_value("#call [name=place]") == PLACE


def test_wrong_roles_call_nobody_and_answer_nothing(open_screen, enter, reported):
    number, _, _ = reported(NO_ANSWER)
    ben = enter(open_screen("phone"), "ben")
    for page in ("neighbours", "absent"):
        assert ben.goto(f"/desk/cases/{number}/{page}/").status == 403
    eli = enter(open_screen("phone"), "eli")
    for page in ("neighbours", "absent", "absent/notice"):
        assert eli.goto(f"/desk/cases/{number}/{page}/").status == 404
    chen = enter(open_screen("phone"), "chen")
    assert chen.goto("/staff/neighbourhood/ready").status == 403
    assert ben.goto("/staff/neighbourhood/calls/1000000/").status == 404


def test_chen_looks_for_an_owner_who_is_not_there_and_ava_reads_each_step(open_screen, enter, reported, site):
    number, link, ava = reported(LEAK)
    holder = site.case(number)["holder_unit_id"]
    team = site.town.units["grid_team"]
    who = "chen" if holder == team else "dana"
    assert holder in (team, site.town.units["community_desk"])
    page = enter(open_screen("phone" if who == "chen" else "desktop"), who)
    page.goto(f"/{'field' if who == 'chen' else 'desk'}/cases/{number}/")
    page.click(f"a[href='/desk/cases/{number}/absent/']")
    page.click("#step-tried [value=knocked]")
    page.fill("#step-tried textarea", "邻居说常年在外")
    page.click("#step-tried form button")
    assert "已记下" in page.inner_text("[role=status]")
    ava.goto(link)
    assert "试着联系户主：上门敲门，没有回应" in ava.inner_text("main")
    assert "常年在外" not in ava.inner_text("main")

    # Nobody waits for an owner, or puts a notice up, before others were asked.
    page.goto(f"/desk/cases/{number}/absent/")
    assert not page.locator("#review").count() and not page.locator("#step-notice").count()
    if page.locator("#step-asked:not([open])").count():
        page.click("#step-asked summary")
    page.click("#step-asked [value=neighbours]")
    page.click("#step-asked form button")
    ava.goto(link)
    assert "托人联系户主：托邻居转告" in ava.inner_text("main")

    # The notice says whom to call, and not what it is about.
    page.goto(f"/desk/cases/{number}/absent/notice/")
    notice = page.inner_text("main section")
    assert number in notice and "漏水" not in notice
    assert site.case(number)["look_again_at"] is not None
    assert site.case(number)["holder_unit_id"] == holder
