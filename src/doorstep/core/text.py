"""Everything a person reads, in their own language.

The words live in `locale/<language>/<room>.ftl` (Fluent), the same keys in each language. Code speaks of them only as a
`Message`: a key and what fills its gaps. A stored message can therefore be read later in either language.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple, Union

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

languages: Final = ("zh", "en")
default_language: Final = "zh"
locale_folder: Final = Path(__file__).parent.parent / "locale"

Param = Union[str, int, float, "Message"]

_language: ContextVar[str] = ContextVar("language", default=default_language)
_log = logging.getLogger(__name__)
# Babel wants to know which Chinese and which English: digits are grouped and plurals chosen by it.
_regional: Final = {"zh": "zh_CN", "en": "en_GB"}


class Message(NamedTuple):
    """Something to say, not yet in any language. A param may be a message itself."""

    key: str
    params: Mapping[str, Param] = {}

    def __str__(self) -> str:
        return text(self)


class UnknownText(LookupError):
    """A key or a param that no `.ftl` file knows: a fault of ours, never of the reader."""


def say(key: str, /, **params: Param) -> Message:
    """The message of that key, with its gaps filled."""
    return Message(key, params)


def text(message: Message | str, /, lang: str | None = None, **params: Param) -> str:
    """The message in `lang`, or else in the language of whoever is being served.

    In development and tests an unknown key or a missing param raises `UnknownText`; in service the reader gets the key,
    and the log the fault.
    """
    if lang is None:
        lang = _language.get()
    key = message if isinstance(message, str) else message.key
    words = words_of(lang)
    plain = words.plain.get(key)
    if plain is not None:
        return plain
    if isinstance(message, Message):
        params = {**message.params, **params}
    return words.fill(key, params)


def language() -> str:
    """The language of whoever is being served here and now."""
    return _language.get()


@contextmanager
def use_language(lang: str) -> Iterator[None]:
    """Within it, `text` speaks this language."""
    if lang not in languages:
        raise ValueError(f"No such language: {lang!r}; there are {languages}.")
    before = _language.set(lang)
    try:
        yield
    finally:
        _language.reset(before)


def as_json(message: Message) -> dict[str, Any]:
    """The message as JSON keeps it; a message inside becomes an object inside."""
    params = {name: as_json(value) if isinstance(value, Message) else value for name, value in message.params.items()}
    return {"key": message.key, "params": params}


def from_json(kept: Mapping[str, Any]) -> Message:
    """The message that `as_json` kept."""
    params = {name: from_json(value) if isinstance(value, Mapping) else value for name, value in kept["params"].items()}
    return Message(kept["key"], params)


class Words:
    """All that can be said in one language: whole sentences ready to hand, the others to be filled."""

    def __init__(self, lang: str, folder: Path = locale_folder) -> None:
        self.lang = lang
        self.plain: dict[str, str] = {}
        self.homes: dict[str, Path] = {}
        self.entries: dict[str, ast.Message] = {}
        self._bundle = FluentBundle([_regional[lang]], use_isolating=False)
        for path in sorted((folder / lang).glob("*.ftl")):
            self._read(path)

    def _read(self, path: Path) -> None:
        resource = FluentResource(path.read_text(encoding="utf-8"))
        self._bundle.add_resource(resource)
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                raise ValueError(f"{path}: not Fluent: {(entry.content or '').strip()[:80]!r}")
            if isinstance(entry, ast.Message):
                self._keep(entry, path)

    def _keep(self, entry: ast.Message, path: Path) -> None:
        key = entry.id.name
        if key in self.homes:
            raise ValueError(f"{path}: {key} is already said in {self.homes[key].name}.")
        self.homes[key] = path
        self.entries[key] = entry
        if entry.value and all(isinstance(element, ast.TextElement) for element in entry.value.elements):
            self.plain[key] = self.fill(key, {})

    def fill(self, key: str, params: Mapping[str, Param]) -> str:
        """The sentence of that key with its gaps filled."""
        if key not in self.entries:
            return _gap(f"No text {key!r} in {self.lang}.", instead=key)
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            return _gap(f"The text {key!r} says nothing in {self.lang}.", instead=key)
        spoken = {
            name: text(value, self.lang) if isinstance(value, Message) else value for name, value in params.items()
        }
        sentence, faults = self._bundle.format_pattern(pattern, spoken)
        if faults:
            return _gap(f"{key!r} in {self.lang} with {sorted(params)}: {faults[0]!r}", instead=str(sentence))
        return str(sentence)

    def params(self, key: str) -> frozenset[str]:
        """The names of the gaps in the sentence of that key, and in those it is made of."""
        return frozenset(self._gaps_in(self.entries[key]))

    def _gaps_in(self, node: Any) -> Iterator[str]:
        if isinstance(node, ast.VariableReference):
            yield node.id.name
        elif isinstance(node, ast.MessageReference):
            yield from self._gaps_in(self.entries[node.id.name])
        elif isinstance(node, ast.BaseNode):
            yield from self._gaps_in(list(vars(node).values()))
        elif isinstance(node, list):
            for part in node:
                yield from self._gaps_in(part)


@cache
def words_of(lang: str) -> Words:
    """All that can be said in that language, read once."""
    return Words(lang)


def _gap(fault: str, *, instead: str) -> str:
    if _is_strict():
        raise UnknownText(fault)
    _log.error(fault)
    return instead


def _is_strict() -> bool:
    return os.environ.get("DOORSTEP_TESTING") == "1"
