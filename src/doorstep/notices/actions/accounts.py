"""Remember in which channel a case was told to us, so that its result is told there."""

from __future__ import annotations

from django.db import connection

from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import CaseId


def keep_account(case: CaseId, channel: str, sender: str) -> None:
    """The sender as a hash; erased with the contact, by the database itself. Kept once."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notices_account (case_id, channel, sender)"
            " SELECT case_id, %s, %s FROM cases_contact WHERE case_id = %s ON CONFLICT DO NOTHING",
            [channel, sender, case],
        )
