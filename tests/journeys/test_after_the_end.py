"""What happens after the end: Ava is asked whether it held, says what is unreasonable about "unreasonable", and silence
stays silence; whoever has no business with it is turned away at the door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_story import AT_HOME, do_in_the_field, move_at_the_desk, report

pytestmark = pytest.mark.journey

RUBBISH = "楼道里堆满了杂物，走路都困难"
WHY = "要求每天派三个人上门陪聊，没有依据。"


@pytest.fixture
def open_screen(open_context):
    """`open_screen("phone")`: another person's browser."""
    return lambda size: open_context(**{"phone": PHONE, "desktop": DESKTOP}[size])


@pytest.fixture
def told(open_context, site):
    """Ava's page, with the number and the link of a case that Chen's team holds."""
    ava = open_context(geolocation=AT_HOME, permissions=["geolocation"], **PHONE).new_page()
    number, link = report(ava, RUBBISH, pin=True)
    site.wait_for(number, "dispatched")
    return ava, number, link


def a_working_day_passes(site: Any, number: str) -> None:
    """Whatever was put off for this case is due now."""
    site.rows("UPDATE cases_case SET look_again_at = now() WHERE number = %s RETURNING id", number)


def moves(site: Any, number: str) -> list[str]:
    rows = site.rows(
        "SELECT move FROM cases_event e JOIN cases_case c ON c.id = e.case_id WHERE number = %s ORDER BY e.seq", number
    )
    return [row["move"] for row in rows]


def solved(told: Any, open_screen: Any, enter: Any, site: Any) -> Any:
    """Chen says when and where he did it, because he wishes to; Ava is content, and the case is closed."""
    ava, number, link = told
    chen = enter(open_screen("phone"), "chen")
    chen.goto(f"/field/cases/{number}/")
    if chen.locator(f"form[action='/field/cases/{number}/take/'] button").count():
        chen.click(f"form[action='/field/cases/{number}/take/'] button")
    if chen.locator("#move-do:not([open])").count():
        chen.click("#move-do summary")
    chen.fill("#move-do [name=words]", "杂物已经清走。")
    chen.click("#move-do details summary")
    now = site.rows("SELECT now() AT TIME ZONE 'Asia/Shanghai' AS now")[0]["now"]
    chen.fill("#move-do [name=done_at]", f"{now:%Y-%m-%dT%H:%M}")
    chen.fill("#move-do [name=done_place]", "三单元门口")
    chen.click("#move-do form > .row button")
    chen.wait_for_url("**/field/?done=do")
    ava.goto(link)
    assert "地点：三单元门口" in ava.inner_text(".life")
    ava.click("form[action$='/do/solved/'] button")
    site.wait_for(number, "closed")
    return ava


def asked(told: Any, open_screen: Any, enter: Any, site: Any) -> Any:
    """The same, and the question is put."""
    ava, number, link = told[0], told[1], told[2]
    solved(told, open_screen, enter, site)
    ava.goto(link)
    assert ava.locator("form[action$='/do/held/']").count() == 0, "she is not asked before a working day has passed"
    a_working_day_passes(site, number)
    for _ in range(100):
        if moves(site, number)[-1] == "ask":
            break
        ava.wait_for_timeout(100)
    ava.goto(link)
    return ava


def test_ava_is_asked_once_and_says_that_it_held(told, open_screen, enter, site):
    ava, number = asked(told, open_screen, enter, site), told[1]
    ava.click("#reopen form[action$='/do/held/'] button")
    assert "谢谢您告诉我们" in ava.inner_text("main")
    assert ava.locator("form[action$='/do/held/']").count() == 0
    assert (site.case(number)["state"], moves(site, number)[-2:]) == ("closed", ["ask", "verify"])
    a_working_day_passes(site, number)
    ava.wait_for_timeout(1500)
    assert moves(site, number)[-1] == "verify", "nobody asks twice"


def test_ava_says_that_it_did_not_hold_and_it_is_opened_again(told, open_screen, enter, site):
    ava, number = asked(told, open_screen, enter, site), told[1]
    ava.fill("#reopen textarea", "今天早上又堆上了")
    ava.click("#reopen form[action$='/do/reopen/'] button")
    assert site.wait_for(number, "dispatched")["is_open"]
    assert "您说又出了问题" in ava.inner_text(".life")


