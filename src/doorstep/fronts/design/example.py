"""The invented neighbourhood of the design page."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import segno
from django.urls import reverse

from doorstep.areas import names
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.fronts.parts import Choice, Fault, Figure, MayDo, Move, Place, Poster, Seat, Step

STATIC = Path(__file__).parent.parent / "static"
NOON = datetime(2026, 11, 21, 12, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
TONES = ("quiet", "waiting", "moving", "done", "alarm")


def everything() -> dict[str, Any]:
    """What the templates of the design page are given."""
    return {
        "place_name": say("design-place"),
        "colours": colours(),
        "icons": icons(),
        "tones": [(tone, say(f"design-tone-{tone}")) for tone in TONES],
        "places": places(),
        "tabs": places()[:3],
        "crumbs": crumbs(),
        "steps": steps(),
        "mine": mine(),
        "others": [
            MayDo(say("design-who-grid"), say("design-move-take")),
            MayDo(say("design-who-ava"), say("design-move-withdraw")),
        ],
        "faults": [Fault("words", say("design-fault-words")), Fault("phone", say("design-fault-phone"))],
        "kinds": [
            Choice(kind, say(f"design-kind-{kind}"), say(f"design-kind-{kind}-hint"))
            for kind in ("repair", "noise", "help")
        ],
        "grids": [(str(number), names.of_grid(number)) for number in range(1, 21)],
        "seats": seats(),
        "figures": figures(),
        "queue": queue(),
        "facts": [
            (say("design-fact-number"), "DS-2611-0042"),
            (say("design-fact-place"), say("design-place")),
            (say("design-fact-due"), NOON.strftime("%H:%M")),
        ],
        "refusal": Refusal(say("design-refused"), say("design-refused-try")),
        "posters": posters(),
        "layers": {name: reverse("design-layer", args=[name]) for name in layers()},
        "microgrids": [feature["properties"] for feature in layers()["microgrids"]["features"]],
        "days": [(f"11-{15 + n}", 12 + (n * 7) % 9, 9 + (n * 5) % 8) for n in range(7)],
    }


def colours() -> list[tuple[str, str]]:
    """The colour tokens with their light values, read from the style sheet itself."""
    written = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    named = re.findall(r"^  (--[\w-]+): (#[0-9a-f]{6});", written, flags=re.M)
    return list({name: (name, value) for name, value in reversed(named)}.values())[::-1]


def icons() -> list[str]:
    """The names in the sprite."""
    return re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8"))


def places() -> list[Place]:
    """A navigation with all that one may carry."""
    return [
        Place(say("design-nav-queue"), "#", "list", count=12, here=True),
        Place(say("design-nav-map"), "#", "map"),
        Place(say("design-nav-posts"), "#", "people", count=3),
        Place(say("design-nav-figures"), "#", "chart"),
        Place(say("design-nav-doors"), "#", "qr"),
    ]


def crumbs() -> list[Place]:
    """From the county down to where we are."""
    levels = ("county", "subdistrict", "community", "grid")
    return [Place(say(f"design-crumb-{level}"), "#", here=level == "grid") for level in levels]


def steps() -> list[Step]:
    """A case on its way."""
    return [
        Step(say("design-step-reported"), NOON - timedelta(hours=3), say("design-who-ava"), tone="done", icon="edit"),
        Step(
            say("design-step-dispatched"),
            NOON - timedelta(hours=3) + timedelta(seconds=40),
            why=say("design-step-dispatched-why"),
            tone="done",
            icon="send",
        ),
        Step(
            say("design-step-started"),
            NOON - timedelta(hours=1),
            say("design-who-grid"),
            note=say("design-step-started-note"),
            tone="moving",
            icon="person",
        ),
        Step(say("design-step-verify")),
    ]


def mine() -> list[Move]:
    """What the reader may do."""
    return [
        Move(say("design-move-take"), "#", first=True, key="t"),
        Move(say("design-move-decline"), "#", hint=say("design-move-decline-hint")),
        Move(say("design-move-withdraw"), "#", danger=True),
    ]


def seats() -> list[Seat]:
    """Two posts that are held, and one that is not."""
    return [
        Seat(
            say("design-post-lead"),
            say("design-who-chen"),
            say("design-crumb-grid"),
            NOON + timedelta(days=400),
            "0511-0000-0001",
            True,
        ),
        Seat(say("design-post-liaison"), "Ben", say("design-crumb-grid"), invented=True),
        Seat(say("design-post-volunteer"), area=say("design-crumb-grid")),
    ]


def figures() -> list[Figure]:
    """Numbers for a desk and a wall."""
    return [
        Figure(say("design-figure-open"), 128, say("design-figure-open-note"), name="open"),
        Figure(say("design-figure-late"), 3, tone="alarm", name="late"),
        Figure(say("design-figure-today"), 41, tone="done", name="today"),
        Figure(say("design-figure-waiting"), 17, tone="waiting", name="waiting"),
    ]


def queue() -> list[dict[str, Any]]:
    """Rows of a desk's queue, the soonest first."""
    rows = [
        ("alarm", "late", "wires"),
        ("waiting", "soon", "lift"),
        ("quiet", "later", "tree"),
        ("quiet", "later", "rubbish"),
    ]
    return [
        {
            "tone": tone,
            "due": say(f"design-due-{due}"),
            "words": say(f"design-case-{case}"),
            "number": f"DS-2611-{42 + place:04d}",
            "at": NOON - timedelta(hours=5 - place),
        }
        for place, (tone, due, case) in enumerate(rows)
    ]


