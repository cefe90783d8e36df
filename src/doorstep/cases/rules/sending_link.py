"""How does the link of an outside handler reach them: by which channel, and at which address?"""

from __future__ import annotations

from typing import Final, NamedTuple

from doorstep.cases.rules.outside import OutsideRefused
from doorstep.core.contacts import read_email, read_phone
from doorstep.core.text import say

SMS: Final = "sms"
EMAIL: Final = "email"
OTHER: Final = "other"
WAYS: Final = (SMS, EMAIL, OTHER)
"""To the duty's telephone, to the duty's e-mail address, or to one that was typed for this once."""


class Sending(NamedTuple):
    """A channel, and the address that was typed for this once; none for the duty contact of the unit."""

    channel: str
    to: str = ""


def how_sent(way: str, typed: str, *, has_phone: bool, has_email: bool) -> Sending | None:
    """None when whoever gives the link passes it on; refused when it would reach nobody."""
    if way == OTHER:
        return _typed(typed)
    if not way:
        return _passed_on(typed)
    if way not in WAYS:
        raise OutsideRefused(say("outside-send-unknown"), say("outside-send-unknown-try"), "send")
    if not {SMS: has_phone, EMAIL: has_email}[way]:
        raise OutsideRefused(say("outside-send-no-duty"), say("outside-send-no-duty-try"), "send")
    return Sending(way)


def _passed_on(typed: str) -> Sending | None:
    """It goes to nobody; an address without the choice to write to it is a slip."""
    if typed.strip():
        raise OutsideRefused(say("outside-send-not-chosen"), say("outside-send-not-chosen-try"), "send")
    return None


def _typed(typed: str) -> Sending:
    if not typed.strip():
        raise OutsideRefused(say("outside-send-no-address"), say("outside-send-no-address-try"), "to")
    if "@" in typed or "\uff20" in typed:
        return Sending(EMAIL, read_email(typed, "to"))
    return Sending(SMS, read_phone(typed, "to"))
