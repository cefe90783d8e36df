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
    """Write the town; call it inside a transaction or a database of one's own."""
    from doorstep.areas.models import Area, Door, Plan
    from doorstep.staff.models import Appointment, Person, Post, Unit

    with acting_as(WORKER):
        county = Area.objects.create(code="321102", level="county", name="示例区")
        subdistrict = Area.objects.create(
            code="321102001", level="subdistrict", name="示例街道", parent=county, county=county
        )
        communities = [
            Area.objects.create(
                code=f"32110200100{n}", level="community", name=f"示例{n}社区", parent=subdistrict,
                county=county, subdistrict=subdistrict,
            )
            for n in (1, 2)
        ]  # fmt: skip
        for each in communities:
            Area.objects.filter(pk=each.pk).update(community=each.pk)
        plan = Plan.objects.create(
            community=communities[0], state="in_force", settings={}, report={}, made_at=MORNING,
            in_force_from=date(2026, 1, 1),
        )  # fmt: skip
        grids, microgrids = [], []
        for g in (1, 2):
            grid = Area.objects.create(
                code=f"{communities[0].code}00{g}", level="grid", name=f"第{g}网格", parent=communities[0],
                county=county, subdistrict=subdistrict, community=communities[0], plan=plan,
                valid_from=date(2026, 1, 1),
            )  # fmt: skip
            Area.objects.filter(pk=grid.pk).update(grid=grid.pk)
            grids.append(grid)
            for m in (1, 2):
                west, north = LON + SQUARE_DEG * (g - 1), LAT - SQUARE_DEG * (m - 1)
                microgrids.append(
                    Area.objects.create(
                        code=f"{grid.code}0{m}", level="microgrid", name=f"{g}-{m}", parent=grid, county=county,
                        subdistrict=subdistrict, community=communities[0], grid=grid, plan=plan, households=70,
                        outline=shapely.to_wkb(shapely.box(west, north - SQUARE_DEG, west + SQUARE_DEG, north)),
                        valid_from=date(2026, 1, 1),
                    ).pk
                )  # fmt: skip
        wanted = {
            "grid_team": ("grid_team", grids[0], "", "grid_worker"),
            "other_grid_team": ("grid_team", grids[1], "", "grid_worker"),
            "community_desk": ("community_desk", communities[0], "", "community_desk"),
            "other_desk": ("community_desk", communities[1], "", "community_desk"),
            "subdistrict_office": ("subdistrict_office", subdistrict, "", "subdistrict_office"),
            "water": ("department", county, "water", "department"),
            "command_centre": ("command_centre", county, "", "command_centre"),
        }
        names = {"grid_team": "chen", "other_grid_team": "eli", "community_desk": "dana",
                 "subdistrict_office": "subdistrict", "command_centre": "command"}  # fmt: skip
        units, posts = {}, {}
        for key, (kind, area, subject, post_kind) in wanted.items():
            unit = Unit.objects.create(
                kind=kind, name=f"示例{key}", subject=subject, area=area, is_on_call=kind == "subdistrict_office"
            )
            post = Post.objects.create(kind=post_kind, area=area, unit=unit)
            person = Person.objects.create(name=f"示例{names.get(key, key)}", is_invented=True)
            Appointment.objects.create(person=person, post=post, from_on=date(2026, 1, 1))
            units[key], posts[names.get(key, key)] = unit.pk, post.pk
        door = Door.objects.create(
            code="DOOR0001", kind="entrance", name="1 号楼", community=communities[0],
            lon=LON + SQUARE_DEG / 2, lat=LAT - SQUARE_DEG / 2,
        )  # fmt: skip
    return Town(
        county.pk, subdistrict.pk, communities[0].pk, communities[1].pk, grids[0].pk, grids[1].pk, microgrids,
        units, posts, door.pk,
    )  # fmt: skip
