"""What each weight costs on one community: the same question asked again with one weight changed at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from doorstep.engines.districting.dividing import divide
from doorstep.engines.districting.measuring import Trade, amounts_by_piece, measures_of, values_of
from doorstep.engines.districting.problem import Buildings, Progress, Weights


def trades(
    buildings: Buildings,
    *,
    weights: Weights | None = None,
    names: Sequence[str] | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> list[Trade]:
    """The measures of a division as asked, and of one for each other value of each weight, all at quick effort.

    names      the weights to be changed; without, all that weigh anything in this question
    progress   called with "trades" and the part that is done
    options    what else `divide` takes

    With the same seed all of them begin alike, so that they differ by the weight and by little else.
    """
    base = weights or Weights()
    wanted = [(name, value) for name in names or weights_at_work(options) for value in values_of(base, name)]
    asked = [("", 0.0), *((name, value) for name, value in wanted if value != getattr(base, name))]
    found = []
    for done, (name, value) in enumerate(asked):
        if progress:
            progress("trades", done / len(asked))
        changed = replace(base, **{name: value}) if name else base
        division = divide(buildings, weights=changed, **{**options, "effort": "quick"})
        further = amounts_by_piece(division, buildings, options.get("balances") or {})
        has_standing = options.get("standing") is not None
        found.append(Trade(name, value, measures_of(division, has_standing=has_standing, further=further)))
    if progress:
        progress("trades", 1.0)
    return found


def weights_at_work(options: Mapping[str, Any]) -> list[str]:
    """The weights that weigh anything in a question: nobody moves without a plan, nothing is shared without amounts."""
    needed = {"moved": "standing", "balance": "balances"}
    names = [each.name for each in fields(Weights)]
    return [name for name in names if name not in needed or options.get(needed[name])]
