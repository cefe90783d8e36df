"""Change a draft by hand: one page that works without scripts, and the same for the map on it.

The map sends the same forms and takes JSON: the panel beside it, drawn here, and what to change on the map.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import orjson
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from doorstep.areas import drafts, names, plans
from doorstep.areas.actions import by_hand as steps
from doorstep.areas.actions.by_hand import Asked, SomebodyWasFaster, StepRefused, Taken, WouldBeWorse
from doorstep.areas.drafts import AtomNow, Compared, Draft, PieceNow, TakenStep
from doorstep.core.geometry.geojson import feature_collection
from doorstep.core.ids import PlanId
from doorstep.core.text import Message, language, say
from doorstep.fronts import asked
from doorstep.fronts.districting.drawing import ground_layers
from doorstep.fronts.districting.places import crumbs, drawers, own_plan
from doorstep.fronts.parts import Figure
from doorstep.fronts.refusing import wants_json
from doorstep.fronts.staff.frame import title_of
from doorstep.staff import queries as staff

REFUSED = 409
KEEP = "keep"
ON_THE_MAP = {"microgrids": "draft", "atoms": "atoms"}
"""Layers of the map that know more of a draft than those of other plans."""


@drawers
@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: Any, plan: int) -> HttpResponse:
    """The draft as it stands, what was done to it, and the forms that do more."""
    found, place = own_plan(request, plan)
    if request.method != "POST":
        return _answer(request, found, place, _piece(request.GET), chosen=_atoms(request.GET))
    piece = _piece(request.POST)
    try:
        taken = _sent(request, plan)
    except StepRefused as refused:
        return _answer(request, _again(found), place, piece, chosen=_atoms(request.POST), refused=refused)
    shown = piece if taken is None or piece not in taken.gone else request.POST.get("to", "")
    if wants_json(request):
        return _answer(request, _again(found), place, shown, taken=taken)
    return redirect(f"{reverse('desk-plan-by-hand', args=[plan])}?piece={shown}#hand-panel")


def _again(found: plans.Plan) -> plans.Plan:
    """The plan as it is now: what was read before the step may have waited for somebody else's."""
    return plans.plan(found.pk) or found


def _sent(request: Any, plan: int) -> Taken | None:
    """Take the step that the form asks for, or write the reason down."""
    form = request.POST
    version = asked.number(form, "version") or 0
    if form.get("kind") == KEEP:
        steps.keep(PlanId(plan), version, asked.text(form, "reason"), by=request.actor, at=request.at)
        return None
    step = Asked(
        kind=form.get("kind", ""),
        version=version,
        atoms=_atoms(form),
        piece=_piece(form),
        to=form.get("to", ""),
        insist=form.get("insist") == "yes",
    )
    return steps.take(PlanId(plan), step, by=request.actor, at=request.at)


def _piece(form: Any) -> str:
    return asked.line(form, "piece", 17)


def _atoms(form: Any) -> tuple[int, ...]:
    return tuple(int(each) for each in form.getlist("atoms") if each.isascii() and each.isdigit() and len(each) < 8)


def _answer(
    request: Any,
    found: plans.Plan,
    place: plans.Divisible,
    piece: str,
    *,
    chosen: Sequence[int] = (),
    taken: Taken | None = None,
    refused: StepRefused | None = None,
) -> HttpResponse:
    draft = drafts.draft(found)
    context = _panel(request, draft, piece, chosen, refused) | {"just_done": taken is not None}
    status = REFUSED if refused else 200
    if wants_json(request):
        panel = render_to_string("districting/by_hand_panel.html", context, request)
        return JsonResponse({"version": draft.version, "panel": panel} | _on_map(draft, taken, refused), status=status)
    context |= {
        "community": place,
        "crumbs": crumbs(found, place, say("districting-hand-title")),
        "layers": ground_layers(found)
        | {layer: reverse("desk-plan-layer", args=[found.pk, kind]) for layer, kind in ON_THE_MAP.items()},
    }
    return render(request, "districting/by_hand.html", context, status=status)


def _on_map(draft: Draft, taken: Taken | None, refused: StepRefused | None) -> dict[str, Any]:
    """What the map is to change: the touched micro-grids, or all of it where somebody else was faster."""
    if taken is None:
        return {"is_old": isinstance(refused, SomebodyWasFaster)}
    shapes = feature_collection(drafts.outlines_now(draft, taken.touched))
    return {"touched": orjson.loads(shapes)["features"], "gone": taken.gone, "moved": taken.moved}


