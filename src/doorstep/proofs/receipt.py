"""The proof that a person holds: every row of their case with its way to a signed head, in one file.

A row is given in the very letters that were hashed; they hold no personal data. What the reporter may read of the words
stands beside with its salt, so that their hash in the row can be reckoned again. Whoever keeps the file can check it
without us, and goes on being able to when the words are erased here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import connection

from doorstep.cases.models import Case, Said
from doorstep.proofs.queries import (
    Published,
    all_keys,
    consistency,
    head_of,
    inclusions,
    leaves_of,
    newest_head,
    newest_or_refused,
)
from doorstep.proofs.rules.heads import Key

FORMAT: Final = "doorstep-proof/1"
CONSISTENCY: Final = "doorstep-consistency/1"


def receipt(case: int, *, at: datetime) -> dict[str, Any]:
    """The proof of a case, as plain values that JSON can hold; runs as its follower."""
    number = Case.objects.values_list("number", flat=True).get(pk=case)
    head = newest_head()
    size = head.size if head else 0
    leaves = leaves_of(case)
    kept = Said.objects.filter(case=case).values_list("seq", "words", "salt")
    said = {seq: (words, bytes(salt)) for seq, words, salt in kept}
    rows: list[dict[str, Any]] = []
    joined = {seq: leaf.leaf_index for seq, leaf in leaves.items() if leaf.leaf_index < size}
    paths = dict(zip(joined, inclusions(list(joined.values()), size), strict=True))
    for seq, line in _lines(case):
        row: dict[str, Any] = {"row": seq, "line": line}
        if seq in said:
            row["words"], row["salt"] = said[seq][0], said[seq][1].hex()
        if seq in joined:
            row["leaf_index"], row["path"] = joined[seq], [each.hex() for each in paths[seq]]
        rows.append(row)
    return {
        "format": FORMAT,
        "case": number,
        "made_at": at,
        "keys": [told_key(key) for key in all_keys()],
        "head": told_head(head) if head else None,
        "rows": rows,
    }


def consistency_told(first: int, second: int | None) -> dict[str, Any]:
    """What shows that the log of a published head, or of the newest one, begins with the first so many rows."""
    head = newest_or_refused() if second is None else head_of(second)
    return {
        "format": CONSISTENCY,
        "first": first,
        "second": head.size,
        "keys": [told_key(key) for key in all_keys()],
        "head": told_head(head),
        "path": [each.hex() for each in consistency(first, head.size)],
    }


def told_key(key: Key) -> dict[str, Any]:
    """The public part of a key, for JSON."""
    return {
        "id": key.id,
        "name": key.name,
        "public": key.public.hex(),
        "published": key.published,
        "valid_from": key.valid_from,
        "valid_until": key.valid_until,
    }


def told_head(head: Published) -> dict[str, Any]:
    """A head, for JSON; what counts is the note, the rest repeats it."""
    return {"size": head.size, "root": head.root.hex(), "at": head.at, "key": head.key, "note": head.note}


def _lines(case: int) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, cases_event_line(e) FROM cases_event e WHERE case_id = %s ORDER BY seq", [case])
        lines: list[tuple[int, str]] = cursor.fetchall()
        return lines
