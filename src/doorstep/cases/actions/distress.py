"""Somebody here needs help now: a critical case, and at once a word to the desk and to those who lead the grid.

Nothing waits for the steps of the case. Whoever calls dials 110 or 120 first; this brings those who know the place.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from doorstep.areas import queries as areas
from doorstep.cases.actions.report import Place, Receipt, Report, report
from doorstep.catalogue.item import Urgency
from doorstep.core.access import WORKER, acting_as
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.events import tell
from doorstep.events.cases import HelpCalled
from doorstep.staff.queries import posts_near


class NobodyKnowsWhere(Refusal):
    """Help cannot come to a place that was not said."""


def call_help(said: Report, what: str, *, at: datetime) -> Receipt:
    """The case, and the word to those near by of `what` is the matter; the same call again is one call."""
    place = said.place
    if place.door is None and place.lon is None and not place.words:
        raise NobodyKnowsWhere(say("help-where-missing"), say("help-where-missing-try"), "place")
    with transaction.atomic():
        receipt = report(replace(said, urgency=str(Urgency.CRITICAL)), at=at)
        with acting_as(WORKER, because="tell of a call for help"):
            tell([_called(receipt, place, what, at)])
    return receipt


def _called(receipt: Receipt, place: Place, what: str, at: datetime) -> HelpCalled:
    door = areas.door_numbered(place.door) if place.door is not None else None
    lon, lat = (door.lon, door.lat) if door else (place.lon, place.lat)
    found = areas.territory(local_date(at)).at(lon, lat)[0] if lon is not None and lat is not None else None
    community = found.community if found else place.community
    near = posts_near(found.grid if found else None, community, local_date(at))
    return HelpCalled(
        case=receipt.case,
        number=receipt.number,
        what=what,
        place=door.name if door else "",
        desk_posts=near.desk,
        grid_posts=near.grid,
        at=at,
    )
