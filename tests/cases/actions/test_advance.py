"""Many cases at once go as far as each can, for the statements of one."""

from __future__ import annotations

import logging

import pytest
from django.db import DataError, OperationalError, connection
from django.test.utils import CaptureQueriesContext
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.cases.actions import advance as machine
from doorstep.cases.actions import ledger
from doorstep.cases.actions.advance import MOST_ATTEMPTS, advance
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.models import Case, Event
from doorstep.cases.rules.chain import Link, first_break
from doorstep.core.access import WORKER, acting_as

HERE = Place(lon=LON + SQUARE_DEG / 2, lat=LAT - SQUARE_DEG / 2)
NEXT_GRID = Place(lon=LON + SQUARE_DEG * 1.5, lat=LAT - SQUARE_DEG / 2)
NOWHERE = Place(lon=100.0, lat=30.0)
RUBBISH = Report("楼道里堆满了杂物", HERE, item="stairwell-rubbish")


def reported(*reports: Report) -> list[int]:
    return [report(each, at=MORNING).case for each in reports]


def stands(case: int) -> tuple[str, str, int | None]:
    with acting_as(WORKER):
        now = Case.objects.get(pk=case)
    return now.state, now.question, now.holder_unit_id


def statements_to_advance() -> int:
    with CaptureQueriesContext(connection) as captured:
        advance(at=MORNING)
    return len([each for each in captured if "SAVEPOINT" not in each["sql"]])


def test_a_hundred_cases_take_as_many_statements_as_two(town: Town) -> None:
    next_grid = Report(RUBBISH.words, NEXT_GRID, item=RUBBISH.item)
    reported(RUBBISH, next_grid)
    advance(at=MORNING)  # The territory is read once a process.
    reported(RUBBISH, next_grid)
    few = statements_to_advance()
    reported(*[RUBBISH, next_grid] * 50)
    assert statements_to_advance() == few


def test_each_case_goes_to_its_own_grid(town: Town) -> None:
    here, there = reported(RUBBISH, Report(RUBBISH.words, NEXT_GRID, item=RUBBISH.item))
    advance(at=MORNING)
    assert stands(here) == ("dispatched", "", town.units["grid_team"])
    assert stands(there) == ("dispatched", "", town.units["other_grid_team"])


def test_one_that_nobody_can_place_does_not_hold_up_its_neighbours(town: Town) -> None:
    lost, here = reported(Report("不知道在哪里", NOWHERE), RUBBISH)
    advance(at=MORNING)
    assert stands(lost) == ("reported", "where", None)
    assert stands(here)[0] == "dispatched"
    with acting_as(WORKER):
        assert Case.objects.get(pk=lost).county_id == town.county


def test_a_rule_that_fails_parks_its_case_alone(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    unlucky, lucky = reported(RUBBISH, RUBBISH)
    classify = machine.classify

    def falls_over(held, around, *, at):
        if held.case.pk == unlucky:
            raise ZeroDivisionError("a fault of ours")
        return classify(held, around, at=at)

    monkeypatch.setattr(machine, "classify", falls_over)
    with caplog.at_level(logging.ERROR):
        advance(at=MORNING)
    assert stands(unlucky) == ("located", "rule-failed", None)
    assert stands(lucky)[0] == "dispatched"
    assert "a fault of ours" in caplog.text


@pytest.mark.filterwarnings("ignore")
def test_a_case_that_the_database_refuses_is_put_off_and_in_the_end_shown_to_a_person(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refused, fine = reported(RUBBISH, RUBBISH)
    write = ledger.write

    def refuses(helds, *, by):
        if refused in {held.case.pk for held in helds}:
            raise DataError("not this one")
        write(helds, by=by)

    monkeypatch.setattr(ledger, "write", refuses)
    with caplog.at_level(logging.ERROR):
        advance(at=MORNING)
    assert stands(fine)[0] == "dispatched"
    with acting_as(WORKER):
        case = Case.objects.get(pk=refused)
        assert (case.state, case.attempts) == ("reported", 1)
        assert case.look_again_at is not None and case.look_again_at > MORNING
        Case.objects.filter(pk=refused).update(attempts=MOST_ATTEMPTS - 1, look_again_at=MORNING)
    advance(at=MORNING)
    assert stands(refused) == ("reported", "rule-failed", None)


def test_a_database_in_trouble_blames_no_case(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    (case,) = reported(RUBBISH)

    def gone(helds, *, by):
        raise OperationalError("the server is gone")

    monkeypatch.setattr(ledger, "write", gone)
    with pytest.raises(OperationalError):
        advance(at=MORNING)
    with acting_as(WORKER):
        assert Case.objects.get(pk=case).attempts == 0


def test_the_ledger_that_the_database_chained_is_proved_outside_it(town: Town) -> None:
    (case,) = reported(RUBBISH)
    advance(at=MORNING)
    with acting_as(WORKER), connection.cursor() as cursor:
        names = ", ".join({"case": "case_id", "facts": "facts::text"}.get(name, name) for name in Link._fields)
        cursor.execute(f"SELECT {names} FROM cases_event WHERE case_id = %s ORDER BY seq", [case])
        links = [Link(*row) for row in cursor.fetchall()]
        assert len(links) == Event.objects.filter(case=case).count() == 4
    assert first_break(links) is None
