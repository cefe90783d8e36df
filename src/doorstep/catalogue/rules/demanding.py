"""What may be asked of the grassroots beside cases: which fields, how many minutes, how often, until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from typing import Final, NamedTuple

from doorstep.catalogue.item import Item
from doorstep.catalogue.rules.asking_twice import HeldFact, How, asked_again
from doorstep.catalogue.rules.consenting import is_department_work
from doorstep.core.text import Message, say

MOST_FIELDS: Final = 40
MOST_MINUTES: Final = 600
MOST_TIMES: Final = 250
LONGEST: Final = timedelta(days=366)
LONGEST_LABEL: Final = 60
SHORTEST_WHY: Final = 6
OPENING_MINUTES: Final = 2
"""What finding, reading and sending a form takes, whatever is in it."""


class DemandKind(StrEnum):
    """What is asked: something filled in here, something done, something reported by hand elsewhere, something read."""

    FORM = "form"
    TASK = "task"
    REPORT = "report"
    NOTICE = "notice"


class FieldKind(StrEnum):
    """What a field takes; one that is held shows what the platform knows, and takes nothing."""

    HELD = "held"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes-no"


MINUTES: Final[Mapping[FieldKind, float]] = {
    FieldKind.HELD: 0.0,
    FieldKind.TEXT: 3.0,
    FieldKind.NUMBER: 1.5,
    FieldKind.DAY: 0.5,
    FieldKind.YES_NO: 0.5,
}
"""What one field costs whoever fills it in: custom, and only the least that is counted."""

BELOW: Final[Mapping[str, frozenset[str]]] = {
    "county": frozenset({"subdistrict", "community", "grid"}),
    "department": frozenset({"subdistrict", "community", "grid"}),
    "subdistrict": frozenset({"community", "grid"}),
    "community": frozenset({"grid"}),
}
"""Of which levels each may ask something: only of those below."""


@dataclass(frozen=True)
class Field:
    """One field of a form. `held` names the fact that it shows; `why_new` says why what looks held is something new."""

    label: str
    kind: FieldKind
    held: str = ""
    why_new: str = ""


@dataclass(frozen=True)
class Demand:
    """What a unit wishes to ask, before anybody is asked. `is_duty`: the law gives it to whoever asks."""

    kind: DemandKind
    title: str
    why: str
    basis: str
    to_level: str
    minutes: int
    times_a_year: int
    from_on: date | None
    until_on: date | None
    fields: tuple[Field, ...] = ()
    item: str = ""
    is_duty: bool = False


class Fault(NamedTuple):
    """What stands against it, and where: a field's name, or the row of the form from 1 on."""

    where: str
    message: Message


def faults(wanted: Demand, *, role: str, item: Item | None, facts: Sequence[HeldFact], today: date) -> list[Fault]:
    """Everything that stands against publishing it, in the order of the form."""
    return [
        *_of_whom(wanted, role, item),
        *_words(wanted),
        *_days(wanted, today),
        *_amounts(wanted),
        *_fields(wanted, facts),
    ]


def _of_whom(wanted: Demand, role: str, item: Item | None) -> Iterator[Fault]:
    if wanted.is_duty or is_department_work(item):
        yield Fault("is_duty", say("consent-department-work"))
    if wanted.to_level not in BELOW.get(role, ()):
        yield Fault("to_level", say("burden-not-below"))
    if wanted.kind is DemandKind.TASK and wanted.to_level == "grid" and not (item is not None and item.admitted):
        yield Fault("item", say("burden-task-off-list"))


def _words(wanted: Demand) -> Iterator[Fault]:
    for name in ("title", "why", "basis"):
        if not getattr(wanted, name).strip():
            yield Fault(name, say("burden-says-nothing"))


def _days(wanted: Demand, today: date) -> Iterator[Fault]:
    if wanted.from_on is None or wanted.until_on is None:
        yield Fault("until_on", say("burden-no-end"))
    elif wanted.from_on < today:
        yield Fault("from_on", say("burden-begins-past"))
    elif wanted.until_on < wanted.from_on:
        yield Fault("until_on", say("burden-ends-before"))
    elif wanted.until_on - wanted.from_on > LONGEST:
        yield Fault("until_on", say("burden-too-long", most=LONGEST.days))


def _amounts(wanted: Demand) -> Iterator[Fault]:
    if not 1 <= wanted.minutes <= MOST_MINUTES:
        yield Fault("minutes", say("burden-minutes", most=MOST_MINUTES))
    if not 1 <= wanted.times_a_year <= MOST_TIMES:
        yield Fault("times_a_year", say("burden-times", most=MOST_TIMES))


def _fields(wanted: Demand, facts: Sequence[HeldFact]) -> Iterator[Fault]:
    if wanted.kind is not DemandKind.FORM:
        if wanted.fields:
            yield Fault("fields", say("burden-only-forms"))
        return
    if len(wanted.fields) > MOST_FIELDS:
        yield Fault("fields", say("burden-too-many", count=len(wanted.fields), most=MOST_FIELDS))
        return
    if not any(field.kind is not FieldKind.HELD for field in wanted.fields):
        yield Fault("fields", say("burden-asks-nothing"))
    seen: dict[str, int] = {}
    for row, field in enumerate(wanted.fields, start=1):
        where = f"fields.{row}"
        label = " ".join(field.label.split()).lower()
        if not label or len(field.label) > LONGEST_LABEL:
            yield Fault(where, say("burden-no-label", row=row, most=LONGEST_LABEL))
        elif label in seen:
            yield Fault(where, say("burden-twice", row=row, label=field.label, first=seen[label]))
        else:
            yield from _again(field, row, where, facts)
        seen.setdefault(label, row)


def _again(field: Field, row: int, where: str, facts: Sequence[HeldFact]) -> Iterator[Fault]:
    if field.kind is FieldKind.HELD:
        if field.held not in {fact.id for fact in facts}:
            yield Fault(where, say("burden-no-such-fact", row=row))
        return
    found = asked_again(field.label, facts)
    if found is None or (found.how is How.ALIKE and len(field.why_new.strip()) >= SHORTEST_WHY):
        return
    fact, home = say(f"burden-fact-{found.fact.id}"), say(f"burden-home-{found.fact.home}")
    yield Fault(where, say(f"burden-held-{found.how}", row=row, label=field.label, fact=fact, home=home))


def least_minutes(kind: DemandKind, fields: Iterable[Field]) -> int:
    """The least that filling it in once takes: what is held costs nothing."""
    if kind is not DemandKind.FORM:
        return 1
    return ceil(OPENING_MINUTES + sum(MINUTES[field.kind] for field in fields))


def rounds(from_on: date, until_on: date, times_a_year: int) -> list[date]:
    """The days on which it is due anew, from its first to its last."""
    step = 365 / times_a_year
    days = (until_on - from_on).days
    return [from_on + timedelta(days=round(step * number)) for number in range(int(days / step) + 1)]


def round_on(today: date, from_on: date, until_on: date, times_a_year: int) -> int | None:
    """Which filling is due on that day, from 0 on; None before its first and after its last day."""
    if not from_on <= today <= until_on:
        return None
    return sum(day <= today for day in rounds(from_on, until_on, times_a_year)) - 1


def minutes_a_year(asked: Iterable[tuple[str, int, int]], recipients: Iterable[str]) -> int:
    """What the busiest of these recipients is asked for in a year; `asked`: area code, minutes each, times."""
    all_asked = list(asked)
    return max(
        (sum(each * times for code, each, times in all_asked if who.startswith(code)) for who in recipients), default=0
    )
