"""The districting engine as this installation runs it: apart from the pages, and with its kernels kept."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from math import inf
from queue import Empty, SimpleQueue
from tempfile import TemporaryFile
from threading import TIMEOUT_MAX, Event, Thread, Timer
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import shapely

from doorstep.areas.readers.households import figures_of
from doorstep.areas.rules.households import Basis, HousingDefaults
from doorstep.core.geometry.metres import Projection
from doorstep.core.postgres import home
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say

if TYPE_CHECKING:
    from doorstep.areas.readers.records import BuildingsFile
    from doorstep.engines.districting import Buildings, Division, Piece, Reason
    from doorstep.engines.districting.measuring import Trade
    from doorstep.engines.districting.problem import Floats, Progress

LONGEST_S = 300
STILL_ALIVE_S = 5.0
NO_COMPOUND = -1


class DividingTookTooLong(Refusal):
    """The division was given up."""


class House(NamedTuple):
    """A building as the engine counts it. The shape is in degrees of WGS 84."""

    shape: shapely.Geometry
    households: int
    floors: int | None = None
    compound: str = ""
    entrances: int | None = None


def arrays_of(houses: Sequence[House], plane: Projection) -> Buildings:
    """The buildings of one community in the arrays of the engine; with points among them, all are points."""
    from doorstep.engines.districting import Buildings

    flat = np.array([plane.flatten(house.shape) for house in houses], dtype=object)
    names = sorted({house.compound for house in houses} - {""})
    number = {"": NO_COMPOUND} | {name: place for place, name in enumerate(names)}
    return Buildings(
        xy=shapely.get_coordinates(shapely.point_on_surface(flat)),
        households=[house.households for house in houses],
        footprints=flat if all(shapely.area(flat) > 0) else None,
        floors=[house.floors or 0 for house in houses],
        compounds=[number[house.compound] for house in houses],
        entrances=[house.entrances or 0 for house in houses],
    )


class Counted(NamedTuple):
    """The buildings of a file as the engine takes them; `estimated` of them have a number nobody counted."""

    buildings: Buildings
    plane: Projection
    estimated: int


def counted(read: BuildingsFile, count: str, defaults: HousingDefaults) -> Counted:
    """The arrays of a file of one community: `lived_in` households or `dwellings`, the usual where nobody counted."""
    plane = Projection.of(shapely.point_on_surface(read.buildings[0].shape).x)
    figures = [figures_of(each, plane, defaults) for each in read.buildings]
    numbers = [each.lived_in if count == "lived_in" else each.dwellings for each in figures]
    houses = [
        House(row.shape, number.value, each.floors.value, row.compound, row.entrances)
        for row, each, number in zip(read.buildings, figures, numbers, strict=True)
    ]
    estimated = sum(number.basis is Basis.ESTIMATED and number.value > 0 for number in numbers)
    return Counted(arrays_of(houses, plane), plane, estimated)


def mark_of(buildings: Buildings, options: Mapping[str, Any]) -> str:
    """A short text that is the same for the same question to the same release, and for no other."""
    digest = hashlib.sha256(version("doorstep").encode())
    for name in ("xy", "households", "floors", "compounds", "entrances"):
        digest.update(getattr(buildings, name).tobytes())
    standing, kept = options.get("standing"), options.get("kept")
    named = {**options, "footprints": buildings.footprints, "standing": standing and vars(standing)}
    named["kept"] = kept and {**vars(kept.standing), "codes": sorted(kept.codes)}
    for name, value in sorted(named.items()):
        digest.update(f"{name}={_in_full(value)!r};".encode())
    return digest.hexdigest()[:32]


def _in_full(value: Any) -> Any:
    """What is asked, to the last figure: arrays print themselves shortened."""
    if isinstance(value, Mapping):
        return {name: _in_full(each) for name, each in value.items()}
    is_array = isinstance(value, list | np.ndarray)
    if is_array and len(value) and isinstance(value[0], shapely.Geometry):
        return b"".join(shapely.to_wkb(value))
    return value.tobytes() if isinstance(value, np.ndarray) else value


def divide_apart(
    buildings: Buildings,
    options: Mapping[str, Any],
    *,
    longest_s: float | None = None,
    progress: Progress | None = None,
) -> Division:
    """`divide` in a process of its own, which takes the compiler and its memory with it when it ends.

    It is given up after `longest_s`, the usual where it is None; `progress` hears how far it has come.
    """
    return cast("Division", _asked_apart("divide", buildings, options, longest_s, progress))


def trades_apart(
    buildings: Buildings,
    options: Mapping[str, Any],
    *,
    longest_s: float | None = None,
    progress: Progress | None = None,
) -> list[Trade]:
    """`trades` in a process of its own, likewise."""
    return cast("list[Trade]", _asked_apart("trades", buildings, options, longest_s, progress))


def _asked_apart(
    function: str, buildings: Buildings, options: Mapping[str, Any], longest_s: float | None, progress: Progress | None
) -> Any:
    longest_s = LONGEST_S if longest_s is None else longest_s
    call = pickle.dumps((function, buildings, dict(options)))
    command = ("-m", "doorstep.engines.districting")
    answer = pickle.loads(_run(*command, given=call, longest_s=longest_s, progress=progress))  # noqa: S301 - our child's
    if isinstance(answer, Exception):
        raise answer
    return answer


def warm_up_apart() -> None:
    """Compile the kernels, once a machine, so that the first division does not seem to hang.

    It is waited for however busy the machine is: what is to be compiled is always the same.
    """
    _run("-c", "from doorstep.engines.districting import warm_up; warm_up()", longest_s=inf)


def certificate_of(piece: Piece) -> dict[str, Any]:
    """Why a piece is out of range, to be kept: the proof by its name and figures, empty if none, and the reasons."""
    proof = piece.certificate
    return {
        "proof": proof.proof.value if proof else "",
        "facts": {name: int(value) for name, value in proof.facts.items()} if proof else {},
        "reasons": [facts_of(reason) for reason in piece.reasons],
    }


def facts_of(reason: Reason) -> dict[str, Any]:
    """One reason, to be kept."""
    return {"kind": reason.kind.value, "facts": {name: int(value) for name, value in reason.facts.items()}}


def assurance_of(division: Division) -> dict[str, Any]:
    """How good a division is known to be, to be kept: cost and bound in the engine's unit, the gap as a part of one."""
    return {
        "proof": division.proof.value,
        "cost": round(division.cost, 6),
        "bound": None if division.bound is None else round(division.bound, 6),
        "gap": None if division.gap is None else round(division.gap, 6),
    }


