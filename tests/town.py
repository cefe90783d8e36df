"""A small invented town for tests: one county down to four micro-grids, a few units, and people in their posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import shapely

from doorstep.core.access import WORKER, Actor, Role, acting_as

MORNING = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
"""A Monday, 09:30 in Shanghai."""


@dataclass
class Town:
    """Ids of what the tests name."""

    county: int
    subdistrict: int
    community: int
    other_community: int
    grid: int
    other_grid: int
    microgrids: list[int]
    units: dict[str, int]
    posts: dict[str, int]
    door: int

    def actor(self, post: str) -> Actor:
        """Whoever sits in this post."""
        role, org, unit = {
            "chen": (Role.GRID, self.grid, self.units["grid_team"]),
            "eli": (Role.GRID, self.other_grid, self.units["other_grid_team"]),
            "dana": (Role.COMMUNITY, self.community, self.units["community_desk"]),
            "other_desk": (Role.COMMUNITY, self.other_community, self.units["other_desk"]),
            "subdistrict": (Role.SUBDISTRICT, self.subdistrict, self.units["subdistrict_office"]),
            "command": (Role.COUNTY, self.county, self.units["command_centre"]),
            "water": (Role.DEPARTMENT, self.units["water"], self.units["water"]),
            "ben": (Role.NEIGHBOUR, self.microgrids[0], None),
        }[post]
        return Actor(role, org=org, unit=unit, post=self.posts.get(post), account=None)


SQUARE_DEG = 0.002
LON, LAT = 119.40, 32.20


def build_town() -> Town:
    """Write the town; call it inside a transaction or a database of one's own.

    What is alike is written together: thousands of tests begin with it.
    """
    from django.db.models import F

    from doorstep.areas.models import Area, Door, Plan
    from doorstep.staff.models import Appointment, Person, Post, Unit

    with acting_as(WORKER):
        county = Area.objects.create(code="321102", level="county", name="示例区")
        subdistrict = Area.objects.create(
            code="321102001", level="subdistrict", name="示例街道", parent=county, county=county
        )
        around = {"county": county, "subdistrict": subdistrict}
        communities = Area.objects.bulk_create(
            Area(code=f"32110200100{n}", level="community", name=f"示例{n}社区", parent=subdistrict, **around)
            for n in (1, 2)
        )
        Area.objects.filter(level="community").update(community=F("id"))
        home = communities[0]
        plan = Plan.objects.create(
            community=home, state="in_force", settings={}, report={}, made_at=MORNING, in_force_from=date(2026, 1, 1)
        )
        around |= {"community": home, "plan": plan, "valid_from": date(2026, 1, 1)}
        grids = Area.objects.bulk_create(
            Area(code=f"{home.code}00{g}", level="grid", name=f"第{g}网格", parent=home, **around) for g in (1, 2)
        )
        Area.objects.filter(level="grid").update(grid=F("id"))
        microgrids = Area.objects.bulk_create(
            Area(
                code=f"{grid.code}0{m}", level="microgrid", name=f"{g}-{m}", parent=grid, grid=grid, households=70,
                outline=_square(g - 1, m - 1), **around,
            )
            for g, grid in enumerate(grids, 1)
            for m in (1, 2)
        )  # fmt: skip
        wanted = {
            "grid_team": ("chen", "grid_team", grids[0], "", "grid_worker"),
            "other_grid_team": ("eli", "grid_team", grids[1], "", "grid_worker"),
            "community_desk": ("dana", "community_desk", home, "", "community_desk"),
            "other_desk": ("other_desk", "community_desk", communities[1], "", "community_desk"),
            "subdistrict_office": ("subdistrict", "subdistrict_office", subdistrict, "", "subdistrict_office"),
            "water": ("water", "department", county, "water", "department"),
            "command_centre": ("command", "command_centre", county, "", "command_centre"),
        }
        units = Unit.objects.bulk_create(
            Unit(kind=kind, name=f"示例{key}", subject=subject, area=area, is_on_call=kind == "subdistrict_office")
            for key, (_, kind, area, subject, _) in wanted.items()
        )
        posts = Post.objects.bulk_create(
            Post(kind=kind, area=area, unit=unit)
            for unit, (_, _, area, _, kind) in zip(units, wanted.values(), strict=True)
        )
        people = Person.objects.bulk_create(
            Person(name=f"示例{name}", is_invented=True) for name, *_ in wanted.values()
        )
        Appointment.objects.bulk_create(
            Appointment(person=person, post=post, from_on=date(2026, 1, 1))
            for person, post in zip(people, posts, strict=True)
        )
        door = Door.objects.create(
            code="DOOR0001", kind="entrance", name="1 号楼", community=home,
            lon=LON + SQUARE_DEG / 2, lat=LAT - SQUARE_DEG / 2,
        )  # fmt: skip
    return Town(
        county.pk, subdistrict.pk, communities[0].pk, communities[1].pk, grids[0].pk, grids[1].pk,
        [each.pk for each in microgrids],
        {key: unit.pk for key, unit in zip(wanted, units, strict=True)},
        {name: post.pk for (name, *_), post in zip(wanted.values(), posts, strict=True)},
        door.pk,
    )  # fmt: skip


def _square(east: int, south: int) -> bytes:
    """The outline of the micro-grid so many squares east and south of the corner."""
    west, north = LON + SQUARE_DEG * east, LAT - SQUARE_DEG * south
    return shapely.to_wkb(shapely.box(west, north - SQUARE_DEG, west + SQUARE_DEG, north))
