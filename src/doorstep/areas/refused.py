"""What the districting engine refuses, in words for whoever asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from doorstep.core.text import Message, say
from doorstep.engines.districting import DistrictingError

FIELDS: Final = frozenset(
    {"xy", "households", "footprints", "floors", "compounds", "entrances", "keep_together", "fixed", "grids"}
)
"""Fields of the engine that have words of their own; any other is a name that somebody gave to a column."""
MOST_NAMED: Final = 5


def refused(error: DistrictingError, buildings: Sequence[str] = ()) -> tuple[Message, Message]:
    """Why it cannot be divided, and what to do; `buildings` are the names of those that were given."""
    kind = error.wrong.value
    facts = {name: _fact(name, value) for name, value in error.facts.items()}
    what = say(f"districting-wrong-{kind}", **facts)
    is_of_buildings = not kind.startswith(("special", "standing"))
    which = [buildings[row] for row in error.rows if row < len(buildings)] if is_of_buildings else []
    if which:
        what = say("districting-wrong-which", what=what, which="、".join(which[:MOST_NAMED]), count=len(which))
    return say("districting-refused", reason=what), say(f"districting-wrong-{kind}-try", **facts)


def _fact(name: str, value: Any) -> Any:
    return say(f"districting-field-{value}") if name == "field" and value in FIELDS else value
