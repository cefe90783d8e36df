"""Emergency mode: asked for by one, approved by another of the level above, renewed likewise, ended early or by itself.

It opens a list of who needs what. It changes nothing for staff: nobody signs in anywhere, is followed or compared.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from doorstep.alerts.actions.reminding import person_by, scope_of
from doorstep.alerts.emergencies import approvers, asked_seq, is_on, may_approve, reaches
from doorstep.alerts.models import Emergency, Need, Step, Supply
from doorstep.alerts.rules.emergency import (
    KEPT_FOR,
    REASON,
    WAITS_FOR,
    EmergencyNotFound,
    asked_days,
    refusal,
    too_long,
)
from doorstep.alerts.rules.emergency import EmergencyRefused as EmergencyRefused
from doorstep.areas.models import Area
from doorstep.core.access import WORKER, Actor, acting_as, audit
from doorstep.core.access.roles import DESKS
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.staff.queries import holders_of

LIVING: Final = ("asked", "open")


def ask(area: str, reason: str, days: int | None, *, by: Actor, at: datetime) -> int:
    """A desk asks for it, for an area of its own; nothing is on before another person has approved it. Its number."""
    wanted = asked_days(reason, days)
    person = person_by(by)
    with acting_as(WORKER), transaction.atomic():
        found = Area.objects.filter(code=area, valid_until=None).exclude(level="microgrid").first() if area else None
        if found is None:
            raise refusal("area", "area")
        _end_what_is_over(found, at)
        row = Emergency(
            area=found, **scope_of(found), reason=reason, days=wanted, asked_at=at, look_again_at=at + WAITS_FOR
        )
        if by.role not in DESKS or not reaches(row, by):
            raise refusal("reach", "area")
        _refuse_without_approver(row, person, at)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise refusal("already", "area") from error
        _step(row, 0, "asked", person, by, at, reason)
    audit.deed("emergency-asked", str(row.pk), by=by, at=at, facts={"days": days})
    return row.pk


def approve(number: int, *, by: Actor, at: datetime) -> datetime:
    """The yes of another person, still in post, of the level that approves. Until when it is on."""
    person = person_by(by)
    with acting_as(WORKER), transaction.atomic():
        row = _held(number, by)
        seq = _approvable(row, person, by, at)
        try:
            with transaction.atomic():
                _step(row, seq, "approved", person, by, at)
        except IntegrityError as error:
            raise refusal("own") from error
        days = row.days if row.state == "asked" else row.asks_days or 0
        row.opened_at = row.opened_at or at
        row.until = (row.until or at) + timedelta(days=days)
        row.state, row.seq, row.asks_days, row.look_again_at = "open", seq, None, row.until
        row.save()
    audit.deed("emergency-approved", str(row.pk), by=by, at=at, facts={"days": days})
    return row.until


def send_back(number: int, words: str, *, by: Actor, at: datetime) -> None:
    """The no of whoever could have said yes; a mode that is on stays so until its own end."""
    person = person_by(by)
    _refuse_words(words, "words")
    with acting_as(WORKER), transaction.atomic():
        row = _held(number, by)
        seq = _approvable(row, person, by, at)
        _step(row, seq, "sent-back", person, by, at, words)
        if row.state == "asked":
            row.state, row.ended_at, row.look_again_at = "sent-back", at, None
        row.asks_days = None
        row.save()
    audit.deed("emergency-sent-back", str(row.pk), by=by, at=at)


def renew(number: int, days: int | None, words: str, *, by: Actor, at: datetime) -> None:
    """Ask for more days; they count once another person has approved them, and lapse when nobody does."""
    wanted = asked_days(words, days)
    person = person_by(by)
    with acting_as(WORKER), transaction.atomic():
        row = _held(number, by)
        if by.role not in DESKS or not is_on(row, at):
            raise refusal("longer")
        if row.asks_days is not None:
            raise refusal("renewing")
        _refuse_without_approver(row, person, at)
        _step(row, asked_seq(row) + 1, "asked", person, by, at, words)
        row.asks_days = wanted
        row.save(update_fields=["asks_days"])
    audit.deed("emergency-renewed", str(row.pk), by=by, at=at, facts={"days": days})


def end(number: int, words: str, *, by: Actor, at: datetime) -> None:
    """Before its time, by any desk that answers for the area, and with words for those who live there."""
    person = person_by(by)
    _refuse_words(words, "end_words")
    with acting_as(WORKER), transaction.atomic():
        row = _held(number, by)
        if by.role not in DESKS or not (row.state == "asked" or is_on(row, at)):
            raise refusal("longer")
        _step(row, row.seq, "ended", person, by, at, words)
        row.end_words = words
        _over(row, "ended" if row.opened_at else "taken-back", at)
    audit.deed("emergency-ended", str(row.pk), by=by, at=at)


# By machine -----------------------------------------------------------------------------------------------------------


def look_again(at: datetime, limit: int = 50) -> int:
    """End what has run out, let lapse what nobody approved, and erase who needed what when it is over."""
    with acting_as(WORKER), transaction.atomic():
        due = Emergency.objects.select_for_update(skip_locked=True, of=("self",)).filter(look_again_at__lte=at)
        rows = list(due.order_by("look_again_at")[:limit])
        for row in rows:
            _go_on(row, at)
    return len(rows)


def _go_on(row: Emergency, at: datetime) -> None:
    if row.state in LIVING:
        assert row.look_again_at is not None  # what is alive has its end
        _over(row, "over" if row.state == "open" else "lapsed", row.look_again_at)
    else:
        _erase(row, at)


def _end_what_is_over(area: Area, at: datetime) -> None:
    """A mode that has run out stands in nobody's way, whether or not the worker has come by."""
    for row in Emergency.objects.select_for_update().filter(area=area, state__in=LIVING, look_again_at__lte=at):
        _go_on(row, at)


