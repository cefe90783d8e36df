"""Take the pictures of the tutorial: walk its story in a running demo, in both languages, and keep what is seen.

`make demo` first, then `.venv/bin/python scripts/pictures.py [ADDRESS]`. Each telling adds a case to the demo.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
PASSWORD = "doorstep-demo"  # noqa: S105 - the demo prints it
LARGEST = 250_000
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 1}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
# Maps are drawn by WebGL, here without a graphics card.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--enable-unsafe-swiftshader"]
# What people write is theirs and is told in Chinese; the pages around it speak the reader's language.
REPORTED = "三号楼二单元楼道里堆满了纸箱，轮椅过不去"
DONE = "纸箱已清走，和住户说好以后放到楼下回收点。"
GRID_OF_CHEN = "001"


@dataclass
class Telling:
    """One walk through the story in one language."""

    browser: Any
    address: str
    lang: str
    screens: dict[str, Page] = field(default_factory=dict)
    number: str = ""
    link: str = ""

    def screen(self, who: str, size: dict[str, Any], **more: Any) -> Page:
        """A browser of this person's own."""
        if who not in self.screens:
            context = self.browser.new_context(
                base_url=self.address,
                locale={"zh": "zh-CN", "en": "en-GB"}[self.lang],
                timezone_id="Asia/Shanghai",
                reduced_motion="reduce",
                **size,
                **more,
            )
            context.add_cookies([{"name": "lang", "value": self.lang, "url": self.address}])
            context.set_default_timeout(30_000)
            self.screens[who] = context.new_page()
        return self.screens[who]

    def enter(self, who: str, size: dict[str, Any], wanted: str) -> Page:
        """Signed in, at this page."""
        page = self.screen(who, size)
        page.goto(f"/staff/sign-in?next={wanted}")
        if page.locator("#field-password").count():
            page.fill("#field-username", who)
            page.fill("#field-password", PASSWORD)
            page.press("#field-password", "Enter")
            page.wait_for_url(lambda url: "sign-in" not in url)
        page.goto(wanted)
        return page

    def take(self, page: Page, name: str, at: str = "") -> None:
        """Keep what the window shows now, with `at` in its middle, once its maps and charts are drawn."""
        wait_until_drawn(page)
        if at:
            page.locator(at).first.evaluate("part => part.scrollIntoView({block: 'center'})")
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        place = FOLDER / self.lang / f"{name}.webp"
        place.parent.mkdir(parents=True, exist_ok=True)
        picture.save(place, quality=82, method=6)
        if name == "desk" and self.lang == "en":
            # The first page of the repository is read where WebP may not be shown.
            picture.quantize(192).save(FOLDER / "desk.png", optimize=True)


def wait_until_drawn(page: Page) -> None:
    """Maps and charts load themselves where there is one in sight."""
    page.wait_for_load_state("networkidle")
    drawn = page.locator("[data-map]:not([data-on-request]):not([data-ready])")
    until(lambda: drawn.count() == 0, seconds=60)


def main(arguments: list[str]) -> int:
    """Tell the story in each language; say what was kept."""
    address = arguments[0] if arguments else "http://127.0.0.1:8000"
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for lang in ("en", "zh"):
            telling = Telling(browser, address, lang)
            for scene in (districting, posts, report, field_work, desk, verdict, figures, traces):
                scene(telling)
        browser.close()
    kept = {path: path.stat().st_size for path in FOLDER.rglob("*.*")}
    print(f"{len(kept)} pictures, {sum(kept.values()) / 1e6:.1f} MB")
    large = [str(path) for path, size in kept.items() if size > LARGEST]
    print(*large, sep="\n", end="\n" if large else "")
    return 1 if large else 0


def districting(telling: Telling) -> None:
    """Dana draws a plan and compares it with the one in force."""
    dana = telling.enter("dana", DESKTOP, "/desk/districting/")
    telling.take(dana, "districting")
    dana.click("form[action*='/desk/districting/'] button.first")
    dana.wait_for_url("**/plans/**", timeout=120_000)
    telling.take(dana, "plan")


def posts(telling: Telling) -> None:
    """The seats of the community, and where whoever holds one comes in."""
    nobody = telling.screen("nobody", DESKTOP)
    nobody.goto("/staff/sign-in")
    telling.take(nobody, "sign-in")
    dana = telling.enter("dana", DESKTOP, "/staff/posts/")
    telling.take(dana, "posts")
    dana.goto("/desk/doors/")
    if not dana.locator("input[name=code]").count():
        dana.click("button[name=make][value=one]")
        dana.wait_for_selector("input[name=code]")
    telling.take(dana, "doors")


