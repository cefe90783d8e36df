"""The report of one run: what was asked, what came of it, how good it is known to be, what to look at first.

The same as one page that needs nothing else, and as JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
import shapely

from doorstep.areas import names
from doorstep.areas.dividing import why
from doorstep.areas.rules.wishes import named
from doorstep.areas.writers.report_map import map_of
from doorstep.areas.writers.report_parts import (
    Html,
    Number,
    bands,
    bars,
    facts,
    figures,
    page,
    said,
    table,
    tag,
)
from doorstep.core.text import Message, say, text

MOST_FIRST: Final = 12
MOST_MOVES: Final = 400


@dataclass(frozen=True, eq=False)
class Report:
    """What is told of a run. `told` is the JSON; shapes are in metres, one for each of its pieces, grids and specials.

    told["pieces"]   name, code, grid, households, in_range, cost, parts, crosses, certificate
    told["special"]  name (empty where nobody gave one), number, code, households, buildings
    told["first"]    names of the pieces to look at first, with the keys of what is the matter
    """

    told: Mapping[str, Any]
    outlines: Sequence[shapely.Geometry]
    grids: Sequence[shapely.Geometry]
    ground: Mapping[str, Sequence[shapely.Geometry]] = field(default_factory=dict)
    special: Sequence[shapely.Geometry] = ()


def as_json(report: Report) -> bytes:
    """The report for programs."""
    return orjson.dumps(report.told, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS)


def first_to_look_at(pieces: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Out of range, in several parts, across barriers, then those that cost most; each once, with its matters."""
    found: dict[str, list[str]] = {}
    for matter, is_so in (
        ("outside", lambda each: not each["in_range"]),
        ("parts", lambda each: each["parts"] > 1),
        ("crosses", lambda each: each["crosses"] > 1),
    ):
        for each in pieces:
            if is_so(each):
                found.setdefault(each["name"], []).append(matter)
    dear = sorted((each for each in pieces if each["cost"] is not None), key=lambda each: -each["cost"])
    for each in dear[: max(3, MOST_FIRST - len(found))]:
        found.setdefault(each["name"], []).append("cost")
    return [{"name": name, "matters": matters} for name, matters in found.items()]


def as_html(report: Report) -> str:
    """The report for people, in the reader's language."""
    told = report.told
    title = text("report-title", place=told["place"]["name"])
    return page(title, [each for each in _sections(report, title) if each])


def _sections(report: Report, title: str) -> list[Html]:
    told = report.told
    return [
        tag("h1", title),
        tag("p", _made(told), klass="soft"),
        tag("p", say("parts-example-notice"), klass="alarm") if told["place"]["is_sample"] else Html(),
        figures(_figures(told)),
        map_of(told["pieces"], report.outlines, report.grids, report.ground, _special_named(report)),
        _section("report-first", _first(told)),
        _section("report-sizes", _sizes(told)),
        _section("amounts-shares", _shares(told["shares"])) if told.get("shares") else Html(),
        _section("report-proof", _proof(told)),
        _section("report-counts", _counts(told)) if told["counts"] else Html(),
        _section("report-moves", _moves(told)) if told["moves"] else Html(),
        _section("report-grids", _grids(told)),
        _special(told) if told.get("special") else Html(),
        _section("report-pieces", _pieces(told)),
        _section("report-settings", settings_of(told["settings"], told["made"])),
        tag("p", tag("small", say("report-odbl"))) if told["is_osm"] else Html(),
    ]


def _section(key: str, inside: Html) -> Html:
    return tag("section", tag("h2", say(key)), inside)


def _made(told: Mapping[str, Any]) -> Html:
    plan = told["plan"]
    named = say("districting-plan", number=plan["number"]) if plan else Html()
    words = [named, said(told["place"]["code"]), said(told["made"]["at"]), said(f"Doorstep {told['made']['version']}")]
    return Html(" · ".join(said(each) for each in words if each))


def _figures(told: Mapping[str, Any]) -> list[tuple[Message, str]]:
    kept = told["figures"]
    return [
        (say("districting-figure-microgrids"), f"{kept['microgrids']:,}"),
        (say("report-outside"), f"{kept['microgrids'] - kept['in_range']:,}"),
        (say("districting-figure-grids"), f"{kept['grids']:,}"),
        (say("districting-figure-households"), f"{kept['households']:,}"),
        (say("report-buildings"), f"{kept['buildings']:,}"),
        (say("report-estimated"), f"{kept['estimated']:,}"),
    ]


