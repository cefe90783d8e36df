"""Dana prints the sheets of a plan and the posters of her doors."""

from __future__ import annotations

import pytest
from tests.areas.plans import a_draft
from tests.town import Town
from tests.visiting import EVERYBODY, signed_in

from doorstep.areas.models import Door, Plan
from doorstep.core.access import WORKER, acting_as

MAY = {"dana", "subdistrict", "command"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_dana_prints_one_grid_or_all(town: Town, lang: str) -> None:
    plan = a_draft(town)
    dana = signed_in(town, "dana")
    dana.cookies["lang"] = lang
    for address in (f"/desk/districting/plans/{plan}/sheets.pdf", f"/desk/districting/plans/{plan}/sheets.pdf?grid=2"):
        answer = dana.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF")
    assert dana.get(f"/desk/districting/plans/{plan}/sheets.pdf?grid=7").status_code == 409
    assert f"/plans/{plan}/sheets.pdf?grid=2" in dana.get(f"/desk/districting/plans/{plan}/").content.decode()


def test_a_sheet_of_the_plan_in_force_says_who_is_in_charge_by_name_and_never_by_number(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    from doorstep.areas.writers import sheets
    from doorstep.staff.models import Person

    seen = {}
    monkeypatch.setattr(sheets, "typeset_apart", lambda _, told, pictures: seen.update(told=told) or b"%PDF")
    with acting_as(WORKER):
        Person.objects.update(phone="13912345678")
        Plan.objects.filter(pk=a_draft(town)).update(state="draft")
        now = a_draft(town)
        Plan.objects.filter(state="in_force").update(state="past")
        Plan.objects.filter(pk=now).update(state="in_force", in_force_from="2026-01-01")
    assert signed_in(town, "dana").get(f"/desk/districting/plans/{now}/sheets.pdf?grid=1").status_code == 200
    [sheet] = seen["told"]["sheets"]
    assert [held["name"] for held in sheet["people"]] == ["示例chen（虚构）"]
    assert "13912345678" not in str(seen)


@pytest.mark.parametrize("who", EVERYBODY)
def test_sheets_are_for_whoever_may_see_the_plan(town: Town, who: str) -> None:
    answer = signed_in(town, who).get(f"/desk/districting/plans/{a_draft(town)}/sheets.pdf?grid=1")
    assert answer.status_code == (200 if who in MAY else 404 if who == "other_desk" else 403)


@pytest.mark.parametrize("size", ["a4", "a5", "sheet", "nonsense"])
def test_dana_prints_posters_of_the_doors_in_use(town: Town, size: str) -> None:
    answer = signed_in(town, "dana").get(f"/desk/doors/posters.pdf?size={size}&code=DOOR0001")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")


def test_without_a_door_in_use_there_is_nothing_to_print(town: Town) -> None:
    dana = signed_in(town, "dana")
    assert dana.get("/desk/doors/posters.pdf?code=NOBODYS1").status_code == 409
    with acting_as(WORKER):
        Door.objects.update(retired_at="2026-01-01T00:00Z")
    assert dana.get("/desk/doors/posters.pdf").status_code == 409


@pytest.mark.parametrize("who", [each for each in EVERYBODY if each not in {"dana", "other_desk"}])
def test_posters_are_the_communitys(town: Town, who: str) -> None:
    assert signed_in(town, who).get("/desk/doors/posters.pdf").status_code == 403
