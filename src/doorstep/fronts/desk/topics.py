"""Hot topics: what many ask for at one time and place, with its weight and its days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from doorstep.cases import topics as cases
from doorstep.cases.queries import catalogue
from doorstep.cases.topics import FEWEST, WINDOW_DAYS, Topic
from doorstep.core.access.roles import DESKS
from doorstep.core.text import language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts.desk import words
from doorstep.fronts.entering import for_roles, without_transaction
from doorstep.fronts.tables import csv_file
from doorstep.fronts.templatetags.words import said

SHOWN_DAYS = 21
BAR, GAP, HIGH = 7, 2, 32


@require_safe
@for_roles(*sorted(DESKS))
def topics(request: HttpRequest) -> HttpResponse:
    """All topics of one's own area, the heaviest first."""
    found = cases.topics(local_date(request.at))  # type: ignore[attr-defined]
    return words.drawn(request, "desk/topics.html", {"topics": rows(found), **about()})


def about() -> dict[str, int]:
    """What makes a topic, for the sentence above the list."""
    return {"fewest": FEWEST, "window_days": WINDOW_DAYS}


def rows(found: Sequence[Topic]) -> list[dict[str, Any]]:
    """Topics as a page shows them."""
    return [
        {
            "topic": each,
            "name": each.name.said(language()),
            "place": _place(each),
            "trend": trend(each.days[-SHOWN_DAYS:]),
        }
        for each in found
    ]


def _place(each: Topic) -> Any:
    first = said(each.places[0])
    return say("topics-communities", name=first, count=len(each.places)) if len(each.places) > 1 else first


def trend(days: Sequence[tuple[date, int]]) -> SafeString:
    """The days as bars; each names its day and its number, and all of them stand in the words of the picture."""
    most = max(asked for _, asked in days)
    told = "; ".join(f"{day:%m-%d} {asked}" for day, asked in days)
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
        [
            (at * (BAR + GAP), HIGH - _high(asked, most), BAR, _high(asked, most), f"{day:%m-%d}: {asked}")
            for at, (day, asked) in enumerate(days)
        ],
    )
    wide = len(days) * (BAR + GAP)
    return format_html(
        '<svg class="trend" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}">{}</svg>',
        f"{say('topics-trend')}: {told}", wide, HIGH, wide, HIGH, bars,
    )  # fmt: skip


def _high(asked: int, most: int) -> int:
    return max(2, round(HIGH * asked / most)) if asked else 1


COLUMNS = ("key", "day", "class", "item", "subdistrict", "community", "cases", "voices")


@require_safe
@for_roles(*sorted(DESKS))
@without_transaction  # type: ignore[arg-type]  # it streams
def topics_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a table: a line a topic, day and community."""
    today = local_date(request.at)  # type: ignore[attr-defined]
    heads = ["topics-item", "topics-cases", "topics-voices"]
    named = {"item": heads[0], "cases": heads[1], "voices": heads[2]}

    def batches() -> Iterator[list[tuple[Any, ...]]]:
        yield [_cells(row) for row in cases.rows_by_day(today)]

    return csv_file(request, "topics", [named.get(name, f"topics-column-{name}") for name in COLUMNS], batches)


def _cells(row: Sequence[Any]) -> tuple[Any, ...]:
    key, day, item, case_class, subdistrict, community, count, voices = row
    everything = catalogue()
    known = everything.items.get(item)
    broad = everything.classes.get(case_class[:2])
    return (
        key,
        day.isoformat(),
        broad.name.said(language()) if broad else case_class,
        known.name.said(language()) if known else say("topics-private"),
        said(subdistrict),
        said(community) if community else "",
        count,
        voices,
    )
