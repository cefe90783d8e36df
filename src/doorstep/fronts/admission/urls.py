"""Addresses of what grids are asked to do beyond their list."""

from django.urls import path

from doorstep.fronts.admission import consenting

urlpatterns = [
    path("", consenting.listed, name="desk-admission"),
    path("ask/", consenting.ask, name="desk-admission-ask"),
    path("<int:consent>/answer/", consenting.answer, name="desk-admission-answer"),
    path("<int:consent>/end/", consenting.end, name="desk-admission-end"),
]
