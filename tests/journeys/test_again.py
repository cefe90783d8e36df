"""A place is divided and built further, and divided again: who moves is told why, and what is theirs goes along."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from tests.journeys.conftest import ROOT
from tests.journeys.test_story import RUBBISH, report
from tests.town import LAT, LON, SQUARE_DEG

pytestmark = pytest.mark.journey

CODE = "321102001003"
WEST, NORTH = LON + 12 * SQUARE_DEG, LAT
DRAWN_WITHIN_MS = 300_000  # with a compiler at work beside other tests


def houses(households: Callable[[str], int]) -> dict[str, Any]:
    """Twenty houses, five in a row, with as many households as is said of each."""
    features = []
    for place in range(20):
        name = f"花园 {place + 1} 号楼"
        west, south = WEST + SQUARE_DEG * (place % 5) / 2.5, NORTH - SQUARE_DEG * (place // 5) / 2
        count = households(name)
        features.append(
            {
                "type": "Feature",
                "geometry": json.loads(shapely.to_geojson(shapely.box(west, south, west + 2e-4, south + 2e-4))),
                "properties": {
                    "编号": f"garden-{place}",
                    "名称": name,
                    "类型": "住宅",
                    "层数": 6,
                    "户数": count,
                    "实住户数": count,
                },
            }
        )
    return {"type": "FeatureCollection", "features": features}


def bring_in(site: Any, folder: Path, file: dict[str, Any]) -> str:
    """What the command says that imports this file."""
    path = folder / "houses.geojson"
    path.write_text(json.dumps(file, ensure_ascii=False), encoding="utf-8")
    command = [str(Path(sys.executable).with_name("doorstep")), "import", "buildings", str(path), "--community", CODE]
    done = subprocess.run(command, env=site.environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def community(site: Any) -> int:
    """A third community of the town, which nobody has divided yet."""
    [area] = site.rows(
        "INSERT INTO areas_area (code, level, name, parent_id, county_id, subdistrict_id, households_basis, is_sample)"
        " VALUES (%s, 'community', '花园社区', %s, %s, %s, '', false) RETURNING id",
        *(CODE, site.town.subdistrict, site.town.county, site.town.subdistrict),
    )
    site.rows("UPDATE areas_area SET community_id = id WHERE id = %s RETURNING id", area["id"])
    return int(area["id"])


def draw(page: Any, community: int) -> int:
    """The subdistrict's office draws; the number of the draft."""
    page.goto(f"/desk/districting/{community}/")
    page.select_option("#field-effort", "quick")
    page.get_by_role("button", name="开始划分").click(timeout=DRAWN_WITHIN_MS)
    page.wait_for_url(re.compile(r"/plans/\d+/$"), timeout=DRAWN_WITHIN_MS)
    return int(re.findall(r"plans/(\d+)/", page.url)[0])


def submit_and_publish(office: Any, county: Any, plan: int) -> None:
    """The office submits; the command centre looks, approves and publishes from today on."""
    office.goto(f"/desk/districting/plans/{plan}/")
    office.locator(f"form[action='/desk/districting/plans/{plan}/submit/'] button").click()
    county.goto(f"/desk/districting/plans/{plan}/")
    county.locator(f"form[action='/desk/districting/plans/{plan}/publish/'] button").click()
    county.wait_for_url(re.compile("/publish/"))
    county.locator(f"form[action='/desk/districting/plans/{plan}/publish/'] button").click()
    county.wait_for_url(re.compile(rf"/{'[0-9]+'}/\?plan={plan}$"))


def areas(site: Any, community: int) -> dict[str, int]:
    """The micro-grids in force: code and row."""
    rows = site.rows(
        "SELECT code, id FROM areas_area WHERE community_id = %s AND level = 'microgrid' AND valid_until IS NULL",
        community,
    )
    return {row["code"]: row["id"] for row in rows}


def homes(site: Any, plan: int) -> dict[str, str]:
    """The code of the micro-grid of each house of a plan."""
    rows = site.rows(
        "SELECT b.name, p.code FROM areas_plan_atom a JOIN areas_plan_piece p ON p.id = a.piece_id"
        " JOIN areas_building b ON b.id = a.building_id WHERE p.plan_id = %s",
        plan,
    )
    return {row["name"]: row["code"] for row in rows}


def microgrid_of(site: Any, number: str) -> str:
    return str(site.rows("SELECT code FROM areas_area WHERE id = %s", site.case(number)["microgrid_id"])[0]["code"])


def test_a_district_is_divided_again(
    open_context: Any, desktop: Any, enter: Any, site: Any, community: int, tmp_path: Path
) -> None:
    # Brought in, drawn, submitted, approved and published.
    bring_in(site, tmp_path, houses(lambda _: 20))
    office, county = (
        enter(desktop, "subdistrict"),
        enter(open_context(viewport={"width": 1440, "height": 900}), "command"),
    )
    first = draw(office, community)
    submit_and_publish(office, county, first)
    before, rows = homes(site, first), areas(site, community)
    assert set(before.values()) == set(rows)

    # Towers go up in one micro-grid.
    crowded = max(sorted(rows), key=lambda code: list(before.values()).count(code))
    told = bring_in(site, tmp_path, houses(lambda name: 60 if before[name] == crowded else 20))
    assert str(list(before.values()).count(crowded)) in told

    # Residents stay where they are, as far as the numbers allow; the page says who moves and why.
    second = draw(office, community)
    after = homes(site, second)
    listed = [
        tuple(cell.strip() for cell in row.locator("th, td").all_inner_texts())
        for row in office.locator("#moves tbody tr").all()
    ]
    moved = {name for name in before if before[name] != after[name]}
    assert moved and {row[0].split("\n")[0] for row in listed} == moved
    assert any("范围" in row[0] for row in listed)
    width, seen = office.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= seen

    # Ava reports from a house that moves, Ben from one that stays.
    name, still = (
        min(moved),
        min(
            name
            for name in before
            if before[name] == after[name]
            and after[name] not in {after[each] for each in moved} | {before[each] for each in moved}
        ),
    )
    ava, ben = report_from(open_context, site, name), report_from(open_context, site, still)
    assert (microgrid_of(site, ava), microgrid_of(site, ben)) == (before[name], before[still])
    held = site.case(ben)["microgrid_id"]

    # On the day the plan comes into force the open case has moved with its home, and the rest is as it was.
    submit_and_publish(office, county, second)
    assert microgrid_of(site, ava) == after[name]
    assert site.case(ben)["microgrid_id"] == held
    now = areas(site, community)
    same = {
        code for code in rows
        if {name for name in before if before[name] == code} == {name for name in after if after[name] == code}
    }  # fmt: skip
    assert same and {code for code in rows if now.get(code) == rows[code]} == same
    county.goto(f"/desk/districting/plans/{second}/")
    assert len(county.locator("#moves tbody tr").all()) == len(listed)


def report_from(open_context: Any, site: Any, house: str) -> str:
    """A case from this house, carried to its holder; its number."""
    [place] = site.rows("SELECT lon, lat FROM areas_building WHERE name = %s", house)
    at_home = {"longitude": place["lon"], "latitude": place["lat"]}
    page = open_context(geolocation=at_home, permissions=["geolocation"]).new_page()
    number, _ = report(page, RUBBISH, pin=True)
    site.wait_for(number, "dispatched")
    return number
