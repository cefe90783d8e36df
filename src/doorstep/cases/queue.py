"""What lies on a desk: the queue by due time, and whatever is looked for in it.

Row-level security bounds every statement here by the role that asks; nothing below names a county or a community. The
statements are written out, because their plans are what keeps a page fast at a million cases: an index that begins
with the role's own bound is walked in the order of the page, and the walk ends with the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple

from django.db import connection

from doorstep.cases.places import blurred_row, items_blurred
from doorstep.cases.rules.case_number import read_case_number
from doorstep.cases.rules.ladder import Rung, rung_of
from doorstep.cases.rules.lifecycle import State
from doorstep.cases.rules.place_seen import Step
from doorstep.cases.rules.pseudonym import pseudonym
from doorstep.cases.rules.questions import Answerer, Question
from doorstep.cases.standing import answer_due
from doorstep.core.access import Actor, Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.core.time.zone import LOCAL

PAGE: Final = 50
MOST_COUNTED: Final = 99
SHORTEST_SEARCH: Final = 2
LONGEST_SEARCH: Final = 60
STATES: Final = tuple(str(state) for state in State if state is not State.NEW)
QUESTIONS: Final = tuple(str(question) for question in Question)


PRESSED_FROM: Final = {Role.COMMUNITY: Rung.COMMUNITY, Role.SUBDISTRICT: Rung.SUBDISTRICT, Role.COUNTY: Rung.COMMAND}
"""From which rung on a case has come up to whoever asks."""


class SearchRefused(Refusal):
    """Too little to look for."""


class Tab(StrEnum):
    """Which part of the desk's cases is looked at."""

    OPEN = "open"
    OVERDUE = "overdue"
    ASKED = "asked"
    PRESSED = "pressed"
    MINE = "mine"
    ENDED = "ended"
    ALL = "all"


@dataclass(frozen=True)
class Wanted:
    """What somebody asks the queue for; empty fields ask for everything."""

    tab: Tab = Tab.OPEN
    words: str = ""
    state: str = ""
    question: str = ""
    case_class: str = ""
    urgency: str = ""
    source: str = ""
    area: int | None = None
    holder: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_by_due_time(self) -> bool:
        """Open cases come the soonest due first, the others the latest report first."""
        return self.tab not in (Tab.ENDED, Tab.ALL)


class Cursor(NamedTuple):
    """A place between two rows. `due_at` is None where rows are in the order of their reports."""

    id: int
    due_at: datetime | None = None
    backwards: bool = False

    def __str__(self) -> str:
        sign = "<" if self.backwards else ">"
        return f"{sign}{self.id}" if self.due_at is None else f"{sign}{self.id}@{_microseconds(self.due_at)}"


_cursor: Final = re.compile(r"([<>])(\d{1,18})(?:@(\d{1,17}))?")


def read_cursor(written: str) -> Cursor | None:
    """The place that an address names; None, which is the first page, when it names none."""
    match = _cursor.fullmatch(written)
    if match is None:
        return None
    sign, number, due = match.groups()
    due_at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(due)) if due else None
    return Cursor(int(number), due_at, sign == "<")


class Row(NamedTuple):
    """One case as a queue shows it."""

    id: int
    number: str
    state: str
    question: str
    is_open: bool
    urgency: str
    item: str
    case_class: str
    source: str
    outcome: str
    next_due_at: datetime
    holder_due_at: datetime | None
    promised_by: datetime | None
    reported_at: datetime
    ended_at: datetime | None
    place_words: str
    words: str | None
    community: str | None
    grid: str | None
    microgrid: str | None
    microgrid_code: str | None
    door: str | None
    holder: str | None
    voices: int
    rank: int
    paused_until: datetime | None
    holder_unit: int | None
    put_at: datetime | None
    """When the question was put with which it waits."""

    holder_kind: str | None = None

    @property
    def asked_by(self) -> int:
        """How many people asked for it."""
        return self.voices + 1

    @property
    def rung(self) -> Rung | None:
        """How far up it has come."""
        return rung_of(self.rank) if _is_held(self.state) else None

    @property
    def rung_words(self) -> Message | None:
        """The same for people."""
        return say(f"clocks-rung-{self.rung}") if self.rung else None

    @property
    def asks(self) -> Message | None:
        """The question that the case is parked with."""
        return Question(self.question).message if self.question else None

    @property
    def answered_by(self) -> Answerer | None:
        """Who answers it."""
        return Question(self.question).answered_by if self.question else None

    @property
    def reporter(self) -> Message:
        """The name under which handlers know the reporter."""
        return pseudonym(self.number)

    def answer_by(self, at: datetime) -> datetime | None:
        """Until when the desk that is asked owes its answer."""
        return answer_due(self.question, self.put_at, self.urgency, at=at)

    def is_late(self, at: datetime) -> bool:
        """Whether its holder's time has run out."""
        return _is_held(self.state) and self.holder_due_at is not None and self.holder_due_at < at


class Page(NamedTuple):
    """Some rows, and where the pages before and after them begin."""

    rows: list[Row]
    earlier: Cursor | None
    later: Cursor | None


