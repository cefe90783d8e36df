"""What is wrong with a row that somebody wrote: each fault with its column, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from doorstep.cases.rules.table.law import Unlawful, unlawful
from doorstep.cases.rules.table.moment import DAYS
from doorstep.cases.rules.table.rows import Faults, Row, To, Words, read_row
from doorstep.catalogue.item import Catalogue, Level
from doorstep.core.text import Message, language, say

LONGEST_REASON: Final = 200
SHORTEST_REASON: Final = 4
MOST_ROWS: Final = 500
MOST_NAMED: Final = 3
UNREADABLE: Final = frozenset({"holder", "hours", "begins", "ends", "helpers", "limit", "urgencies"})


@dataclass(frozen=True)
class Known:
    """What a row may name: the catalogue, the area codes of the county, and its units with their levels and names."""

    catalogue: Catalogue
    areas: frozenset[str]
    levels: Mapping[str, Level]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and in which column."""

    column: str
    message: Message


def checked(words: Words, number: int, rev: int, known: Known) -> tuple[Row | None, list[Fault]]:
    """The row that these words say, and everything that is wrong with it; a row with faults is not kept."""
    unread = Faults()
    row = read_row(words, number, rev, unread)
    if row is None:
        return None, [
            Fault(column, say(f"table-fault-{column}", given=given) if given else say(f"table-fault-{column}-missing"))
            for column, given in unread.columns.items()
        ]
    return row, faults_of(row, known)


def faults_of(row: Row, known: Known) -> list[Fault]:
    """Everything that is wrong with a row, the law last."""
    return [*_what(row, known), *_places(row, known), *_days(row), *_who(row, known), *_reason(row), *_law(row, known)]


def _what(row: Row, known: Known) -> list[Fault]:
    catalogue = known.catalogue
    unknown = [each for each in row.what if each not in catalogue.items and each not in catalogue.classes]
    return [Fault("what", say("table-fault-what", given=each)) for each in unknown]


def _places(row: Row, known: Known) -> list[Fault]:
    strange = [each for each in row.places if each not in known.areas]
    return [Fault("places", say("table-fault-places", given=each)) for each in strange]


def _days(row: Row) -> list[Fault]:
    found = [Fault("days", say("table-fault-days", given=each)) for each in row.days if each not in DAYS]
    if row.begins and row.ends and row.ends < row.begins:
        found.append(Fault("ends", say("table-fault-ends-before")))
    return found


def _who(row: Row, known: Known) -> list[Fault]:
    named = [("holder", row.holder), *(("helpers", each) for each in row.helpers)]
    return [Fault(column, say("table-fault-unit", given=str(to))) for column, to in named if not _is_known(to, known)]


def _is_known(to: To, known: Known) -> bool:
    if to.kind is None:
        return str(to.unit) in known.levels
    return not to.kind.department or to.kind.department in known.catalogue.departments


def _reason(row: Row) -> list[Fault]:
    if SHORTEST_REASON <= len(row.reason) <= LONGEST_REASON:
        return []
    return [Fault("reason", say("table-fault-reason", least=SHORTEST_REASON, most=LONGEST_REASON))]


def _law(row: Row, known: Known) -> list[Fault]:
    found = unlawful(row, known.catalogue.items.values(), dict(known.levels))
    return [Fault("holder", said_of(each, known.catalogue)) for each in found]


def said_of(found: Unlawful, catalogue: Catalogue) -> Message:
    """What the law forbids, with the rule, the law and the first of the items that it is about."""
    lang = language()
    named = (", " if lang == "en" else "、").join(
        catalogue.items[each].name.said(lang) for each in found.items[:MOST_NAMED]
    )
    return say(f"table-law-{found.law}", items=named, count=len(found.items))
