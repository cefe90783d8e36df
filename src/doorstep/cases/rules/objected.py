"""What came of each objection to a dispatch, read from the rows of a case: nothing is kept beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from doorstep.cases.rules.decline import OPEN, Verdict


class CameOf(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"
    LET_GO = "let-go"
    """The holder went on with the case, or it ended, before anybody decided."""


@dataclass(frozen=True)
class Objection:
    """One objection: the row that raised it, and the row that decided it, where one did."""

    raised: Any
    came_of: CameOf
    decided: Any = None

    @property
    def basis(self) -> str:
        """The basis that it names; empty where it is older than bases."""
        return str(self.raised.facts.get("basis", ""))

    @property
    def is_final(self) -> bool:
        """Whether the level above decided, for good."""
        return self.decided is not None and bool(self.decided.facts.get("final"))


def objections(rows: Iterable[Any], question: str) -> list[Objection]:
    """All that was objected to a case, oldest first; `question` is what it waits for now.

    A row has a `move`, a `to_state` and `facts`, whoever it was read for.
    """
    found: list[Objection] = []
    for row in rows:
        if row.move == "decline":
            # Until objections were reviewed, a case went on at once.
            at_once = row.to_state == "classified"
            found.append(Objection(row, CameOf.UPHELD if at_once else CameOf.LET_GO))
        elif found and found[-1].came_of is CameOf.LET_GO and row.facts.get("objection"):
            verdict = CameOf.UPHELD if row.facts["objection"] == Verdict.UPHELD else CameOf.REJECTED
            found[-1] = Objection(found[-1].raised, verdict, row)
    if found and found[-1].came_of is CameOf.LET_GO and question in OPEN:
        found[-1] = replace(found[-1], came_of=CameOf.OPEN)
    return found
