"""Ask for a list to take away, decide it for somebody else, fetch it: each leaves its trace."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from doorstep.areas import queries as areas
from doorstep.cases.models import Export
from doorstep.cases.rules.exporting import MOST_ROWS as MOST_ROWS
from doorstep.cases.rules.exporting import Decision, ExportRefused, decide, refuse_unless_open, refuse_without_purpose
from doorstep.cases.rules.exporting import Form as Form
from doorstep.cases.rules.exporting import watermark as watermark
from doorstep.core.access import WORKER, Actor, Role, acting_as, audit
from doorstep.core.text import say
from doorstep.staff.models import Unit

KEPT_FOR: Final = timedelta(days=180)
"""What was asked for and decided is kept as long as the audit must be; the audit itself stays."""


def ask_for_export(query: str, form: str, because: str, *, by: Actor, at: datetime) -> Export:
    """Somebody wants the rows that `query` (as the queue's address has it) asks for."""
    refuse_without_purpose(because)
    county, subdistrict, community, unit = _bounds(by)
    asked = Export.objects.create(
        county=county,
        subdistrict=subdistrict,
        community=community,
        unit=unit,
        asked_by=by.account or 0,
        asked_post=by.post,
        asked_at=at,
        because=because.strip()[:200],
        query=query[:1000],
        form=Form(form) if form in list(Form) else Form.CSV,
    )
    audit.deed("asked-for-export", str(asked.pk), by=by, at=at, facts={"because": asked.because})
    return asked


def decide_export(export: int, wanted: str, words: str, *, by: Actor, at: datetime) -> Export:
    """Another person says yes or no; nobody approves what they asked for themselves."""
    found = _find(export)
    decision, until = decide(
        wanted, words, asked_by=found.asked_by, decided_by=by.account, before=found.decision, at=at
    )
    found.decision, found.until = str(decision), until
    found.decided_by, found.decided_post, found.decided_at = by.account, by.post, at
    found.words = words.strip()[:200]
    changed = Export.objects.filter(pk=found.pk, decision="").update(
        **{
            name: getattr(found, name)
            for name in ("decision", "until", "decided_by", "decided_post", "decided_at", "words")
        }
    )
    if not changed:
        raise ExportRefused(say("shield-export-decided"))
    if decision is Decision.APPROVED:
        audit.deed("approved-export", str(found.pk), by=by, at=at)
    else:
        audit.deed("refused-export", str(found.pk), by=by, at=at, facts={"words": found.words})
    return found


def fetch_export(export: int, *, by: Actor, at: datetime) -> Export:
    """The leave to take the file now; each time it is fetched is kept."""
    found = _find(export)
    refuse_unless_open(
        found.decision,
        found.until,
        asked_by=found.asked_by,
        by=by.account,
        asked_post=found.asked_post,
        post=by.post,
        at=at,
    )
    Export.objects.filter(pk=found.pk).update(fetched=F("fetched") + 1)
    audit.read("cases-exported", found.pk, by=by, at=at, because=found.because)
    return found


def forget_exports(at: datetime, *, limit: int = 500) -> int:
    """By machine: requests whose time is long over, with the search words that stood in them."""
    with acting_as(WORKER):
        old = list(Export.objects.filter(asked_at__lt=at - KEPT_FOR).values_list("pk", flat=True)[:limit])
        Export.objects.filter(pk__in=old).delete()
    return len(old)


def _find(export: int) -> Export:
    found = Export.objects.filter(pk=export).first()
    if found is None:
        raise ExportRefused(say("shield-export-none"))
    return found


def _bounds(by: Actor) -> tuple[int | None, int | None, int | None, int | None]:
    """The desks that may see that it was asked for: one's own and those above."""
    area = Unit.objects.values_list("area", flat=True).get(pk=by.org or 0) if by.role is Role.DEPARTMENT else by.org
    above = areas.above(area) if area is not None else None
    county, subdistrict, community = above or (None, None, None)
    if by.role is Role.DEPARTMENT:
        return county, subdistrict, community, by.org
    return county, subdistrict, community, None
