"""Why a case came to its holder: kept with the decision in a few words, and told in sentences to whoever asks.

The ledger keeps which rule or row decided, the facts that it decided with, and what was tried before. Which rows did
not fit follows from those facts and the version of the table, which is never changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from doorstep.cases.rules.dispatch import TABLE, Decided
from doorstep.cases.rules.facts import AreaCode, CaseFacts
from doorstep.cases.rules.table.moment import Moment
from doorstep.cases.rules.table.rows import Row, Table
from doorstep.catalogue.item import Catalogue, Urgency
from doorstep.core.text import Message, language, say

MOST_ROWS: Final = 12
BY_HAND: Final = "by-hand"
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


def facts_of(decided: Decided, case: CaseFacts, table: Table | None) -> dict[str, Any]:
    """What the ledger keeps of a decision; nothing in it is about a person."""
    kept: dict[str, Any] = {
        "rule": decided.by,
        "decided_on": {
            "item": case.item.id if case.item else "",
            "area": case.area,
            "urgency": str(case.urgency),
        },
        "tried": [[name, str(why)] for name, why in decided.tried],
    }
    if table is not None:
        kept["table"] = table.version
        kept["table_from"] = table.from_on.isoformat() if table.from_on else ""
    if decided.row is not None:
        kept["row"] = decided.row.id
    return kept


class Tried(NamedTuple):
    """A rule or row that came before, and why it did not decide; `row` is 0 for a rule of the house."""

    what: Message
    why: Message
    row: int = 0


@dataclass(frozen=True)
class Why:
    """The whole answer: what decided, by which facts, and what was tried before it."""

    rule: str
    what: Message
    facts: tuple[tuple[Message, Message | str], ...]
    tried: tuple[Tried, ...]
    others: int
    version: int | None = None
    version_from: date | None = None
    row: int | None = None


def why(
    facts: Mapping[str, Any], moment: Moment, table: Table | None, catalogue: Catalogue, place: str = ""
) -> Why | None:
    """The answer for one dispatch, from what the ledger keeps of it; None for rows that are older than the question.

    `place` is the name of the area that the facts name by its code.
    """
    rule = facts.get("rule")
    if not rule:
        return None
    if rule == BY_HAND:
        return Why(rule, say("why-by-hand"), (), (), 0)
    decided_on = facts["decided_on"]
    deciding = facts.get("row")
    passed, others = _rows_passed(facts, moment, table, catalogue)
    house = [
        Tried(say(f"why-rule-{name}"), say(f"why-not-{reason}"))
        for name, reason in facts["tried"]
        if not name.startswith("row:")
    ]
    row = table.row(deciding) if table is not None and deciding is not None else None
    return Why(
        rule=rule,
        what=say("why-row", row=deciding or 0, reason=row.reason if row else "")
        if rule == TABLE
        else say(f"why-rule-{rule}"),
        facts=tuple(_said_facts({**decided_on, "area": place or decided_on["area"]}, moment, row, catalogue)),
        tried=(*passed, *house),
        others=others,
        version=facts.get("table"),
        version_from=date.fromisoformat(facts["table_from"]) if facts.get("table_from") else None,
        row=deciding,
    )


def _rows_passed(
    facts: Mapping[str, Any], moment: Moment, table: Table | None, catalogue: Catalogue
) -> tuple[list[Tried], int]:
    """The rows before the one that decided: those about this very matter are told, the others counted."""
    if table is None:
        return [], 0
    decided_on, deciding = facts["decided_on"], facts.get("row")
    could_not = {name: reason for name, reason in facts["tried"] if name.startswith("row:")}
    case = CaseFacts(
        number="",
        area=AreaCode(decided_on["area"]),
        item=catalogue.items.get(decided_on["item"]),
        urgency=Urgency(decided_on["urgency"]),
        reported_at=_LONG_AGO,
    )
    told: list[Tried] = []
    others = 0
    for row in _before(table.rows, deciding):
        reason = could_not.get(f"row:{row.id}")
        fails_on = None if reason else row.fails_on(case, moment)
        if reason is None and (fails_on in ("what", None) or len(told) >= MOST_ROWS):
            others += 1
            continue
        not_because = say(f"why-not-{reason}") if reason else say(f"why-not-fits-{fails_on}")
        told.append(Tried(say("why-row", row=row.id, reason=row.reason), not_because, row.id))
    return told, others


def _before(rows: Sequence[Row], deciding: int | None) -> Sequence[Row]:
    for place, row in enumerate(rows):
        if row.id == deciding:
            return rows[:place]
    return rows


def _said_facts(
    decided_on: Mapping[str, str], moment: Moment, row: Row | None, catalogue: Catalogue
) -> list[tuple[Message, Message | str]]:
    """The facts that decided: of a row those that it names, of a rule of the house what it looks at."""
    item = catalogue.items.get(decided_on["item"])
    named = item.name.said(language()) if item else say("why-fact-no-item")
    urgency = say(f"cases-urgency-{decided_on['urgency']}")
    found: list[tuple[Message, Message | str]] = [(say("why-fact-what"), named)]
    if row is None or row.places:
        found.append((say("why-fact-places"), decided_on["area"]))
    if row is None or row.urgencies:
        found.append((say("why-fact-urgencies"), urgency))
    if row is not None and (row.days or row.hours or row.begins or row.ends):
        clock = f"{moment.day.isoformat()} {moment.minute // 60:02d}:{moment.minute % 60:02d}"
        found.append((say("why-fact-time"), say("why-fact-at", when=clock, day=_day(moment))))
    return found


def _day(moment: Moment) -> Message:
    return say("why-day-working") if "working" in moment.kinds else say("why-day-off")
