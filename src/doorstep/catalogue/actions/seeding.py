"""Files seed the catalogue once: what they say stands from the beginning, until the desk says something else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from doorstep.catalogue.in_force import BEGINNING
from doorstep.catalogue.kept import read_folder

STAMP: int = 1


def seed(owner: Any, *, at: datetime) -> int:
    """Write the shipped files as the first versions, unless there are any; how many were written.

    `owner` is the connection of whoever migrates.
    """
    with owner.cursor() as cursor:
        cursor.execute("INSERT INTO catalogue_stamp (id, number) VALUES (%s, 0) ON CONFLICT DO NOTHING", [STAMP])
        cursor.execute("SELECT EXISTS (SELECT FROM catalogue_version)")
        if cursor.fetchone()[0]:
            return 0
        sheets = read_folder()
        cursor.executemany(
            "INSERT INTO catalogue_version (name, said, revision, why, from_at, made_at, published_at)"
            " VALUES (%s, %s::jsonb, 1, '', %s, %s, %s)",
            [(name, _written(said), BEGINNING, at, at) for name, said in sheets.items()],
        )
        cursor.execute("UPDATE catalogue_stamp SET number = number + 1 WHERE id = %s", [STAMP])
    return len(sheets)


def _written(said: Mapping[str, Any]) -> str:
    return orjson.dumps(dict(said)).decode()
