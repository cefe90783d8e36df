"""A text message that answers one of ours: it belongs to the case that this phone was last written to about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from doorstep.cases.actions.contact import ContactRefused, readable_contact
from doorstep.cases.actions.ledger import MoveRefused
from doorstep.cases.actions.writing_back import TooLate, write_back
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import CaseId
from doorstep.notices.models import Notice


def phone_in(written: str) -> str:
    """The number as contacts keep it; empty when it is none."""
    try:
        return readable_contact("", written).phone
    except ContactRefused:
        return ""


def answered_by_text(phone: str, words: str, *, key: UUID, at: datetime) -> str:
    """Put the words on the case; its number, or nothing when there is no case that they could answer."""
    with acting_as(WORKER):
        told = Notice.objects.filter(channel="sms", case__contact__phone__in=_ways_to_write(phone), state="sent")
        last = told.order_by("-sent_at", "-id").values_list("case_id", "case__number").first()
    if last is None:
        return ""
    try:
        write_back(CaseId(last[0]), words, at=at, key=key)
    except (MoveRefused, TooLate):
        return ""
    return str(last[1])


def _ways_to_write(phone: str) -> set[str]:
    """With and without the country's own code: a gateway adds it or takes it away."""
    bare = phone.removeprefix("+").removeprefix("86") if len(phone) > 11 else phone
    return {phone, bare, f"86{bare}", f"+86{bare}"}
