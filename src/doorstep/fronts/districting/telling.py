"""What a plan's report says of its proof and of the two counts of households, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from doorstep.areas import names, plans
from doorstep.areas.amounts import named
from doorstep.core.text import Message, say, text
from doorstep.fronts.parts import Words
from doorstep.fronts.templatetags.words import day

MOST_NAMED: Final = 12
TONES: Final = {"optimal": "done", "listed": "done", "bounded": "moving", "none": "quiet"}
BASES: Final = ("counted", "given", "estimated")


@dataclass(frozen=True)
class Assured:
    """How good a plan is known to be."""

    tone: str
    short: Message
    said: Message
    figures: Message | None
    by_hand: Message | None
    tighten: Message | None


def assured(plan: plans.Plan) -> Assured | None:
    """What is proven of a plan; None for one of an earlier release, which kept nothing of it."""
    kept = plan.report.get("assurance")
    if kept is None:
        return None
    proof = kept["proof"]
    was_asked = plan.settings.get("effort") in ("certified", "proven")
    none = "asked" if was_asked else "not-asked"
    percent = _percent(kept["gap"] or 0.0)
    return Assured(
        tone=TONES[proof],
        short=say(f"assured-short-{proof}"),
        said=say(f"assured-none-{none}") if proof == "none" else say(f"assured-{proof}", percent=percent),
        figures=_figures(kept),
        by_hand=say("assured-by-hand") if plans.was_changed_by_hand(plan.pk) else None,
        tighten=_tighten(plan, proof, was_asked),
    )


def shares(plan: plans.Plan) -> list[dict[str, Any]]:
    """How evenly further amounts are shared; nothing where a hand has changed the plan since."""
    kept = plan.report.get("shares") or []
    if not kept or plans.was_changed_by_hand(plan.pk):
        return []
    figures = ("even", "least", "most")
    return [{"name": named(each["name"]), **{name: f"{each[name]:,.1f}" for name in figures}} for each in kept]


def _percent(part: float) -> str:
    """In parts of a hundred, rounded up: a bound that is rounded down would claim too much."""
    tenths = -(-part * 1000 // 1)
    return f"{tenths / 10:.1f}"


def _figures(kept: Mapping[str, Any]) -> Message | None:
    if kept["bound"] is None:
        return None
    return say("assured-figures", cost=f"{kept['cost']:.2f}", bound=f"{kept['bound']:.2f}")


def _tighten(plan: plans.Plan, proof: str, was_asked: bool) -> Message | None:
    if proof == "optimal" or (proof == "none" and was_asked):
        return None
    if proof == "none":
        return say("assured-tighten-certified")
    if plan.settings["effort"] == "proven":
        return say("assured-tighten-no-further")
    return say("assured-tighten-proven", code=plan.community.code)


@dataclass(frozen=True)
class CountRow:
    """One of the two counts."""

    words: Message
    is_used: bool
    households: int
    basis: str
    source: Words


@dataclass(frozen=True)
class Counts:
    """Both counts, and what the other one would have said."""

    rows: list[CountRow]
    other: Message
    outside: Message | None


def counts(plan: plans.Plan) -> Counts | None:
    """The two counts of a plan; None for one of an earlier release."""
    kept = plan.report.get("counts")
    if kept is None:
        return None
    used, other = kept["used"], kept["other"]
    outside = kept["other_outside"]
    told = say(
        "counts-other",
        used=say(f"counts-{used}"),
        other=say(f"counts-{other}"),
        households=kept[other]["households"],
        used_households=kept[used]["households"],
        outside=len(outside),
        grids=len(kept["other_grids_outside"]),
        microgrids=plan.report["microgrids"],
    )
    return Counts([_row(count, kept, count == used) for count in (used, other)], told, _named(outside))


def _row(count: str, kept: Mapping[str, Any], is_used: bool) -> CountRow:
    figures = kept[count]
    bases = [text(f"counts-basis-{basis}", count=many) for basis in BASES if (many := figures["bases"].get(basis))]
    basis = text("counts-and").join(bases)
    return CountRow(say(f"counts-{count}"), is_used, figures["households"], basis, _source(figures))


def _source(figures: Mapping[str, Any]) -> Words:
    sources = names.of_sources(figures["sources"])
    first, last = figures["first_on"], figures["last_on"]
    if not last:
        return sources
    if first == last:
        return say("counts-source-on", source=sources, day=day(date.fromisoformat(last)))
    return say(
        "counts-source-between",
        source=sources,
        first=day(date.fromisoformat(first)),
        last=day(date.fromisoformat(last)),
    )


def _named(outside: Sequence[Mapping[str, Any]]) -> Message | None:
    """The first few micro-grids that would be out of range by the other count."""
    if not outside:
        return None
    said = [
        text("counts-piece", code=f"{int(each['code'][12:15])}-{int(each['code'][15:])}", households=each["households"])
        for each in outside[:MOST_NAMED]
    ]
    more = len(outside) - MOST_NAMED
    key = "counts-outside-more" if more > 0 else "counts-outside"
    return say(key, names=text("counts-and").join(said), more=max(0, more))
