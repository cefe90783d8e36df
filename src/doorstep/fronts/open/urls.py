"""The open interface, version 1: all that the pages do, for programs."""

from django.urls import path

from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.fronts.open import (
    approving,
    asking,
    burden,
    by_hand,
    calendar,
    cases,
    consenting,
    describing,
    districting,
    emergencies,
    exchange,
    explaining,
    figures,
    following,
    mediations,
    meetings,
    moves,
    neighbours,
    outside,
    parties,
    patrols,
    proofs,
    reminders,
    reporting,
    sessions,
    staffing,
    studying,
    tables,
    territory,
    units,
    webhooks,
)
from doorstep.fronts.open.entering import in_their_language
from doorstep.fronts.open.interface import interface

# Reports first: whoever comes in a hurry is found first.
for room in (
    *(reporting, following, sessions, cases, moves, neighbours, outside, exchange, territory, calendar),
    *(explaining, asking, meetings, tables, consenting, burden),
    *(mediations, parties),
    *(reminders, patrols, emergencies),
    *(districting, studying, approving, by_hand, figures, staffing, units),
):
    interface.add_router("", room.router)
interface.add_router("", staffing.audit_router)
interface.add_router("", proofs.router)
interface.add_router("", webhooks.router)

urlpatterns = [
    # One address may hold several operations; each is the same view.
    *{
        str(operation.pattern): path(f"v1/{operation.pattern}", in_their_language(operation.callback))
        for operation in interface.urls[0]
        if operation.callback is not None and str(operation.pattern)
    }.values(),
    path("v1/openapi.json", in_their_language(describing.openapi), name="open-description"),
    # A page for people, in the language that they chose on its head.
    path("v1/", for_the_public(without_transaction(describing.reference)), name="open-reference"),
]
