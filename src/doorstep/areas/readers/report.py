"""Collecting what is wrong with a file while reading on."""

from __future__ import annotations

from typing import Final

from doorstep.areas.readers.records import Finding, Findings
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message

MOST_LISTED: Final = 1_000


class FileRefused(Refusal):
    """Nothing in the file can be read; a reader turns this into its one problem."""


class Report:
    """The problems and remarks of one file, in the order in which they were met."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: list[Finding] = []
        self._remarks: list[Finding] = []
        self._problem_count = self._remark_count = 0

    def problem(self, row: int | str, field: str, what: Message, try_this: Message | None = None) -> None:
        """This stops the import."""
        self._problem_count += 1
        if self._problem_count <= MOST_LISTED:
            self._problems.append(Finding(self.file, row, field, what, try_this))

    def remark(self, row: int | str, field: str, what: Message, try_this: Message | None = None) -> None:
        """This was repaired or left out, and the reader should know."""
        self._remark_count += 1
        if self._remark_count <= MOST_LISTED:
            self._remarks.append(Finding(self.file, row, field, what, try_this))

    def refuse(self, no: Refusal, row: int | str = "", field: str = "") -> None:
        """A problem that some rule has already put into words."""
        self.problem(row, field, no.message, no.try_this)

    def findings(self) -> Findings:
        """All of it."""
        return Findings(tuple(self._problems), tuple(self._remarks), self._problem_count, self._remark_count)
