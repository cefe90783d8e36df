"""What a partner writes under a case by the update of Open311: of whoever reported it a note, of its holder an answer.

Messages that count (`exchange.actions.messages`) stay the way for platforms that must not lose one; an update says by
its own number that it came before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from doorstep.cases.actions import act
from doorstep.cases.actions.ledger import CaseNotFound, Entry, MoveRefused
from doorstep.cases.actions.photos import Picture
from doorstep.cases.actions.writing_back import write_back
from doorstep.cases.models import Event
from doorstep.cases.rules.lifecycle import AT_WORK
from doorstep.core.access import WORKER, Actor, Role, acting_as, audit
from doorstep.core.ids import CaseId
from doorstep.core.text import say
from doorstep.exchange.actions.messages import known_link
from doorstep.exchange.models import Link
from doorstep.exchange.queries import Known
from doorstep.exchange.refusing import Conflict
from doorstep.exchange.speaking import speaking

ENDS_AS: Final = {
    "CLOSED": "solved",
    "FIXED": "solved",
    "NO_FURTHER_ACTION": "explained",
    "NOT_COUNCILS_RESPONSIBILITY": "out-of-scope",
}
"""What a holder's status says came of a case; every other status is said with its words alone."""


class Comment(NamedTuple):
    """One update as a partner sends it; `update` is its number there, the same however often it is sent."""

    words: str
    update: str = ""
    status: str = ""
    pictures: Sequence[Picture] = ()


class Commented(NamedTuple):
    """Where it stands: the case's number, and the row of its life."""

    case: str
    seq: int


def comment(partner: Known, number: str, said: Comment, *, at: datetime) -> Commented:
    """Put it on the case that the partner knows by this number, or by ours; what came before is answered as before."""
    with acting_as(WORKER), transaction.atomic(), speaking(partner.id):
        link = known_link(partner, number)
        # Two updates about one case wait for each other.
        link = Link.objects.select_for_update(of=("self",)).select_related("case").get(pk=link.pk)
        key = _key(partner, link, said.update)
        try:
            entry = _by_reporter(link, said, key, at) if link.came_in else _by_holder(partner, link, said, key, at)
        except MoveRefused as refused:
            raise Conflict("not-now", refused.message, refused.try_this) from refused
        except CaseNotFound as gone:
            raise _not_theirs() from gone
        seq = entry.seq if entry is not None else _before(link, key)
        facts = {"partner": partner.name, "does": "comment", "seq": seq}
        audit.deed("partner-message", link.number, by=WORKER, at=at, facts=facts)
        return Commented(link.case.number, seq)


def _by_reporter(link: Link, said: Comment, key: UUID | None, at: datetime) -> Entry | None:
    return write_back(CaseId(link.case_id), said.words, at=at, key=key, pictures=said.pictures)


def _by_holder(partner: Known, link: Link, said: Comment, key: UUID | None, at: datetime) -> Entry | None:
    if partner.unit is None:
        raise _not_theirs()
    case, holder = CaseId(link.case_id), Actor(Role.DEPARTMENT, org=partner.unit, unit=partner.unit)
    ends_as = ENDS_AS.get(said.status)
    with acting_as(holder):
        if ends_as and link.case.state in AT_WORK:
            return act.do(case, said.words, by=holder, at=at, outcome=ends_as, pictures=said.pictures)
        return act.note(case, said.words, by=holder, at=at, key=key, pictures=said.pictures)


def _before(link: Link, key: UUID | None) -> int:
    found = Event.objects.filter(case=link.case_id, facts__key=str(key)).values_list("seq", flat=True).first()
    assert found is not None
    return found


def _key(partner: Known, link: Link, update: str) -> UUID | None:
    if not update:
        return None
    mark = salted_hmac("doorstep open311", f"{partner.id}\0{link.case_id}\0{update}", algorithm="sha256").digest()
    return UUID(bytes=mark[:16])


def _not_theirs() -> Conflict:
    return Conflict("not-the-holder", say("exchange-not-the-holder"), say("exchange-not-the-holder-try"))
