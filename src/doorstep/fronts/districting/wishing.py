"""What is wished of a plan, as a form or an address says it, and as a form shows it again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from django.utils.http import urlencode

from doorstep.areas.actions.drawing import (
    COUNTS,
    EFFORTS,
    LINES,
    MOST_HOUSEHOLDS,
    UNITS,
    WEIGHTS,
    Wishes,
    weights_of,
)
from doorstep.areas.amounts import Known, named
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.fronts import asked
from doorstep.fronts.districting import staying
from doorstep.fronts.parts import Choice

SIZES: Final = ("low", "high", "target", "grid_low", "grid_high", "grid_target")
TYPED: Final = (*SIZES, "grid_unit", "count", "effort")
TICKED: Final = ("keep_compounds", "grids_stay", "uncrossable", "balances")
UNDER_MORE: Final = frozenset(
    {"target", "grid_target", "grid_unit", "uncrossable", "balances", *(f"weight_{name}" for name in WEIGHTS)}
)
"""The fields that stay folded away until somebody needs them."""
MOST_DIGITS: Final = 9
MOST_KEPT: Final = 500
MOST_BALANCES: Final = 20
MOST_LETTERS: Final = 60
EXAMPLES: Final[tuple[tuple[str, dict[str, str | int]], ...]] = (
    ("usual", {"grid_low": 200, "grid_high": 500}),
    ("close", {"grid_low": 300, "grid_high": 500}),
    ("about", {"grid_low": 400, "grid_high": 520, "grid_target": 461}),
    ("number", {"grid_low": 4, "grid_high": 6, "grid_unit": "microgrids"}),
)


class WishNotRead(Refusal):
    """A field of the form holds what it may not hold."""


@dataclass(frozen=True)
class WeightField:
    """One weight, as the form asks for it."""

    name: str
    words: Message
    hint: Message
    value: str
    error: Message | str = ""


def wishes(form: Mapping[str, str]) -> Wishes:
    """What is wished; whatever the form does not ask for is as usual."""
    usual = Wishes()
    count, effort = form.get("count"), form.get("effort")
    unit = form.get("grid_unit", usual.grid_unit)
    if unit not in UNITS:
        raise WishNotRead(say("wishes-not-a-unit"), say("wishes-not-a-unit-try"), "grid_unit")
    return Wishes(
        **{name: _size(form, name, getattr(usual, name)) for name in SIZES},
        grid_unit=unit,
        count=count if count in COUNTS else usual.count,
        effort=effort if effort in EFFORTS else usual.effort,
        keep_compounds=bool(form.get("keep_compounds")),
        kept=_kept(form),
        kept_of=asked.number(form, "kept_of") or 0,
        uncrossable=_several(form, "uncrossable", len(LINES)),
        balances=_several(form, "balances", MOST_BALANCES),
        grids_stay=bool(form.get("grids_stay")),
        weights=weights_of(
            {name: _weight(form[f"weight_{name}"]) for name in WEIGHTS if f"weight_{name}" in form}
            | staying.weight(form)
        ),
    )


def _size(form: Mapping[str, str], name: str, usual: int) -> int:
    written = form.get(name, str(usual)).strip()
    # Nothing wished is the middle of the bounds, which themselves have to be said.
    if name.endswith("target") and written in ("", "0"):
        return 0
    if not written.isdecimal() or len(written) > MOST_DIGITS or not 1 <= int(written) <= MOST_HOUSEHOLDS:
        raise WishNotRead(say("districting-not-a-number"), say("districting-not-a-number-try"), name)
    return int(written)


def _kept(form: Any) -> tuple[str, ...]:
    """The codes of micro-grids that are to stay as they stand."""
    return tuple(sorted({each[:17] for each in _several(form, "kept", MOST_KEPT)}))


def _several(form: Any, name: str, most: int) -> tuple[str, ...]:
    """What was ticked of a list."""
    given = form.getlist(name) if hasattr(form, "getlist") else ()
    return tuple(dict.fromkeys(asked.plain(each)[:MOST_LETTERS] for each in given[:most]))


def _weight(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return math.nan


def shown(of: Wishes) -> dict[str, Any]:
    """The fields of the form, filled with these wishes."""
    values = {name: getattr(of, name) or "" for name in TYPED}
    weights = {name: f"{getattr(of.weights, name):g}" for name in WEIGHTS}
    stay = staying.chosen({}, weights["moved"])
    return {
        **values,
        **{name: getattr(of, name) for name in TICKED},
        "weights": weight_fields(weights),
        "stay": stay,
        "kept": of.kept,
        "kept_of": of.kept_of,
    }


def typed(form: Mapping[str, str], *, usual_weights: bool = False, moved: float | None = None) -> dict[str, Any]:
    """What was typed, to be mended, so that nobody types it twice; whatever was not is as usual.

    `moved` is the weight of residents who move where nothing is said of it.
    """
    usual = shown(Wishes())
    weights = {each.name: each.value for each in usual["weights"]}
    if moved is not None:
        weights["moved"] = f"{moved:g}"
    if not usual_weights:
        weights = {name: form.get(f"weight_{name}", value) for name, value in weights.items()}
    return {
        **{name: form.get(name, usual[name]) for name in TYPED},
        "keep_compounds": bool(form.get("keep_compounds")),
        "grids_stay": bool(form.get("grids_stay")),
        "uncrossable": _several(form, "uncrossable", len(LINES)),
        "balances": _several(form, "balances", MOST_BALANCES),
        "weights": weight_fields(weights),
        "stay": staying.chosen(form, weights["moved"]),
        "kept": _kept(form),
        "kept_of": asked.number(form, "kept_of") or 0,
    }


def weight_fields(values: Mapping[str, str]) -> list[WeightField]:
    """The weights with their words, and what is usual."""
    usual = Wishes().weights
    return [
        WeightField(
            name,
            say(f"wishes-weight-{name}"),
            say(f"wishes-weight-{name}-hint", usual=f"{getattr(usual, name):g}"),
            values[name],
        )
        for name in WEIGHTS
        if name in values
    ]


def with_faults(values: Mapping[str, Any], faults: Mapping[str, Message]) -> dict[str, Any]:
    """The fields with what is wrong with each weight."""
    weights = [replace(each, error=faults.get(f"weight_{each.name}", "")) for each in values["weights"]]
    return {**values, "weights": weights}


def is_said(form: Mapping[str, str]) -> bool:
    """Whether an address says anything of what is wished."""
    return any(name in form for name in (*TYPED, *TICKED, "kept", "kept_of", *(f"weight_{name}" for name in WEIGHTS)))


def is_unusual(values: Mapping[str, Any]) -> bool:
    """Whether anything that stays folded away was changed."""
    usual = shown(Wishes())
    names = UNDER_MORE & values.keys()
    return any(str(values[name]) != str(usual[name]) for name in names) or any(
        one.value != other.value
        for one, other in zip(values["weights"], usual["weights"], strict=True)
        if one.name != "moved" or values["stay"] == staying.BY_NUMBER
    )


def pairs(of: Wishes, **changed: float) -> list[tuple[str, str]]:
    """The wishes as names and values of a form; weights that are `changed` go by their names."""
    said = [(name, str(getattr(of, name))) for name in TYPED]
    said += [(name, "on") for name in ("keep_compounds", "grids_stay") if getattr(of, name)]
    said += [(name, each) for name in ("uncrossable", "balances") for each in getattr(of, name)]
    said += [("kept", code) for code in of.kept]
    if of.kept_of:
        said.append(("kept_of", str(of.kept_of)))
    weights = {each.name: changed.get(each.name, getattr(of.weights, each.name)) for each in fields(of.weights)}
    return said + [(f"weight_{name}", f"{value:g}") for name, value in weights.items()]


def query(of: Wishes, **changed: float) -> str:
    """The wishes as part of an address."""
    return urlencode(pairs(of, **changed))


def choices(amounts: Sequence[Known] = ()) -> dict[str, list[Choice]]:
    """What can be chosen in the form; `amounts` are those that the buildings have besides households."""
    return {
        "lines": [Choice(kind, say(f"wishes-line-{kind}")) for kind in LINES],
        "amounts": [
            Choice(
                each.name,
                named(each.name),
                say("amounts-of-all", buildings=each.buildings, total=round(each.total, 1)),
            )
            for each in amounts
        ],
        "counts": [
            Choice(count, say(f"districting-count-{slug}"), say(f"districting-count-{slug}-hint"))
            for count, slug in zip(COUNTS, ("lived-in", "dwellings"), strict=True)
        ],
        "stays": staying.choices(),
        "efforts": [Choice(effort, say(f"districting-effort-{effort}")) for effort in EFFORTS],
        "units": [
            Choice(unit, say(f"wishes-grid-unit-{unit}"), say(f"wishes-grid-unit-{unit}-hint")) for unit in UNITS
        ],
    }


def examples() -> list[tuple[Message, str]]:
    """Rules for grids that places have, each as part of an address."""
    return [(say(f"wishes-example-{slug}"), urlencode(values)) for slug, values in EXAMPLES]


def told(of: Wishes) -> list[Message]:
    """The wishes in words: bounds, wished sizes, weights other than the usual."""
    bounds = {name: getattr(of, name) for name in ("low", "high", "grid_low", "grid_high")}
    said = [say(f"wishes-told-{of.grid_unit}", **bounds)]
    if of.target:
        said.append(say("wishes-told-target", target=of.target))
    if of.grid_target:
        said.append(say("wishes-told-grid-target", target=of.grid_target))
    if of.kept:
        said.append(say("wishes-told-kept", count=len(of.kept)))
    if of.grids_stay:
        said.append(say("wishes-told-grids-stay"))
    said += [say("wishes-told-uncrossable", name=say(f"wishes-line-{kind}")) for kind in of.uncrossable]
    said += [say("wishes-told-balance", name=named(name)) for name in of.balances]
    usual = Wishes().weights
    for name in WEIGHTS:
        value = getattr(of.weights, name)
        if value != getattr(usual, name):
            said.append(say("wishes-told-weight", name=say(f"wishes-weight-{name}"), value=f"{value:g}"))
    return said
