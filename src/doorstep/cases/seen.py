"""Who saw a case, for whoever reported it: which unit, in which post, when and what for; never which person."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection

MOST: Final = 300


class Seen(NamedTuple):
    """One look at the case, or at the contact, for a purpose."""

    at: datetime
    what: str
    role: str
    unit: str | None
    post_kind: str | None
    post_title: str | None
    purpose: str
    because: str
    until: datetime | None


def who_saw(case: int) -> list[Seen]:
    """The latest first; runs as the follower of the case, and the policies show that case alone."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, {"case": case, "most": MOST})
        return [Seen(*row) for row in cursor.fetchall()]


# A contact that is looked at again while its time runs is one reveal, with its beginning and its end.
_SEEN: Final = """
SELECT seen.at, seen.what, seen.role, u.name, p.kind, p.title, seen.purpose, seen.because, seen.until
FROM (
    SELECT r.id, r.at, 'case' AS what, r.role, r.post, NULL::bigint AS unit, '' AS purpose, '' AS because,
        NULL::timestamptz AS until
    FROM access_read r WHERE r.what = 'case' AND r.subject = %(case)s
    UNION ALL
    SELECT v.id, v.at, 'contact', '', NULL, v.unit, v.purpose, v.because, v.until
    FROM cases_reveal v WHERE v.case_id = %(case)s
    ORDER BY 2 DESC, 3 DESC, 1 DESC LIMIT %(most)s
) seen
LEFT JOIN staff_post p ON p.id = seen.post
LEFT JOIN staff_unit u ON u.id = coalesce(seen.unit, p.unit_id)
ORDER BY seen.at DESC, seen.what DESC, seen.id DESC
"""