def _first(told: Mapping[str, Any]) -> Html:
    by_name = {each["name"]: each for each in told["pieces"]}
    rows = [
        (
            _link(each["name"]),
            Number(by_name[each["name"]]["households"], f"{by_name[each['name']]['households']:,}"),
            _cost(by_name[each["name"]]),
            Html(" ".join(tag("span", say(f"report-matter-{matter}"), klass="tag") for matter in each["matters"])),
            _list(_reasons(by_name[each["name"]])),
        )
        for each in told["first"]
    ]
    heads = ("report-piece", "districting-households-word", "report-cost", "report-matter", "report-reasons")
    return table([say(head) for head in heads], frozenset({1, 2}), rows)


def _link(name: str) -> Html:
    return tag("a", name, href=f"#m{name}")


def _cost(piece: Mapping[str, Any]) -> Number:
    return Number(piece["cost"] or 0.0, "" if piece["cost"] is None else f"{piece['cost']:.2f}")


def _reasons(piece: Mapping[str, Any]) -> list[Message]:
    own = why(piece["certificate"]) if piece["certificate"] else []
    crossed = {reason["kind"] for reason in (piece["certificate"] or {}).get("reasons", ())}
    if piece["crosses"] > 1 and "crosses-barrier" not in crossed:
        own.append(say("districting-reason-crosses-barrier", parts=piece["crosses"]))
    return own


def _list(words: Sequence[Message | str]) -> Html:
    return tag("ul", *(tag("li", each) for each in words)) if words else Html()


def _sizes(told: Mapping[str, Any]) -> Html:
    wished = told["settings"]
    return bars(bands([each["households"] for each in told["pieces"]], wished["low"], wished["high"]))


def _shares(shares: Sequence[Mapping[str, Any]]) -> Html:
    """How evenly the micro-grids share further amounts."""
    heads = [say(f"amounts-head-{name}") for name in ("name", "even", "least", "most")]
    rows = [[named(each["name"]), *(f"{each[name]:,.1f}" for name in ("even", "least", "most"))] for each in shares]
    return table(heads, frozenset({1, 2, 3}), rows)


def _proof(told: Mapping[str, Any]) -> Html:
    kept = told["assurance"]
    if kept is None:
        return tag("p", say("assured-none-not-asked"))
    percent = f"{-(-(kept['gap'] or 0.0) * 1000 // 1) / 10:.1f}"
    was_asked = told["settings"].get("effort") in ("certified", "proven")
    words = (
        say(f"assured-none-{'asked' if was_asked else 'not-asked'}")
        if kept["proof"] == "none"
        else say(f"assured-{kept['proof']}", percent=percent)
    )
    lines = [tag("p", words)]
    if kept["bound"] is not None:
        lines.append(tag("p", say("assured-figures", cost=f"{kept['cost']:.2f}", bound=f"{kept['bound']:.2f}")))
    if told["is_by_hand"]:
        lines.append(tag("p", say("assured-by-hand")))
    remarks = Counter(text(f"districting-reason-{each['kind']}", **each["facts"]) for each in told["remarks"])
    alike = [f"{words} ×{count}" if count > 1 else words for words, count in remarks.items()]
    return Html("".join([*lines, _list(alike)]))


def _counts(told: Mapping[str, Any]) -> Html:
    kept = told["counts"]
    rows = []
    for count in ("lived_in", "dwellings"):
        of = kept[count]
        days = of["last_on"] if of["first_on"] == of["last_on"] else f"{of['first_on']} – {of['last_on']}"
        bases = text("counts-and").join(text(f"counts-basis-{name}", count=many) for name, many in of["bases"].items())
        used = Html(" " + tag("span", say("counts-used"), klass="tag")) if kept["used"] == count else Html()
        rows.append(
            (
                Html(said(say(f"counts-{count}")) + used),
                Number(of["households"], f"{of['households']:,}"),
                bases,
                names.of_sources(of["sources"]),
                days,
            )
        )
    heads = ("counts-count", "districting-households-word", "counts-basis", "report-source", "report-day")
    return table([say(head) for head in heads], frozenset({1}), rows)


