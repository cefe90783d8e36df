"""A whole house for one person's story: a database, pages, worker and a real browser, all on loopback."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pyotp
import pytest
import shapely
from psycopg.rows import dict_row
from tests.town import LAT, LON, SQUARE_DEG, Town
from tests.visiting import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
UP_WITHIN_S = 60.0
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
LEAVES_WITHIN_MS = 30
ARRIVES_WITHIN_S = 15.0
# A page that is met with this has a fault of ours, whatever else the story looks at.
OUR_FAULT = 500


@dataclass
class Site:
    """The running house. `rows` asks its database as superuser, past all policies."""

    address: str
    town: Town
    dsn: str
    logs: Path
    environment: dict[str, str]
    keys: dict[str, list[Any]] = field(default_factory=dict)

    def rows(self, query: str, *given: Any) -> list[dict[str, Any]]:
        """What the database holds."""
        with psycopg.connect(self.dsn, row_factory=dict_row) as superuser:
            return superuser.execute(query, given).fetchall()

    def case(self, number: str) -> dict[str, Any]:
        """Where a case stands."""
        return self.rows("SELECT * FROM cases_case WHERE number = %s", number)[0]

    def wait_for(self, number: str, state: str, *, seconds: float = 60.0) -> dict[str, Any]:
        """The case once the worker has carried it there."""
        give_up_at = time.monotonic() + seconds
        while (now := self.case(number))["state"] != state:
            if time.monotonic() > give_up_at:
                log = (self.logs / "worker.log").read_text(errors="replace")[-2000:]
                pytest.fail(f"{number} is {now['state']}, not {state}, after {seconds:.0f} s. The worker said: {log}")
            time.sleep(0.05)
        return now


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The house with the town in it, open as long as this run of the tests."""
    with house(tmp_path_factory.mktemp("house")) as site:
        yield site


@contextmanager
def house(home: Path, **more: str) -> Iterator[Site]:
    """A house with the town in it; `more` stands in its environment."""
    from doorstep.config.serving import Address, processes
    from doorstep.core.postgres import APP, OWNER, SUPERUSER, temporary_server

    address = Address("127.0.0.1", _free_port())
    with temporary_server() as server, ExitStack() as running:
        told = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DOORSTEP_")},
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DJANGO_SETTINGS_MODULE": "doorstep.config.settings",
            "DATABASE_URL": server.dsn(OWNER),
            "DATABASE_APP_URL": server.dsn(APP),
            "DOORSTEP_SECRET_KEY": "only for journeys",
            "DOORSTEP_HOME": str(home),
            "DOORSTEP_STATIC": str(home / "static"),
            "DOORSTEP_STRICT_TEXT": "1",
            "DOORSTEP_SUPERVISED": "1",
            "JOURNEYS_TOTP": TOTP,
            # The receivers of the tests are on loopback.
            "DOORSTEP_CALL_INSIDE": "127.0.0.0/8",
            **more,
        }
        site = Site(str(address), _opened(told), server.dsn(SUPERUSER), home, told)
        for process in processes(address, 1, home):
            environment = {**told, **process.environment, "DOORSTEP_ADDRESS": site.address}
            running.enter_context(_running(process.name, process.command, environment, home))
        _wait_until_up(address, home)
        yield site


def _opened(told: dict[str, str]) -> Town:
    command = [sys.executable, "-m", "tests.journeys.opening"]
    opened = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=False)
    if opened.returncode:
        pytest.fail(f"The house for the journeys could not be opened:\n{opened.stderr[-4000:]}")
    return Town(**json.loads(opened.stdout.splitlines()[-1]))


