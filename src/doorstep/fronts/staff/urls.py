"""Addresses of everything that is about staff themselves."""

from django.urls import path

from doorstep.fronts.staff import accounts, alarms, audit, called, neighbourhood, posts, signing_in, units

urlpatterns = [
    path("", signing_in.start, name="staff-start"),
    path("sign-in", signing_in.sign_in, name="staff-sign-in"),
    path("sign-out", signing_in.sign_out, name="staff-sign-out"),
    path("second-factor", signing_in.factor, name="staff-second-factor"),
    path("password", signing_in.password, name="staff-password"),
    path("seats", signing_in.seats, name="staff-seats"),
    path("sessions", signing_in.sessions, name="staff-sessions"),
    path("sessions/end", signing_in.end_sessions, name="staff-sessions-end"),
    path("neighbourhood", neighbourhood.neighbourhood, name="staff-neighbourhood"),
    path("neighbourhood/ready", called.ready, name="staff-ready"),
    path("neighbourhood/ready/end", called.take_back, name="staff-ready-end"),
    path("neighbourhood/calls/<int:call>/", called.call, name="staff-neighbour-call"),
    path("neighbourhood/calls/<int:call>/answer", called.answer, name="staff-neighbour-answer"),
    path("posts/", posts.listed, name="staff-posts"),
    path("posts.csv", posts.listed_csv, name="staff-posts-csv"),
    path("posts/add", posts.add, name="staff-post-add"),
    path("posts/<int:post>/", posts.one, name="staff-post"),
    path("posts/<int:post>/appoint", posts.appoint, name="staff-post-appoint"),
    path("posts/<int:post>/end", posts.end, name="staff-post-end"),
    path("posts/<int:post>/name", posts.name, name="staff-post-name"),
    path("units/", units.listed, name="staff-units"),
    path("units/add", units.begin, name="staff-unit-add"),
    path("units/<int:unit>/", units.one, name="staff-unit"),
    path("units/<int:unit>/end", units.end, name="staff-unit-end"),
    path("accounts/", accounts.listed, name="staff-accounts"),
    path("accounts/open", accounts.open_one, name="staff-account-open"),
    path("accounts/<int:account>/", accounts.one, name="staff-account"),
    path("accounts/<int:account>/reset", accounts.reset, name="staff-account-reset"),
    path("accounts/<int:account>/<slug:name>", accounts.deed, name="staff-account-deed"),
    path("alarms/", alarms.listed, name="staff-alarms"),
    path("alarms/<int:alarm>/", alarms.answer, name="staff-alarm-answer"),
    path("audit/", audit.listed, name="staff-audit"),
    path("audit.csv", audit.listed_csv, name="staff-audit-csv"),
]
