"""What the cases around a mediation mean for it."""

from __future__ import annotations

from collections.abc import Sequence

from doorstep.events import on
from doorstep.events.cases import CaseMoved
from doorstep.mediation.actions import erasing


@on(CaseMoved)
def erase_with_the_case(events: Sequence[CaseMoved]) -> None:
    """Who has what is kept of their case erased does not stay in its mediation."""
    erasing.erase_reporters_of(events)
