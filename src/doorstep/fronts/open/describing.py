"""The interface described in the reader's language (OpenAPI 3.1): for programs as JSON, for people as a page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, reduce
from typing import Any, NamedTuple

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from doorstep.core.access.roles import SIGNED_IN
from doorstep.core.text import Message, language, say, text, use_language
from doorstep.fronts.open.interface import interface
from doorstep.fronts.open.shapes import Refused

REFUSED = {"$ref": "#/components/schemas/Refused"}
ROOMS = (
    "reports",
    "following",
    "proofs",
    "sessions",
    "cases",
    "moves",
    "mediation",
    "alerts",
    "dispatch-table",
    "consents",
    "burden",
    "exchange",
    "webhooks",
    "territory",
    "districting",
    "figures",
    "staff",
    "audit",
)


def openapi(request: HttpRequest) -> HttpResponse:
    """The description as JSON."""
    return HttpResponse(written(language()), content_type="application/json; charset=utf-8")


def reference(request: HttpRequest) -> HttpResponse:
    """The same as a page."""
    return render(
        request, "open/reference.html", {"rooms": rooms(language()), "parts": parts(language()), "lang": language()}
    )


@cache
def written(lang: str) -> bytes:
    """The description in one language, as it is sent."""
    return orjson.dumps(described(lang))


def described(lang: str) -> dict[str, Any]:
    """The whole interface in one language."""
    with use_language(lang):
        schema: dict[str, Any] = dict(interface.get_openapi_schema(path_prefix="api/v1/"))
        schema["info"] = {"title": text("open-title"), "version": "1", "description": text("open-about")}
        schema["servers"] = []
        schema["tags"] = [{"name": room, "description": text(f"open-room-{room}")} for room in ROOMS]
        parts = schema["components"]
        parts["securitySchemes"] = {
            who: {"type": "http", "scheme": "bearer", "description": text(words)}
            for who, words in (("session", "open-bearer"), ("partner", "open-bearer-partner"))
        }
        parts["schemas"]["Refused"] = Refused.model_json_schema(ref_template="#/components/schemas/{model}")
        parts["schemas"].update(parts["schemas"]["Refused"].pop("$defs"))
        for path, _, operation in operations(schema):
            _describe(path, operation)
    return schema


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation with its path and method."""
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _describe(path: str, operation: dict[str, Any]) -> None:
    operation["summary"] = text(f"open-do-{operation['operationId']}")
    roles = operation.get("x-roles", [])
    is_for_partners = {"partner": []} in operation.get("security", [])
    operation["description"] = text("open-who-partners") if is_for_partners else str(who_may(path, roles))
    refused = {"description": text("open-refused"), "content": {"application/json": {"schema": REFUSED}}}
    operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}
    operation["responses"]["4XX"] = refused


def who_may(path: str, roles: list[str]) -> Message:
    """Who may call an operation, in words."""
    if "parties/{token}" in path:
        return say("open-who-parties")
    if not roles:
        return say("open-who-followers") if "{token}" in path else say("open-who-everybody")
    if frozenset(roles) == SIGNED_IN:
        return say("open-who-signed-in")
    named = [say(f"staff-role-{role.replace('_', '-')}") for role in roles]
    return say("open-who-roles", roles=reduce(lambda first, second: say("open-and", first=first, second=second), named))


def columns(lang: str) -> list[str]:
    """The heads of a table of operations."""
    return [text(f"open-column-{each}", lang) for each in ("operation", "does", "who", "sent")]


class Field(NamedTuple):
    """One field that is sent, by its name and kind."""

    name: str
    kind: str
    is_needed: bool


class Line(NamedTuple):
    """One operation as the page shows it."""

    name: str
    method: str
    path: str
    summary: str
    who: str
    fields: list[Field]


class Room(NamedTuple):
    """The operations that belong together."""

    name: str
    title: str
    lines: list[Line]


@cache
def rooms(lang: str) -> list[Room]:
    """Everything that can be done, room by room."""
    schema = described(lang)
    lines: dict[str, list[Line]] = {}
    for path, method, operation in operations(schema):
        line = Line(
            operation["operationId"], method.upper(), path, operation["summary"], operation["description"],
            list(_fields(operation, schema)),
        )  # fmt: skip
        lines.setdefault(operation["tags"][0], []).append(line)
    titles = {tag["name"]: tag["description"] for tag in schema["tags"]}
    return [Room(name, titles[name], lines[name]) for name in ROOMS if name in lines]


def _fields(operation: dict[str, Any], schema: dict[str, Any]) -> Iterator[Field]:
    """What is sent beside the address."""
    for each in operation.get("parameters", []):
        if each["in"] != "path":
            yield Field(each["name"], kind_of(each["schema"]), each["required"])
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    yield from _parts(schema["components"]["schemas"].get(_name(body), {}))


def _parts(sent: dict[str, Any]) -> Iterator[Field]:
    for name, field in sent.get("properties", {}).items():
        yield Field(name, kind_of(field), name in sent.get("required", ()))


class Part(NamedTuple):
    """Something that is sent inside something else: its fields, or the words that it may be."""

    name: str
    fields: list[Field]
    words: list[str]


@cache
def parts(lang: str) -> list[Part]:
    """Whatever the fields of the operations are made of, by name."""
    schemas = described(lang)["components"]["schemas"]
    wanted = {kind for room in rooms(lang) for line in room.lines for field in line.fields for kind in _kinds(field)}
    found: dict[str, Part] = {}
    while wanted:
        name = wanted.pop()
        if name in schemas and name not in found:
            found[name] = Part(name, list(_parts(schemas[name])), schemas[name].get("enum", []))
            wanted |= {kind for field in found[name].fields for kind in _kinds(field)}
    return [found[name] for name in sorted(found)]


def _kinds(field: Field) -> list[str]:
    return [kind.removesuffix("[]") for kind in field.kind.split(" | ")]


def _name(reference: dict[str, Any]) -> str:
    return str(reference.get("$ref", "").rpartition("/")[2])


def kind_of(field: dict[str, Any]) -> str:
    """The kind of a field as a programmer writes it; what may be left out is not said to be null as well."""
    if "anyOf" in field:
        return " | ".join(kind_of(each) for each in field["anyOf"] if each.get("type") != "null")
    if "$ref" in field:
        return _name(field)
    if "allOf" in field:
        return kind_of(field["allOf"][0])
    if "enum" in field:
        return " | ".join(f'"{each}"' for each in field["enum"])
    if field.get("type") == "array":
        return f"{kind_of(field['items'])}[]"
    return str(field.get("format") or field.get("type", ""))
