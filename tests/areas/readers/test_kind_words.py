"""What a word says about a building."""

from __future__ import annotations

import pytest

from doorstep.areas.readers.kind_words import kind_from_osm, kind_from_word
from doorstep.areas.rules.kinds import BuildingKind
from doorstep.core.text import languages, text


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"building": "apartments"}, BuildingKind.RESIDENTIAL),
        ({"building": "yes"}, BuildingKind.OTHER),
        ({"building": "yes", "amenity": "restaurant"}, BuildingKind.SHOP),
        ({"building": "yes", "amenity": "fountain"}, BuildingKind.OTHER),
        ({"building": "yes", "shop": "florist"}, BuildingKind.SHOP),
        ({"building": "yes", "office": "research"}, BuildingKind.OFFICE),
        ({"building": "residential", "mml:class": "42211"}, BuildingKind.HOUSE),
        ({"building": "residential", "mml:class": "42212"}, BuildingKind.RESIDENTIAL),
        ({"building": "yes", "mml:class": "42261"}, BuildingKind.SHED),
    ],
)
def test_the_tags_of_a_map_say_the_kind(tags, kind):
    assert kind_from_osm(tags) is kind


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("住宅", BuildingKind.RESIDENTIAL),
        (" Dormitory ", BuildingKind.DORMITORY),
        ("平房", BuildingKind.BUNGALOW),
        ("", BuildingKind.OTHER),
        ("蒙古包", None),
    ],
)
def test_a_word_in_a_table_says_the_kind(word, kind):
    assert kind_from_word(word) is kind


def test_every_kind_has_a_name_in_both_languages():
    for kind in BuildingKind:
        assert len({text(f"areas-kind-{kind}", lang) for lang in languages}) == 2
