"""Dana asks for what takes its time; a worker works it out, says how far it has come, and is replaced when it dies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.areas.actions.conftest import build_houses
from tests.town import MORNING, Town

from doorstep.areas import plans, studies
from doorstep.areas.actions import studying
from doorstep.areas.actions.drawing import Wishes
from doorstep.areas.actions.studying import StudyRefused, ask_for_draft, ask_for_trades, work_on_next
from doorstep.areas.models import Plan, Study
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import text
from doorstep.engines.districting import DistrictingError, Weights, Wrong
from doorstep.engines.districting.measuring import as_rows

pytestmark = pytest.mark.integration

CERTIFIED = Wishes(effort="certified")


def clock() -> Callable[[], datetime]:
    """Each look is a second later."""
    at = MORNING

    def now() -> datetime:
        nonlocal at
        at += timedelta(seconds=1)
        return at

    return now


def asked(town: Town, ask: Any = ask_for_draft, wishes: Wishes = CERTIFIED, who: str = "dana") -> Study:
    by = town.actor(who)
    with acting_as(by):
        study: Study = ask(town.community, wishes, by=by, at=MORNING)
        return study


def now_is(study: Study) -> Study:
    with acting_as(WORKER):
        return Study.objects.get(pk=study.pk)


def test_a_certified_draft_is_drawn_apart_with_its_proof_and_is_danas(town: Town) -> None:
    build_houses(town)
    study = asked(town)
    assert work_on_next(now=clock()) == 1
    done = now_is(study)
    assert (done.state, done.part) == ("done", 1.0) and done.plan_id is not None
    with acting_as(WORKER):
        plan = Plan.objects.get(pk=done.plan_id)
    assert plan.report["assurance"]["proof"] == "optimal"
    assert plan.report["assurance"]["gap"] == 0.0
    assert plan.report["assurance"]["bound"] == plan.report["assurance"]["cost"] > 0
    assert (plan.made_by_role, plan.made_by_post) == ("community", town.actor("dana").post)
    assert work_on_next(now=clock()) == 0


def test_what_each_weight_costs_is_worked_out_once_and_kept(town: Town) -> None:
    build_houses(town)
    study = asked(town, ask_for_trades, Wishes())
    assert work_on_next(now=clock()) == 1
    found = studies.found(now_is(study))
    for name in ("compactness", "size", "compound", "building", "barrier", "perimeter"):
        rows = as_rows(found, Weights(), name)
        assert len(rows) == 5 and all(row.measures.in_range <= row.measures.microgrids for row in rows)
    again = asked(town, ask_for_trades, replace(Wishes(), effort="thorough"))
    assert again.pk == study.pk
    other = asked(town, ask_for_trades, Wishes(high=90))
    assert other.pk != study.pk and other.state == "waiting"


def test_one_thing_at_a_time_is_worked_out_for_a_community(town: Town) -> None:
    build_houses(town)
    first = asked(town)
    assert asked(town).pk == first.pk
    with pytest.raises(StudyRefused) as refused:
        asked(town, ask_for_trades, Wishes(), who="command")
    assert refused.value.message.key == "trades-busy"


def test_the_database_lets_one_in_when_two_ask_in_the_same_moment(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    build_houses(town)
    asked(town)
    monkeypatch.setattr(studying, "open_in", lambda community: None)
    with pytest.raises(StudyRefused):
        asked(town, ask_for_trades, Wishes())


def test_whoever_waits_reads_how_far_it_has_come(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    build_houses(town)
    study, heard = asked(town, ask_for_trades, Wishes()), []

    def trades_apart(buildings: Any, options: Any, *, longest_s: float, progress: Any) -> list[Any]:
        for part in (0.0, 0.5):
            progress("trades", part)
            heard.append((now_is(study).state, now_is(study).stage, now_is(study).part))
        return []

    monkeypatch.setattr(studying, "trades_apart", trades_apart)
    work_on_next(now=clock())
    assert heard == [("working", "trades", 0.0), ("working", "trades", 0.5)]


def test_what_cannot_be_divided_is_told_to_whoever_asked(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    build_houses(town)
    study = asked(town)

    def divide_apart(*given: Any, **how: Any) -> Any:
        raise DistrictingError(Wrong.TOO_MANY_GRIDS, count=1200, most=999)

    monkeypatch.setattr("doorstep.areas.actions.drawing.divide_apart", divide_apart)
    assert work_on_next(now=clock()) == 1
    failed = studies.failure(now_is(study))
    assert failed is not None and failed.message.key == "districting-refused"
    assert "1,200 个网格" in str(failed.message) and "1,200 grids" in text(failed.message, "en")
    assert asked(town).pk != study.pk


def test_what_a_killed_worker_had_in_hand_is_taken_up_and_given_up_after_three(town: Town) -> None:
    build_houses(town)
    study = asked(town)
    at = MORNING
    for tries in (1, 2, 3):
        with acting_as(WORKER):
            taken = studying._take(at)
        assert taken is not None and taken.tries == tries
        with acting_as(WORKER):
            assert studying._take(at + timedelta(seconds=30)) is None
        at += timedelta(minutes=2)
    with acting_as(WORKER):
        assert studying._take(at) is None
    failed = studies.failure(now_is(study))
    assert failed is not None and failed.message.key == "trades-gave-up"


def test_a_plan_says_which_households_it_counted_and_what_the_others_would_have_been(town: Town) -> None:
    houses = build_houses(town)
    by = town.actor("dana")
    from doorstep.areas.actions.drawing import draw

    with acting_as(by):
        plan = draw(town.community, Wishes(effort="quick"), by=by, at=MORNING)
    counts = plan.report["counts"]
    assert (counts["used"], counts["other"]) == ("lived_in", "dwellings")
    assert counts["lived_in"]["households"] == 30 * len(houses)
    assert counts["dwellings"]["households"] == 35 * len(houses)
    assert counts["lived_in"]["bases"] == {"estimated": len(houses)}
    assert counts["lived_in"]["sources"] == {"own": len(houses)}
    assert counts["lived_in"]["first_on"] == counts["lived_in"]["last_on"] == MORNING.date().isoformat()
    with acting_as(WORKER):
        pieces = {piece.code: piece.households for piece in plans.pieces_of(plan.pk)}
    # Thirty lived-in households a house are thirty-five dwellings.
    expected = [{"code": code, "households": round(size / 30 * 35)} for code, size in pieces.items() if size > 85]
    assert counts["other_outside"] == expected