def page(wanted: Wanted, *, by: Actor, at: datetime, cursor: Cursor | None = None, limit: int = PAGE) -> Page:
    """One page of what this actor may see, in one statement."""
    rows = _rows(wanted, by, at, cursor, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    backwards = cursor is not None and cursor.backwards
    if backwards:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    has_earlier = more if backwards else cursor is not None
    has_later = True if backwards else more
    return Page(
        rows,
        _cursor_at(rows[0], wanted, backwards=True) if has_earlier else None,
        _cursor_at(rows[-1], wanted) if has_later else None,
    )


def all_rows(wanted: Wanted, *, by: Actor, at: datetime, batch: int = 500) -> Iterator[list[Row]]:
    """Everything that is asked for, page after page; whoever reads it opens a transaction for each."""
    cursor = None
    while True:
        found = page(wanted, by=by, at=at, cursor=cursor, limit=batch)
        yield found.rows
        cursor = found.later
        if cursor is None:
            return


def counts(*, by: Actor, at: datetime) -> dict[Tab, int]:
    """How many lie under each tab; counting stops one after `MOST_COUNTED`."""
    counted = ", ".join(_COUNTED_UP_TO.format(_tab(tab, by)) for tab in _COUNTED)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counted}", {"most": MOST_COUNTED + 1, "at": at, "unit": by.unit})
        return dict(zip(_COUNTED, cursor.fetchone(), strict=True))


def _cursor_at(row: Row, wanted: Wanted, *, backwards: bool = False) -> Cursor:
    return Cursor(row.id, row.next_due_at if wanted.is_by_due_time else None, backwards)


def _microseconds(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _is_held(state: str) -> bool:
    return state in (State.DISPATCHED, State.TAKEN)


_TAB: Final = {
    Tab.OPEN: "c.is_open",
    # `next_due_at` ends the walk along the queue's index; only what somebody holds can be late.
    Tab.OVERDUE: "c.is_open AND c.next_due_at < %(at)s AND c.holder_due_at < %(at)s"
    " AND c.state IN ('dispatched', 'taken')",
    Tab.ASKED: "c.question <> ''",
    Tab.MINE: "c.is_open AND c.holder_unit_id = %(unit)s",
    Tab.ENDED: "NOT c.is_open",
    Tab.ALL: "true",
}


def _tab(tab: Tab, by: Actor) -> str:
    if tab is not Tab.PRESSED:
        return _TAB[tab]
    # Written out, so that the index of the few that came up so far is used.
    return f"c.is_open AND c.rung >= {PRESSED_FROM.get(by.role, Rung.COMMAND).rank}"


_COUNTED: Final = (Tab.OPEN, Tab.OVERDUE, Tab.ASKED, Tab.PRESSED, Tab.MINE)
_COUNTED_UP_TO: Final = "(SELECT count(*) FROM (SELECT FROM cases_case c WHERE {} LIMIT %(most)s) counted)"


def _rows(wanted: Wanted, by: Actor, at: datetime, cursor: Cursor | None, limit: int) -> list[Row]:
    params: dict[str, Any] = {"limit": limit}
    conditions = [_tab(wanted.tab, by)]
    if wanted.tab is Tab.OVERDUE:
        params["at"] = at
    if wanted.tab is Tab.MINE:
        params["unit"] = by.unit
    conditions += _filters(wanted, params)
    if wanted.area is not None:
        params["area"] = wanted.area
        conditions.append(_in_area(by, params))
    if wanted.holder is not None:
        conditions.append(_held_by_a_team(by, params))
    conditions += _search(wanted.words, params)
    backwards = cursor is not None and cursor.backwards
    if cursor is not None and (cursor.due_at is not None) == wanted.is_by_due_time:
        conditions.append(_beyond(cursor, params))
    order = _ORDER[wanted.is_by_due_time, backwards]
    with connection.cursor() as execution:
        execution.execute(_PAGE.format(conditions=" AND ".join(conditions), order=order), params)
        rows = [Row(*row) for row in execution.fetchall()]
    return [blurred_row(row, by, is_holder=row.holder_unit is not None and row.holder_unit == by.unit) for row in rows]


def _filters(wanted: Wanted, params: dict[str, Any]) -> list[str]:
    given = {name: value for name in _FILTERS if (value := getattr(wanted, name)) not in ("", None)}
    for name, value in given.items():
        params[name] = _midnight(value) if name in ("since", "until") else value
    return [_FILTERS[name] for name in given]


def _in_area(by: Actor, params: dict[str, Any]) -> str:
    """Inside the area, where this actor sees so exactly that it lies there: looking for a place tells none.

    The two kinds of case whose door everybody sees, and one's own, are as in `rules/place_seen.py`.
    """
    finer = []
    for column, step in (("grid_id", Step.GRID), ("microgrid_id", Step.MICROGRID)):
        hidden = f"hidden_{column}"
        params[hidden] = items_blurred(by, step)
        finer.append(f"c.{column} = %(area)s AND (c.item <> ALL(%({hidden})s::text[]) OR {_SEEN_BY_ALL})")
    params["own_unit"] = by.unit
    return f"(%(area)s IN (c.subdistrict_id, c.community_id) OR {' OR '.join(finer)})"


def _held_by_a_team(by: Actor, params: dict[str, Any]) -> str:
    """Looking for the cases of a grid's team finds those alone whose grid this actor sees."""
    params["no_grid"], params["own_unit"] = items_blurred(by, Step.GRID), by.unit
    return (
        f"(c.item <> ALL(%(no_grid)s::text[]) OR {_SEEN_BY_ALL} OR NOT EXISTS ("
        "SELECT FROM staff_unit u WHERE u.id = c.holder_unit_id AND u.kind = 'grid_team'))"
    )


_SEEN_BY_ALL: Final = "c.urgency = 'critical' OR c.question = 'where' OR c.holder_unit_id = %(own_unit)s"
_FILTERS: Final = {
    "state": "c.state = %(state)s",
    "question": "c.question = %(question)s",
    "case_class": "c.case_class LIKE %(case_class)s || '%%'",
    "urgency": "c.urgency = %(urgency)s",
    "source": "c.source = %(source)s",
    "area": "%(area)s IN (c.subdistrict_id, c.community_id, c.grid_id, c.microgrid_id)",
    "holder": "c.holder_unit_id = %(holder)s",
    "since": "c.reported_at >= %(since)s",
    "until": "c.reported_at < %(until)s + interval '1 day'",
}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)


