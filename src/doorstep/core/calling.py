"""Call another house over HTTP: one request, with a time limit, and no redirect is followed."""

from __future__ import annotations

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final, NamedTuple
from urllib.parse import urlsplit

TIMEOUT_S: Final = 10
MOST_BYTES: Final = 100_000


class NotReached(Exception):
    """There was no answer: nobody there, too slow, or no HTTP."""


class Answered(NamedTuple):
    """What came back, as far as it is read."""

    status: int
    body: bytes
    headers: Mapping[str, str] = {}


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
    """Send the body to an http or https address; `ValueError` for any other address."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("Only an http or https address is called.")
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=TIMEOUT_S)
    try:
        connection.request(
            "POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, dict(headers)
        )
        answer = connection.getresponse()
        return Answered(answer.status, answer.read(MOST_BYTES))
    except (OSError, HTTPException) as error:
        raise NotReached(str(error)) from error
    finally:
        connection.close()
