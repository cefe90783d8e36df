"""Calling help for a person: what the page offers, and the report that it makes. Whoever stands there dials first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest

from doorstep.cases.actions.report import LONGEST_REPORT, Place, Report
from doorstep.cases.queries import catalogue
from doorstep.catalogue.item import Source
from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text
from doorstep.fronts import asked
from doorstep.fronts.once import new_form, report_key
from doorstep.fronts.parts import Choice

WHAT: Final = ("injured-person", "lost-person", "mental-support", "crime")
"""What it may be, the commonest first; one is chosen already, so that one button is enough."""


def what_in(answers: Mapping[str, str]) -> str:
    """What is the matter; the first where nothing that we know was said."""
    what = answers.get("item", "")
    return what if what in WHAT else WHAT[0]


def call_in(request: HttpRequest, place: Place) -> Report:
    """The call that was sent: what is the matter, and a word more where there was time for one."""
    item = what_in(request.POST)
    added = asked.text(request.POST, "words", LONGEST_REPORT - 100)
    return Report(
        words=f"{text('help-button')}：{text(f'help-what-{item}')}\n{added}".strip(),  # read, not shown
        place=place,
        item=item if item in catalogue().offered else "",
        source=str(Source.HALL),
        key=report_key(request),
    )


def page(answers: Mapping[str, str], refused: Refusal | None = None) -> dict[str, Any]:
    """What the form is drawn with."""
    return {
        "answers": answers,
        "form": answers.get("form") or new_form(),
        "refusal": refused,
        "things": [Choice(item, say(f"help-what-{item}")) for item in WHAT],
        "thing": answers.get("item") or WHAT[0],
        **({f"wrong_{refused.where}": refused.message} if refused and refused.where else {}),
    }
