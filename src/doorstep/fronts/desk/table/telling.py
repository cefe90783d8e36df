"""A row of the table in words, for a page, a sheet and a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from doorstep.cases import tables
from doorstep.cases.queries import catalogue
from doorstep.cases.table_sheets import limit_said
from doorstep.cases.tables import Known, Row
from doorstep.core.text import Message, language, say, text
from doorstep.fronts.templatetags.words import said

MOST_NAMED = 4


@dataclass(frozen=True)
class Told:
    """A row with its place in the order and its words; `mark` says what is to be looked at."""

    row: Row
    place: int
    holder: str
    facts: tuple[tuple[Message, str], ...]
    marks: tuple[tuple[str, Message], ...]
    may_change: bool


class Telling:
    """Names for codes, looked up once a page."""

    def __init__(self, known: Known, areas: Mapping[str, str]) -> None:
        self._known, self._areas = known, areas

    def row(self, row: Row, place: int, findings: Sequence[tables.Finding] = (), *, may_change: bool = False) -> Told:
        """One row."""
        marks = tuple((_TONE[each.kind], _mark(each)) for each in findings if each.row == row.id)
        return Told(row, place, self.to(str(row.holder)), tuple(self.facts(row)), marks, may_change)

    def facts(self, row: Row) -> list[tuple[Message, str]]:
        """What the row names, column by column."""
        words = tables.words_of(row)
        told = [
            ("what", self.listed([self.matter(each) for each in row.what])),
            ("places", self.listed([str(said(self._areas.get(each, each))) for each in row.places])),
            ("urgencies", self.listed([text(f"cases-urgency-{each}") for each in row.urgencies])),
            ("days", self.listed([text(f"table-day-{each}") for each in row.days])),
            ("hours", words.hours),
            ("begins", words.begins),
            ("ends", words.ends),
            ("helpers", self.listed([self.to(str(each)) for each in row.helpers])),
            ("limit", limit_said(words.limit)),
        ]
        return [(say(f"table-column-{name}"), value) for name, value in told if value]

    def one_line(self, row: Row) -> str:
        """The whole row in a line."""
        facts = "；".join(f"{text(name)}：{value}" for name, value in self.facts(row))
        return f"{facts or text('table-everything')} → {self.to(str(row.holder))}"

    def to(self, written: str) -> str:
        """Whoever is meant, by name."""
        head, _, tail = written.partition(":")
        if head == "unit":
            return str(said(self._known.names.get(tail, written)))
        if tail:
            trade = catalogue().departments.get(tail)
            return trade.name.said(language()) if trade else tail
        return text(f"table-kind-{head}")

    def matter(self, code: str) -> str:
        """A class or an item, by name."""
        known = catalogue()
        named = known.items.get(code) or known.classes.get(code)
        return named.name.said(language()) if named else code

    def listed(self, names: Sequence[str]) -> str:
        """Some names as one phrase; how many more there are."""
        between = ", " if language() == "en" else "、"
        shown = between.join(names[:MOST_NAMED])
        return text("table-and-more", names=shown, count=len(names)) if len(names) > MOST_NAMED else shown


def telling(county: int, rows: Sequence[Row]) -> Telling:
    """For the rows of one county."""
    return Telling(tables.known_to(county), tables.areas_named([place for row in rows for place in row.places]))


def _mark(found: tables.Finding) -> Message:
    between = ", " if language() == "en" else "、"
    return say(f"table-finding-{found.kind}", others=between.join(str(each) for each in found.others))


_TONE = {"never": "alarm", "shadowed": "alarm", "conflict": "waiting"}
