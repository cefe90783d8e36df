"""How long what is kept: each thing has a purpose and an end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

CONTACT: Final = timedelta(days=90)
"""After the end: names of ways to reach people, kept for invitations and follow-ups."""
NOTE: Final = timedelta(days=30)
"""After the end: what the mediator noted in confidence."""
OLDEST_NOTE: Final = timedelta(days=365)
"""However long it takes: a note older than this goes."""
FILE: Final = timedelta(days=3 * 365 + 1)
"""After the end: the agreement, the record and the names in it; for so long what it gives can be sued for (Civil Code,
art. 188)."""


def ends(ended_on: date) -> tuple[date, date, date]:
    """The days on which contacts, notes and the file go."""
    return ended_on + CONTACT, ended_on + NOTE, ended_on + FILE
