"""What a resident's form says, read once: the answers as they were typed, and the report that they make."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest

from doorstep.areas import queries as areas
from doorstep.cases.actions.contact import readable_contact
from doorstep.cases.actions.report import LONGEST_REPORT, Place, Report
from doorstep.cases.queries import catalogue
from doorstep.catalogue.item import Urgency
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.once import report_key
from doorstep.fronts.pictures import pictures_in
from doorstep.fronts.spoken import sound_in


class PlaceRefused(Refusal):
    """The code of a door that there is not, or not any more."""

    status = 404


def report_in(request: HttpRequest, *, at: datetime, page: str = "", concerns: str = "") -> Report:
    """The report that was sent; refused with a sentence that names the field. `page` is what it complains about."""
    answers = request.POST
    return Report(
        words=words_in(answers),
        place=_place(answers, at),
        contact=readable_contact(answers.get("email", ""), answers.get("phone", ""), language=language()),
        item=_one_of(catalogue().offered, answers.get("item", "")),
        urgency=_one_of(list(Urgency), answers.get("urgency", "")),
        key=report_key(request),
        page=page,
        concerns=concerns,
        pictures=pictures_in(request),
        sound=sound_in(request),
    )


def words_in(answers: Mapping[str, str]) -> str:
    """What was written, with one sign for the end of a line; cut only where it is too long in any case."""
    return asked.text(answers, "words", LONGEST_REPORT + 1)


def pin_in(answers: Mapping[str, str]) -> tuple[float, float] | None:
    """The point that was set on the map or given by the device: degrees in WGS 84, longitude first."""
    try:
        lon, lat = (float(part) for part in answers.get("pin", "").split(","))
    except ValueError:
        return None
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None


def _place(answers: Mapping[str, str], at: datetime) -> Place:
    words, pin = asked.line(answers, "place_words"), pin_in(answers)
    lon, lat = pin or (None, None)
    accuracy_m = _length(answers.get("accuracy", "")) if pin else None
    door, community = asked.line(answers, "door"), asked.number(answers, "community")
    if door:
        with acting_as(ANONYMOUS):
            known = areas.door(door)
        if known is None:
            raise PlaceRefused(say("resident-door-unknown"), say("resident-door-unknown-try"), "door")
        of = known.community
        return Place(lon, lat, accuracy_m, known.pk, of.pk, of.subdistrict_id, of.county_id, words)
    if community is not None:
        with acting_as(ANONYMOUS):
            chosen = {area.pk: area for area in areas.served_communities(local_date(at))}.get(community)
        if chosen is not None:
            return Place(lon, lat, accuracy_m, None, chosen.pk, chosen.subdistrict_id, chosen.county_id, words)
    return Place(lon, lat, accuracy_m, words=words)


def _length(written: str) -> float | None:
    try:
        metres = float(written)
    except ValueError:
        return None
    return metres if math.isfinite(metres) and 0 < metres < 1e6 else None


def _one_of(known: object, value: str) -> str:
    return value if value and value in known else ""  # type: ignore[operator]