def _over(row: Emergency, state: str, at: datetime) -> None:
    row.state, row.ended_at, row.asks_days = state, at, None
    row.look_again_at = at + KEPT_FOR if row.opened_at else None
    row.save()


def _erase(row: Emergency, at: datetime) -> None:
    """Of each need the kind and the number stay, of each supply the number: nobody's home, name or point."""
    needs = Need.objects.filter(emergency=row)
    Supply.objects.filter(need__in=needs).update(promised_by="")
    needs.update(sealed=None, place="", lon=None, lat=None)
    row.erased_at, row.look_again_at = at, None
    row.save(update_fields=["erased_at", "look_again_at"])


def _held(number: int, by: Actor) -> Emergency:
    row = Emergency.objects.select_for_update(of=("self",)).select_related("area").filter(pk=number).first()
    if row is None or not reaches(row, by):
        raise EmergencyNotFound(say("emergency-unknown"), say("emergency-unknown-try"))
    return row


def _approvable(row: Emergency, person: int, by: Actor, at: datetime) -> int:
    """The number of what waits for a yes, where this person may give it."""
    if not may_approve(row, by):
        raise refusal("approver")
    if by.post is None or person not in holders_of(by.post, local_date(at)):
        raise refusal("in-post")
    waits = row.look_again_at is not None and row.look_again_at > at
    if not waits or not (row.state == "asked" or (row.state == "open" and row.asks_days is not None)):
        raise refusal("waiting")
    seq = asked_seq(row)
    if Step.objects.filter(emergency=row, seq=seq, kind="asked", person_id=person).exists():
        raise refusal("own")
    return seq


def _refuse_without_approver(row: Emergency, person: int, at: datetime) -> None:
    scope = {"grid_id": row.grid_id, "subdistrict_id": row.subdistrict_id, "county_id": row.county_id}
    if not approvers(row.area, scope, at) - {person}:
        raise refusal("nobody")


def _refuse_words(words: str, where: str) -> None:
    if not words:
        raise refusal("why", where)
    if len(words) > REASON:
        raise too_long(words, REASON, where)


def _step(row: Emergency, seq: int, kind: str, person: int, by: Actor, at: datetime, words: str = "") -> None:
    Step.objects.create(
        emergency=row, seq=seq, kind=kind, person_id=person, post_id=by.post, role=str(by.role), at=at, words=words
    )
