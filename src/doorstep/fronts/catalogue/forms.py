"""What the forms of a sheet say, read into what its file would say; and a sheet laid out for its form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from doorstep.catalogue import columns
from doorstep.catalogue.item import Level
from doorstep.catalogue.sheets import Sheet
from doorstep.fronts import asked

MOST_QUESTIONS: Final = 12
SPARE_QUESTIONS: Final = 2
SPARE_SUBS: Final = 3
LONGEST: Final = 40_000
TICKED: Final = ("who", "together_with", "neighbours")
_LEVELS: Final = [str(level) for level in Level]

Said = Mapping[str, Any]


def said_in(form: Any, name: str, before: Said) -> dict[str, Any]:
    """What the form says of a sheet; `CatalogueRefused` and the like come later, when it is checked as a whole."""
    if name.startswith("items/"):
        return _item(form, name, before)
    if name.startswith("classes/"):
        return {**before, **_class(form, name)}
    if name == "limits":
        cells = {key: asked.line(form, key, 80) for key in columns.limit_cells(before)}
        return columns.limits_said(cells, before)
    sheet = Sheet.parse(name, asked.text(form, "toml", LONGEST))
    return {"toml": sheet.faults[0].message} if sheet.faults else dict(sheet.raw)


def _item(form: Any, name: str, before: Said) -> dict[str, Any]:
    cells = {key: asked.text(form, key, LONGEST) for key in columns.ITEM if key not in ("id", *TICKED)}
    cells["id"] = name.removeprefix("items/")
    for key in ("who", "together_with"):
        cells[key] = "\n".join(sorted(form.getlist(key), key=lambda each: _nearness(each, before.get(key, ()))))
    cells["neighbours"] = "\n".join(form.getlist("neighbours"))
    said = columns.item_said(cells, before)
    questions = [
        columns.question_said({key: asked.text(form, f"q{number}_{key}", 2000) for key in columns.QUESTION})
        for number in range(MOST_QUESTIONS)
        if asked.line(form, f"q{number}_id", 60)
    ]
    said.pop("question", None)
    return {**said, "question": questions} if questions else said


def _nearness(handler: str, before: Any) -> tuple[int, int, str]:
    """The nearest first; departments in the order in which they stood, new ones behind them."""
    level = handler.partition(":")[0]
    place = list(before).index(handler) if handler in before else len(before)
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS), place, handler


def _class(form: Any, name: str) -> dict[str, Any]:
    code = name.removeprefix("classes/")
    rows = [
        {key: asked.line(form, f"s{number}_{key}", 120) for key in columns.CLASS}
        for number in range(99)
        if asked.line(form, f"s{number}_code", 4)
    ]
    head = {key: asked.line(form, key, 120) for key in ("name_zh", "name_en", "retired")}
    return {"retired": False, **columns.class_said([{**head, "code": code}, *rows])}


def laid_out(name: str, said: Said) -> dict[str, Any]:
    """The sheet as its form is filled."""
    if name.startswith("items/"):
        questions = [columns.question_cells(each) for each in said.get("question", ())]
        spare = [dict.fromkeys(columns.QUESTION, "") for _ in range(SPARE_QUESTIONS)]
        return {
            "cells": {
                **columns.item_cells(said),
                "who": said.get("who", ()),
                "together_with": said.get("together_with", ()),
                "neighbours": said.get("neighbours", ()),
            },
            "questions": list(enumerate([*questions, *spare][:MOST_QUESTIONS])),
        }
    if name.startswith("classes/"):
        head, *subs = columns.class_cells(said) if said else [{}]
        return {"cells": head, "subs": list(enumerate([*subs, *[dict.fromkeys(columns.CLASS, "")] * SPARE_SUBS]))}
    return {"cells": columns.limit_cells(said) if name == "limits" else {}}
