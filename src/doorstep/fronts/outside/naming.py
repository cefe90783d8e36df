"""How a row of the ledger names whoever came by a link: the unit that sent them, and never a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doorstep.core.text import say
from doorstep.fronts.parts import Words


def by_link(unit: Words, facts: Mapping[str, Any]) -> Words:
    """The unit; as an outside handler of it where the row was written by a link."""
    return say("outside-handler", unit=unit) if unit and "link" in facts else unit
