"""The log over the ledger: its heads and keys for everybody, and the proof of a case for whoever holds its link."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import Field

from doorstep.core.ids import CaseId
from doorstep.fronts.open.entering import Request, for_followers, for_readers
from doorstep.fronts.open.shapes import Told
from doorstep.proofs import queries, receipt

router = Router(tags=["proofs"])

Size = Annotated[int, Field(ge=1, le=2**63 - 1)]


class KeyTold(Told):
    """A key that signs heads, or did; a head counts only if it was signed between the two times."""

    id: str
    name: str
    public: str
    published: str
    valid_from: datetime
    valid_until: datetime | None


class HeadTold(Told):
    """A signed head; what counts is the note (c2sp.org/signed-note), the rest repeats it."""

    size: int
    root: str
    at: datetime
    key: str
    note: str


class ConsistencyTold(Told):
    """What shows that the log of `head` begins with the first so many rows (RFC 9162, 2.1.4)."""

    format: str
    first: int
    second: int
    keys: list[KeyTold]
    head: HeadTold
    path: list[str]


@router.get("/proofs/keys", response=list[KeyTold])
@for_readers
def list_proof_keys(request: Request) -> list[dict[str, Any]]:
    return [receipt.told_key(each) for each in queries.all_keys()]


@router.get("/proofs/heads", response=list[HeadTold])
@for_readers
def list_heads(request: Request, before: Annotated[Size | None, Query()] = None) -> list[dict[str, Any]]:
    return [receipt.told_head(each) for each in queries.heads(before=before)]


@router.get("/proofs/consistency", response=ConsistencyTold)
@for_readers
def show_consistency(request: Request, first: Size, second: Annotated[Size | None, Query()] = None) -> dict[str, Any]:
    return receipt.consistency_told(first, second)


@router.get("/followed/{token}/proof", response=dict[str, Any])
@for_followers
def take_own_proof(request: Request, token: str) -> dict[str, Any]:
    return receipt.receipt(CaseId(request.actor.case or 0), at=request.at)
