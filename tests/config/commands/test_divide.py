"""`doorstep divide` as people type it: files in, files out, and a sentence for whatever is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import shapely
from PIL import Image

from doorstep.config import command

pytestmark = pytest.mark.integration

DEMO = Path(__file__).parents[3] / "demo" / "data" / "osm"
PLACES = {
    "tsinghua": ("tsinghua_buildings.overpass.json", "tsinghua_roads.overpass.json", []),
    "kouvola": ("kouvola.osm.pbf", "kouvola.osm.pbf", []),
    # Most of its buildings are tagged as a building and no more.
    "helsinki": ("helsinki.osm.pbf", "helsinki.osm.pbf", ["--residential-default"]),
}
SECONDS = 5.0


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOORSTEP_LANG", "en")


def a_street(folder: Path, households: list[int], name: str = "street.csv") -> Path:
    """Houses side by side, as a table of points."""
    rows = [f"{n},{119.40 + n * 0.0003:.6f},32.2,{count}" for n, count in enumerate(households)]
    file = folder / name
    file.write_text("\n".join(["id,lon,lat,lived_in", *rows]) + "\n", encoding="utf-8")
    return file


def divide(*arguments: Any) -> int:
    return command.run(["divide", *map(str, arguments)])


@pytest.mark.parametrize("place", PLACES)
def test_a_real_place_is_divided_within_five_seconds_everything_in_range(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    buildings, base_map, more = PLACES[place]
    assert divide(DEMO / buildings, "--base-map", DEMO / base_map, "--out", tmp_path / place, *more) == 0
    said = capsys.readouterr().out
    for level, bounds in (("micro-grids", "50–100"), ("grids", "200–500")):
        count, inside = re.search(rf"^(\d+) {level}, (\d+) of them within {bounds}", said, re.M).groups()  # type: ignore[union-attr]
        assert count == inside != "0"
    assert float(re.search(r"Divided in ([\d.]+) s", said)[1]) < SECONDS  # type: ignore[index]
    places = json.loads((tmp_path / place / "districts.geojson").read_text())["features"]
    microgrids = [each for each in places if each["properties"]["level"] == "microgrid"]
    assert all(50 <= each["properties"]["households"] <= 100 for each in microgrids)
    assert {each["geometry"]["type"] for each in places} == {"Polygon"}


def test_the_map_needs_nothing_else_and_the_picture_is_one(tmp_path: Path) -> None:
    assert divide(a_street(tmp_path, [30] * 12), "--datum", "wgs84", "--out", tmp_path) == 0
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "Micro-grids of street" in page
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)
    with Image.open(tmp_path / "map.png") as picture:
        assert picture.width == 1600


def test_with_the_digits_of_the_community_each_micro_grid_has_its_seventeen(tmp_path: Path) -> None:
    street = a_street(tmp_path, [30] * 12)
    assert divide(street, "--datum", "wgs84", "--community", "321102001004", "--out", tmp_path) == 0
    places = json.loads((tmp_path / "districts.geojson").read_text())["features"]
    codes = [each["properties"]["code"] for each in places if each["properties"]["level"] == "microgrid"]
    assert codes == sorted(codes)
    assert all(re.fullmatch(r"321102001004\d{5}", code) for code in codes)


def test_the_datum_that_is_named_moves_the_borders(tmp_path: Path) -> None:
    street = a_street(tmp_path, [30] * 12)
    west = {}
    for datum in ("wgs84", "gcj02"):
        assert divide(street, "--datum", datum, "--out", tmp_path / datum) == 0
        places = json.loads((tmp_path / datum / "districts.geojson").read_text())["features"]
        west[datum] = min(shapely.geometry.shape(each["geometry"]).bounds[0] for each in places)
    assert 0.002 < west["wgs84"] - west["gcj02"] < 0.01


def test_bounds_of_ones_own_are_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    street = a_street(tmp_path, [30] * 12)
    bounds = ["--low", 60, "--high", 60, "--grid-low", 120, "--grid-high", 120]
    assert divide(street, "--datum", "wgs84", "--out", tmp_path, *bounds) == 0
    assert "6 micro-grids, 6 of them within 60–60" in capsys.readouterr().out


def test_what_cannot_be_in_range_is_listed_with_its_proof_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert divide(a_street(tmp_path, [20, 20]), "--datum", "wgs84", "--out", tmp_path) == 0
    said = capsys.readouterr().out
    assert "1 micro-grids, 0 of them within 50–100" in said
    assert "it is proved that no division puts it within 50–100" in said
    assert "Proof: all that hangs together there is 40 households, fewer than 50." in said


def test_without_a_datum_a_table_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert divide(a_street(tmp_path, [30] * 12), "--out", tmp_path / "out") == command.REFUSED
    assert "nothing was divided" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Nothing was named to be divided"),
        (["street.csv", "--low", "101"], "The lower bound is above the upper one"),
        (["street.csv", "--datum", "wgs84", "--community", "321102"], "321102"),
        (["missing.csv", "--datum", "wgs84"], "missing.csv"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_street(tmp_path, [30] * 12)
    monkeypatch.chdir(tmp_path)
    assert divide(*arguments) == command.REFUSED
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.out + told.err


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("a file")
    assert divide(a_street(tmp_path, [30] * 12), "--datum", "wgs84", "--out", tmp_path / "taken") == command.REFUSED
    assert "cannot be written" in capsys.readouterr().err


def test_in_chinese_too(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOORSTEP_LANG", "zh")
    assert divide(a_street(tmp_path, [30] * 12), "--datum", "wgs84", "--out", tmp_path) == 0
    assert "个微网格" in capsys.readouterr().out
    assert '<html lang="zh">' in (tmp_path / "map.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["html", "json"])
def test_a_report_is_written_where_it_is_asked_for(tmp_path: Path, ending: str) -> None:
    file = tmp_path / "told" / f"report.{ending}"
    assert divide(a_street(tmp_path, [30] * 12), "--datum", "WGS84", "--out", tmp_path / "out", "--report", file) == 0
    told = file.read_text(encoding="utf-8")
    if ending == "json":
        assert json.loads(told)["figures"]["households"] == 360
    else:
        assert "<svg" in told and "To look at first" in told


def test_a_report_of_another_kind_is_refused_before_anything_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    street = a_street(tmp_path, [30] * 12)
    assert divide(street, "--datum", "WGS84", "--out", tmp_path / "out", "--report", tmp_path / "report.docx") != 0
    assert "A report is a page or JSON." in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
