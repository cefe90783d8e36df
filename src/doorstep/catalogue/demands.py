"""What units ask of the grassroots beside cases: for those who are asked, for those who ask, and for everybody.

The burden meter counts what was asked of posts and levels, by units: never what a person did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Q

from doorstep.areas.models import Area
from doorstep.catalogue.models import Consent, DemandAnswer
from doorstep.catalogue.models import Demand as Demand
from doorstep.catalogue.rules.demanding import round_on, rounds
from doorstep.core.access import Actor

COUNTING: Final = ("published", "ended")
MONTHS: Final = 12
RECIPIENTS: Final = {"grid": ("grid", "special_grid"), "community": ("community",), "subdistrict": ("subdistrict",)}


def code_of(area: int | None) -> str:
    """The code of an area."""
    return Area.objects.filter(pk=area or 0).values_list("code", flat=True).first() or ""


def all_rows() -> Any:
    """Demands with whoever asks, the latest first."""
    rows = Demand.objects.select_related("area", "asked_by").defer("area__outline")
    return rows.order_by("-asked_at", "-id")


def one(demand: int) -> Demand | None:
    """One of those that the reader may see."""
    found: Demand | None = all_rows().filter(pk=demand).first()
    return found


def of(actor: Actor) -> list[Demand]:
    """All that concerns this seat: asked by its unit, or waiting for its yes."""
    mine = Q(asked_by=actor.unit)
    if str(actor.role) == "county":
        mine |= Q(state="waiting", area__code__startswith=code_of(actor.org))
    return list(all_rows().filter(mine)[:200])


def is_asked(row: Demand, area: int | None, role: str) -> bool:
    """Whether whoever sits in this area is asked."""
    found = Area.objects.filter(pk=area or 0).values_list("level", "code").first()
    return found is not None and role == row.to_level and found[1].startswith(row.area.code)


class Due(NamedTuple):
    """Something asked of one's own area, which filling of it is due, and whether that is answered."""

    row: Demand
    round: int
    is_answered: bool


def due_for(actor: Actor, today: date) -> list[Due]:
    """What this seat's area is asked for today, the soonest to end first."""
    code = code_of(actor.org)
    if str(actor.role) not in RECIPIENTS or not code:
        return []
    prefixes = [code[:length] for length in (6, 9, 12, 15) if length <= len(code)]
    asked = all_rows().filter(
        state="published", to_level=str(actor.role), area__code__in=prefixes, from_on__lte=today, until_on__gte=today
    )
    rows = list(asked.order_by("until_on", "id")[:200])
    done = set(DemandAnswer.objects.filter(demand__in=rows, area=actor.org).values_list("demand", "round"))
    found = []
    for row in rows:
        due = round_on(today, row.from_on, row.until_on, row.times_a_year)
        if due is not None:
            found.append(Due(row, due, (row.pk, due) in done))
    return found


def answer_of(demand: int, number: int, area: int | None) -> DemandAnswer | None:
    """What an area has answered to one filling."""
    return DemandAnswer.objects.filter(demand=demand, round=number, area=area or 0).first()


class Answered(NamedTuple):
    """One row of the table in which all answers come together; `is_ended`: that area is no more."""

    code: str
    name: str
    round: int
    is_ended: bool
    answered_at: Any
    values: Sequence[Any]


def answers_to(row: Demand, today: date) -> list[Answered]:
    """All answers to one form, by filling and code."""
    found = DemandAnswer.objects.filter(demand=row).select_related("area").defer("area__outline")
    return [
        Answered(
            each.area.code,
            each.area.name,
            each.round,
            each.area.valid_until is not None and each.area.valid_until <= today,
            each.corrected_at or each.answered_at,
            each.values,
        )
        for each in found.order_by("round", "area__code")
    ]


def asked_of(level: str, today: date) -> list[tuple[str, int, int]]:
    """What is asked of a level now and from now on: area code, minutes each, times a year."""
    alive = Demand.objects.filter(state__in=("published", "waiting"), to_level=level, until_on__gte=today)
    return list(alive.values_list("area__code", "minutes", "times_a_year"))


# The meter ------------------------------------------------------------------------------------------------------------


@dataclass
class Burden:
    """What one unit asked of one level in the months looked at."""

    asker: str
    asker_role: str
    to_level: str
    demands: int = 0
    forms: int = 0
    off_list: int = 0
    fillings: int = 0
    minutes: int = 0


class Month(NamedTuple):
    """What was asked in one month: how often something fell due, and how many minutes that was reckoned at."""

    first: date
    fillings: int
    minutes: int


@dataclass(frozen=True)
class Meter:
    """The burden meter: month by month, by who asks of whom, and each demand that is asked now."""

    months: list[Month]
    burdens: list[Burden]
    alive: list[Demand]
    since: date
    until: date

    @property
    def minutes(self) -> int:
        return sum(month.minutes for month in self.months)


def meter(today: date, months: int = MONTHS) -> Meter:
    """The last months, this one among them. Names stand in their own order: nobody is ranked."""
    firsts = _months(today, months)
    since, until = firsts[0], _next(firsts[-1])
    rows = list(all_rows().filter(state__in=COUNTING, from_on__lt=until, until_on__gte=since)[:5000])
    fillings: dict[date, int] = defaultdict(int)
    minutes: dict[date, int] = defaultdict(int)
    burdens: dict[tuple[str, str], Burden] = {}
    for row in rows:
        days = [day for day in fallen_due(row) if since <= day < until]
        burden = burdens.setdefault(
            (row.asked_by.name, row.to_level), Burden(row.asked_by.name, row.asked_role, row.to_level)
        )
        burden.demands += 1
        burden.forms += row.kind == "form"
        for day in days:
            first = day.replace(day=1)
            fillings[first] += row.recipients
            minutes[first] += row.recipients * row.minutes
        burden.fillings += len(days) * row.recipients
        burden.minutes += len(days) * row.recipients * row.minutes
    _add_consents(burdens, since, until)
    alive = [row for row in rows if row.state == "published" and row.from_on <= today <= row.until_on]
    ordered = [burdens[key] for key in sorted(burdens)]
    return Meter([Month(first, fillings[first], minutes[first]) for first in firsts], ordered, alive, since, until)


def _add_consents(burdens: dict[tuple[str, str], Burden], since: date, until: date) -> None:
    """Work off the admission list that grids have agreed to: counted, though nobody said how many minutes it takes."""
    agreed = Consent.objects.filter(state__in=("consented", "ended"), from_on__lt=until, until_on__gte=since)
    for name, role in agreed.values_list("asked_by__name", "asked_role"):
        burdens.setdefault((name, "grid"), Burden(name, role, "grid")).off_list += 1


def fallen_due(row: Demand) -> Iterable[date]:
    """The days on which it fell or falls due, until it was ended."""
    last = min(row.until_on, row.ended_on - timedelta(days=1)) if row.ended_on else row.until_on
    return rounds(row.from_on, last, row.times_a_year) if last >= row.from_on else ()


def _months(today: date, count: int) -> list[date]:
    first = today.replace(day=1)
    found = [first]
    while len(found) < count:
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found[::-1]


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
