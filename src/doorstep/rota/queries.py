"""Meetings and shifts of an area, of a post, of whoever holds the address of a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from doorstep.areas.models import Area
from doorstep.areas.names import said
from doorstep.cases.queries import calendar
from doorstep.core.time.zone import LOCAL, local_date
from doorstep.rota.calendars import MeetingSeen, ShiftSeen
from doorstep.rota.models import CalledOff, Feed, Meeting, Shift
from doorstep.rota.rules.weeks import WEEKDAYS as WEEKDAYS
from doorstep.rota.rules.weeks import Week, weeks
from doorstep.staff.models import Appointment, Post
from doorstep.staff.queries import appointments_in_force

BACK: Final = timedelta(days=92)
AHEAD: Final = timedelta(days=400)
"""Holidays are known for a year at most; further on the rule stands by itself."""
NEXT: Final = 8
MOST_DUTIES: Final = 500
MOST_SEATS: Final = 200
ON_DUTY: Final = (
    *("grid_lead", "grid_worker", "community_desk", "subdistrict_office", "command_centre", "department"),
    *("volunteer", "stairwell_lead"),
)


class Seat(NamedTuple):
    """A post that can be on duty in an area."""

    post: int
    kind: str
    title: str
    area: str
    person: str


class Duty(NamedTuple):
    """A shift as the desk's list shows it."""

    id: int
    name: str
    post_kind: str
    post_title: str
    area: str
    begins_at: datetime
    ends_at: datetime
    called_off_at: datetime | None


class Coming(NamedTuple):
    """One of the next meetings: its day by the rule, the day it is held, and whether it was called off."""

    meeting: MeetingSeen
    week: Week
    is_called_off: bool


def meeting_of(org: int | None, at: datetime) -> MeetingSeen | None:
    """The weekly meeting of an area that is in force, or begins soon."""
    today = local_date(at)
    found = Meeting.objects.filter(org=org).filter(Q(until_on=None) | Q(until_on__gt=today)).order_by("-first_on")[:1]
    return next(iter(_seen(found, at)), None)


def coming(meeting: MeetingSeen, today: date) -> list[Coming]:
    """The next weeks of a meeting, those that fall out among them."""
    ahead = [week for week in meeting.weeks if (week.held_on or week.day) >= today]
    return [Coming(meeting, week, week.day in meeting.called_off) for week in ahead[:NEXT]]


def public_meetings(area: int, at: datetime) -> list[MeetingSeen]:
    """What anybody may have in a calendar."""
    return _seen(_recent(at).filter(org=area, is_public=True), at)


def duties(org: int | None, at: datetime) -> list[Duty]:
    """The shifts of an area that are not over, the next first."""
    found = Shift.objects.filter(org=org, ends_at__gt=at).order_by("begins_at", "pk")
    rows = found.values_list(
        *("pk", "name", "post__kind", "post__title", "post__area__name", "begins_at", "ends_at", "called_off_at")
    )
    return [Duty(*row) for row in rows[:MOST_DUTIES]]


def seats(org: int | None, today: date) -> list[Seat]:
    """The posts that an area may put on duty: its own and those below it, with whoever holds them now."""
    below = Area.objects.filter(Q(pk=org) | Q(community=org) | Q(subdistrict=org, level="community")).values("pk")
    held = appointments_in_force(today).filter(post__area__in=below, post__abolished_on=None)
    rows = held.filter(post__kind__in=ON_DUTY).order_by("post__area__code", "post__kind", "post")
    return [
        Seat(*row)
        for row in rows.values_list("post", "post__kind", "post__title", "post__area__name", "person__name")[
            :MOST_SEATS
        ]
    ]


# Feeds ---------------------------------------------------------------------------------------------------------------


def feed_of(account: int | None) -> datetime | None:
    """Since when somebody has an address for their calendar; None without one."""
    return Feed.objects.filter(account=account, ended_at=None).values_list("made_at", flat=True).first()


def account_of(token_hash: str) -> int | None:
    """Whose calendar this is, as long as its address lives and the account does."""
    living = Feed.objects.filter(token_hash=token_hash, ended_at=None, account__disabled_at=None)
    return living.values_list("account", flat=True).first()


def meetings_for(account: int, at: datetime) -> list[MeetingSeen]:
    """The meetings of the areas where somebody holds a post, and of those just above: the leads meet with the desk."""
    areas = _posts_of(account, at).values_list("area", "area__parent")
    places = {area for pair in areas for area in pair if area is not None}
    return _seen(_recent(at).filter(org__in=places), at)


def shifts_for(account: int, at: datetime) -> list[ShiftSeen]:
    """When the posts are on duty that somebody holds: each as long as it is theirs."""
    person = Appointment.objects.filter(person__account=account, post=OuterRef("post"), from_on__lte=OuterRef("day"))
    theirs = person.filter(Q(until_on=None) | Q(until_on__gt=OuterRef("day")))
    dated = Shift.objects.annotate(day=TruncDate("begins_at", tzinfo=LOCAL))
    found = dated.filter(Exists(theirs), begins_at__gt=at - BACK).order_by("begins_at", "pk")
    rows = found.values_list(
        *("pk", "name", "org__name", "begins_at", "ends_at", "called_off_at", "sequence", "changed_at")
    )
    return [
        ShiftSeen(pk, name, str(said(area)), begins, ends, off is not None, sequence, changed)
        for pk, name, area, begins, ends, off, sequence, changed in rows[:MOST_DUTIES]
    ]


def _posts_of(account: int, at: datetime) -> QuerySet[Post]:
    now = appointments_in_force(local_date(at)).filter(person__account=account)
    return Post.objects.filter(pk__in=now.values("post"))


def _recent(at: datetime) -> QuerySet[Meeting]:
    return Meeting.objects.filter(Q(until_on=None) | Q(until_on__gt=local_date(at) - BACK)).order_by("pk")


def _seen(meetings: Iterable[Meeting], at: datetime) -> list[MeetingSeen]:
    """With their weeks as far as holidays are known."""
    rows = list(meetings)
    off: dict[int, set[date]] = {}
    for pk, day in CalledOff.objects.filter(meeting__in=rows).values_list("meeting", "day"):
        off.setdefault(pk, set()).add(day)
    works, to = calendar(at).is_working_day, local_date(at) + AHEAD
    return [
        MeetingSeen(
            *(row.pk, row.org_id, row.name, row.place, row.is_public, row.weekday, row.begins, row.minutes),
            *(row.first_on, row.until_on, row.sequence, row.changed_at),
            weeks=list(weeks(row.weekday, row.first_on, row.until_on, to, works)),
            called_off=frozenset(off.get(row.pk, ())),
        )
        for row in rows
    ]
