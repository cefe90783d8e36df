"""Areas, doors, plans, figures, posts, accounts and traces, each for whom it is; the same as the pages show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import shapely
from tests.town import LAT, LON, SQUARE_DEG, Town

from doorstep.areas.models import Area, Building, Plan, PlanPiece
from doorstep.cases.actions.topics import find_topics
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.core.geometry import Datum, Point
from doorstep.core.time import clock
from doorstep.core.time.zone import local_date

COMMUNITY = "321102001001"
MIDDLE = Point(LON + SQUARE_DEG / 2, LAT - SQUARE_DEG / 2)


def test_anybody_reads_the_catalogue_in_either_language(program: Callable[..., Any]) -> None:
    zh, en = (program(lang=lang).get("items").json() for lang in ("zh", "en"))
    assert [item["id"] for item in zh] == [item["id"] for item in en]
    assert all(one["name"] != other["name"] for one, other in zip(zh, en, strict=True))
    classes = {each["code"] for each in program().get("classes").json()}
    assert {item["case_class"] for item in zh} <= classes


def test_anybody_walks_down_the_tree(program: Callable[..., Any], town: Town) -> None:
    ava, code = program(), None
    for level in ("county", "subdistrict", "community", "grid", "microgrid"):
        first = ava.get("areas", **({"inside": code} if code else {})).json()[0]
        assert first["level"] == level
        code = first["code"]
    assert ava.get(f"areas/{code}").json()["parent"] == code[:15]
    assert ava.get("areas", inside=code).json() == []
    assert ava.get("areas/9").status_code == 404


def test_outlines_are_geojson_in_wgs84(program: Callable[..., Any], town: Town) -> None:
    answer = program().get(f"areas/{COMMUNITY}/outlines")
    assert answer["Content-Type"] == "application/geo+json"
    codes = [feature["properties"]["code"] for feature in answer.json()["features"]]
    assert len(codes) == 4
    shape = shapely.from_geojson(shapely_text(answer.json()["features"][0]))
    assert shape.contains(shapely.Point(MIDDLE.lon, MIDDLE.lat))


def shapely_text(feature: dict[str, Any]) -> str:
    import json

    return json.dumps(feature["geometry"])


@pytest.mark.parametrize("datum", list(Datum))
def test_a_point_lies_in_its_micro_grid_whatever_its_datum(
    program: Callable[..., Any], town: Town, datum: Datum
) -> None:
    there = MIDDLE.to(datum)
    found = program().get("areas/at", lon=there.lon, lat=there.lat, datum=datum).json()
    assert [area["code"] for area in found][-1] == "32110200100100101"
    assert program().get("areas/at", lon=0, lat=0).json() == []


def test_dana_makes_and_retires_codes_for_doors(program: Callable[..., Any], town: Town) -> None:
    dana, point = program("dana"), {"lon": MIDDLE.lon, "lat": MIDDLE.lat}
    made = dana.post("stations", {"name": "东门驿站", "point": point})
    assert made.status_code == 201
    code = made.json()["code"]
    assert program().get(f"doors/{code}").json()["community"] == COMMUNITY
    assert dana.send("DELETE", f"doors/{code}").status_code == 204
    assert program().get(f"doors/{code}").status_code == 404
    assert {door["code"]: door["is_retired"] for door in dana.get("doors", retired=True).json()} == {
        "DOOR0001": False,
        code: True,
    }
    assert [door["code"] for door in dana.get("doors").json()] == ["DOOR0001"]


def test_dana_makes_a_code_for_each_entrance_once(program: Callable[..., Any], town: Town) -> None:
    with acting_as(WORKER):
        house = Building.objects.create(
            community_id=town.community, source="osm", source_id="w1", name="2 号楼", kind="apartments",
            footprint=shapely.to_wkb(shapely.box(LON, LAT - 0.001, LON + 0.0003, LAT)), lon=LON, lat=LAT, x=0, y=0,
            entrances=2, dwellings=24, imported_at=clock.now(),
        )  # fmt: skip
    dana = program("dana")
    assert dana.get("buildings").json() == [{"id": house.pk, "name": "2 号楼", "entrances": 2, "doors": 0}]
    assert len(dana.post("doors", {"buildings": [house.pk]}).json()) == 2
    assert dana.post("doors", {"buildings": [house.pk]}).json() == []
    assert program("other_desk").post("doors", {"buildings": [house.pk]}).status_code == 422


@pytest.fixture
def draft(town: Town) -> int:
    """A plan of the community that nobody has published."""
    with acting_as(WORKER):
        plan = Plan.objects.create(
            community_id=town.community, settings={}, report={"microgrids": 1}, made_at=clock.now()
        )
        PlanPiece.objects.create(
            plan=plan, grid_number=1, microgrid_number=1, code=f"{COMMUNITY}00101", households=70,
            outline=shapely.to_wkb(shapely.box(LON, LAT - SQUARE_DEG, LON + SQUARE_DEG, LAT)),
        )  # fmt: skip
        return plan.pk


def test_dana_looks_at_a_plan_and_publishes_it(program: Callable[..., Any], draft: int) -> None:
    dana = program("dana")
    assert dana.get(f"districting/{COMMUNITY}/plans").json()[0]["id"] == draft
    for level in ("microgrid", "grid"):
        assert len(dana.get(f"plans/{draft}/outlines", level=level).json()["features"]) == 1
    tomorrow = (local_date(clock.now()) + timedelta(days=1)).isoformat()
    assert dana.post(f"plans/{draft}/publish", {"from_on": "2001-01-01"}).status_code == 422
    assert dana.post(f"plans/{draft}/publish", {"from_on": tomorrow}).json()["state"] == "published"
    assert dana.post(f"plans/{draft}/discard").json()["state"] == "discarded"
    assert dana.post(f"plans/{draft}/discard").status_code == 409


def test_a_plan_of_somebody_else_looks_like_no_plan(program: Callable[..., Any], draft: int) -> None:
    other = program("other_desk")
    assert other.get(f"plans/{draft}").status_code == 404
    assert other.post(f"plans/{draft}/discard").status_code == 404
    assert other.get(f"districting/{COMMUNITY}/plans").status_code == 404
    assert program("command").get(f"plans/{draft}").status_code == 200


def test_a_community_without_buildings_cannot_be_drawn(program: Callable[..., Any], town: Town) -> None:
    answer = program("dana").post(f"districting/{COMMUNITY}/plans", {})
    assert answer.status_code == 409
    assert answer.json()["try_this"]


def test_the_command_centre_drills_down(program: Callable[..., Any], reported: Callable[..., Case]) -> None:
    reported()
    command = program("command")
    for code in ("321102", "321102001", COMMUNITY, f"{COMMUNITY}001"):
        shown = command.get(f"figures/{code}").json()
        assert shown["load"]["open"] == 1
        assert sum(row["load"]["open"] for row in shown["below"]) == 1
    counts = {each["properties"]["code"]: each["properties"]["cases"]
              for each in command.get(f"figures/{COMMUNITY}/microgrids").json()["features"]}  # fmt: skip
    assert counts[f"{COMMUNITY}00101"] == 1
    assert sum(counts.values()) == 1
    assert len(command.get(f"figures/{COMMUNITY}/days", days=7).json()) == 7
    assert command.get(f"figures/{COMMUNITY}/classes").status_code == 200
    assert command.get(f"figures/{COMMUNITY}/pins").json() == []


def test_a_desk_sees_no_figures_of_its_neighbour(program: Callable[..., Any], town: Town) -> None:
    assert program("other_desk").get(f"figures/{COMMUNITY}").status_code == 404
    assert program("dana").get("figures/321102").status_code == 404


def test_hot_topics_have_a_weight_and_days_in_their_area_and_stay_unseen_beside_it(
    program: Callable[..., Any], reported: Callable[..., Case]
) -> None:
    for words in ("小区停电了", "我们楼没电", "突然断电，电梯也停了", "整栋楼都没有电了", "家里没电两个小时了"):
        reported(words, item="power-outage")
    find_topics(at=clock.now())
    command, subdistrict = program("command"), program("subdistrict")
    for code in ("321102", "321102001", COMMUNITY):
        (topic,) = command.get(f"figures/{code}/topics").json()
        assert (topic["cases"], topic["voices"], topic["is_private"]) == (5, 0, False)
        assert [day["asked"] for day in topic["days"]] == [5]
    assert subdistrict.get("figures/321102001002/topics").json() == []
    assert program("other_desk").get(f"figures/{COMMUNITY}/topics").status_code == 404
    assert program("ben").get(f"figures/{COMMUNITY}/topics").status_code == 403


def test_ben_sees_who_serves_his_micro_grid(program: Callable[..., Any], town: Town) -> None:
    shown = program("ben").get("neighbourhood").json()
    assert (shown["code"], shown["open"]) == (f"{COMMUNITY}00101", 0)
    assert "grid_worker" in {seat["kind"] for seat in shown["seats"]}


def test_dana_appoints_a_liaison_and_ends_it(program: Callable[..., Any], town: Town) -> None:
    dana = program("dana")
    post = dana.post("posts", {"kind": "liaison", "area": f"{COMMUNITY}00101"}).json()["id"]
    person = dana.post("people", {"name": "李示例"}).json()["id"]
    made = dana.post(f"posts/{post}/appointments", {"person": person, "from_on": "2026-01-01"})
    assert made.status_code == 201
    assert dana.send("PUT", f"posts/{post}/title", {"title": "楼门联络员"}).status_code == 204
    shown = dana.get(f"posts/{post}").json()
    assert (shown["person"], shown["title"]) == ("李示例", "楼门联络员")
    assert [row["post"] for row in dana.get("posts", kind="liaison").json()["rows"]] == [post]
    assert dana.get("people", q="李").json()[0]["holds"] == ["liaison"]
    ended = dana.post(f"appointments/{made.json()['id']}/end", {"until_on": "2026-02-01"})
    assert ended.status_code == 204
    assert dana.get(f"posts/{post}").json()["history"][0]["until_on"] == "2026-02-01"
    assert program("other_desk").get(f"posts/{post}").status_code == 404


def test_posts_that_nobody_set_up_are_told_with_their_area(program: Callable[..., Any], town: Town) -> None:
    dana = program("dana")
    rows = dana.get("posts/unseated", kind="grid_lead").json()["rows"]
    assert [(row["area_code"], row["lacks"]) for row in rows] == [(f"{COMMUNITY}001", 1), (f"{COMMUNITY}002", 1)]
    assert dana.get("posts/unseated", area=f"{COMMUNITY}00101", kind="volunteer").json() == {
        "rows": [
            {"kind": "volunteer", "area": "1-1", "area_code": f"{COMMUNITY}00101", "above": "第1网格", "lacks": 2}
        ],
        "has_more": False,
    }


def test_the_system_administrator_begins_changes_and_ends_a_unit(program: Callable[..., Any], town: Town) -> None:
    system = program("system")
    company = {"kind": "property_company", "area": COMMUNITY, "name": "示例物业"}
    unit = system.post("units", company).json()["id"]
    assert system.post("units", company).status_code == 422
    assert system.send("PUT", f"units/{unit}", {"name": "示例安心物业", "is_on_call": True}).status_code == 204
    shown = system.get(f"units/{unit}").json()
    assert (shown["name"], shown["area_code"], shown["is_on_call"], shown["seats"]) == (
        "示例安心物业",
        COMMUNITY,
        True,
        0,
    )
    assert [row["id"] for row in system.get("units", q="安心").json()["rows"]] == [unit]
    assert system.post(f"units/{unit}/end").status_code == 204
    assert system.get("units", q="安心").json()["rows"] == []
    assert system.get(f"units/{unit}").json()["closed_at"]
    assert system.post(f"units/{unit}/end").status_code == 404


def test_the_system_administrator_opens_an_account_and_the_security_administrator_locks_it(
    program: Callable[..., Any], town: Town
) -> None:
    system, security = program("system"), program("security")
    person = system.post("people", {"name": "王示例"}).json()["id"]
    opened = system.post("accounts", {"person": person, "username": "wang"})
    assert opened.status_code == 201
    (account,) = system.get("accounts", q="wang").json()["rows"]
    assert account["must_change_password"]
    assert security.post(f"accounts/{account['id']}/disable").status_code == 204
    assert security.get(f"accounts/{account['id']}").json()["disabled_at"]
    assert security.post(f"accounts/{account['id']}/enable").status_code == 204
    assert security.send("DELETE", f"accounts/{account['id']}/second-factor").status_code == 204
    assert security.send("DELETE", f"accounts/{account['id']}/sessions").status_code == 204
    assert "password" in system.post(f"accounts/{account['id']}/password").json()
    deeds = [row["what"] for row in program("audit").get("audit/deeds").json()["rows"]]
    assert {"opened-account", "disabled-account", "enabled-account", "reset-password"} <= set(deeds)


def test_no_administrator_reads_a_case(program: Callable[..., Any], reported: Callable[..., Case]) -> None:
    number = reported().number
    for who in ("system", "security", "audit"):
        assert program(who).get(f"cases/{number}").status_code == 403


def test_the_audit_reads_who_opened_a_case(program: Callable[..., Any], reported: Callable[..., Case]) -> None:
    case = reported()
    program("dana").get(f"cases/{case.number}")
    (read,) = program("audit").get("audit/reads", what="case").json()["rows"]
    assert (read["username"], read["subject"]) == ("dana", str(case.pk))


def test_an_area_of_a_past_plan_is_no_area(program: Callable[..., Any], town: Town) -> None:
    with acting_as(WORKER):
        Area.objects.filter(pk=town.microgrids[0]).update(valid_until="2026-02-01")
    assert program().get(f"areas/{COMMUNITY}00101").status_code == 404
