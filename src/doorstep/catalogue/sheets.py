"""Reading a TOML file so that each fault names its line, and all faults are told at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from doorstep.catalogue.item import Named
from doorstep.core.text import Message, say
from doorstep.core.time.limits import Hours, Limit, NotALimit, parse_limit

Step = str | int
AnEnum = TypeVar("AnEnum", bound=StrEnum)
Anything = TypeVar("Anything")


class Fault(NamedTuple):
    """One thing that is wrong, and where."""

    where: str
    message: Message


@dataclass
class Sheet:
    """One file: what it says, on which line, and what is wrong with it.

    `written` is the text of the file; without it (a row kept in the database) faults name the keys alone.
    """

    name: str
    raw: Mapping[str, Any]
    written: str = ""
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def parse(cls, name: str, written: str) -> Sheet:
        """The sheet of that text; text that is no TOML becomes an empty sheet with one fault."""
        try:
            return cls(name, tomllib.loads(written), written)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            where = f"{name}:{line[1] if line else len(written.splitlines())}"
            return cls(name, {}, written, [Fault(where, say("catalogue-file-not-toml", said=str(error)))])

    @property
    def root(self) -> Row:
        return Row(self, (), self.raw)

    def fault(self, path: tuple[Step, ...], message: Message) -> None:
        self.faults.append(Fault(self.where(path), message))

    def where(self, path: tuple[Step, ...]) -> str:
        if self.written:
            return f"{self.name}:{line_of(self.written, path)}"
        return f"{self.name}:{'.'.join(str(step) for step in path)}"


@dataclass
class Row:
    """One table of a sheet. Whatever is asked for and is wrong is noted, and something harmless is given back."""

    sheet: Sheet
    path: tuple[Step, ...]
    raw: Mapping[str, Any]
    _asked: set[str] = field(default_factory=set)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._get(key, default)
        if isinstance(value, str) and (value.strip() or default is not None):
            return value.strip()
        return self._wrong(key, "catalogue-file-wants-text", "")

    def flag(self, key: str, default: bool = False) -> bool:
        value = self._get(key, default)
        return value if isinstance(value, bool) else self._wrong(key, "catalogue-file-wants-flag", default)

    def number(self, key: str) -> int:
        value = self._get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        return self._wrong(key, "catalogue-file-wants-number", 1)

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self._get(key, default)
        if isinstance(value, list | tuple) and all(isinstance(each, str) and each.strip() for each in value):
            return tuple(each.strip() for each in value)
        return self._wrong(key, "catalogue-file-wants-texts", ())

    def one_of(self, key: str, choices: type[AnEnum], default: AnEnum | None = None) -> AnEnum:
        value = self._get(key, default)
        if value in set(choices):
            return choices(value)
        self.fault(key, say("catalogue-file-not-a-choice", value=str(value), choices=", ".join(choices)))
        return next(iter(choices))

    def limit(self, key: str) -> Limit:
        written = self.text(key)
        try:
            return parse_limit(written)
        except NotALimit:
            self.fault(key, say("catalogue-file-not-a-limit", value=written))
            return Hours(1)

    def named(self, key: str) -> Named:
        """The text in both languages, written `{ zh = "…", en = "…" }`."""
        row = self.row(key)
        if row is None:
            return Named("", "")
        said = row.both()
        row.finish()
        return said

    def both(self) -> Named:
        return Named(self.text("zh"), self.text("en"))

    def row(self, key: str) -> Row | None:
        value = self._get(key)
        if isinstance(value, Mapping):
            return Row(self.sheet, (*self.path, key), value)
        return self._wrong(key, "catalogue-file-wants-table", None)

    def has(self, key: str) -> bool:
        return key in self.raw

    def rows(self, key: str) -> Iterator[Row]:
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            self._wrong(key, "catalogue-file-wants-tables", None)
            return
        for number, each in enumerate(value):
            yield Row(self.sheet, (*self.path, key, number), each)

    def fault(self, key: str, message: Message) -> None:
        self.sheet.fault((*self.path, key), message)

    def finish(self) -> None:
        """Note every key that nobody asked for: it is most likely a slip of the pen."""
        for key in self.raw.keys() - self._asked:
            self.fault(key, say("catalogue-file-unknown-key", key=key))

    def _get(self, key: str, default: Any = None) -> Any:
        self._asked.add(key)
        return self.raw.get(key, default)

    def _wrong(self, key: str, message: str, instead: Anything) -> Anything:
        self.fault(key, Message(message, {"key": key}))
        return instead


def line_of(written: str, path: tuple[Step, ...]) -> int:
    """The line (from 1) on which that key is written, or else the line of the table that should hold it.

    An array over several lines has one element on each.
    """
    lines = written.splitlines()
    line, inside = _header(lines, path)
    if inside:
        line = _key(lines, line, inside[0]) or line
        if len(inside) > 1 and isinstance(inside[1], int) and lines[line - 1].rstrip().endswith("["):
            line += 1 + inside[1]
    return max(line, 1)


def _header(lines: list[str], path: tuple[Step, ...]) -> tuple[int, tuple[Step, ...]]:
    """The line of the deepest `[table]` or `[[table]]` on the way, and what of the path lies inside it."""
    seen: dict[str, int] = {}
    best: tuple[int, tuple[Step, ...]] = (0, path)
    for number, line in enumerate(lines, start=1):
        match = re.match(r"\s*(\[\[?)\s*([\w.-]+)\s*\]", line)
        if not match:
            continue
        name = match[2]
        seen[name] = seen.get(name, -1) + 1
        step: tuple[Step, ...] = (name, seen[name]) if match[1] == "[[" else (name,)
        if path[: len(step)] == step:
            best = (number, path[len(step) :])
    return best


def _key(lines: list[str], after: int, key: Step) -> int | None:
    for number, line in enumerate(lines[after:], start=after + 1):
        if re.match(r"\s*\[\[?\s*[\w.-]+\s*\]", line):
            return None
        if re.match(rf'\s*"?{re.escape(str(key))}"?\s*=', line):
            return number
    return None
