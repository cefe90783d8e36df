"""A sheet written as the file of its name: TOML, in the order in which the shipped files say things."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

Said = Mapping[str, Any]

ORDER: Final = (
    "id", "code", "class", "kind", "urgency", "admitted", "public", "sensitivity", "legal_channel", "retired",
    "courier", "to", "name", "ask", "zh", "en", "hint", "who", "together_with", "neighbours", "extension_by", "promise",
    "accept", "done", "proof", "standards", "words", "examples", "checks", "options", "only_if", "required", "sub",
    "text",
)  # fmt: skip
_PLACE: Final = {key: place for place, key in enumerate(ORDER)}
TABLES: Final = frozenset({"class", "department", "danger", "kind", "source", "question", "raise", "post"})
"""Lists of tables that are written as `[[name]]`; others stand inside their line, one element below the other."""


def to_toml(said: Said) -> str:
    """The text of the file; reading it again gives the same."""
    lines = [
        f"{_key(key)} = {_value(said[key], at_top=True)}" for key in _sorted(said) if not _is_table(key, said[key])
    ]
    for key in _sorted(said):
        value = said[key]
        if _is_table(key, value):
            for row in value if isinstance(value, Sequence) else (value,):
                lines += ["", f"[[{_key(key)}]]" if isinstance(value, Sequence) else f"[{_key(key)}]"]
                lines += [f"{_key(name)} = {_value(row[name], at_top=True)}" for name in _sorted(row)]
    return "\n".join(lines).strip("\n") + "\n"


def files_of(sheets: Mapping[str, Said], lists: Said) -> dict[str, str]:
    """The texts of a whole folder by file names. `lists` holds what no version does: the names of kinds and sources."""
    classes = [sheets[name] for name in sorted(sheets) if name.startswith("classes/")]
    texts = {"classes.toml": to_toml({**lists, "class": classes})}
    return texts | {f"{name}.toml": to_toml(said) for name, said in sheets.items() if not name.startswith("classes/")}


def _is_table(key: str, value: object) -> bool:
    if isinstance(value, Mapping):
        # A table of plain values alone, such as a limit's; names and promises stay on their line.
        return key not in _PLACE
    return key in TABLES and isinstance(value, Sequence) and not isinstance(value, str) and bool(value)


def _sorted(said: Said) -> list[str]:
    return sorted(said, key=lambda key: _PLACE.get(key, len(ORDER)))


def _value(value: Any, at_top: bool = False) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _quoted(value)
        case Mapping():
            return (
                "{ " + ", ".join(f"{_key(key)} = {_value(value[key])}" for key in _sorted(value)) + " }"
                if value
                else "{}"
            )
        case list() | tuple():
            inside = [_value(each) for each in value]
            if at_top and len(inside) > 2:
                return "[\n" + "".join(f"  {each},\n" for each in inside) + "]"
            return f"[{', '.join(inside)}]"
    return str(value)


def _key(key: str) -> str:
    is_bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if is_bare else _quoted(key)


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which TOML wants escaped too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
