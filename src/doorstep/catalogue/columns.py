"""An item, a question, a class and the limits as flat cells: how a form and a workbook write what a file says.

Lists stand one a line. What a cell does not know of a sheet stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

Cells = Mapping[str, str]
Said = Mapping[str, Any]

TEXTS: Final = ("id", "class", "kind", "urgency", "sensitivity", "legal_channel", "extension_by")
NUMBERS: Final = ("courier",)
FLAGS: Final = ("public", "admitted", "retired")
NAMED: Final = ("name", "hint", "accept", "done", "proof")
LISTS: Final = ("who", "together_with", "neighbours", "words", "examples")
PROMISE: Final = ("first_contact", "finish")
STANDARDS: Final = {"gb39666": "GB/T 39666", "gb30428": "GB/T 30428.2"}
RAISES: Final = {"raise_critical": "critical", "raise_urgent": "urgent"}
YES: Final = "yes"
_YES_WORDS: Final = frozenset({"yes", "true", "1", "是", "√", "✓"})  # read, not shown
_OPTION: Final = re.compile(r"\s*[|｜]\s*")

ITEM: Final = (
    "id", "name_zh", "name_en", "class", "kind", "urgency", "admitted", "public", "sensitivity", "legal_channel",
    "who", "together_with", "neighbours", "first_contact", "finish", "extension_by", "raise_critical", "raise_urgent",
    "hint_zh", "hint_en", "accept_zh", "accept_en", "done_zh", "done_en", "proof_zh", "proof_en",
    *STANDARDS, "words", "examples", "checks", "courier", "retired",
)  # fmt: skip
QUESTION: Final = ("id", "kind", "ask_zh", "ask_en", "options", "only_if", "only_if_is", "required")
CLASS: Final = ("code", "name_zh", "name_en", "retired")


class Pair(NamedTuple):
    """Both languages of one text, as keys of the cells."""

    zh: str
    en: str


# Items ----------------------------------------------------------------------------------------------------------------


def item_cells(said: Said) -> dict[str, str]:
    """An item without its questions."""
    cells = {key: str(said.get(key, "")) for key in TEXTS}
    cells |= {key: str(said.get(key, "")) for key in NUMBERS}
    cells |= {key: YES if said.get(key) else "" for key in FLAGS}
    for key in NAMED:
        cells |= _named_cells(key, said.get(key, {}))
    cells |= {key: _lines(said.get(key, ())) for key in LISTS}
    cells |= {key: str(said.get("promise", {}).get(key, "")) for key in PROMISE}
    cells |= {column: str(said.get("standards", {}).get(key, "")) for column, key in STANDARDS.items()}
    words = {each["to"]: each["words"] for each in said.get("raise", ())}
    cells |= {column: _lines(words.get(to, ())) for column, to in RAISES.items()}
    cells["checks"] = _lines(f"{each['urgency']}: {each['text']}" for each in said.get("checks", ()))
    return cells


def item_said(cells: Cells, before: Said) -> dict[str, Any]:
    """What the file of the item would say; cells that are not given leave what was said `before`."""
    said = dict(before)
    for key in TEXTS:
        _put(said, cells, key, lambda cell: cell.strip())
    for key in NUMBERS:
        _put(said, cells, key, _number)
    for key in FLAGS:
        _put(said, cells, key, is_yes)
    for key in NAMED:
        _put_named(said, cells, key)
    for key in LISTS:
        _put(said, cells, key, lines)
    _put_table(said, cells, "promise", {key: key for key in PROMISE})
    _put_table(said, cells, "standards", STANDARDS)
    if RAISES.keys() & cells.keys():
        said["raise"] = _raises(cells, said.get("raise", ()))
    _put(said, cells, "checks", lambda cell: [_check(line) for line in lines(cell)])
    # A list that a file must have stays, even when it is empty.
    return {key: value for key, value in said.items() if value not in ("", False, {}, []) or key in ("who", "examples")}


def _number(cell: str) -> int | str:
    """As a file says it; what is no number stays as it was written, and is refused by its place."""
    written = cell.strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else written


def _raises(cells: Cells, before: Sequence[Said]) -> list[dict[str, Any]]:
    kept = [dict(each) for each in before if each["to"] not in RAISES.values()]
    told = [{"to": to, "words": lines(cells.get(column, ""))} for column, to in RAISES.items()]
    return [*(each for each in told if each["words"]), *kept]


def _check(line: str) -> dict[str, str]:
    urgency, _, text = line.partition(":")
    return {"text": text.strip(), "urgency": urgency.strip()}


# Questions ------------------------------------------------------------------------------------------------------------


def question_cells(said: Said) -> dict[str, str]:
    """One question of an item; its choices stand one a line as `id | zh | en`."""
    only_if = said.get("only_if", {})
    return {
        "id": str(said.get("id", "")),
        "kind": str(said.get("kind", "")),
        **_named_cells("ask", said.get("ask", {})),
        "options": _lines(f"{each['id']} | {each['zh']} | {each['en']}" for each in said.get("options", ())),
        "only_if": str(only_if.get("question", "")),
        "only_if_is": _lines(only_if.get("is", ())),
        "required": YES if said.get("required") else "",
    }


def question_said(cells: Cells) -> dict[str, Any]:
    """The same as a file says it."""
    said: dict[str, Any] = {"id": cells.get("id", "").strip(), "kind": cells.get("kind", "").strip()}
    _put_named(said, cells, "ask")
    if options := [_option(line) for line in lines(cells.get("options", ""))]:
        said["options"] = options
    if cells.get("only_if", "").strip():
        said["only_if"] = {"question": cells["only_if"].strip(), "is": lines(cells.get("only_if_is", ""))}
    if is_yes(cells.get("required", "")):
        said["required"] = True
    return said


def _option(line: str) -> dict[str, str]:
    parts = [*_OPTION.split(line.strip(), maxsplit=2), "", ""]
    return {"id": parts[0], "zh": parts[1], "en": parts[2]}


# Classes --------------------------------------------------------------------------------------------------------------


def class_cells(said: Said) -> list[dict[str, str]]:
    """A class, then its sub-classes."""
    head = {"code": said["code"], **_named_cells("name", said["name"]), "retired": YES if said.get("retired") else ""}
    subs = [
        {"code": sub["code"], **_named_cells("name", sub), "retired": YES if sub.get("retired") else ""}
        for sub in said.get("sub", ())
    ]
    return [head, *subs]


def class_said(rows: Sequence[Cells]) -> dict[str, Any]:
    """The same as a file says it: the first row is the class, the others are its sub-classes."""
    head, *subs = rows
    said: dict[str, Any] = {"code": head["code"].strip(), "name": _named_said(head, "name")}
    told = [{"code": sub["code"].strip(), **_named_said(sub, "name"), **_retired(sub)} for sub in subs]
    return {**said, **_retired(head), "sub": told}


def _retired(cells: Cells) -> dict[str, bool]:
    return {"retired": True} if is_yes(cells.get("retired", "")) else {}


# Limits ---------------------------------------------------------------------------------------------------------------


def limit_cells(said: Said, above: str = "") -> dict[str, str]:
    """Limits by their path: `urgent.finish` is 24 h."""
    cells: dict[str, str] = {}
    for key, value in said.items():
        if isinstance(value, Mapping):
            cells |= limit_cells(value, f"{above}{key}.")
        else:
            cells[f"{above}{key}"] = ", ".join(value) if isinstance(value, list | tuple) else str(value)
    return cells


def limits_said(cells: Cells, before: Said, above: str = "") -> dict[str, Any]:
    """The same as a file says it; each stays what it is: a number, a text or a list."""
    said: dict[str, Any] = {}
    for key, value in before.items():
        path = f"{above}{key}"
        if isinstance(value, Mapping):
            said[key] = limits_said(cells, value, f"{path}.")
        else:
            said[key] = _as_before(cells[path].strip(), value) if path in cells else value
    return said


def _as_before(cell: str, before: object) -> object:
    if isinstance(before, list | tuple):
        return [part.strip() for part in cell.split(",") if part.strip()]
    if isinstance(before, int):
        return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 9 else cell
    return cell


# Cells ----------------------------------------------------------------------------------------------------------------


def lines(cell: str) -> list[str]:
    """What stands on the lines of a cell, blank ones left out."""
    return [line.strip() for line in cell.splitlines() if line.strip()]


def is_yes(cell: str) -> bool:
    """Whether a cell is ticked."""
    return cell.strip().lower() in _YES_WORDS


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text.strip() for text in texts)


def _named_cells(key: str, named: Said) -> dict[str, str]:
    return {f"{key}_{lang}": str(named.get(lang, "")) for lang in ("zh", "en")}


def _named_said(cells: Cells, key: str) -> dict[str, str]:
    return {lang: cells.get(f"{key}_{lang}", "").strip() for lang in ("zh", "en")}


def _put(said: dict[str, Any], cells: Cells, key: str, read: Callable[[str], Any]) -> None:
    if key in cells:
        said[key] = read(cells[key])


def _put_named(said: dict[str, Any], cells: Cells, key: str) -> None:
    pair = Pair(f"{key}_zh", f"{key}_en")
    if pair.zh in cells or pair.en in cells:
        named = {
            **said.get(key, {}),
            **{lang: cells[name].strip() for lang, name in pair._asdict().items() if name in cells},
        }
        said[key] = named if any(named.values()) else {}


def _put_table(said: dict[str, Any], cells: Cells, key: str, columns: Mapping[str, str]) -> None:
    if columns.keys() & cells.keys():
        table = {
            **said.get(key, {}),
            **{name: cells[column].strip() for column, name in columns.items() if column in cells},
        }
        said[key] = {name: value for name, value in table.items() if value}
