"""Seats and who sits in them: appoint, end, add a seat, give it the city's own word."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from doorstep.areas.models import Area
from doorstep.core.access import Actor, Role, audit
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.staff.models import Appointment, Person, Post, Unit
from doorstep.staff.posts import is_abolished
from doorstep.staff.rules.roles import ADMINISTRATOR_POSTS, ROLE_OF_POST, may_be_held_together
from doorstep.staff.rules.seats import KEPT_BY_COMMUNITY, UNITS_OF_POST

LONGEST_TITLE = 60


class AppointmentRefused(Refusal):
    """Not this person, not this seat, or not on that day."""


class SeatRefused(Refusal):
    """No such seat, or one that somebody else keeps."""

    status = 404


def appoint(post: int, person: int, from_on: date | None, until_on: date | None, *, by: Actor, at: datetime) -> int:
    """One person takes a vacant seat from a day on; the appointment's id."""
    if from_on is None:
        raise AppointmentRefused(say("staff-appoint-no-day"), say("staff-appoint-no-day-try"), "from_on")
    if until_on is not None and until_on <= from_on:
        raise AppointmentRefused(say("staff-appoint-backwards"), say("staff-appoint-backwards-try"), "until_on")
    _kept(post, by, at)
    # The person first, then the seat, whoever appoints: two at once wait for each other and never for ever.
    who = Person.objects.select_for_update().filter(pk=person).first()
    seat = Post.objects.select_for_update().get(pk=post)
    if who is None:
        raise AppointmentRefused(say("staff-appoint-nobody"), say("staff-appoint-nobody-try"), "person")
    _refuse_taken(seat, from_on, until_on)
    _refuse_mixed(who, seat, from_on, until_on)
    made = Appointment.objects.create(person=who, post=seat, from_on=from_on, until_on=until_on)
    facts = {"kind": seat.kind, "person": who.pk, "from": str(from_on), "until": str(until_on or "")}
    audit.deed("appointed", f"post {seat.pk}", by=by, at=at, facts=facts)
    return made.pk


def _refuse_taken(seat: Post, from_on: date, until_on: date | None) -> None:
    taken = _overlapping(Appointment.objects.filter(post=seat), from_on, until_on).select_related("person").first()
    if taken is not None:
        raise AppointmentRefused(
            say("staff-appoint-taken", person=taken.person.name), say("staff-appoint-taken-try"), "from_on"
        )


def _refuse_mixed(who: Person, seat: Post, from_on: date, until_on: date | None) -> None:
    held = _overlapping(Appointment.objects.filter(person=who), from_on, until_on)
    kinds = frozenset(held.values_list("post__kind", flat=True))
    if not may_be_held_together(kinds, seat.kind):
        raise AppointmentRefused(say("staff-appoint-mixed", person=who.name), say("staff-appoint-mixed-try"), "person")


def _overlapping(appointments, from_on: date, until_on: date | None):  # type: ignore[no-untyped-def]
    found = appointments.filter(Q(until_on=None) | Q(until_on__gt=from_on))
    return found if until_on is None else found.filter(from_on__lt=until_on)


def end_appointment(appointment: int, until_on: date | None, *, by: Actor, at: datetime) -> None:
    """The seat is vacant from this day on; what its holder could see closes with it."""
    held = Appointment.objects.filter(pk=appointment).first()
    if held is None:
        raise SeatRefused(say("staff-seat-unknown"), say("staff-seat-unknown-try"))
    _kept(held.post_id, by, at)
    if until_on is None:
        raise AppointmentRefused(say("staff-appoint-no-day"), say("staff-appoint-no-day-try"), "until_on")
    if until_on <= held.from_on:
        raise AppointmentRefused(say("staff-appoint-backwards"), say("staff-appoint-backwards-try"), "until_on")
    if held.until_on is not None and held.until_on <= local_date(at):
        raise AppointmentRefused(say("staff-appoint-over"), say("staff-appoint-over-try"), "until_on")
    Appointment.objects.filter(pk=held.pk).update(until_on=until_on)
    audit.deed("ended-appointment", f"post {held.post_id}", by=by, at=at, facts={"until": str(until_on)})


def name_post(post: int, title: str, *, by: Actor, at: datetime) -> None:
    """Give a seat the city's own word; empty, and the usual one is shown again."""
    seat = _kept(post, by, at)
    Post.objects.filter(pk=seat.pk).update(title=title[:LONGEST_TITLE])
    audit.deed("named-post", f"post {seat.pk}", by=by, at=at, facts={"title": title[:LONGEST_TITLE]})


def add_post(kind: str, area: int | None, *, unit: int | None = None, by: Actor, at: datetime) -> int:
    """One more seat in an area, for the unit that acts there; the seat's id."""
    if kind not in ROLE_OF_POST:
        raise SeatRefused(say("staff-seat-unknown"), say("staff-seat-unknown-try"), "kind")
    place = None
    if kind not in ADMINISTRATOR_POSTS and area is not None:
        place = Area.objects.filter(pk=area).defer("outline").first()
    if place is None and kind not in ADMINISTRATOR_POSTS:
        raise AppointmentRefused(say("staff-post-no-area"), say("staff-post-no-area-try"), "area")
    _refuse_to_others(kind, place.community_id if place else None, by)
    acts = _unit_of(kind, place, unit)
    made = Post.objects.create(kind=kind, area=place, unit=acts)
    audit.deed("added-post", f"post {made.pk}", by=by, at=at, facts={"kind": kind, "area": place.code if place else ""})
    return made.pk


def _unit_of(kind: str, place: Area | None, unit: int | None) -> Unit | None:
    wanted = UNITS_OF_POST.get(kind)
    if wanted is None or place is None:
        return None
    units = Unit.objects.filter(area=place, kind__in=wanted, closed_at=None)
    found = units.filter(pk=unit).first() if unit else units.order_by("id").first()
    if found is None:
        raise AppointmentRefused(say("staff-post-no-unit"), say("staff-post-no-unit-try"), "area")
    return found


def add_person(name: str, phone: str, comes_from: str, *, by: Actor, at: datetime) -> int:
    """Somebody new to be appointed; the person's id."""
    if not name:
        raise AppointmentRefused(say("staff-person-no-name"), say("staff-person-no-name-try"), "name")
    made = Person.objects.create(name=name, phone=phone, comes_from=comes_from)
    audit.deed("added-person", f"person {made.pk}", by=by, at=at)
    return made.pk


def _kept(post: int, by: Actor, at: datetime) -> Post:
    """The seat, if whoever asks fills it."""
    seat = Post.objects.filter(pk=post).select_related("area").defer("area__outline").first()
    if seat is None or is_abolished(seat, local_date(at)):
        raise SeatRefused(say("staff-seat-unknown"), say("staff-seat-unknown-try"))
    _refuse_to_others(seat.kind, seat.area.community_id if seat.area else None, by)
    return seat


def _refuse_to_others(kind: str, community: int | None, by: Actor) -> None:
    if by.role is Role.SYSTEM_ADMIN:
        return
    if by.role is Role.COMMUNITY and kind in KEPT_BY_COMMUNITY and community == by.org:
        return
    raise SeatRefused(say("staff-seat-unknown"), say("staff-seat-unknown-try"))
