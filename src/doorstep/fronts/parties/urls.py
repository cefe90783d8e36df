"""Addresses of the parties to a mediation: each has one link of their own."""

from django.urls import path

from doorstep.fronts.parties import party

urlpatterns = [
    path("<str:token>/", party.shown, name="party"),
    path("<str:token>/do/<slug:move>/", party.do, name="party-do"),
    path("<str:token>/agreement.<slug:ending>", party.agreement, name="party-agreement"),
    path("<str:token>/meetings/<int:session>.ics", party.meeting, name="party-meeting"),
    path("<str:token>/own.json", party.own_copy, name="party-own-copy"),
]
