"""What `doorstep divide` is told beforehand of one community, and what it tells afterwards of who moves."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from doorstep.areas.readers.beforehand import ATOMS, MOVED, read_columns, read_polygons, read_standing
from doorstep.areas.readers.records import Finding
from doorstep.areas.refused import refused
from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text

if TYPE_CHECKING:
    from doorstep.areas.readers import BuildingsFile
    from doorstep.areas.readers.records import Findings
    from doorstep.core.geometry.metres import Projection
    from doorstep.engines.districting import Buildings, DistrictingError, Division


OWN: Final = "own/"


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

    @property
    def columns(self) -> tuple[str, ...]:
        """Those of the file of the buildings."""
        return (self.fixed, *self.balance) if self.fixed else self.balance

    def refuse_for_many(self) -> None:
        """Only one community is told such things."""
        if self.standing or self.special or self.fixed or self.balance:
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


def told(said: Beforehand, file: Path, read: BuildingsFile, buildings: Buildings, plane: Projection) -> Told:
    """Read all that was named."""
    options: dict[str, Any] = {}
    findings: list[Findings] = []
    rows: tuple[int, ...] = ()
    if said.fixed or said.balance:
        groups = [said.fixed] if said.fixed else []
        columns = read_columns(file, read, groups, said.balance)
        findings.append(columns.findings)
        options["fixed"] = columns.groups.get(said.fixed) if said.fixed else None
        options["balances"] = dict(columns.amounts)
    if said.special:
        shapes = read_polygons(said.special, plane)
        findings.append(shapes.findings)
        options["special"], rows = shapes.shapes, tuple(shapes.rows)
    if said.standing:
        from doorstep.engines.districting import Weights

        options["standing"], found = read_standing(said.standing, read, buildings, plane)
        options["weights"] = Weights(moved=said.moved)
        findings.append(found)
    return Told(options, tuple(findings), rows)


def findings_of(
    error: DistrictingError, said: Beforehand, read: BuildingsFile, special_rows: tuple[int, ...]
) -> list[Finding]:
    """The rows of the files of which the engine speaks, one finding each; none where it speaks of no rows."""
    from doorstep.engines.districting.question import BadFixed
    from doorstep.engines.districting.special import BadSpecial

    what, try_this = refused(error)
    if isinstance(error, BadSpecial) and said.special:
        return [Finding(said.special.name, special_rows[row], "geometry", what, try_this) for row in error.rows]
    name = said.fixed if isinstance(error, BadFixed) else getattr(error, "field", "")
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
