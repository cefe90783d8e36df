"""A community is divided again: who stays stays, who moves is told why, and what is theirs goes along with them."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import shapely
from tests.areas.actions.conftest import build_houses
from tests.areas.actions.test_publishing import TODAY, in_force, publish_as
from tests.areas.plans import approve_as
from tests.cases.test_life import the
from tests.town import MORNING, Town

from doorstep.areas import plans
from doorstep.areas.actions import by_hand, drawing
from doorstep.areas.actions.by_hand import Asked
from doorstep.areas.actions.drawing import STAY, Wishes, draw
from doorstep.areas.dividing import divide_apart
from doorstep.areas.models import Area, Building, Plan, PlanAtom, PlanPiece
from doorstep.areas.moves import Moves, moved_footprints, moves_of
from doorstep.areas.queries import territory
from doorstep.cases.actions import act, verify
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report, report
from doorstep.core.access import WORKER, acting_as, follower_of
from doorstep.staff.models import Appointment, Person, Post
from doorstep.staff.queries import appointments_in_force

QUICK = Wishes(effort="quick")


def staying(how: str) -> Wishes:
    return replace(QUICK, weights=replace(QUICK.weights, moved=STAY[how]))


@pytest.fixture(scope="module")
def answers() -> dict[bytes, Any]:
    return {}


@pytest.fixture(autouse=True)
def _ask_once(answers: dict[bytes, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same question is worked out once for all these tests."""

    def divide_once(buildings: Any, options: Any, **listening: Any) -> Any:
        question = pickle.dumps((buildings, options))
        if question not in answers:
            answers[question] = divide_apart(buildings, options, **listening)
        return answers[question]

    monkeypatch.setattr(drawing, "divide_apart", divide_once)


def drawn(town: Town, wishes: Wishes = QUICK) -> Plan:
    dana = town.actor("dana")
    with acting_as(dana):
        return draw(town.community, wishes, by=dana, at=MORNING)


def publish(town: Town, plan: Plan, from_on: date = TODAY) -> None:
    approve_as(town, "command", plan.pk)
    publish_as(town, "dana", plan.pk, from_on)


@pytest.fixture
def divided(town: Town) -> Town:
    """Twenty houses of twenty households, in the micro-grids of a plan."""
    build_houses(town, households=20)
    publish(town, drawn(town))
    return town


def moves(plan: Plan) -> Moves:
    with acting_as(WORKER):
        found = moves_of(plan)
    assert found is not None
    return found


def homes(plan: Plan) -> dict[str, set[int]]:
    """The buildings of each micro-grid, by code."""
    found: dict[str, set[int]] = {}
    with acting_as(WORKER):
        for code, building in PlanAtom.objects.filter(piece__plan=plan.pk).values_list("piece__code", "building"):
            found.setdefault(code, set()).add(building)
    return found


def now_in_force(town: Town) -> Plan:
    with acting_as(WORKER):
        plan = plans.plan_in_force(town.community)
    assert plan is not None
    return plan


def crowd(town: Town, households: int = 60) -> str:
    """Twice as many households in one micro-grid, which is out of range by it; its code."""
    code, own = max(homes(now_in_force(town)).items(), key=lambda each: len(each[1]))
    with acting_as(WORKER):
        Building.objects.filter(pk__in=own).update(lived_in=households, dwellings=households)
    return code


def test_where_nothing_has_changed_nobody_moves_and_there_is_nothing_to_publish(divided: Town) -> None:
    again = drawn(divided, staying("pays"))
    told = moves(again)
    assert (told.rows, told.moved, told.households, told.arrived) == ([], 0, 400, 0)
    with acting_as(WORKER):
        assert plans.change_by(again).is_nothing
        assert moved_footprints(again) == []


def test_before_the_first_plan_there_is_nobody_to_move(town: Town) -> None:
    build_houses(town)
    plan = drawn(town)
    with acting_as(WORKER):
        assert moves_of(plan) is None


def test_whoever_moves_is_told_from_where_to_where_and_why(divided: Town) -> None:
    crowded = crowd(divided)
    again = drawn(divided, staying("pays"))
    told = moves(again)
    before, after = homes(now_in_force(divided)), homes(again)
    assert told.rows and told.households == again.report["households"]
    for each in told.rows:
        assert each.home.building in before[each.source] and each.home.building in after[each.to]
        assert each.source != each.to and each.kind not in ("other", "by-hand")
    assert told.moved + told.renumbered == sum(each.households for each in told.rows)
    assert 0 < told.forced <= told.moved and told.chosen == told.moved - told.forced
    assert crowded in {each.source for each in told.rows}
    with acting_as(WORKER):
        marked = moved_footprints(again)
    assert len(marked) == len({each.home.building for each in told.rows})


