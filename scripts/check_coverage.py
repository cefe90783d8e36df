"""Hold the measured coverage to its bars: `python scripts/check_coverage.py coverage.json`.

Lines and branches together, as coverage.py counts them. Every file under a bar of its group is named, so that whoever
is told knows where to look.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

WORST_NAMED = 15


class Bar(NamedTuple):
    """A group of files and the least part of them that has to have run, in percent."""

    words: str
    folder: str
    least: float

    def holds(self, path: str) -> bool:
        """Whether this file belongs to the group."""
        return not self.folder or self.folder in PurePosixPath(path).parts[:-1]


BARS = (Bar("rules", "rules", 95), Bar("actions", "actions", 95), Bar("engines", "engines", 95), Bar("overall", "", 90))


class Reached(NamedTuple):
    """How much of some files ran: lines and branches together."""

    ran: int
    of: int

    @property
    def percent(self) -> float:
        return 100 * self.ran / self.of if self.of else 100.0


def reached(summaries: Iterable[Mapping[str, Any]]) -> Reached:
    """What several files reached together."""
    rows = list(summaries)
    ran = sum(row["covered_lines"] + row["covered_branches"] for row in rows)
    return Reached(ran, sum(row["num_statements"] + row["num_branches"] for row in rows))


def faults(measured: Mapping[str, Any]) -> list[str]:
    """A sentence for each bar that was not reached; without a single file of a group the bar is not reached either."""
    files = {path: entry["summary"] for path, entry in measured["files"].items()}
    told = []
    for bar in BARS:
        group = {path: summary for path, summary in files.items() if bar.holds(path)}
        whole = reached(group.values())
        print(f"{bar.words:>8}: {whole.percent:6.2f}% of {whole.of} lines and branches (at least {bar.least}%)")
        if whole.percent < bar.least or not group:
            told.append(f"{bar.words}: {whole.percent:.2f}% is under {bar.least}%. {_worst(group)}")
    return told


def _worst(group: Mapping[str, Mapping[str, Any]]) -> str:
    """The files that lack most."""
    lacking = sorted(((reached([summary]), path) for path, summary in group.items()), key=lambda each: _lack(each[0]))
    return "".join(f"\n  {each.percent:6.2f}%  {path}" for each, path in lacking[:WORST_NAMED] if _lack(each))


def _lack(each: Reached) -> int:
    return each.ran - each.of


def main(path: str) -> int:
    measured = json.loads(Path(path).read_text(encoding="utf-8"))
    told = faults(measured)
    for fault in told:
        print(fault, file=sys.stderr)
    return 1 if told else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
