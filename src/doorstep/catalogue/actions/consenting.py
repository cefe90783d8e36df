"""Work off the list for a time: asked for with a reason, consented to by community or grid, ended by a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from doorstep.areas.models import Area
from doorstep.catalogue.in_force import catalogue
from doorstep.catalogue.models import Consent
from doorstep.catalogue.rules.consenting import ASKERS, may_answer, why_not_ask
from doorstep.core.access import Actor, audit
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.staff.queries import area_code_of, post_titles

ASKED: Final = "asked"
CONSENTED: Final = "consented"
REFUSED: Final = "refused"
ENDED: Final = "ended"
GRIDS: Final = ("grid", "special_grid")


class ConsentRefused(Refusal):
    """This cannot be asked of a grid, or is not this seat's to answer."""


@dataclass(frozen=True)
class Asked:
    """What somebody asks grids to do: `item` where the catalogue knows it, else in words.

    `is_duty`: the law gives it to the department that asks.
    """

    area: int | None
    what: str
    why: str
    basis: str
    from_on: date | None
    until_on: date | None
    item: str = ""
    is_duty: bool = False


@transaction.atomic
def ask(asked: Asked, *, by: Actor, at: datetime) -> int:
    """Ask the grids of a community, or one grid; nothing is given to anybody before they say yes."""
    item = catalogue().offered.get(asked.item) if asked.item else None
    if asked.item and item is None:
        raise ConsentRefused(say("cases-item-unknown", item=asked.item), say("cases-item-unknown-try"), "item")
    no = why_not_ask(item, is_duty=asked.is_duty, from_on=asked.from_on, until_on=asked.until_on, today=local_date(at))
    if no is not None:
        raise ConsentRefused(no, say(f"{no.key}-try"), "until_on")
    for field in ("what", "why", "basis"):
        if not getattr(asked, field).strip():
            raise ConsentRefused(say("consent-says-nothing"), say("consent-says-nothing-try"), field)
    area = Area.objects.filter(pk=asked.area or 0, level__in=("community", *GRIDS), valid_until=None).first()
    if str(by.role) not in ASKERS or by.unit is None or area is None or not _reaches(by, area):
        raise ConsentRefused(say("consent-no-area"), say("consent-no-area-try"), "area")
    if str(by.role) == "community" and area.level not in GRIDS:
        raise ConsentRefused(say("consent-own-community"), say("consent-own-community-try"), "area")
    if _is_asked_already(asked, area, by, local_date(at)):
        raise ConsentRefused(say("consent-asked-already"), say("consent-asked-already-try"), "what")
    assert asked.from_on is not None and asked.until_on is not None  # why_not_ask
    row = Consent.objects.create(
        area=area, community_id=area.community_id or 0, subdistrict_id=area.subdistrict_id or 0,
        county_id=area.county_id or 0,
        grid_id=area.pk if area.level in GRIDS else None, item=asked.item, what=asked.what.strip()[:200],
        why=asked.why.strip()[:500], basis=asked.basis.strip()[:300], from_on=asked.from_on, until_on=asked.until_on,
        state=ASKED, asked_by_id=by.unit, asked_role=str(by.role), asked_post=by.post, asked_at=at,
    )  # fmt: skip
    audit.deed("consent-asked", area.code, by=by, at=at, facts={"consent": row.pk})
    return row.pk


@transaction.atomic
def answer(consent: int, yes: bool, words: str, *, by: Actor, at: datetime) -> None:
    """Say yes or no for one's own grids; a no says why."""
    row = _held(consent)
    if not answers(row, by):
        raise ConsentRefused(say("consent-not-yours"), say("consent-not-yours-try"))
    if row.state != ASKED or row.until_on < local_date(at):
        raise ConsentRefused(say("consent-answered"), say("consent-answered-try"))
    if not yes and not words.strip():
        raise ConsentRefused(say("consent-no-needs-words"), say("consent-no-needs-words-try"), "answer")
    if yes:
        # What has since become a department's own work is not agreed to either.
        no = why_not_ask(
            catalogue().items.get(row.item), is_duty=False, from_on=max(row.from_on, local_date(at)),
            until_on=row.until_on, today=local_date(at),
        )  # fmt: skip
        if no is not None:
            raise ConsentRefused(no, say(f"{no.key}-try"))
    state = CONSENTED if yes else REFUSED
    Consent.objects.filter(pk=row.pk).update(
        state=state, answered_role=str(by.role), answered_post=by.post, answered_at=at, answer=words.strip()[:300]
    )
    if yes:
        audit.deed("consent-consented", row.area.code, by=by, at=at, facts={"consent": row.pk})
    else:
        audit.deed("consent-refused", row.area.code, by=by, at=at, facts={"consent": row.pk})


@transaction.atomic
def end(consent: int, why: str, *, by: Actor, at: datetime) -> None:
    """End it before its day: whoever asked lets go, or whoever consented takes it back and says why."""
    row = _held(consent)
    if row.asked_by_id != by.unit and not answers(row, by):
        raise ConsentRefused(say("consent-not-yours"), say("consent-not-yours-try"))
    if row.state not in (ASKED, CONSENTED):
        raise ConsentRefused(say("consent-answered"), say("consent-answered-try"))
    if not why.strip():
        raise ConsentRefused(say("consent-no-needs-words"), say("consent-no-needs-words-try"), "why")
    Consent.objects.filter(pk=row.pk).update(
        state=ENDED, ended_on=local_date(at), ended_post=by.post, ended_why=why.strip()[:300]
    )
    audit.deed("consent-ended", row.area.code, by=by, at=at, facts={"consent": row.pk})


def _is_asked_already(asked: Asked, area: Area, by: Actor, today: date) -> bool:
    """Whether the same is asked of the same grids by the same unit and still waits, or counts."""
    same = Consent.objects.filter(area=area, asked_by=by.unit, item=asked.item, what=asked.what.strip()[:200])
    return same.filter(state__in=(ASKED, CONSENTED), until_on__gte=today).exists()


def answers(row: Consent, by: Actor) -> bool:
    """Whether this seat answers for the grids that are asked."""
    kind = post_titles({by.post})[by.post][0] if by.post is not None and str(by.role) == "grid" else ""
    return may_answer(
        role=str(by.role), post_kind=kind, asked_role=row.asked_role, is_of_grid=row.grid_id is not None,
        is_own_community=row.community_id == by.org, is_own_grid=row.grid_id == by.org,
    )  # fmt: skip


def _held(consent: int) -> Consent:
    row = Consent.objects.select_for_update(of=("self",)).select_related("area").filter(pk=consent).first()
    if row is None:
        raise ConsentRefused(say("consent-unknown"), say("consent-unknown-try"))
    return row


def _reaches(by: Actor, area: Area) -> bool:
    """Whether the asker's territory holds the area; a department asks where it acts, which its unit's area says."""
    match str(by.role):
        case "county":
            return area.county_id == by.org
        case "subdistrict":
            return area.subdistrict_id == by.org
        case "community":
            return area.community_id == by.org
    home = area_code_of(by.unit) if by.unit is not None else None
    return home is not None and area.code.startswith(home)
