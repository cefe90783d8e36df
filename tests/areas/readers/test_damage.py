"""Whatever a disk, a network or a neighbour has done to a file, the answer is a list and never a crash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doorstep.areas.readers import read_base_map, read_buildings, read_territory

RING = [[119.45, 32.2], [119.46, 32.2], [119.46, 32.21], [119.45, 32.2]]
NODES = [{"type": "node", "id": i, "lon": lon, "lat": lat} for i, (lon, lat) in enumerate(RING)]
WAY = {"type": "way", "id": 4, "nodes": [0, 1, 2, 0], "tags": {"building": "yes", "building:levels": "6"}}
RELATION = {
    "type": "relation",
    "id": 4,
    "members": [{"type": "way", "ref": 4, "role": "outer"}],
    "tags": {"building": "yes", "type": "multipolygon"},
}
POLYGON = {"type": "Polygon", "coordinates": [RING]}
WHOLE = {
    "a.csv": b"id,lon,lat,name,floors,wkt\n1,119.4,32.2,\xe6\xa5\xbc,6,\n2,119.4,32.3,b,6,POINT (119 32)\n",
    "a.json": json.dumps({"elements": [*NODES, WAY, RELATION]}).encode(),
    "a.geojson": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "id": 1, "properties": {"floors": 3}, "geometry": POLYGON}],
        }
    ).encode(),
}

scratches = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 12),
        st.sampled_from([b"", b"\0", b"\xff", b"null", b"[]", b"{}", b'"', b"1e999", b",", b"-", b"\n", b"nan", b"="]),
    ),
    min_size=1,
    max_size=6,
)


def scratched(whole: bytes, marks) -> bytes:
    """The bytes with pieces cut out, and other bytes put in their place."""
    for where, length, instead in marks:
        start = int(where * len(whole))
        whole = whole[:start] + instead + whole[start + length :]
    return whole


def read_by_everyone(path: Path) -> None:
    for file in (read_buildings(path, "GCJ02"), read_buildings(path), read_base_map(path), read_territory(path)):
        findings = file.findings
        assert file.is_good == (findings.problem_count == 0)
        assert all(str(finding) for finding in findings.problems + findings.remarks)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", sorted(WHOLE))
@given(marks=scratches)
def test_a_scratched_text_file_is_read_or_refused(write, name, marks):
    read_by_everyone(write(name, scratched(WHOLE[name], marks)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=scratches)
def test_a_scratched_workbook_is_read_or_refused(write, write_excel, marks):
    whole = write_excel("whole.xlsx", [["id", "lon", "lat", "floors"], [1, 119.4, 32.2, 6]])
    read_by_everyone(write("a.xlsx", scratched(whole.read_bytes(), marks)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=scratches)
def test_a_scratched_geopackage_is_read_or_refused(write, write_geopackage, tmp_path, marks):
    whole = tmp_path / "whole.gpkg"
    if not whole.exists():
        write_geopackage(whole.name, [shapely.Polygon(RING)], "EPSG:4326", {"name": ["a"]})
    read_by_everyone(write("a.gpkg", scratched(whole.read_bytes(), marks)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=scratches)
def test_a_scratched_extract_is_read_or_refused(write, demo, marks):
    read_by_everyone(write("a.osm.pbf", scratched((demo / "osm" / "kouvola.osm.pbf").read_bytes(), marks)))
