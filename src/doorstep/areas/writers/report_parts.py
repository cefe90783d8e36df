"""Parts of a report's page: every text is escaped here, once, and nowhere else."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files
from itertools import pairwise
from string import Template
from typing import Any, Final, NamedTuple

import numpy as np
import shapely

from doorstep.core.text import Message, language, text

Words = Message | str

# Sorts a table by the column whose head is pressed; numbers by their value, which stands in the cell.
SCRIPT: Final = """
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const falls = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falls ? "descending" : "ascending");
      const value = (row) => row.cells[column].dataset.v ?? row.cells[column].textContent;
      const rows = [...body.rows].sort((one, other) => {
        const a = value(one), b = value(other);
        return (head.classList.contains("n") ? a - b : a.localeCompare(b)) * (falls ? -1 : 1);
      });
      body.append(...rows);
    });
  });
}
"""

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    f"script-src 'sha256-{b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()}'"
)
"""What a browser may do with a report that a server shows: its own style, its own script, and nothing else."""


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


class Number(NamedTuple):
    """A cell that is sorted by its value."""

    value: float
    shown: str


def page(title: str, body: Iterable[Html]) -> str:
    """One whole page that needs nothing else."""
    frame = Template(files(__package__).joinpath("report.html").read_text(encoding="utf-8"))
    return frame.substitute(language=language(), title=escape(title), body="\n".join(body), script=SCRIPT)


def said(words: Words) -> Html:
    """Words in the reader's language, safe to stand in a page."""
    if isinstance(words, Html):
        return words
    return Html(escape(text(words) if isinstance(words, Message) else words))


def tag(name: str, *inside: Words, **attributes: str) -> Html:
    """An element; `klass` is its class."""
    named = {key.replace("klass", "class"): value for key, value in attributes.items()}
    written = "".join(f' {key}="{escape(value)}"' for key, value in named.items() if value)
    return Html(f"<{name}{written}>{''.join(said(each) for each in inside)}</{name}>")


def table(heads: Sequence[Words], numbers: frozenset[int], rows: Iterable[Sequence[Words | Number]]) -> Html:
    """A table that can be sorted; `numbers` are the columns of numbers."""
    head = tag(
        "tr", *(tag("th", each, scope="col", klass="n" if at in numbers else "") for at, each in enumerate(heads))
    )
    body = [tag("tr", *(_cell(cell, at in numbers) for at, cell in enumerate(row))) for row in rows]
    inside = tag("table", tag("thead", head), tag("tbody", *body), klass="sortable")
    return tag("div", inside, klass="wide")


def _cell(cell: Words | Number, is_number: bool) -> Html:
    if isinstance(cell, Number):
        return Html(f'<td class="n" data-v="{cell.value:g}">{escape(cell.shown)}</td>')
    return tag("td", cell, klass="n" if is_number else "")


def figures(pairs: Iterable[tuple[Words, str]]) -> Html:
    """Numbers worth a box."""
    return tag("div", *(tag("div", tag("b", value), words) for words, value in pairs), klass="figures")


def facts(pairs: Iterable[tuple[Words, Words]]) -> Html:
    """A list of what is what."""
    return tag("dl", *(Html(tag("dt", name) + tag("dd", value)) for name, value in pairs))


def bands(sizes: Sequence[int], low: int, high: int) -> list[tuple[str, int, bool]]:
    """How many pieces have how many households, in bands inside the bounds; the last ends with the bound."""
    top = max([high, *sizes]) + 1
    edges = sorted({0, low, *range(low, high, max(1, -(-(high - low) // 10))), high + 1, top})
    counted = [
        (start, end - 1, sum(start <= size < end for size in sizes)) for start, end in pairwise(edges) if end > start
    ]
    return [
        (f"{first}–{last}" if last > first else f"{first}", count, low <= first and last <= high)
        for first, last, count in counted
        if count or low <= first <= high
    ]


def bars(rows: Sequence[tuple[str, int, bool]]) -> Html:
    """A distribution as bars with their numbers beside them."""
    most = max([1, *(count for _, count, _ in rows)])
    return tag(
        "div",
        *(
            Html(
                f'<span>{escape(band)}</span><i class="{"" if is_inside else "out"}" '
                f'style="width:{100 * count / most:.1f}%"></i><span>{count:,}</span>'
            )
            for band, count, is_inside in rows
        ),
        klass="bars",
    )


class Sheet:
    """The plane of a map: metres in, whole units of a drawing out, north up."""

    def __init__(self, shapes: Sequence[shapely.Geometry], wide: int = 4000) -> None:
        left, bottom, right, top = shapely.total_bounds(np.array(shapes, dtype=object)).tolist()
        self.scale = wide / max(right - left, top - bottom, 1.0)
        margin = 0.02 * max(right - left, top - bottom)
        self._left, self._top = left - margin, top + margin
        self.width = round((right - left + 2 * margin) * self.scale)
        self.height = round((top - bottom + 2 * margin) * self.scale)

    def at(self, points: Any) -> Any:
        """Whole units of points in metres."""
        return np.round((np.asarray(points) - (self._left, self._top)) * (self.scale, -self.scale)).astype(int)

    def path(self, shapes: Iterable[shapely.Geometry]) -> str:
        """Lines and outlines as the data of an SVG path; corners that fall on one another are drawn once."""
        found = np.array(list(shapes), dtype=object)
        parts = shapely.get_parts(found) if len(found) else found
        is_area = shapely.get_dimensions(parts) == 2 if len(parts) else np.zeros(0, bool)
        closed = [self._line(ring, end="z") for ring in shapely.get_rings(parts[is_area])] if is_area.any() else []
        return "".join([*closed, *(self._line(line) for line in parts[~is_area])])

    def _line(self, line: shapely.Geometry, end: str = "") -> str:
        corners = self.at(shapely.get_coordinates(line))
        steps = np.diff(corners, axis=0)
        steps = steps[(steps != 0).any(axis=1)]
        if len(steps) == 0:
            return ""
        moves = " ".join(f"{x} {y}" for x, y in (steps[:-1] if end else steps).tolist())
        return f"M{corners[0][0]} {corners[0][1]}l{moves}{end}"
