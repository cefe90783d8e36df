"""Draft an urgent reminder, approve it by two, let it go out, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, connection, transaction
from django.db.models import CharField
from django.db.models.functions import Cast

from doorstep.alerts.models import Delivery, Family, Reminder, Step
from doorstep.alerts.queries import Recipient, recipients
from doorstep.alerts.rules.reminding import APPROVERS, ReminderRefused, refuse_draft
from doorstep.alerts.rules.reminding import KEPT_FOR as KEPT_FOR
from doorstep.alerts.rules.reminding import METRES as METRES
from doorstep.alerts.rules.reminding import Draft as Draft
from doorstep.alerts.rules.reminding import Drill as Drill
from doorstep.alerts.rules.reminding import Kind as Kind
from doorstep.areas.models import Area, Door
from doorstep.areas.queries import place_at
from doorstep.core.access import WORKER, Actor, Role, acting_as, audit
from doorstep.core.access.roles import DESKS
from doorstep.core.crypto import seal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.core.turns import take_turn
from doorstep.staff.queries import person_of

DRAFTERS: Final = DESKS | {Role.GRID}
BATCH: Final = 5000


def draft(wish: Draft, *, by: Actor, at: datetime) -> int:
    """Written by one; nobody is told before two others have approved it. Its number."""
    refuse_draft(wish, at)
    person = person_by(by)
    with acting_as(WORKER), transaction.atomic():
        row = _row(wish, by, at)
        take_turn("reminders of", person)
        if (same := _drafted_already(row, person)) is not None:
            return same
        row.save()
        if wish.kind == Kind.LOST_CHILD:
            Family.objects.create(reminder=row, who=seal(wish.family.strip()[:200].encode()), agreed_at=at)
        add_step(row, "drafted", person, by, at)
    audit.deed("reminder-drafted", str(row.pk), by=by, at=at, facts={"kind": row.kind, "drill": row.drill})
    return row.pk


def _drafted_already(row: Reminder, person: int) -> int | None:
    """The very same, drafted by the same person and waiting: a button pressed twice."""
    same = ("kind", "words", "area", "place", "metres", "drill", "until", "issuer", "warning")
    found = Reminder.objects.filter(state="drafted", **{name: getattr(row, name) for name in same})
    return found.filter(steps__kind="drafted", steps__person_id=person).values_list("pk", flat=True).first()


def approve(reminder: int, *, by: Actor, at: datetime) -> bool:
    """The yes of one who neither wrote it nor said yes before; the second lets it go out. Whether it goes."""
    person = person_by(by)
    with acting_as(WORKER), transaction.atomic():
        row = _held(reminder, by)
        _refuse_others(row, by)
        if row.state != "drafted" or row.until <= at:
            raise ReminderRefused(say("reminders-no-longer"), say("reminders-no-longer-try"))
        _refuse_same(row, person)
        try:
            with transaction.atomic():
                add_step(row, "approved", person, by, at)
        except IntegrityError as error:
            raise ReminderRefused(say("reminders-no-twice"), say("reminders-no-twice-try")) from error
        goes = row.steps.filter(kind="approved").count() >= APPROVERS
        if goes:
            _let_go(row, at)
    audit.deed("reminder-approved", str(row.pk), by=by, at=at, facts={"goes": goes})
    return goes


def send_back(reminder: int, words: str, *, by: Actor, at: datetime) -> None:
    """The no of one who could have said yes; the drafter takes their own back likewise."""
    person = person_by(by)
    if not words.strip():
        raise ReminderRefused(say("reminders-no-why"), say("reminders-no-why-try"), "words")
    with acting_as(WORKER), transaction.atomic():
        row = _held(reminder, by)
        if not _drafted_by(row, person):
            _refuse_others(row, by)
        if row.state != "drafted":
            raise ReminderRefused(say("reminders-no-longer"), say("reminders-no-longer-try"))
        add_step(row, "sent-back", person, by, at, words)
        _end(row, "sent-back", at)
    audit.deed("reminder-sent-back", str(row.pk), by=by, at=at)


def cancel(reminder: int, all_clear: str, *, by: Actor, at: datetime) -> int:
    """By the drafter or any who may approve: what is unsent stops at once, and whom it reached hears `all_clear`.

    How many were stopped.
    """
    person = person_by(by)
    if not all_clear.strip():
        raise ReminderRefused(say("reminders-no-all-clear"), say("reminders-no-all-clear-try"), "all_clear")
    if len(all_clear) > ALL_CLEAR:
        raise ReminderRefused(
            say("reminders-no-long", length=len(all_clear), most=ALL_CLEAR), say("reminders-no-long-try"), "all_clear"
        )
    with acting_as(WORKER), transaction.atomic():
        row = _held(reminder, by)
        if not _drafted_by(row, person):
            _refuse_others(row, by)
        if row.state != "going":
            raise ReminderRefused(say("reminders-no-longer"), say("reminders-no-longer-try"))
        row.all_clear = all_clear.strip()
        add_step(row, "cancelled", person, by, at, all_clear)
        row.state, row.ended_at, row.look_again_at = "cancelled", at, at
        row.save()
        stopped = _stop_waiting(row)
    audit.deed("reminder-cancelled", str(row.pk), by=by, at=at, facts={"stopped": stopped})
    return stopped


ALL_CLEAR: Final = 300


def may_approve(row: Reminder, by: Actor) -> bool:
    """Whether this desk answers for the place."""
    return by.role in DESKS and reaches(row, by)


def may_say_yes(row: Reminder, by: Actor) -> bool:
    """Whether a yes of whoever asks would count: neither drafted by them nor approved before."""
    mine = ("drafted", "approved")
    return may_approve(row, by) and not row.steps.filter(kind__in=mine, person_id=person_by(by)).exists()


def may_take_back(row: Reminder, by: Actor) -> bool:
    """Whether whoever asks drafted it, or answers for the place."""
    return may_approve(row, by) or (reaches(row, by) and _drafted_by(row, person_by(by)))


def _drafted_by(row: Reminder, person: int) -> bool:
    return row.steps.filter(kind="drafted", person_id=person).exists()


def reaches(row: object, by: Actor) -> bool:
    """Whether the place lies in the territory of whoever asks."""
    column = {Role.GRID: "grid_id", Role.COMMUNITY: "community_id", Role.SUBDISTRICT: "subdistrict_id"}
    return by.org is not None and getattr(row, column.get(by.role, "county_id")) == by.org


def person_by(by: Actor) -> int:
    """Who sits in the seat: two approvals are those of two people, whatever posts they hold."""
    with acting_as(WORKER):
        person = person_of(by.account) if by.account is not None else None
    if person is None:
        raise ReminderRefused(say("reminders-no-person"), say("reminders-no-person-try"))
    return person


def add_step(row: Reminder, kind: str, person: int, by: Actor, at: datetime, words: str = "") -> None:
    """Who did what; only ever added."""
    Step.objects.create(
        reminder=row, kind=kind, person_id=person, post_id=by.post, role=str(by.role), at=at, words=words[:300]
    )


def _row(wish: Draft, by: Actor, at: datetime) -> Reminder:
    today = local_date(at)
    door = Door.objects.filter(code=wish.door, retired_at=None).first() if wish.door else None
    if wish.door and door is None:
        raise ReminderRefused(say("reminders-no-door"), say("reminders-no-door-try"), "door")
    area = _area_of(wish, door, at)
    assert wish.until is not None  # refuse_draft
    row = Reminder(
        area=area, **scope_of(area), kind=wish.kind, words=wish.words.strip(), drill=wish.drill,
        place=door.name if door else "", building=door.building if door else None,
        lon=door.lon if door else None, lat=door.lat if door else None, metres=wish.metres if door else None,
        drafted_at=at, until=wish.until, look_again_at=wish.until,
    )  # fmt: skip
    if wish.kind == Kind.RELAY:
        row.issuer, row.warning, row.severity = wish.issuer[:120], wish.warning[:60], wish.severity[:20]
        row.issued_at, row.source = wish.issued_at, wish.source[:300]
    if by.role not in DRAFTERS or not reaches(row, by):
        raise ReminderRefused(say("reminders-no-reach"), say("reminders-no-reach-try"), "door" if door else "area")
    if not wish.drill and not recipients(row, today):
        raise ReminderRefused(say("reminders-no-nobody"), say("reminders-no-nobody-try"), "door" if door else "area")
    return row


def _area_of(wish: Draft, door: Door | None, at: datetime) -> Area:
    if door is not None:
        place = place_at(door.lon, door.lat, local_date(at))
        return Area.objects.get(pk=place.grid or place.microgrid if place else door.community_id)
    area = Area.objects.filter(code=wish.area, valid_until=None).first() if wish.area else None
    if area is None:
        raise ReminderRefused(say("reminders-no-area"), say("reminders-no-area-try"), "area")
    return area


def scope_of(area: Area) -> dict[str, int | None]:
    """The area and those above it, by level."""
    own = {"county": area.county_id, "subdistrict": area.subdistrict_id, "community": area.community_id}
    own["grid"] = area.grid_id
    level = "grid" if area.level == "special_grid" else area.level
    return {f"{name}_id": area.pk if name == level else above for name, above in own.items()}


def _held(reminder: int, by: Actor) -> Reminder:
    row = Reminder.objects.select_for_update(of=("self",)).select_related("area").filter(pk=reminder).first()
    if row is None or not reaches(row, by):
        raise ReminderNotFound(say("reminders-unknown"), say("reminders-unknown-try"))
    return row


class ReminderNotFound(ReminderRefused):
    """There is none with this number where this seat may look."""

    status = 404


def _refuse_others(row: Reminder, by: Actor) -> None:
    if not may_approve(row, by):
        raise ReminderRefused(say("reminders-no-approver"), say("reminders-no-approver-try"))


def _refuse_same(row: Reminder, person: int) -> None:
    if _drafted_by(row, person):
        raise ReminderRefused(say("reminders-no-own"), say("reminders-no-own-try"))
    if row.steps.filter(kind="approved", person_id=person).exists():
        raise ReminderRefused(say("reminders-no-twice"), say("reminders-no-twice-try"))


def _let_go(row: Reminder, at: datetime) -> None:
    row.state, row.going_at, row.look_again_at = "going", at, at
    row.save()
    found = recipients(row, local_date(at))
    keep(row.pk, "word", found, at, counted=row.drill == Drill.COUNTED)


def keep(reminder: int, phase: str, found: Sequence[Recipient], at: datetime, *, counted: bool = False) -> None:
    """One row for each address and channel, once, however often this is tried."""
    state, due = ("counted", None) if counted else ("waiting", at)
    for first in range(0, len(found), BATCH):
        Delivery.objects.bulk_create(
            (
                Delivery(
                    reminder_id=reminder, phase=phase, channel=each.channel, mark=each.mark,
                    subscription_id=each.subscription, person_id=each.person, state=state, look_again_at=due,
                )
                for each in found[first : first + BATCH]
            ),
            ignore_conflicts=True,
        )  # fmt: skip


# By machine -----------------------------------------------------------------------------------------------------------


def look_again(at: datetime, limit: int = 50) -> int:
    """End what has run out, tell those reached by what was taken back, and forget addresses when it is long over."""
    with acting_as(WORKER), transaction.atomic():
        due = Reminder.objects.select_for_update(skip_locked=True, of=("self",)).filter(look_again_at__lte=at)
        rows = list(due.order_by("look_again_at")[:limit])
        for row in rows:
            _go_on(row, at)
    return len(rows)


def _go_on(row: Reminder, at: datetime) -> None:
    if row.ended_at is not None and at >= row.ended_at + KEPT_FOR:
        _forget(row)
    elif row.state == "cancelled":
        _tell_all_clear(row, at)
    elif at >= row.until:
        _stop_waiting(row)
        _end(row, "over" if row.state == "going" else "lapsed", at)
    else:
        row.look_again_at = row.until
        row.save(update_fields=["look_again_at"])


def _tell_all_clear(row: Reminder, at: datetime) -> None:
    """Whom the reminder reached, or may have, hears that it is over; again while some are still being handed over."""
    reached = Delivery.objects.filter(reminder=row, phase="word", state__in=("sent", "unclear")).values_list(
        "channel", "mark", "subscription_id", "person_id"
    )
    keep(row.pk, "all-clear", [Recipient(*each) for each in reached], at)
    _stop_waiting(row)
    if Delivery.objects.filter(reminder=row, phase="word", state="handing").exists():
        row.look_again_at = at + timedelta(seconds=2)
    else:
        row.look_again_at = (row.ended_at or at) + KEPT_FOR
    row.save(update_fields=["look_again_at"])


def _stop_waiting(row: Reminder) -> int:
    """How many are not handed over any more. What a line has just taken is not waited for: it looks for itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE alerts_delivery SET state = 'stopped', look_again_at = NULL WHERE id IN (SELECT id"
            " FROM alerts_delivery WHERE reminder_id = %s AND phase = 'word' AND state = 'waiting'"
            " FOR UPDATE SKIP LOCKED)",
            [row.pk],
        )
        return int(cursor.rowcount)


def _end(row: Reminder, state: str, at: datetime) -> None:
    row.state, row.ended_at, row.look_again_at = state, at, at + KEPT_FOR
    row.save(update_fields=["state", "ended_at", "look_again_at"])


def _forget(row: Reminder) -> None:
    """Marks of addresses become numbers, and of a child nothing is left but that there was a reminder."""
    Family.objects.filter(reminder=row).delete()
    if row.kind == Kind.LOST_CHILD:
        row.words, row.all_clear = "", ""
    row.look_again_at = None
    row.save(update_fields=["words", "all_clear", "look_again_at"])
    every = Delivery.objects.filter(reminder=row)
    every.update(mark=Cast("id", CharField(max_length=32)), subscription=None, person_id=None)
