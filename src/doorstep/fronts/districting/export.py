"""A plan as a file: for a GIS, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from doorstep.areas import moves
from doorstep.areas.writers.records import PlanRows
from doorstep.fronts.districting.places import drawers, own_plan


class Format(NamedTuple):
    """How a file is made, the end of its name, and what a browser is told that it is."""

    write: Callable[[PlanRows], bytes]
    ending: str
    content_type: str


def _geopackage(rows: PlanRows) -> bytes:
    from doorstep.areas.writers.maps import geopackage

    return geopackage(rows)


def _shapefiles(encoding: str) -> Callable[[PlanRows], bytes]:
    def write(rows: PlanRows) -> bytes:
        from doorstep.areas.writers.maps import shapefiles

        return shapefiles(rows, encoding)

    return write


def _workbook(rows: PlanRows) -> bytes:
    from doorstep.areas.writers.workbook import workbook

    return workbook(rows)


FORMATS: Final = {
    "geopackage": Format(_geopackage, "gpkg", "application/geopackage+sqlite3"),
    "shapefile-utf8": Format(_shapefiles("UTF-8"), "shp.zip", "application/zip"),
    "shapefile-gbk": Format(_shapefiles("GBK"), "gbk.shp.zip", "application/zip"),
    "workbook": Format(_workbook, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@drawers
@require_safe
def export(request: Any, plan: int, form: str) -> HttpResponse:
    """The file, named after the plan."""
    found, _ = own_plan(request, plan)
    if form not in FORMATS:
        raise Http404
    wanted = FORMATS[form]
    rows = moves.rows_of(found)
    return HttpResponse(
        wanted.write(rows),
        content_type=wanted.content_type,
        headers={"Content-Disposition": f'attachment; filename="{rows.name}.{wanted.ending}"'},
    )
