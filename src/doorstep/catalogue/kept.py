"""Sheets of the catalogue as versions keep them, and which of them stand at a moment. Plain values, no database."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from doorstep.catalogue.files import shipped_folder
from doorstep.catalogue.sheets import Sheet

Said = Mapping[str, Any]

ITEMS: Final = "items/"
CLASSES: Final = "classes/"
WHOLE: Final = ("limits", "departments", "dangers", "duties")
"""Sheets that are one file each."""


class Kept(NamedTuple):
    """A published version."""

    id: int
    name: str
    said: Said
    from_at: datetime


def moments(rows: Iterable[Kept]) -> list[datetime]:
    """When anything came into force, in order."""
    return sorted({row.from_at for row in rows})


def standing(rows: Iterable[Kept], at: datetime) -> dict[str, Kept]:
    """Of each sheet the version that stands then: the last that came into force by it."""
    found: dict[str, Kept] = {}
    for row in sorted(rows, key=lambda row: (row.from_at, row.id)):
        if row.from_at <= at:
            found[row.name] = row
    return found


def read_folder(folder: Path = shipped_folder) -> dict[str, Said]:
    """What the files of a folder say, by the names of sheets: each class apart, so that two people can edit two."""
    return apart({str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in sorted(_files(folder))})


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in (*folder.glob("*.toml"), *folder.glob("items/*.toml")) if path.is_file())


def apart(written: Mapping[str, str]) -> dict[str, Said]:
    """The same of texts by file names; they are good TOML."""
    said = {name.removesuffix(".toml"): tomllib.loads(text) for name, text in written.items()}
    sheets: dict[str, Said] = {name: each for name, each in said.items() if name in WHOLE or name.startswith(ITEMS)}
    for row in said.get("classes", {}).get("class", ()):
        sheets[f"{CLASSES}{row['code']}"] = row
    return sheets


def as_sheets(said: Mapping[str, Said]) -> dict[str, Sheet]:
    """The files that these sheets make up.

    What a newer Doorstep asks of a whole sheet and the kept one does not say yet is as in the shipped file; the names
    of kinds and sources always are.
    """
    shipped = _shipped_whole()
    classes = [said[name] for name in sorted(said) if name.startswith(CLASSES)]
    lists = {**shipped["classes"], "class": classes}
    whole = {f"{name}.toml": Sheet(name, {**shipped[name], **said.get(name, {})}) for name in WHOLE}
    items = {f"{name}.toml": Sheet(name, each) for name, each in said.items() if name.startswith(ITEMS)}
    return {"classes.toml": Sheet("classes", lists), **whole, **items}


def shipped_lists() -> Said:
    """The names of kinds and sources, which no version holds."""
    return {key: value for key, value in _shipped_whole()["classes"].items() if key != "class"}


@lru_cache(maxsize=1)
def _shipped_whole() -> dict[str, Said]:
    names = ("classes", *WHOLE)
    return {name: tomllib.loads((shipped_folder / f"{name}.toml").read_text(encoding="utf-8")) for name in names}
