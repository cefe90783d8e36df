"""Which format a file has, told by its first bytes, and how much of it we are ready to read."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from doorstep.areas.readers.report import FileRefused
from doorstep.core.text import say


class Format(StrEnum):
    """A format that some reader knows; the value is what people call it."""

    CSV = "CSV"
    EXCEL = "Excel"
    OVERPASS = "Overpass JSON"
    PBF = "OSM PBF"
    GEOJSON = "GeoJSON"
    GEOPACKAGE = "GeoPackage"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read; a file that is larger is refused before it fills the memory."""

    file_bytes: int = 256 * 1024 * 1024
    unpacked_bytes: int = 768 * 1024 * 1024
    rows: int = 1_000_000
    corners: int = 100_000
    """Of one outline."""


USUAL: Final = Limits()


_ENDINGS: Final = {
    ".csv": {Format.CSV},
    ".txt": {Format.CSV},
    ".tsv": {Format.CSV},
    ".xlsx": {Format.EXCEL},
    ".xlsm": {Format.EXCEL},
    ".json": {Format.OVERPASS, Format.GEOJSON},
    ".geojson": {Format.GEOJSON},
    ".pbf": {Format.PBF},
    ".gpkg": {Format.GEOPACKAGE},
}
_USUAL_ENDING: Final = {
    Format.CSV: ".csv",
    Format.EXCEL: ".xlsx",
    Format.OVERPASS: ".json",
    Format.GEOJSON: ".geojson",
    Format.PBF: ".osm.pbf",
    Format.GEOPACKAGE: ".gpkg",
}
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_ELEMENTS: Final = re.compile(rb'"elements"\s*:\s*\[')
_ZIP_RATIO: Final = 200


def recognise(path: Path, known: frozenset[Format], limits: Limits) -> Format:
    """The format of the file, if its size, content and ending agree and it is one of the `known` ones; else refuses."""
    _refuse_size(path, limits)
    with path.open("rb") as file:
        head = file.read(4096)
    found = _by_content(head)
    if found is None or found not in known:
        raise FileRefused(
            say("areas-file-unknown-format"), say("areas-file-known-formats", formats=", ".join(sorted(known)))
        )
    if found not in _ENDINGS.get(path.suffix.lower(), set()):
        raise FileRefused(
            say("areas-file-wrong-ending", ending=path.suffix, format=found),
            say("areas-file-wrong-ending-try", ending=_USUAL_ENDING[found]),
        )
    if found is Format.EXCEL:
        _refuse_bomb(path, limits)
    return found


def _refuse_size(path: Path, limits: Limits) -> None:
    if not path.is_file():
        raise FileRefused(say("areas-file-missing"), say("areas-file-missing-try"))
    size = path.stat().st_size
    if size == 0:
        raise FileRefused(say("areas-file-empty"), say("areas-file-empty-try"))
    if size > limits.file_bytes:
        raise FileRefused(
            say("areas-file-too-large", size=size // 2**20, most=limits.file_bytes // 2**20), say("areas-file-split")
        )


def _by_content(head: bytes) -> Format | None:
    if head.startswith(b"PK\x03\x04"):
        return Format.EXCEL
    if head.startswith(b"SQLite format 3\0"):
        return Format.GEOPACKAGE
    if b"OSMHeader" in head[:32]:
        return Format.PBF
    if head.startswith(_OLD_EXCEL):
        raise FileRefused(say("areas-file-old-excel"), say("areas-file-old-excel-try"))
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[")):
        return Format.OVERPASS if _ELEMENTS.search(head) else Format.GEOJSON
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if text.startswith(b"<") or (b"\0" in head and not is_wide):
        return None
    return Format.CSV


def _refuse_bomb(path: Path, limits: Limits) -> None:
    """Look at a zip's own list of contents before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if not any(entry.filename == "xl/workbook.xml" for entry in entries):
                raise FileRefused(say("areas-file-not-excel"), say("areas-file-old-excel-try"))
            unpacked = sum(entry.file_size for entry in entries)
            packed = max(1, path.stat().st_size)
            if unpacked > limits.unpacked_bytes or (unpacked > 2**24 and unpacked / packed > _ZIP_RATIO):
                raise FileRefused(say("areas-file-bomb", size=unpacked // 2**20), say("areas-file-split"))
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(entry).read(1024):
                    raise FileRefused(say("areas-file-not-excel"), say("areas-file-old-excel-try"))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as broken:
        raise FileRefused(say("areas-file-broken", format=Format.EXCEL), say("areas-file-broken-try")) from broken
