"""What is seen of the log: heads and keys by everybody, the way from a row to the root by whoever holds its link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db import connection

from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import LOCAL
from doorstep.proofs.models import Head as KeptHead
from doorstep.proofs.models import Key as KeptKey
from doorstep.proofs.rules.heads import MOST_SIZE, Key
from doorstep.proofs.rules.merkle import HASH_BYTES, Subtree, consistency_spans, inclusion_spans, proof

SHOWN: Final = 50


class SizeRefused(Refusal):
    """Not a size of which anything can be shown."""

    status = 422


class NoHeadYet(Refusal):
    """Nothing was signed yet, or no head of that size."""

    status = 404


class Published(NamedTuple):
    """A head as it was published."""

    size: int
    root: bytes
    at: datetime
    key: str
    note: str


class Leaf(NamedTuple):
    """Where a row of the ledger stands in the log."""

    leaf_index: int
    leaf: bytes


def all_keys() -> list[Key]:
    """All keys that ever signed, the oldest first."""
    columns = KeptKey.objects.order_by("valid_from", "id").values_list("name", "public", "valid_from", "valid_until")
    return [Key(name, bytes(public), since, until) for name, public, since, until in columns]


def newest_head() -> Published | None:
    return _published(KeptHead.objects.order_by("-size"))


def head_of(size: int) -> Published:
    """The head of exactly this size; `NoHeadYet` where none was published."""
    found = _published(KeptHead.objects.filter(size=readable_size(size, "size")))
    if found is None:
        raise NoHeadYet(say("proofs-no-head-of", size=str(size)), say("proofs-no-head-of-try"), "size")
    return found


def newest_or_refused() -> Published:
    """The newest head; `NoHeadYet` while there is none."""
    found = newest_head()
    if found is None:
        raise NoHeadYet(say("proofs-no-head"), say("proofs-no-head-try"))
    return found


def heads(*, before: int | None = None, limit: int = SHOWN) -> list[Published]:
    """Heads, the newest first, those smaller than `before` where that is given."""
    found = KeptHead.objects.order_by("-size")
    if before is not None:
        found = found.filter(size__lt=readable_size(before, "before"))
    return [_head(row) for row in found.values_list(*Published._fields[:3], "key_id", "note")[:limit]]


def last_heads_of_days(until: date, *, days: int = 31) -> list[tuple[date, Published]]:
    """The last head of each of these days, the newest first; a day without one is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d::date, h.size, h.root, h.at, h.key_id, h.note"
            " FROM generate_series(%s::date - %s + 1, %s::date, interval '1 day') d CROSS JOIN LATERAL"
            " (SELECT * FROM proofs_head WHERE at >= d::timestamp AT TIME ZONE %s"
            "  AND at < (d + interval '1 day')::timestamp AT TIME ZONE %s ORDER BY at DESC, size DESC LIMIT 1) h"
            " ORDER BY 1 DESC",
            [until, days, until, LOCAL.key, LOCAL.key],
        )
        return [(day, _head(row)) for day, *row in cursor.fetchall()]


def leaves_of(case: int) -> dict[int, Leaf]:
    """Where the rows of a case stand in the log, by their numbers; for whoever may see the case's own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, leaf_index, leaf FROM proofs_entry WHERE case_id = %s ORDER BY seq", [case])
        return {seq: Leaf(place, bytes(leaf)) for seq, place, leaf in cursor.fetchall()}


def inclusions(leaf_indexes: Sequence[int], size: int) -> list[list[bytes]]:
    """For each leaf the hashes that lead from it up to the root over `size` leaves, all in one read."""
    ways = [inclusion_spans(each, size) for each in leaf_indexes]
    with acting_as(ANONYMOUS):
        hashes = iter(proof([span for way in ways for span in way], kept))
    return [[next(hashes) for _ in way] for way in ways]


def consistency(first: int, second: int) -> list[bytes]:
    """The hashes that show that the log over `second` leaves begins with the one over `first`."""
    readable_size(first, "first")
    if not 1 <= first <= second:
        raise SizeRefused(say("proofs-sizes-refused", first=str(first), second=str(second)),
                          say("proofs-sizes-refused-try", newest=str(second)), "first")  # fmt: skip
    with acting_as(ANONYMOUS):
        return proof(consistency_spans(first, second), kept)


def kept(wanted: Sequence[Subtree]) -> Mapping[Subtree, bytes]:
    """The hashes of these subtrees: one read of as many rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT leaf_index, leaf || nodes FROM proofs_entry WHERE leaf_index = ANY(%s)",
            [[each.last_leaf for each in wanted]],
        )
        found = dict(cursor.fetchall())
    return {each: bytes(_at(found, each)) for each in wanted}


def readable_size(size: int, where: str) -> int:
    """A size that a log can have; refused otherwise."""
    if not 0 <= size <= MOST_SIZE:
        raise SizeRefused(say("proofs-size-refused"), say("proofs-size-refused-try"), where)
    return size


def _at(found: Mapping[int, bytes], wanted: Subtree) -> bytes:
    hashes = found[wanted.last_leaf]
    return hashes[wanted.level * HASH_BYTES : (wanted.level + 1) * HASH_BYTES]


def _published(found: object) -> Published | None:
    row = found.values_list(*Published._fields[:3], "key_id", "note").first()  # type: ignore[attr-defined]
    return None if row is None else _head(row)


def _head(row: Sequence[object]) -> Published:
    size, root, at, key, note = row
    return Published(size, bytes(root), at, key, note)  # type: ignore[arg-type, call-overload]