@cache
def posters() -> list[Poster]:
    """Two doors and a station."""
    return [
        Poster(
            title=say(f"design-door-{door}"),
            text=say("design-door-text"),
            code=f"3211020010010010{place}",
            svg=segno.make(f"https://example.org/d/{place}", error="m").svg_inline(scale=4, omitsize=True, border=0),
        )
        for place, door in enumerate(("first", "second", "station"), start=1)
    ]


WEST, SOUTH, STEP = 119.43, 32.2, 0.002


@cache
def layers() -> dict[str, Any]:
    """Nine micro-grids with houses, a stream, a green and roads between them."""
    cells = [(column, row) for row in (2, 1, 0) for column in (0, 1, 2)]
    return {
        "microgrids": _collection(
            _area(
                column,
                row,
                column + 1,
                row + 1,
                code=f"{number:02d}",
                name=f"{number:02d}",
                households=52 + 5 * number,
                cases=number * number % 11,
            )
            for number, (column, row) in enumerate(cells, start=1)
        ),
        "buildings": _collection(
            _area(column + 0.15 + 0.27 * place, row + 0.2, column + 0.32 + 0.27 * place, row + 0.75)
            for column, row in cells
            for place in range(3)
        ),
        "green": _collection([_area(1.1, 0.05, 1.9, 0.15), _area(0.05, 2.8, 2.4, 2.95)]),
        "water": _collection([_area(-0.4, -0.35, 3.4, -0.15)]),
        "roads": _collection(
            [_line((-0.4, side), (3.4, side)) for side in range(4)]
            + [_line((side, -0.4), (side, 3.4)) for side in range(4)]
        ),
    }


def _collection(features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _area(west: float, south: float, east: float, north: float, **properties: Any) -> dict[str, Any]:
    ring = [_at(west, south), _at(east, south), _at(east, north), _at(west, north), _at(west, south)]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def _line(start: tuple[float, float], end: tuple[float, float]) -> dict[str, Any]:
    line = {"type": "LineString", "coordinates": [_at(*start), _at(*end)]}
    return {"type": "Feature", "properties": {"kind": "street"}, "geometry": line}


def _at(east: float, north: float) -> list[float]:
    return [round(WEST + east * STEP, 6), round(SOUTH + north * STEP, 6)]
