"""What is asked beside cases, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from doorstep.catalogue.held_facts import name_of
from doorstep.core.text import Message, language, say

TONES = {
    "waiting": "waiting",
    "now": "moving",
    "later": "quiet",
    "over": "quiet",
    "ended": "quiet",
    "sent-back": "quiet",
}


def standing_of(row: Any, today: date) -> dict[str, Any]:
    """How a demand stands on this day, with its tone."""
    how = row.state
    if row.state == "published":
        how = "over" if today > row.until_on else "later" if today < row.from_on else "now"
    return {"how": say(f"burden-is-{how}"), "tone": TONES[how]}


def cell_of(value: Any) -> Message | str | int:
    """One answer, as a table shows it."""
    if value is None:
        return "—"
    if value in ("yes", "no"):
        return say(f"catalogue-{value}")
    return value if isinstance(value, int) else str(value)


def fields_of(row: Any) -> list[dict[str, Any]]:
    """The fields of a form as everybody reads them."""
    lang = language()
    return [
        {
            "label": each["label"],
            "kind": say(f"burden-kind-of-field-{each['kind']}"),
            "held": name_of(each["held"]).said(lang) if each.get("held") else "",
            "why_new": each.get("why_new", ""),
        }
        for each in row.fields
    ]


def demand_facts(row: Any) -> Mapping[str, Any]:
    """What everybody may know of a demand, as plain values."""
    same = ("kind", "title", "why", "basis", "to_level", "minutes", "times_a_year", "recipients", "from_on", "until_on")
    return {
        **{name: getattr(row, name) for name in same},
        "demand": row.pk,
        "state": row.state,
        "asked_by": row.asked_by.name,
        "area": row.area.code,
        "area_name": row.area.name,
        "asked_at": row.asked_at,
        "ended_on": row.ended_on,
        "ended_why": row.ended_why,
        "fields": [{name: each.get(name, "") for name in ("label", "kind", "held", "why_new")} for each in row.fields],
    }
