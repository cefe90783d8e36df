"""The report of many communities: one row each, whatever needs a person first, with totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from doorstep.areas.writers.report_parts import Html, Number, bands, bars, figures, page, said, table, tag
from doorstep.core.text import say, text

SUMMED: Final = ("buildings", "households", "estimated", "microgrids", "in_range", "grids", "grids_in_range")


@dataclass(frozen=True)
class AllReport:
    """`rows` are the figures of each community that was divided; `refused` says why the others were not."""

    made: Mapping[str, Any]
    settings: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    refused: Mapping[str, str]
    seconds: float


def as_json(report: AllReport) -> bytes:
    """The report for programs, in the order of the page."""
    told = {
        "made": report.made,
        "settings": report.settings,
        "seconds": report.seconds,
        "totals": totals(report),
        "refused": dict(report.refused),
        "communities": worst_first(report.rows),
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2)


def totals(report: AllReport) -> dict[str, int]:
    """The sums of all communities."""
    sums = {name: sum(int(row.get(name, 0)) for row in report.rows) for name in SUMMED}
    return {"communities": len(report.rows), "refused": len(report.refused), **sums}


def worst_first(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those with most micro-grids out of range, then with grids out of range, then the slowest."""
    return sorted(
        rows,
        key=lambda row: (
            row["in_range"] - row["microgrids"],
            row["grids_in_range"] - row["grids"],
            -(row.get("seconds") or 0.0),
            row["community"],
        ),
    )


def as_html(report: AllReport) -> str:
    """The report for people, in the reader's language."""
    title = text("report-title-all")
    sums = totals(report)
    shown = [
        (say("report-communities"), f"{sums['communities']:,}"),
        (say("report-refused"), f"{sums['refused']:,}"),
        (say("districting-figure-microgrids"), f"{sums['microgrids']:,}"),
        (say("report-outside"), f"{sums['microgrids'] - sums['in_range']:,}"),
        (say("districting-figure-grids"), f"{sums['grids']:,}"),
        (say("districting-figure-households"), f"{sums['households']:,}"),
        (say("report-buildings"), f"{sums['buildings']:,}"),
        (say("report-seconds"), f"{report.seconds:,.1f}"),
    ]
    return page(
        title,
        [
            tag("h1", title),
            tag("p", Html(" · ".join(said(each) for each in (report.made["at"], f"Doorstep {report.made['version']}"))),
                klass="soft"),
            figures(shown),
            tag("p", say("report-all-lead")),
            _refused(report.refused),
            _rows(report),
            _sizes(report),
        ],
    )  # fmt: skip


def _refused(refused: Mapping[str, str]) -> Html:
    if not refused:
        return Html()
    heads = [say("report-community"), say("report-reasons")]
    return Html(tag("h2", say("report-refused")) + table(heads, frozenset(), refused.items()))


def _rows(report: AllReport) -> Html:
    rows = [
        (
            tag("span", row["community"]),
            _whole(row["buildings"]),
            _whole(row["households"]),
            _whole(row.get("estimated", 0)),
            _whole(row["microgrids"]),
            _outside(row["microgrids"] - row["in_range"]),
            _whole(row["grids"]),
            _outside(row["grids"] - row["grids_in_range"]),
            Number(row["cost_per_piece"], f"{row['cost_per_piece']:.3f}"),
            _gap(row.get("assurance")),
            _seconds(row.get("seconds")),
        )
        for row in worst_first(report.rows)
    ]
    heads = ("report-community", "report-buildings", "districting-figure-households", "report-estimated",
             "districting-figure-microgrids", "report-outside", "districting-figure-grids", "report-outside",
             "report-cost", "report-gap", "report-seconds")  # fmt: skip
    return Html(
        tag("h2", say("report-communities")) + table([say(head) for head in heads], frozenset(range(1, 11)), rows)
    )


def _whole(count: int) -> Number:
    return Number(count, f"{count:,}")


def _outside(count: int) -> Number:
    return Number(count, f"{count:,}" if count else "–")


def _gap(assurance: Mapping[str, Any] | None) -> Number:
    gap = assurance["gap"] if assurance else None
    return Number(9.0, "–") if gap is None else Number(gap, f"{-(-gap * 1000 // 1) / 10:.1f} %")


def _seconds(seconds: float | None) -> Number:
    return Number(0.0, text("report-reused")) if seconds is None else Number(seconds, f"{seconds:.2f}")


def _sizes(report: AllReport) -> Html:
    sizes = [size for row in report.rows for size in row.get("sizes", ())]
    if not sizes:
        return Html()
    wished = report.settings
    return Html(tag("h2", say("report-sizes")) + bars(bands(sizes, wished["low"], wished["high"])))
