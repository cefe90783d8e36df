"""Addresses of what concerns a whole place at once, as desks and grids see it."""

from django.urls import path

from doorstep.fronts.alerts import emergency, patrols, reminders

urlpatterns = [
    path("reminders/", reminders.listed, name="alerts-reminders"),
    path("reminders/new/", reminders.new, name="alerts-reminder-new"),
    path("reminders/<int:reminder>/", reminders.one, name="alerts-reminder"),
    path("reminders/<int:reminder>/<slug:name>/", reminders.deed, name="alerts-reminder-deed"),
    path("emergency/", emergency.listed, name="alerts-emergencies"),
    path("emergency/ask/", emergency.ask, name="alerts-emergency-ask"),
    path("emergency/<int:emergency>/", emergency.one, name="alerts-emergency"),
    path("emergency/<int:emergency>/do/<slug:name>/", emergency.deed, name="alerts-emergency-deed"),
    path("emergency/<int:emergency>/needs/<int:need>/", emergency.need, name="alerts-need"),
    path("emergency/<int:emergency>/needs.csv", emergency.needs_csv, name="alerts-needs-csv"),
    path("emergency/<int:emergency>/needs.geojson", emergency.needs_layer, name="alerts-needs-layer"),
    path("emergency/<int:emergency>/print/", emergency.needs_print, name="alerts-needs-print"),
    path("patrols/", patrols.founding, name="desk-patrols"),
    path("patrols/<int:patrol>/end/", patrols.ending, name="desk-patrol-end"),
]
