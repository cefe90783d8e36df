"""Ask the grassroots for something beside cases: refused while it asks for what is held, public once it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from django.db import transaction

from doorstep.areas.models import Area
from doorstep.areas.queries import in_force
from doorstep.catalogue import demands
from doorstep.catalogue.held_facts import held_facts
from doorstep.catalogue.in_force import catalogue
from doorstep.catalogue.models import Demand as Row
from doorstep.catalogue.rules import demanding as rules
from doorstep.catalogue.rules.demanding import (
    BELOW,
    Fault,
)
from doorstep.catalogue.rules.demanding import MOST_FIELDS as MOST_FIELDS
from doorstep.catalogue.rules.demanding import Demand as Demand
from doorstep.catalogue.rules.demanding import DemandKind as DemandKind
from doorstep.catalogue.rules.demanding import Field as Field
from doorstep.catalogue.rules.demanding import FieldKind as FieldKind
from doorstep.catalogue.rules.demanding import least_minutes as least_minutes
from doorstep.core.access import Actor, audit
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.core.turns import take_turn
from doorstep.staff.queries import area_code_of

PUBLISHED: Final = "published"
WAITING: Final = "waiting"
SENT_BACK: Final = "sent-back"
ENDED: Final = "ended"


class DemandRefused(Refusal):
    """This may not be asked so; `faults` are all that stands against it."""

    status = 422

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            first.message if len(self.faults) == 1 else say("burden-refused", count=len(self.faults)),
            say("burden-refused-try"),
            first.where,
        )


class DemandUnknown(Refusal):
    """No such demand, or not this desk's to answer or end."""


def tried(wanted: Demand, area: int | None, *, by: Actor, at: datetime) -> list[Fault]:
    """All that stands against it, nothing written."""
    return _tried(wanted, area, by, at)[0]


@transaction.atomic
def publish(wanted: Demand, area: int | None, *, by: Actor, at: datetime) -> tuple[int, str]:
    """Ask it from now on, or where it goes over the yearly cap leave it to the county; its number and its state.

    Sent twice, it is asked once: the burden would else be counted twice.
    """
    faults, place = _tried(wanted, area, by, at)
    if faults or place is None or by.unit is None or wanted.from_on is None or wanted.until_on is None:
        raise DemandRefused(faults or [Fault("area", say("consent-no-area"))])
    take_turn("demands of", by.unit)
    if (same := _asked_already(wanted, place, by)) is not None:
        return same.pk, same.state
    least = rules.least_minutes(wanted.kind, wanted.fields)
    minutes = max(wanted.minutes, least)
    codes = recipients(place, wanted.to_level, at)
    over = _over_cap(wanted, codes, minutes, at)
    if over and str(by.role) == "county":
        raise DemandRefused([Fault("minutes", say("burden-over-nobody-above", over=over))])
    row = Row.objects.create(
        kind=str(wanted.kind), title=wanted.title.strip()[:100], why=wanted.why.strip()[:500],
        basis=wanted.basis.strip()[:300], item=wanted.item, area=place, to_level=wanted.to_level,
        fields=_kept(wanted),
        minutes=minutes, least_minutes=least, times_a_year=wanted.times_a_year, recipients=len(codes),
        from_on=wanted.from_on, until_on=wanted.until_on, state=WAITING if over else PUBLISHED, asked_by_id=by.unit,
        asked_role=str(by.role), asked_at=at, over_cap=over,
    )  # fmt: skip
    audit.deed("demand-published", place.code, by=by, at=at, facts={"demand": row.pk})
    return row.pk, row.state


@transaction.atomic
def answer(demand: int, yes: bool, words: str, *, by: Actor, at: datetime) -> None:
    """The county's yes or no to what goes over the cap; a no says why."""
    row = _held(demand)
    if str(by.role) != "county" or row.state != WAITING or row.area.code[:6] != demands.code_of(by.org)[:6]:
        raise DemandUnknown(say("burden-not-yours"), say("burden-not-yours-try"))
    if not yes and not words.strip():
        raise DemandUnknown(say("burden-no-needs-words"), say("burden-no-needs-words-try"), "answer")
    state = PUBLISHED if yes else SENT_BACK
    Row.objects.filter(pk=row.pk).update(state=state, answer=words.strip()[:300], answered_unit=by.unit, answered_at=at)
    audit.deed("demand-answered", row.area.code, by=by, at=at, facts={"demand": row.pk, "yes": yes})


