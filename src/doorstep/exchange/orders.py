"""A case as another platform hands it over: under its own number, which is the key however often it comes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.crypto import salted_hmac

from doorstep.cases.actions.report import Report
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

LONGEST_NUMBER: Final = 64
# Clocks of two houses differ; what lies further ahead is a slip of the pen.
SKEW: Final = timedelta(minutes=10)
OLDEST: Final = timedelta(days=3 * 366)


class OrderRefused(Refusal):
    """This cannot be taken as it stands; `where` names the field. Answered as 422."""

    status = 422


@dataclass(frozen=True)
class Order:
    """What a partner tells of one case. `happened_at` is when it heard of it, if it says."""

    number: str
    said: Report
    happened_at: datetime | None = None

    def keyed(self, partner: int) -> Report:
        """The report with the key that makes it one, however often it arrives."""
        key = salted_hmac("doorstep exchange", f"{partner}\0{self.number}", algorithm="sha256").digest()
        return replace(self.said, key=UUID(bytes=key[:16]))

    @property
    def body_hash(self) -> bytes:
        """By which the same order is told from another under the same number; nothing can be read from it."""
        said = self.said
        parts = (said.words.strip(), said.place.words, said.item, said.contact.phone, said.contact.name)
        return bytes(salted_hmac("doorstep exchange body", "\0".join(parts), algorithm="sha256").digest())


def readable_number(number: str) -> str:
    """The partner's number as it is kept."""
    number = number.strip()
    if not number:
        raise OrderRefused(say("exchange-number-missing"), say("exchange-number-missing-try"), "number")
    if len(number) > LONGEST_NUMBER or not number.isprintable():
        raise OrderRefused(say("exchange-number-long", most=LONGEST_NUMBER), say("exchange-number-long-try"), "number")
    return number


def believable(happened_at: datetime | None, at: datetime) -> datetime:
    """When it happened: what lies a little ahead is now; far ahead, or years ago, is refused."""
    if happened_at is None:
        return at
    if not at - OLDEST <= happened_at <= at + SKEW:
        raise OrderRefused(say("exchange-time"), say("exchange-time-try"), "happened_at")
    return min(happened_at, at)
