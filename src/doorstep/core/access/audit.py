"""Leave a trace: of a sensitive read, or of an act that changes who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from django.db import connection

from doorstep.core.access.actors import Actor


def read(what: str, subject: int, *, by: Actor, at: datetime, because: str = "") -> None:
    """Somebody opened something sensitive. The trace commits with the read, or the read does not happen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_read (at, role, account, post, what, subject, because)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [at, str(by.role), by.account, by.post, what, subject, because[:200]],
        )


def deed(what: str, subject: str, *, by: Actor, at: datetime, facts: Mapping[str, Any] | None = None) -> None:
    """Somebody changed who may do what, or tried to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_deed (at, role, account, post, what, subject, facts)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb)",
            [at, str(by.role), by.account, by.post, what, subject[:80], orjson.dumps(dict(facts or {})).decode()],
        )
