"""Addresses of what concerns a whole place at once, as desks and grids see it."""

from django.urls import path

from doorstep.fronts.alerts import reminders

urlpatterns = [
    path("", reminders.listed, name="alerts-reminders"),
    path("new/", reminders.new, name="alerts-reminder-new"),
    path("<int:reminder>/", reminders.one, name="alerts-reminder"),
    path("<int:reminder>/<slug:name>/", reminders.deed, name="alerts-reminder-deed"),
]
