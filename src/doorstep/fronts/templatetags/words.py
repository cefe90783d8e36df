"""Words and times in the reader's language."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from doorstep.areas import names
from doorstep.core.text import Message, language, text

register = template.Library()


@register.simple_tag
def t(message: Message | str, **params: Any) -> str:
    """`{% t "resident-report-title" count=n %}`: the sentence of that key; a `Message` works too."""
    return text(message, **params)


@register.filter
def said(name: Message | str | None) -> str:
    """The name of an area or a unit, in the reader's language where it is ours to say."""
    return str(names.said(str(name))) if name else ""


@register.filter
def counted(number: int | str | None) -> int | str:
    """A number of things, its digits grouped; words stay as they are."""
    return text("parts-number", number=number) if isinstance(number, int) else number or ""


@register.filter
def moment(at: datetime | None) -> str:
    """Month, day and time."""
    return _said("parts-moment", at)


@register.filter
def full_moment(at: datetime | None) -> str:
    """Year, month, day and time."""
    return _said("parts-full-moment", at)


@register.filter
def day(on: date | None) -> str:
    """Year, month and day."""
    return _said("parts-day", on)


@register.filter
def short_day(on: date | None) -> str:
    """Month and day, where the year is plain."""
    return _said("parts-short-day", on)


@register.filter
def hour(at: datetime | None) -> str:
    """Hours and minutes."""
    return "" if at is None else f"{timezone.localtime(at):%H:%M}"


@register.simple_tag
def when(at: datetime | None) -> SafeString:
    """The moment as a `<time>` element; the full one when pointed at."""
    if at is None:
        return SafeString("")
    local = timezone.localtime(at)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="minutes"), full_moment(at), moment(at)
    )


def _said(key: str, at: date | datetime | None) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at) if isinstance(at, datetime) else at
    return _spoken(key, language(), str(local.year), local.month, local.day, f"{local:%H:%M}")


@lru_cache(maxsize=8192)
def _spoken(key: str, lang: str, year: str, month: int, day: int, time: str) -> str:
    # The year goes in as a word: it is no quantity, and must not become 2,026.
    return text(key, lang, year=year, month=month, day=day, time=time)
