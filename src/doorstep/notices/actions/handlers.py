"""Send the link of an outside handler once more, to where it was sent before."""

from __future__ import annotations

from datetime import datetime

from doorstep.cases.actions import outside
from doorstep.cases.rules.outside import OutsideRefused
from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.text import say
from doorstep.notices.models import LinkNotice
from doorstep.notices.to_handlers import UNDER_WAY


def send_again(link: int, *, by: Actor, at: datetime) -> None:
    """By whoever might give it: the same link goes out again. What is on its way already is not doubled."""
    kept = outside.find(link)
    outside.refuse_stranger(kept, by)
    if kept.ended_at is not None or kept.until <= at:
        raise OutsideRefused(say("outside-again-over"), say("outside-again-over-try"))
    with acting_as(WORKER, because="send a link again"):
        notice = LinkNotice.objects.select_for_update().filter(pk=link).first()
        if notice is None:
            raise OutsideRefused(say("outside-again-none"), say("outside-again-none-try"))
        if notice.state in UNDER_WAY:
            raise OutsideRefused(say("outside-again-under-way"), say("outside-again-under-way-try"))
        LinkNotice.objects.filter(pk=link).update(
            state="waiting", attempts=0, trouble="", look_again_at=at, written_at=at, sent_at=None
        )
