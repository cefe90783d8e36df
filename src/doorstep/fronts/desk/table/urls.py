"""Addresses of the decision table."""

from django.urls import path

from doorstep.fronts.desk.table import pages, rehearsals, rows, sheets

urlpatterns = [
    path("", pages.versions, name="desk-tables"),
    path("<int:number>/", pages.version, name="desk-table"),
    path("<int:number>/sheet.<slug:ending>", sheets.sheet, name="desk-table-sheet"),
    path("draft/rows/", rows.add, name="desk-table-row-add"),
    path("draft/rows/<int:row>/", rows.one, name="desk-table-row"),
    path("draft/sheet/", sheets.read, name="desk-table-import"),
    path("draft/rehearse/", rehearsals.ask, name="desk-table-rehearse"),
    path("draft/do/<slug:name>/", pages.deed, name="desk-table-deed"),
    path("rehearsals/<int:number>/", rehearsals.rehearsal, name="desk-rehearsal"),
    path("rehearsals/<int:number>/moves.csv", rehearsals.moves, name="desk-rehearsal-csv"),
]