def report(telling: Telling) -> None:
    """Ava writes a sentence and marks the place; she gets a number and a link."""
    place = in_the_grid_of_chen(telling)
    ava = telling.screen("ava", PHONE, geolocation=place, permissions=["geolocation"])
    ava.goto("/")
    telling.take(ava, "home")
    ava.goto("/report/")
    ava.fill("#field-words", REPORTED)
    ava.click("[data-here]")
    until(lambda: ava.input_value("[name=pin]"))
    ava.wait_for_selector("[data-proposal] *")
    telling.take(ava, "report", "[data-proposal]")
    ava.fill("[name=email]", "ava@example.org")
    ava.click("form.report button.first")
    ava.wait_for_selector(".case-number")
    telling.number = ava.inner_text(".case-number").strip()
    telling.link = ava.input_value("#follow-link")
    telling.take(ava, "received")


def in_the_grid_of_chen(telling: Telling) -> dict[str, float]:
    """A place well inside a micro-grid of the grid where Chen works."""
    dana = telling.screens["dana"]
    layer = dana.request.get(f"/desk/map/{community_of(telling)}/microgrids.geojson").json()
    outlines = [
        shapely.from_geojson(json.dumps(each["geometry"]))
        for each in layer["features"]
        if each["properties"]["code"][12:15] == GRID_OF_CHEN
    ]
    inside = max(outlines, key=lambda outline: outline.area).representative_point()
    return {"longitude": inside.x, "latitude": inside.y}


def field_work(telling: Telling) -> None:
    """Chen finds it in his list, takes it and says what was done."""
    case = f"/field/cases/{telling.number}/"
    chen = telling.enter("chen", PHONE, "/field/")
    until(lambda: chen.goto("/field/") and chen.locator(f"a[href='{case}']").count() > 0)
    telling.take(chen, "today")
    chen.goto(case)
    telling.take(chen, "field-case")
    chen.click(f"form[action='{case}take/'] button")
    chen.wait_for_selector(".notice[data-tone=done]")
    if chen.locator("#move-do:not([open])").count():
        chen.click("#move-do summary")
    chen.fill("#move-do textarea", DONE)
    telling.take(chen, "field-do", "#move-do")
    chen.click("#move-do form button")
    chen.wait_for_url("**/field/?done=do")


def desk(telling: Telling) -> None:
    """Dana's queue, the whole life of the case, and a case that waits for her answer."""
    dana = telling.enter("dana", DESKTOP, "/desk/")
    telling.take(dana, "desk")
    dana.goto(f"/desk/cases/{telling.number}/")
    telling.take(dana, "case")
    dana.goto("/desk/?tab=asked")
    dana.locator("#list .queue a[href*='/desk/cases/']").first.click()
    dana.wait_for_url("**/desk/cases/**")
    telling.take(dana, "question")


def verdict(telling: Telling) -> None:
    """Ava is asked whether it was really solved, and what the demo would have sent her can be read."""
    ava = telling.screens["ava"]
    ava.goto(telling.link)
    telling.take(ava, "follow")
    telling.take(ava, "verdict", "form[action$='/do/solved/']")
    ava.click("form[action$='/do/solved/'] button")
    until(lambda: ava.goto("/demo/outbox/") and telling.number in ava.inner_text("main"))
    telling.take(ava, "outbox")


def figures(telling: Telling) -> None:
    """The live map of the community, and the screen on the wall."""
    command = telling.enter("command", DESKTOP, "/command/")
    telling.take(command, "county")
    command.goto(f"/command/areas/{community_of(telling)}/")
    telling.take(command, "command")
    command.goto(f"/command/areas/{community_of(telling)}/wall/")
    telling.take(command, "wall")


def community_of(telling: Telling) -> str:
    """The id of the community of the story."""
    dana = telling.enter("dana", DESKTOP, "/desk/districting/")
    return dana.url.rstrip("/").rpartition("/")[2]


def traces(telling: Telling) -> None:
    """What the audit administrator reads."""
    telling.take(telling.enter("audit", DESKTOP, "/staff/audit/"), "audit")


def until(has_happened: Callable[[], Any], seconds: float = 30.0) -> None:
    """Look again until the machine has done its part."""
    give_up_at = time.monotonic() + seconds
    while not has_happened():
        if time.monotonic() > give_up_at:
            raise TimeoutError("The worker of the demo does not get on.")
        time.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
