"""What two versions of a sheet say differently, place by place, in words that a person can read side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.catalogue.columns import class_cells, item_cells, limit_cells, question_cells


class Difference(NamedTuple):
    """One place: its key, and what stands there before and after. Of lists only the lines that came or went."""

    key: str
    before: str
    after: str


def differences(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The places in which `after` says something else; empty when both say the same."""
    old, new = (places(name, said) for said in (before, after))
    return [
        _narrowed(Difference(key, old.get(key, ""), new.get(key, "")))
        for key in [*old, *(key for key in new if key not in old)]
        if old.get(key, "") != new.get(key, "")
    ]


def places(name: str, said: Mapping[str, Any]) -> dict[str, str]:
    """What a sheet says, flat, in the order of a form."""
    if not said:
        return {}
    if name.startswith("items/"):
        cells = item_cells(said)
        for question in said.get("question", ()):
            cells |= {f"question.{question['id']}.{key}": cell for key, cell in question_cells(question).items()}
        return cells
    if name.startswith("classes/"):
        return {f"{row['code']}.{key}": cell for row in class_cells(said) for key, cell in row.items() if key != "code"}
    return limit_cells(said) if name == "limits" else _rows(said)


def _rows(said: Mapping[str, Any]) -> dict[str, str]:
    """Sheets that are lists of tables with an id: departments, dangers and duties."""
    cells: dict[str, str] = {}
    for key, value in said.items():
        if isinstance(value, Sequence) and value and isinstance(value[0], Mapping):
            for row in value:
                title = row.get("code") or row.get("id")
                cells |= {f"{key}.{title}.{name}": _text(cell) for name, cell in row.items()}
        else:
            cells[key] = _text(value)
    return cells


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return " / ".join(str(value[key]) for key in sorted(value, reverse=True))
    return "\n".join(map(_text, value)) if isinstance(value, list | tuple) else str(value)


def _narrowed(found: Difference) -> Difference:
    """Of two long lists the lines that differ."""
    before, after = found.before.splitlines(), found.after.splitlines()
    if len(before) < 4 and len(after) < 4:
        return found
    gone, come = [line for line in before if line not in after], [line for line in after if line not in before]
    return Difference(found.key, "\n".join(gone), "\n".join(come)) if gone or come else found
