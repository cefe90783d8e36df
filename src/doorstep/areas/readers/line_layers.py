"""Lines and areas of any GeoJSON or GeoPackage as a base map: with the tags of OpenStreetMap, or with a word a line.

A column `kind` says road, railway, water or wall in Chinese or English; whatever is named so is not simply walked
across. Where a file says nothing of its lines, that is what they were drawn for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from doorstep.areas.readers import features
from doorstep.areas.readers.formats import Format, Limits
from doorstep.areas.readers.records import Feature, FeatureKind
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.areas.readers.shapes import fingerprint, lines_made_fit
from doorstep.core.geometry import Datum
from doorstep.core.signs import seen
from doorstep.core.text import say

COLUMNS: Final = ("kind", "type", "类型", "类别", "要素类型")  # read, not shown
NAMES: Final = ("name:zh", "name", "名称")  # read, not shown
_WORDS: Final = {  # read, not shown
    FeatureKind.ROAD: "road highway street 道路 主干道 干道 公路 马路",
    FeatureKind.RAILWAY: "railway rail 铁路 轨道",
    FeatureKind.WATER: "water river canal lake 水系 河流 河 河道 湖 水面 运河",
    FeatureKind.WALL: "wall fence barrier 围墙 墙 院墙 隔离",
}
_BY_WORD: Final = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_SHAPES: Final = frozenset({"LineString", "MultiLineString", "Polygon", "MultiPolygon"})


def read_layer(
    path: Path, format_: Format, report: Report, limits: Limits
) -> Iterator[tuple[dict[str, str], Any, str]]:
    """Each line or area that can be kept, as its words, its shape and its own name at every reading."""
    file = features.Features(path, format_)
    if file.datum is None:
        raise FileRefused(say("areas-datum-missing"), say("areas-datum-missing-try", names=", ".join(Datum)))
    things = [each for each in file.read(report, limits) if each.shape is None or each.shape.geom_type in _SHAPES]
    rows = [each.row for each in things]
    shapes = lines_made_fit([each.shape for each in things], rows, file.datum, report, corners=limits.corners)
    taken = dict[str, int]()
    for thing, shape in zip(things, shapes, strict=True):
        if shape is None:
            continue
        words = {str(name).lower(): str(value).strip() for name, value in thing.properties.items() if _says(value)}
        own = f"shape/{fingerprint(shape)}"
        taken[own] = taken.get(own, 0) + 1
        if taken[own] == 1:
            yield words, shape, own


def _says(value: Any) -> bool:
    return value is not None and value == value and str(value).strip() != ""


def named_feature(words: Mapping[str, str], shape: Any, own: str, row_report: Report) -> Feature:
    """A line by the word for it, or without one: something that people do not simply walk across."""
    written = next((words[name] for name in COLUMNS if name in words), "")
    kind = _BY_WORD.get(written.lower())
    if written and kind is None:
        row_report.remark("", "kind", say("areas-line-unknown", word=written[:40]))
    name = seen(next((words[each] for each in NAMES if each in words), ""))
    return Feature(own, kind or FeatureKind.ROAD, written[:40] or "line", name, shape, is_barrier=True)
