"""What `doorstep divide` is told beforehand of one community, and what it tells afterwards of who moves."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import typer

from doorstep.areas.readers.beforehand import ATOMS, MOVED, Columns, read_columns, read_polygons, read_standing
from doorstep.areas.readers.records import Finding
from doorstep.areas.refused import refused
from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text

if TYPE_CHECKING:
    from doorstep.areas.readers import BuildingsFile, Feature
    from doorstep.areas.readers.records import Findings
    from doorstep.config.wanted import Wanted
    from doorstep.core.geometry.metres import Projection
    from doorstep.engines.districting import Buildings, DistrictingError, Division, Weights


OWN: Final = "own/"
MOST_GRIDS: Final = 999
NO_GROUP: Final = -1


class BeforehandRefused(Refusal):
    """What is said beforehand does not fit what is divided."""


@dataclass(frozen=True)
class Beforehand:
    """The plan in force and how much it weighs, special grids, and columns of the file of the buildings."""

    standing: Path | None = None
    moved: float = 1.0
    special: Path | None = None
    fixed: str | None = None
    balance: tuple[str, ...] = ()
    grids: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Those of the file of the buildings."""
        return (*self.groups, *self.balance)

    @property
    def groups(self) -> tuple[str, ...]:
        """Those that name groups of buildings."""
        return tuple(dict.fromkeys(each for each in (self.fixed, self.grids) if each))

    def refuse_for_many(self, *, is_file: bool) -> None:
        """Only one community is told such things; amounts in the database are those of each."""
        if self.standing or self.special or self.fixed or self.grids or (self.balance and is_file):
            raise BeforehandRefused(say("command-divide-beforehand-many"), say("command-divide-beforehand-many-try"))


@dataclass(frozen=True, eq=False)
class Told:
    """What goes to the engine, what was found in the files, and the rows of the special grids in theirs."""

    options: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Findings, ...] = ()
    special_rows: tuple[int, ...] = ()

    @property
    def is_good(self) -> bool:
        return not any(each.problem_count for each in self.findings)


def told(
    said: Beforehand, file: Path, read: BuildingsFile, buildings: Buildings, plane: Projection, weights: Weights
) -> Told:
    """Read all that was named; `weights` are those of somebody who knows of no plan in force."""
    options: dict[str, Any] = {"weights": weights}
    findings: list[Findings] = []
    rows: tuple[int, ...] = ()
    if said.columns:
        columns = read_columns(file, read, said.groups, said.balance)
        findings.append(columns.findings)
        options["fixed"] = columns.groups.get(said.fixed) if said.fixed else None
        options["given_grids"] = _numbered_from_one(columns, said.grids) if said.grids else None
        options["balances"] = dict(columns.amounts)
    if said.special:
        shapes = read_polygons(said.special, plane)
        findings.append(shapes.findings)
        options["special"], rows = shapes.shapes, tuple(shapes.rows)
    if said.standing:
        options["standing"], found = read_standing(said.standing, read, buildings, plane)
        options["weights"] = replace(weights, moved=weights.moved or said.moved)
        findings.append(found)
    return Told(options, tuple(findings), rows)


def _numbered_from_one(columns: Columns, name: str) -> Any:
    """The grids of a column by number: as it is written where all cells are numbers of grids, else in their order."""
    groups, cells = columns.groups.get(name), columns.cells.get(name, ())
    if groups is None:
        return None
    if all(cell.isascii() and cell.isdecimal() and 1 <= int(cell) <= MOST_GRIDS for cell in cells):
        numbers = np.array([*map(int, cells), NO_GROUP])
        return numbers[groups]
    return np.where(groups == NO_GROUP, NO_GROUP, groups + 1)


def lines_of(features: Iterable[Feature], plane: Projection, wanted: Wanted) -> dict[str, Any]:
    """What of a base map a micro-grid had better not cross, and what it may not."""
    barriers = [each for each in features if each.is_barrier]
    return {
        "barriers": [plane.flatten(each.shape) for each in barriers],
        "uncrossable": [plane.flatten(each.shape) for each in barriers if wanted.is_uncrossable(each)],
    }


