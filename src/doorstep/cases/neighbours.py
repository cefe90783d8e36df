"""What is shown of neighbours who may be asked: to each their own word and the calls on them, to a case who comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from django.db.models import Count, F, Q

from doorstep.areas import names
from doorstep.cases.models import Asked, NeighbourCall, Readiness, Said
from doorstep.cases.queries import catalogue
from doorstep.cases.rules.lifecycle import ENDED
from doorstep.cases.rules.neighbours import LASTS_H as LASTS_H
from doorstep.cases.rules.neighbours import MOST_WANTED as MOST_WANTED
from doorstep.cases.rules.neighbours import Call, Ready, Terms
from doorstep.cases.rules.neighbours import Days as Days
from doorstep.catalogue.item import Help
from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.text import Message
from doorstep.core.time.zone import local_date
from doorstep.staff.models import Appointment
from doorstep.staff.queries import appointment_of, appointments_in_force

COMING: Final = "coming"
NOT_NOW: Final = "not-now"
HELPS: Final = tuple(Help)
FROM_HOUR: Final = time(8)
UNTIL_HOUR: Final = time(20)


def seat_of(by: Actor, at: datetime) -> int | None:
    """The appointment in which a neighbour is signed in."""
    return appointment_of(by.post, by.account, local_date(at))


def own_readiness(by: Actor, at: datetime) -> Readiness | None:
    """What this neighbour agreed to, while it holds."""
    seat, today = seat_of(by, at), local_date(at)
    with acting_as(WORKER):
        return Readiness.objects.filter(appointment=seat, until_on__gt=today).first() if seat else None


@dataclass(frozen=True)
class CallOnMe:
    """A call as somebody who is asked sees it. The place is empty until they said that they come."""

    id: int
    help: str
    area: Message | str
    until: datetime
    over: str
    wanted: int
    coming: int
    answer: str
    words: str = ""
    place: str = ""
    holder: str = ""

    @property
    def is_open(self) -> bool:
        """Whether more people are still asked."""
        return not self.over

    @property
    def is_coming(self) -> bool:
        """Whether this neighbour said yes."""
        return self.answer == COMING


def calls_on(by: Actor, at: datetime) -> list[CallOnMe]:
    """The calls that wait for this neighbour or that they said yes to, the newest first."""
    return _calls_on(seat_of(by, at))


def call_on(call: int, by: Actor, at: datetime) -> CallOnMe | None:
    """One of them with its words; None for whoever was not asked."""
    return next(iter(_calls_on(seat_of(by, at), call)), None)


def _calls_on(seat: int | None, call: int | None = None) -> list[CallOnMe]:
    if seat is None:
        return []
    with acting_as(WORKER):
        rows = Asked.objects.filter(appointment=seat, call__case__is_open=True).exclude(call__case__state__in=ENDED)
        rows = rows.filter(call=call) if call is not None else rows.exclude(answer=NOT_NOW)
        found = rows.select_related("call", "call__microgrid", "call__grid", "call__case__holder_unit")
        found = found.defer("call__microgrid__outline", "call__grid__outline").order_by("-call")
        here = [(row, row.call) for row in found]
        coming = _coming([each.pk for _, each in here])
        said = Said.objects.filter(case__in=[each.case_id for _, each in here]) if call is not None else ()
        words = {(each.case_id, each.seq): each.words for each in said}
    return [
        CallOnMe(
            id=each.pk,
            help=each.help,
            area=names.said((each.microgrid or each.grid).name),
            until=each.until,
            over=each.over,
            wanted=each.wanted,
            coming=coming.get(each.pk, 0),
            answer=row.answer,
            words=words.get((each.case_id, each.seq), ""),
            place=each.place if row.answer == COMING else "",
            holder=each.case.holder_unit.name if each.case.holder_unit else "",
        )
        for row, each in here
    ]


def _coming(calls: Sequence[int]) -> dict[int, int]:
    rows = NeighbourCall.objects.filter(pk__in=calls).annotate(n=Count("asked", filter=Q(asked__answer=COMING)))
    return dict(rows.values_list("pk", "n"))


# Seen from the case ---------------------------------------------------------------------------------------------------


class Comes(NamedTuple):
    """Somebody who said yes: who they are to the neighbours, and nothing else."""

    name: str
    kind: str
    title: str
    area: str


@dataclass(frozen=True)
class Called:
    """The latest call of a case, and who comes."""

    row: NeighbourCall
    comes: Sequence[Comes]

    @property
    def is_open(self) -> bool:
        """Whether people are still asked."""
        return not self.row.over


def latest_call(case: int) -> Called | None:
    """The latest call on the neighbours of a case, as far as whoever asks may see the case."""
    row = NeighbourCall.objects.filter(case=case).order_by("-pk").first()
    if row is None:
        return None
    comes = Asked.objects.filter(call=row, answer=COMING).order_by("id")
    post = "appointment__post__"
    named = comes.values_list("appointment__person__name", f"{post}kind", f"{post}title", f"{post}area__name")
    return Called(row, [Comes(*each) for each in named])


def helps_for(item: str) -> tuple[Help, ...]:
    """What neighbours may be asked for in a case of this item."""
    known = catalogue().items.get(item)
    return known.neighbours if known else ()


def place_of(case: Any) -> str:
    """Where the case is, for the field that tells it to those who come."""
    named = (case.door_name or "", case.place_words)
    return " · ".join(each for each in named if each)[:200]


# For the machine ------------------------------------------------------------------------------------------------------


def ready_in(grid: int, today: date) -> list[Ready]:
    """Whoever signed up and holds a post in this grid or one of its micro-grids today; read as the machine."""
    seats = appointments_in_force(today).filter(Q(post__area=grid) | Q(post__area__grid=grid)).values("pk")
    rows = Readiness.objects.filter(appointment__in=seats, until_on__gt=today).annotate(
        post=F("appointment__post"), kind=F("appointment__post__kind"), area=F("appointment__post__area")
    )
    return [
        Ready(
            appointment=row.appointment_id,
            post=row.post,
            kind=row.kind,
            microgrid=row.area if row.area != grid else None,
            grid=grid,
            terms=Terms(frozenset(Help(each) for each in row.helps), Days(row.days), row.from_hour, row.until_hour),
            until_on=row.until_on,
        )
        for row in rows
    ]


def facts_of(row: NeighbourCall, number: str) -> Call:
    """A call as the rules see it."""
    coming = Asked.objects.filter(call=row, answer=COMING).count()
    return Call(number, Help(row.help), row.microgrid_id, row.grid_id, row.wanted, coming)


def posts_of(appointments: Sequence[int]) -> tuple[int, ...]:
    """The posts behind these appointments."""
    return tuple(Appointment.objects.filter(pk__in=appointments).values_list("post", flat=True))
