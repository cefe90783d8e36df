"""What is told in GeoReport's two forms: JSON by the Spark convention, and XML without a schema.

A `Told` is a list under one name, or one thing with named parts; in XML each entry of a list has a name of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from xml.sax.saxutils import escape

import orjson

Parts = Mapping[str, Any]

ENTRY: Final = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
"""What one entry of each list is called in XML."""

MEDIA: Final = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
# What no XML 1.0 document may hold, however it is escaped.
_UNSAYABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Told(NamedTuple):
    """An answer: the name of its root, and what is in it."""

    root: str
    content: Sequence[Parts] | Parts


def written(told: Told, form: str) -> bytes:
    """The answer as it travels."""
    if form == "json":
        return orjson.dumps(told.content, default=_plainly, option=orjson.OPT_PASSTHROUGH_DATETIME)
    parts = ['<?xml version="1.0" encoding="utf-8"?>\n']
    _write(told.root, told.content, parts)
    return "".join(parts).encode()


def moment(at: datetime | None) -> str | None:
    """A moment as the W3C's note on dates writes it, to the second, with its zone."""
    return at.isoformat(timespec="seconds") if at is not None else None


def _plainly(value: Any) -> Any:
    return moment(value) if isinstance(value, datetime) else str(value)


def _write(name: str, value: Any, into: list[str]) -> None:
    if value is None or value == "":
        into.append(f"<{name}/>")
    elif type(value) is str:
        into.append(f"<{name}>{_characters(value)}</{name}>")
    elif isinstance(value, Mapping):
        into.append(f"<{name}>")
        for part, inside in value.items():
            _write(part, inside, into)
        into.append(f"</{name}>")
    elif isinstance(value, Sequence):
        into.append(f"<{name}>")
        for entry in value:
            _write(ENTRY[name], entry, into)
        into.append(f"</{name}>")
    else:
        into.append(f"<{name}>{_characters(value)}</{name}>")


def _characters(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    said = str(value)
    return escape(said if said.isascii() and said.isprintable() else _UNSAYABLE.sub("\ufffd", said))
