"""The door that uvicorn opens: figures that move without a reload, as server-sent events.

One process for everybody who watches. It listens to the database's own notifications (`cases.actions.ledger.announce`)
and reads the figures of an area once for all who look at it, at most once a second.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
django.setup()

# ruff: noqa: E402 - models are imported once Django is set up.
import orjson
import psycopg
from django.conf import settings
from django.core import signing
from django.db import connection
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from doorstep.areas import queries as areas
from doorstep.cases import figures
from doorstep.core.access import Actor, acting_as
from doorstep.core.postgres import databases
from doorstep.core.text import languages, say, text, use_language
from doorstep.core.time import clock
from doorstep.core.time.zone import local, local_date
from doorstep.fronts.command import listening

CHANNEL = "doorstep_live"
AT_MOST_EVERY_S = 1.0
LOOK_ANYWAY_EVERY_S = 15.0
MOST_WATCHERS = 5000
Key = tuple[Actor, int, str]
_log = logging.getLogger(__name__)


class Board:
    """The latest figures of every area that somebody watches."""

    def __init__(self) -> None:
        self.changed = asyncio.Condition()
        self.version = 0
        self.watchers = 0
        self._read: dict[Key, tuple[int, bytes]] = {}
        self._locks: dict[Key, asyncio.Lock] = {}

    async def stir(self) -> None:
        """Something moved somewhere: everybody looks again."""
        async with self.changed:
            self.version += 1
            self.changed.notify_all()

    def is_newer_than(self, version: int) -> bool:
        return self.version != version

    async def figures(self, key: Key) -> bytes:
        """The figures for one kind of watcher, read once however many there are."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            version = self.version
            held = self._read.get(key)
            if held is None or held[0] != version:
                held = (version, await asyncio.to_thread(_read, key))
                self._read[key] = held
            return held[1]

    def forget(self, key: Key) -> None:
        """Nobody watches this any more."""
        self._read.pop(key, None)
        self._locks.pop(key, None)


board = Board()


def _read(key: Key) -> bytes:
    actor, area, lang = key
    at = clock.now()
    with use_language(lang):
        try:
            with acting_as(actor):
                found = areas.area_in_force(area, local_date(at))
                if found is None:
                    return b"{}"
                counts = figures.counts_by_microgrid(found, at) if found.level in {"community", "grid"} else None
                load = figures.load_of(found, at)
        finally:
            # Threads come and go; a connection must not stay behind in one.
            connection.close()
        moment = local(at).strftime("%H:%M:%S")
        body = {"figures": figures.as_figures(load), "counts": counts, "words": text(say("command-live", time=moment))}
    return orjson.dumps(body)


async def figures_of(request: Request) -> Response:
    try:
        actor, area = listening.read(request.query_params.get("token", ""))
    except signing.BadSignature:
        return JSONResponse({"refused": text("command-token-refused")}, status_code=403, headers=_cross_origin())
    if board.watchers >= MOST_WATCHERS:
        return JSONResponse({"refused": text("command-full")}, status_code=503, headers=_cross_origin())
    lang = request.cookies.get("lang", "zh")
    key = (actor, area, lang if lang in languages else "zh")
    headers = {**_cross_origin(), "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_stream(key), media_type="text/event-stream", headers=headers)


async def _stream(key: Key) -> AsyncIterator[bytes]:
    board.watchers += 1
    try:
        last = b""
        # A token opens the door for as long as it lasts; the page knocks again with a new one.
        until = asyncio.get_running_loop().time() + listening.LISTENS_FOR_S
        while asyncio.get_running_loop().time() < until:
            seen = board.version
            body = await board.figures(key)
            yield b"event: figures\ndata: " + body + b"\n\n" if body != last else b": still here\n\n"
            last = body
            await asyncio.sleep(AT_MOST_EVERY_S)
            async with board.changed:
                with contextlib.suppress(TimeoutError):
                    newer = board.changed.wait_for(partial(board.is_newer_than, seen))
                    await asyncio.wait_for(newer, LOOK_ANYWAY_EVERY_S)
    finally:
        board.watchers -= 1
        if not board.watchers:
            board.forget(key)


def _cross_origin() -> dict[str, str]:
    """Our own pages alone may read it; they live on another port of the same host."""
    return {"Access-Control-Allow-Origin": settings.PUBLIC_ADDRESS, "Vary": "Origin"}


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
        except psycopg.OperationalError as error:
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
    body: dict[str, Any] = {"watchers": board.watchers}
    return JSONResponse(body)


application = Starlette(routes=[Route("/figures", figures_of), Route("/up", is_up)], lifespan=life)