def shares_told(division: Division, buildings: Buildings, balances: Mapping[str, Floats]) -> list[dict[str, Any]]:
    """How evenly further amounts are shared, to be kept."""
    from doorstep.engines.districting.measuring import shares_of

    found = [vars(each) for each in shares_of(division, buildings, balances)]
    return [{name: value if name == "name" else round(value, 3) for name, value in each.items()} for each in found]


def why(certificate: Mapping[str, Any]) -> list[Message]:
    """What a kept certificate says, for people: the reasons, then the proof."""
    counts = "-microgrids" if certificate.get("unit") == "microgrids" else ""
    said = [_reason(reason, counts) for reason in certificate["reasons"]]
    if certificate["proof"]:
        said.append(say(f"districting-proof-{certificate['proof']}{counts}", **certificate["facts"]))
    return said


def _reason(reason: Mapping[str, Any], counts: str) -> Message:
    is_size = "size" in reason["facts"]
    return say(f"districting-reason-{reason['kind']}{counts if is_size else ''}", **reason["facts"])


def kernels() -> str:
    """The folder in which compiled kernels are kept; `NUMBA_CACHE_DIR` names another."""
    return os.environ.get("NUMBA_CACHE_DIR") or str(home() / "kernels")


def _run(*command: str, given: bytes = b"", longest_s: float = LONGEST_S, progress: Progress | None = None) -> bytes:
    environment = {**os.environ, "NUMBA_CACHE_DIR": kernels(), "NUMBA_DISABLE_JIT": "0"}
    with TemporaryFile() as asked, TemporaryFile() as answered:
        asked.write(given)
        asked.seek(0)
        child = subprocess.Popen(
            [sys.executable, *command], stdin=asked, stdout=answered, stderr=subprocess.PIPE, env=environment
        )
        is_late = Event()

        def give_up() -> None:
            is_late.set()
            child.kill()

        clock = Timer(min(longest_s, TIMEOUT_MAX), give_up)
        clock.start()
        try:
            said = _heard(child, progress)
        finally:
            clock.cancel()
            child.kill()
            child.wait()
        if is_late.is_set():
            minutes = max(1, int(longest_s // 60))
            raise DividingTookTooLong(say("districting-too-long", minutes=minutes), say("districting-too-long-try"))
        if child.returncode:
            raise RuntimeError(f"The districting process failed: {said[-2000:]}")
        answered.seek(0)
        return answered.read()


def _heard(child: subprocess.Popen[bytes], progress: Progress | None) -> str:
    """What the child said until it ended, but for how far it has come, which `progress` is told.

    It is told again every few seconds while nothing new is said, so that whoever listens knows that it lives.
    """
    lines: SimpleQueue[bytes] = SimpleQueue()

    def listen() -> None:
        assert child.stderr is not None
        with child.stderr as told:
            for line in told:
                lines.put(line)
        lines.put(b"")

    Thread(target=listen, daemon=True).start()
    said, reached = [], ("", 0.0)
    while True:
        try:
            line = lines.get(timeout=STILL_ALIVE_S)
        except Empty:
            line = b"@ again"
        if not line:
            break
        words = line.decode(errors="replace").split(maxsplit=2)
        if words[:1] != ["@"]:
            said.append(line.decode(errors="replace"))
            continue
        if len(words) == 3:
            reached = (words[1], float(words[2]))
        if progress:
            progress(*reached)
    child.wait()
    return "".join(said)
