"""Notice views in bulk, and tell the security administrator; nobody is stopped by it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection

from doorstep.cases.rules.bulk_views import WINDOW, Bounds, is_alarming
from doorstep.core.access import WORKER, acting_as


def bounds() -> Bounds:
    """What this installation takes for too much."""
    return Bounds(*settings.BULK_VIEWS)


def watch(at: datetime) -> int:
    """By machine: look at the last hour; how many alarms were raised. One an hour for the same sign-in and thing."""
    limits = bounds()
    since = at - WINDOW
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(_OPENED, {"since": since, "at": at, "least": min(limits.cases, limits.contacts, limits.pages)})
        raised = 0
        for account, post, role, what, opened, worked_on in cursor.fetchall():
            if is_alarming(opened, worked_on, what, limits):
                cursor.execute(
                    _RAISE, [at, account, post, role, what, opened, worked_on, since, account, post, what, since]
                )
                raised += cursor.rowcount
    return raised


# Only sign-ins above the lower bound are looked at; of the others nothing is even read out.
_OPENED: Final = """
WITH much AS MATERIALIZED (
    SELECT account, post, role, what, count(DISTINCT subject) AS opened FROM access_read
    WHERE at > %(since)s AND at <= %(at)s AND what IN ('case', 'contact', 'case-list')
    GROUP BY account, post, role, what HAVING count(DISTINCT subject) > %(least)s
)
SELECT m.account, m.post, m.role, m.what, m.opened, CASE WHEN m.what = 'case-list' THEN (
    SELECT count(DISTINCT r.subject) FROM access_read r
    WHERE r.at > %(since)s AND r.at <= %(at)s AND r.what = 'case' AND r.post IS NOT DISTINCT FROM m.post
        AND r.account IS NOT DISTINCT FROM m.account)
ELSE (
    SELECT count(DISTINCT r.subject) FROM access_read r
    WHERE r.at > %(since)s AND r.at <= %(at)s AND r.what = m.what AND r.post = m.post
        AND r.account IS NOT DISTINCT FROM m.account AND EXISTS (
        SELECT FROM cases_event e WHERE e.case_id = r.subject AND e.by_post = m.post AND e.heard_at > %(since)s)) END
FROM much m
"""
_RAISE: Final = """
INSERT INTO access_alarm (at, account, post, role, what, opened, worked_on, since, words)
SELECT %s, %s, %s, %s, %s, %s, %s, %s, '' WHERE NOT EXISTS (
    SELECT FROM access_alarm a WHERE a.account IS NOT DISTINCT FROM %s AND a.post IS NOT DISTINCT FROM %s
        AND a.what = %s AND a.at > %s)
"""
