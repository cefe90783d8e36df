"""What a case's item still asks, for whoever sees the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from doorstep.cases.actions.classify import propose
from doorstep.cases.models import Case
from doorstep.cases.queries import catalogue, item_of
from doorstep.cases.rules.asking import settled_by
from doorstep.cases.rules.lifecycle import State
from doorstep.catalogue.item import Item, Question
from doorstep.catalogue.rules.answering import still_asked

Asked = tuple[Item, tuple[Question, ...]]


def still_asked_of(case: Case, words: str, facts: Iterable[Mapping[str, Any]]) -> Asked | None:
    """The item and its questions that nobody has settled; None when nothing is left to ask.

    `facts` are those of the case's ledger. Before the case is classified its words say what it seems to be about.
    """
    item = item_of(case)
    if item is None and case.state == State.REPORTED:
        found = propose(words, case.item, case.urgency) if words else None
        item = found.item if found is not None else None
    if item is None or item.id not in catalogue().items:
        return None
    open_ones = still_asked(item, settled_by(item.id, facts))
    return (item, open_ones) if open_ones else None
