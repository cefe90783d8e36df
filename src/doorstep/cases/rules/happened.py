"""When something happened that we hear of later: what no clock can have meant is refused, small slips are forgiven."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from doorstep.catalogue.item import Limits
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local

SKEW: Final = timedelta(minutes=5)
"""By how much another clock may be ahead of ours; the ledger's own check allows the same."""


class NotAMoment(Refusal):
    """It cannot have happened then."""


def happened(said: datetime, heard_at: datetime, limits: Limits) -> datetime:
    """The moment as it is kept: never later than we heard of it, since a clock that is a little ahead is no reason
    to lose a report."""
    if said > heard_at + SKEW:
        raise NotAMoment(
            say("clocks-in-the-future", day=f"{_on_our_clocks(said):%Y-%m-%d %H:%M}"), say("clocks-moment-try")
        )
    if said < heard_at - timedelta(days=limits.oldest_days):
        raise NotAMoment(
            say("clocks-long-ago", day=f"{_on_our_clocks(said):%Y-%m-%d}", days=limits.oldest_days),
            say("clocks-moment-try"),
        )
    return min(said, heard_at)


def _on_our_clocks(said: datetime) -> datetime:
    """As it is shown here; as it was written where our calendar ends before theirs."""
    try:
        return local(said)
    except OverflowError:
        return said


def refuse_before_the_report(done_at: datetime | None, reported_at: datetime) -> None:
    """What was done before anybody asked for it is a slip of the pen; forms know no seconds."""
    if done_at is not None and done_at < reported_at.replace(second=0, microsecond=0):
        raise NotAMoment(
            say("clocks-before-the-report", day=f"{local(reported_at):%Y-%m-%d %H:%M}"), say("clocks-moment-try")
        )