def test_fewer_move_where_residents_are_kept_more_strictly(divided: Town) -> None:
    crowd(divided)
    freely, must = moves(drawn(divided, staying("freely"))), moves(drawn(divided, staying("must")))
    assert must.moved <= freely.moved and must.moved < 400 / 2


def test_a_plan_that_came_into_force_says_still_whom_it_moved(divided: Town) -> None:
    crowd(divided)
    again = drawn(divided, staying("pays"))
    rows = moves(again).rows
    publish(divided, again)
    with acting_as(WORKER):
        assert moves(Plan.objects.get(pk=again.pk)).rows == rows


def test_what_a_person_moved_is_told_as_such(divided: Town) -> None:
    again = drawn(divided, staying("pays"))
    dana = divided.actor("dana")
    own, other = sorted(homes(again))[:2]
    with acting_as(WORKER):
        atom = PlanAtom.objects.filter(piece__plan=again.pk, piece__code=own).earliest("position")
    with acting_as(dana):
        by_hand.take(again.pk, Asked("move", 0, (atom.position,), to=other, insist=True), by=dana, at=MORNING)
    [row] = moves(again).rows
    assert (row.home.building, row.source, row.to, row.kind) == (atom.building_id, own, other, "by-hand")
    assert not row.is_forced


def test_micro_grids_of_the_same_homes_keep_code_and_row_and_the_others_begin_anew(divided: Town) -> None:
    crowd(divided)
    rows, before = in_force(divided), homes(now_in_force(divided))
    again = drawn(divided, staying("pays"))
    after = homes(again)
    same = {code for code in before if after.get(code) == before[code]}
    assert same and same != set(before)
    tomorrow = MORNING + timedelta(days=1)
    approve_as(divided, "command", again.pk)
    dana = divided.actor("dana")
    with acting_as(dana):
        from doorstep.areas.actions.publishing import publish as publish_on

        publish_on(again.pk, tomorrow.date(), by=dana, at=tomorrow)
    later = in_force(divided, tomorrow.date())
    assert {code for code in before if rows[code] == later.get(code)} == same
    # The past keeps the old rows.
    assert in_force(divided, TODAY) == rows


def test_an_outline_that_was_drawn_anew_is_no_new_micro_grid(divided: Town) -> None:
    rows = in_force(divided)
    with acting_as(WORKER):
        for area in Area.objects.filter(pk__in=rows.values()):
            area.outline = shapely.to_wkb(shapely.from_wkb(bytes(area.outline)).buffer(-1e-5))
            area.save(update_fields=["outline"])
    again = drawn(divided, staying("pays"))
    with acting_as(WORKER):
        assert not plans.change_by(again).is_nothing
    publish(divided, again)
    assert in_force(divided) == rows
    with acting_as(WORKER):
        kept = {piece.code: bytes(piece.outline) for piece in plans.pieces_of(again.pk)}
        areas = Area.objects.filter(pk__in=rows.values(), level="microgrid")
        assert {area.code: bytes(area.outline) for area in areas} == kept


def test_another_band_for_grids_leaves_every_number_that_it_can(divided: Town) -> None:
    before, rows = homes(now_in_force(divided)), in_force(divided)
    again = drawn(divided, replace(staying("pays"), grid_low=100, grid_high=250))
    after = homes(again)
    assert set(map(frozenset, after.values())) == set(map(frozenset, before.values()))
    kept = {code for code in after if before.get(code) == after[code]}
    assert len({code[:15] for code in after}) > len({code[:15] for code in before})
    assert kept and kept == {code for code in after if code[:15] in {each[:15] for each in kept}}
    # Who has another grid has another code, and nothing else.
    assert all(each.is_renumbered for each in moves(again).rows)
    publish(divided, again)
    later = in_force(divided)
    assert {code for code in before if rows[code] == later.get(code)} == kept


# What is theirs goes along --------------------------------------------------------------------------------------------


def reported(town: Town, building: int) -> int:
    with acting_as(WORKER):
        house = Building.objects.get(pk=building)
    place = Place(
        lon=house.lon, lat=house.lat, community=town.community, subdistrict=town.subdistrict, county=town.county
    )
    case = report(Report("楼道里堆满了杂物", place, item="stairwell-rubbish"), at=MORNING).case
    advance(at=MORNING)
    return case


def where(case: int) -> tuple[str, str]:
    with acting_as(WORKER):
        now = the(case)
        codes = dict(Area.objects.filter(pk__in=[now.microgrid_id, now.grid_id]).values_list("pk", "code"))
    return codes[now.microgrid_id], codes[now.grid_id]


