"""What a form of emergency mode says of a need, and how pages say it back: the same for residents and staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doorstep.alerts.actions.needing import Wish
from doorstep.alerts.emergencies import Item
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.fronts import asked
from doorstep.fronts.templatetags.words import said


def wish(form: Mapping[str, str]) -> Wish:
    """A need as it was written."""
    return Wish(
        item=asked.line(form, "item", 16),
        quantity=asked.number(form, "quantity"),
        door=asked.line(form, "door", 12),
        home=asked.line(form, "home", 200),
        name=asked.line(form, "name", 200),
        phone=asked.line(form, "phone", 200),
        words=asked.line(form, "words", 1000),
    )


def form(written: Mapping[str, str], refused: Refusal | None) -> dict[str, Any]:
    """What the fields of a need are drawn with."""
    wrong = {f"wrong_{refused.where}": refused.message} if refused and refused.where else {}
    return {
        "items": [(str(each), say(f"emergency-item-{each}")) for each in Item],
        "written": written or {"quantity": "1"},
        "refused": refused,
        **wrong,
    }


def shown(row: Any) -> dict[str, Any]:
    """An emergency as lists, heads and banners show it."""
    return {"row": row, "area": said(row.area.name)}


def status_of(refused: Refusal | None) -> int:
    """How a page with a form is answered."""
    return 200 if refused is None else getattr(refused, "status", 422)
