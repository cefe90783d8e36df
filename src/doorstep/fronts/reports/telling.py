"""A report in words and as rows: the same on the page, on paper, in a file and through the interface."""

from __future__ import annotations

from typing import Any

from doorstep.cases.reports import RESULTS, ClassRow, DayReport, Period
from doorstep.core.text import Message, language, say
from doorstep.fronts.templatetags.words import day, said

HEADS = ("part", "name", "what", "number")


def named(period: Period) -> Message:
    """What a person calls these days."""
    if period.is_week:
        year, week, _ = period.first.isocalendar()
        return say("reports-week", year=str(year), week=week, first=day(period.first), last=day(period.last))
    if period.first == period.last:
        return say("reports-day", day=day(period.first))
    return say("reports-span", first=day(period.first), last=day(period.last))


def class_name(row: ClassRow) -> Message | str:
    """The class, or that it has none yet."""
    return row.name.said(language()) if row.name is not None else say("reports-no-class")


def result_name(outcome: str) -> Message:
    return say(f"cases-outcome-{outcome}")


def sentences(found: DayReport) -> list[Message]:
    """The whole report, as somebody would read it aloud."""
    told = [say("reports-said-came", count=found.came) if found.came else say("reports-said-zero")]
    told.append(_ended(found))
    if found.reopened:
        told.append(say("reports-said-reopened", count=found.reopened))
    told.append(
        say("reports-said-open", count=found.open, desk=found.desk, held=found.held, verdict=found.verdict)
        if found.open
        else say("reports-said-none-open")
    )
    if found.paused:
        told.append(say("reports-said-paused", count=found.paused))
    told.append(say("reports-said-overdue", count=found.overdue) if found.overdue else say("reports-said-in-time"))
    if found.promises:
        told.append(say("reports-said-promises", count=found.promises, soon=found.next_day))
    told.append(
        say("reports-said-hazards", came=found.hazards_came, open=found.hazards_open)
        if found.hazards_came or found.hazards_open
        else say("reports-said-no-hazards")
    )
    return told


def _ended(found: DayReport) -> Message:
    if not found.ended:
        return say("reports-said-none-ended")
    solved, explained, out_of_scope = (found.results[name] for name in RESULTS)
    return say(
        "reports-said-ended", count=found.ended, solved=solved, explained=explained, outside=out_of_scope,
        other=found.ended - solved - explained - out_of_scope,
    )  # fmt: skip


def rows(found: DayReport) -> list[list[Any]]:
    """Everything as cells: part of the report, name, what is counted, number."""
    whole = say("reports-part-whole")
    sums: list[tuple[Message, int]] = [
        (say("reports-came"), found.came),
        *((result_name(name), number) for name, number in sorted(found.results.items())),
        *((say(f"reports-{name}"), getattr(found, name.replace("-", "_"))) for name in _SUMS),
    ]
    cells: list[list[Any]] = [[whole, "", name, number] for name, number in sums]
    for row in found.classes:
        of_class = [say("reports-part-class"), class_name(row)]
        cells += [[*of_class, say("reports-came"), row.came], [*of_class, say("reports-open"), row.open]]
        cells += [[*of_class, result_name(name), number] for name, number in sorted(row.results.items())]
    for unit in found.units:
        of_unit = [say("reports-part-unit"), said(unit.name)]
        cells += [[*of_unit, say(f"reports-{name}"), getattr(unit, name)] for name in ("held", "paused", "overdue")]
    return cells


_SUMS = (
    "reopened", "withdrawn", "merged", "open", "desk", "held", "paused", "verdict", "overdue", "promises", "next-day",
    "hazards-came", "hazards-open",
)  # fmt: skip
