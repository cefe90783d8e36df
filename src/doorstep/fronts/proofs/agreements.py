"""Whether the PDF of an agreement is as it was sealed: anybody brings one; it is read and thrown away."""

from __future__ import annotations

from datetime import datetime
from threading import Semaphore
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from doorstep.core import pades
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.fronts import limits
from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.mediation.actions import sealing

MEBIBYTE: Final = 1 << 20
MOST_BYTES: Final = 5 * MEBIBYTE
AT_ONCE: Final = 2
PATIENCE_S: Final = 20

_hands = Semaphore(AT_ONCE)


class FileRefused(Refusal):
    """There is no file, or none that can be read."""

    status = 422


class Busy(Refusal):
    """So many files are being read that this one would wait too long."""

    status = 503


class Verdict(NamedTuple):
    """What is said of a file, in which tone, and the facts that stand under it."""

    tone: str
    words: Message
    text: Message
    rows: list[tuple[Message, object]]
    sealed_at: datetime | None = None


@for_the_public
@without_transaction
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form; sent with a file, what its seal says."""
    at: datetime = request.at  # type: ignore[attr-defined]
    verdict, refused = None, None
    ours = sealing.certificates(at)
    if request.method == "POST":
        try:
            verdict = _verdict(_checked(request, ours))
        except Refusal as refusal:
            refused = refusal
    given = {
        "verdict": verdict,
        "refused": refused,
        "ours": [pades.name_of(each) for each in ours],
        "most": MOST_BYTES // MEBIBYTE,
    }
    return render(request, "proofs/agreement.html", given, status=getattr(refused, "status", 422) if refused else 200)


def _checked(request: HttpRequest, ours: list[bytes]) -> pades.Checked:
    limits.count_question(request)
    upload = request.FILES.get("file")
    if upload is None:
        raise FileRefused(say("seal-file-missing"), say("seal-file-missing-try"), "file")
    content = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise FileRefused(say("seal-file-large", most=MOST_BYTES // MEBIBYTE), say("seal-file-large-try"), "file")
    if not _hands.acquire(timeout=PATIENCE_S):
        raise Busy(say("seal-busy"), say("seal-busy-try"))
    try:
        found = pades.check_apart(content, *ours)
    finally:
        _hands.release()
    if not found.is_pdf:
        raise FileRefused(say("seal-no-pdf"), say("seal-no-pdf-try"), "file")
    return found


def _verdict(found: pades.Checked) -> Verdict:
    tone, key = _judged(found)
    told, text = say(f"seal-{key}"), say(f"seal-{key}-text")
    if not found.is_intact:
        # Whose certificate a seal carries that does not hold, anybody can have written.
        return Verdict(tone, told, text, [])
    name, fingerprint = pades.name_of(found.certificate)
    rows: list[tuple[Message, object]] = [
        (say("seal-certificate"), name),
        (say("seal-fingerprint"), fingerprint),
        (say("seal-ours"), say(f"seal-ours-{'yes' if found.is_ours else 'no'}")),
        (say("seal-stamp"), say(f"seal-stamp-{'yes' if found.has_time_stamp else 'no'}")),
    ]
    return Verdict(tone, told, text, rows, found.sealed_at)


def _judged(found: pades.Checked) -> tuple[str, str]:
    if not found.is_sealed:
        return "waiting", "none"
    if not found.is_intact:
        return "alarm", "changed"
    return ("done", "sound") if found.is_ours else ("waiting", "foreign")
