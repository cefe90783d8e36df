"""Special grids of a community: set a place apart by its houses or by a file, see who leads it, end it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import shapely
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.areas import plans, special_grids
from doorstep.areas.actions import setting_apart
from doorstep.areas.actions.setting_apart import MOST_LETTERS
from doorstep.areas.actions.setting_apart import Place as Apart
from doorstep.areas.readers.beforehand import read_ground
from doorstep.core.geometry.geojson import feature_collection
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.districting.places import drawers, own_community
from doorstep.fronts.parts import Choice, Place
from doorstep.staff import units

LARGEST_FILE: Final = 8 * 2**20
ENDINGS: Final = (".geojson", ".json", ".gpkg")
LAYERS: Final = {"houses": special_grids.houses, "special": special_grids.outlines}
WORDS: Final = ("name", "led_by", "department")
MOST_HOUSES: Final = 2000


class PlaceNotRead(Refusal):
    """A field of the form holds what it may not hold."""


@drawers
@require_http_methods(["GET", "HEAD", "POST"])
def special(request: Any, community: int) -> HttpResponse:
    """What is set apart, and the form that sets another place apart."""
    place = own_community(request, community)
    if request.method != "POST" or request.POST.get("do") == "find":
        return _page(request, place, request.POST if request.method == "POST" else {})
    try:
        made = setting_apart.set_apart(place.id, _sent(request), by=request.actor, at=request.at)
    except Refusal as refused:
        return _page(request, place, request.POST, refused)
    return redirect(f"{reverse('desk-districting-special', args=[place.id])}?made={made.pk}")


@drawers
@require_POST
def end(request: Any, community: int, special: int) -> HttpResponse:
    """From today on it is none."""
    place = own_community(request, community)
    setting_apart.end(place.id, special, at=request.at)
    return redirect(f"{reverse('desk-districting-special', args=[place.id])}?ended={special}")


@drawers
@require_safe
def layer(request: Any, community: int, layer: str) -> HttpResponse:
    """The houses to choose from, and what is set apart, for the map."""
    place = own_community(request, community)
    if layer not in LAYERS:
        raise Http404
    return HttpResponse(feature_collection(LAYERS[layer](place.id)), content_type="application/geo+json")


def _sent(request: Any) -> Apart:
    form = request.POST
    written = {name: asked.line(form, name, MOST_LETTERS + 1) for name in WORDS}
    upload = request.FILES.get("file")
    return Apart(
        **written,
        from_on=_day(form),
        buildings=() if upload else _buildings(form),
        shape=_ground(upload) if upload else None,
    )


def _day(form: Mapping[str, str]) -> date | None:
    if not form.get("from_on"):
        return None
    found = asked.day(form, "from_on")
    if found is None or not 2000 <= found.year <= 2100:
        raise PlaceNotRead(say("districting-not-a-day"), say("districting-not-a-day-try"), "from_on")
    return found


def _buildings(form: Any) -> tuple[int, ...]:
    given = form.getlist("buildings") if hasattr(form, "getlist") else ()
    return tuple(int(each) for each in given[:MOST_HOUSES] if each.isascii() and each.isdigit() and len(each) < 16)


def _ground(upload: Any) -> shapely.Geometry:
    """The polygons of a file, taken together."""
    ending = Path(upload.name or "").suffix.lower()
    if ending not in ENDINGS:
        raise PlaceNotRead(say("special-file-ending"), say("special-file-try"), "file")
    if upload.size > LARGEST_FILE:
        raise PlaceNotRead(say("special-file-large", most=LARGEST_FILE // 2**20), say("special-file-try"), "file")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{ending}"
        path.write_bytes(upload.read())
        ground, findings = read_ground(path)
    if ground is None:
        first = findings.problems[0]
        raise PlaceNotRead(first.what, first.try_this or say("special-file-try"), "file")
    return ground


def _page(
    request: Any, place: plans.Divisible, form: Mapping[str, str], refused: Refusal | None = None
) -> HttpResponse:
    rows = special_grids.listed(place.id, place.code)
    chosen, words = _buildings(form), asked.line(form, "find", MOST_LETTERS)
    address = reverse("desk-districting-special", args=[place.id])
    ground = ("roads", "water", "green", "buildings")
    told = {row.id: row.name for row in rows}
    context = {
        "community": place,
        "rows": [row for row in rows if row.until_on is None],
        "past": [row for row in rows if row.until_on is not None],
        "made": told.get(asked.number(request.GET, "made") or 0),
        "ended": told.get(asked.number(request.GET, "ended") or 0),
        "written": {name: asked.line(form, name, MOST_LETTERS + 1) for name in (*WORDS, "from_on")},
        "find": words,
        "houses": [_house(each) for each in special_grids.found(place.id, words, chosen)],
        "chosen": [str(each) for each in chosen],
        "departments": units.departments_of(place.id),
        "today": local_date(request.at).isoformat(),
        "refused": refused,
        "faults": {refused.where: refused.message} if refused and refused.where else {},
        "most": MOST_LETTERS,
        "layers": {kind: f"{reverse('resident-ground', args=[kind])}?community={place.id}" for kind in ground}
        | {kind: f"{address}{kind}.geojson" for kind in LAYERS},
        "crumbs": [
            Place(say("districting-title"), reverse("desk-districting")),
            Place(place.name, reverse("desk-districting-community", args=[place.id])),
            Place(say("special-title"), here=True),
        ],
    }
    status = getattr(refused, "status", 409) if refused else 200
    return render(request, "districting/special.html", context, status=status)


def _house(row: Any) -> Choice:
    return Choice(str(row.pk), row.name or row.address or f"#{row.pk}", row.address if row.name else "")
