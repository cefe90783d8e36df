"""Erase what a reporter gave us: at once what nobody needs any more, the rest by itself when its time has come.

The rows of the ledger stay with their salted hashes; text and salt go together, so that the chain still verifies and
nobody can guess what was said.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Q

from doorstep.cases.actions import ledger
from doorstep.cases.actions.contact import erase_contact
from doorstep.cases.actions.ledger import Held, hold, hold_these
from doorstep.cases.models import Case, Erasure, Event, Likeness, Photo, Said, Sound
from doorstep.cases.models import Part as Called
from doorstep.cases.queries import catalogue
from doorstep.cases.rules.erase import ANSWERS_KEPT_FOR, OWN, Part, Standing, standings
from doorstep.cases.rules.lifecycle import By, Move
from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.ids import CaseId
from doorstep.core.time.zone import local_date

GIVEN_BY: Final = (By.ANYONE, By.REPORTER)
BATCH: Final = 100
NOWHERE: Final = {"lon": None, "lat": None, "door_id": None, "place_words": ""}


def erase(case: CaseId, *, by: Actor, at: datetime) -> tuple[Standing, ...]:
    """The reporter asks for everything to be erased: what goes at once, and what waits for which day, and why."""
    with hold(case, by=by) as held:
        standing = standings_of(held.case, at)
        free = [each.part for each in standing if each.is_free]
        waiting = [each.part for each in standing if not each.is_free]
        _written(held, free, waiting, at=at)
    erase_contact(case)
    with acting_as(WORKER):
        _erase_parts(case, free)
        _erase_with_the_called(case, free, at=at)
        if waiting:
            left = {"own_left": Part.WORDS in waiting}
            Erasure.objects.update_or_create(case_id=case, defaults=left, create_defaults={"asked_at": at, **left})
        else:
            Erasure.objects.filter(case_id=case).delete()
    return standing


def standings_of(case: Case, at: datetime) -> tuple[Standing, ...]:
    """What of this case can be erased now."""
    ended_on = local_date(case.ended_at) if case.ended_at and not case.is_open else None
    return standings(ended_on=ended_on, today=local_date(at))


def erase_due(at: datetime, *, limit: int = BATCH) -> int:
    """By machine: what was asked for and can go now; how many cases were looked at.

    A case that was opened again waits until it has ended again. The reporter's own things go when it can no longer be
    opened again.
    """
    reopened_until = at - timedelta(days=catalogue().limits.reopen_days + 1)
    answers_until = at - ANSWERS_KEPT_FOR - timedelta(days=1)
    with acting_as(WORKER):
        ended = Erasure.objects.filter(case__is_open=False)
        due = ended.filter(Q(own_left=True, case__ended_at__lte=reopened_until) | Q(case__ended_at__lte=answers_until))
        rows = list(due.select_related("case").order_by("pk").select_for_update(skip_locked=True)[:limit])
        for row in rows:
            _erase_row(row, local_date(at), at)
    return len(rows)


def _erase_row(row: Erasure, today: date, at: datetime) -> None:
    standing = standings_of(row.case, at)
    free = [each.part for each in standing if each.is_free]
    gone = [part for part in free if part is not Part.CONTACT and (row.own_left or part not in OWN)]
    held = ledger.held(row.case, WORKER)
    _written(held, gone, [each.part for each in standing if not each.is_free], at=at)
    ledger.write([held], by=WORKER)
    _erase_parts(CaseId(row.case_id), gone)
    _erase_with_the_called(CaseId(row.case_id), gone, at=at)
    if len(free) == len(standing):
        row.delete()
    else:
        Erasure.objects.filter(pk=row.pk).update(own_left=False)


def _written(held: Held, gone: Collection[Part], waiting: Collection[Part], *, at: datetime) -> None:
    """The row of the ledger that says what went; the place goes with it."""
    changes: dict[str, Any] = dict(NOWHERE) if Part.PLACE in gone else {}
    facts = {"erased": [str(part) for part in gone], "later": [str(part) for part in waiting]}
    held.done(Move.ERASE, at=at, facts=facts, **changes)


def _erase_parts(case: CaseId, parts: Collection[Part]) -> None:
    given = Event.objects.filter(case=case, by_hat__in=[str(hat) for hat in GIVEN_BY]).values("seq")
    if Part.WORDS in parts:
        # A voice is words, and says who spoke them.
        Said.objects.filter(case=case, seq__in=given).delete()
        Sound.objects.filter(case=case, seq__in=given).delete()
    if Part.PHOTOS in parts:
        Photo.objects.filter(case=case, seq__in=given).delete()
    if Part.ANSWERS in parts:
        Said.objects.filter(case=case).exclude(seq__in=given).delete()
        Photo.objects.filter(case=case).exclude(seq__in=given).delete()
        Sound.objects.filter(case=case).exclude(seq__in=given).delete()


def _erase_with_the_called(whole: CaseId, gone: Collection[Part], *, at: datetime) -> None:
    """Every unit that was called was given the place, in a case of its own: that copy goes with the first, and what
    the unit wrote with the other answers."""
    with hold_these(list(Called.objects.filter(whole=whole).values_list("case_id", flat=True))) as helds:
        for held in helds:
            here = [part for part in (Part.PLACE, Part.ANSWERS) if part in gone and _has(held, part)]
            if here:
                _written(held, here, (), at=at)
            if Part.PLACE in here:
                Likeness.objects.filter(case=held.id).update(lon=None, lat=None)
                Called.objects.filter(case=held.id).update(place="")
            if Part.ANSWERS in here:
                for kept in (Said, Photo, Sound):
                    kept.objects.filter(case=held.id).delete()


def _has(held: Held, part: Part) -> bool:
    """Whether anything of it is left: what was asked for twice is written down once."""
    if part is Part.PLACE:
        return any(getattr(held.case, column) != nothing for column, nothing in NOWHERE.items())
    return any(kept.objects.filter(case=held.id).exists() for kept in (Said, Photo, Sound))
