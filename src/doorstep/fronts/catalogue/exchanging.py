"""The catalogue as a workbook, out and in; before anything is taken in, what would change is shown."""

from __future__ import annotations

import base64
import binascii
import tempfile
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from doorstep.catalogue import queries
from doorstep.catalogue.actions import exchanging
from doorstep.catalogue.actions.editing import EditRefused
from doorstep.catalogue.workbook import MOST, workbook
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.catalogue.wording import for_keepers, sheet_title, shown_as
from doorstep.fronts.leading import SeeOther

ENDINGS = (".xlsx", ".xlsm", ".csv", ".txt", ".tsv")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_keepers
@require_safe
def export(request: Any) -> HttpResponse:
    """All that is in force, as one workbook."""
    name = f"catalogue-{timezone.localtime(request.at):%Y%m%d}.xlsx"
    return HttpResponse(
        workbook(queries.standing_sheets(request.at)),
        content_type=EXCEL,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: Any) -> HttpResponse:
    """First a file, and what it would change; then the same file again with a day, and it is done."""
    page: dict[str, Any] = {"today": local_date(request.at), "why": asked.line(request.POST, "why", 300)}
    if request.method != "POST":
        return render(request, "catalogue/import.html", page)
    try:
        kept, name = _sent(request)
        trial = _tried(kept, name, request.at)
        page |= _shown(trial) | {"tried": True, "kept": base64.b64encode(kept).decode(), "file_name": name}
        if "from_on" in request.POST:
            with transaction.atomic():
                from_on = asked.day(request.POST, "from_on")
                exchanging.take_in(trial, from_on, why=page["why"], by=request.actor, at=request.at)
            return SeeOther(f"{reverse('desk-catalogue')}?told=imported")
    except Refusal as refused:
        page["refused"] = refused
    return render(request, "catalogue/import.html", page, status=422 if "refused" in page or page["findings"] else 200)


def _sent(request: Any) -> tuple[bytes, str]:
    """The file that was chosen, or the one that was tried and is now to be taken in."""
    if upload := request.FILES.get("file"):
        if upload.size > MOST.file_bytes:
            raise EditRefused(
                say("catalogue-import-large", most=MOST.file_bytes // 2**20), say("areas-file-split"), "file"
            )
        return upload.read(), upload.name
    try:
        kept = base64.b64decode(request.POST.get("kept", ""), validate=True)
    except (binascii.Error, ValueError):
        kept = b""
    if not kept:
        raise EditRefused(say("areas-file-missing"), say("areas-file-missing-try"), "file")
    return kept, request.POST.get("file_name", "")


def _tried(kept: bytes, name: str, at: Any) -> exchanging.Trial:
    ending = next((each for each in ENDINGS if name.lower().endswith(each)), "")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"catalogue{ending}"
        file.write_bytes(kept)
        return exchanging.try_file(file, at=at)


def _shown(trial: exchanging.Trial) -> dict[str, Any]:
    changes = [] if trial.findings else trial.changes
    return {
        "findings": [str(each) for each in trial.findings],
        "remarks": [str(each) for each in trial.remarks],
        "sheets": [
            {
                "name": each.name,
                "title": sheet_title(each.name, each.title),
                "is_new": each.is_new,
                "changes": [shown_as(*one) for one in each.differences],
            }
            for each in changes
        ],
    }
