"""What a code says by itself."""

from __future__ import annotations

import pytest

from doorstep.areas.rules import codes
from doorstep.areas.rules.codes import CodeRefused, CommunityKind, Level, SubdistrictKind

COMMUNITY = codes.parse("321102001003")


def test_a_code_names_every_area_around_it():
    microgrid = codes.parse("32110200100301207")
    chain = [microgrid]
    while (above := codes.parent_of(chain[-1])) is not None:
        chain.append(above)
    assert chain == ["32110200100301207", "321102001003012", "321102001003", "321102001", "321102", "3211", "32"]
    assert [codes.level_of(code) for code in chain] == sorted(Level, reverse=True)


def test_the_county_of_a_community_can_be_asked_for_directly():
    assert codes.parent_of(COMMUNITY, Level.COUNTY) == "321102"
    assert codes.parent_of(COMMUNITY, Level.GRID) is None


def test_an_area_is_inside_those_above_it_and_itself():
    assert codes.is_inside(COMMUNITY, codes.parse("321102"))
    assert codes.is_inside(COMMUNITY, COMMUNITY)
    assert not codes.is_inside(COMMUNITY, codes.parse("321111"))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("321102001", SubdistrictKind.SUBDISTRICT),
        ("321112100", SubdistrictKind.TOWN),
        ("321112201", SubdistrictKind.TOWNSHIP),
        ("410122301", SubdistrictKind.TOWNSHIP),
        ("321182400", SubdistrictKind.LIKE_TOWNSHIP),
    ],
)
def test_the_seventh_digit_tells_streets_from_towns(code, kind):
    assert codes.subdistrict_kind(codes.parse(code)) is kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("321102001003", CommunityKind.RESIDENTS),
        ("321112100201", CommunityKind.VILLAGERS),
        ("321112100498", CommunityKind.LIKE_RESIDENTS),
        ("321112100598", CommunityKind.LIKE_VILLAGERS),
    ],
)
def test_the_tenth_digit_tells_residents_from_villagers(code, kind):
    assert codes.community_kind(codes.parse(code)) is kind


def test_a_development_zone_has_a_number_for_counting_only():
    assert codes.is_statistical_only(codes.parse("321171"))
    assert not codes.is_statistical_only(codes.parse("321102"))


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("", "areas-code-not-digits"),
        ("32110200100X", "areas-code-not-digits"),
        ("３２１１０２", "areas-code-not-digits"),
        ("3.21102E+11", "areas-code-not-digits"),
        ("32110200100", "areas-code-wrong-length"),
        ("991102001003", "areas-code-unknown-province"),
        ("321100001003", "areas-code-zeros"),
        ("321102000000", "areas-code-zeros"),
        ("321102901003", "areas-code-unknown-subdistrict"),
        ("321102001903", "areas-code-unknown-community"),
    ],
)
def test_what_is_no_code_is_refused_with_the_reason(written, key):
    with pytest.raises(CodeRefused) as no:
        codes.parse(written)
    assert no.value.message.key == key
    assert no.value.try_this is not None


def test_spaces_around_a_code_do_no_harm():
    assert codes.parse(" 321102001003\n") == COMMUNITY


def test_grids_and_microgrids_are_numbered_inside_their_parents():
    grid = codes.grid_code(COMMUNITY, 12)
    assert grid == "321102001003012"
    assert codes.microgrid_code(grid, 7) == "32110200100301207"


@pytest.mark.parametrize("number", [0, 100, -1])
def test_a_grid_has_room_for_ninety_nine_microgrids(number):
    grid = codes.grid_code(COMMUNITY, 1)
    assert codes.microgrid_code(grid, 99).endswith("99")
    with pytest.raises(CodeRefused):
        codes.microgrid_code(grid, number)
