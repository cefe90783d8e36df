"""Messages that people have labelled, from a table with the columns `text` and `label`."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from doorstep.areas.readers import tables
from doorstep.areas.readers.formats import USUAL, Format, recognise
from doorstep.areas.readers.records import Findings
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.core.text import say
from doorstep.engines.wording.grams import plain

_COLUMNS: Final = {  # read, not shown
    "text": ("words", "message", "内容", "文本", "诉求内容"),
    "label": ("class", "category", "类别", "标签", "分类"),
}
LONGEST_LABEL: Final = 60
FEWEST: Final = 2
"""Messages that a label needs, so that one can be told by the other."""


@dataclass(frozen=True)
class Labelled:
    """The messages that can be used; rows that cannot are left out, and `findings` names each of them."""

    file: str
    texts: tuple[str, ...]
    labels: tuple[str, ...]
    findings: Findings


def read_labelled(path: Path) -> Labelled:
    """One row a message: UTF-8 or GB18030, comma, semicolon or tab; also Excel. `FileRefused` if nothing can be read.

    A row without words or label, with words too many or an endless label, and one whose label stands there only once,
    is left out. Words that come twice are kept, and told of: with two labels they contradict each other.
    """
    report = Report(path.name)
    format_ = recognise(path, frozenset({Format.CSV, Format.EXCEL}), USUAL)
    rows: list[tuple[int, str, str]] = []
    for row in tables.rows(path, format_, _COLUMNS, report, USUAL):
        if missing := [field for field in _COLUMNS if field not in row.cells]:
            raise FileRefused(
                say("areas-columns-missing", columns=", ".join(missing)),
                say("areas-columns-missing-try", columns=", ".join(_COLUMNS)),
            )
        text, label = row.cells["text"], row.cells["label"]
        if not plain(text).strip():
            report.problem(row.number, "text", say("wording-row-without-text"))
        elif not 0 < len(label) <= LONGEST_LABEL:
            report.problem(row.number, "label", say("wording-row-without-label", most=LONGEST_LABEL))
        else:
            rows.append((row.number, text, label))
    kept = _with_company(rows, report)
    _tell_of_twins(kept, report)
    if len({label for _, _, label in kept}) < 2:
        raise FileRefused(say("wording-too-few-labels"), say("wording-too-few-labels-try"))
    return Labelled(
        path.name, tuple(text for _, text, _ in kept), tuple(label for _, _, label in kept), report.findings()
    )


def _with_company(rows: list[tuple[int, str, str]], report: Report) -> list[tuple[int, str, str]]:
    """The rows whose label stands in another row too."""
    count = Counter(label for _, _, label in rows)
    for number, _, label in rows:
        if count[label] < FEWEST:
            report.problem(number, "label", say("wording-row-alone", label=label))
    return [row for row in rows if count[row[2]] >= FEWEST]


def _tell_of_twins(rows: list[tuple[int, str, str]], report: Report) -> None:
    said: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, text, label in rows:
        said[plain(text)].append((number, label))
    for twins in said.values():
        if len({label for _, label in twins}) > 1:
            labels = ", ".join(sorted({label for _, label in twins}))
            report.remark(twins[0][0], "label", say("wording-row-contradicts", labels=labels))
    again = sum(len(twins) - 1 for twins in said.values())
    if again:
        report.remark("", "text", say("wording-rows-twice", count=again))
