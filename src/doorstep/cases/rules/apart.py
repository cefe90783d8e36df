"""Does one text ask for several things? Then it may become several cases, if whoever writes it wishes."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from doorstep.cases.rules.danger import Alarm
from doorstep.catalogue.item import OTHER, Catalogue, Item
from doorstep.engines.wording import Guess, Matter, matters


class Send(StrEnum):
    """How a text that asks for several things is sent. As one, unless somebody says otherwise."""

    ONE = "one"
    PARTS = "parts"
    WHOLE = "whole"


def parts_of(
    text: str,
    catalogue: Catalogue,
    *,
    predict: Callable[[str], Guess | None],
    chosen: Item | None = None,
    alarm: Alarm | None = None,
) -> tuple[Matter, ...]:
    """The parts that ask for different items, in their order; none when it asks for one thing.

    Nor when somebody chose an item, since they know what it is; nor while a danger is there: then nothing is asked.
    """
    if chosen is not None or (alarm is not None and alarm.is_here):
        return ()
    return matters(text, predict, is_item=lambda label: label != OTHER and label in catalogue.offered)
