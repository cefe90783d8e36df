"""Addresses of mediation for desks and mediators."""

from django.urls import path

from doorstep.fronts.mediation import file

urlpatterns = [
    path("", file.listed, name="mediation-list"),
    path("add/", file.add, name="mediation-add"),
    path("<int:mediation>/", file.file, name="mediation-file"),
    path("<int:mediation>/do/<slug:move>/", file.do, name="mediation-do"),
    path("<int:mediation>/agreement.<slug:ending>", file.agreement, name="mediation-agreement"),
]
