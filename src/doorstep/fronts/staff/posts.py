"""Posts and people: who sits where since when, what is vacant, and appointing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.areas import queries as areas
from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked, tables
from doorstep.fronts.entering import for_roles, without_transaction
from doorstep.fronts.leading import SeeOther, page_address
from doorstep.fronts.staff.frame import title_of
from doorstep.fronts.templatetags.words import said
from doorstep.staff import posts
from doorstep.staff.actions import appointing

KEEPERS = (Role.COMMUNITY, Role.SYSTEM_ADMIN)
LAST_PAGE = 2000
TOLD = frozenset({"appointed", "ended", "named", "added"})
HEADS = ("post", "area", "area-code", "above", "unit", "person", "since", "until")


@for_roles(*KEEPERS)
@require_safe
def listed(request: Any) -> HttpResponse:
    """The posts of one's own territory with their holders; vacancies counted above."""
    today, wanted = local_date(request.at), _wanted(request)
    number = min(asked.number(request.GET, "page") or 1, LAST_PAGE)
    rows = posts.page(wanted, today, number=number, limit=posts.PAGE + 1)
    unseated = posts.unseated(wanted, today) if wanted.only == "vacant" and number == 1 else []
    page = {
        "unseated": [(title_of(each.kind, ""), each) for each in unseated[: posts.PAGE]],
        "more_unseated": len(unseated) > posts.PAGE,
        "rows": [_shown(row) for row in rows[: posts.PAGE]],
        "counts": [(title_of(each.kind, ""), each) for each in posts.counts(wanted.within, today)],
        "wanted": wanted,
        "kinds": [("", say("staff-any")), *((kind, title_of(kind, "")) for kind in _kinds(request.actor))],
        "only": [(each, say(f"staff-posts-only-{each or 'any'}")) for each in ("", "vacant", "held")],
        "areas": [("", say("staff-any")), *((str(each.id), said(each.name)) for each in _areas(request, today))],
        "earlier": page_address(request, number - 1) if number > 1 else "",
        "later": page_address(request, number + 1) if len(rows) > posts.PAGE else "",
        "csv": f"{reverse('staff-posts-csv')}?{request.GET.urlencode()}",
        "told": _told(request),
    }
    return render(request, "staff/posts.html", page)


@for_roles(*KEEPERS)
@require_safe
@without_transaction  # type: ignore[arg-type]  # it streams
def listed_csv(request: Any) -> StreamingHttpResponse:
    """The same list as a file."""
    today, wanted = local_date(request.at), _wanted(request)

    def batches() -> Iterator[list[tuple[Any, ...]]]:
        for number in range(1, LAST_PAGE + 1):
            rows = posts.page(wanted, today, number=number)
            if not rows:
                return
            yield [_cells(row) for row in rows]

    return tables.csv_file(request, "posts", [f"staff-posts-{head}" for head in HEADS], batches)


def _cells(row: posts.Row) -> tuple[Any, ...]:
    return (
        title_of(row.kind, row.title), said(row.area), row.area_code, said(row.above), said(row.unit),
        row.person or say("parts-seat-vacant"), row.since, row.until,
    )  # fmt: skip


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD"])
def one(request: Any, post: int) -> HttpResponse:
    """One seat: who holds it, who held it, and appointing the next."""
    return _seat(request, post)


def _seat(request: Any, post: int, **more: Any) -> HttpResponse:
    today = local_date(request.at)
    row = posts.one(post, _within(request.actor), today)
    if row is None:
        raise appointing.SeatRefused(say("staff-seat-unknown"), say("staff-seat-unknown-try"))
    words = asked.line(request.GET, "q", 40)
    page = {
        "seat": _shown(row),
        "history": posts.history(post),
        "today": today,
        "q": words,
        "people": posts.people_named(words, today),
        "told": _told(request),
        # Never filled in by us: whoever ends an appointment says from which day.
        "ends_on": request.POST.get("until_on", "") if more.get("tried") == "ended" else "",
        "titles": {kind: title_of(kind, "") for kind in posts.KINDS},
        **more,
    }
    return render(request, "staff/post.html", page, status=422 if "refused" in more else 200)


