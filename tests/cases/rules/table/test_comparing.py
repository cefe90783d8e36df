"""What a changed table would do is counted by units and areas, and comes back from JSON as it was."""

from __future__ import annotations

import json

import numpy as np
from tests.cases.rules.conftest import COMMUNITY, SUBDISTRICT, unit
from tests.shipped import shipped_catalogue

from doorstep.cases.rules.facts import AreaCode
from doorstep.cases.rules.table.comparing import Line, Load, Place, as_answer, compared, from_answer
from doorstep.cases.rules.table.many import EXPLAINED, NO_ROW, NOBODY, Cases, Ground, Sent
from doorstep.catalogue.item import Level
from doorstep.core.time.working_days import Calendar

ITEMS = list(shipped_catalogue().items.values())[:2]
HERE, THERE = f"{COMMUNITY}00101", f"{SUBDISTRICT}00200101"
UNITS = [unit("Team", Level.GRID, COMMUNITY), unit("Desk", Level.COMMUNITY, COMMUNITY)]
GROUND = Ground(ITEMS, [AreaCode(HERE), AreaCode(THERE)], UNITS, Calendar())
TEAM, DESK = 0, 1


def cases(*rows: tuple[int, int]) -> Cases:
    """Item and area of each."""
    table = np.array(rows, np.int64).reshape(-1, 2)
    zeros = np.zeros(len(table), np.int64)
    return Cases(table[:, 0], table[:, 1], zeros, zeros)


def sent(units: list[int], rows: list[int]) -> Sent:
    return Sent(np.array(units, np.int64), np.array(rows, np.int64))


def test_who_gains_who_loses_where_and_what_has_nobody():
    past = cases((0, 0), (0, 0), (1, 0), (0, 1), (-1, 1))
    before = sent([TEAM, TEAM, TEAM, DESK, EXPLAINED], [NO_ROW] * 5)
    after = sent([DESK, DESK, TEAM, NOBODY, EXPLAINED], [7, 7, NO_ROW, NO_ROW, NO_ROW])
    found = compared(past, GROUND, before, after)
    assert (found.cases, found.moved, found.explained) == (5, 3, 1)
    assert (found.nobody_before, found.nobody_after, found.rows) == (0, 1, {"7": 2})
    assert found.loads == [Load("team", 3, 1), Load("desk", 1, 2)]
    assert found.places == [Place(COMMUNITY, 3, 2, 0), Place(THERE[:12], 2, 1, 1)]
    assert found.lines == [
        Line(COMMUNITY, ITEMS[0].id, "team", "desk", 7, 2),
        Line(THERE[:12], ITEMS[0].id, "desk", "", 0, 1),
    ]
    assert from_answer(json.loads(json.dumps(as_answer(found)))) == found


def test_without_cases_and_without_changes_there_is_nothing_to_tell():
    empty = compared(cases(), GROUND, sent([], []), sent([], []))
    assert (empty.cases, empty.loads, empty.places, empty.lines) == (0, [], [], [])
    same = sent([TEAM], [NO_ROW])
    assert compared(cases((1, 0)), GROUND, same, same).lines == []
