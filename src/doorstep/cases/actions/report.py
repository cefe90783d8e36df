"""A report becomes a case: one transaction, one statement, nothing asked of the reporter but a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import IntegrityError, connection, transaction

from doorstep.cases.actions.photos import Picture, add_pictures
from doorstep.cases.actions.sounds import add_sound
from doorstep.cases.models import Case
from doorstep.cases.queries import catalogue
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.case_number import MOST_IN_A_DAY, case_number
from doorstep.cases.rules.complaint import kept_from
from doorstep.cases.rules.happened import happened
from doorstep.cases.rules.sound import Sound
from doorstep.core.access import ANONYMOUS, WORKER, acting_as
from doorstep.core.ids import CaseId
from doorstep.core.proofs import new_salt, salted_hash
from doorstep.core.refusals import Refusal
from doorstep.core.signs import seen
from doorstep.core.text import Message, as_json, say, text
from doorstep.core.time.zone import local_date
from doorstep.engines.likeness import grams_of, packed

LONGEST_REPORT = 2000
CONTACT_KEPT_FOR = timedelta(days=400)


class ReportRefused(Refusal):
    """There is nothing to act on: no words at all, or far too many."""


@dataclass(frozen=True)
class Contact:
    """How the reporter wishes to be told; all of it may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = "zh"

    @property
    def is_empty(self) -> bool:
        return not (self.phone or self.email or self.name)


@dataclass(frozen=True)
class Place:
    """Where it is, as far as the reporter said. Coordinates are degrees in WGS 84."""

    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    door: int | None = None
    community: int | None = None
    subdistrict: int | None = None
    county: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Report:
    """What somebody tells us. `item` and `urgency` only when the reporter corrected what was proposed.

    Two reports with the same `key` are one report that arrived twice. `page` is where a complaint about us began,
    `because` why somebody else reports than whoever wants it.
    """

    words: str
    place: Place = Place()
    contact: Contact = Contact()
    item: str = ""
    urgency: str = ""
    key: UUID | None = None
    page: str = ""
    concerns: str = ""
    source: str = "resident"
    pictures: Sequence[Picture] = ()
    because: Message | None = None
    sound: Sound | None = None


@dataclass(frozen=True)
class Receipt:
    """What the reporter takes home."""

    case: CaseId
    number: str
    reported_at: datetime


def report(said: Report, *, at: datetime, happened_at: datetime | None = None) -> Receipt:
    """The first row of a case's life, durable when this returns; everything else follows by itself.

    A report that arrives again gets the receipt of the first.
    """
    words = readable(said.words or (text("sound-alone") if said.sound else ""))
    if happened_at is not None:
        happened_at = happened(happened_at, at, catalogue().limits)
    inside = connection.in_atomic_block
    try:
        with acting_as(ANONYMOUS), transaction.atomic() if inside else nullcontext():
            case = _next_id()
            number = case_number(local_date(at), (case - 1) % MOST_IN_A_DAY + 1)
            _write(case, number, said, words, at, happened_at or at)
            if said.pictures:
                add_pictures(CaseId(case), 1, said.pictures, at=at)
            if said.sound:
                add_sound(CaseId(case), 1, said.sound, at=at)
    except IntegrityError as error:
        if said.key is None or not _was_here_before(error):
            raise
        return _first_receipt(said.key)
    return Receipt(CaseId(case), number, at)


def readable(words: str) -> str:
    """The words as they are kept; refused when there are none, or far too many."""
    words = words.strip()
    if not seen(words).strip():
        raise ReportRefused(say("cases-report-empty"), say("cases-report-empty-try"), where="words")
    if len(words) > LONGEST_REPORT:
        raise ReportRefused(say("cases-report-long", most=LONGEST_REPORT), say("cases-report-long-try"), where="words")
    return words


def _was_here_before(error: IntegrityError) -> bool:
    cause = getattr(error.__cause__, "diag", None)
    return cause is not None and cause.constraint_name == "cases_case_reported_once"


