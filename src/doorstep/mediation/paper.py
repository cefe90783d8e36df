"""The agreement on paper: a draft to read and to sign by hand, and the file with all hands under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from doorstep.areas.writers import letters
from doorstep.areas.writers.typesetting import typeset_apart
from doorstep.core.text import language, say, text
from doorstep.core.time.zone import local
from doorstep.mediation.models import Agreement, Mediation
from doorstep.mediation.rules.hand import Way
from doorstep.mediation.sealed import opened


@dataclass(frozen=True)
class Line:
    """One term in words."""

    who: str
    what: str
    until: date


@dataclass(frozen=True)
class Side:
    """One who signs: their name, and how and when they signed; `hand` is the picture, if there is one."""

    number: int
    name: str
    way: str = ""
    at: datetime | None = None
    hand: str = ""


@dataclass(frozen=True)
class Drawn:
    """An agreement as it is read: number, version, terms, sides, and the hash under which they signed."""

    number: str
    version: int
    made_at: datetime
    text_hash: str
    terms: Sequence[Line]
    sides: Sequence[Side]
    sealed_at: datetime | None


def drawn(file: Mediation, agreement: Agreement, hands: Mapping[int, Sequence[Any]]) -> Drawn:
    """The agreement with its hands: by number, how and when each signed, and the picture where it may be seen."""
    told = orjson.loads(opened(agreement.sealed_text))
    names = {0: text("mediation-all-parties"), **dict(told["parties"])}
    sides = []
    for number, name in [*told["parties"], [0, told["mediator"]]]:
        way, at, *picture = hands.get(number, ("", None))
        sides.append(Side(number, name, way, at, (picture[0] if picture else "") or ""))
    terms = [Line(names[who], what, date.fromisoformat(until)) for who, what, until in told["terms"]]
    return Drawn(
        file.number, agreement.version, agreement.made_at, agreement.text_hash, terms, sides, agreement.sealed_at
    )


def agreement_pdf(agreement: Drawn) -> bytes:
    """The page, set apart. What people wrote reaches it as data."""
    pictures = {f"hand{each.number}.svg": _svg(each.hand) for each in agreement.sides if each.hand}
    told, absent = letters.printable(
        {
            "lang": language(),
            "title": text("mediation-paper-title"),
            "number": text("mediation-paper-number", number=agreement.number, version=agreement.version),
            "draft": "" if all(each.at for each in agreement.sides) else text("mediation-paper-draft"),
            "parties_title": text("mediation-paper-parties"),
            "parties": [each.name for each in agreement.sides if each.number],
            "mediator": text("mediation-paper-mediator", name=_mediator(agreement)),
            "terms_title": text("mediation-paper-terms"),
            "heads": [text(f"mediation-paper-{each}") for each in ("who", "what", "until")],
            "terms": [[each.who, each.what, _day(each.until)] for each in agreement.terms],
            "law": [text(f"mediation-law-{each}") for each in ("free", "binding", "court", "stamp")],
            "signed_title": text("mediation-paper-signed"),
            "sides": [_side(each) for each in agreement.sides],
            "hash": text("mediation-paper-hash", hash=agreement.text_hash),
        }
    )
    return typeset_apart("agreement", {**told, "notice": letters.notice(absent)}, pictures)


def _mediator(agreement: Drawn) -> str:
    return next(each.name for each in agreement.sides if not each.number)


def _side(side: Side) -> dict[str, Any]:
    how = text(f"mediation-way-{Way(side.way)}") if side.way else ""
    role = text("mediation-paper-as-mediator") if not side.number else text("mediation-paper-as-party")
    return {
        "name": side.name,
        "role": role,
        "how": f"{how} · {_moment(side.at)}" if side.at else "",
        "typed": side.name if side.way == Way.TYPED else "",
        "picture": f"hand{side.number}.svg" if side.hand else "",
    }


def _svg(png: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 300 120"'
        f' width="300" height="120"><image width="300" height="120" xlink:href="data:image/png;base64,{png}"/></svg>'
    )


def _moment(at: datetime) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"


def _day(day: date) -> str:
    return text(say("mediation-day", year=str(day.year), month=day.month, day=day.day))
