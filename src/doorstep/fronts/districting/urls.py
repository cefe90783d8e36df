"""Districting at the desk: draw, look, compare, publish."""

from django.urls import path

from doorstep.fronts.districting import by_hand, drawing, export, layers

urlpatterns = [
    path("", drawing.communities, name="desk-districting"),
    path("<int:community>/", drawing.community, name="desk-districting-community"),
    path("plans/<int:plan>/", drawing.plan, name="desk-plan"),
    path("plans/<int:plan>/by-hand/", by_hand.by_hand, name="desk-plan-by-hand"),
    path("plans/<int:plan>/publish/", drawing.publish, name="desk-plan-publish"),
    path("plans/<int:plan>/discard/", drawing.discard, name="desk-plan-discard"),
    path("plans/<int:plan>/export/<slug:form>/", export.export, name="desk-plan-export"),
    path("plans/<int:plan>/<slug:level>.geojson", layers.of_plan, name="desk-plan-layer"),
]
