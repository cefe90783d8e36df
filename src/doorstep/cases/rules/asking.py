"""Which questions of an item are settled, as the ledger of its case tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def settled_by(item: str, facts: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The ids of its questions that were answered, or turned out to be out of place; those of other items count not."""
    return frozenset(
        str(question) for each in facts if each.get("item") == item for question in each.get("answered", ())
    )
