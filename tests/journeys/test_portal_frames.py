"""An owner's portal shows our pages in a frame; somebody else's page does not."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from tests.journeys.conftest import ROOT, Site, _free_port, _wait_until_up

from doorstep.config.serving import Address

pytestmark = pytest.mark.journey
ALLOWED, STRANGER = "127.0.0.1", "localhost"


@pytest.fixture
def framing(site: Site) -> Iterator[tuple[str, int]]:
    """Pages that one portal may frame: their address, and the port of the portal."""
    port, portal = _free_port(), _free_port()
    told = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "doorstep.config.settings",
        "DATABASE_URL": site.dsn,
        "DATABASE_APP_URL": site.dsn,
        "DOORSTEP_SECRET_KEY": "only for journeys",
        "DOORSTEP_STATIC": str(site.logs / "static"),
        "DOORSTEP_FRAME_ANCESTORS": f"http://{ALLOWED}:{portal}",
    }
    command = [
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
        "--no-ws",
    ]
    pages = subprocess.Popen([sys.executable, "-m", *command, "doorstep.config.wsgi:application"], env=told, cwd=ROOT)
    try:
        _wait_until_up(Address("127.0.0.1", port), site.logs)
        yield f"http://127.0.0.1:{port}", portal
    finally:
        pages.terminate()
        pages.wait(timeout=20)


@pytest.fixture
def portal(framing: tuple[str, int]) -> Iterator[int]:
    """A portal with one page, which shows the report page in a frame."""
    address, port = framing

    class Portal(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f'<title>Portal</title><iframe src="{address}/report/" width="800"></iframe>'.encode())

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield port
    server.shutdown()
    server.server_close()


def framed(browser: Any, address: str) -> str:
    """What stands in the frame of the page at this address."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1000)
    [frame] = [each for each in page.frames if each is not page.main_frame]
    seen = frame.locator("body").inner_text() if "/report/" in frame.url else ""
    context.close()
    return str(seen)


def test_the_portal_on_the_list_shows_the_page_and_another_an_empty_frame(browser: Any, portal: int) -> None:
    assert "家门口" in framed(browser, f"http://{ALLOWED}:{portal}/")
    assert "家门口" not in framed(browser, f"http://{STRANGER}:{portal}/")


def test_where_nobody_is_on_the_list_no_page_may_frame_ours(site: Site, browser: Any) -> None:
    page = browser.new_context().new_page()
    headers = page.goto(f"{site.address}/report/").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    page.context.close()
