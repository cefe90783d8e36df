"""Figures that move by themselves: the real process on a real database, watched by many, through a restart."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.town import Town

from doorstep.core.access import Role
from doorstep.core.access.actors import Actor
from doorstep.core.postgres import APP, OWNER, SUPERUSER, Server, temporary_server
from doorstep.fronts.command import listening

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[2]
UP_WITHIN_S = 60.0
SOON_S = 20.0
OPEN_TOWN = """
import dataclasses, json, django
django.setup()
from tests.town import build_town
from doorstep.config.migrating import migrate
migrate()
print(json.dumps(dataclasses.asdict(build_town())))
"""
REPORT = """
import django, json, sys
django.setup()
from tests.town import LAT, LON, SQUARE_DEG, Town
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report, report
from doorstep.core.time import clock
town = Town(**json.loads(sys.stdin.read()))
place = Place(lon=LON + SQUARE_DEG / 2, lat=LAT - SQUARE_DEG / 2, community=town.community,
              subdistrict=town.subdistrict, county=town.county)
report(Report("楼道里堆满了杂物", place, item="stairwell-rubbish"), at=clock.now())
advance(at=clock.now())
"""


@dataclass
class Live:
    """The process, the database under it, and the town inside."""

    port: int
    town: Town
    server: Server
    told: dict[str, str]
    process: subprocess.Popen[bytes]
    log: Path

    def token(self, who: str, area: int) -> str:
        return listening.token(self.town.actor(who), area, "zh")

    def report(self) -> None:
        """Somebody else's process writes a case and carries it on."""
        _python(REPORT, self.told, json.dumps(self.town.__dict__))

    def watchers(self) -> int:
        return int(_get(self.port, "/up")[1]["watchers"])

    def memory_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    home = tmp_path_factory.mktemp("live")
    with temporary_server() as server, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
        told = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DOORSTEP_")},
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DJANGO_SETTINGS_MODULE": "doorstep.config.settings",
            "DATABASE_URL": server.dsn(OWNER),
            "DATABASE_APP_URL": server.dsn(APP),
            # Tokens are signed by the pages; here the test signs them.
            "DOORSTEP_SECRET_KEY": os.environ["DOORSTEP_SECRET_KEY"],
            "DOORSTEP_HOME": str(home),
        }
        town = Town(**json.loads(_python(OPEN_TOWN, told).splitlines()[-1]))
        free.close()
        command = [
            sys.executable,
            "-m",
            "uvicorn",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--log-level",
            "warning",
        ]
        log = home / "live.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*command, "doorstep.config.live:application"], env=told, cwd=ROOT, stdout=out, stderr=out
            )
        try:
            _wait_until_up(port)
            yield Live(port, town, server, told, process, log)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _python(script: str, told: dict[str, str], given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], env=told, cwd=ROOT, input=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def _wait_until_up(port: int) -> None:
    give_up_at = time.monotonic() + UP_WITHIN_S
    while time.monotonic() < give_up_at:
        with suppress(OSError):
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        time.sleep(0.1)
    pytest.fail("The live figures did not come up.")


def _get(port: int, path: str) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


@asynccontextmanager
async def watching(live: Live, token: str) -> AsyncIterator[asyncio.StreamReader]:
    """A page that is open: the stream behind the head of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
    writer.write(f"GET /figures?token={token} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n".encode())
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), SOON_S)
    assert head.startswith(b"HTTP/1.1 200"), head
    try:
        yield reader
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def seen(reader: asyncio.StreamReader, wanted: int | None = None) -> dict[str, Any]:
    """The next figures, or the first in which so many cases are open."""
    async with asyncio.timeout(SOON_S):
        while True:
            line = await reader.readline()
            assert line, "The stream ended."
            if line.startswith(b"data: {"):
                body: dict[str, Any] = json.loads(line[6:])
                if wanted is None or body["figures"]["open"] == wanted:
                    return body


def open_now(live: Live) -> int:
    with psycopg.connect(live.server.dsn(SUPERUSER)) as superuser:
        return int(superuser.execute("SELECT count(*) FROM cases_case WHERE is_open").fetchone()[0])  # type: ignore[index]


def test_what_one_writes_another_sees_without_asking_again(live: Live) -> None:
    async def story() -> None:
        async with watching(live, live.token("command", live.town.community)) as page:
            before = (await seen(page))["figures"]["open"]
            await asyncio.to_thread(live.report)
            after = await seen(page, before + 1)
            assert after["counts"]["32110200100100101"] == before + 1
            assert after["rows"][str(live.town.grid)]["open"] == before + 1
            assert "实时" in after["words"]

    asyncio.run(story())


def test_a_desk_elsewhere_hears_nothing_of_it(live: Live) -> None:
    async def story() -> None:
        live_before = open_now(live)
        stranger = Actor(Role.COMMUNITY, org=live.town.other_community, unit=None)
        async with watching(live, listening.token(stranger, live.town.community, "zh")) as page:
            assert (await seen(page))["figures"]["open"] == 0
        assert live_before == open_now(live)

    asyncio.run(story())


@pytest.mark.parametrize("token", ["", "forged", "a.b.c"])
def test_without_a_token_of_ours_nothing_is_said(live: Live, token: str) -> None:
    status, said = _get(live.port, f"/figures?token={token}")
    assert (status, list(said)) == (403, ["refused"])


def test_two_hundred_watch_at_once_within_bounds_and_all_see_it(live: Live) -> None:
    async def story() -> None:
        tokens = [
            live.token(*watcher)
            for watcher in (
                ("command", live.town.county),
                ("command", live.town.community),
                ("dana", live.town.community),
            )
        ]
        before = open_now(live)
        memory_before_mb = live.memory_mb()
        pages = [watching(live, tokens[n % len(tokens)]) for n in range(200)]
        readers = [await page.__aenter__() for page in pages]
        try:
            assert {(await seen(reader))["figures"]["open"] for reader in readers} == {before}
            assert live.watchers() == 200
            await asyncio.to_thread(live.report)
            await asyncio.gather(*(seen(reader, before + 1) for reader in readers))
            assert live.memory_mb() - memory_before_mb < 200 * 0.25
        finally:
            for page in pages:
                await page.__aexit__(None, None, None)

    asyncio.run(story())


def test_who_leaves_is_no_longer_counted(live: Live) -> None:
    give_up_at = time.monotonic() + SOON_S
    while live.watchers() and time.monotonic() < give_up_at:
        # A connection that is gone is found out at the next thing that is said to it.
        live.report()
        time.sleep(0.5)
    assert live.watchers() == 0


def test_a_page_stays_open_while_the_database_is_restarted(live: Live) -> None:
    async def story() -> None:
        async with watching(live, live.token("command", live.town.county)) as page:
            before = (await seen(page))["figures"]["open"]
            await asyncio.to_thread(live.server.stop)
            await asyncio.sleep(2)
            await asyncio.to_thread(live.server.start)
            await asyncio.to_thread(live.report)
            await seen(page, before + 1)

    asyncio.run(story())
    assert "Traceback" not in live.log.read_text(errors="replace")
