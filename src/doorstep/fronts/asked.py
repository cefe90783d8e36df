"""What a form or an address says, as plain values: whatever makes no sense counts as not said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.utils.http import url_has_allowed_host_and_scheme

from doorstep.core.signs import plain as plain
from doorstep.core.time.zone import LOCAL

LARGEST_NUMBER: Final = 2**63 - 1


def line(form: Mapping[str, str], name: str, most: int = 200) -> str:
    """One line of words, without the signs that no keyboard has."""
    return " ".join(text(form, name, most).split())


def text(form: Mapping[str, str], name: str, most: int = 2000) -> str:
    """Some lines of words; a database takes no NUL, and signs that turn the direction of writing only mislead."""
    return plain(form.get(name, "").replace("\r\n", "\n")[:most]).strip()


def number(form: Mapping[str, str], name: str) -> int | None:
    """A whole number from zero on."""
    given = form.get(name, "")
    if not given.isascii() or not given.isdigit() or len(given) > 19:
        return None
    return min(int(given), LARGEST_NUMBER)


def day(form: Mapping[str, str], name: str) -> date | None:
    """A day, as `<input type="date">` writes it."""
    try:
        given = date.fromisoformat(form.get(name, ""))
    except ValueError:
        return None
    # "Until the end of time" sets no bound, and has no day after it to reckon with.
    return given if given < date.max else None


def moment(form: Mapping[str, str], name: str) -> datetime | None:
    """A moment of our clocks, as `<input type="datetime-local">` writes it."""
    try:
        return datetime.fromisoformat(form.get(name, "").strip()).replace(tzinfo=LOCAL)
    except ValueError:
        return None


def our_page(wanted: str, otherwise: str) -> str:
    """The wanted page if it is a path of ours: nobody is led elsewhere by a forged address."""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else otherwise


def degrees(form: Mapping[str, str], name: str, most: float) -> float | None:
    """A number between -most and most; whatever else was sent, infinity included, counts as not said."""
    try:
        given = float(form.get(name, ""))
    except ValueError:
        return None
    return given if -most <= given <= most else None
