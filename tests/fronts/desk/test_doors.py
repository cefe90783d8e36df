"""Codes for doors and stations at the community's desk."""

from __future__ import annotations

import pytest
import shapely
from django.test import Client
from tests.town import LAT, LON, MORNING, SQUARE_DEG

from doorstep.areas.actions import doors
from doorstep.areas.models import Building, Door
from doorstep.core.access import WORKER, acting_as


@pytest.fixture
def building(town):
    def built(community: int, name: str = "荷清苑 3 号楼", entrances: int | None = 3) -> Building:
        with acting_as(WORKER):
            return Building.objects.create(
                community_id=community, source="test", source_id=name, name=name, entrances=entrances, dwellings=36,
                footprint=shapely.to_wkb(shapely.box(LON, LAT - 0.001, LON + 0.001, LAT)), lon=LON + 0.0005,
                lat=LAT - 0.0005, x=0, y=0, imported_at=MORNING,
            )  # fmt: skip

    return built


def doors_of(building: Building) -> list[Door]:
    with acting_as(WORKER):
        return list(Door.objects.filter(building=building).order_by("name"))


def make(browser, **form):
    return browser.post("/desk/doors/", form)


def test_each_entrance_gets_one_code_however_often_they_are_made(sign_in, town, building):
    dana, home = sign_in("dana"), building(town.community)
    assert make(dana, make="one", building=home.pk)["Location"].endswith("made=3")
    assert make(dana, make="all")["Location"].endswith("made=0")
    assert [door.name for door in doors_of(home)] == [f"荷清苑 3 号楼{n} 单元" for n in (1, 2, 3)]


def test_a_code_names_an_entrance_and_cannot_be_misread(sign_in, town, building):
    make(sign_in("dana"), make="one", building=building(town.community).pk)
    codes = [door.code for door in doors_of(Building.objects.get())]
    assert len(set(codes)) == 3
    assert all(len(code) == doors.CODE_LENGTH and set(code) <= set(doors.ALPHABET) for code in codes)
    assert not set("01OILU") & set(doors.ALPHABET)


def test_a_building_whose_entrances_nobody_counted_gets_one_code(sign_in, town, building):
    home = building(town.community, entrances=None)
    make(sign_in("dana"), make="one", building=home.pk)
    assert [door.name for door in doors_of(home)] == ["荷清苑 3 号楼"]


def test_a_retired_code_is_replaced_and_no_longer_printed(sign_in, town, building):
    dana, home = sign_in("dana"), building(town.community, entrances=1)
    make(dana, make="one", building=home.pk)
    (old,) = doors_of(home)
    assert dana.post("/desk/doors/retire/", {"code": old.code}).status_code == 303
    assert old.code not in dana.get("/desk/doors/print/").content.decode()
    make(dana, make="one", building=home.pk)
    assert len([door for door in doors_of(home) if door.retired_at is None]) == 1


def test_the_buildings_of_the_neighbouring_community_are_not_danas(sign_in, town, building):
    elsewhere = building(town.other_community)
    shown = make(sign_in("dana"), make="one", building=elsewhere.pk).content.decode()
    assert "所选楼栋不在本社区" in shown and doors_of(elsewhere) == []


def test_the_doors_of_the_neighbouring_community_are_not_danas(sign_in, town, building):
    elsewhere = building(town.other_community)
    make(sign_in("other_desk"), make="one", building=elsewhere.pk)
    code = doors_of(elsewhere)[0].code
    answer = sign_in("dana").post("/desk/doors/retire/", {"code": code})
    assert answer.status_code == 409 and doors_of(elsewhere)[0].retired_at is None


def test_a_station_stands_where_dana_says(sign_in, town):
    place = f"{LON + SQUARE_DEG / 2}，{LAT - SQUARE_DEG / 2}"
    assert make(sign_in("dana"), make="station", name="红帆驿站", place=place).status_code == 303
    with acting_as(WORKER):
        assert Door.objects.get(name="红帆驿站").kind == "station"


@pytest.mark.parametrize(
    ("name", "place", "said"),
    [
        ("", f"{LON},{LAT}", "驿站还没有名称"),
        ("驿站", "0,0", "不在本社区"),
        ("驿站", "", "不在本社区"),
        ("驿站", "nan,nan", "不在本社区"),
        ("驿站", "here", "不在本社区"),
    ],
)
def test_a_station_without_name_or_place_is_refused_in_words(name, place, said, sign_in):
    shown = make(sign_in("dana"), make="station", name=name, place=place)
    assert shown.status_code == 200 and said in shown.content.decode()


@pytest.mark.parametrize("building_id", ["", "0", "abc", "99999999999999999999"])
def test_a_building_that_does_not_exist_is_refused_in_words(building_id, sign_in):
    assert "所选楼栋不在本社区" in make(sign_in("dana"), make="one", building=building_id).content.decode()


@pytest.mark.parametrize("size", ["a4", "a6", "", "poster"])
def test_the_sheet_holds_a_picture_for_each_door_in_both_languages(size, sign_in):
    shown = sign_in("dana").get(f"/desk/doors/print/?size={size}").content.decode()
    assert shown.count('src="data:image/svg+xml') == 1
    assert "有事请扫码" in shown and "Scan here" in shown and "DOOR0001" in shown


def test_only_the_chosen_are_printed(sign_in, town, building):
    dana, home = sign_in("dana"), building(town.community)
    make(dana, make="one", building=home.pk)
    chosen = doors_of(home)[1].code
    shown = dana.get(f"/desk/doors/print/?code={chosen}").content.decode()
    assert chosen in shown and shown.count("data:image/svg+xml") == 1


def test_a_name_that_looks_like_a_page_is_printed_as_words(sign_in, town, building):
    dana, home = sign_in("dana"), building(town.community, name="<script>alert(1)</script>", entrances=1)
    make(dana, make="one", building=home.pk)
    for address in ("/desk/doors/", "/desk/doors/print/"):
        assert "<script>alert(1)" not in dana.get(address).content.decode()


@pytest.mark.parametrize("who", ["chen", "ben", "audit", "water", "subdistrict", "command"])
def test_only_the_communitys_desk_keeps_its_doors(who, sign_in):
    someone = sign_in(who)
    assert someone.get("/desk/doors/").status_code == 403
    assert someone.get("/desk/doors/print/").status_code == 403
    assert someone.post("/desk/doors/retire/", {"code": "DOOR0001"}).status_code == 403
    assert make(someone, make="all").status_code == 403


def test_a_passer_by_keeps_no_doors(db, now):
    for address in ("/desk/doors/", "/desk/doors/print/"):
        assert Client().get(address).status_code == 302
