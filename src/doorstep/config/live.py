"""The door that uvicorn opens: figures that move without a reload, as server-sent events.

One process for everybody who watches. It listens to the database's own notifications (`cases.actions.ledger.announce`)
and reads the figures of an area once for all who look at it, at most once a second.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
django.setup()

# ruff: noqa: E402 - models are imported once Django is set up.
import orjson
import psycopg
from django.core import signing
from django.db import DatabaseError, InterfaceError, connection
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from doorstep.areas import queries as areas
from doorstep.cases import figures
from doorstep.core.access import acting_as
from doorstep.core.postgres import databases
from doorstep.core.text import say, text, use_language
from doorstep.core.time import clock
from doorstep.core.time.zone import local, local_date
from doorstep.fronts.command import listening
from doorstep.fronts.command.listening import Listener

CHANNEL = "doorstep_live"
AT_MOST_EVERY_S = 1.0
# Time alone makes cases overdue, and a notification may be lost with its connection.
LOOK_ANYWAY_EVERY_S = 15.0
MOST_WATCHERS = 5000
_log = logging.getLogger(__name__)

# A token alone opens this door, never a cookie, so any page that holds one may read: the pages are on another port.
HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Board:
    """The latest figures of every area that somebody watches."""

    def __init__(self) -> None:
        self.changed = asyncio.Condition()
        self.version = 0
        self.watchers: Counter[Listener] = Counter()
        self._read: dict[Listener, tuple[int, float, bytes]] = {}
        self._locks: dict[Listener, asyncio.Lock] = {}

    async def stir(self) -> None:
        """Something moved somewhere: everybody looks again."""
        async with self.changed:
            self.version += 1
            self.changed.notify_all()

    async def wait(self, seen: int) -> None:
        """Until something moved since that version, or it is time to look anyway."""
        async with self.changed:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.changed.wait_for(partial(self._is_past, seen)), LOOK_ANYWAY_EVERY_S)

    def _is_past(self, version: int) -> bool:
        return self.version != version

    async def figures(self, listener: Listener) -> bytes:
        """The figures for one kind of watcher, read once however many there are."""
        async with self._locks.setdefault(listener, asyncio.Lock()):
            version, now = self.version, asyncio.get_running_loop().time()
            held = self._read.get(listener)
            if held is None or held[0] != version or now - held[1] >= LOOK_ANYWAY_EVERY_S:
                held = (version, now, await asyncio.to_thread(_read, listener))
                self._read[listener] = held
            return held[2]

    @contextlib.contextmanager
    def watching(self, listener: Listener) -> Iterator[None]:
        """Within it somebody watches; what nobody watches any more is forgotten."""
        self.watchers[listener] += 1
        try:
            yield
        finally:
            self.watchers[listener] -= 1
            if not self.watchers[listener]:
                del self.watchers[listener]
                self._read.pop(listener, None)
                self._locks.pop(listener, None)


board = Board()


def _read(listener: Listener) -> bytes:
    at = clock.now()
    try:
        with acting_as(listener.actor), use_language(listener.language):
            found = areas.area_in_force(listener.area, local_date(at))
            if found is None:
                # A plan has come into force and this area ended; the page is told when it is opened again.
                return b"{}"
            load, rows = figures.load_of(found, at), figures.rows_below(found, at, local_date(at))
            return orjson.dumps(
                {
                    "figures": load,
                    "rows": {**{str(row.id): row.load for row in rows}, "0": figures.unplaced(load, rows)},
                    "counts": figures.counts_by_microgrid(found, at) if found.level in {"community", "grid"} else None,
                    "words": text(say("command-live", time=local(at).strftime("%H:%M:%S"))),
                }
            )
    finally:
        # Threads come and go; a connection must not stay behind in one.
        connection.close()


async def figures_of(request: Request) -> Response:
    """A stream of figures, for as long as the token lasts that opens it."""
    try:
        listener = listening.read(request.query_params.get("token", ""))
    except signing.BadSignature:
        return JSONResponse({"refused": text("command-token-refused")}, status_code=403, headers=HEADERS)
    if board.watchers.total() >= MOST_WATCHERS:
        return JSONResponse({"refused": text("command-full")}, status_code=503, headers=HEADERS)
    return StreamingResponse(_stream(listener), media_type="text/event-stream", headers=HEADERS)


async def _stream(listener: Listener) -> AsyncIterator[bytes]:
    now = asyncio.get_running_loop().time
    until = now() + listening.LISTENS_FOR_S
    last = b""
    with board.watching(listener):
        while now() < until:
            seen = board.version
            try:
                body = await board.figures(listener)
            except (DatabaseError, InterfaceError):
                # The database is away; whoever watches keeps the last figures until it is back.
                body = last
            yield _event("figures", body) if body != last else b": still here\n\n"
            last = body
            await asyncio.sleep(AT_MOST_EVERY_S)
            await board.wait(seen)
        yield _event("knock-again", b"{}")


def _event(name: str, body: bytes) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + body + b"\n\n"


async def hear_the_database() -> None:
    """Stir the board at every notification, and once after each time the database was away."""
    while True:
        try:
            listener = await psycopg.AsyncConnection.connect(databases()["app"], autocommit=True)
            async with listener:
                await listener.execute(f"LISTEN {CHANNEL}")
                await board.stir()
                async for _ in listener.notifies():
                    await board.stir()
        except psycopg.Error as error:
            _log.warning("The database is away: %s", error)
        await asyncio.sleep(1)


@contextlib.asynccontextmanager
async def life(app: Starlette) -> AsyncIterator[None]:
    hearing = asyncio.create_task(hear_the_database())
    try:
        yield
    finally:
        hearing.cancel()


async def is_up(request: Request) -> Response:
    """How many watch, for whoever looks after this machine."""
    return JSONResponse({"watchers": board.watchers.total()})


application = Starlette(routes=[Route("/figures", figures_of), Route("/up", is_up)], lifespan=life)
