"""What a call asks for: a window, a time, a page. Each is refused by its name where it cannot be read."""

from __future__ import annotations

import math
from datetime import UTC, datetime, time
from typing import Final, NamedTuple

from django.http import HttpRequest
from django.utils.dateparse import parse_date, parse_datetime

from doorstep.core.text import say
from doorstep.core.time.zone import LOCAL
from doorstep.fronts.features.entering import CallRefused

LIMIT: Final = 10
MOST: Final = 10_000
FARTHEST: Final = 1_000_000
Window = tuple[float, float, float, float]


class Span(NamedTuple):
    """From when to when; None is open."""

    since: datetime | None
    until: datetime | None


def whole(request: HttpRequest, name: str, usual: int, least: int, most: int) -> int:
    """A whole number; more than `most` is `most`, as the standard has it."""
    written = request.GET.get(name, "")
    if not written:
        return usual
    if not written.isascii() or not written.isdecimal() or len(written) > 18 or int(written) < least:
        raise CallRefused(say("features-bad-number", name=name, least=least), say("features-bad-number-try"), name)
    return min(int(written), most)


def window(request: HttpRequest) -> Window | None:
    """West, south, east and north in degrees; of a box with heights the heights are left aside."""
    written = request.GET.get("bbox", "")
    if not written:
        return None
    try:
        numbers = [float(part) for part in written.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    is_box = len(numbers) == 4 and all(map(math.isfinite, numbers))
    if not is_box or not _is_on_earth(*numbers):
        raise CallRefused(say("features-bad-window"), say("features-bad-window-try"), "bbox")
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _is_on_earth(west: float, south: float, east: float, north: float) -> bool:
    return -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90


def span(request: HttpRequest) -> Span | None:
    """A moment, a day, or two of them with a slash between; `..` or nothing leaves an end open."""
    written = request.GET.get("datetime", "").replace(" ", "+")
    if not written:
        return None
    ends = written.split("/")
    if len(ends) > 2:
        raise _bad_time()
    if len(ends) == 1:
        return Span(_moment(ends[0], time.min), _moment(ends[0], time.max))
    since, until = (None if end in ("", "..") else end for end in ends)
    found = Span(_moment(since, time.min) if since else None, _moment(until, time.max) if until else None)
    if found.since and found.until and found.since > found.until:
        raise _bad_time()
    return found


def _moment(written: str, end: time) -> datetime:
    try:
        if "T" not in written and (day := parse_date(written)):
            return datetime.combine(day, end, LOCAL)
        found = parse_datetime(written)
        if found is not None and "T" in written and found.tzinfo:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _bad_time()


def _bad_time() -> CallRefused:
    return CallRefused(say("features-bad-time"), say("features-bad-time-try"), "datetime")
