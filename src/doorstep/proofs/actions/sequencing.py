"""The sequencer: gives the rows of the ledger their places in the log, and signs heads over it.

A row waits in `proofs_waiting` from the transaction that wrote it, so it is seen no earlier and no later than the row
itself, however late that transaction ends. Taking it away and adding its leaf are one transaction: a kill in the middle
leaves neither a gap nor a double.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from doorstep.core.access import WORKER, acting_as
from doorstep.proofs.actions.keys import key_in_use
from doorstep.proofs.models import Head as Kept
from doorstep.proofs.rules.heads import Head, signed
from doorstep.proofs.rules.merkle import HASH_BYTES, Edge, leaf_hash, subtrees

BATCH: Final = 5000
HEAD_EVERY: Final = timedelta(minutes=1)
SEQUENCING: Final = 7402
"""The advisory lock that one sequencer holds, until its transaction ends or its process is gone."""


def sequence(at: datetime, *, limit: int = BATCH, head_every: timedelta = HEAD_EVERY) -> int:
    """Let what waits join the log, and sign a head where the last one is old enough; how many rows joined.

    Where another sequencer is at work this one steps aside.
    """
    with acting_as(WORKER):
        if not _is_ours():
            return 0
        edge = edge_of_log()
        joined = _join(edge, limit)
        _sign(edge, at, head_every)
    return joined


def sign_now(at: datetime) -> None:
    """Let all that waits join, and sign a head over it at once."""
    while sequence(at) == BATCH:
        pass
    sequence(at, head_every=timedelta(0))


def edge_of_log() -> Edge:
    """The right edge of the log as it stands: a handful of rows, however long it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(leaf_index) + 1, 0) FROM proofs_entry")
        (size,) = cursor.fetchone()
        wanted = subtrees((0, size))
        cursor.execute(
            "SELECT leaf_index, leaf || nodes FROM proofs_entry WHERE leaf_index = ANY(%s)",
            [[each.last_leaf for each in wanted]],
        )
        found = dict(cursor.fetchall())
    return Edge(size, [_at_level(found[each.last_leaf], each.level) for each in wanted])


def _at_level(hashes: bytes, level: int) -> bytes:
    return bytes(hashes[level * HASH_BYTES : (level + 1) * HASH_BYTES])


def _is_ours() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [SEQUENCING])
        return bool(cursor.fetchone()[0])


def _join(edge: Edge, limit: int) -> int:
    """Take the oldest that wait; a row follows those of its case before it, since it was written after them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.id, w.case_id, w.seq, e.hash FROM"
            " (SELECT id, case_id, seq FROM proofs_waiting ORDER BY id LIMIT %s) w"
            " JOIN cases_event e ON e.case_id = w.case_id AND e.seq = w.seq ORDER BY w.id",
            [limit],
        )
        waiting = cursor.fetchall()
        if not waiting:
            return 0
        first = edge.size
        leaves = [leaf_hash(bytes(row_hash)) for *_, row_hash in waiting]
        nodes = [edge.append(leaf) for leaf in leaves]
        ids, cases, seqs, _ = (list(column) for column in zip(*waiting, strict=True))
        cursor.execute(
            "INSERT INTO proofs_entry (leaf_index, case_id, seq, leaf, nodes)"
            " SELECT %s + place - 1, case_id, seq, leaf, nodes"
            " FROM unnest(%s::bigint[], %s::integer[], %s::bytea[], %s::bytea[])"
            " WITH ORDINALITY AS r (case_id, seq, leaf, nodes, place) ORDER BY place",
            [first, cases, seqs, leaves, nodes],
        )
        cursor.execute("DELETE FROM proofs_waiting WHERE id = ANY(%s)", [ids])
    return len(waiting)


def _sign(edge: Edge, at: datetime, head_every: timedelta) -> None:
    if not edge.size:
        return
    last = Kept.objects.order_by("-size").values_list("size", "at").first()
    if last is not None and (last[0] >= edge.size or at - last[1] < head_every):
        return
    key, private = key_in_use(at)
    head = Head(key.name, edge.size, edge.root(), at.replace(microsecond=0))
    note = signed(head, key, private)
    Kept.objects.create(size=head.size, root=head.root, at=head.at, key_id=key.id, note=note)
