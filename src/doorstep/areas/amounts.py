"""What micro-grids may be asked to share evenly besides households: residents over 60, cases a year, metres to walk.

Amounts come by name with the buildings of a file; how many cases there were is counted by Doorstep itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Sum

from doorstep.areas.models import Amount, Building
from doorstep.areas.rules.wishes import CASES as CASES
from doorstep.areas.rules.wishes import WishRefused
from doorstep.areas.rules.wishes import named as named
from doorstep.core.text import say
from doorstep.engines.districting.problem import Floats


@dataclass(frozen=True)
class Known:
    """One amount of a community: what all its buildings have together, and how many of them have any."""

    name: str
    total: float
    buildings: int


def known(community: int) -> list[Known]:
    """The amounts of the buildings that stand in a community, by name."""
    standing = Amount.objects.filter(community=community, building__removed_at=None, amount__gt=0)
    found = standing.values_list("name").annotate(total=Sum("amount"), buildings=Count("id")).order_by("name")
    return [Known(*row) for row in found]


def amounts_of(community: int, rows: Sequence[Building], names: Sequence[str]) -> Mapping[str, Floats]:
    """The named amounts of these buildings, which are the community's; refuses one that none of them has."""
    if not names:
        return {}
    row_of = {row.pk: number for number, row in enumerate(rows)}
    found = {name: np.zeros(len(rows)) for name in names}
    for name, building, amount in Amount.objects.filter(community=community, name__in=names).values_list(
        "name", "building", "amount"
    ):
        if building in row_of:
            found[name][row_of[building]] = amount
    for name, amounts in found.items():
        if not amounts.any():
            raise WishRefused(say("amounts-unknown", name=named(name)), say("amounts-unknown-try"), "balances")
    return found
