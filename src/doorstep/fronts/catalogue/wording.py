"""How pages about the catalogue name things: places of a sheet, people, choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from doorstep.cases.queries import catalogue
from doorstep.catalogue import columns
from doorstep.catalogue.item import AnswerKind, Handler, Help, Kind, LegalChannel, Level, Sensitivity, Urgency
from doorstep.core.access import Role
from doorstep.core.text import Message, language, say, text
from doorstep.fronts.entering import for_roles
from doorstep.fronts.staff.frame import title_of
from doorstep.staff import queries as staff

for_keepers = for_roles(Role.COUNTY)
_OWN_NAMES = {"kind": "catalogue-place-question-kind"}


def place_of(key: str) -> str:
    """What a place of a sheet is called: `name_zh`, `question.depth.options`, `0202.retired`."""
    head, _, last = key.rpartition(".")
    usual = f"catalogue-place-{last.replace('_', '-')}"
    if head.startswith("question."):
        own = _OWN_NAMES.get(last, usual)
        return f"{text(say('catalogue-place-question'))} {head.removeprefix('question.')} · {text(say(own))}"
    if head.isdecimal():
        return f"{head} · {text(say(usual))}"
    return text(say(usual)) if key in PLACES else key


PLACES = frozenset(columns.ITEM)
_MIXED = frozenset({"words", "examples", "checks", "raise_critical", "raise_urgent", "options"})
_LISTED = ("words", "raise_critical", "raise_urgent", "who", "together_with", "neighbours")


def cell_of(key: str, cell: str) -> str:
    """What stands in a place, in words: closed lists are named, short lists stand on one line."""
    last = key.rpartition(".")[2]
    if last in _LISTED:
        return text(say("catalogue-comma")).join(_value(last, line) for line in cell.splitlines())
    return _value("question_kind" if last == "kind" and key.startswith("question.") else last, cell)


class Cell(NamedTuple):
    """One place as a page shows it, with the language of what stands there where it is not the reader's."""

    place: str
    before: str
    after: str
    lang: str


def shown_as(key: str, before: str, after: str = "") -> Cell:
    """A place with what stands there, and what would."""
    last = key.rpartition(".")[2]
    lang = {"zh": "zh-CN", "en": "en"}.get(last.rpartition("_")[2], "mul" if last in _MIXED else "")
    return Cell(place_of(key), cell_of(key, before), cell_of(key, after), lang)


def _value(place: str, value: str) -> str:
    """One value of a closed list by its name; all others as they are."""
    if not value:
        return ""
    if place in columns.FLAGS or place == "required":
        return text(say("catalogue-yes"))
    if place in ("who", "together_with"):
        level, _, department = value.partition(":")
        return (
            _department(department)
            if department
            else text(say(f"desk-level-{level}"))
            if level in set(Level)
            else value
        )
    if place == "class":
        known = catalogue().classes.get(value)
        return f"{value} {known.name.said(language())}" if known else value
    if place == "kind" and value in set(Kind):
        return catalogue().kinds[Kind(value)].said(language())
    kind, key = _CLOSED.get(place, (None, ""))
    return text(say(f"{key}-{value}")) if kind is not None and value in set(kind) else value


_CLOSED: Mapping[str, tuple[type[StrEnum], str]] = {
    "urgency": (Urgency, "cases-urgency"),
    "sensitivity": (Sensitivity, "catalogue-sensitivity"),
    "legal_channel": (LegalChannel, "catalogue-channel"),
    "extension_by": (Level, "desk-level"),
    "neighbours": (Help, "neighbours-help"),
    "question_kind": (AnswerKind, "catalogue-answer"),
}


def _department(code: str) -> str:
    known = catalogue().departments.get(code)
    return known.name.said(language()) if known else code


def people(posts: Iterable[int | None]) -> Mapping[int, Message | str]:
    """The titles of these posts, for a sentence about who did something."""
    known = staff.post_titles({post for post in posts if post is not None})
    return {post: title_of(kind, title) for post, (kind, title) in known.items()}


def sheet_title(name: str, title: Any) -> str:
    """The name of a sheet in the reader's language."""
    if name in ("limits", "departments", "dangers", "duties"):
        return text(say(f"catalogue-sheet-{name}"))
    return str(title.said(language()))


def class_choices(retired: bool = False) -> list[tuple[str, str]]:
    """The sub-classes that an item may belong to."""
    lang, classes = language(), catalogue().classes
    return [
        (code, f"{code} {classes[each.parent].name.said(lang)} · {each.name.said(lang)}")
        for code, each in sorted(classes.items())
        if each.parent and (retired or not each.retired)
    ]


def choices_of(kind: type[StrEnum], key: str, *, empty: bool = False) -> list[tuple[str, Message | str]]:
    """The values of a closed list, named."""
    named: list[tuple[str, Message | str]] = [(str(each), say(f"{key}-{each}")) for each in kind]
    return [("", say("catalogue-none")), *named] if empty else named


def form_choices() -> dict[str, Any]:
    """All closed lists of the form of an item."""
    lang = language()
    departments = sorted(catalogue().departments.values(), key=lambda each: each.name.said(lang))
    handlers: list[tuple[str, Message | str]] = [
        (str(Handler(level)), say(f"desk-level-{level}")) for level in Level if level is not Level.DEPARTMENT
    ]
    handlers += [(str(Handler(Level.DEPARTMENT, each.code)), each.name.said(lang)) for each in departments]
    kinds = catalogue().kinds
    return {
        "classes": class_choices(),
        "kinds": [(str(kind), kinds[kind].said(lang)) for kind in Kind],
        "urgencies": choices_of(Urgency, "cases-urgency"),
        "sensitivities": choices_of(Sensitivity, "catalogue-sensitivity"),
        "channels": choices_of(LegalChannel, "catalogue-channel", empty=True),
        "handlers": handlers,
        "helps": choices_of(Help, "neighbours-help"),
        "answer_kinds": choices_of(AnswerKind, "catalogue-answer"),
    }