def findings_of(
    error: DistrictingError, said: Beforehand, read: BuildingsFile, special_rows: tuple[int, ...]
) -> list[Finding]:
    """The rows of the files of which the engine speaks, one finding each; none where it speaks of no rows."""
    from doorstep.engines.districting.question import BadFixed
    from doorstep.engines.districting.special import BadSpecial

    what, try_this = refused(error)
    if isinstance(error, BadSpecial) and said.special:
        return [Finding(said.special.name, special_rows[row], "geometry", what, try_this) for row in error.rows]
    columns = {"given_grids": said.grids}
    field_name = getattr(error, "field", "")
    name = said.fixed if isinstance(error, BadFixed) else columns.get(field_name, field_name)
    rows = [read.buildings[row].row for row in error.rows if row < len(read.buildings)]
    return [Finding(read.file, row, name or "", what, try_this) for row in rows]


def moves_beforehand(said: Beforehand, division: Division, read: BuildingsFile, more: Told) -> dict[str, Any] | None:
    """Who comes elsewhere than in the plan in force, for the report; None where none was named."""
    from doorstep.areas.reporting import moves_told

    if said.standing is None:
        return None
    named = [each.name or each.address or each.source.removeprefix(OWN) for each in read.buildings]
    return moves_told(division, more.options["standing"], named, said.standing.name)


def write_atoms(file: Path, division: Division, read: BuildingsFile, community: str | None) -> None:
    """A table with one row an atom: where it belongs, and where it belonged when it has moved, and why."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow([*ATOMS, *MOVED])
        table.writerows(_rows(division, read, community))


def _rows(division: Division, read: BuildingsFile, community: str | None) -> Iterator[list[Any]]:
    atoms, moves = division.atoms, division.moves
    codes = division.microgrid_codes(community) if community else [""] * len(division.microgrids)
    before = zip(moves.from_grid.tolist(), moves.from_number.tolist(), moves.kind, strict=True)
    moved = {
        atom: [grid, number, kind.value] for atom, (grid, number, kind) in zip(moves.atom.tolist(), before, strict=True)
    }
    columns = (atoms.building, atoms.section, atoms.floor_from, atoms.floor_to, atoms.households, division.microgrid)
    for atom, (building, *figures, place) in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        piece = division.microgrids[place]
        numbers = [division.grids[piece.grid].number, piece.number, codes[place]]
        yield [read.buildings[building].source, *figures, *numbers, *moved.get(atom, ["", "", ""])]
    special_codes = division.special_codes(community) if community else [""] * len(division.special)
    for special, code in zip(division.special, special_codes, strict=True):
        for building in special.buildings.tolist():
            yield [read.buildings[building].source, 0, 0, 0, "", special.number, "", code, "", "", ""]


def write_stairwells(file: Path, division: Division, buildings: Buildings, read: BuildingsFile, most: int) -> None:
    """A table of the homes behind each entrance, in bands of floors with `most` households where that is not 0."""
    from doorstep.engines.districting import stairwells

    atoms, microgrid = stairwells(division, buildings, most)
    columns = (atoms.building, atoms.section, atoms.floor_from, atoms.floor_to, atoms.households, microgrid)
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow(["id", "entrance", "floor_from", "floor_to", "households", "grid", "microgrid"])
        for building, section, *rest, place in zip(*(column.tolist() for column in columns), strict=True):
            piece = division.microgrids[place]
            source = read.buildings[building].source
            table.writerow([source, section + 1, *rest, division.grids[piece.grid].number, piece.number])


def tell_shares(division: Division, buildings: Buildings, more: Told) -> None:
    """How evenly further amounts are shared, one line each."""
    from doorstep.areas.dividing import shares_told

    for share in shares_told(division, buildings, more.options.get("balances") or {}):
        figures = {name: f"{share[name]:,.1f}" for name in ("even", "least", "most")}
        typer.echo(text("amounts-shared", name=share["name"], **figures))


def tell_special(division: Division) -> None:
    """The special grids, one line each."""
    for special in division.special:
        typer.echo(
            text("command-divide-special-grid", number=special.number, buildings=len(special.buildings),
                 households=special.households)
        )  # fmt: skip


def tell_moves(division: Division) -> None:
    """How many households come elsewhere, by reason."""
    moves, homes = division.moves, division.atoms.households
    total = int(homes[moves.atom].sum())
    typer.echo(text("command-divide-moves", households=total, of=division.households))
    sums: dict[str, int] = {}
    for kind, atom in zip(moves.kind, moves.atom.tolist(), strict=True):
        sums[kind.value] = sums.get(kind.value, 0) + int(homes[atom])
    for name, count in sorted(sums.items(), key=lambda each: (-each[1], each[0])):
        typer.echo(f"  {text('districting-households', count=count)}: {text(f'districting-move-{name}')}")
