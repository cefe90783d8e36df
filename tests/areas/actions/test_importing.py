"""Files of a place come in whole or not at all, and the same file twice changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.town import MORNING, Town

from doorstep.areas.actions.importing import (
    CommunityUnknown,
    Imported,
    ImportRefused,
    import_base_map,
    import_buildings,
    import_territory,
)
from doorstep.areas.models import Area, BaseMapFeature, Building
from doorstep.areas.readers import read_base_map, read_buildings, read_territory
from doorstep.areas.readers.households import usual_housing
from doorstep.core.access import WORKER, acting_as

DEMO = Path(__file__).parents[3] / "demo" / "data"
CODE = "321102001001"
HEAD = "id,lon,lat,name,floors,dwellings,lived_in\n"
TWO_HOUSES = HEAD + "7,119.4,32.2,甲楼,6,24,20\n8,119.401,32.2,乙楼,6,24,\n"


def buildings(folder: Path, rows: str) -> Imported:
    file = folder / "houses.csv"
    file.write_text(rows, encoding="utf-8")
    return import_buildings(CODE, read_buildings(file, "wgs84"), at=MORNING)


def territory(folder: Path, *rows: str) -> Imported:
    file = folder / "territory.csv"
    file.write_text("\n".join(["code,name,street,area", *rows]) + "\n", encoding="utf-8")
    return import_territory(read_territory(file), at=MORNING)


def houses() -> dict[str, Building]:
    with acting_as(WORKER):
        return {row.source_id: row for row in Building.objects.all()}


# Territory ----------------------------------------------------------------------------------------------------------


def test_the_real_territory_comes_in_and_a_second_time_nothing_changes(db: None) -> None:
    file = read_territory(DEMO / "divisions" / "communities_3cities.csv")
    first = import_territory(file, at=MORNING)
    again = import_territory(file, at=MORNING)
    assert first.added > 5000 and first.changed == first.same == 0
    assert again == Imported(0, 0, first.added)
    with acting_as(WORKER):
        assert Area.objects.count() == first.added
        one = Area.objects.get(code="321102001004")
    assert (one.level, one.parent.code, one.subdistrict.code, one.county.code, one.community_id) == (
        "community",
        "321102001",
        "321102001",
        "321102",
        one.pk,
    )


def test_a_community_whose_name_changed_is_the_same_community(db: None, tmp_path: Path) -> None:
    territory(tmp_path, "321102001001,旧名社区,正东路街道,京口区", "321102001002,二社区,正东路街道,京口区")
    with acting_as(WORKER):
        before = Area.objects.get(code=CODE).pk
    assert territory(
        tmp_path, "321102001001,新名社区,正东路街道,京口区", "321102001002,二社区,正东路街道,京口区"
    ) == Imported(0, 1, 3)
    with acting_as(WORKER):
        assert (Area.objects.get(code=CODE).pk, Area.objects.get(code=CODE).name) == (before, "新名社区")


def test_of_a_territory_with_one_bad_row_nothing_is_taken(db: None, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        territory(tmp_path, "321102001001,一社区,正东路街道,京口区", "32110200100X,二社区,正东路街道,京口区")
    assert [finding.row for finding in refused.value.findings.problems] == [3]
    with acting_as(WORKER):
        assert not Area.objects.exists()


# Buildings ----------------------------------------------------------------------------------------------------------


def test_the_real_buildings_come_in_once(town: Town) -> None:
    file = read_buildings(DEMO / "osm" / "tsinghua_buildings.overpass.json")
    first = import_buildings(CODE, file, at=MORNING)
    assert first.added == len(file.buildings) > 600
    assert import_buildings(CODE, file, at=MORNING) == Imported(0, 0, first.added)
    estimated = [row for row in houses().values() if row.lived_in_basis == "estimated" and row.dwellings]
    assert estimated and all(row.lived_in_rule["key"] == "areas-households-share" for row in estimated)


def test_a_figure_that_is_given_is_kept_and_one_that_is_missing_is_marked_as_estimated(
    town: Town, tmp_path: Path
) -> None:
    buildings(tmp_path, TWO_HOUSES)
    one, other = houses()["7"], houses()["8"]
    assert (one.lived_in, one.lived_in_basis) == (20, "given")
    assert (other.dwellings, other.dwellings_basis, other.lived_in_basis) == (24, "given", "estimated")


def test_a_changed_row_changes_its_building_alone(town: Town, tmp_path: Path) -> None:
    buildings(tmp_path, TWO_HOUSES)
    before = houses()
    assert buildings(tmp_path, TWO_HOUSES.replace("24,20", "24,21")) == Imported(0, 1, 1)
    after = houses()
    assert (after["7"].pk, after["7"].lived_in) == (before["7"].pk, 21)


def test_a_file_that_holds_a_part_leaves_the_rest(town: Town, tmp_path: Path) -> None:
    buildings(tmp_path, TWO_HOUSES)
    assert buildings(tmp_path, HEAD + "9,119.402,32.2,丙楼,6,24,20\n") == Imported(1, 0, 0)
    assert sorted(houses()) == ["7", "8", "9"]


def test_a_building_that_was_removed_and_is_named_again_stands_again(town: Town, tmp_path: Path) -> None:
    buildings(tmp_path, TWO_HOUSES)
    with acting_as(WORKER):
        Building.objects.filter(source_id="7").update(removed_at=MORNING)
    assert buildings(tmp_path, TWO_HOUSES) == Imported(0, 1, 1)
    assert houses()["7"].removed_at is None


def test_of_a_file_with_problems_nothing_is_taken_and_each_row_is_named(town: Town, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        buildings(tmp_path, HEAD + "7,119.4,32.2,甲楼,6,24,20\n8,somewhere,32.2,乙楼,6,24,\n9,119.4,99,丙楼,six,,\n")
    assert {finding.row for finding in refused.value.findings.problems} == {3, 4}
    assert houses() == {}


def test_when_the_database_fails_half_way_nothing_is_taken(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import DatabaseError, transaction

    buildings(tmp_path, TWO_HOUSES)
    changed_and_new = TWO_HOUSES.replace("24,20", "24,21") + f"9,119.402,32.2,{'楼' * 10},6,24,3\n"
    # The column cannot hold it: the statement fails after others have been run.
    monkeypatch.setattr(
        "doorstep.areas.actions.importing._fit", lambda own_id, length: own_id * (90 if own_id == "9" else 1)
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        buildings(tmp_path, changed_and_new)
    assert houses()["7"].lived_in == 20


def test_ids_longer_than_ours_stay_apart(town: Town, tmp_path: Path) -> None:
    rows = HEAD + f"{'长' * 90}1,119.4,32.2,甲楼,6,24,20\n{'长' * 90}2,119.401,32.2,乙楼,6,24,20\n"
    assert buildings(tmp_path, rows) == Imported(2, 0, 0)
    assert buildings(tmp_path, rows) == Imported(0, 0, 2)


def test_buildings_for_a_community_that_nobody_knows_are_refused(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "houses.csv"
    file.write_text(TWO_HOUSES, encoding="utf-8")
    with pytest.raises(CommunityUnknown):
        import_buildings("321102999999", read_buildings(file, "wgs84"), at=MORNING)


def test_a_plain_building_is_housing_only_where_the_place_says_so(town: Town) -> None:
    file = read_buildings(DEMO / "osm" / "helsinki.osm.pbf")
    import_buildings(CODE, file, at=MORNING)
    plain = sum(row.lived_in or 0 for row in houses().values())
    usual = usual_housing(plain_is_residential=True)
    assert import_buildings(CODE, file, at=MORNING, defaults=usual).changed > 100
    assert sum(row.lived_in or 0 for row in houses().values()) > 2 * plain


# Base map -----------------------------------------------------------------------------------------------------------


def test_the_real_roads_come_in_once_and_a_moved_one_moves(town: Town) -> None:
    file = read_base_map(DEMO / "osm" / "tsinghua_roads.overpass.json")
    first = import_base_map(CODE, file)
    assert first.added == len(file.features)
    with acting_as(WORKER):
        one = BaseMapFeature.objects.earliest("id")
        BaseMapFeature.objects.filter(pk=one.pk).update(name="旧路名", is_barrier=not one.is_barrier)
    assert import_base_map(CODE, file) == Imported(0, 1, first.added - 1)
    with acting_as(WORKER):
        again = BaseMapFeature.objects.get(pk=one.pk)
    assert (again.name, again.is_barrier) == (one.name, one.is_barrier)
