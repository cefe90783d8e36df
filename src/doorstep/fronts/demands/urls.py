"""Addresses of what units ask of the grassroots beside cases."""

from django.urls import path

from doorstep.fronts.demands import asking, filling, listing

urlpatterns = [
    path("", listing.listed, name="desk-demands"),
    path("ask/", asking.ask, name="desk-demand-ask"),
    path("<int:demand>/", filling.filled, name="desk-demand"),
    path("<int:demand>/answer/", listing.answer, name="desk-demand-answer"),
    path("<int:demand>/end/", listing.end, name="desk-demand-end"),
    path("<int:demand>/answers/", listing.answers, name="desk-demand-answers"),
    path("<int:demand>/answers.csv", listing.answers_csv, name="desk-demand-answers-csv"),
]
