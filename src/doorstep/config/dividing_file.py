"""`doorstep divide FILE`: the buildings of one file, divided into a folder of results, without a database."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import typer

from doorstep.config import reporting, results
from doorstep.config.beforehand import (
    Beforehand,
    Told,
    findings_of,
    lines_of,
    moves_beforehand,
    tell_moves,
    tell_shares,
    tell_special,
    told,
    write_atoms,
    write_stairwells,
)
from doorstep.config.opening import progress
from doorstep.config.wanted import Wanted
from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text

if TYPE_CHECKING:
    from doorstep.areas.readers import BuildingsFile
    from doorstep.areas.readers.records import BaseMapFile, Findings
    from doorstep.core.geometry.metres import Projection
    from doorstep.engines.districting import Buildings, Division


class DivideRefused(Refusal):
    """It cannot be divided like this."""


# About how far the work has come when each stage of the engine begins.
STAGES: Final = {"warming-up": 0.05, "atoms": 0.2, "microgrids": 0.3, "relief": 0.6, "proof": 0.75, "grids": 0.85,
                 "polygons": 0.9}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """The files of one division, read: `asked` is None where something in them has to be mended first."""

    read: BuildingsFile
    features: BaseMapFile | None
    findings: Sequence[Findings]
    asked: Asked | None


class Asked(NamedTuple):
    """What the engine is asked: buildings in metres of `plane`, how many of them have estimated homes, and wishes."""

    buildings: Buildings
    plane: Projection
    estimated: int
    more: Told


def divide_file(
    file: Path,
    base_map: Path | None,
    datum: str | None,
    community: str | None,
    wanted: Wanted,
    is_residential_by_default: bool,
    out: Path,
    report: Path | None,
    said: Beforehand,
    most_in_stairwell: int | None,
) -> None:
    """The buildings of a file, divided; the results in the folder, and what is to be reported of them."""
    with progress(is_shown=True) as tell:
        tell(0.0, text("command-divide-reading", file=file.name))
        question = _read(file, base_map, datum, community, wanted, is_residential_by_default, said)
        read, asked = question.read, question.asked
        is_part = _is_part(read, community)
        code, name = _community_code(community, is_part=is_part), str(community) if is_part else file.stem
        if asked is not None:
            with _naming_rows(said, read, asked.more):
                division, seconds = _divided(asked.buildings, wanted, asked.more.options, tell)
            _write(division, asked, read, code, name, out, most_in_stairwell)
            if report is not None:
                _report(report, division, question, asked, wanted, said, name, code)
    _list(question, file)
    if asked is not None:
        _tell(division, seconds, asked, wanted, said, file, out)
        reporting.tell_where(report)


def _is_part(read: BuildingsFile, community: str | None) -> bool:
    """Whether the named community is a part of the file."""
    return community is not None and all(each.community == community for each in read.buildings)


def _community_code(written: str | None, *, is_part: bool) -> str | None:
    """The digits of the community; None for a part of the file that is named in another way."""
    from doorstep.areas.rules.codes import Level, level_of, parse

    if written is None or (is_part and not written.isdecimal()):
        return None
    code = parse(written)
    if level_of(code) is not Level.COMMUNITY:
        raise DivideRefused(say("areas-code-not-community", code=written), say("areas-code-ask"))
    return code


def _read(
    file: Path,
    base_map: Path | None,
    datum: str | None,
    community: str | None,
    wanted: Wanted,
    is_residential_by_default: bool,
    said: Beforehand,
) -> Question:
    from doorstep.areas.dividing import counted
    from doorstep.areas.readers import MapOfAll, read_base_map, read_buildings_of
    from doorstep.areas.readers.households import usual_housing

    read = read_buildings_of(file, datum, community, said.columns)
    features = read_base_map(base_map) if base_map is not None else None
    findings = [read.findings, *([features.findings] if features else [])]
    if not read.is_good or (features is not None and not features.is_good):
        return Question(read, features, findings, None)
    usual = usual_housing(plain_is_residential=is_residential_by_default)
    buildings, plane, estimated = counted(read, str(wanted.count), usual)
    if features and _is_part(read, community):
        features = MapOfAll(features).near(read.buildings, plane)
    more = told(said, file, read, buildings, plane, wanted.weighed())
    more.options.update(lines_of(features.features if features else (), plane, wanted))
    asked = Asked(buildings, plane, estimated, more) if more.is_good else None
    return Question(read, features, [*findings, *more.findings], asked)


@contextmanager
def _naming_rows(said: Beforehand, read: BuildingsFile, more: Told) -> Iterator[None]:
    """What the engine refuses is told by the rows of the files."""
    from doorstep.areas.refused import refused
    from doorstep.config.commands.import_ import list_findings
    from doorstep.engines.districting import DistrictingError

    try:
        yield
    except DistrictingError as error:
        list_findings(findings_of(error, said, read, more.special_rows))
        raise DivideRefused(*refused(error)) from error


def _divided(buildings: Buildings, wanted: Wanted, more: Mapping[str, Any], tell: Any) -> tuple[Division, float]:
    from doorstep.areas.dividing import kernels

    os.environ.setdefault("NUMBA_CACHE_DIR", kernels())
    from doorstep.engines.districting import divide, warm_up

    def follow(stage: str, part: float) -> None:
        tell(STAGES.get(stage, 0.5) + 0.05 * part, text(f"districting-stage-{stage}"))

    warm_up(follow, wanted.effort.value)
    began = time.perf_counter()
    division = divide(
        buildings,
        bounds=wanted.bounds,
        grid_bounds=wanted.grid_bounds,
        keep_together=buildings.compounds if wanted.keep_compounds else None,
        effort=wanted.effort.value,
        seed=wanted.seed,
        outlines=wanted.outlines.value,
        progress=follow,
        **more,
    )
    return division, time.perf_counter() - began


def _write(
    division: Division,
    asked: Asked,
    read: BuildingsFile,
    code: str | None,
    name: str,
    out: Path,
    most_in_stairwell: int | None,
) -> None:
    results.write(division, asked.plane, asked.buildings, _is_osm(read), code, name, out)
    with reporting.writing(out):
        write_atoms(out / "buildings.csv", division, read, code)
        if most_in_stairwell is not None:
            write_stairwells(out / "stairwells.csv", division, asked.buildings, read, most_in_stairwell)


def _report(
    report: Path,
    division: Division,
    question: Question,
    asked: Asked,
    wanted: Wanted,
    said: Beforehand,
    name: str,
    code: str | None,
) -> None:
    from doorstep.areas.dividing import shares_told

    options = asked.more.options
    reporting.of_division(
        report, division, asked.plane, asked.buildings, question.features,
        moves=moves_beforehand(said, division, question.read, asked.more), name=name, community=code,
        settings=wanted.settings(balances=said.balance), estimated=asked.estimated, is_osm=_is_osm(question.read),
        weights=options["weights"], shares=shares_told(division, asked.buildings, options.get("balances") or {}),
    )  # fmt: skip


def _is_osm(read: BuildingsFile) -> bool:
    from doorstep.areas.readers.formats import Format

    return read.format in (Format.OVERPASS, Format.PBF)


def _list(question: Question, file: Path) -> None:
    """Every finding of every file; refused where one of them has to be mended."""
    from doorstep.config.commands.import_ import list_findings

    list_findings([each for found in question.findings for each in (*found.problems, *found.remarks)])
    if problems := sum(found.problem_count for found in question.findings):
        raise DivideRefused(
            say("command-divide-problems", file=file.name, count=problems), say("areas-import-refused-try")
        )


def _tell(
    division: Division, seconds: float, asked: Asked, wanted: Wanted, said: Beforehand, file: Path, out: Path
) -> None:
    typer.echo(
        text(
            "command-divide-of", file=file.name, buildings=len(asked.buildings), households=division.households,
            estimated=asked.estimated,
        )
    )  # fmt: skip
    results.tell(division, wanted, seconds)
    tell_special(division)
    tell_shares(division, asked.buildings, asked.more)
    if said.standing:
        tell_moves(division)
    typer.echo(text("command-divide-written", folder=str(out)))
