"""Addresses that calendars fetch, and the page on which somebody gets theirs."""

from django.urls import path

from doorstep.fronts.calendars import feeds

urlpatterns = [
    path("areas/<slug:code>.ics", feeds.of_area, name="calendar-area"),
    path("<str:token>.ics", feeds.own, name="calendar-own"),
]