def _first_receipt(key: UUID) -> Receipt:
    # Whoever reports may not read; the key, which only this form knows, is the proof that it is their own case.
    with acting_as(WORKER):
        first = Case.objects.only("pk", "number", "heard_at").get(report_key=key)
    return Receipt(CaseId(first.pk), first.number, first.heard_at)


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_case_id_seq')")
        row = cursor.fetchone()
    return int(row[0])


def _write(case: int, number: str, said: Report, words: str, at: datetime, happened_at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row_of(case, number, said, words, at, happened_at))


def row_of(case: int, number: str, said: Report, words: str, at: datetime, happened_at: datetime) -> dict[str, Any]:
    """What is written of one report, by the names that the statements below know."""
    salt = new_salt()
    place, contact = said.place, said.contact
    words = blur(words).text
    facts: dict[str, Any] = {"source": said.source}
    if said.page:
        facts["page"] = said.page
    if said.concerns:
        facts["concerns"] = said.concerns
    if said.sound is not None:
        facts["sound_s"] = said.sound.length_s
    if said.because is not None:
        facts["because"] = as_json(said.because)
    if place.accuracy_m is not None:
        facts["accuracy_m"] = round(place.accuracy_m)
    return {
        "id": case,
        "number": number,
        "source": said.source,
        "item": said.item,
        "urgency": said.urgency,
        "kept_from": kept_from(said.item, said.concerns, words),
        "key": said.key,
        "county": place.county,
        "subdistrict": place.subdistrict,
        "community": place.community,
        "door": place.door,
        "lon": place.lon,
        "lat": place.lat,
        "place_words": place.words[:200],
        "happened_at": happened_at,
        "at": at,
        "facts": orjson.dumps(facts).decode(),
        "said_hash": salted_hash(salt, words.encode()),
        "words": words,
        "salt": salt,
        "has_contact": not contact.is_empty,
        "name": contact.name[:60],
        "phone": contact.phone[:30],
        "email": contact.email[:120],
        "language": contact.language,
        "erase_on": local_date(at + CONTACT_KEPT_FOR),
        "grams": packed(grams_of(words)),
    }


# One statement, so that a report costs one round trip; its foreign keys are checked when it ends.
_INSERT = """
WITH c AS (
    INSERT INTO cases_case (id, number, state, seq, question, is_open, source, kind, item, case_class, urgency,
        county_id, subdistrict_id, community_id, door_id, lon, lat, place_words, reported_at, heard_at,
        look_again_at, attempts, outcome, report_key, kept_from)
    VALUES (%(id)s, %(number)s, 'reported', 1, '', true, %(source)s, '', %(item)s, '', %(urgency)s,
        %(county)s, %(subdistrict)s, %(community)s, %(door)s, %(lon)s, %(lat)s, %(place_words)s, %(happened_at)s,
        %(at)s, %(at)s, 0, '', %(key)s, %(kept_from)s)
), s AS (
    INSERT INTO cases_said (case_id, seq, words, salt, for_reporter) VALUES (%(id)s, 1, %(words)s, %(salt)s, true)
), k AS (
    INSERT INTO cases_contact (case_id, name, phone, email, language, erase_on)
    SELECT %(id)s, %(name)s, %(phone)s, %(email)s, %(language)s, %(erase_on)s WHERE %(has_contact)s
), l AS (
    INSERT INTO cases_likeness (case_id, seq, reported_at, lon, lat, grams)
    SELECT %(id)s, 1, %(at)s, coalesce(%(lon)s, d.lon), coalesce(%(lat)s, d.lat), %(grams)s
    FROM (SELECT) report LEFT JOIN areas_door d ON d.id = %(door)s
)
INSERT INTO cases_event
    (case_id, seq, move, from_state, to_state, happened_at, heard_at, by_hat, facts, said_hash, hash)
VALUES (%(id)s, 1, 'report', 'new', 'reported', %(happened_at)s, %(at)s, 'anyone', %(facts)s::jsonb, %(said_hash)s, '')
"""
