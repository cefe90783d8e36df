"""How the clocks of a case are shown: whether it waits, whether a date may move, and who hears of it when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from doorstep.cases.standing import Owed, Standing
from doorstep.core.text import Message, say
from doorstep.fronts.parts import Choice, Words
from doorstep.fronts.templatetags.words import moment


def shown(found: Standing | None) -> dict[str, Any] | None:
    """What `parts/clocks.html` is given; None where no clock runs."""
    if found is None:
        return None
    return {
        "paused": _paused(found),
        "is_provisional": found.is_provisional,
        "extended": found.clocks.days_extended,
        "steps": [_step(each.rung, each.at, each.is_reached) for each in found.ladder],
    }


def owed(found: Owed | None, at: datetime) -> Words:
    """Which desk answers until when; said as it is where that is over."""
    if found is None:
        return ""
    who = say(f"desk-answerer-{found.who}")
    return say("waiting-told-late" if found.by < at else "waiting-told", who=who, when=moment(found.by))


def _paused(found: Standing) -> Words:
    waits = found.clocks.paused
    if waits is None:
        return ""
    return say("clocks-paused-now", reason=say(f"clocks-reason-{waits.reason}"), when=moment(waits.until))


def _step(rung: str, at: datetime, is_reached: bool) -> dict[str, Any]:
    words: Message = say("clocks-step-told" if is_reached else "clocks-step-to-come", who=say(f"clocks-rung-{rung}"))
    return {"words": words, "at": at, "is_reached": is_reached}


def reasons(found: Standing | None) -> list[Choice]:
    """What may be waited for, and how long at most; what is used up is not offered."""
    if found is None:
        return []
    return [
        Choice(str(reason), say(f"clocks-reason-{reason}"), say("clocks-pause-most", days=days))
        for reason, days in found.most_days.items()
        if days
    ]
