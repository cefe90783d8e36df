"""May the catalogue stand so? What code and danger words lead to must stay on offer, and what was known stays known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from doorstep.catalogue.item import OTHER, Catalogue
from doorstep.core.text import Message, say

NEEDED: Final = (OTHER, "about-this-service", "staff-complaint")
"""Items that the house itself leads to: what fits nothing else, and complaints about it."""


def why_not(catalogue: Catalogue) -> Message | None:
    """What stands against this catalogue as a whole; None when nothing does."""
    for item in NEEDED:
        if item not in catalogue.offered:
            return say("catalogue-needed", item=item)
    for danger in catalogue.dangers.dangers:
        if danger.item not in catalogue.offered:
            return say("catalogue-needed-by-danger", item=danger.item, danger=next(iter(danger.words), danger.id))
    return None


def lost(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Message | None:
    """What would be gone without a trace: cases keep the code of a class for ever, so it is retired, never removed."""
    if not name.startswith("classes/"):
        return None
    codes = [{str(sub.get("code")) for sub in said.get("sub", ())} for said in (before, after)]
    gone = sorted(codes[0] - codes[1])
    return say("catalogue-class-removed", code=", ".join(gone)) if gone else None
