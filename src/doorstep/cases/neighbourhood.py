"""What a neighbour may know of the cases around: how many, and nothing else."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db.models import Count, Q

from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as

FEWEST_TOLD: Final = 3
"""Below it a number might point at one door."""


class Counts(NamedTuple):
    """Open and ended cases of a micro-grid; None where the number is too small to be told."""

    open: int | None
    ended: int | None


def counts_around(microgrid: int) -> Counts:
    """How many cases the neighbours of a micro-grid have open, and how many have ended.

    Neighbours see no row of any case, so the machine counts for them; only the two numbers leave here.
    """
    with acting_as(WORKER):
        found = Case.objects.filter(microgrid=microgrid).aggregate(
            open=Count("id", filter=Q(is_open=True)), ended=Count("id", filter=Q(is_open=False))
        )
    return Counts(_told(found["open"]), _told(found["ended"]))


def _told(number: int) -> int | None:
    return number if number == 0 or number >= FEWEST_TOLD else None
