"""What lies open where: from the county down to the micro-grid, moving by itself while somebody looks."""

from __future__ import annotations

import csv
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from doorstep.areas import queries as areas
from doorstep.cases import figures
from doorstep.cases.topics import topics as cases_topics
from doorstep.core.access import Role
from doorstep.core.cells import harmless
from doorstep.core.text import language, say, text
from doorstep.core.time.zone import local_date
from doorstep.fronts.command.listening import token
from doorstep.fronts.desk import topics
from doorstep.fronts.entering import for_roles
from doorstep.fronts.parts import Figure, Place
from doorstep.fronts.templatetags.words import said

MOST_TOPICS = 5
watchers = for_roles(Role.COUNTY, Role.SUBDISTRICT, Role.COMMUNITY)


@watchers
@require_safe
def start(request: Any) -> HttpResponse:
    """A county, a subdistrict or a community begins with its own area."""
    return redirect("command-area", area=request.actor.org)


@watchers
@require_safe
def area(request: Any, area: int) -> HttpResponse:
    return render(request, "command/area.html", _seen(request, area))


@watchers
@require_safe
def wall(request: Any, area: int) -> HttpResponse:
    """The same for the screen on the wall: figures and map, nothing to press."""
    return render(request, "command/wall.html", _seen(request, area))


@watchers
@require_safe
def table(request: Any, area: int) -> HttpResponse:
    """The table beside the chart, as CSV that a spreadsheet opens in Chinese."""
    found = own_area(request, area)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.code}.csv"'
    writer = csv.writer(response)
    heads = ("code", "name", "households", "open", "overdue", "asked", "done")
    writer.writerow([text(f"command-column-{head}") for head in heads])
    today = local_date(request.at)
    rows = figures.rows_below(found, request.at, today)
    for row in rows:
        load = row.load
        cells = (row.code, said(row.name), row.households, load.open, load.overdue, load.asked, load.done)
        writer.writerow([harmless(cell) for cell in cells])
    if (rest := _unplaced(found, figures.load_of(found, request.at), rows)) is not None:
        writer.writerow(["", text("command-unplaced"), "", rest.open, rest.overdue, rest.asked, rest.done])
    return response


@watchers
@require_safe
def listen(request: Any, area: int) -> HttpResponse:
    """A fresh token for a page that goes on listening."""
    found = own_area(request, area)
    return JsonResponse({"token": token(request.actor, found.pk, language())})


def own_area(request: Any, area: int) -> areas.Area:
    """The area, if it is one's own or lies inside it."""
    found = areas.area_in_force(area, local_date(request.at))
    if found is None or found.level not in {*figures.BELOW, *figures.FINEST}:
        raise Http404
    if request.actor.org not in {found.pk, found.county_id, found.subdistrict_id, found.community_id}:
        raise Http404
    return found


def _seen(request: Any, area: int) -> dict[str, Any]:
    found, at = own_area(request, area), request.at
    today = local_date(at)
    rows = figures.rows_below(found, at, today)
    is_tallied = found.level in _TALLIED
    days = figures.by_day(found, today) if is_tallied else []
    has_map = found.level in {"community", "grid"} and bool(rows)
    load = figures.load_of(found, at)
    return {
        "area": found,
        "level": say(f"command-level-{found.level.replace('_', '-')}"),
        "figures": _figures(load),
        "rows": rows,
        "unplaced": _unplaced(found, load, rows),
        "level_below": figures.BELOW.get(found.level, ""),
        "children": say(f"command-level-{figures.BELOW[found.level]}") if found.level in figures.BELOW else "",
        "is_tallied": is_tallied,
        "days": days,
        "days_counted": any(day.reported or day.ended for day in days),
        "classes": [{**row._asdict(), "name": row.name.said(language())} for row in figures.by_class(found, today)]
        if is_tallied
        else [],
        "topics": topics.rows(cases_topics(today, found, MOST_TOPICS)) if is_tallied else [],
        "layers": _layers(found) if has_map else {},
        "has_map": has_map,
        "crumbs": _crumbs(request, found),
        "token": token(request.actor, found.pk, language()),
        "place_name": said(found.name),
    }


_TALLIED = frozenset({"county", "subdistrict", "community"})


def _figures(load: figures.Load) -> list[Figure]:
    return [
        Figure(say("command-figure-open"), load.open, name="open"),
        Figure(say("command-figure-overdue"), load.overdue, name="overdue", tone="alarm" if load.overdue else "quiet"),
        Figure(say("command-figure-asked"), load.asked, name="asked", tone="waiting" if load.asked else "quiet"),
        Figure(say("command-figure-done"), load.done, name="done"),
    ]


def _unplaced(found: areas.Area, load: figures.Load, rows: list[figures.Row]) -> figures.Load | None:
    """What is open in none of the areas below; None where nothing is."""
    rest = figures.unplaced(load, rows)
    return rest if rows and rest.open else None


def _layers(found: areas.Area) -> dict[str, str]:
    kinds = ("roads", "water", "green", "buildings")
    ground = {kind: f"{reverse('resident-ground', args=[kind])}?community={found.community_id}" for kind in kinds}
    own = {name: reverse("command-layer", args=[found.pk, name]) for name in ("microgrids", "grids", "pins")}
    return {**ground, **own}


def _crumbs(request: Any, found: areas.Area) -> list[Place]:
    above = areas.ancestors(found)
    own = request.actor.org
    inside = [each for each in above if own in {each.pk, each.county_id, each.subdistrict_id, each.community_id}]
    return [Place(said(each.name), reverse("command-area", args=[each.pk])) for each in inside] + [
        Place(said(found.name), here=True)
    ]
