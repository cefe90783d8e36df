"""What pages say of a reminder: the marks before it, what it is about, and for where."""

from __future__ import annotations

from typing import Any

from doorstep.alerts.letters import headline as headline
from doorstep.alerts.letters import marks as marks
from doorstep.areas import names
from doorstep.core.text import Message, say


def where(row: Any) -> Message | str:
    """The place in words: an area, a building, or so many metres round a door."""
    if row.metres is None:
        return names.said(row.area.name)
    if not row.metres:
        return say("reminders-building", place=row.place)
    return say("reminders-round", place=row.place, metres=row.metres)
