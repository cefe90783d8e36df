"""The report of many communities: a map of all, those to look at first with their own, and one row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import orjson
import shapely

from doorstep.areas.dividing import why
from doorstep.areas.writers.report import settings_of
from doorstep.areas.writers.report_map import legend, overview, small_map, state_of
from doorstep.areas.writers.report_parts import Html, Number, bands, bars, figures, page, said, table, tag
from doorstep.core.text import say, text

SUMMED: Final = ("buildings", "households", "estimated", "microgrids", "in_range", "grids", "grids_in_range")
MOST_FIRST: Final = 24
"""So many communities have a map of their own; the page stays small enough to be sent."""
LEAST_FIRST: Final = 6
MOST_ROWS: Final = 1000
MOST_REASONS: Final = 4
STATES: Final = ("fine", "half", "out")


class Drawn(NamedTuple):
    """The micro-grids of a community: name, grid, households, in_range, certificate; and a shape each, in metres."""

    pieces: Sequence[Mapping[str, Any]]
    outlines: Sequence[shapely.Geometry]


@dataclass(frozen=True, eq=False)
class AllReport:
    """`rows` are the figures of each community that was divided; `refused` says why the others were not.

    first      communities to look at first, with the keys of what is the matter, as `first_to_look_at` finds them
    drawn      the micro-grids of those
    outlines   by community, its ground in the metres of one plane
    of_file    the file that was divided; empty where the database was
    """

    made: Mapping[str, Any]
    settings: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    refused: Mapping[str, str]
    seconds: float
    first: Sequence[Mapping[str, Any]] = ()
    drawn: Mapping[str, Drawn] = field(default_factory=dict)
    outlines: Mapping[str, shapely.Geometry] = field(default_factory=dict)
    of_file: str = ""
    is_osm: bool = False


def as_json(report: AllReport) -> bytes:
    """The report for programs, in the order of the page; nothing is left out of it."""
    told = {
        "made": report.made,
        "settings": report.settings,
        "seconds": report.seconds,
        "totals": totals(report),
        "refused": dict(report.refused),
        "first": [{**each, "outside": _outside_of(report.drawn.get(each["community"]))} for each in report.first],
        "communities": worst_first(report.rows),
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS)


def _outside_of(drawn: Drawn | None) -> list[Mapping[str, Any]]:
    return [piece for piece in drawn.pieces if not piece["in_range"]] if drawn else []


def totals(report: AllReport) -> dict[str, int]:
    """The sums of all communities."""
    sums = {name: sum(int(row.get(name, 0)) for row in report.rows) for name in SUMMED}
    return {"communities": len(report.rows), "refused": len(report.refused), **sums}


def worst_first(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those with most micro-grids out of range, then with grids out of range, then those that cost most."""
    return sorted(
        rows,
        key=lambda row: (
            row["in_range"] - row["microgrids"],
            row["grids_in_range"] - row["grids"],
            -row["cost_per_piece"],
            row["community"],
        ),
    )


