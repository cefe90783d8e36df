"""May work off the admission list be asked of grids for a time, and who says yes to it?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from doorstep.catalogue.item import Item, Level
from doorstep.core.text import Message, say

LONGEST: Final = timedelta(days=183)
"""What lasts longer belongs on the admission list, which the county keeps."""

ASKERS: Final = frozenset({"department", "county", "subdistrict", "community"})
GRID_LEAD: Final = "grid_lead"


def is_department_work(item: Item | None) -> bool:
    """Whether only departments act on it, or the law sends it to a channel of its own.

    That is never pushed down (国办函〔2025〕66号), whoever consents.
    """
    if item is None:
        return False
    only_departments = bool(item.who) and all(handler.level is Level.DEPARTMENT for handler in item.who)
    return only_departments or item.legal_channel is not None


def why_not_ask(
    item: Item | None, *, is_duty: bool, from_on: date | None, until_on: date | None, today: date
) -> Message | None:
    """What stands against asking; None when it may be asked."""
    if is_duty or is_department_work(item):
        return say("consent-department-work")
    if item is not None and item.admitted:
        return say("consent-on-the-list")
    if from_on is None or until_on is None:
        return say("consent-no-end")
    if from_on < today:
        return say("consent-begins-past")
    if until_on < from_on:
        return say("consent-ends-before")
    if until_on - from_on > LONGEST:
        return say("consent-too-long", most=LONGEST.days)
    return None


def may_answer(
    *, role: str, post_kind: str, asked_role: str, is_of_grid: bool, is_own_community: bool, is_own_grid: bool
) -> bool:
    """Whether this seat says yes or no: the community for its grids, the grid's head for one; never who asked."""
    if role == "community":
        return is_own_community and asked_role != "community"
    return role == "grid" and post_kind == GRID_LEAD and is_of_grid and is_own_grid
