"""What the platform holds of an area at this moment, by the ids of the catalogue's held facts: never asked again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Sum

from doorstep.areas.models import Area, Building, Door
from doorstep.areas.queries import in_force
from doorstep.cases.figures import load_of
from doorstep.cases.models import Tally
from doorstep.core.time.zone import local_date
from doorstep.staff.models import Post
from doorstep.staff.queries import appointments_in_force, units_of


def facts_of(area: int, *, at: datetime) -> Mapping[str, Any]:
    """All facts of an area, as whoever asks may see them; what its level does not have is None."""
    found = in_force(local_date(at)).select_related("subdistrict", "community").defer(
        "outline", "subdistrict__outline", "community__outline"
    ).filter(pk=area).first()  # fmt: skip
    if found is None:
        return {}
    today = local_date(at)
    return {**_of_territory(found, today), **_of_staff(found, today), **_of_cases(found, at)}


def _of_territory(area: Area, today: date) -> dict[str, Any]:
    inside = in_force(today).filter(code__startswith=area.code)
    finest = inside.filter(level__in=("microgrid", "special_grid"))
    houses = Building.objects.filter(removed_at=None, community__code__startswith=area.code[:12])
    is_community = len(area.code) <= 12
    sums = houses.aggregate(lived_in=Sum("lived_in"), dwellings=Sum("dwellings")) if is_community else {}
    drawn = finest.aggregate(households=Sum("households"))["households"]
    return {
        "area-code": area.code,
        "area-name": area.name,
        "subdistrict-name": area.subdistrict.name if area.subdistrict else None,
        "community-name": area.community.name if area.community else None,
        "households": area.households or drawn or sums.get("lived_in"),
        "dwellings": sums.get("dwellings"),
        "buildings": houses.count() if is_community else None,
        "grids": inside.filter(level__in=("grid", "special_grid")).count(),
        "microgrids": inside.filter(level="microgrid").count(),
        "doors": Door.objects.filter(retired_at=None, community__code__startswith=area.code).count()
        if is_community
        else None,
    }


def _of_staff(area: Area, today: date) -> dict[str, Any]:
    posts = Post.objects.filter(abolished_on=None, area__code__startswith=area.code)
    held = set(appointments_in_force(today).filter(post__in=posts).values_list("post", flat=True))
    kinds = list(posts.values_list("pk", "kind"))
    units = units_of(area.pk)
    return {
        "unit-name": units[0][1] if units else None,
        **{
            name: sum(post in held and kind == wanted for post, kind in kinds)
            for name, wanted in (("grid-workers", "grid_worker"), ("liaisons", "liaison"), ("volunteers", "volunteer"))
        },
        "vacant-posts": sum(post not in held for post, _ in kinds),
    }


def _of_cases(area: Area, at: datetime) -> dict[str, Any]:
    load = load_of(area, at)
    year = local_date(at).year
    tallied = area.level in ("county", "subdistrict", "community")
    sums = (
        Tally.objects.filter(day__year=year, **{f"{area.level}_id": area.pk}).aggregate(
            reported=Sum("reported"), solved=Sum("solved")
        )
        if tallied
        else _counted(area, year)
    )
    return {
        "cases-open": load.open,
        "cases-late": load.overdue,
        "cases-reported": sums["reported"] or 0,
        "cases-solved": sums["solved"] or 0,
    }


def _counted(area: Area, year: int) -> dict[str, int]:
    """A grid has no roll-up; its cases of a year are few."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE outcome = 'solved' AND NOT is_open) FROM cases_case"
            " WHERE grid_id = %s AND reported_at >= make_timestamptz(%s, 1, 1, 0, 0, 0, 'Asia/Shanghai')"
            " AND source <> 'part' AND state <> 'withdrawn'",
            [area.pk, year],
        )
        reported, solved = cursor.fetchone()
    return {"reported": reported, "solved": solved}
