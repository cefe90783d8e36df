"""The questions of an item as a page asks them; without scripts each says when it is meant to be answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doorstep.cases.asking import Asked
from doorstep.core.text import Message, language, say
from doorstep.fronts import asked

MOST = 40


def shown(found: Asked | None, written: Mapping[str, str], wrong: str = "") -> dict[str, Any] | None:
    """What the form needs; None where nothing is left to ask. `wrong` is the field that was refused."""
    if found is None:
        return None
    item, questions = found
    lang = language()
    by_id = {each.id: each for each in item.questions}
    here = {each.id for each in questions}
    rows = []
    for each in questions:
        depends = each.only_if if each.only_if is not None and each.only_if.question in here else None
        rows.append(
            {
                "field": f"answer_{each.id}",
                "id": each.id,
                "kind": str(each.kind),
                "ask": each.ask.said(lang),
                "options": _options(each, lang),
                "required": each.required,
                "value": asked.line(written, f"answer_{each.id}", 400),
                "is_wrong": wrong == f"answer_{each.id}",
                "only_if": _condition(by_id[depends.question], depends.answers, lang) if depends else "",
                "parent": f"answer_{depends.question}" if depends else "",
                "parent_is": " ".join(depends.answers) if depends else "",
            }
        )
    return {"item": item.id, "name": item.name.said(lang), "rows": rows}


def answers_in(form: Mapping[str, str]) -> dict[str, str]:
    """What was answered, by the ids of the questions."""
    fields = [name for name in form if name.startswith("answer_")][:MOST]
    return {name.removeprefix("answer_"): asked.line(form, name, 400) for name in fields}


def _options(question: Any, lang: str) -> list[tuple[str, Message | str]]:
    if question.kind == "yes-no":
        return [("yes", say("answers-yes")), ("no", say("answers-no"))]
    return [(key, words.said(lang)) for key, words in question.options]


def _condition(parent: Any, answers: tuple[str, ...], lang: str) -> Message:
    named = dict(_options(parent, lang))
    first, *others = [named.get(each, each) for each in answers]
    listed: Message | str = first
    for each in others:
        listed = say("answers-or", first=listed, second=each)
    return say("answers-only-if", question=parent.ask.said(lang), answers=listed)
