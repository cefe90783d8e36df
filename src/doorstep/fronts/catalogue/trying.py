"""Try a draft before it binds anybody: its questions as a resident is asked them, and what words are taken for."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doorstep.cases.actions.classify import propose
from doorstep.cases.actions.learn import learnt
from doorstep.catalogue import queries
from doorstep.catalogue.actions import editing
from doorstep.catalogue.item import Catalogue
from doorstep.core.text import language, say
from doorstep.fronts import asked
from doorstep.fronts.catalogue.wording import for_keepers, sheet_title

LONGEST = 2000


@for_keepers
@require_safe
def preview(request: Any, name: str) -> HttpResponse:
    """The sheet's draft, or what is in force where there is none, and what a text would be taken for."""
    draft = editing.draft_of(name)
    said = draft.said if draft else queries.said_now(name, request.at)
    if not said or not name.startswith("items/"):
        raise Http404(name)
    everything = queries.with_draft(name, said, request.at)
    item, words = everything.item(name.removeprefix("items/")), asked.text(request.GET, "text", LONGEST)
    lang = language()
    page = {
        "name": name,
        "title": sheet_title(name, item.name),
        "is_draft": draft is not None,
        "item": item,
        "hint": item.hint.said(lang),
        "questions": [
            {
                "id": each.id,
                "kind": str(each.kind),
                "ask": each.ask.said(lang),
                "options": [(key, words.said(lang)) for key, words in each.options],
                "required": each.required,
                "only_if": _condition(item, each) if each.only_if else "",
            }
            for each in item.questions
        ],
        "text": words,
        "results": _results(words, everything, item.id) if words else [],
        "is_learnt": learnt(everything) is not None,
    }
    return render(request, "catalogue/try.html", page)


def _condition(item: Any, question: Any) -> Any:
    lang = language()
    earlier = next(each for each in item.questions if each.id == question.only_if.question)
    named = dict(earlier.options)
    answers = [named[each].said(lang) if each in named else each for each in question.only_if.answers]
    return say("catalogue-try-only-if", question=earlier.ask.said(lang), answers=" / ".join(answers))


def _results(words: str, everything: Catalogue, item: str) -> list[dict[str, Any]]:
    """What is in force says, and what would be said with the draft."""
    lang = language()
    found = [("now", propose(words))]
    known = learnt(everything)
    if known is not None:
        found.append(("then", propose(words, known=everything, learnt=known)))
    return [
        {
            "when": say(f"catalogue-try-{when}"),
            "item": each.item.name.said(lang) if each else "",
            "is_this": each is not None and each.item.id == item,
            "urgency": say(f"cases-urgency-{each.urgency}") if each else "",
            "because": each.because if each else say("catalogue-try-asked"),
        }
        for when, each in found
    ]