@pytest.fixture
def crowded(divided: Town) -> tuple[Town, Plan, Callable[[int], str]]:
    """A plan drawn again after homes were added, and where each building was before it."""
    crowd(divided)
    before = {building: code for code, own in homes(now_in_force(divided)).items() for building in own}
    return divided, drawn(divided, staying("pays")), before.__getitem__


def test_an_open_case_goes_with_its_home_and_a_closed_one_stays_where_it_was(
    crowded: tuple[Town, Plan, Callable[[int], str]],
) -> None:
    town, again, was_in = crowded
    moved = moves(again).rows[0]
    stays = next(building for code, own in homes(again).items() for building in own if was_in(building) == code)
    open_, closed, unmoved = (reported(town, each) for each in (moved.home.building, moved.home.building, stays))
    assert where(open_)[0] == moved.source
    finish(town, closed)
    rows = the(closed).microgrid_id
    publish(town, again)
    assert where(open_) == (moved.to, moved.to[:15])
    assert where(unmoved)[0] == was_in(stays)
    assert (the(closed).microgrid_id, where(closed)[0]) == (rows, moved.source)


def finish(town: Town, case: int) -> None:
    now = the(case)
    with acting_as(WORKER):
        post = Post.objects.filter(unit=now.holder_unit_id).first()
    chen = replace(town.actor("chen"), org=now.grid_id, unit=now.holder_unit_id, post=post.pk if post else None)
    with acting_as(chen):
        act.do(case, "清走了。", by=chen, at=MORNING)
    ava = follower_of(case)
    with acting_as(ava):
        verify.say_solved(case, by=ava, at=MORNING)
    advance(at=MORNING)
    assert the(case).state == "closed"


def test_what_the_desk_named_without_a_point_goes_on_with_its_micro_grid(
    crowded: tuple[Town, Plan, Callable[[int], str]],
) -> None:
    town, again, was_in = crowded
    building = next(each for code, own in homes(again).items() for each in own if was_in(each) == code and len(own) > 1)
    case = reported(town, building)
    with acting_as(WORKER):
        from doorstep.cases.models import Case

        Case.objects.filter(pk=case).update(lon=None, lat=None)
    code = was_in(building)
    publish(town, again)
    assert where(case)[0] == code
    assert the(case).question == ""


def liaison(town: Town, code: str, name: str) -> Person:
    with acting_as(WORKER):
        area = Area.objects.get(code=code, valid_until=None)
        post = Post.objects.create(area=area, kind="liaison")
        person = Person.objects.create(name=name)
        Appointment.objects.create(person=person, post=post, from_on=date(2026, 1, 1))
    return person


def seats_of(person: Person) -> list[str]:
    with acting_as(WORKER):
        held = appointments_in_force(TODAY).filter(person=person)
        return list(held.values_list("post__area__code", flat=True))


def test_a_liaison_goes_on_where_half_of_the_households_stay_and_ends_where_they_do_not(divided: Town) -> None:
    plan = drawn(divided, staying("pays"))
    code, other, *_, gone = sorted(homes(plan), key=lambda each: len(homes(plan)[each]))
    stays, ends = liaison(divided, code, "示例甲"), liaison(divided, gone, "示例乙")
    with acting_as(WORKER):
        atoms = PlanAtom.objects.filter(piece__plan=plan.pk, piece__code=gone, households__gt=0).order_by("position")
        leaving = list(atoms.values_list("position", flat=True))[1:]
        piece = PlanPiece.objects.get(plan=plan.pk, code=other)
        PlanAtom.objects.filter(piece__plan=plan.pk, position__in=leaving).update(piece=piece)
    assert len(leaving) > 1
    publish(divided, plan)
    assert seats_of(stays) == [code]
    assert seats_of(ends) == []
    with acting_as(WORKER):
        now = Area.objects.get(code=gone, valid_until=None)
        assert Post.objects.filter(area=now, kind="liaison", abolished_on=None, appointments=None).count() == 1


# Where the borders run ------------------------------------------------------------------------------------------------


def test_a_place_and_the_door_of_its_house_are_in_one_micro_grid_after_the_change(
    crowded: tuple[Town, Plan, Callable[[int], str]],
) -> None:
    town, again, _ = crowded
    publish(town, again)
    with acting_as(WORKER):
        now = territory(TODAY)
        for code, own in homes(again).items():
            for house in Building.objects.filter(pk__in=own):
                assert now.at(house.lon, house.lat)[0].code == code
                for corner in shapely.get_coordinates(shapely.from_wkb(bytes(house.footprint)).buffer(-1e-6)):
                    assert now.at(*corner)[0].code == code
