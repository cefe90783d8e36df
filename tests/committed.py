"""A town that is really written down, in a database of its own: for what several do at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from tests.town import Town, build_town

from doorstep.core.postgres import DATABASE, SUPERUSER

COPY = "doorstep_town"


@pytest.fixture
def committed_town(server: Any) -> Iterator[Town]:
    """The town, committed; the database is a copy of the empty one and is thrown away afterwards."""
    from django.db import connections

    connections.close_all()
    with psycopg.connect(server.dsn(SUPERUSER, "postgres"), autocommit=True) as superuser:
        superuser.execute(f"CREATE DATABASE {COPY} TEMPLATE {DATABASE}")
        _turn_to(COPY)
        try:
            yield build_town()
        finally:
            connections.close_all()
            _turn_to(DATABASE)
            superuser.execute(f"DROP DATABASE {COPY} WITH (FORCE)")


def _turn_to(database: str) -> None:
    from django.db import connections

    for alias in ("default", "owner"):
        for settings in (connections.settings[alias], connections[alias].settings_dict):
            settings["NAME"] = database
