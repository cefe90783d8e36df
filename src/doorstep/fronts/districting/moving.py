"""Who comes into another micro-grid by a plan, as its page tells it."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse

from doorstep.areas import names
from doorstep.areas.drafts import short
from doorstep.areas.moves import Moved, Moves, moves_of
from doorstep.areas.plans import Plan
from doorstep.core.text import Message, say
from doorstep.fronts.parts import Figure

MOST_SHOWN: Final = 300
"""Rows on the page; the list in the exports has them all."""


def told(plan: Plan) -> dict[str, Any]:
    """What the page of a plan needs to say who moves; nothing where there was no plan before it."""
    moves = moves_of(plan)
    if moves is None:
        return {"moves": None}
    return {
        "moves": moves,
        "moves_figures": _figures(moves),
        "moves_rows": [(each, where(each), short(each.source), short(each.to)) for each in moves.rows[:MOST_SHOWN]],
        "moves_left": max(0, len(moves.rows) - MOST_SHOWN),
    }


def layer(plan: Plan, moves: Moves | None) -> dict[str, str]:
    """The layer of the map that marks where somebody moves."""
    return {"moved": reverse("desk-plan-layer", args=[plan.pk, "moved"])} if moves and moves.rows else {}


def where(each: Moved) -> list[Message]:
    """Which part of its building a home is; nothing for the whole of it."""
    return names.of_part(*each.home[1:])


def _figures(moves: Moves) -> list[Figure]:
    figures = [
        Figure(
            say("districting-moves-figure-moved"),
            moves.moved,
            note=say("districting-moves-figure-of", count=moves.households),
            tone="waiting" if moves.moved else "done",
        ),
        Figure(say("districting-moves-figure-forced"), moves.forced, note=say("districting-moves-figure-forced-note")),
        Figure(say("districting-moves-figure-chosen"), moves.chosen, note=say("districting-moves-figure-chosen-note")),
    ]
    if moves.renumbered:
        note = say("districting-moves-figure-renumbered-note")
        figures.append(Figure(say("districting-moves-figure-renumbered"), moves.renumbered, note=note))
    if moves.arrived:
        note = say("districting-moves-figure-arrived-note")
        figures.append(Figure(say("districting-moves-figure-arrived"), moves.arrived, note=note))
    return figures
