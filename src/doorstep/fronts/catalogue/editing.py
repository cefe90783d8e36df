"""The forms in which a sheet is edited; what is saved is a draft that binds nobody yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from doorstep.catalogue import queries
from doorstep.catalogue.actions import editing
from doorstep.catalogue.files import CatalogueRefused
from doorstep.catalogue.written import to_toml
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say
from doorstep.fronts import asked
from doorstep.fronts.catalogue.forms import laid_out, said_in
from doorstep.fronts.catalogue.wording import for_keepers, form_choices, place_of, sheet_title
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Fault

FORMS = {
    "items": "catalogue/edit_item.html",
    "classes": "catalogue/edit_class.html",
    "limits": "catalogue/edit_limits.html",
}
NEW_ITEM: Mapping[str, Any] = {"kind": "report", "urgency": "ordinary", "who": ["community"], "examples": []}
_FIELDS = {
    "name": "name_zh", "hint": "hint_zh", "accept": "accept_zh", "done": "done_zh", "proof": "proof_zh",
    "promise": "first_contact", "raise": "raise_critical", "standards": "gb39666", "question": "q0_id",
}  # fmt: skip
"""In which field of the form a place of the sheet is written, where the two have different names."""


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Any, name: str) -> HttpResponse:
    """The draft of a sheet, or a first one after what is in force."""
    draft = editing.draft_of(name)
    said = draft.said if draft is not None else queries.said_now(name, request.at)
    if not said and not name.startswith("items/"):
        raise Http404(name)
    seen = editing.seen_of(name)
    if request.method != "POST":
        return _form(request, name, said or NEW_ITEM, seen, draft.why if draft else "")
    why = asked.line(request.POST, "why", editing.LONGEST_WHY)
    written = said_in(request.POST, name, said or NEW_ITEM)
    try:
        with transaction.atomic():
            given = asked.line(request.POST, "seen", 40)
            editing.save_draft(name, written, seen=given, why=why, by=request.actor, at=request.at)
    except Refusal as refused:
        overtaken = isinstance(refused, editing.SomebodyElseEdited)
        return _form(request, name, written, given if overtaken else seen, why, refused)
    return SeeOther(f"{reverse('desk-sheet', args=[name])}?told=saved")


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Any) -> HttpResponse:
    """A new item: first its id, which it keeps for ever."""
    written = asked.line(request.POST, "id", 60)
    if request.method != "POST":
        return render(request, "catalogue/new.html", {"written": ""})
    refused: Refusal = editing.EditRefused(say("catalogue-name-unfit"), say("catalogue-name-unfit-try"), "id")
    try:
        address = reverse("desk-sheet-edit", args=[f"items/{written}"])
        if not queries.versions_of(f"items/{written}"):
            return SeeOther(address)
        refused = editing.EditRefused(say("catalogue-id-taken", id=written), say("catalogue-id-taken-try"), "id")
    except NoReverseMatch:
        pass
    return render(request, "catalogue/new.html", {"written": written, "refused": refused}, status=422)


def _form(
    request: Any, name: str, said: Mapping[str, Any], seen: str, why: str, refused: Refusal | None = None
) -> HttpResponse:
    kind = name.partition("/")[0]
    page = {
        "name": name,
        "title": sheet_title(name, queries.title_of(name, said)),
        "seen": seen,
        "why": why,
        "refused": None if isinstance(refused, CatalogueRefused) else refused,
        "faults": _faults(refused),
        "is_new": not queries.versions_of(name),
        **_filled(request, name, said),
        **(form_choices() if kind == "items" else {}),
    }
    template = FORMS.get(kind, "catalogue/edit_toml.html")
    return render(request, template, page, status=getattr(refused, "status", 422) if refused else 200)


def _filled(request: Any, name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    if name in ("departments", "dangers", "duties"):
        return {"toml": asked.text(request.POST, "toml", 40_000) if request.method == "POST" else to_toml(said)}
    filled = laid_out(name, said)
    for _, cells in filled.get("questions", ()):
        cells["title"] = cells["ask_en"] if language() == "en" else cells["ask_zh"]
    if name == "limits":
        filled["limits"] = [(key, place_of(key), cell) for key, cell in filled["cells"].items()]
    return filled


def _faults(refused: Refusal | None) -> list[Fault]:
    if not isinstance(refused, CatalogueRefused):
        return []
    return [Fault(_field(fault.where.partition(":")[2]), fault.message) for fault in refused.faults]


def _field(path: str) -> str:
    """The field of the form in which this place of the sheet is written."""
    head, _, rest = path.partition(".")
    if head in ("name", "hint", "accept", "done", "proof") and rest in ("zh", "en"):
        return f"{head}_{rest}"
    if head == "promise" and rest:
        return rest
    return _FIELDS.get(head, path)
