"""Published heads of the log, and whether a sealed file is whole, for everybody; no sign-in."""

from django.urls import path

from doorstep.fronts.proofs import agreements, checking, heads

urlpatterns = [
    path("", heads.page, name="proofs"),
    path("heads/<int:size>.txt", heads.note, name="proofs-head"),
    path("consistency", heads.consistency, name="proofs-consistency"),
    path("check.html", checking.page, name="proofs-check"),
    path("agreement/", agreements.page, name="proofs-agreement"),
]
