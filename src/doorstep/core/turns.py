"""One after the other: whoever does the same thing in the same moment waits until the first has done it.

For what is looked up before it is written: a button that is pressed twice, two people with one idea.
"""

from __future__ import annotations

from django.db import connection


def take_turn(about: str, of: object) -> None:
    """Wait for the others; until this transaction ends nobody else has the turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{about} {of}"])