def _panel(request: Any, draft: Draft, code: str, chosen: Sequence[int], refused: StepRefused | None) -> dict[str, Any]:
    pieces = drafts.pieces_now(draft)
    by_code = {each.code: each for each in pieces}
    piece = by_code.get(code)
    states = [_state(each.parts, each.is_in_range, each.is_locked) for each in pieces]
    beside = draft.beside(code) if piece else []
    latest = drafts.latest(draft)
    return {
        "plan": draft.plan,
        "version": draft.version,
        "pieces": list(zip(pieces, states, strict=True)),
        "piece": piece,
        "state": _state(piece.parts, piece.is_in_range, piece.is_locked) if piece else "",
        "atoms": [(atom, _where(atom)) for atom in drafts.atoms_now(draft, code)] if piece else [],
        "neighbours": [by_code[each] for each in beside],
        "chosen": frozenset(chosen),
        "figures": _figures(drafts.compared(draft, pieces), pieces),
        "undo": _said(latest, draft.now.done[-1].seq) if draft.now.done else None,
        "redo": _said(latest, draft.now.undone[-1].seq) if draft.now.undone else None,
        "is_changed": draft.now.is_changed,
        "reason": draft.now.reason,
        "steps": _with_names(latest),
        "refused": refused,
        "worse": refused if isinstance(refused, WouldBeWorse) else None,
        "faster": _with_names(refused.steps) if isinstance(refused, SomebodyWasFaster) else [],
        "again": [(name, value) for name in ("kind", "piece", "to", "atoms") for value in request.POST.getlist(name)],
    }


def _state(parts: int, is_in_range: bool, is_locked: bool) -> str:
    """How a micro-grid stands, in the reader's language; most of forty stand alike."""
    return _state_in(language(), parts, is_in_range, is_locked)


@lru_cache(maxsize=64)
def _state_in(lang: str, parts: int, is_in_range: bool, is_locked: bool) -> str:
    told = {"parts": parts, "hangs_together": parts == 1, "is_in_range": is_in_range, "is_locked": is_locked}
    return render_to_string("districting/piece_state.html", {"each": told})


def _said(latest: Sequence[TakenStep], seq: int) -> Message | str:
    """What that step did; nothing where it is too long ago to be among the latest."""
    return next((step.said for step in latest if step.seq == seq), "")


def _with_names(taken: Sequence[TakenStep]) -> list[tuple[TakenStep, str | Message]]:
    titles = staff.post_titles({step.by_post for step in taken if step.by_post is not None})
    return [
        (step, title_of(*titles[step.by_post]) if step.by_post in titles else say("districting-hand-somebody"))
        for step in taken
    ]


def _where(atom: AtomNow) -> list[Message]:
    """Which part of its building an atom is."""
    return names.of_part(atom.entrance, atom.floor_from, atom.floor_to)


def _figures(now: Compared, pieces: Sequence[PieceNow]) -> list[Figure]:
    return [
        Figure(say("districting-hand-cost"), f"{now.cost:.2f}", note=_cost_note(now)),
        _beside_computed("districting-hand-outside", now.outside, now.drawn_outside),
        Figure(
            say("districting-hand-apart-word"),
            now.apart,
            note=say("districting-hand-state-good-parts") if not now.apart else say("districting-hand-state-bad-parts"),
            tone="alarm" if now.apart else "done",
        ),
        _beside_computed("districting-hand-cut", now.compounds_cut, now.drawn_compounds_cut),
        Figure(
            say("districting-hand-moved-households"),
            now.moved_households,
            note=say("districting-hand-moved-households-note"),
        ),
    ]


def _cost_note(now: Compared) -> Message:
    percent = now.more_percent
    if now.moved_households == 0:
        return say("districting-hand-same-as-computed")
    if percent == 0:
        return say("districting-hand-costs-alike")
    return say(f"districting-hand-costs-{'more' if percent > 0 else 'less'}", percent=abs(percent))


def _beside_computed(key: str, now: int, drawn: int) -> Figure:
    if now == drawn:
        note = say("districting-hand-as-many-as-computed")
    else:
        note = say(f"districting-hand-{'more' if now > drawn else 'less'}-than-computed", count=abs(now - drawn))
    return Figure(say(key), now, note=note, tone="waiting" if now > drawn else "done" if now < drawn else "quiet")
