"""The arguments of a call as they arrived: from the address, from a form, in UTF-8 or in the charset that it names."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import LOCAL

MOST_ARGUMENTS: Final = 200
LONGEST: Final = 20_000
FORM: Final = "application/x-www-form-urlencoded"
_HALF: Final = re.compile("[\ud800-\udfff]")
_OF_THE_ADDRESS: Final = frozenset({"jurisdiction_id", "api_key", "lang"})


class ArgumentRefused(Refusal):
    """An argument that cannot be read; answered as 400."""

    status = 400


@dataclass(frozen=True)
class Asked:
    """Arguments by name, each as often as it was sent. An empty one counts as none, as the standard says."""

    values: Mapping[str, Sequence[str]]
    files: Mapping[str, Sequence[Any]]

    def one(self, name: str) -> str:
        """The argument, or the last of several; empty where there is none."""
        given = self.values.get(name, ())
        return given[-1].strip() if given else ""

    def several(self, name: str) -> list[str]:
        """The argument sent several times or with commas between; without those that come twice."""
        parts = (part.strip() for given in self.values.get(name, ()) for part in given.split(","))
        return list(dict.fromkeys(part for part in parts if part))

    def moment(self, name: str) -> datetime | None:
        """A moment with its zone, or a whole day here; refused where it is neither."""
        written = self.one(name)
        if not written:
            return None
        # In an address a plus is a blank unless whoever writes it knew.
        found = _moment(written.replace(" ", "+") if "T" in written else written)
        if found is None or not 2000 <= found.year <= 2100:
            raise ArgumentRefused(say("georeport-bad-date", name=name), say("georeport-bad-date-try"), name)
        return found

    def number(self, name: str, least: float, most: float) -> float | None:
        """A number between two bounds."""
        written = self.one(name)
        if not written:
            return None
        try:
            found = float(written)
        except ValueError:
            found = float("nan")
        if not least <= found <= most:
            raise ArgumentRefused(
                say("georeport-bad-number", name=name, least=f"{least:g}", most=f"{most:g}"),
                say("georeport-bad-number-try"), name,
            )  # fmt: skip
        return found

    def count(self, name: str, usual: int, most: int) -> int:
        """A whole number from 1 on."""
        found = self.number(name, 1, most)
        if found is not None and found != int(found):
            raise ArgumentRefused(
                say("georeport-bad-number", name=name, least="1", most=str(most)), say("georeport-bad-number-try"), name
            )
        return usual if found is None else int(found)


def read(request: HttpRequest) -> Asked:
    """All arguments; a form's own come before those of its address, of which only some count there."""
    address = _pairs(request.META.get("QUERY_STRING", "").encode("latin-1"), "utf-8")
    if request.method != "POST":
        return Asked(_gathered(address), {})
    kind = request.content_type or FORM
    address = [(name, value) for name, value in address if name in _OF_THE_ADDRESS]
    if kind == "multipart/form-data":
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
        return Asked(_gathered(address + _checked(sent)), {k: request.FILES.getlist(k) for k in request.FILES})
    if kind != FORM and request.body:
        raise ArgumentRefused(say("georeport-not-a-form"), say("georeport-not-a-form-try"), "Content-Type")
    charset = (request.content_params or {}).get("charset", "utf-8")
    return Asked(_gathered(address + _pairs(request.body, charset)), {})


def _pairs(written: bytes, charset: str) -> list[tuple[str, str]]:
    pieces = written.split(b"&", MOST_ARGUMENTS)
    if len(pieces) > MOST_ARGUMENTS:
        raise ArgumentRefused(say("georeport-too-many", most=MOST_ARGUMENTS), say("georeport-too-many-try"))
    try:
        codecs.lookup(charset)
        pairs = [tuple(_text(part, charset) for part in piece.split(b"=", 1)) for piece in pieces if piece]
    except (UnicodeDecodeError, LookupError, ValueError):
        raise _unreadable() from None
    return _checked([(pair[0], pair[1] if len(pair) > 1 else "") for pair in pairs])


def _unreadable() -> ArgumentRefused:
    return ArgumentRefused(say("georeport-not-utf8"), say("georeport-not-utf8-try"), "Content-Type")


def _text(part: bytes, charset: str) -> str:
    return unquote_to_bytes(part.replace(b"+", b" ")).decode(charset)


def _checked(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    if len(pairs) > MOST_ARGUMENTS:
        raise ArgumentRefused(say("georeport-too-many", most=MOST_ARGUMENTS), say("georeport-too-many-try"))
    for name, value in pairs:
        if len(value) > LONGEST or len(name) > 200:
            raise ArgumentRefused(
                say("georeport-too-long", name=name[:40], most=str(LONGEST)), say("georeport-too-long-try"), name[:40]
            )
        # Some charsets (UTF-7, unicode_escape) can spell half a character, which nothing can write down again.
        if _HALF.search(name) or _HALF.search(value):
            raise _unreadable()
    return [(name, value.replace("\0", "")) for name, value in pairs]


def _gathered(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _moment(written: str) -> datetime | None:
    """A moment; a day alone is its beginning here, as is a moment without a zone."""
    try:
        found = parse_datetime(written)
        if found is None:
            return None
        return (found if found.tzinfo else found.replace(tzinfo=LOCAL)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
