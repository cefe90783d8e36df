"""Small files as a place might hand them in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def demo() -> Path:
    """The real data that come with the demo."""
    return Path(__file__).parents[3] / "demo" / "data"


@pytest.fixture
def write(tmp_path):
    """Write a file: text in UTF-8, bytes as they are, anything else as JSON."""

    def write_(name: str, content) -> Path:
        path = tmp_path / name
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write_


@pytest.fixture
def write_excel(tmp_path):
    """Write a workbook: sheets as lists of rows, the first one first."""

    def write_(name: str, *sheets: list[list[object]]) -> Path:
        from openpyxl import Workbook

        book = Workbook()
        book.remove(book.active)
        for rows in sheets:
            sheet = book.create_sheet()
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write_


@pytest.fixture
def write_geopackage(tmp_path):
    """Write a GeoPackage layer of shapes with columns, in a reference system or in none."""

    def write_(name: str, shapes, crs: str | None, columns: dict[str, list], layer: str = "buildings") -> Path:
        import warnings

        import numpy as np
        import pyogrio.raw
        import shapely

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # It warns when no reference system is named; here on purpose.
            pyogrio.raw.write(
                tmp_path / name,
                geometry=shapely.to_wkb(np.asarray(shapes, dtype=object)),
                geometry_type="Unknown",
                field_data=[np.asarray(values) for values in columns.values()],
                fields=list(columns),
                crs=crs,
                layer=layer,
                append=(tmp_path / name).exists(),
            )
        return tmp_path / name

    return write_