@for_roles(*KEEPERS)
@require_POST
def appoint(request: Any, post: int) -> HttpResponse:
    """Appoint somebody known, or somebody new."""
    return _done(request, post, "appointed", _appoint)


def _appoint(request: Any, post: int) -> None:
    person = asked.number(request.POST, "person")
    if person is None:
        name, phone, origin = (asked.line(request.POST, part, 60) for part in ("name", "phone", "comes_from"))
        person = appointing.add_person(name, phone[:30], origin[:40], by=request.actor, at=request.at)
    appointing.appoint(
        post,
        person,
        asked.day(request.POST, "from_on"),
        asked.day(request.POST, "until_on"),
        by=request.actor,
        at=request.at,
    )


@for_roles(*KEEPERS)
@require_POST
def end(request: Any, post: int) -> HttpResponse:
    """End an appointment from a day on."""
    return _done(request, post, "ended", _end)


def _end(request: Any, post: int) -> None:
    appointing.end_appointment(
        asked.number(request.POST, "appointment") or 0,
        asked.day(request.POST, "until_on"),
        by=request.actor,
        at=request.at,
    )


@for_roles(*KEEPERS)
@require_POST
def name(request: Any, post: int) -> HttpResponse:
    """Give the seat the city's own word."""
    return _done(request, post, "named", _name)


def _name(request: Any, post: int) -> None:
    title = asked.line(request.POST, "title", appointing.LONGEST_TITLE)
    appointing.name_post(post, title, by=request.actor, at=request.at)


def _done(request: Any, post: int, told: str, act: Any) -> HttpResponse:
    try:
        with transaction.atomic():
            act(request, post)
    except appointing.AppointmentRefused as refused:
        return _seat(request, post, refused=refused, tried=told, written=request.POST)
    return SeeOther(f"{reverse('staff-post', args=[post])}?told={told}")


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Any) -> HttpResponse:
    """One more seat in an area."""
    page: dict[str, Any] = {
        "kinds": [(kind, title_of(kind, "")) for kind in _kinds(request.actor)],
        "areas": [
            (str(each.id), f"{said(each.name)} · {said(each.above)}")
            for each in _areas(request, local_date(request.at))
        ],
        "written": request.POST or request.GET,
    }
    if request.method == "POST":
        kind = asked.line(request.POST, "kind", 24)
        code = asked.line(request.POST, "area_code", 17)
        area = asked.number(request.POST, "area") or areas.with_code(code, local_date(request.at))
        try:
            with transaction.atomic():
                unit = asked.number(request.POST, "unit")
                post = appointing.add_post(kind, area, unit=unit, by=request.actor, at=request.at)
            return SeeOther(f"{reverse('staff-post', args=[post])}?told=added")
        except Refusal as refused:
            page["refused"] = refused
    return render(request, "staff/post_add.html", page, status=422 if "refused" in page else 200)


def _wanted(request: Any) -> posts.Wanted:
    kind, only = asked.line(request.GET, "kind", 24), asked.line(request.GET, "only", 8)
    return posts.Wanted(
        within=_within(request.actor),
        words=asked.line(request.GET, "q", 40),
        kind=kind if kind in posts.KINDS else "",
        area=asked.number(request.GET, "area"),
        only=only if only in ("vacant", "held") else "",
    )


def _within(actor: Any) -> int | None:
    return actor.org if actor.role is Role.COMMUNITY else None


def _kinds(actor: Any) -> list[str]:
    return [kind for kind in posts.KINDS if actor.role is Role.SYSTEM_ADMIN or kind in posts.KEPT_BY_COMMUNITY]


def _areas(request: Any, today: Any) -> list[areas.Named]:
    """The grids and micro-grids of a desk's own community; an administrator's territory is too wide for a list."""
    within = _within(request.actor)
    if within is None:
        return []
    grids, finest = areas.below(within, today), areas.microgrids(within, today)
    known = {each.id for each in grids}
    return [*grids, *(each for each in finest if each.id not in known)]


def _shown(row: posts.Row) -> dict[str, Any]:
    return {"row": row, "title": title_of(row.kind, row.title), "usual": title_of(row.kind, "")}


def _told(request: Any) -> str:
    told = request.GET.get("told", "")
    return f"staff-told-{told}" if told in TOLD else ""
