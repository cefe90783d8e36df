"""The page that checks a proof in the reader's own browser: one file that works saved, without us and any network.

It carries its words in both languages, its style and its script within itself; the policy lets these alone run.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Final

import orjson
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from doorstep.core.text import language, languages, text
from doorstep.fronts.entering import for_the_public, without_transaction

# The gaps stay in the sentences: the script fills them.
WORDS: Final[dict[str, tuple[str, ...]]] = {
    "proofs-check-title": (),
    "proofs-check-lead": (),
    "proofs-check-proof": (),
    "proofs-check-newer": (),
    "proofs-check-newer-hint": (),
    "proofs-check-key": (),
    "proofs-check-key-hint": (),
    "proofs-check-do": (),
    "proofs-check-offline": (),
    "proofs-check-holds": (),
    "proofs-check-holds-if": ("key",),
    "proofs-check-unsure": (),
    "proofs-check-no-key": (),
    "proofs-check-waits": (),
    "proofs-check-wrong": (),
    "proofs-check-no-rows": (),
    "proofs-check-out-of-turn": ("row",),
    "proofs-check-unreadable": (),
    "proofs-check-no-crypto": (),
    "proofs-check-no-ed25519": (),
    "proofs-check-none": (),
    "proofs-check-file-empty": ("name",),
    "proofs-check-file-page": ("name",),
    "proofs-check-file-cut": ("name",),
    "proofs-check-file-no-text": ("name",),
    "proofs-check-file-other": (),
    "proofs-check-doubled": ("name",),
    "proofs-check-no-text": (),
    "proofs-check-no-number": (),
    "proofs-check-no-moment": (),
    "proofs-check-hex": ("size",),
    "proofs-check-base64": (),
    "proofs-check-case": ("number",),
    "proofs-check-head": ("size", "at", "key"),
    "proofs-check-newer-head": ("size", "at", "key"),
    "proofs-check-row": ("row", "place"),
    "proofs-check-row-words": ("row", "place"),
    "proofs-check-row-waits": ("row",),
    "proofs-check-grown": (),
    "proofs-check-no-head": (),
    "proofs-check-no-note": (),
    "proofs-check-unknown-key": ("key",),
    "proofs-check-other-key": ("key",),
    "proofs-check-key-id": ("key",),
    "proofs-check-key-twice": ("key",),
    "proofs-check-copies": (),
    "proofs-check-other-case": ("number",),
    "proofs-check-foreign-row": ("row",),
    "proofs-check-other-log": ("origin",),
    "proofs-check-forged": ("key",),
    "proofs-check-retired": ("key", "at"),
    "proofs-check-not-after": ("row",),
    "proofs-check-salt": ("row", "size"),
    "proofs-check-reworded": ("row",),
    "proofs-check-not-in-log": ("row",),
    "proofs-check-other-size": ("first", "size"),
    "proofs-check-not-grown": (),
    "proofs-check-older": (),
    "proofs-check-no-newer": (),
    "proofs-check-new-key": ("key",),
}


@for_the_public
@without_transaction
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page, whole."""
    style, script = _file("proofs/check.css"), _file("proofs/check.js")
    given = {"style": mark_safe(style), "script": mark_safe(script), "words": mark_safe(_words()), "lang": language()}  # noqa: S308 - files of ours
    answer = render(request, "proofs/check.html", given)
    answer["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {_allowed(script)}; style-src {_allowed(style)}; img-src data:;"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return answer


@cache
def _file(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str)
    return Path(found).read_text(encoding="utf-8")


@cache
def _words() -> str:
    """The words of the page in both languages, as JSON that can stand inside a page."""
    said = {
        lang: {
            key.removeprefix("proofs-check-"): text(key, lang, **{gap: f"{{{gap}}}" for gap in gaps})
            for key, gaps in WORDS.items()
        }
        | {"other-language": text("parts-language-en" if lang == "zh" else "parts-language-zh", lang)}
        for lang in languages
    }
    return orjson.dumps(said).decode().replace("<", "\\u003c")


def _allowed(inline: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"
