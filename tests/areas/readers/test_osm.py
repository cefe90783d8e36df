"""Shapes put together from the ways of a relation."""

from __future__ import annotations

import pytest
import shapely

from doorstep.areas.readers import osm
from doorstep.areas.readers.formats import Format
from doorstep.areas.readers.report import Report

AROUND = [(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)]
YARD = [(1, 1), (2, 1), (2, 2), (1, 2), (1, 1)]


def test_an_outline_in_pieces_is_joined_whatever_their_direction():
    pieces = [AROUND[:3], AROUND[2:][::-1]]
    assert shapely.equals(osm.assembled(pieces, []), shapely.Polygon(AROUND))


def test_a_yard_is_left_out():
    assert osm.assembled([AROUND], [YARD]).area == 15


def test_two_wings_are_one_building():
    away = [(x + 10, y) for x, y in AROUND]
    assert osm.assembled([AROUND, away], [YARD]).area == 31


@pytest.mark.parametrize(("outer", "inner"), [([], []), ([AROUND[:4]], []), ([AROUND], [YARD[:3]])])
def test_an_outline_that_does_not_close_is_none(outer, inner):
    assert osm.assembled(outer, inner) is None


def relation(*members, tags=None):
    return {
        "type": "relation",
        "id": 9,
        "tags": tags or {"type": "multipolygon", "building": "yes"},
        "members": members,
    }


def member(line, role="outer", kind="way"):
    return {"type": kind, "ref": 1, "role": role, "geometry": [{"lon": x, "lat": y} for x, y in line]}


def objects(write, *elements):
    report = Report("a.json")
    path = write("a.json", {"elements": elements})
    return list(osm.objects(path, Format.OVERPASS, ["building"], report)), report.findings()


def test_a_relation_of_an_answer_with_geometry_inside_is_assembled(write):
    label = {"type": "node", "ref": 3, "role": "label"}
    found, findings = objects(write, relation(member(AROUND), member(YARD, "inner"), label))
    assert [(thing.source, thing.shape.area) for thing in found] == [("osm/relation/9", 15)]
    assert findings.remark_count == 0


def test_a_relation_with_a_way_missing_is_left_out_and_said(write):
    found, findings = objects(write, relation({"type": "way", "ref": 77, "role": "outer"}))
    assert found == []
    assert [finding.row for finding in findings.remarks] == ["osm/relation/9"]


def test_a_relation_that_is_no_area_is_passed_over(write):
    found, findings = objects(write, relation(member(AROUND), tags={"type": "site", "building": "yes"}))
    assert (found, findings.remark_count) == ([], 0)


def cut(*known, tags=None):
    """A way of five corners of which only some are in the data."""
    nodes = [{"type": "node", "id": i, "lon": x, "lat": y} for i, (x, y) in enumerate(AROUND[:4]) if i in known]
    return [*nodes, {"type": "way", "id": 5, "nodes": [0, 1, 2, 3, 0], "tags": tags or {"building": "yes"}}]


@pytest.mark.parametrize(("known", "shape"), [((0, 1, 2), "Polygon"), ((0, 2), "Point"), ((3,), "Point")])
def test_a_building_cut_by_the_edge_stays_with_the_corners_that_are_left(write, known, shape):
    found, findings = objects(write, *cut(*known))
    assert [thing.shape.geom_type for thing in found] == [shape]
    assert findings.remarks[0].what.params == {"known": len(known), "all": 4}


def test_a_building_without_any_corner_is_left_out_and_said(write):
    found, findings = objects(write, *cut())
    assert (found, findings.remarks[0].what.key) == ([], "areas-osm-incomplete")
