"""Remember in which channel a case was told to us, so that its result is told there."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import CaseId
from doorstep.notices.models import Account


def keep_account(case: CaseId, channel: str, sender: str, thread: str = "") -> None:
    """The sender as a hash; erased with the contact, by the database itself. Kept once."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notices_account (case_id, channel, sender, thread)"
            " SELECT case_id, %s, %s, %s FROM cases_contact WHERE case_id = %s ON CONFLICT DO NOTHING",
            [channel, sender, thread, case],
        )


def heard_since(channel: str, sender: str, since: datetime) -> int:
    """How many cases this sender has told us in this channel since then."""
    with acting_as(WORKER):
        told = Account.objects.filter(channel=channel, sender=sender, contact__case__heard_at__gt=since)
        return told.count()
