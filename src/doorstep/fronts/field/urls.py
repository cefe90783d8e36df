"""Addresses of the field page."""

from django.urls import path

from doorstep.fronts.field import case, seen, today

urlpatterns = [
    path("", today.today, name="field-today"),
    path("report", seen.report, name="field-report"),
    path("cases/<slug:number>/", case.case, name="field-case"),
    path("cases/<slug:number>/<slug:name>/", case.move, name="field-move"),
]
