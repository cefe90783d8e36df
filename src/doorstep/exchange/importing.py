"""A hotline's file becomes cases, and each row is told what became of it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from doorstep.areas import queries as areas
from doorstep.areas.readers.formats import Limits
from doorstep.areas.readers.records import Finding
from doorstep.areas.readers.report import FileRefused
from doorstep.cases.actions.report import Place
from doorstep.cases.queries import catalogue
from doorstep.core.access import WORKER, Actor, acting_as, audit
from doorstep.core.cells import harmless
from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text
from doorstep.core.time.zone import local_date
from doorstep.exchange.actions import receiving
from doorstep.exchange.actions.partners import hotline_of
from doorstep.exchange.actions.receiving import NEW, OTHER, SAME, take_in
from doorstep.exchange.files import LIMITS, Read, Surroundings, read_orders
from doorstep.exchange.queries import Known

REFUSED: Final = "refused"
MOST_LISTED: Final = 200


class ImportRefused(Refusal):
    """Not this file, or not into this area."""


class Line(NamedTuple):
    """What became of one row: new, the same as before, other words under a known number, or refused."""

    row: int
    number: str
    came: str
    case: str
    findings: tuple[Finding, ...] = ()


@dataclass
class Brought:
    """A whole file: how many rows of each kind, and the first that somebody should look at."""

    counts: Counter[str] = field(default_factory=Counter)
    listed: list[Line] = field(default_factory=list)

    def add(self, line: Line) -> None:
        self.counts[line.came] += 1
        if (line.came in (REFUSED, OTHER) or line.findings) and len(self.listed) < MOST_LISTED:
            self.listed.append(line)

    def told(self) -> dict[str, int]:
        """The counts, for a sentence."""
        return {came: self.counts[came] for came in (NEW, SAME, OTHER, REFUSED)}


def bring_file(
    path: Path, org: int, *, by: Actor, at: datetime, most: int | None = None, name: str = "12345"
) -> Iterator[Line]:
    """The rows of a file, each with what became of it, in the order of the file and as it is read.

    Batches are written one by one: after a fall the same file goes on where it stood. With `most`, a longer file is
    refused before anything is taken.
    """
    partner = hotline_of(org, at=at, name=name)
    limits = LIMITS if most is None else replace(LIMITS, rows=most)
    reads = _whole(path, surroundings(org, partner, at), at, limits, is_small=most is not None)
    counts = Counter[str]()
    while batch := list(islice(reads, receiving.BATCH)):
        for line in _lines(partner, batch, at):
            counts[line.came] += 1
            yield line
    facts = {"partner": partner.name, **counts}
    with acting_as(by):
        audit.deed("imported-hotline", path.name, by=by, at=at, facts=facts)


def _whole(path: Path, around: Surroundings, at: datetime, limits: Limits, *, is_small: bool) -> Iterator[Read]:
    """What a file is refused for as a whole names the file."""
    try:
        reads = read_orders(path, around, at=at, limits=limits)
        yield from list(reads) if is_small else reads
    except FileRefused as no:
        raise ImportRefused(no.message, no.try_this, path.name) from no


def _lines(partner: Known, batch: list[Read], at: datetime) -> Iterator[Line]:
    orders = [read.order for read in batch if read.order is not None]
    taken = iter(take_in(partner, orders, at=at) if orders else [])
    for read in batch:
        if read.order is None:
            yield Line(read.row, read.number, REFUSED, "", read.findings)
        else:
            became = next(taken)
            yield Line(read.row, became.number, became.came, became.case, read.findings)


def surroundings(org: int, partner: Known, at: datetime) -> Surroundings:
    """What rows may name: the communities of this area, and the items of the catalogue."""
    today = local_date(at)
    with acting_as(WORKER):
        above = areas.above(org)
        assert above is not None
        inside = areas.communities_in(org, today)
    communities = {
        word: Place(community=each.pk, subdistrict=each.subdistrict_id, county=each.county_id)
        for each in inside
        for word in (each.name, each.code)
    }
    items = {word: item.id for item in catalogue().items.values() for word in (item.id, item.name.zh, item.name.en)}
    place = Place(community=above.community, subdistrict=above.subdistrict, county=above.county)
    return Surroundings(place, communities, items, partner.source)


def noted(lines: Iterator[Line], path: Path) -> Iterator[Line]:
    """The same lines, each written down in a CSV file on the way."""
    if path.exists():
        raise ImportRefused(say("exchange-export-exists", file=str(path)), say("exchange-export-exists-try"))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write: Callable[[list[str]], object] = csv.writer(file).writerow
        write([text(f"exchange-line-{column}") for column in ("row", "number", "came", "case", "what", "try")])
        for line in lines:
            write(cells(line))
            yield line


def cells(line: Line) -> list[str]:
    """One row of the report, harmless in a spreadsheet."""
    what = " ".join(" ".join(filter(None, (each.field, text(each.what)))) for each in line.findings)
    to_do = " ".join(text(each.try_this) for each in line.findings if each.try_this)
    if line.came == OTHER:
        what, to_do = text("exchange-line-other"), text("exchange-other-content-try")
    told = (line.number, text(f"exchange-came-{line.came}"), line.case, what, to_do)
    return [str(line.row), *(harmless(each) for each in told)]


def area_for(code: str | None, at: datetime) -> int:
    """The area with this code, or the only county that is served."""
    with acting_as(WORKER):
        found = areas.with_code(code, local_date(at)) if code else areas.home_county()
    if found is None:
        raise ImportRefused(say("exchange-no-area", code=code or ""), say("exchange-no-area-try"))
    return found
