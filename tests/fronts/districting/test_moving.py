"""Dana divides again: her page offers to keep residents where they are, and says who moves and why."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from django.test import Client
from tests.areas.actions.conftest import build_houses
from tests.areas.actions.test_publishing import publish_as
from tests.areas.plans import approve_as
from tests.fronts.districting.test_drawing import GOOD
from tests.town import Town
from tests.visiting import signed_in

from doorstep.areas.models import Building, Plan, PlanAtom
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import text


def drawn(town: Town, dana: Client, **wished: str) -> int:
    answer = dana.post(f"/desk/districting/{town.community}/", GOOD | wished)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].rstrip("/").rpartition("/")[2])


@pytest.fixture
def dana(town: Town) -> Client:
    """Dana, whose community has a plan in force."""
    build_houses(town, households=20)
    client = signed_in(town, "dana")
    plan = drawn(town, client)
    approve_as(town, "command", plan)
    publish_as(town, "dana", plan)
    return client


def crowd(town: Town) -> None:
    """Twice as many households in one micro-grid."""
    with acting_as(WORKER):
        in_force = Plan.objects.get(community=town.community, state="in_force")
        piece = in_force.pieces.order_by("-households", "code").first()
        houses = PlanAtom.objects.filter(piece=piece).values("building")
        Building.objects.filter(pk__in=houses).update(lived_in=60)


@pytest.mark.parametrize("wished", ["", "?grid_low=300&grid_high=500", "?grid_low=4&grid_high=6&grid_unit=microgrids"])
def test_staying_is_asked_about_once_there_is_a_plan_and_stays_by_default(
    town: Town, dana: Client, wished: str
) -> None:
    page = dana.get(f"/desk/districting/{town.community}/{wished}").content.decode()
    assert text("districting-stay") in page
    [chosen] = [line for line in page.split("<input") if 'name="stay"' in line and " checked" in line]
    assert 'value="pays"' in chosen
    other = signed_in(town, "other_desk").get(f"/desk/districting/{town.other_community}/").content.decode()
    assert 'name="stay"' not in other


@pytest.mark.parametrize(
    ("stay", "number", "kept"),
    [("freely", "7", 0.0), ("pays", "7", 1.0), ("must", "7", 20.0), ("number", "7", 7.0)],
)
def test_how_strictly_is_kept_with_the_plan(town: Town, dana: Client, stay: str, number: str, kept: float) -> None:
    plan = drawn(town, dana, stay=stay, weight_moved=number)
    with acting_as(WORKER):
        assert Plan.objects.get(pk=plan).settings["weights"]["moved"] == kept


def test_where_nobody_moves_the_page_says_so(town: Town, dana: Client) -> None:
    plan = drawn(town, dana, stay="pays")
    page = dana.get(f"/desk/districting/plans/{plan}/").content.decode()
    assert text("districting-moves-nobody") in page and "data-moved" not in page
    assert json.loads(dana.get(f"/desk/districting/plans/{plan}/moved.geojson").content)["features"] == []


def test_the_first_plan_has_nobody_to_tell_of(town: Town) -> None:
    build_houses(town, households=20)
    client = signed_in(town, "dana")
    page = client.get(f"/desk/districting/plans/{drawn(town, client)}/").content.decode()
    assert text("districting-moves-title") not in page


def test_whoever_moves_stands_in_the_list_on_the_map_and_in_the_files(town: Town, dana: Client) -> None:
    crowd(town)
    plan = drawn(town, dana, stay="pays")
    page = dana.get(f"/desk/districting/plans/{plan}/").content.decode()
    assert text("districting-moved-out-of-range") in page and "moved.geojson" in page
    features = json.loads(dana.get(f"/desk/districting/plans/{plan}/moved.geojson").content)["features"]
    assert features and all(each["properties"]["from"] != each["properties"]["to"] for each in features)
    file = dana.get(f"/desk/districting/plans/{plan}/export/workbook/").content
    sheet = openpyxl.load_workbook(io.BytesIO(file))[text("districting-export-sheet-moved")]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) >= len(features) and all(row[4] != row[5] for row in rows)
    told = json.loads(dana.get(f"/desk/districting/plans/{plan}/report.json").content)["moves"]["rows"]
    assert [(each["building"], each["entrance"], each["households"]) for each in told] == [
        (row[0], row[1], row[3]) for row in rows
    ]
    dana.cookies["lang"] = "en"
    assert "out of range" in dana.get(f"/desk/districting/plans/{plan}/").content.decode()
