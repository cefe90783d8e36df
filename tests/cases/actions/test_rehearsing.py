"""A changed table is tried on past cases by the worker: who gains, who loses, who would have nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.cases.actions.test_tables import RUBBISH, add, begun, draft, publish, reported
from tests.town import MORNING, Town

from doorstep.cases import tables
from doorstep.cases.actions import rehearsing
from doorstep.cases.actions.rehearsing import RehearsalRefused, ask_for_rehearsal, work_on_next
from doorstep.cases.models import Rehearsal
from doorstep.cases.rules.table.comparing import from_answer
from doorstep.core import studies
from doorstep.core.access import WORKER, Actor, acting_as

SINCE, UNTIL = date(2026, 11, 1), date(2026, 11, 23)


@pytest.fixture
def command(town: Town) -> Actor:
    return town.actor("command")


def ticking():
    at = [MORNING]

    def now():
        at[0] += timedelta(seconds=2)
        return at[0]

    return now


def asked(command: Actor, since=SINCE, until=UNTIL) -> Rehearsal:
    with acting_as(command):
        return ask_for_rehearsal(draft(command), since, until, by=command, at=MORNING)


def answer(command: Actor, number: int):
    with acting_as(command):
        found = tables.rehearsal(number)
    assert found is not None and found.state == "done"
    return from_answer(found.answer)


def test_what_would_move_where_and_who_would_have_nobody(town, command):
    reported()
    reported(words="晚上有流浪狗", item="stray-dog")
    begun(command)
    row = add(RUBBISH, command)
    rehearsal = asked(command)
    assert work_on_next(now=ticking()) == 1
    found = answer(command, rehearsal.pk)
    assert (found.cases, found.moved, found.nobody_after) == (2, 1, 0)
    assert found.rows == {str(row.id): 1}
    loads = {each.unit: (each.before, each.after) for each in found.loads}
    team, desk = str(town.units["grid_team"]), str(town.units["community_desk"])
    assert loads[team][0] - loads[team][1] == 1
    assert loads[desk][1] - loads[desk][0] == 1
    line = found.lines[0]
    assert (line.community, line.item, line.before, line.after) == ("321102001001", "stairwell-rubbish", team, desk)
    assert [(each.community, each.moved) for each in found.places] == [("321102001001", 1)]
    assert work_on_next(now=ticking()) == 0


def test_it_is_compared_with_the_version_in_force(town, command):
    reported()
    begun(command)
    add(RUBBISH, command)
    publish(command)
    begun(command)
    rehearsal = asked(command)
    work_on_next(now=ticking())
    assert answer(command, rehearsal.pk).moved == 0


def test_what_was_asked_about_is_tried_though_the_draft_changes_meanwhile(town, command):
    reported()
    begun(command)
    add(RUBBISH, command)
    rehearsal = asked(command)
    with acting_as(command):
        from doorstep.cases.actions import tables as acts

        acts.remove_row(1, seen=0, by=command, at=MORNING)
    work_on_next(now=ticking())
    assert answer(command, rehearsal.pk).moved == 1


def test_nothing_was_reported_then(town, command):
    reported()
    begun(command)
    add(RUBBISH, command)
    rehearsal = asked(command, SINCE, date(2026, 11, 2))
    work_on_next(now=ticking())
    found = answer(command, rehearsal.pk)
    assert (found.cases, found.lines, found.places) == (0, [], [])


def test_the_same_question_is_not_asked_twice_and_another_waits(town, command):
    begun(command)
    first = asked(command)
    assert asked(command).pk == first.pk
    with pytest.raises(RehearsalRefused) as busy:
        asked(command, SINCE, date(2026, 11, 20))
    assert busy.value.message.key == "rehearsal-busy"


@pytest.mark.parametrize(
    ("since", "until"), [(UNTIL, SINCE), (SINCE, UNTIL + timedelta(days=1)), (date(2020, 1, 1), UNTIL)]
)
def test_a_period_that_makes_no_sense_is_refused(town, command, since, until):
    begun(command)
    with pytest.raises(RehearsalRefused):
        asked(command, since, until)


def test_one_that_kills_its_workers_is_given_up_and_may_be_asked_again(town, command):
    begun(command)
    rehearsal = asked(command)
    with acting_as(WORKER):
        Rehearsal.objects.filter(pk=rehearsal.pk).update(
            state="working", tries=3, heard_at=MORNING - timedelta(minutes=5)
        )
    assert work_on_next(now=ticking()) == 0
    with acting_as(command):
        failed = studies.failure(tables.rehearsal(rehearsal.pk))
    assert failed.message.key == "rehearsal-gave-up"
    assert asked(command).pk != rehearsal.pk


def test_many_batches_are_read_one_after_the_other(town, command, monkeypatch):
    for minutes in range(5):
        reported(at=MORNING - timedelta(minutes=minutes))
    monkeypatch.setattr("doorstep.cases.past.BATCH", 2)
    begun(command)
    add(replace(RUBBISH, holder="property"), command)
    rehearsal = asked(command)
    work_on_next(now=ticking())
    assert answer(command, rehearsal.pk).cases == 5
    assert rehearsing.LONGEST_YEARS == 5
