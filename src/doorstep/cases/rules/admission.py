"""May this be given to a grid? Only what is on the admission list; what a department must do is never pushed down."""

from __future__ import annotations

from enum import StrEnum

from doorstep.catalogue.item import Item, Level


class Barred(StrEnum):
    """Why something may not be given to a grid; the words of each name the rule that it rests on."""

    NO_ITEM = "no-item"
    DEPARTMENT_WORK = "department-work"
    OFF_THE_LIST = "off-the-list"


def barred_from_grids(item: Item | None) -> Barred | None:
    """What stands against giving this to a grid, or None when it is on the admission list.

    Where only departments act it is their own work, which may not be pushed down (国办函〔2025〕66号).
    """
    if item is None:
        return Barred.NO_ITEM
    if item.admitted:
        return None
    only_departments = bool(item.who) and all(handler.level is Level.DEPARTMENT for handler in item.who)
    return Barred.DEPARTMENT_WORK if only_departments else Barred.OFF_THE_LIST
