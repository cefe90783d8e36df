"""A day of Chen's: something is reported in his grid, he takes it, does it, and reports what he saw on the way."""

from __future__ import annotations

import uuid
from io import BytesIO

import pytest
from PIL import Image

pytestmark = pytest.mark.journey

RUBBISH = "楼道里堆满了杂物，请清理"


@pytest.fixture
def reported(site, open_context):
    """Ava has reported rubbish at a door of Chen's grid; the machine has sent it to him. Gives its number and words."""

    def report() -> tuple[str, str]:
        # A word of its own, since the same report twice from one door counts as one.
        words = f"{RUBBISH}（{uuid.uuid4().hex[:6]}）"
        page = open_context(java_script_enabled=False).new_page()
        page.goto("/d/DOOR0001")
        page.fill("[name=words]", words)
        page.locator("form:has([name=words]) button:not([type=button])").last.click()
        # Without scripts what was understood is shown once, to be confirmed.
        page.locator("form:has([name=seen]) button:not([type=button])").last.click()
        page.wait_for_url("**/received/")
        rows = site.rows(
            "SELECT number FROM cases_case c JOIN cases_said s ON s.case_id = c.id WHERE s.words = %s", words
        )
        number = rows[0]["number"]
        site.wait_for(number, "dispatched")
        page.close()
        return number, words

    return report


def a_picture() -> dict[str, object]:
    out = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(out, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def cases_that_say(site, words, columns):
    return site.rows(
        f"SELECT {columns} FROM cases_case c JOIN cases_said s ON s.case_id = c.id WHERE s.words = %s", words
    )


def moves_of(site, number):
    query = "SELECT move FROM cases_event e JOIN cases_case c ON c.id = e.case_id WHERE c.number = %s ORDER BY e.seq"
    return [row["move"] for row in site.rows(query, number)]


def test_chen_takes_it_does_it_with_a_picture_and_the_resident_is_asked(screen, enter, site, reported):
    number, words = reported()
    page = enter(screen, "chen", "/field/")
    page.get_by_role("link", name=words).click()
    page.get_by_role("button", name="我来办").click()
    assert "已接手" in page.get_by_role("status").first.inner_text()
    page.fill("#move-do [name=words]", "杂物已清走，楼道可以通行。")
    page.set_input_files("#move-do [name=photo]", a_picture())
    page.get_by_role("button", name="报办好").click()
    assert "已报办好" in page.locator("main").inner_text()
    assert moves_of(site, number)[-2:] == ["take", "do"]
    assert site.case(number)["state"] == "done"


def test_chen_does_it_with_the_keyboard_alone_and_without_a_picture(desktop, enter, site, reported):
    number, words = reported()
    page = enter(desktop, "chen", "/field/")
    # In a full house it may stand far down.
    for _ in range(300):
        page.keyboard.press("j")
        if words in page.evaluate("document.activeElement.innerText"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/field/cases/{number}/")
    page.keyboard.press("t")
    page.wait_for_url("**?done=take")
    page.focus("#move-do [name=words]")
    page.keyboard.type("杂物已清走，楼道可以通行。")
    page.get_by_role("button", name="报办好").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/field/?done=do")
    assert moves_of(site, number)[-1] == "do"


def test_chen_hands_it_back_and_says_why(phone, enter, site, reported):
    number, _ = reported()
    page = enter(phone, "chen", f"/field/cases/{number}/")
    page.locator("#move-decline > summary").click()
    page.select_option("#move-decline [name=basis]", "written")
    page.fill("#move-decline [name=cited]", "《物业管理条例》第四十五条")
    page.fill("#move-decline [name=words]", "这里是物业的公共区域，应由物业公司处理。")
    page.locator("#move-decline form button").click()
    page.wait_for_url("**/field/?done=decline")
    assert "decline" in moves_of(site, number)


def test_chen_writes_a_note_in_one_hand(phone, enter, site, reported):
    number, _ = reported()
    page = enter(phone, "chen", f"/field/cases/{number}/")
    page.locator("#move-note > summary").click()
    page.fill("#move-note [name=words]", "下午三点去看。")
    page.locator("#move-note form button").click()
    page.wait_for_url("**?done=note")
    assert "下午三点去看。" in page.locator("main").inner_text()


def test_chen_reports_what_he_sees_in_one_sentence(screen, enter, site):
    words = f"单元门口的井盖松动（{uuid.uuid4().hex[:6]}）"
    page = enter(screen, "chen", "/field/")
    page.get_by_role("link", name="我看到一件事").click()
    assert page.evaluate("document.activeElement.name") == "words"
    page.keyboard.type(words)
    page.get_by_role("button", name="上报").click()
    page.wait_for_url("**/field/?done=report*")
    found = cases_that_say(site, words, "c.source, c.lon")
    assert found == [{"source": "grid-worker", "lon": None}]


def test_where_chen_stands_is_asked_for_once_because_he_pressed(open_context, enter, site):
    phone = open_context(
        viewport={"width": 390, "height": 844},
        permissions=["geolocation"],
        geolocation={"longitude": 119.401, "latitude": 32.199, "accuracy": 8},
    )
    page = enter(phone, "chen", "/field/report")
    assert page.input_value("[name=lon]") == ""
    page.get_by_role("button", name="就在我这里").click()
    page.wait_for_function("document.querySelector('[name=lon]').value !== ''")
    words = f"路灯不亮（{uuid.uuid4().hex[:6]}）"
    page.fill("[name=words]", words)
    page.get_by_role("button", name="上报").click()
    page.wait_for_url("**/field/?done=report*")
    found = cases_that_say(site, words, "round(c.lon::numeric, 3)::float AS lon")
    assert found == [{"lon": 119.401}]


TOO_SMALL = """() => [...document.querySelectorAll('main a, main button, main summary, main input:not([type=hidden]), main select, main textarea, .bar a')]
  .filter((each) => each.checkVisibility() && !each.closest('p, dd, label, .queue-facts, .life'))
  .map((each) => [each.outerHTML.slice(0, 80), each.matches('.queue-title') ? each.closest('li').getBoundingClientRect() : each.getBoundingClientRect()])
  .filter(([, box]) => box.height > 0 && box.height < LEAST)
  .map(([html, box]) => `${Math.round(box.height)} px: ${html}`)"""  # noqa: E501 - a script


@pytest.mark.parametrize(("elder", "least"), [("off", 44), ("on", 60)])
@pytest.mark.parametrize("address", ["/field/", "/field/report", "CASE"])
def test_everything_chen_presses_is_as_large_as_a_thumb(phone, enter, site, reported, address, elder, least):
    number, _ = reported()
    phone.add_cookies([{"name": "elder", "value": elder, "url": site.address}])
    page = enter(phone, "chen", f"/field/cases/{number}/" if address == "CASE" else address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is pushed sideways"
    assert page.evaluate(TOO_SMALL.replace("LEAST", str(least))) == []
