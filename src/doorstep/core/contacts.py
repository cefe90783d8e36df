"""An address at which somebody is reached: read as it is kept, and masked as it is shown."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

LONGEST_PUBLIC: Final = 30
_email: Final = re.compile(r"[^@\s<>\"',;:\\()\[\]\x00-\x1f]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_phone: Final = re.compile(r"\+?[0-9]{7,15}")
_public: Final = re.compile(r"\+?[0-9() -]{3,24}(?: ?(?:转|ext\.?) ?[0-9]{1,6})?")  # read, not shown


class ContactRefused(Refusal):
    """Nobody could be reached at that."""


def read_email(typed: str, where: str = "email") -> str:
    """The address as it is kept; refused when it cannot be right. Nothing stays nothing."""
    email = _plain(typed).strip()
    if email and (len(email) > 120 or not email.isascii() or _email.fullmatch(email) is None):
        raise ContactRefused(say("cases-contact-email"), say("cases-contact-email-try"), where)
    return email


def read_phone(typed: str, where: str = "phone") -> str:
    """The number as it is kept: blanks and dashes gone, digits of one width; refused when it cannot be right."""
    phone = re.sub(r"[\s\-()\u2010-\u2015]", "", _plain(typed))
    if phone and _phone.fullmatch(phone) is None:
        raise ContactRefused(say("cases-contact-phone"), say("cases-contact-phone-try"), where)
    return phone


def read_public_phone(typed: str, where: str = "phone") -> str:
    """A telephone that anybody may read, written as it was said: 0511-8555 0101 转 2, or 12345."""
    phone = " ".join(re.sub(r"[\u2010-\u2015]", "-", _plain(typed)).split())
    digits = sum(sign.isdigit() for sign in phone)
    if phone and (len(phone) > LONGEST_PUBLIC or digits < 3 or _public.fullmatch(phone) is None):
        raise ContactRefused(say("staff-unit-phone-wrong"), say("staff-unit-phone-wrong-try"), where)
    return phone


def masked(address: str) -> str:
    """The address, so that whoever knows it knows it again, and nobody else learns it."""
    if not address:
        return ""
    name, at, host = address.partition("@")
    return f"{name[:1]}***@{host}" if at else f"{address[:3]}****{address[-4:]}"


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed)
