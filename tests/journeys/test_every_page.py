"""Every page, looked at as residents and staff look: on a phone and at a desk, in both languages, large, dark."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests import mediating
from tests.alerts.people import HOUSEHOLD
from tests.journeys.conftest import DESKTOP, PHONE, ROOT, Site
from tests.journeys.furnishing import Furnished
from tests.journeys.looking import Look, axe_faults, faults_of, keyboard_faults, turn
from tests.journeys.pages import NO_PAGES, PAGES, PASSER_BY, Page, names

from doorstep.fronts.entering import COOKIE

SIZES = {"phone": PHONE, "desktop": DESKTOP}
MODES = [(elder, dark) for elder in (False, True) for dark in (False, True)]


def test_every_address_is_listed_as_a_page_or_as_none():
    listed = {page.name for page in PAGES}
    assert listed | set(NO_PAGES) == names()
    assert listed & set(NO_PAGES) == set()


@pytest.fixture(scope="session")
def furnished(site: Site) -> Furnished:
    """What there is to see in the house."""
    command = [sys.executable, "-m", "tests.journeys.furnishing"]
    town = json.dumps(dataclasses.asdict(site.town))
    # Judging these few houses takes less time than loading the compiler for it.
    environment = {**site.environment, "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(command, env=environment, cwd=ROOT, input=town, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(f"The house could not be furnished:\n{done.stderr[-4000:]}")
    return Furnished(**json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="session")
def data(site: Site, furnished: Furnished) -> list[str]:
    """Names and sentences that stay as they were written, the longest first."""
    written = site.rows(
        "SELECT name FROM areas_area UNION SELECT name FROM areas_door UNION SELECT name FROM areas_building"
        " UNION SELECT name FROM staff_unit UNION SELECT name FROM staff_person"
        " UNION SELECT words FROM alerts_reminder"
        " UNION SELECT reason FROM alerts_emergency UNION SELECT promised_by FROM alerts_supply"
        " UNION SELECT unnest(ARRAY[name, about]) FROM alerts_patrol"
        " UNION SELECT unnest(ARRAY[meets, reminds]) FROM alerts_round"
        " UNION SELECT unnest(ARRAY[title, why, basis]) FROM catalogue_demand"
        " UNION SELECT field ->> 'label' FROM catalogue_demand, jsonb_array_elements(fields) field"
        " UNION SELECT words FROM cases_said UNION SELECT place_words FROM cases_case"
        " UNION SELECT row ->> 'reason' FROM cases_dispatch_table, jsonb_array_elements(rows) row"
    )
    return sorted({row["name"] for row in written} - {""} | mediating.WRITTEN | HOUSEHOLD, key=len, reverse=True)


@pytest.fixture(scope="module")
def screens(site: Site, furnished: Furnished, browser: Any) -> Iterator[Callable[..., Any]]:
    """`screens(who, size, lang)` is somebody's browser, in which scripts and styles are fetched once for all pages."""
    with ExitStack() as opened:

        @cache
        def screen(who: str, size: str, lang: str) -> Any:
            context = browser.new_context(
                base_url=site.address, timezone_id="Asia/Shanghai", reduced_motion="reduce", **SIZES[size]
            )
            opened.callback(context.close)
            cookies = {"lang": lang, "theme": "light"}
            if who is not PASSER_BY:
                cookies[COOKIE] = furnished.keys[who]
            context.add_cookies([{"name": name, "value": kept, "url": site.address} for name, kept in cookies.items()])
            return context

        yield screen


@pytest.fixture
def visit(site: Site, furnished: Furnished, screens: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """`visit(page, size, lang)` opens it in a browser of that size; `complaints` of the browser are kept beside it."""
    opened = []

    def open_page(wanted: Page, size: str, lang: str) -> tuple[Any, list[str]]:
        complaints: list[str] = []
        page = screens(wanted.who, size, lang).new_page()
        opened.append(page)
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("console", lambda said: _hear(said, complaints))
        page.on("request", lambda asked: _stray(asked, complaints))
        page.on("requestfailed", lambda asked: _miss(asked, complaints))
        answer = page.goto(wanted.at(site.town, furnished))
        if answer.status != wanted.status:
            complaints.append(f"answered {answer.status}")
        page.evaluate("document.fonts.ready.then(() => 0)")
        return page, complaints

    yield open_page
    for page in opened:
        page.close()


def _hear(said: Any, complaints: list[str]) -> None:
    # The browser grumbles at the status of a page that says no, which is looked at by itself, and at its own drawing.
    if said.type in ("error", "warning") and not re.search("a status of 4|GL Driver Message", said.text):
        complaints.append(f"console: {said.text[:300]}")


def _stray(asked: Any, complaints: list[str]) -> None:
    # No tiles, fonts or scripts from elsewhere: the pages and the live figures are on this machine.
    if urlsplit(asked.url).hostname not in ("127.0.0.1", None):
        complaints.append(f"asked elsewhere: {asked.url}")


def _miss(asked: Any, complaints: list[str]) -> None:
    if "ERR_ABORTED" not in (asked.failure or ""):
        complaints.append(f"did not come: {asked.url} {asked.failure}")


def _named(pages: tuple[Page, ...]) -> list[Any]:
    """Each page with a name of its own: the address's, and which of several situations."""
    seen: Counter[str] = Counter()
    named = []
    for page in pages:
        seen[page.name] += 1
        number = f"-{seen[page.name]}" if seen[page.name] > 1 else ""
        named.append(pytest.param(page, id=f"{page.name}{number}"))
    return named


# What stands on a phone mostly stands on a desk too; the desk's turn is among the long tests.
IN_TURN = [pytest.param(size, marks=[] if size == "phone" else [pytest.mark.long]) for size in SIZES]


@pytest.mark.journey
@pytest.mark.parametrize("size", IN_TURN)
@pytest.mark.parametrize("wanted", _named(PAGES))
def test_a_page_can_be_read_and_used_by_everybody(wanted, size, visit, data):
    page, complaints = visit(wanted, size, "zh")
    look = Look("zh")
    faults = faults_of(page, look, frame=wanted.frame, data=data)
    faults += axe_faults(page) + keyboard_faults(page)
    assert complaints + faults == []


@pytest.mark.long
@pytest.mark.journey
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("wanted", _named(PAGES))
def test_a_page_can_be_read_in_every_language_size_and_light(wanted, lang, size, visit, data):
    page, complaints = visit(wanted, size, lang)
    faults = []
    for elder, dark in MODES:
        look = Look(lang, elder, dark)
        turn(page, look)
        seen = faults_of(page, look, frame=wanted.frame, data=data)
        # Dark changes nothing but colours, and larger letters nothing but sizes.
        seen += axe_faults(page, *(["color-contrast"] if dark else []))
        faults += [f"{look}: {fault}" for fault in seen]
    assert complaints + faults == []
