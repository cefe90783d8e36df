"""The kinds of building that matter to whoever serves the people in them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class BuildingKind(StrEnum):
    """What a building is for; the value is what is stored."""

    RESIDENTIAL = "residential"  # flats around stairwells
    HOUSE = "house"  # one family's own, terraces included
    BUNGALOW = "bungalow"  # 平房: one floor, several households in a row or around a yard
    DORMITORY = "dormitory"
    OFFICE = "office"
    SHOP = "shop"
    HOTEL = "hotel"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    INDUSTRIAL = "industrial"
    PUBLIC = "public"  # a library, a hall, a temple, a stadium, a station
    SHED = "shed"  # a garage, a roof, a kiosk: nobody works or lives there
    OTHER = "other"  # the source says that it is a building and no more


HOUSING: Final = frozenset(
    {BuildingKind.RESIDENTIAL, BuildingKind.HOUSE, BuildingKind.BUNGALOW, BuildingKind.DORMITORY}
)
