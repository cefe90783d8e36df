"""Open311 GeoReport v2 with mySociety's updates: each address with an ending for its form, and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import path, register_converter

from doorstep.fronts.open311 import requests, services, updates
from doorstep.fronts.open311.discovery import discovery, nothing


class Form:
    """The ending of an address: the form of its answer."""

    regex = "json|xml"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Form, "georeport")


def either(address: str, view: Callable[..., Any], name: str) -> list[Any]:
    """With the form as its ending first: a token may hold a dot itself."""
    return [path(f"{address}.<georeport:ending>", view, name=f"{name}-form"), path(address, view, name=name)]


urlpatterns = [
    *either("discovery", discovery, "open311-discovery"),
    *either("v2/services", services.services, "open311-services"),
    *either("v2/services/<str:code>", services.service, "open311-service"),
    *either("v2/requests", requests.requests, "open311-requests"),
    *either("v2/requests/<str:number>", requests.one_request, "open311-request"),
    *either("v2/tokens/<str:token>", requests.token, "open311-token"),
    *either("v2/servicerequestupdates", updates.updates, "open311-updates"),
    *either("<path:rest>", nothing, "open311-nothing"),
]
