"""A resident joins an open case instead of making another: a voice with words, a link and a contact of its own.

The voice is a case whose second row says what it joined. So whatever holds for reports holds for voices: its words
are erased like any, its link is like any, and sent twice it is one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from doorstep.cases.actions import voices
from doorstep.cases.actions.ledger import Entry, hold
from doorstep.cases.actions.report import Receipt, Report, report
from doorstep.cases.models import Case
from doorstep.cases.rules.lifecycle import Move, State
from doorstep.cases.similar import may_be_joined
from doorstep.core.access import acting_as, follower_of
from doorstep.core.crypto import SealBroken, seal, unseal
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import as_json, say

OFFER_GOOD_FOR: Final = timedelta(hours=2)


class JoinRefused(Refusal):
    """The case that was offered cannot be joined any more; the words can still become a case of their own."""


def offer_of(case: int, *, at: datetime) -> str:
    """What proves that this case was offered a while ago, and says nothing about which it is."""
    return seal(f"{case} {int((at + OFFER_GOOD_FOR).timestamp())}".encode()).decode()


def case_in(offer: str, *, at: datetime) -> int | None:
    """The case of an offer of ours that still holds."""
    try:
        case, until = unseal(offer.encode()).split()
    except (SealBroken, ValueError):
        return None
    return int(case) if at.timestamp() <= int(until) else None


def join(said: Report, offer: str, *, at: datetime) -> Receipt:
    """Report, and join with it; both or neither. Sent again, it gets the receipt of the first."""
    case = case_in(offer, at=at)
    if case is None:
        raise _not_now("cases-join-over")
    with transaction.atomic():
        receipt = report(said, at=at)
        ava = follower_of(receipt.case)
        with acting_as(ava):
            if Case.objects.filter(pk=receipt.case, state=State.REPORTED, seq=1).exists():
                _join(receipt.case, case, at=at)
    return receipt


def _join(voice: CaseId, offered: int, *, at: datetime) -> Entry:
    target = voices.locked(offered, at=at)
    if target is None or not target.is_open:
        raise _not_now("cases-join-ended")
    if not may_be_joined(target.item):
        raise _not_now("cases-join-over")
    with hold(voice, by=follower_of(voice)) as held:
        entry = held.done(
            Move.MERGE,
            at=at,
            facts={"into": target.pk, "joined": True, "because": as_json(say("cases-join-accepted"))},
            merged_into_id=target.pk,
            # The desk and the grid that have the case read its voices too.
            county_id=target.county_id,
            subdistrict_id=target.subdistrict_id,
            community_id=target.community_id,
            grid_id=target.grid_id,
            microgrid_id=target.microgrid_id,
        )
    voices.count(target.pk, 1)
    return entry


def _not_now(why: str) -> JoinRefused:
    return JoinRefused(say(why), say("cases-join-try"), "join")
