"""Dana changes a draft on its page, with the map or with the forms alone; a colleague's step is never lost."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from tests.areas.actions.conftest import build_houses
from tests.areas.plans import a_draft
from tests.town import Town
from tests.visiting import signed_in

from doorstep.areas.actions.drawing import Wishes, draw
from doorstep.areas.models import PlanAtom, PlanPiece
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import text
from doorstep.core.time import clock


class Page:
    """The page of one draft, as Dana's browser has it."""

    def __init__(self, client: Client, plan: int) -> None:
        self.client, self.plan = client, plan
        self.url = f"/desk/districting/plans/{plan}/by-hand/"

    def look(self, **asked: Any) -> str:
        answer = self.client.get(self.url, asked)
        assert answer.status_code == 200, answer.content.decode()
        return answer.content.decode()

    def send(self, kind: str, version: int = 0, **form: Any) -> Any:
        return self.client.post(self.url, {"kind": kind, "version": version, **form})

    def ask(self, kind: str, version: int = 0, **form: Any) -> Any:
        """As the map sends it."""
        headers = {"Accept": "application/json"}
        return self.client.post(self.url, {"kind": kind, "version": version, **form}, headers=headers)


@pytest.fixture
def page(town: Town) -> Page:
    build_houses(town, households=20)
    dana = town.actor("dana")
    with acting_as(dana):
        plan = draw(town.community, Wishes(effort="quick"), by=dana, at=clock.now())
    return Page(signed_in(town, "dana"), plan.pk)


def codes(page: Page) -> list[str]:
    with acting_as(WORKER):
        return list(PlanPiece.objects.filter(plan=page.plan).order_by("code").values_list("code", flat=True))


def form_of(page: Page, code: str) -> tuple[list[str], list[str]]:
    """What the form of a micro-grid offers: its houses, and the micro-grids beside it."""
    shown = page.look(piece=code)
    atoms = re.findall(r'type="checkbox" name="atoms" value="(\d+)"', shown)
    return atoms, re.findall(r'<option value="(\d{17})"', shown)


def test_without_scripts_a_house_is_ticked_and_given_to_a_neighbour(page: Page) -> None:
    own = codes(page)[0]
    atoms, beside = form_of(page, own)
    answer = page.send("move", piece=own, atoms=[atoms[0]], to=beside[0], insist="yes")
    assert answer["Location"] == f"{page.url}?piece={own}#hand-panel"
    with acting_as(WORKER):
        assert PlanAtom.objects.get(piece__plan=page.plan, position=atoms[0]).piece.code == beside[0]
    shown = page.look(piece=own)
    assert atoms[0] not in form_of(page, own)[0]
    assert 'name="kind" value="undo"' in shown and 'name="reason"' in shown
    page.send("undo", version=1, piece=own)
    assert atoms[0] in form_of(page, own)[0]


def test_a_step_that_would_do_harm_is_asked_about_with_the_same_answers_in_the_form(page: Page) -> None:
    gone = codes(page)[0]
    _, beside = form_of(page, gone)
    answer = page.send("merge", piece=gone, to=beside[0])
    shown = answer.content.decode()
    assert answer.status_code == 409 and text("districting-hand-worse-title") in shown
    held = dict(re.findall(r'<input type="hidden" name="(insist|kind|piece|to)" value="(\w+)">', shown))
    assert held == {"insist": "yes", "kind": "merge", "piece": gone, "to": beside[0]}
    assert page.send("merge", piece=gone, to=beside[0], insist="yes").status_code == 302
    assert gone not in codes(page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whoever_was_slower_reads_who_did_what_and_keeps_what_they_chose(page: Page, lang: str) -> None:
    own = codes(page)[0]
    atoms, beside = form_of(page, own)
    page.send("lock", piece=beside[0])
    page.client.cookies["lang"] = lang
    answer = page.send("split", piece=own, atoms=[atoms[0]])
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert text("districting-hand-faster-try", lang) in shown
    assert re.search(rf'name="atoms" value="{atoms[0]}" checked', shown)
    assert 'name="version" value="1"' in shown


def test_the_map_gets_what_changed_and_the_panel_beside_it(page: Page) -> None:
    own = codes(page)[0]
    atoms, _ = form_of(page, own)
    answer = page.ask("split", piece=own, atoms=[atoms[0]], insist="yes").json()
    new = next(iter(answer["moved"]))
    assert answer["version"] == 1 and answer["moved"] == {new: [int(atoms[0])]}
    assert {each["properties"]["code"] for each in answer["touched"]} == {own, new}
    assert "<form" in answer["panel"] and "<html" not in answer["panel"]
    refused = page.ask("merge", version=0, piece=own, to=new)
    assert refused.status_code == 409 and refused.json()["is_old"] is True
    looked = page.client.get(page.url, {"piece": new}, headers={"Accept": "application/json"}).json()
    assert 'id="chosen-piece"' in looked["panel"]


def test_the_map_knows_the_ground_of_every_house(page: Page) -> None:
    answer = page.client.get(f"/desk/districting/plans/{page.plan}/atoms.geojson")
    atoms = json.loads(answer.content)["features"]
    assert sorted(each["properties"]["position"] for each in atoms) == list(range(20))
    assert {each["properties"]["code"] for each in atoms} == set(codes(page))


def test_a_reason_is_written_and_shown_on_the_page(page: Page) -> None:
    own = codes(page)[0]
    atoms, beside = form_of(page, own)
    page.send("move", piece=own, atoms=[atoms[0]], to=beside[0], insist="yes")
    assert page.send("keep", version=1, reason=" ").status_code == 409
    page.send("keep", version=1, reason="两栋楼共用一个门岗")
    assert text("districting-hand-kept", reason="两栋楼共用一个门岗") in page.look()


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "dance"},
        {"kind": ""},
        {"kind": "move", "atoms": ["x"]},
        {"kind": "move", "atoms": ["0"], "to": "nowhere"},
        {"kind": "undo", "version": "many"},
        {"kind": "undo", "version": 7},
    ],
)
def test_a_form_that_makes_no_sense_is_answered_in_words(page: Page, form: dict[str, Any]) -> None:
    answer = page.client.post(page.url, {"version": 0, **form})
    assert answer.status_code == 409 and 'role="alert"' in answer.content.decode()


def test_a_plan_without_its_ground_or_no_longer_a_draft_says_why_it_cannot_be_changed(town: Town) -> None:
    plan = a_draft(town)
    answer = signed_in(town, "dana").get(f"/desk/districting/plans/{plan}/by-hand/")
    assert answer.status_code == 409 and text("districting-hand-no-ground") in answer.content.decode()


def test_the_plan_offers_to_be_changed_by_hand_where_it_can_be(page: Page, town: Town) -> None:
    offered = page.client.get(f"/desk/districting/plans/{page.plan}/").content.decode()
    assert page.url in offered
    other = a_draft(town)
    assert "by-hand" not in page.client.get(f"/desk/districting/plans/{other}/").content.decode()


def test_the_desk_of_another_community_neither_sees_nor_changes_it(page: Page, town: Town) -> None:
    for who, status in (("other_desk", 404), ("chen", 403)):
        visitor = signed_in(town, who)
        assert visitor.get(page.url).status_code == status
        assert visitor.post(page.url, {"kind": "lock", "version": 0, "piece": codes(page)[0]}).status_code == status
    page.client.handler.enforce_csrf_checks = True
    assert page.send("lock", piece=codes(page)[0]).status_code == 403