def first_to_look_at(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Communities with pieces out of range, the worst first, and, where those are few, some that cost most."""
    ordered = worst_first([row for row in rows if row["microgrids"]])
    wrong = [row for row in ordered if state_of(row) != "fine"][:MOST_FIRST]
    named = {row["community"]: _matters(row) for row in wrong}
    fine = [row for row in ordered if row["community"] not in named]
    for row in fine[: max(0, LEAST_FIRST - len(named))]:
        named[row["community"]] = ["cost"]
    return [{"community": community, "matters": matters} for community, matters in named.items()]


def _matters(row: Mapping[str, Any]) -> list[str]:
    return [
        *(["outside"] if row["in_range"] < row["microgrids"] else []),
        *(["grids"] if row["grids_in_range"] < row["grids"] else []),
    ]


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
            _overview(report),
            _first(report),
            _refused(report.refused),
            _rows(report),
            _sizes(report),
            Html(tag("h2", say("report-settings")) + settings_of(report.settings, report.made)),
            tag("p", tag("small", say("report-odbl"))) if report.is_osm else Html(),
        ],
    )  # fmt: skip


def _overview(report: AllReport) -> Html:
    """The map of all communities, what its colours mean, and who is not on it."""
    rows = [row for row in report.rows if row["community"] in report.outlines]
    if not rows:
        return Html()
    numbers = {each["community"]: number for number, each in enumerate(report.first, start=1)}
    states = [state_of(row) for row in rows]
    marks = [(f"c {state}", text(f"report-state-{state}", count=states.count(state))) for state in STATES]
    drawn = overview(rows, [report.outlines[row["community"]] for row in rows], numbers)
    absent = len(report.rows) - len(rows) + len(report.refused)
    missing = tag("p", say("report-not-on-map", count=absent), klass="soft") if absent else Html()
    return Html(legend(marks) + drawn + missing)


def _first(report: AllReport) -> Html:
    """A small map of each community to look at first, and how to come by those of the others."""
    if not report.first:
        return Html()
    by_name = {row["community"]: row for row in report.rows}
    cards = [
        _card(number, by_name[each["community"]], each["matters"], report.drawn.get(each["community"]))
        for number, each in enumerate(report.first, start=1)
    ]
    others = len(report.rows) - len(cards)
    lead = tag("p", say("report-first-lead", count=others)) if others else Html()
    file = f'"{report.of_file}" ' if report.of_file else ""
    command = tag("p", say("report-first-whole")) + tag("pre", text("report-one-command", file=file))
    return Html(tag("h2", say("report-first")) + tag("div", *cards, klass="cards") + lead + command)


def _card(number: int, row: Mapping[str, Any], matters: Sequence[str], drawn: Drawn | None) -> Html:
    tags = [tag("span", _matter(matter, row), klass="tag") for matter in matters]
    title = f"{number} · {_named(row)}"
    figures_ = say("report-card", households=row["households"], microgrids=row["microgrids"], grids=row["grids"])
    drawing = small_map(drawn.pieces, drawn.outlines, title) if drawn and len(drawn.outlines) else Html()
    inside = [tag("h3", title), tag("p", Html(" ".join(tags))), tag("p", figures_, klass="soft"), drawing]
    if wrong := _outside_of(drawn):
        inside.append(tag("ul", *(tag("li", _why(piece)) for piece in wrong[:MOST_REASONS])))
    if len(wrong) > MOST_REASONS:
        inside.append(tag("p", say("report-more", count=len(wrong) - MOST_REASONS), klass="soft"))
    return tag("section", *inside, id=f"c{number}")


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['name']} {row['community']}" if row.get("name") else str(row["community"])


def _matter(matter: str, row: Mapping[str, Any]) -> Any:
    if matter == "outside":
        return say("report-matter-microgrids", count=row["microgrids"] - row["in_range"])
    if matter == "grids":
        return say("report-matter-grids", count=row["grids"] - row["grids_in_range"])
    return say("report-matter-cost")


def _why(piece: Mapping[str, Any]) -> Html:
    reasons = [said(each) for each in why(piece["certificate"])] if piece["certificate"] else []
    return Html(" ".join([tag("b", piece["name"]), "<br>".join(reasons)]))


def _refused(refused: Mapping[str, str]) -> Html:
    if not refused:
        return Html()
    heads = [say("report-community"), say("report-reasons")]
    shown = [*refused.items()][:MOST_ROWS]
    more = len(refused) - len(shown)
    rest = tag("p", say("report-more", count=more), klass="soft") if more else Html()
    return Html(tag("h2", say("report-refused")) + table(heads, frozenset(), shown) + rest)


def _rows(report: AllReport) -> Html:
    shown = worst_first(report.rows)[:MOST_ROWS]
    rows = [
        (
            _named(row),
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
        for row in shown
    ]
    heads = ("report-community", "report-buildings", "districting-figure-households", "report-estimated",
             "districting-figure-microgrids", "report-outside", "districting-figure-grids", "report-outside",
             "report-cost", "report-gap", "report-seconds")  # fmt: skip
    more = len(report.rows) - len(shown)
    rest = tag("p", say("report-more", count=more), klass="soft") if more else Html()
    inside = table([say(head) for head in heads], frozenset(range(1, 11)), rows)
    return Html(tag("h2", say("report-communities")) + tag("p", say("report-all-lead")) + inside + rest)


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
