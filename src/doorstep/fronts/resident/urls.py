"""The public pages: report, follow, find again, complain. No account, no app."""

from django.urls import path

from doorstep.fronts.parties import asking as mediation
from doorstep.fronts.resident import (
    burden,
    complaining,
    finding,
    following,
    grids,
    ground,
    helping,
    home,
    on_the_way,
    outbox,
    own,
    photos,
    proposing,
    reporting,
    sounds,
)

urlpatterns = [
    path("", home.home, name="resident-home"),
    path("report/", reporting.report, name="resident-report"),
    path("report/propose/", proposing.propose, name="resident-propose"),
    path("d/<slug:code>", on_the_way.from_door, name="resident-door"),
    path("way/", on_the_way.on_the_way, name="resident-way"),
    path("way/<slug:code>", on_the_way.on_the_way, name="resident-way-door"),
    path("help/", helping.help_here, name="resident-help"),
    path("help/<slug:code>", helping.help_here, name="resident-help-door"),
    path("complaints/", complaining.complaints, name="resident-complaints"),
    path("find/", finding.find, name="resident-find"),
    path("grids/", grids.grids, name="resident-grids"),
    path("burden/", burden.burden, name="resident-burden"),
    path("burden.csv", burden.burden_csv, name="resident-burden-csv"),
    path("burden/<int:demand>/", burden.demand, name="resident-demand"),
    path("map/<slug:kind>/", ground.ground, name="resident-ground"),
    path("c/<str:token>/", following.follow, name="resident-follow"),
    path("c/<str:token>/received/", following.received, name="resident-received"),
    path("c/<str:token>/do/<slug:move>/", following.do, name="resident-do"),
    path("c/<str:token>/photos/<slug:name>/", photos.for_follower, name="resident-photo"),
    path("c/<str:token>/sounds/<slug:name>/", sounds.for_follower, name="resident-sound"),
    path("c/<str:token>/mediation/", mediation.ask, name="resident-mediation"),
    path("c/<str:token>/own/", own.own, name="resident-own"),
    path("c/<str:token>/own.json", own.own_copy, name="resident-own-copy"),
    path("c/<str:token>/own/erase/", own.erase, name="resident-own-erase"),
    path("photos/<slug:name>/", photos.for_staff, name="staff-photo"),
    path("sounds/<slug:name>/", sounds.for_staff, name="staff-sound"),
    path("demo/outbox/", outbox.outbox, name="demo-outbox"),
]