@contextmanager
def _running(name: str, command: Any, told: dict[str, str], home: Path) -> Iterator[None]:
    with (home / f"{name}.log").open("wb") as log:
        child = subprocess.Popen(command, env=told, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            child.terminate()
            try:
                child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _free_port() -> int:
    """A port that is free and whose next one is too: live figures are served there."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            with suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return port
    raise RuntimeError("No two free ports beside each other.")


def _wait_until_up(address: Any, home: Path) -> None:
    from doorstep.config.serving import answers

    give_up_at = time.monotonic() + UP_WITHIN_S
    while not answers(address):
        if time.monotonic() > give_up_at:
            pytest.fail(f"The pages do not answer: {(home / 'web.log').read_text(errors='replace')[-4000:]}")
        time.sleep(0.1)


@pytest.fixture(scope="session")
def browser(playwright_driver: Any) -> Iterator[Any]:
    """Chromium without a window. A machine without it fails: a journey that nobody walked is no journey."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.fail("There is no Chromium here; `make test` installs it, or says how.")
    opened = playwright_driver.chromium.launch(
        executable_path=chromium,
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    )
    yield opened
    opened.close()


@pytest.fixture(scope="session", autouse=True)
def patient() -> Iterator[None]:
    """Whoever clicks or presses a key waits for the page that it leads to, as people do: the driver itself does not.

    Without it, what is asked next may be answered by the page that is about to go.
    """
    from playwright.sync_api import Locator, Page

    with pytest.MonkeyPatch.context() as patched:
        for kind, page_of in ((Page, lambda page: page), (Locator, lambda locator: locator.page)):
            for name in ("click", "press"):
                patched.setattr(kind, name, _patiently(getattr(kind, name), page_of))
        yield


def _patiently(act: Callable[..., None], page_of: Callable[[Any], Any]) -> Callable[..., None]:
    def acted(target: Any, *given: Any, **options: Any) -> None:
        page, leaving = page_of(target), []

        def leaves(request: Any) -> None:
            if request.is_navigation_request() and request.frame == page.main_frame:
                leaving[:] = [request]

        def arrives(_: Any) -> None:
            leaving.clear()

        def stays(request: Any) -> None:
            # What is sent back as a file leaves the page where it is.
            if request in leaving:
                leaving.clear()

        listeners = {"request": leaves, "framenavigated": arrives, "requestfailed": stays}
        for event, listener in listeners.items():
            page.on(event, listener)
        try:
            act(target, *given, **options)
            page.wait_for_timeout(LEAVES_WITHIN_MS)
            give_up_at = time.monotonic() + ARRIVES_WITHIN_S
            while leaving and time.monotonic() < give_up_at:
                page.wait_for_timeout(10)
        finally:
            for event, listener in listeners.items():
                page.remove_listener(event, listener)

    return acted


@pytest.fixture
def open_context(browser: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """Opens a browser of its own; what its pages complained of fails the story at its end."""
    complaints: list[str] = []
    with ExitStack() as opened:

        def open_one(**options: Any) -> Any:
            context = browser.new_context(base_url=site.address, locale="zh-CN", timezone_id="Asia/Shanghai", **options)
            opened.callback(context.close)
            context.set_default_timeout(15_000)
            context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
            context.on("response", lambda answer: _listen(answer, complaints))
            context.on("console", lambda said: _hear(said, complaints))
            return context

        yield open_one
    assert complaints == []


def _listen(answer: Any, complaints: list[str]) -> None:
    if answer.status >= OUR_FAULT:
        complaints.append(f"{answer.status} {answer.request.method} {answer.url}")


def _hear(said: Any, complaints: list[str]) -> None:
    # A refusal is an answer too, and the browser grumbles at its status.
    if said.type == "error" and "Failed to load resource" not in said.text:
        complaints.append(f"console: {said.text} ({said.location.get('url', '')})")


@pytest.fixture(scope="session")
def houses(site: Site) -> None:
    """Twenty houses of twenty households, where the other community has none yet."""
    from doorstep.core.geometry.metres import Projection

    for place in range(20):
        lon, lat = LON + SQUARE_DEG * (5 + place % 5 / 2.5), LAT - SQUARE_DEG * (place // 5) / 2
        x, y = Projection.of(LON).metres(lon, lat)
        site.rows(
            "INSERT INTO areas_building (community_id, source, source_id, name, address, kind, compound, footprint,"
            " lon, lat, x, y, floors, dwellings, dwellings_basis, lived_in, lived_in_basis, imported_at)"
            " VALUES (%s, 'own', %s, %s, '', 'apartments', '', %s, %s, %s, %s, %s, 6, 20, 'given', 20, 'given', now())"
            " RETURNING id",
            site.town.other_community,
            str(place),
            f"{place + 1} 号楼",
            shapely.to_wkb(shapely.box(lon, lat, lon + 2e-4, lat + 2e-4)),
            *(lon, lat, x, y),
        )


@pytest.fixture
def phone(open_context: Callable[..., Any]) -> Any:
    """A phone in one hand: 390 × 844, touched."""
    return open_context(**PHONE)


@pytest.fixture
def desktop(open_context: Callable[..., Any]) -> Any:
    """A desk: 1440 × 900, with keyboard and mouse."""
    return open_context(**DESKTOP)


@pytest.fixture(params=["phone", "desktop"])
def screen(request: pytest.FixtureRequest) -> Any:
    """Each of the two in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def without_scripts(open_context: Callable[..., Any]) -> Any:
    """A phone that runs no scripts."""
    return open_context(java_script_enabled=False, **PHONE)


@pytest.fixture
def enter(site: Site) -> Callable[..., Any]:
    """`enter(phone, "chen")`: a page on which this person is signed in and has come to where their day begins.

    Each signs in through the pages once; later browsers of the same person are given the key.
    """

    def enter_as(context: Any, who: str, wanted: str = "/staff/") -> Any:
        page = context.new_page()
        if who in site.keys:
            context.add_cookies(site.keys[who])
            page.goto(wanted)
        else:
            page.goto(f"/staff/sign-in?next={wanted}")
            sign_in(page, who)
            site.keys[who] = [each for each in context.cookies() if each["name"] == "doorstep_session"]
        return page

    return enter_as


def sign_in(page: Any, who: str) -> None:
    """Name, password and a code, on the sign-in page."""
    page.fill("#field-username", who.replace("_", "-"))
    page.fill("#field-password", PASSWORD)
    page.press("#field-password", "Enter")
    page.fill("#field-code", pyotp.TOTP(TOTP).now())
    page.press("#field-code", "Enter")
    page.wait_for_url(lambda url: "/second-factor" not in url)
