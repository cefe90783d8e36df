"""OGC API – Features, part 1: areas and public cases for maps and programs of anybody."""

from django.urls import path

from doorstep.fronts.features import collections, items, landing

urlpatterns = [
    path("", landing.landing, name="features-landing"),
    path("conformance", landing.conformance, name="features-conformance"),
    path("api", landing.api, name="features-api"),
    path("collections", collections.collections, name="features-collections"),
    path("collections/<str:collection>", collections.collection, name="features-collection"),
    path("collections/<str:collection>/items", items.items, name="features-items"),
    path("collections/<str:collection>/items/<str:feature>", items.item, name="features-item"),
    path("<path:rest>", landing.nothing, name="features-nothing"),
]
