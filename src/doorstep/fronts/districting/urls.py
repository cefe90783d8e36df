"""Districting at the desk: draw, look, compare, approve, publish."""

from django.urls import path

from doorstep.fronts.districting import (
    approving,
    by_hand,
    drawing,
    export,
    layers,
    paper,
    publishing,
    reporting,
    special,
    trading,
)

urlpatterns = [
    path("", drawing.communities, name="desk-districting"),
    path("<int:community>/", drawing.community, name="desk-districting-community"),
    path("<int:community>/trades/", trading.trades, name="desk-districting-trades"),
    path("<int:community>/studies/<int:study>/", trading.study, name="desk-districting-study"),
    path("<int:community>/special/", special.special, name="desk-districting-special"),
    path("<int:community>/special/<int:special>/end/", special.end, name="desk-districting-special-end"),
    path("<int:community>/special/<slug:layer>.geojson", special.layer, name="desk-districting-special-layer"),
    path("plans/<int:plan>/", drawing.plan, name="desk-plan"),
    path("plans/<int:plan>/by-hand/", by_hand.by_hand, name="desk-plan-by-hand"),
    path("plans/<int:plan>/submit/", approving.submit, name="desk-plan-submit"),
    path("plans/<int:plan>/withdraw/", approving.withdraw, name="desk-plan-withdraw"),
    path("plans/<int:plan>/approve/", approving.approve, name="desk-plan-approve"),
    path("plans/<int:plan>/send-back/", approving.send_back, name="desk-plan-send-back"),
    path("plans/<int:plan>/publish/", publishing.publish, name="desk-plan-publish"),
    path("plans/<int:plan>/discard/", publishing.discard, name="desk-plan-discard"),
    path("plans/<int:plan>/export/<slug:form>/", export.export, name="desk-plan-export"),
    path("plans/<int:plan>/sheets.pdf", paper.sheets, name="desk-plan-sheets"),
    path("plans/<int:plan>/report.<slug:form>", reporting.report, name="desk-plan-report"),
    path("plans/<int:plan>/<slug:level>.geojson", layers.of_plan, name="desk-plan-layer"),
]
