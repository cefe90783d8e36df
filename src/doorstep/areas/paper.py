"""The sheets of a plan's grids, gathered: who lives in which micro-grid, and what stands around."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import shapely

from doorstep.areas import drafts, names
from doorstep.areas.models import BaseMapFeature, Building, Plan, PlanAtom, PlanPiece
from doorstep.areas.plan_report import is_from_osm
from doorstep.areas.plans import areas_in_force, by_grid, pieces_of
from doorstep.areas.reporting import LAYERS
from doorstep.areas.writers.sheets import GridSheet, Held, Home, MicrogridPart
from doorstep.core.geometry.metres import Projection
from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text

DIGITS: Final = re.compile(r"(\d+)")


class NoSuchGrid(Refusal):
    """The plan has no such grid."""


class _Atom(NamedTuple):
    building: int
    name: str
    entrance: int | None
    floor_from: int | None
    floor_to: int | None
    households: int


def grid_sheets(
    plan: Plan, grid: int | None, *, place: str, state: str, held: Mapping[str, Sequence[Held]]
) -> list[GridSheet]:
    """A sheet for each grid of a plan, or for the one with this number; `held` tells who serves there, by code."""
    pieces = pieces_of(plan.pk)
    groups = {code: own for code, own in by_grid(pieces).items() if grid is None or int(code[12:]) == grid}
    if not groups:
        raise NoSuchGrid(say("paper-no-grid"))
    plane = Projection.of(shapely.point_on_surface(shapely.from_wkb(bytes(pieces[0].outline))).x)
    houses = {
        key: plane.flatten(shapely.from_wkb(bytes(shape)))
        for key, shape in Building.objects.filter(community=plan.community_id).values_list("pk", "footprint")
    }
    ground = _ground(plan.community_id, plane)
    atoms = _atoms(plan)
    whole = Counter(each.building for own in atoms.values() for each in own)
    called = {code: str(names.said(area.name)) for code, area in areas_in_force(plan.community_id).items()}
    is_osm = is_from_osm(plan.community_id)
    found = []
    for code, own in groups.items():
        inside = {each.building for piece in own for each in atoms.get(piece.pk, ())}
        around = [shape for key, shape in houses.items() if key not in inside]
        is_now = plan.state == "in_force" and code in called
        found.append(
            GridSheet(
                title=called[code] if is_now else text(names.of_grid(int(code[12:]))),
                place=place,
                code=code,
                state=state,
                microgrids=_parts(own, atoms, plane, houses, held, whole),
                people=held.get(code, ()),
                ground={**ground, "around": around},
                is_sample=plan.community.is_sample,
                is_osm=is_osm,
            )
        )
    return found


def _atoms(plan: Plan) -> dict[int, list[_Atom]]:
    """All atoms of the plan by their micro-grid."""
    rows = PlanAtom.objects.filter(piece__plan=plan.pk).values_list(
        "piece", "building", "building__name", "building__address", "entrance", "floor_from", "floor_to", "households"
    )
    found: dict[int, list[_Atom]] = {}
    for piece, building, name, address, entrance, floor_from, floor_to, households in rows:
        atom = _Atom(building, name or address, entrance, floor_from, floor_to, households)
        found.setdefault(piece, []).append(atom)
    return found


def _parts(
    own: Sequence[PlanPiece],
    atoms: Mapping[int, Sequence[_Atom]],
    plane: Projection,
    houses: Mapping[int, shapely.Geometry],
    held: Mapping[str, Sequence[Held]],
    whole: Mapping[int, int],
) -> list[MicrogridPart]:
    """The micro-grids of a grid; its buildings are numbered through, so that one in two micro-grids has one number.

    `whole` says of how many atoms each building consists in the plan.
    """
    marks: dict[int, int] = {}
    parts = []
    for piece in own:
        mine = sorted(atoms.get(piece.pk, ()), key=lambda each: (_natural(each.name), each.building))
        homes = _homes([each for each in mine if each.households], marks, whole)
        empty = {each.building for each in mine} - {each.building for each in mine if each.households}
        lived = {each.building for each in mine} - empty
        footprints = [(houses[key], marks[key] if key in lived else 0) for key in {each.building for each in mine}]
        parts.append(
            MicrogridPart(
                name=drafts.short(piece.code),
                households=piece.households,
                outline=plane.flatten(shapely.from_wkb(bytes(piece.outline))),
                homes=homes,
                empty=len(empty),
                people=held.get(piece.code, ()),
                footprints=footprints,
            )
        )
    return parts


def _homes(atoms: Sequence[_Atom], marks: dict[int, int], whole: Mapping[int, int]) -> list[Home]:
    """One row a building, with the entrances and floors of it that belong here where it is shared."""
    of: dict[int, list[_Atom]] = {}
    for each in atoms:
        of.setdefault(each.building, []).append(each)
    found = []
    for building, own in of.items():
        mark = marks.setdefault(building, len(marks) + 1)
        parts = [] if len(own) == whole[building] else _where(own)
        name = own[0].name or text("paper-nameless")
        found.append(Home(mark, name, text("counts-and").join(parts), sum(each.households for each in own)))
    return found


def _where(own: Sequence[_Atom]) -> list[str]:
    """Entrances that follow one another are said at once; floors each for itself."""
    doors = sorted(each.entrance for each in own if each.entrance is not None and each.floor_from is None)
    runs: list[list[int]] = []
    for number in doors:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [
        text(names.of_part(run[0])[0])
        if len(run) == 1
        else text(say("paper-entrances", **{"from": run[0], "to": run[-1]}))
        for run in runs
    ]
    floors = sorted(
        (each for each in own if each.floor_from is not None),
        key=lambda each: (each.entrance or 0, each.floor_from or 0),
    )
    return [
        *said,
        *(" ".join(map(text, names.of_part(each.entrance, each.floor_from, each.floor_to))) for each in floors),
    ]


def _natural(name: str) -> list[tuple[int, str]]:
    """2 before 10."""
    return [(int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in DIGITS.split(name)]


def _ground(community: int, plane: Projection) -> dict[str, list[shapely.Geometry]]:
    layer_of = {kind: layer for layer, kinds in LAYERS.items() for kind in kinds}
    found: dict[str, list[shapely.Geometry]] = {}
    rows = BaseMapFeature.objects.filter(community=community, kind__in=layer_of).values_list("kind", "shape")
    for kind, shape in rows:
        found.setdefault(layer_of[kind], []).append(plane.flatten(shapely.from_wkb(bytes(shape))))
    return found