def test_silence_is_told_as_silence_and_counted_so(told, open_screen, enter, site):
    ava, number, link = told
    do_in_the_field(enter(open_screen("phone"), "chen"), number, "杂物已经清走。")
    before = counted(site)
    # The days in which she could have answered are over.
    a_working_day_passes(site, number)
    ava.wait_for_timeout(800)
    assert site.case(number)["state"] == "done", "she has seven days, whenever the machine looks"
    move_at_the_desk(enter(open_screen("desktop"), "dana"), number, "verify")
    site.wait_for(number, "closed")
    assert counted(site) == {**before, "solved": before["solved"] + 1}
    ava.goto(link)
    assert "工作人员看过，没有等到您的回复" in ava.inner_text(".life")
    command = enter(open_screen("desktop"), "command", f"/command/areas/{site.town.community}/")
    assert {"反映人确认", "没有回复"} <= set(command.locator("th").all_inner_texts())


def counted(site: Any) -> dict[str, int]:
    row = site.rows(
        "SELECT sum(solved) AS solved, sum(confirmed) AS confirmed, sum(unheard) AS unheard FROM cases_tally"
    )
    return {name: int(value or 0) for name, value in row[0].items()}


# Unreasonable ---------------------------------------------------------------------------------------------------------


def post(page: Any, address: str, **form: str) -> int:
    """What a browser that skips the page would send, with the token that the page was given."""
    token = next(each["value"] for each in page.context.cookies() if each["name"] == "csrftoken")
    answer = page.request.post(address, form={"csrfmiddlewaretoken": token, **form}, max_redirects=0)
    return int(answer.status)


def test_two_others_find_it_unreasonable_and_ava_objects(told, open_screen, enter, site):
    ava, number, link = told
    dana = enter(open_screen("desktop"), "dana")
    move_at_the_desk(dana, number, "unreasonable", words=WHY)
    assert dana.locator("#move-review").count() == 0, "who proposed it does not review it"

    # The grid that holds it, Dana herself and somebody from another desk try all the same.
    chen = enter(open_screen("phone"), "chen")
    chen.goto(f"/field/cases/{number}/")
    other = enter(open_screen("desktop"), "other_desk")
    other.goto("/desk/")
    address = f"/desk/cases/{number}/review/"
    for page in (chen, dana, other):
        assert post(page, address, review="agrees", words=WHY) in (200, 403, 404)
    assert site.case(number)["question"] == "unreasonable"

    office = enter(open_screen("phone"), "subdistrict")
    move_at_the_desk(office, number, "review", review="agrees", words="看过了，同意：没有依据。")
    assert site.case(number)["is_open"]
    assert post(office, address, review="agrees", words=WHY) == 200
    assert site.case(number)["is_open"], "one and the same person is one"
    command = enter(open_screen("desktop"), "command")
    move_at_the_desk(command, number, "review", review="agrees", words="每天上门陪聊没有政策依据，可以找老年食堂活动。")
    closed = site.wait_for(number, "closed")
    assert closed["outcome"] == "unreasonable"

    ava.goto(link)
    shown = ava.inner_text("main")
    assert "可以找老年食堂活动" in shown and "不同意这个认定" in shown
    ava.fill("#reopen textarea", "我没有要人陪聊，我要的是清楼道。")
    ava.click("#reopen form[action$='/do/reopen/'] button")
    site.wait_for(number, "dispatched")
    dana.goto(f"/desk/cases/{number}/")
    assert dana.locator("#move-unreasonable").count() == 0, "nobody calls it unreasonable a second time"
    # What she reports next knows nothing of it.
    second, _ = report(ava, "三楼的杂物也没有清", pin=True)
    site.wait_for(second, "dispatched")
    dana.goto(f"/desk/cases/{second}/")
    assert "不合理诉求" not in dana.inner_text(".its-life, #life")


def test_a_no_lets_it_go_on(told, open_screen, enter, site):
    _, number, _ = told
    move_at_the_desk(enter(open_screen("desktop"), "dana"), number, "unreasonable", words=WHY)
    office = enter(open_screen("desktop"), "subdistrict")
    move_at_the_desk(office, number, "review", review="disagrees", words="反映的是楼道杂物，应当办理。")
    now = site.case(number)
    assert (now["state"], now["question"]) == ("dispatched", "")
    assert now["holder_due_at"] is not None and now["holder_due_at"] - now["heard_at"] > timedelta(hours=1)
