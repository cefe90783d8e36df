"""The files of an invented city are read by the readers that read real ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from doorstep.areas.inventing import InventedFormat, code_of, write_city
from doorstep.areas.readers import read_base_map, read_buildings, read_territory
from doorstep.areas.rules.codes import Level, level_of, parse
from doorstep.engines.districting.synthetic import Kind, city, community_of


@pytest.mark.parametrize("format_", InventedFormat)
def test_what_is_written_is_read_without_a_problem(format_: InventedFormat, tmp_path: Path) -> None:
    written = write_city(city(12_000, 4), tmp_path, format_)
    read = read_buildings(written.buildings)
    assert read.findings.problems == ()
    assert len(read.buildings) == written.houses
    assert sum(each.lived_in or 0 for each in read.buildings) == written.households >= 12_000
    assert all("nvented" in each.compound or "虚构" in each.compound for each in read.buildings)


def test_houses_keep_their_metres_on_the_sea(tmp_path: Path) -> None:
    community = community_of(4, 0)
    read = read_buildings(write_city([community], tmp_path, InventedFormat.GEOJSON).buildings)
    from doorstep.areas.inventing import PLANE

    there = PLANE.flatten(read.buildings[0].shape)
    assert abs(there.area - community.buildings.footprints[0].area) < 0.1
    assert shapely.box(122.9, 29.9, 123.3, 30.5).covers(read.buildings[0].shape)


def test_rivers_and_main_roads_are_the_barriers_of_the_base_map(tmp_path: Path) -> None:
    communities = list(city(12_000, 4))
    write_city(communities, tmp_path, InventedFormat.GEOPACKAGE)
    base_map = read_base_map(tmp_path / "base_map.json")
    assert base_map.is_good
    barriers = [each for each in base_map.features if each.is_barrier]
    assert len(barriers) == sum(len(each.barriers) for each in communities) > 0


def test_the_territory_has_a_community_of_the_right_kind_for_each(tmp_path: Path) -> None:
    communities = list(city(60_000, 4))
    write_city(communities, tmp_path, InventedFormat.GEOPACKAGE)
    read = read_territory(tmp_path / "territory.csv")
    assert read.findings.problems == ()
    codes = {area.code for area in read.at(Level.COMMUNITY)}
    assert codes == {code_of(each) for each in communities}
    assert {code_of(each)[9] for each in communities if each.kind is Kind.VILLAGE} == {"2"}
    assert len(read.at(Level.SUBDISTRICT)) == -(-len(communities) // 25)


def test_every_code_is_one() -> None:
    for number in (0, 24, 25, 499, 500, 49_499):
        community = community_of(0, 0, Kind.SLAB, 300)
        code = parse(code_of(type(community)(**{**vars(community), "number": number})))
        assert level_of(code) is Level.COMMUNITY


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_city(city(6_000, 9), tmp_path / name, InventedFormat.GEOJSON)
    for file in ("buildings.geojson", "base_map.json", "territory.csv"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes()
