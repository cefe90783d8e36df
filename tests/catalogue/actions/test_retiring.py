"""An item or a whole class is retired while cases of it are open: they go on to their end, and no new one begins."""

from __future__ import annotations

from typing import Any

import pytest
from tests.catalogue.actions.conftest import looked
from tests.town import Town
from tests.visiting import signed_in

from doorstep.cases.actions import act, verify
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.classify import ItemRefused, classify_by_hand, propose
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.asking import still_asked_of
from doorstep.cases.models import Case, Event
from doorstep.catalogue import in_force
from doorstep.catalogue.actions import editing
from doorstep.catalogue.actions.consenting import Asked, ConsentRefused, ask
from doorstep.catalogue.kept import read_folder
from doorstep.core.access import WORKER, Actor, acting_as, follower_of
from doorstep.core.ids import CaseId
from doorstep.core.time import clock
from doorstep.core.time.zone import local_date

RUBBISH, WORDS = "stairwell-rubbish", "楼道里堆满了杂物，走路都困难"


def place(town: Town) -> Place:
    return Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)


def retire(lin: Actor, sheet: str) -> None:
    said: dict[str, Any] = dict(read_folder()[sheet])
    if sheet.startswith("classes/"):
        said["sub"] = [{**sub, "retired": True} if sub["code"] == "0502" else sub for sub in said["sub"]]
    else:
        said = {**said, "retired": True}
    with acting_as(lin):
        at = clock.now()
        editing.save_draft(sheet, said, seen=editing.seen_of(sheet), why="", by=lin, at=at)
        editing.publish(sheet, local_date(at), seen=editing.seen_of(sheet), by=lin, at=at)
    looked(clock.now())
    assert RUBBISH not in in_force.catalogue().offered


@pytest.fixture(params=["items/stairwell-rubbish", "classes/05"])
def retired_under(request: Any, town: Town, lin: Actor) -> CaseId:
    """A case that Chen's team holds, whose item was retired afterwards."""
    looked()
    case = report(Report(WORDS, place(town)), at=clock.now()).case
    advance(at=clock.now())
    assert the(case).item == RUBBISH and the(case).holder_unit_id == town.units["grid_team"]
    retire(lin, request.param)
    return case


def the(case: CaseId) -> Case:
    with acting_as(WORKER):
        return Case.objects.get(pk=case)


def test_an_open_case_keeps_its_name_and_its_questions_on_every_page(town, retired_under):
    number = the(retired_under).number
    for who, where in (("dana", "/desk/cases/"), ("chen", "/field/cases/")):
        page = signed_in(town, who).get(f"{where}{number}/")
        assert page.status_code == 200 and "楼道堆放杂物" in page.content.decode()
    assert signed_in(town, "dana").get("/desk/").status_code == 200
    assert signed_in(town, "chen").get("/field/").status_code == 200
    found = still_asked_of(the(retired_under), WORDS, [])
    assert found is not None and found[0].id == RUBBISH


def test_it_goes_on_to_its_end(town, retired_under):
    chen = town.actor("chen")
    with acting_as(chen):
        act.take(retired_under, by=chen, at=clock.now())
        act.do(retired_under, "已经清理干净", by=chen, at=clock.now())
    ava = follower_of(retired_under)
    with acting_as(ava):
        verify.say_solved(retired_under, by=ava, at=clock.now())
    advance(at=clock.now())
    assert the(retired_under).state == "closed"


def test_it_goes_back_to_the_desk_and_out_again(town, retired_under):
    from doorstep.cases.actions.dispatch import dispatch_by_hand

    dana = town.actor("dana")
    with acting_as(dana):
        dispatch_by_hand(retired_under, town.units["community_desk"], by=dana, at=clock.now())
        dispatch_by_hand(retired_under, town.units["grid_team"], by=dana, at=clock.now())
    assert the(retired_under).holder_unit_id == town.units["grid_team"]


def test_no_new_case_becomes_one_of_it(town, retired_under):
    proposed = propose(WORDS)
    assert proposed is None or proposed.item.id != RUBBISH
    # A form that was open before the retirement still names it.
    case = report(Report(WORDS, place(town), item=RUBBISH), at=clock.now()).case
    advance(at=clock.now())
    with acting_as(WORKER):
        classified = Event.objects.filter(case=case, move="classify").first()
    assert classified is None or classified.facts["item"] != RUBBISH


def test_nobody_puts_a_case_there_or_asks_grids_for_it(town, retired_under):
    dana, water, today = town.actor("dana"), town.actor("water"), local_date(clock.now())
    with acting_as(dana), pytest.raises(ItemRefused):
        classify_by_hand(retired_under, RUBBISH, "", by=dana, at=clock.now())
    wish = Asked(town.community, "清理楼道", "帮忙", "x", today, today, item=RUBBISH)
    with acting_as(water), pytest.raises(ConsentRefused):
        ask(wish, by=water, at=clock.now())
    assert "楼道堆放杂物" not in signed_in(town, "water").get("/grids/").content.decode()
    assert f'value="{RUBBISH}"' not in signed_in(town, "dana").get("/report/").content.decode()


def test_what_was_retired_is_offered_again_from_a_day(town, lin, retired_under):
    sheets = {name: said for name, said in read_folder().items() if name in ("classes/05", f"items/{RUBBISH}")}
    with acting_as(lin):
        editing.publish_all(sheets, clock.now(), why="重新启用", by=lin, at=clock.now())
    looked(clock.now())
    assert RUBBISH in in_force.catalogue().offered