def _search(words: str, params: dict[str, Any]) -> list[str]:
    """A case number, or words that the report must hold, all of them."""
    words = words.strip()[:LONGEST_SEARCH]
    if not words:
        return []
    if re.fullmatch(r"[\d\s\-\u2010-\u2015\u2212.]{14,}", words):
        params["number"] = str(read_case_number(words))
        return ["c.number = %(number)s"]
    conditions = []
    for place, term in enumerate(words.split()):
        if len(term) < SHORTEST_SEARCH:
            raise SearchRefused(say("cases-search-short"), say("cases-search-short-try"), "q")
        params[f"term{place}"] = term
        conditions.append(f"f.grams @> cases_grams(%(term{place})s)")
        if len(term) > SHORTEST_SEARCH:
            conditions.append(f"strpos(cases_plain(f.words), cases_plain(%(term{place})s)) > 0")
    found = " AND ".join(conditions)
    return [f"EXISTS (SELECT FROM cases_said f WHERE f.case_id = c.id AND f.seq = 1 AND {found})"]


def _beyond(cursor: Cursor, params: dict[str, Any]) -> str:
    params["cursor_id"] = cursor.id
    if cursor.due_at is None:
        # The latest comes first, so that going on means smaller numbers.
        return f"c.id {'>' if cursor.backwards else '<'} %(cursor_id)s"
    params["cursor_due_at"] = cursor.due_at
    return f"(c.next_due_at, c.id) {'<' if cursor.backwards else '>'} (%(cursor_due_at)s, %(cursor_id)s)"


_ORDER: Final = {
    (True, False): "c.next_due_at, c.id",
    (True, True): "c.next_due_at DESC, c.id DESC",
    (False, False): "c.id DESC",
    (False, True): "c.id",
}

# The page is cut first, and only its rows are given their words and names.
_PAGE: Final = """
WITH c AS MATERIALIZED (
    SELECT c.id, c.number, c.state, c.question, c.is_open, c.urgency, c.item, c.case_class, c.source, c.outcome,
        c.next_due_at, c.holder_due_at, c.promised_by, c.reported_at, c.ended_at, c.place_words, c.community_id,
        c.grid_id, c.microgrid_id, c.door_id, c.holder_unit_id, c.voices, c.rung, c.paused_until
    FROM cases_case c WHERE {conditions} ORDER BY {order} LIMIT %(limit)s
)
SELECT c.id, c.number, c.state, c.question, c.is_open, c.urgency, c.item, c.case_class, c.source, c.outcome,
    c.next_due_at, c.holder_due_at, c.promised_by, c.reported_at, c.ended_at, c.place_words,
    (SELECT left(s.words, 200) FROM cases_said s WHERE s.case_id = c.id AND s.seq = 1),
    (SELECT a.name FROM areas_area a WHERE a.id = c.community_id),
    (SELECT a.name FROM areas_area a WHERE a.id = c.grid_id),
    m.name, m.code,
    (SELECT d.name FROM areas_door d WHERE d.id = c.door_id),
    (SELECT u.name FROM staff_unit u WHERE u.id = c.holder_unit_id), c.voices, c.rung, c.paused_until, c.holder_unit_id,
    CASE WHEN c.question <> '' THEN (
        SELECT e.heard_at FROM cases_event e
        WHERE e.case_id = c.id AND (e.move IN ('ask', 'decline') OR e.facts ? 'review') ORDER BY e.seq DESC LIMIT 1
    ) END,
    (SELECT u.kind FROM staff_unit u WHERE u.id = c.holder_unit_id)
FROM c LEFT JOIN areas_area m ON m.id = c.microgrid_id
ORDER BY {order}
"""
