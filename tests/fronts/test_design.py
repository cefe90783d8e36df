"""The design page holds what it promises: in a real browser, at each size, in each mode, for each reader."""

import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page

AXE = Path(__file__).parents[2] / "vendor" / "tests" / "axe.min.js"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
PAGES = ["/design/", "/design/staff/", "/design/wall/", "/design/sheet/"]
MODES = [
    {},
    {"theme": "dark", "lang": "en"},
    {"elder": "on"},
    {"elder": "on", "theme": "dark", "lang": "en"},
]
# Each page is looked at in the two modes that differ most; the others wait for the long run.
LOOKS = [
    pytest.param(
        habits, size, marks=() if (habits, size) in ((MODES[0], PHONE), (MODES[1], DESK)) else pytest.mark.long
    )
    for habits in MODES
    for size in (PHONE, DESK)
]

pytestmark = pytest.mark.journey


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *said: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, get_wsgi_application(), Threads, Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser(playwright_driver) -> Iterator[Browser]:
    chromium = playwright_driver.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=[
            "--no-sandbox",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            # Maps need WebGL; without a graphics card Chromium draws it in software.
            "--use-angle=swiftshader",
            "--enable-unsafe-swiftshader",
        ],
    )
    yield chromium
    chromium.close()


@pytest.fixture
def look(browser, address) -> Iterator[object]:
    """Open a page as a reader of these habits; whatever the browser complains of fails the test."""
    opened, complaints = [], []

    def look(path: str, size: dict[str, int] = DESK, scripts: bool = True, **habits: str) -> Page:
        context = browser.new_context(viewport=size, java_script_enabled=scripts)
        context.add_cookies([{"name": name, "value": kept, "url": address} for name, kept in habits.items()])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        opened.append(context)
        return page

    yield look
    for context in opened:
        context.close()
    # What the software drawing says of itself is no fault of the page.
    assert [said for said in complaints if "WebGL" not in said and "GPU" not in said and "GL Driver" not in said] == []


def drawn(page: Page) -> Page:
    for box in page.locator("[data-map]").all():
        box.and_(page.locator("[data-ready]")).wait_for()
    return page


@pytest.mark.parametrize(("habits", "size"), LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_keeps_anybody_from_using_the_page(look, path, habits, size):
    page = drawn(look(path, size, **habits))
    # Evaluated, not added as a tag: the content security policy lets nothing in.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    grave = [
        (fault["id"], [node["html"][:120] for node in fault["nodes"]][:3])
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]
    assert grave == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window"


SMALL_WORDS = """least => [...document.querySelectorAll("body *")].filter(element =>
  element.checkVisibility({visibilityProperty: true}) && !element.closest(".map, .chart, .qr")
  && [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
  && parseFloat(getComputedStyle(element).fontSize) < least).map(element => element.outerHTML.slice(0, 120))"""

TARGETS = "button, .button, .input, .choice, .nav a, .side a, .bar a, .tabs a"
SMALL_TARGETS = (
    f'least => [...document.querySelectorAll("{TARGETS}")]'
    + """
  .filter(element => element.checkVisibility({visibilityProperty: true}))
  .filter(element => element.getBoundingClientRect().height < least - 0.5)
  .map(element => element.outerHTML.slice(0, 120))"""
)


@pytest.mark.parametrize("path", PAGES[:3])
@pytest.mark.parametrize(("habits", "least_word", "least_target"), [({}, 14, 44), ({"elder": "on"}, 18, 60)])
def test_words_are_large_enough_to_read_and_targets_to_hit(look, path, habits, least_word, least_target):
    page = drawn(look(path, PHONE, **habits))
    assert page.evaluate(SMALL_WORDS, least_word) == []
    assert page.evaluate(SMALL_TARGETS, least_target) == []


def test_the_switches_work_without_scripts(look):
    page = look("/design/", PHONE, scripts=False)
    page.get_by_role("button", name="长者版").click()
    assert page.locator("html[data-elder]").count() == 1
    page.get_by_role("button", name="English").click()
    assert page.get_by_role("heading", level=1).first.inner_text() == "Design"
    assert page.url.endswith("/design/")


def test_a_half_written_report_survives_a_change_of_size(look):
    page = look("/design/")
    page.locator("#field-words").fill("The lamp is out")
    with page.expect_response("**/preferences/"):
        page.get_by_role("button", name="长者版").click()
    assert page.locator("html[data-elder]").count() == 1
    assert page.locator("#field-words").input_value() == "The lamp is out"
    page.reload()
    assert page.locator("html[data-elder]").count() == 1


def test_a_long_list_of_answers_is_narrowed_by_typing_and_keeps_what_is_picked(look):
    page = look("/design/")
    answers = page.locator("[name=grids]")
    answers.nth(4).check()
    page.locator("[data-narrows]").press_sequentially("12")
    assert [answers.nth(place).is_visible() for place in range(20)] == [place in (4, 11) for place in range(20)]
    page.locator("[data-narrows]").fill("")
    assert answers.nth(19).is_visible()


def test_words_that_no_answer_has_are_told_so(look):
    page = look("/design/")
    page.locator("[data-narrows]").press_sequentially("xyz")
    assert page.get_by_text("没有这样的选项").is_visible()


def test_a_long_list_of_answers_is_all_there_without_scripts(look):
    page = look("/design/", scripts=False)
    assert page.locator("[name=grids]").nth(19).is_visible()
    assert not page.locator("[data-narrows]").is_visible()


def test_the_map_can_be_used_from_its_list_and_tells_what_was_chosen(look):
    page = drawn(look("/design/"))
    page.evaluate("addEventListener('chosen', event => window.chosen = event.detail.code)")
    page.get_by_text("用列表查看").click()
    page.locator("[data-area='05']").click()
    assert page.evaluate("window.chosen") == "05"
    assert "52" not in page.locator(".map-card").inner_text()
    assert "77" in page.locator(".map-card").inner_text()


def test_new_counts_show_on_the_map_without_a_reload(look):
    page = drawn(look("/design/"))
    page.locator("#example-map").evaluate("map => map.dispatchEvent(new CustomEvent('counts', {detail: {'01': 77}}))")
    assert page.locator(".map-count", has_text="77").count() == 1


def test_whoever_has_no_webgl_gets_the_list(look, browser, address):
    context = browser.new_context()
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = drawn_without_map(context.new_page(), address)
    assert page.locator("details.map-list[open]").count() == 1
    assert "请看下面的列表" in page.locator("#example-map").inner_text()
    context.close()


def drawn_without_map(page: Page, address: str) -> Page:
    page.goto(f"{address}/design/")
    page.locator("#example-map[data-ready=no]").wait_for()
    return page


def test_the_table_beside_the_chart_can_be_taken_away_as_csv(look):
    page = look("/design/")
    page.locator("#example-chart svg").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "日期,今日收到,已解决"
    assert len(lines) == 8


def test_the_desk_can_be_worked_from_the_keyboard(look):
    page = look("/design/staff/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "DS-2611-0043"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == "DS-2611-0042"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("j")
    assert page.locator("#field-q").input_value() == "j"
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("?")
    assert page.locator("dialog#keys[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("dialog#keys[open]").count() == 0


def test_print_leaves_out_what_paper_cannot_do(look):
    page = look("/design/sheet/")
    page.emulate_media(media="print")
    assert not page.locator(".lintel").is_visible()
    assert not page.locator(".foot").is_visible()
    assert page.locator(".qr svg").count() == 3
