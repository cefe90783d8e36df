"""The desk of the other community draws a plan and changes it by hand: on a screen, on a phone, and without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = pytest.mark.journey

DESK = "other_desk"
DRAWN_WITHIN_MS = 120_000


def draw(page: Any) -> str:
    """A new draft, and the address of its page for changes by hand."""
    page.goto("/desk/districting/")
    page.select_option("#field-effort", "quick")
    page.get_by_role("button", name="开始划分").click(timeout=DRAWN_WITHIN_MS)
    page.wait_for_url(re.compile(r"/plans/\d+/$"), timeout=DRAWN_WITHIN_MS)
    page.get_by_role("link", name="手工调整这个草案").click()
    page.wait_for_url(re.compile("/by-hand/$"))
    return str(page.url)


def choose(page: Any, row: int = 0) -> str:
    """Choose a micro-grid in the list; its short name."""
    link = page.locator("#hand-pieces th a").nth(row)
    name = str(link.inner_text())
    link.click()
    page.locator("#chosen-piece h2", has_text=name).wait_for()
    return name


def give_first_house(page: Any) -> str:
    """Give the first house of the chosen micro-grid to the first neighbour; the place of that house."""
    tick = page.locator("#chosen-piece [name=atoms]").first
    house = str(tick.get_attribute("value"))
    tick.check()
    page.get_by_role("button", name="交给它").click()
    return house


def insist(page: Any) -> None:
    anyway = page.get_by_role("button", name="仍然这样做")
    done = page.locator(".rows li")
    anyway.or_(done.first).first.wait_for()
    if anyway.count():
        anyway.click()
    done.first.wait_for()


def where(site: Any, address: str, house: str) -> str:
    plan = re.findall(r"plans/(\d+)/", address)[0]
    rows = site.rows(
        "SELECT p.code FROM areas_plan_atom a JOIN areas_plan_piece p ON p.id = a.piece_id"
        " WHERE p.plan_id = %s AND a.position = %s",
        plan,
        house,
    )
    return str(rows[0]["code"])


def story(page: Any, site: Any) -> None:
    """Give a house away, take it back, give it again and say why."""
    address = draw(page)
    own = choose(page)
    house = give_first_house(page)
    insist(page)
    assert short(where(site, address, house)) != own
    page.get_by_role("button", name="撤销").click()
    page.get_by_role("button", name="恢复").wait_for()
    assert short(where(site, address, house)) == own
    page.get_by_role("button", name="恢复").click()
    page.fill("#field-reason", "这栋楼和那边共用一个门岗")
    page.get_by_role("button", name="保存理由").click()
    page.get_by_text("理由：这栋楼和那边共用一个门岗").first.wait_for()
    assert short(where(site, address, house)) != own
    width, seen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= seen


def short(code: str) -> str:
    return f"{int(code[12:15])}-{int(code[15:])}"


def test_the_desk_gives_a_house_to_the_neighbour_and_says_why(screen: Any, enter: Any, site: Any, houses: None) -> None:
    story(enter(screen, DESK, "/desk/"), site)


def test_it_does_the_same_without_scripts(without_scripts: Any, enter: Any, site: Any, houses: None) -> None:
    story(enter(without_scripts, DESK, "/desk/"), site)


def test_whoever_is_slower_sees_what_the_other_did_and_goes_on_from_there(
    desktop: Any, phone: Any, enter: Any, site: Any, houses: None
) -> None:
    one = enter(desktop, DESK, "/desk/")
    address = draw(one)
    choose(one)
    other = enter(phone, DESK, address)
    name = choose(other, row=1)
    other.get_by_role("button", name="锁定").click()
    other.get_by_role("button", name="解除锁定").wait_for()
    house = give_first_house(one)
    told = one.locator("#hand-panel [role=alert]")
    told.wait_for()
    assert f"锁定了 {name}" in told.inner_text()
    assert one.locator(f"#chosen-piece [name=atoms][value='{house}']").is_checked()
    # The list says it too: the page is what the draft now is.
    assert "已锁定" in one.locator("#hand-pieces tbody tr").nth(1).inner_text()


def test_a_house_is_pressed_and_dragged_on_the_map(desktop: Any, enter: Any, site: Any, houses: None) -> None:
    page = enter(desktop, DESK, "/desk/")
    address = draw(page)
    page.wait_for_selector("#hand[data-ready=yes]")
    middle = page.locator("#hand canvas").bounding_box()
    x, y = middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2
    tick = page.locator("#chosen-piece [name=atoms]:checked")
    # The houses of the map are drawn a moment after it.
    for _ in range(20):
        page.mouse.click(x, y)
        page.wait_for_timeout(500)
        if tick.count():
            break
    house = str(tick.get_attribute("value"))
    before = where(site, address, house)
    page.mouse.move(x, y)
    page.mouse.down()
    ghost = page.locator(".hand-ghost")
    for far in range(20, 400, 20):
        page.mouse.move(x + far, y)
        if ghost.inner_text():
            break
    named = str(ghost.inner_text()).split()[-1]
    page.mouse.up()
    insist(page)
    page.wait_for_timeout(200)
    assert short(where(site, address, house)) == named != short(before)
    page.keyboard.press("Control+z")
    page.get_by_role("button", name="恢复").wait_for()
    assert where(site, address, house) == before
