"""A division of a file that knows the one before it, special grids, fixed groups and amounts to share."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
import shapely

from doorstep.config import command

pytestmark = pytest.mark.integration

CODE = "321102001004"
SMALL = ("--datum", "wgs84", "--low", 50, "--high", 100, "--community", CODE)


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOORSTEP_LANG", "en")


def a_street(folder: Path, households: list[int], name: str = "street.csv", **columns: list[Any]) -> Path:
    """Houses side by side, as a table of points, with more columns."""
    rows = [
        ",".join(str(each) for each in (n, f"{119.40 + n * 0.0003:.6f}", 32.2, count, *more))
        for n, (count, *more) in enumerate(zip(households, *columns.values(), strict=True))
    ]
    file = folder / name
    file.write_text("\n".join([",".join(["id", "lon", "lat", "lived_in", *columns]), *rows]) + "\n", encoding="utf-8")
    return file


def divide(*arguments: Any) -> int:
    return command.run(["divide", *map(str, arguments)])


def homes(folder: Path) -> dict[str, dict[str, str]]:
    """The rows of the table that was written, by building."""
    with (folder / "buildings.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def a_map(file: Path, *shapes: shapely.Geometry, **properties: Any) -> Path:
    features = [
        {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(shape))}
        for shape in shapes
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file


def around(*houses: int) -> shapely.Geometry:
    west, east = 119.40 + min(houses) * 0.0003, 119.40 + max(houses) * 0.0003
    return shapely.box(west - 0.0001, 32.1999, east + 0.0001, 32.2001)


@pytest.mark.parametrize("form", ["buildings.csv", "districts.geojson"])
def test_divided_again_nobody_moves_and_codes_stay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    street = a_street(tmp_path, [30] * 24)
    assert divide(street, *SMALL, "--out", tmp_path / "one") == 0
    capsys.readouterr()
    again = ("--standing", tmp_path / "one" / form, "--seed", 9, "--out", tmp_path / "two")
    assert divide(street, *SMALL, *again) == 0
    assert "0 of 720 households come into another micro-grid" in capsys.readouterr().out
    before, after = homes(tmp_path / "one"), homes(tmp_path / "two")
    assert {each["code"] for each in before.values()} == {each["code"] for each in after.values()}
    assert all(after[house]["code"] == row["code"] for house, row in before.items())


def test_who_moves_is_told_with_the_reason_and_written_beside_the_home(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert divide(a_street(tmp_path, [20] * 8), *SMALL, "--grid-low", 50, "--out", tmp_path / "one") == 0
    capsys.readouterr()
    fewer = a_street(tmp_path, [20] * 5 + [4] * 3, name="fewer.csv")
    standing = ("--standing", tmp_path / "one" / "buildings.csv")
    told = ("--report", tmp_path / "told.json")
    assert divide(fewer, *SMALL, "--grid-low", 50, *standing, "--out", tmp_path / "two", *told) == 0
    said = capsys.readouterr().out
    assert "households come into another micro-grid" in said
    moved = [row for row in homes(tmp_path / "two").values() if row["why"]]
    assert moved
    assert all(row["from_microgrid"] and row["microgrid"] != row["from_microgrid"] for row in moved)
    assert "the other micro-grid had too few without them" in said
    moves = json.loads((tmp_path / "told.json").read_text())["moves"]
    assert {each["building"] for each in moves["rows"]} == {row["id"].removeprefix("own/") for row in moved}
    assert {each["kind"] for each in moves["rows"]} == {row["why"] for row in moved}
    assert moves["moved"] == sum(int(row["households"]) for row in moved) and moves["arrived"] == 0
    assert (moves["households"], moves["before"]) == (112, "buildings.csv")


def test_the_report_of_a_division_shows_who_moves_on_the_map_and_who_is_new(tmp_path: Path) -> None:
    assert divide(a_street(tmp_path, [20] * 8), *SMALL, "--grid-low", 50, "--out", tmp_path / "one") == 0
    other = a_street(tmp_path, [20] * 5 + [4] * 3 + [40] * 2, name="other.csv")
    again = (other, *SMALL, "--grid-low", 50, "--standing", tmp_path / "one" / "buildings.csv", "--out", tmp_path)
    page = tmp_path / "told.html"
    assert divide(*again, "--report", page) == 0
    written = page.read_text(encoding="utf-8")
    assert "of 112 households come into another micro-grid; 80 are new" in written
    assert "Compared to the division in buildings.csv." in written
    assert '<path class="v" d="M' in written and "buildings in which somebody moves" in written
    assert divide(*again[:-4], "--out", tmp_path, "--report", page) == 0
    assert "Who moves" not in page.read_text(encoding="utf-8"), "nobody is compared where no plan is named"


def test_a_hospital_is_a_special_grid_on_the_map_in_the_table_and_in_the_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hospital = a_map(tmp_path / "special.geojson", around(3, 4))
    street = a_street(tmp_path, [30] * 12)
    page, told = tmp_path / "told.html", tmp_path / "told.json"
    assert divide(street, *SMALL, "--special", hospital, "--out", tmp_path, "--report", page) == 0
    written = page.read_text(encoding="utf-8")
    assert "Special grid 2</text>" in written and "dotted: special grids" in written
    assert "Special grid 2: 2 buildings, 60 households." in capsys.readouterr().out
    places = json.loads((tmp_path / "districts.geojson").read_text())["features"]
    (special,) = [each["properties"] for each in places if each["properties"]["level"] == "special"]
    assert special["code"] == f"{CODE}002"
    assert divide(street, *SMALL, "--special", hospital, "--out", tmp_path, "--report", told) == 0
    assert json.loads(told.read_text())["special"] == [
        {"name": "", "number": 2, "code": f"{CODE}002", "households": 60, "buildings": 2}
    ]
    rows = homes(tmp_path)
    assert [(rows[f"own/{house}"]["grid"], rows[f"own/{house}"]["microgrid"]) for house in (3, 4)] == [("2", "")] * 2


def test_houses_with_one_entry_in_the_column_are_one_micro_grid(tmp_path: Path) -> None:
    court = ["", "", "old court", "old court", "old court", "", "", "", "", "", "", ""]
    street = a_street(tmp_path, [30] * 12, court=court, elders=[9] * 6 + [3] * 6)
    assert divide(street, *SMALL, "--fixed", "court", "--balance", "elders", "--out", tmp_path) == 0
    rows = homes(tmp_path)
    fixed = {rows[f"own/{house}"]["code"] for house in (2, 3, 4)}
    assert len(fixed) == 1
    assert sum(row["code"] in fixed for row in rows.values()) == 3


def test_grids_of_four_to_six_micro_grids_can_be_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    street = a_street(tmp_path, [25] * 45)
    band = ("--grid-low", 4, "--grid-high", 6, "--grid-unit", "microgrids")
    assert divide(street, *SMALL, *band, "--out", tmp_path) == 0
    count, inside = re.search(r"(\d+) grids, (\d+) of them within 4–6 micro-grids", capsys.readouterr().out).groups()  # type: ignore[union-attr]
    assert count == inside
    rows = homes(tmp_path).values()
    sizes = [len({row["microgrid"] for row in rows if row["grid"] == grid}) for grid in {row["grid"] for row in rows}]
    assert all(4 <= size <= 6 for size in sizes)


def refused(capsys: pytest.CaptureFixture[str], *arguments: Any) -> str:
    assert divide(*arguments) != 0
    return capsys.readouterr().err


def test_what_is_wrong_is_told_by_file_row_and_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    street = a_street(tmp_path, [30] * 12, court=["a", "", "a", *[""] * 9], elders=["many", *["1"] * 11])
    ask = (street, *SMALL, "--out", tmp_path / "out")
    assert "street.csv:1:age: There is no column “age”." in refused(capsys, *ask, "--balance", "age")
    assert "street.csv:2:elders: “many” is no number. Check it" in refused(capsys, *ask, "--balance", "elders")
    apart = refused(capsys, *ask, "--fixed", "court")
    assert "street.csv:2:court:" in apart
    assert "street.csv:4:court:" in apart
    twice = a_map(tmp_path / "twice.geojson", around(1), around(5), around(4, 6))
    overlap = refused(capsys, *ask, "--special", twice)
    assert "twice.geojson:2:geometry:" in overlap
    assert "twice.geojson:1:" not in overlap
    plan = tmp_path / "plan.csv"
    plan.write_text("id,section,grid,microgrid\nown/1,0,1,1\nown/2,0,1,many\n", encoding="utf-8")
    assert "plan.csv:3:microgrid:" in refused(capsys, *ask, "--standing", plan)
    assert "plain.geojson: There are no micro-grids in the file." in refused(
        capsys, *ask, "--standing", a_map(tmp_path / "plain.geojson", around(1))
    )
    assert not (tmp_path / "out").exists()


def test_a_column_that_is_used_is_not_told_to_be_unused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    court = ["", "", "old court", "old court", *[""] * 8]
    street = a_street(tmp_path, [30] * 12, court=court, elders=[9] * 12, colour=["red"] * 12)
    ask = (street, *SMALL, "--fixed", "court", "--balance", "elders", "--out", tmp_path / "out")
    assert divide(*ask) == 0
    told = capsys.readouterr().err
    assert "columns were not used: colour." in told.replace("These c", "c")
    assert "court" not in told and "elders" not in told


def test_homes_in_two_micro_grids_of_the_plan_in_force_are_refused_by_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    street, plan = a_street(tmp_path, [30] * 12), tmp_path / "plan.csv"
    ask = (street, *SMALL, "--out", tmp_path / "out", "--standing", plan)
    plan.write_text("id,section,grid,microgrid\nown/1,0,1,1\nown/2,0,1,1\nown/1,0,1,2\nown/1,1,1,2\n", encoding="utf-8")
    told = refused(capsys, *ask)
    assert "plan.csv:4:microgrid: These homes are in micro-grid 1-1 by row 2, and in 1-2 here." in told
    assert "plan.csv:5:" not in told, "another section is another home"
    floors = "id,section,floor_from,floor_to,grid,microgrid\n"
    plan.write_text(f"{floors}own/1,0,1,3,1,1\nown/1,0,4,6,1,2\nown/1,0,6,8,1,3\n", encoding="utf-8")
    told = refused(capsys, *ask)
    assert "plan.csv:4:microgrid: These homes are in micro-grid 1-2 by row 3" in told
    assert "plan.csv:3:" not in told
    plan.write_text("id,section,grid,microgrid\nown/1,0,1,1\nown/1,0,1,1\n", encoding="utf-8")
    assert divide(*ask) == 0, "the same said twice is no contradiction"


def test_micro_grids_of_the_plan_in_force_that_overlap_are_refused_by_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    street, plan = a_street(tmp_path, [30] * 12), tmp_path / "plan.geojson"
    a_map(plan, around(0, 6), around(5, 11), level="microgrid", grid=1, number=1)
    document = json.loads(plan.read_text())
    document["features"][1]["properties"]["number"] = 2
    plan.write_text(json.dumps(document))
    told = refused(capsys, street, *SMALL, "--out", tmp_path / "out", "--standing", plan)
    assert "plan.geojson:2:geometry: These homes are in micro-grid 1-1 by row 1, and in 1-2 here." in told


def test_no_english_stands_inside_a_chinese_refusal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOORSTEP_LANG", "zh")
    street = a_street(tmp_path, [30] * 12, court=["a", "", "a", *[""] * 9])
    told = refused(capsys, street, *SMALL, "--out", tmp_path / "out", "--fixed", "court")
    lines = [line for line in told.splitlines() if "street.csv:" in line]
    assert [line.split(" ")[0] for line in lines] == ["street.csv:2:court:", "street.csv:4:court:"]
    assert all("固定为一个微网格的楼并不相连" in line and "请把这些楼分成几组" in line for line in lines)
    assert not re.search(r"[A-Za-z]{4,}", told.replace("street.csv", "").replace("court", ""))


def test_what_is_for_one_community_is_refused_for_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    street = a_street(tmp_path, [30] * 12)
    assert "for one community" in refused(capsys, street, *SMALL, "--all", "--fixed", "court")
    assert "for one community" in refused(capsys, "--community", CODE, "--special", street)
    assert "outside 50–100" in refused(capsys, street, *SMALL, "--target", 40)


def test_a_building_that_is_no_more_is_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert divide(a_street(tmp_path, [30] * 12), *SMALL, "--out", tmp_path / "one") == 0
    shorter = a_street(tmp_path, [30] * 10, name="shorter.csv")
    plan = tmp_path / "one" / "buildings.csv"
    assert divide(shorter, *SMALL, "--standing", plan, "--out", tmp_path / "two") == 0
    assert "2 rows are of buildings that are no more" in capsys.readouterr().err


def test_micro_grids_are_drawn_inside_grids_that_a_column_gives(tmp_path: Path) -> None:
    north = ["北"] * 9 + ["南"] * 15
    street = a_street(tmp_path, [30] * 24, 网格=north)
    assert divide(street, *SMALL, "--grids", "网格", "--out", tmp_path / "out") == 0
    grids = {house: row["grid"] for house, row in homes(tmp_path / "out").items()}
    assert {grids[f"own/{house}"] for house in range(9)} != {grids[f"own/{house}"] for house in range(9, 24)}
    assert len({*grids.values()}) == 2


def test_grids_that_are_numbered_keep_their_numbers(tmp_path: Path) -> None:
    street = a_street(tmp_path, [30] * 24, grid_now=[7] * 9 + [12] * 15)
    assert divide(street, *SMALL, "--grids", "grid_now", "--out", tmp_path / "out") == 0
    assert {row["grid"] for row in homes(tmp_path / "out").values()} == {"7", "12"}


def test_a_column_of_grids_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert divide(a_street(tmp_path, [30] * 24), *SMALL, "--grids", "nowhere", "--out", tmp_path / "out") == 1
    assert "nowhere" in capsys.readouterr().err


def test_no_micro_grid_crosses_a_river_that_is_forbidden_to_cross(tmp_path: Path) -> None:
    # Seven houses of thirty west of it, and seventeen east: neither makes whole fives, both together nearly do.
    river = a_map(tmp_path / "lines.geojson", shapely.LineString([(119.40195, 32.1), (119.40195, 32.3)]), kind="river")
    street = a_street(tmp_path, [30] * 24)
    assert divide(street, *SMALL, "--base-map", river, "--uncrossable", "water", "--out", tmp_path / "out") == 0
    pieces = {house: row["code"] for house, row in homes(tmp_path / "out").items()}
    west, east = ({pieces[f"own/{n}"] for n in side} for side in (range(7), range(7, 24)))
    assert not west & east


def test_weights_are_named_and_stand_in_the_report(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    named = ("--weight", "compound=2", "--weight", "perimeter=0.5", "--report", report, "--out", tmp_path / "out")
    assert divide(a_street(tmp_path, [30] * 24), *SMALL, *named) == 0
    assert json.loads(report.read_text())["settings"]["weights"] == {"compound": 2.0, "perimeter": 0.5}


@pytest.mark.parametrize(
    "written", ["compound", "compound=", "compound=much", "lightness=1", "compound=-1", "size=nan"]
)
def test_what_is_no_weight_is_refused(tmp_path: Path, written: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert divide(a_street(tmp_path, [30] * 24), *SMALL, "--weight", written, "--out", tmp_path / "out") == 1
    assert capsys.readouterr().err and not (tmp_path / "out").exists()


def test_amounts_are_told_with_the_report_as_they_are_shared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.html"
    street = a_street(tmp_path, [30] * 24, over_60=[40] * 6 + [1] * 18)
    options = ("--balance", "over_60", "--weight", "balance=20", "--report", report, "--out", tmp_path / "out")
    assert divide(street, *SMALL, *options) == 0
    assert "over_60: an even share is" in capsys.readouterr().out
    assert "over_60" in report.read_text()


def test_stairwells_are_written_with_their_micro_grids_in_bands_for_hub_households(tmp_path: Path) -> None:
    street = a_street(tmp_path, [30] * 24, entrances=[2] * 24, floors=[6] * 24)
    for most in (0, 8):
        assert divide(street, *SMALL, "--stairwells", most, "--out", tmp_path / str(most)) == 0
        with (tmp_path / str(most) / "stairwells.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert sum(int(row["households"]) for row in rows) == 24 * 30
        assert {(row["id"], row["entrance"]) for row in rows} == {(f"own/{n}", e) for n in range(24) for e in "12"}
        of = homes(tmp_path / str(most))
        assert all(
            (row["grid"], row["microgrid"]) == (of[row["id"]]["grid"], of[row["id"]]["microgrid"]) for row in rows
        )
        assert most == 0 or all(int(row["households"]) <= 8 for row in rows)


def test_stairwells_are_of_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert divide(a_street(tmp_path, [30] * 24), "--all", "--stairwells", 0) == 1
    assert "Stairwells" in capsys.readouterr().err
