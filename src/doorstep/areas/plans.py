"""Which communities can be divided, and what plans they have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import shapely
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from doorstep.areas.models import OPEN_STATES as OPEN_STATES
from doorstep.areas.models import Area, Level, PlanAtom, PlanSpecial, PlanState, PlanStep, StepKind
from doorstep.areas.models import Plan as Plan
from doorstep.areas.models import PlanPiece as PlanPiece
from doorstep.areas.rules.homes import Dwelt, Home, by_microgrid, followed, going_on
from doorstep.areas.writers.records import HomeRow, MicrogridRow, PlanRows, SpecialRow


@dataclass(frozen=True)
class Divisible:
    """A community that has buildings, with how many, and how many households they are thought to hold."""

    id: int
    code: str
    name: str
    buildings: int
    lived_in: int
    dwellings: int
    estimated: int
    is_sample: bool


def divisible(
    *, county: int | None = None, subdistrict: int | None = None, community: int | None = None
) -> list[Divisible]:
    """The communities of an area, or of all, that have buildings; or the one community, with buildings or without."""
    housed = Q(buildings__removed_at=None)
    above = {"county": county, "subdistrict": subdistrict}
    inside = Q(**{level: area for level, area in above.items() if area is not None})
    rows = (
        Area.objects.filter(level=Level.COMMUNITY, valid_until=None)
        .filter(Q(pk=community) if community is not None else inside & Q(buildings__isnull=False))
        .order_by("code")
        .annotate(
            count=Count("buildings", filter=housed),
            lived=Coalesce(Sum("buildings__lived_in", filter=housed), 0),
            all_dwellings=Coalesce(Sum("buildings__dwellings", filter=housed), 0),
            guessed=Count(
                "buildings", filter=housed & Q(buildings__lived_in_basis="estimated", buildings__dwellings__gt=0)
            ),
        )
        .values_list("id", "code", "name", "count", "lived", "all_dwellings", "guessed", "is_sample")
    )
    return [Divisible(*row) for row in rows]


def plan(number: int) -> Plan | None:
    """A plan by its number."""
    return Plan.objects.filter(pk=number).select_related("community").defer("community__outline", "ground").first()


def drawn_for(community: int, mark: str) -> Plan | None:
    """The newest plan of a community that answers this very question, unless it was thrown away."""
    answers = Plan.objects.filter(community=community, report__question=mark)
    return answers.exclude(state=PlanState.DISCARDED).order_by("-id").first()


def was_changed_by_hand(plan: int) -> bool:
    """Whether anybody moved, split or merged micro-grids after the plan was drawn."""
    changes = [StepKind.MOVE, StepKind.SPLIT, StepKind.MERGE]
    return PlanStep.objects.filter(plan=plan, kind__in=changes).exists()


def plan_in_force(community: int) -> Plan | None:
    """The plan by which a community is divided now."""
    return Plan.objects.filter(community=community, state=PlanState.IN_FORCE).defer("ground").first()


def plans_of(community: int) -> list[Plan]:
    """Every plan of a community, the newest first, without those that were thrown away."""
    found = Plan.objects.filter(community=community).exclude(state=PlanState.DISCARDED).defer("ground")
    return list(found.order_by("-id")[:20])


def pieces_of(plan: int) -> list[PlanPiece]:
    """The micro-grids of a plan, by code."""
    return list(PlanPiece.objects.filter(plan=plan).order_by("code"))


Shape = tuple[bytes | memoryview, dict[str, object]]


def microgrid_outlines(plan: int) -> list[Shape]:
    """The micro-grids of a plan, each in WKB with what a map says of it."""
    return [
        (
            bytes(piece.outline),
            {
                "code": piece.code,
                "name": f"{piece.grid_number}-{piece.microgrid_number}",
                "households": piece.households,
                "in_range": piece.certificate is None,
            },
        )
        for piece in pieces_of(plan)
    ]


def grid_outlines(plan: int) -> list[Shape]:
    """The grids of a plan, each in WKB with what a map says of it."""
    return [
        (
            outline_around(group),
            {"code": code, "name": str(int(code[12:])), "households": sum(each.households for each in group)},
        )
        for code, group in by_grid(pieces_of(plan)).items()
    ]


def outline_around(group: Iterable[PlanPiece]) -> bytes:
    """The outline of micro-grids taken together, in WKB."""
    outline: bytes = shapely.to_wkb(
        shapely.coverage_union_all(shapely.from_wkb([bytes(each.outline) for each in group]))
    )
    return outline


def rows_of(plan: Plan) -> PlanRows:
    """All that a plan says, to be written into a file."""
    microgrids = [
        MicrogridRow(
            piece.code,
            piece.code[:15],
            piece.grid_number,
            piece.microgrid_number,
            piece.households,
            piece.certificate is None,
            bytes(piece.outline),
        )
        for piece in pieces_of(plan.pk)
    ]
    homes = (
        PlanAtom.objects.filter(piece__plan=plan)
        .order_by("piece__code", "building", "entrance", "floor_from")
        .values_list(
            "piece__code",
            "building__name",
            "building__address",
            "entrance",
            "floor_from",
            "floor_to",
            "households",
            "building__entrances",
        )
    )
    specials = [
        SpecialRow(
            each.code,
            each.name,
            each.households,
            each.buildings,
            each.special.led_by,
            each.special.department,
            bytes(each.outline),
        )
        for each in PlanSpecial.objects.filter(plan=plan.pk).select_related("special").order_by("code")
    ]
    told = [(HomeRow(*row[:7]), row[7] or 0) for row in homes]
    rows = [home for home, _ in told]
    stairs = [each for home, entrances in told for each in _stairwells(home, entrances)]
    return PlanRows(f"plan-{plan.pk}", plan.community.name, microgrids, rows, specials=specials, stairwells=stairs)


def _stairwells(home: HomeRow, entrances: int) -> list[HomeRow]:
    """The homes behind each entrance: of a whole building those that were counted, of a part the one that it is."""
    if home.households == 0:
        return []
    is_whole = home.entrance is None and home.floor_from is None
    count = min(max(1, entrances), home.households) if is_whole else 1
    if count == 1:
        return [home._replace(entrance=home.entrance or 1)]
    shares = [home.households * (n + 1) // count - home.households * n // count for n in range(count)]
    return [home._replace(entrance=n, households=share) for n, share in enumerate(shares, start=1)]


# What a plan would change ---------------------------------------------------------------------------------------------

SAME_GROUND = 1e-6
"""The part of its ground by which two drawings of one border may differ: corners of its neighbours lie on it."""


@dataclass(frozen=True)
class Change:
    """What a plan does where it comes into force: how large it is, what begins, goes on and ends, what it replaces.

    `specials` are the special grids that it cuts out. `ending` are the areas that end and go on in no other: whoever
    has a post there loses it.
    """

    microgrids: int
    grids: int
    specials: int
    begun: int
    kept: int
    gone: int
    is_nothing: bool
    replaced: Plan | None
    waiting: Plan | None
    ending: tuple[int, ...]


def change_by(plan: Plan) -> Change:
    """What a plan would change if it came into force now. `waiting` is another that is published and was to come."""
    old, pieces = areas_in_force(plan.community_id), pieces_of(plan.pk)
    specials = list(PlanSpecial.objects.filter(plan=plan.pk))
    before, after = homes_in_force(plan.community_id), homes_of(plan.pk)
    kept = unchanged(old, pieces, before, after, specials)
    codes = {piece.code for piece in pieces}
    apart = {special.code for special in specials}
    go_on = heirs_by(old, codes | set(by_grid(pieces)) | apart, before, after)
    published = Plan.objects.filter(community=plan.community_id, state=PlanState.PUBLISHED).exclude(pk=plan.pk)
    return Change(
        microgrids=len(pieces),
        grids=len(by_grid(pieces)),
        specials=len(specials),
        begun=len(codes - kept),
        kept=len(codes & kept),
        gone=sum(area.level == Level.MICROGRID and code not in codes for code, area in old.items()),
        is_nothing=old.keys() == kept >= codes | apart
        and all(_is_as_it_was(old[each.code], each) for each in pieces)
        and all(_is_as_it_was(old[each.code], each) for each in specials),
        replaced=plan_in_force(plan.community_id),
        waiting=published.first(),
        ending=tuple(area.pk for code, area in sorted(old.items()) if code not in go_on),
    )


def areas_in_force(community: int) -> dict[str, Area]:
    """The grids, special grids and micro-grids into which a community is divided now, by code."""
    levels = [Level.GRID, Level.SPECIAL_GRID, Level.MICROGRID]
    inside = Area.objects.filter(community=community, level__in=levels, valid_until=None)
    return {area.code: area for area in inside}


def homes_in_force(community: int) -> list[Dwelt]:
    """Which home belongs to which micro-grid now; nothing where the plan in force has no homes to tell."""
    plan = plan_in_force(community)
    return homes_of(plan.pk) if plan else []


def homes_of(plan: int) -> list[Dwelt]:
    """The atoms of a plan in the order of their positions, empty buildings too."""
    rows = PlanAtom.objects.filter(piece__plan=plan).order_by("position", "id")
    columns = ("building_id", "entrance", "floor_from", "floor_to", "piece__code", "households")
    return [Dwelt(Home(*row[:4]), row[4], row[5]) for row in rows.values_list(*columns)]


def unchanged(
    old: dict[str, Area],
    pieces: Iterable[PlanPiece],
    before: Iterable[Dwelt] = (),
    after: Iterable[Dwelt] = (),
    specials: Iterable[PlanSpecial] = (),
) -> set[str]:
    """The codes of areas that go on as they are: micro-grids of the same homes, and grids of nothing but them.

    A micro-grid goes on though its outline was drawn anew. Where neither plan knows of homes in it, its border decides.
    A special grid goes on under its code, whatever its outline.
    """
    microgrids: dict[str, set[str]] = {}
    for code, area in old.items():
        if area.level == Level.MICROGRID:
            microgrids.setdefault(code[:15], set()).add(code)
    was, now = by_microgrid(before), by_microgrid(after)
    same = {
        piece.code
        for piece in pieces
        if piece.code in old
        and (was[piece.code] == now.get(piece.code) if piece.code in was else _has_border(old[piece.code], piece))
    }
    grids = {
        code
        for code, group in by_grid(pieces).items()
        if code in old and microgrids.get(code) == {piece.code for piece in group} <= same
    }
    return same | grids | {special.code for special in specials if special.code in old}


def heirs_by(
    old: dict[str, Area], new: Collection[str], before: Sequence[Dwelt], after: Sequence[Dwelt]
) -> dict[str, str]:
    """In which area each one goes on, by codes: grids under theirs, micro-grids where half of their households are."""
    microgrids = {code for code, area in old.items() if area.level == Level.MICROGRID}
    go_on = going_on(followed(before, after), microgrids, new)
    return go_on | {code: code for code in old.keys() - microgrids if code in new}


def by_grid(pieces: Iterable[PlanPiece]) -> dict[str, list[PlanPiece]]:
    """The micro-grids of a plan by the code of their grid."""
    grids: dict[str, list[PlanPiece]] = {}
    for piece in pieces:
        grids.setdefault(piece.code[:15], []).append(piece)
    return grids


def _is_as_it_was(area: Area, piece: PlanPiece | PlanSpecial) -> bool:
    return area.households == piece.households and _has_border(area, piece)


def _has_border(area: Area, piece: PlanPiece | PlanSpecial) -> bool:
    if area.outline is None:
        return False
    one, other = shapely.from_wkb(bytes(area.outline)), shapely.from_wkb(bytes(piece.outline))
    return bool(shapely.symmetric_difference(one, other).area <= SAME_GROUND * one.area)
