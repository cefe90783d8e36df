"""My grid today."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from doorstep.cases.today import Row, grid_today
from doorstep.core.access import Role
from doorstep.core.text import Message, say
from doorstep.fronts import asked
from doorstep.fronts.desk import words
from doorstep.fronts.entering import for_roles

# Parts that others have to act on lie folded below.
FOLDED = frozenset({"asked", "others"})
TOLD = frozenset({"take", "decline", "raise", "note", "do", "report"})
TONES = {"due": "alarm", "word": "waiting", "new": "waiting", "promised": "moving"}


@for_roles(Role.GRID)
@require_safe
def today(request: Any) -> HttpResponse:
    """Who is owed what today, the soonest due first."""
    found = grid_today(by=request.actor, at=request.at)
    told = request.GET.get("done", "")
    parts = [
        {
            "name": part,
            "title": say(f"field-part-{part}"),
            "hint": say(f"field-part-{part}-hint"),
            "is_folded": part in FOLDED,
            "tone": TONES.get(part, "quiet"),
            "rows": [_shown(row, request.at) for row in rows],
        }
        for part, rows in found.parts.items()
    ]
    page = {
        "parts": [part for part in parts if part["rows"]],
        "figures": [part for part in parts if not part["is_folded"]],
        "is_cut": found.is_cut,
        "told": say(f"field-told-{told}") if told in TOLD else "",
        "number": asked.line(request.GET, "number", 20),
    }
    return words.drawn(request, "field/today.html", page)


def _shown(row: Row, at: datetime) -> dict[str, Any]:
    left = row.holder_due_at - at if row.is_held and row.holder_due_at else None
    return {
        "row": row,
        "item": words.item_name(row.item),
        "tone": tone_of(left),
        "due": "" if left is None else time_left(left),
        "state": say(f"cases-state-{row.state}"),
        "state_tone": words.TONE_OF_STATE[row.state],
    }


def tone_of(left: timedelta | None) -> str:
    """How alarming it is to have this much time left."""
    if left is None or left >= words.SOON:
        return "quiet"
    return "alarm" if left < timedelta() else "waiting"


def time_left(left: timedelta) -> Message:
    """How long there is still, or how long ago it was due."""
    return say("desk-due-late" if left < timedelta() else "desk-due-left", span=words.span(left))
