"""What can be read: the areas of each level that are in force, and public cases."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse

from doorstep.areas.published import LEVELS, published
from doorstep.core.text import say, text
from doorstep.core.time.zone import local_date
from doorstep.fronts.features.entering import GEOJSON, JSON, NotThere, Request, answered, calls, known_only, link

CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GREGORIAN: Final = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
CASES: Final = "cases"
COLLECTIONS: Final = {level.replace("_", "-"): level for level in LEVELS}
"""The collections of areas, and their levels."""


def known_collection(name: str) -> str:
    """The name itself, where there is such a collection."""
    if name != CASES and name not in COLLECTIONS:
        raise NotThere(say("features-no-collection"), say("features-no-collection-try"), "collection")
    return name


def _told(name: str, request: Request) -> dict[str, Any]:
    shown = published(local_date(request.at))
    bounds = shown.layer(COLLECTIONS[name]).bounds if name != CASES else shown.layer("microgrid").bounds
    extent: dict[str, Any] = {"spatial": {"bbox": [bounds], "crs": CRS84}} if bounds else {}
    return {
        "id": name,
        "title": text(f"features-title-{name}"),
        "description": text("features-about-cases" if name == CASES else "features-about-areas"),
        "itemType": "feature",
        "extent": {**extent, "temporal": {"interval": [[None, None]], "trs": GREGORIAN}},
        "crs": [CRS84],
        "links": [
            link(f"collections/{name}", "self"),
            link(f"collections/{name}/items", "items", GEOJSON, text(f"features-title-{name}")),
        ],
    }


@calls
def collections(request: Request) -> HttpResponse:
    known_only(request, ())
    names = (*COLLECTIONS, CASES)
    return answered(
        {
            "links": [link("collections", "self"), link("", "root", JSON)],
            "collections": [_told(each, request) for each in names],
        }
    )


@calls
def collection(request: Request, collection: str) -> HttpResponse:
    known_only(request, ())
    return answered(_told(known_collection(collection), request))
