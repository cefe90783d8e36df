"""Who may open emergency mode, for how long, and what a need and a supply may say. It changes no rule about staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from doorstep.alerts.rules.links import has_link
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

MOST_DAYS: Final = 14
"""An opening and each renewal lasts so long at most; a longer one is asked for and approved again."""
WAITS_FOR: Final = timedelta(days=3)
"""A request that nobody approved is over by itself."""
KEPT_FOR: Final = timedelta(days=7)
"""After the end: then who needed something and who brought it is gone; figures stay."""
APPROVED_BY: Final = {
    "county": frozenset({"county"}),
    "subdistrict": frozenset({"county"}),
    "community": frozenset({"subdistrict", "county"}),
    "grid": frozenset({"subdistrict", "county"}),
    "special_grid": frozenset({"subdistrict", "county"}),
}
"""The level of the area, and the roles that approve: the level above it; a county's own desk by another person."""
REASON: Final = 300
HOME: Final = 60
WORDS: Final = 200
WHO: Final = 80
MOST: Final = 99


class Item(StrEnum):
    """What can be needed."""

    FOOD = "food"
    WATER = "water"
    MEDICINE = "medicine"
    BABY = "baby"
    WARMTH = "warmth"
    POWER = "power"
    HYGIENE = "hygiene"
    HAND = "hand"
    OTHER = "other"


class EmergencyRefused(Refusal):
    """It may not be asked for, approved, told or promised like that."""

    status = 422


class EmergencyNotFound(EmergencyRefused):
    """There is none with this number where this seat may look."""

    status = 404


@dataclass(frozen=True)
class Wish:
    """What one door needs. `home` and those after it say who lives there: they are sealed, and erased after the end."""

    item: str
    quantity: int | None
    door: str = ""
    home: str = ""
    name: str = ""
    phone: str = ""
    words: str = ""


def asked_days(reason: str, days: int | None) -> int:
    """For how many days it may be asked for with this reason; refused with what is missing, and where."""
    if not reason:
        raise refusal("reason", "reason")
    if len(reason) > REASON:
        raise too_long(reason, REASON, "reason")
    if has_link(reason):
        raise refusal("link", "reason")
    if days is None or not 1 <= days <= MOST_DAYS:
        raise EmergencyRefused(say("emergency-no-days", most=MOST_DAYS), say("emergency-no-days-try"), "days")
    return days


def needed_quantity(wish: Wish) -> int:
    """How many are needed, when a need may be told like that."""
    if wish.item not in set(Item):
        raise refusal("item", "item")
    quantity = _quantity(wish.quantity)
    if wish.item == Item.OTHER and not wish.words:
        raise refusal("words", "words")
    for field, most in (("home", HOME), ("name", HOME), ("phone", HOME), ("words", WORDS)):
        written = str(getattr(wish, field))
        if len(written) > most:
            raise too_long(written, most, field)
    if not wish.door and not wish.home:
        raise refusal("home", "home")
    return quantity


def promised_quantity(quantity: int | None, who: str, missing: int) -> int:
    """How many somebody promises of what is still missing."""
    promised = _quantity(quantity)
    if not who:
        raise refusal("who", "who")
    if len(who) > WHO:
        raise too_long(who, WHO, "who")
    if promised > missing:
        raise EmergencyRefused(
            say("emergency-no-so-many", missing=missing), say("emergency-no-so-many-try"), "quantity"
        )
    return promised


def _quantity(quantity: int | None) -> int:
    """From one on, and not more than one door can use."""
    if quantity is None or not 1 <= quantity <= MOST:
        raise EmergencyRefused(say("emergency-no-quantity", most=MOST), say("emergency-no-quantity-try"), "quantity")
    return quantity


def refusal(what: str, where: str = "") -> EmergencyRefused:
    """The refusal of that name."""
    return EmergencyRefused(say(f"emergency-no-{what}"), say(f"emergency-no-{what}-try"), where)


def too_long(words: str, most: int, where: str) -> EmergencyRefused:
    """What was written is longer than it may be."""
    return EmergencyRefused(say("emergency-no-long", length=len(words), most=most), say("emergency-no-long-try"), where)
