"""Addresses of what concerns a whole place at once, as desks and grids see it."""

from django.urls import path

from doorstep.fronts.alerts import patrols, reminders

urlpatterns = [
    path("reminders/", reminders.listed, name="alerts-reminders"),
    path("reminders/new/", reminders.new, name="alerts-reminder-new"),
    path("reminders/<int:reminder>/", reminders.one, name="alerts-reminder"),
    path("reminders/<int:reminder>/<slug:name>/", reminders.deed, name="alerts-reminder-deed"),
    path("patrols/", patrols.founding, name="desk-patrols"),
    path("patrols/<int:patrol>/end/", patrols.ending, name="desk-patrol-end"),
]
