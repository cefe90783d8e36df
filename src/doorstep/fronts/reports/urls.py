"""Reports that write themselves, and the page of units."""

from django.urls import path

from doorstep.fronts.reports import reading, units

urlpatterns = [
    path("", reading.start, name="desk-reports"),
    path("units/", units.units, name="desk-units"),
    path("units.csv", units.units_csv, name="desk-units-csv"),
    path("units/<int:unit>/", units.cases, name="desk-unit-cases"),
    path("<int:area>/<slug:period>/", reading.read, name="desk-report-of"),
    path("<int:area>/<slug:period>/table.<slug:form>", reading.table, name="desk-report-table"),
]
