"""What can be asked for, as GeoReport tells it: the catalogue's items, and their questions as attributes."""

from __future__ import annotations

from typing import Any, Final

from doorstep.cases.published import is_public
from doorstep.cases.queries import catalogue
from doorstep.catalogue.item import AnswerKind, Catalogue, Item, Question
from doorstep.core.text import language, say, text
from doorstep.fronts.open311.entering import NotThere, Request, calls
from doorstep.fronts.open311.places import jurisdiction
from doorstep.fronts.open311.saying import Told

DATATYPES: Final = {
    AnswerKind.YES_NO: "singlevaluelist",
    AnswerKind.CHOICE: "singlevaluelist",
    AnswerKind.TEXT: "string",
    AnswerKind.NUMBER: "number",
    AnswerKind.DATE: "datetime",
}
YES_NO: Final = ("yes", "no")
_MOST_KEYWORDS: Final = 12


def list_services(request: Request) -> Told:
    """Every item on offer. One whose cases are not listed answers with a token, as a `batch` service does."""
    jurisdiction(request)
    return Told("services", _services(catalogue(), language()))


def show_service(request: Request, code: str) -> Told:
    jurisdiction(request)
    item = known_service(code)
    return Told(
        "service_definition",
        {
            "service_code": item.id,
            "attributes": [_attribute(item, nth, each) for nth, each in enumerate(item.questions, 1)],
        },
    )


def known_service(code: str) -> Item:
    """An item on offer, by its code."""
    found = catalogue().offered.get(code)
    if found is None:
        raise NotThere(say("georeport-no-service"), say("georeport-no-service-try"), "service_code")
    return found


def _services(known: Catalogue, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "service_code": item.id,
            "service_name": item.name.said(lang),
            "description": item.hint.said(lang),
            "metadata": bool(item.questions),
            "type": "realtime" if is_public(item.id) else "batch",
            "keywords": ",".join(_keywords(item, lang)),
            "group": known.classes[item.class_code[:2]].name.said(lang),
        }
        for item in known.offered.values()
    ]


def _keywords(item: Item, lang: str) -> list[str]:
    """What people call it, in the language that was asked for."""
    words = [word for word in item.words if word.isascii() == (lang == "en") and "," not in word]
    return words[:_MOST_KEYWORDS]


def _attribute(item: Item, nth: int, question: Question) -> dict[str, Any]:
    lang = language()
    told: dict[str, Any] = {
        "variable": True,
        "code": question.id,
        "datatype": DATATYPES[question.kind],
        # What depends on another answer is required only where that answer was given.
        "required": question.required and question.only_if is None,
        "datatype_description": _described(item, question),
        "order": nth,
        "description": question.ask.said(lang),
    }
    if values := _values(question):
        told["values"] = [{"key": key, "name": name} for key, name in values.items()]
    return told


def _values(question: Question) -> dict[str, str]:
    if question.kind is AnswerKind.YES_NO:
        return {key: text(f"answers-{key}") for key in YES_NO}
    return {key: name.said(language()) for key, name in question.options}


def _described(item: Item, question: Question) -> str | None:
    """When it is asked, where that depends on another answer; and how a day is written."""
    said = [text("georeport-a-day")] if question.kind is AnswerKind.DATE else []
    if question.only_if is not None:
        before = next(each for each in item.questions if each.id == question.only_if.question)
        names = _values(before)
        answers = [names.get(each, each) for each in question.only_if.answers]
        either = text("georeport-or").join(answers)
        said.append(text("georeport-only-if", question=before.ask.said(language()), answers=either))
    return " ".join(said) or None


services = calls(get=list_services)
service = calls(get=show_service)
