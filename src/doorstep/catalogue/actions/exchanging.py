"""Take a whole catalogue in from a workbook, a table or a folder of files: what would change first, then at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from doorstep.areas.readers.records import Finding, Findings
from doorstep.catalogue.actions.editing import EditRefused, moment_of, publish_all
from doorstep.catalogue.files import CatalogueRefused, assemble, shipped_folder
from doorstep.catalogue.kept import as_sheets, read_folder, shipped_lists
from doorstep.catalogue.queries import SHIPPED, edited_here, standing_sheets, title_of
from doorstep.catalogue.rules.comparing import Difference, differences
from doorstep.catalogue.rules.standing import lost, why_not
from doorstep.catalogue.sheets import Sheet
from doorstep.catalogue.workbook import Read, read_workbook, workbook
from doorstep.catalogue.written import files_of
from doorstep.core.access import Actor
from doorstep.core.text import Message, say

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """What a file would change of one sheet."""

    name: str
    said: Said
    is_new: bool
    differences: tuple[Difference, ...]

    @property
    def title(self) -> Any:
        """What the sheet is called."""
        return title_of(self.name, self.said)


class Left(NamedTuple):
    """What a file says otherwise of a sheet, and the place has said since: it stays as it is."""

    change: Change
    since: datetime


@dataclass(frozen=True)
class Trial:
    """What would change, and what stands against it; nothing was written."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    remarks: tuple[Finding, ...] = ()
    left: tuple[Left, ...] = ()

    @property
    def is_good(self) -> bool:
        return not self.findings


def try_shipped(*, at: datetime, overwrite: Collection[str] | None = ()) -> Trial:
    """What the catalogue of this version of Doorstep would change. What the place has edited is left as it is, except
    the sheets that `overwrite` names; None overwrites all."""
    edited = {} if overwrite is None else edited_here()
    unknown = sorted(set(overwrite) - read_folder().keys()) if overwrite else []
    if unknown:
        raise EditRefused(say("catalogue-overwrite-unknown", name=unknown[0]), say("catalogue-overwrite-unknown-try"))
    keeps = {name: since for name, since in edited.items() if name not in (overwrite or ())}
    return try_file(shipped(), at=at, keeps=keeps)


def try_file(path: Path, *, at: datetime, keeps: Mapping[str, datetime] | None = None) -> Trial:
    """What taking in this file or folder at that moment would change. A catalogue that could not stand is a finding.

    What is kept of the sheets named in `keeps` stays as it is since then.
    """
    stands = standing_sheets(at)
    read = _folder(path) if path.is_dir() else read_workbook(path, stands)
    problems = read.findings.problems
    would_change = tuple(
        Change(name, said, name not in stands, tuple(different))
        for name, said in sorted(read.sheets.items())
        if (different := differences(name, stands.get(name, {}), said))
    )
    changes = tuple(each for each in would_change if each.name not in (keeps or {}))
    left = tuple(Left(each, keeps[each.name]) for each in would_change if keeps and each.name in keeps)
    if not problems:
        problems = _against({**stands, **{each.name: each.said for each in changes}}, changes, stands, path.name)
        # A fault of a sheet is told by the row in which the file says it.
        problems = tuple(replace(each, row=read.rows.get(each.file, "")) for each in problems)
    return Trial(changes, problems, read.findings.remarks, left)


def take_in(trial: Trial, from_on: date | None, *, why: str, by: Actor, at: datetime) -> int:
    """Put all that would change in force from that day on, or nothing; how many sheets."""
    if not trial.is_good:
        raise EditRefused(say("catalogue-import-bad", count=len(trial.findings)), say("catalogue-import-bad-try"))
    from_at = moment_of(from_on, at)
    return publish_all({each.name: each.said for each in trial.changes}, from_at, why=why, by=by, at=at)


def _folder(path: Path) -> Read:
    written = [*path.glob("*.toml"), *path.glob("items/*.toml")]
    problems = []
    for file in written:
        try:
            sheet = Sheet.parse(str(file.relative_to(path)), file.read_text(encoding="utf-8"))
            problems += [_finding(fault.where, fault.message) for fault in sheet.faults]
        except UnicodeDecodeError:
            problems.append(_finding(file.name, say("catalogue-file-not-utf8")))
    if not written:
        problems.append(_finding(path.name, say("catalogue-no-files")))
    return Read({} if problems else read_folder(path), Findings(tuple(problems)))


def _against(
    whole: Mapping[str, Said], changes: tuple[Change, ...], stands: Mapping[str, Said], file: str
) -> tuple[Finding, ...]:
    gone = [no for each in changes if (no := lost(each.name, stands.get(each.name, {}), each.said)) is not None]
    if gone:
        return tuple(_finding(file, no) for no in gone)
    try:
        no = why_not(assemble(as_sheets(whole)))
    except CatalogueRefused as refused:
        return tuple(_finding(fault.where, fault.message) for fault in refused.faults)
    return () if no is None else (_finding(file, no),)


def _finding(where: str, what: Message) -> Finding:
    name, _, place = where.partition(":")
    return Finding(name, "", place, what)


def write(to: Path, *, at: datetime) -> int:
    """What is in force, as a workbook or as a folder of files like the shipped one; how many sheets."""
    sheets = standing_sheets(at)
    if to.suffix.lower() == ".xlsx":
        to.write_bytes(workbook(sheets))
        return len(sheets)
    (to / "items").mkdir(parents=True, exist_ok=True)
    for name, words in files_of(sheets, shipped_lists()).items():
        (to / name).write_text(words, encoding="utf-8")
    return len(sheets)


def shipped_why() -> str:
    """The reason under which what came with this version is kept: by it the next version knows it for its own."""
    return f"{SHIPPED}{metadata.version('doorstep')}"


def shipped() -> Path:
    """The folder of the files that this version of Doorstep came with."""
    return shipped_folder