def _moves(told: Mapping[str, Any]) -> Html:
    moves = told["moves"]
    summary = tag("p", say("report-moved", moved=moves["moved"], of=moves["households"], arrived=moves["arrived"]))
    rows = [
        (
            _home(each),
            Number(each["households"], f"{each['households']:,}"),
            each["from"],
            each["to"],
            say(f"districting-moved-{each['kind']}", saves=f"{each['saves']:.2f}"),
        )
        for each in moves["rows"][:MOST_MOVES]
    ]
    heads = ("report-building", "districting-households-word", "report-from", "report-to", "report-why")
    more = len(moves["rows"]) - MOST_MOVES
    rest = tag("p", say("report-more", count=more), klass="soft") if more > 0 else Html()
    before = moves["before"]
    compared = say("report-compared", file=before) if isinstance(before, str) else say("report-in-force", number=before)
    summary = Html(summary + tag("p", compared, klass="soft"))
    return Html(summary + (table([say(head) for head in heads], frozenset({1}), rows) if rows else "") + rest)


def _home(each: Mapping[str, Any]) -> str:
    """A building, and the entrance and floors of it that move where the others do not."""
    part = names.of_part(each["entrance"], each["floor_from"], each["floor_to"])
    return " ".join([each["building"], *map(text, part)])


def _grids(told: Mapping[str, Any]) -> Html:
    rows = [
        (
            Number(each["number"], str(each["number"])),
            Number(each["microgrids"], str(each["microgrids"])),
            Number(each["households"], f"{each['households']:,}"),
            _list(why(each["certificate"])) if each["certificate"] else say("districting-figure-in-range"),
        )
        for each in told["grids"]
    ]
    heads = ("districting-grid-number", "districting-figure-microgrids", "districting-households-word", "report-range")
    return table([say(head) for head in heads], frozenset({0, 1, 2}), rows)


def _special_named(report: Report) -> list[tuple[str, shapely.Geometry]]:
    return list(zip(map(_special_name, report.told.get("special", ())), report.special, strict=True))


def _special_name(each: Mapping[str, Any]) -> str:
    return each["name"] or text("report-special", number=each["number"])


def _special(told: Mapping[str, Any]) -> Html:
    rows = [
        (
            _special_name(each),
            each["code"],
            Number(each["buildings"], f"{each['buildings']:,}"),
            Number(each["households"], f"{each['households']:,}"),
        )
        for each in told["special"]
    ]
    heads = ("special-name", "districting-code", "report-buildings", "districting-households-word")
    title = tag("h2", say("special-of-plan", count=len(rows)))
    return tag("section", title, table([say(head) for head in heads], frozenset({2, 3}), rows))


def _pieces(told: Mapping[str, Any]) -> Html:
    rows = [
        (
            Number(at, each["name"]),
            each["code"],
            Number(each["households"], f"{each['households']:,}"),
            _cost(each),
            say("districting-figure-in-range")
            if each["in_range"]
            else tag("span", say("report-outside"), klass="alarm"),
            _list(_reasons(each)),
        )
        for at, each in enumerate(told["pieces"])
    ]
    heads = ("report-piece", "districting-code", "districting-households-word", "report-cost", "report-range",
             "report-reasons")  # fmt: skip
    return table([say(head) for head in heads], frozenset({0, 2, 3}), rows)


def settings_of(wished: Mapping[str, Any], made: Mapping[str, Any]) -> Html:
    """What was wished, and with what it was made."""
    by_number = wished.get("grid_unit") == "microgrids"
    unit = text("report-unit-microgrids" if by_number else "districting-households-word")
    effort = wished.get("effort", "standard")
    pairs: list[tuple[Message, str | Message]] = [
        (say("districting-figure-microgrids"), text("report-bounds", low=wished["low"], high=wished["high"])),
        (
            say("districting-figure-grids"),
            f"{text('report-bounds', low=wished['grid_low'], high=wished['grid_high'])} ({unit})",
        ),
        (say("districting-count"), say(f"counts-{wished.get('count', 'lived_in')}")),
        (
            say("report-keep"),
            say("districting-export-yes" if wished.get("keep_compounds") else "districting-export-no"),
        ),
        *((say("wishes-uncrossable"), say(f"wishes-line-{kind}")) for kind in wished.get("uncrossable", ())),
        *((say("amounts-question"), named(name)) for name in wished.get("balances", ())),
        *([(say("wishes-grids-stay"), say("districting-export-yes"))] if wished.get("grids_stay") else []),
        (say("districting-effort"), say(f"report-effort-{effort}")),
        (say("report-seed"), str(wished.get("seed", 0))),
        *(
            (say(f"wishes-weight-{name}"), f"{value:g}")
            for name, value in sorted((wished.get("weights") or {}).items())
        ),
        *((say("report-version", name=name), version) for name, version in made["libraries"].items()),
    ]
    return facts(pairs)
