"""What only the pages of a desk are put together of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string

from doorstep.core.text import from_json, text
from doorstep.fronts.desk import moves

register = template.Library()


@register.simple_tag(takes_context=True)
def move_form(context: Context, name: str, words: str = "", second: bool = False) -> str:
    """The form of one move, folded under its button; open when it is the one that matters now."""
    handed = ("case", "choices", "open_move", "written", "refused", "csrf_token")
    given = {key: context.get(key) for key in handed}
    given |= {
        "name": name,
        "in_form": name,
        "words": words or moves.NAMES.get(name, f"cases-move-{name}"),
        "second": second,
        "quiet": name in ("decline", "raise", "close", "unreasonable", "redo", "reopen", "unmerge", "pause", "ask"),
        "key": "" if words == "desk-correct" else context["keys"].get(name, ""),
    }
    if given["open_move"] != name:
        # What was written in one form is not put into another.
        given["written"] = {}
    return render_to_string("desk/move.html", given)


@register.simple_tag
def t_kept(kept: Mapping[str, Any]) -> str:
    """A message that was stored, in the reader's language."""
    return text(from_json(kept)) if "key" in kept else ""


@register.simple_tag
def t_channel(channel: str) -> str:
    """The name of a channel of notices; a channel that brought none is named as it is."""
    return text(f"desk-channel-{channel}") if channel in ("email", "sms") else channel
