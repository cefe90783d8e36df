"""What each weight costs on this community, and what is drawn apart: asked for, waited for, looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from doorstep.areas import plans, studies
from doorstep.areas.actions import studying
from doorstep.areas.actions.drawing import Wishes, wishes_of
from doorstep.core.text import Message, say
from doorstep.engines.districting.measuring import Trade, as_rows
from doorstep.fronts.districting import wishing
from doorstep.fronts.districting.places import drawers, own_community
from doorstep.fronts.parts import Place

LOOK_AGAIN_S: Final = 3
OWN_MEASURE: Final = {
    "compactness": "metres",
    "size": "off_target",
    "compound": "compound_cuts",
    "building": "building_cuts",
    "barrier": "crossings",
    "perimeter": "roundness",
    "moved": "moved",
    "balance": "uneven",
}
"""What a weight is there to better; one without a measure of its own is drawn by the ways people walk."""
WALK: Final = "metres"
DECIMALS: Final = {"metres": 1, "off_target": 1, "roundness": 2}


@dataclass(frozen=True)
class Cell:
    """A measure in words and digits; `is_best` where no other value of this weight has a better one."""

    value: str
    is_best: bool = False


@dataclass(frozen=True)
class Row:
    """One value of a weight: what came of it, and how to take it."""

    value: str
    is_own: bool
    cells: list[Cell]
    take: str


@dataclass(frozen=True)
class Line:
    """A small drawn line: a measure over the tried values, in a box of 100 × 40, and its lowest and highest value."""

    words: Message
    points: list[tuple[float, float]]
    first: str
    last: str
    lowest: str
    highest: str

    @property
    def path(self) -> str:
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True)
class Priced:
    """A weight with all that was tried."""

    name: str
    words: Message
    rows: list[Row]
    lines: list[Line]
    has_effect: bool


@drawers
@require_http_methods(["GET", "HEAD", "POST"])
def trades(request: Any, community: int) -> HttpResponse:
    """What each weight costs, for the wishes in the address; sent back as a form, it is worked out."""
    place = own_community(request, community)
    wished = wishing.wishes(request.GET if request.method != "POST" else request.POST)
    if request.method == "POST":
        studying.ask_for_trades(place.id, wished, by=request.actor, at=request.at)
        return redirect(f"{reverse('desk-districting-trades', args=[place.id])}?{wishing.query(wished)}")
    asked = studying.question_of_trades(place.id, wished)
    study = studies.trades_of(place.id, asked.mark)
    is_done = study is not None and study.state == "done"
    context = {
        "community": place,
        "told": wishing.told(wished),
        "fields": wishing.pairs(wished),
        "study": study,
        "failure": studies.failure(study) if study else None,
        "is_open": study is not None and study.state in studies.OPEN,
        "percent": round(100 * study.part) if study else 0,
        "busy": None if is_done else studies.open_in(place.id),
        "priced": _priced(place, wished, studies.found(study)) if study and is_done else [],
        "heads": _heads(studies.found(study)) if study and is_done else [],
        "back": f"{reverse('desk-districting-community', args=[place.id])}?{wishing.query(wished)}",
        "crumbs": _crumbs(place, say("trades-title")),
        "seconds": _seconds(request, study),
    }
    return _looked_at_again(render(request, "districting/trades.html", context), study)


@drawers
@require_safe
def study(request: Any, community: int, study: int) -> HttpResponse:
    """How far a draft has come that is drawn apart; the draft itself once it is there."""
    place = own_community(request, community)
    found = studies.study(study)
    if found is None or found.community_id != place.id:
        raise Http404
    wished = wishes_of(found.wishes)
    if found.kind == "trades":
        return redirect(f"{reverse('desk-districting-trades', args=[place.id])}?{wishing.query(wished)}")
    if found.plan_id is not None:
        return redirect("desk-plan", plan=found.plan_id)
    context = {
        "community": place,
        "study": found,
        "told": wishing.told(wished),
        "failure": studies.failure(found),
        "stage": say(f"districting-stage-{found.stage}") if found.stage else say("trades-waiting"),
        "back": f"{reverse('desk-districting-community', args=[place.id])}?{wishing.query(wished)}",
        "crumbs": _crumbs(place, say("trades-drawing-title")),
        "seconds": _seconds(request, found),
    }
    return _looked_at_again(render(request, "districting/study.html", context), found)


def _seconds(request: Any, study: studies.Study | None) -> int:
    """How long it has been worked on."""
    if study is None or study.began_at is None:
        return 0
    return max(0, int((request.at - study.began_at).total_seconds()))


def _looked_at_again(response: HttpResponse, study: studies.Study | None) -> HttpResponse:
    """A page that waits is fetched again by the browser, with scripts or without."""
    if study is not None and study.state in studies.OPEN:
        response["Refresh"] = str(LOOK_AGAIN_S)
    return response


def _crumbs(place: plans.Divisible, here: Message) -> list[Place]:
    return [
        Place(say("districting-title"), reverse("desk-districting")),
        Place(place.name, reverse("desk-districting-community", args=[place.id])),
        Place(here, here=True),
    ]


def _measured(found: Sequence[Trade]) -> list[str]:
    """The measures that have columns; nobody can move where no plan is in force."""
    names = [each.name for each in fields(found[0].measures)]
    return [
        name for name in names if name != "microgrids" and any(getattr(x.measures, name) is not None for x in found)
    ]


def _heads(found: Sequence[Trade]) -> list[Message]:
    return [say(f"trades-measure-{name}") for name in _measured(found)]


def _priced(place: plans.Divisible, wished: Wishes, found: Sequence[Trade]) -> list[Priced]:
    tried = {each.weight for each in found}
    measured = _measured(found)
    return [
        _weight(place, wished, name, as_rows(found, wished.weights, name), measured)
        for name in OWN_MEASURE
        if name in tried
    ]


def _weight(
    place: plans.Divisible, wished: Wishes, name: str, rows: Sequence[Trade], measured: Sequence[str]
) -> Priced:
    own = getattr(wished.weights, name)
    best = {each: _best(each, [_rounded(each, row) for row in rows]) for each in measured}
    address = reverse("desk-districting-community", args=[place.id])
    shown = [
        Row(
            value=f"{row.value:g}",
            is_own=row.value == own,
            cells=[_cell(row, each, best[each]) for each in measured],
            take=f"{address}?{wishing.query(wished, **{name: row.value})}#draw",
        )
        for row in rows
    ]
    lines = [_line(each, rows) for each in dict.fromkeys((OWN_MEASURE[name], WALK)) if each in measured]
    has_effect = any(row.measures != rows[0].measures for row in rows)
    return Priced(name, say(f"wishes-weight-{name}"), shown, lines, has_effect)


def _best(measure: str, values: Sequence[float]) -> float | None:
    """The best value, where they differ."""
    if len(set(values)) == 1:
        return None
    return max(values) if measure in ("roundness", "in_range") else min(values)


def _cell(row: Trade, measure: str, best: float | None) -> Cell:
    if measure == "in_range":
        return Cell(f"{row.measures.in_range}/{row.measures.microgrids}")
    value = _rounded(measure, row)
    return Cell(_digits(measure, value), value == best)


def _rounded(measure: str, row: Trade) -> float:
    """As it is shown: what looks the same is neither better nor a slope."""
    return round(float(getattr(row.measures, measure)), DECIMALS.get(measure, 0))


def _digits(measure: str, value: float) -> str:
    return f"{value:.{DECIMALS.get(measure, 0)}f}"


def _line(measure: str, rows: Sequence[Trade]) -> Line:
    """Values side by side at even steps, since each is twice the one before."""
    values = [_rounded(measure, row) for row in rows]
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    points = [(4 + 92 * at / (len(rows) - 1), 36 - 32 * (value - low) / span) for at, value in enumerate(values)]
    said = [_digits(measure, value) for value in (values[0], values[-1], low, high)]
    return Line(say(f"trades-measure-{measure}"), points, *said)
