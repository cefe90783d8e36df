"""The days that a place sets itself; whatever they move of open cases is reckoned again, some cases at a time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Q

from doorstep.cases.actions import clocks, ledger
from doorstep.cases.models import CalendarChange, CalendarDay, Case
from doorstep.cases.queries import CALENDAR_KEPT_FOR, Surroundings, forget_calendar
from doorstep.cases.rules.days import refuse_day
from doorstep.cases.rules.lifecycle import BEFORE_WORK, State
from doorstep.core.access import WORKER, Actor, Role, acting_as, audit
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.working_days import announced_until
from doorstep.core.time.zone import local_date

if TYPE_CHECKING:
    # Its readers take a quarter of a second to load, which every web process would spend at its start.
    from doorstep.cases.calendar_file import CalendarFile

BATCH: Final = 200
HEARD_AFTER: Final = CALENDAR_KEPT_FOR + timedelta(seconds=10)
"""Until then some process may still reckon with the days before."""


class CalendarRefused(Refusal):
    """The file was not taken; nothing was changed."""


class ImportedDays(NamedTuple):
    """How many days are new, were changed, and were as the file has them."""

    added: int
    changed: int
    same: int


def import_calendar(read: CalendarFile, *, at: datetime) -> ImportedDays:
    """All of the file or nothing; days that it does not name stay as they are."""
    if read.findings.problem_count:
        raise CalendarRefused(
            say("areas-import-refused", file=read.file, count=read.findings.problem_count),
            say("areas-import-refused-try"),
        )
    system = Actor(Role.SYSTEM_ADMIN)
    with acting_as(system, because="import"):
        known = {row.day: (row.is_worked, row.name) for row in CalendarDay.objects.all()}
        new = [each for each in read.days if each.day not in known]
        other = [each for each in read.days if known.get(each.day, (each.is_worked, each.name)) != each[1:]]
        CalendarDay.objects.bulk_create(CalendarDay(**each._asdict()) for each in new)
        for each in other:
            CalendarDay.objects.filter(pk=each.day).update(is_worked=each.is_worked, name=each.name)
        done = ImportedDays(len(new), len(other), len(read.days) - len(new) - len(other))
        if done.added or done.changed:
            audit.deed("imported-calendar", read.file, by=system, at=at, facts={**done._asdict()})
            _changed(done.added + done.changed, at=at)
    return done


def set_day(day: date | None, is_worked: bool, name: str = "", *, by: Actor, at: datetime) -> None:
    """A day is worked or not, whatever else is said of it."""
    found = refuse_day(day, name)
    CalendarDay.objects.update_or_create(day=found, defaults={"is_worked": is_worked, "name": name})
    audit.deed("set-calendar-day", found.isoformat(), by=by, at=at, facts={"is_worked": is_worked, "name": name})
    _changed(1, at=at)


def unset_day(day: date | None, *, by: Actor, at: datetime) -> None:
    """A day is again what the calendar that ships says of it."""
    found = refuse_day(day, "")
    gone, _ = CalendarDay.objects.filter(pk=found).delete()
    if gone:
        audit.deed("unset-calendar-day", found.isoformat(), by=by, at=at)
        _changed(1, at=at)


def _changed(days: int, *, at: datetime) -> None:
    with acting_as(WORKER):
        CalendarChange.objects.create(at=at, days=days, known_until=announced_until())
    forget_calendar()


# By machine -----------------------------------------------------------------------------------------------------------


def reckon(*, at: datetime, limit: int = BATCH) -> int:
    """Reckon the next open cases again after the calendar became another; how many were looked at."""
    with acting_as(WORKER):
        _note_new_years(at)
        change = (
            CalendarChange.objects.filter(done_at=None, at__lte=at - HEARD_AFTER)
            .order_by("id")
            .select_for_update(skip_locked=True)
            .first()
        )
        return 0 if change is None else _reckon_some(change, at, limit)


def _note_new_years(at: datetime) -> None:
    """A version of Doorstep that knows one more year is a change of the calendar, too."""
    known = announced_until()
    if not CalendarChange.objects.filter(known_until__gte=known).exists():
        # Days before nobody noted anything cannot have been heard of by anybody.
        CalendarChange.objects.create(at=at - HEARD_AFTER, days=0, known_until=known)


def _reckon_some(change: CalendarChange, at: datetime, limit: int) -> int:
    held_up = Q(state__in=[*BEFORE_WORK, State.TAKEN], is_open=True, promised_by__isnull=False)
    after = Case.objects.filter(held_up, pk__gt=change.reckoned_to).order_by("pk")
    cases = list(after.values_list("pk", flat=True)[:limit])
    with ledger.hold_these(cases) as helds:
        around = Surroundings([held.case for held in helds], local_date(at))
        change.moved += sum(clocks.reckon_again(held, around, at=at) for held in helds)
        ledger.announce([held for held in helds if held.entries])
    change.reckoned_to = cases[-1] if cases else change.reckoned_to
    change.done_at = at if len(cases) < limit else None
    change.save()
    return len(cases)
