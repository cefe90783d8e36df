"""Where a program begins: the landing page, what it can rely on, and the description of every call."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse

from doorstep.core.text import say, text
from doorstep.fronts.features.asked import FARTHEST, LIMIT, MOST
from doorstep.fronts.features.collections import CASES, COLLECTIONS
from doorstep.fronts.features.entering import JSON, OPENAPI, NotThere, Request, answered, calls, known_only, link
from doorstep.fronts.features.items import OF_AREAS, OF_CASES, STATUSES

CONFORMS: Final = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
)


@calls
def landing(request: Request) -> HttpResponse:
    known_only(request, ())
    return answered(
        {
            "title": text("features-title"),
            "description": text("features-about"),
            "links": [
                link("", "self", JSON, text("features-title")),
                link("api", "service-desc", OPENAPI, text("features-api")),
                link("conformance", "conformance", JSON, text("features-conformance")),
                link("collections", "data", JSON, text("features-collections")),
            ],
        }
    )


@calls
def conformance(request: Request) -> HttpResponse:
    known_only(request, ())
    return answered({"conformsTo": list(CONFORMS)})


@calls
def api(request: Request) -> HttpResponse:
    known_only(request, ())
    return answered(described(), OPENAPI)


@calls
def nothing(request: Request, rest: str = "") -> HttpResponse:
    raise NotThere(say("features-no-address"), say("features-no-address-try"))


def described() -> dict[str, Any]:
    """Every call in OpenAPI 3.0."""
    pages = {"bbox": _WINDOW, "datetime": _TEXT, "limit": _LIMIT, "offset": _OFFSET}
    status = {"type": "string", "enum": list(STATUSES)}
    of_areas = {**pages, **dict.fromkeys(OF_AREAS, _TEXT)}
    of_cases = {**pages, **dict.fromkeys(OF_CASES, _TEXT), "status": status}
    paths = {
        "/": _get("landing", JSON, {}),
        "/conformance": _get("conformance", JSON, {}),
        "/api": _get("api", OPENAPI, {}),
        "/collections": _get("collections", JSON, {}),
        "/collections/{collection}": _get("collection", JSON, {}, ("collection",)),
    }
    for name in (*COLLECTIONS, CASES):
        given = of_cases if name == CASES else of_areas
        paths[f"/collections/{name}/items"] = _get(f"{name}-items", _FEATURES, given)
        paths[f"/collections/{name}/items/{{feature}}"] = _get(f"{name}-item", _FEATURE, {}, ("feature",))
    info = {"title": text("features-title"), "description": text("features-about"), "version": "1.0"}
    return {"openapi": "3.0.3", "info": info, "servers": [{"url": link("", "self")["href"]}], "paths": paths}


_FEATURES: Final = "features"
_FEATURE: Final = "feature"
_TEXT: Final = {"type": "string"}
_LIMIT: Final = {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}
_OFFSET: Final = {"type": "integer", "minimum": 0, "maximum": FARTHEST, "default": 0}
_WINDOW: Final = {
    "type": "array",
    "items": {"type": "number"},
    "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
}
_LINKS: Final = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["href", "rel"],
        "properties": {"href": _TEXT, "rel": _TEXT, "type": _TEXT, "title": _TEXT},
    },
}
_ONE: Final = {
    "type": "object",
    "required": ["type", "id", "geometry", "properties"],
    "properties": {
        "type": {"type": "string", "enum": ["Feature"]},
        "id": _TEXT,
        "geometry": {"type": "object", "nullable": True},
        "properties": {"type": "object", "nullable": True},
        "links": _LINKS,
    },
}
_MANY: Final = {
    "type": "object",
    "required": ["type", "features", "links", "timeStamp", "numberReturned"],
    "properties": {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "features": {"type": "array", "items": _ONE},
        "links": _LINKS,
        "timeStamp": {"type": "string", "format": "date-time"},
        "numberMatched": {"type": "integer", "minimum": 0},
        "numberReturned": {"type": "integer", "minimum": 0},
    },
}
_REFUSED: Final = {
    "type": "object",
    "required": ["code"],
    "properties": {"code": _TEXT, "description": _TEXT},
}


def _get(name: str, kind: str, asked: dict[str, Any], parts: tuple[str, ...] = ()) -> dict[str, Any]:
    shapes = {_FEATURES: _MANY, _FEATURE: _ONE}
    media = "application/geo+json" if kind in shapes else kind
    answer = {"description": name, "content": {media: {"schema": shapes.get(kind, {"type": "object"})}}}
    refused = {"description": text("features-refused"), "content": {JSON: {"schema": _REFUSED}}}
    arguments = [
        *({"name": part, "in": "path", "required": True, "schema": _TEXT} for part in parts),
        *(
            {"name": each, "in": "query", "required": False, "schema": schema, "style": "form", "explode": False}
            for each, schema in asked.items()
        ),
    ]
    return {
        "get": {
            "operationId": name,
            "parameters": arguments,
            "responses": {"200": answer, "400": refused, "404": refused},
        }
    }
