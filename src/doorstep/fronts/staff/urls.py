"""Addresses of everything that is about staff themselves."""

from django.urls import path

from doorstep.fronts.staff import signing_in

urlpatterns = [
    path("", signing_in.start, name="staff-start"),
    path("sign-in", signing_in.sign_in, name="staff-sign-in"),
    path("sign-out", signing_in.sign_out, name="staff-sign-out"),
    path("second-factor", signing_in.factor, name="staff-second-factor"),
    path("password", signing_in.password, name="staff-password"),
    path("seats", signing_in.seats, name="staff-seats"),
    path("sessions", signing_in.sessions, name="staff-sessions"),
    path("sessions/end", signing_in.end_sessions, name="staff-sessions-end"),
]