@transaction.atomic
def end(demand: int, why: str, *, by: Actor, at: datetime) -> None:
    """Ask it no more, from today on; what was asked until now stays counted."""
    row = _held(demand)
    if row.asked_by_id != by.unit or row.state not in (PUBLISHED, WAITING):
        raise DemandUnknown(say("burden-not-yours"), say("burden-not-yours-try"))
    if not why.strip():
        raise DemandUnknown(say("burden-no-needs-words"), say("burden-no-needs-words-try"), "why")
    Row.objects.filter(pk=row.pk).update(state=ENDED, ended_on=local_date(at), ended_why=why.strip()[:300])
    audit.deed("demand-ended", row.area.code, by=by, at=at, facts={"demand": row.pk})


def levels_below(role: str) -> list[str]:
    """Of which levels a role may ask something, the highest first."""
    return [level for level in ("subdistrict", "community", "grid") if level in BELOW.get(role, ())]


def recipients(area: Area, level: str, at: datetime) -> list[str]:
    """The codes of the areas that are asked: of that level, inside the area or the area itself."""
    levels = ("grid", "special_grid") if level == "grid" else (level,)
    rows = in_force(local_date(at)).filter(level__in=levels, code__startswith=area.code)
    return list(rows.order_by("code").values_list("code", flat=True))


def _tried(wanted: Demand, area: int | None, by: Actor, at: datetime) -> tuple[list[Fault], Area | None]:
    items = catalogue().offered
    item = items.get(wanted.item) if wanted.item else None
    faults = []
    if wanted.item and item is None:
        faults.append(Fault("item", say("cases-item-unknown", item=wanted.item)))
    place = in_force(local_date(at)).filter(pk=area or 0).defer("outline").first()
    if place is None or by.unit is None or not _reaches(by, place):
        faults.append(Fault("area", say("burden-no-area")))
    elif not recipients(place, wanted.to_level, at):
        faults.append(Fault("area", say("burden-nobody-there")))
    facts = tuple(held_facts().values())
    faults += rules.faults(wanted, role=str(by.role), item=item, facts=facts, today=local_date(at))
    return faults, place


def _asked_already(wanted: Demand, area: Area, by: Actor) -> Row | None:
    """The very same, asked by this unit of this area and not ended."""
    same = ("to_level", "times_a_year", "from_on", "until_on", "item")
    found = Row.objects.filter(
        asked_by=by.unit, area=area, kind=str(wanted.kind), title=wanted.title.strip()[:100], fields=_kept(wanted),
        state__in=(PUBLISHED, WAITING), **{name: getattr(wanted, name) for name in same},
    )  # fmt: skip
    return found.first()


def _kept(wanted: Demand) -> list[dict[str, str]]:
    return [{name: str(value) for name, value in asdict(field).items()} for field in wanted.fields]


def _reaches(by: Actor, area: Area) -> bool:
    """Whether the asker's territory holds the area; a department asks where it acts, which its unit's area says."""
    is_department = str(by.role) == "department"
    home = area_code_of(by.unit or 0) if is_department else demands.code_of(by.org)
    return bool(home) and area.code.startswith(home or "")


def _over_cap(wanted: Demand, codes: Sequence[str], minutes: int, at: datetime) -> int:
    """By how many minutes the busiest recipient would be asked for more in a year than the city wants."""
    asked = demands.asked_of(wanted.to_level, local_date(at))
    whole = [*asked, *((code, minutes, wanted.times_a_year) for code in codes)]
    return max(0, rules.minutes_a_year(whole, codes) - catalogue().limits.burden_minutes)


def _held(demand: int) -> Row:
    row = Row.objects.select_for_update(of=("self",)).select_related("area").filter(pk=demand).first()
    if row is None:
        raise DemandUnknown(say("burden-unknown"), say("burden-unknown-try"))
    return row
