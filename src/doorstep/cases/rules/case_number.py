"""The number a person is given to follow a case: the day, a serial number, and two digits that catch slips.

    261121-000042-21

The last two make the whole number leave 1 when divided by 97 (ISO 7064, MOD 97-10): any one wrong digit and any two
swapped neighbours are noticed. A number says nothing about who may see the case; a link is needed for that.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final, NamedTuple

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

MOST_IN_A_DAY: Final = 999_999
_shape: Final = re.compile(r"(\d{2})(\d{2})(\d{2})(\d{6})(\d{2})")


class NotACaseNumber(Refusal):
    """No case can have such a number."""


class CaseNumber(NamedTuple):
    day: date
    serial: int

    def __str__(self) -> str:
        return case_number(self.day, self.serial)


def case_number(day: date, serial: int) -> str:
    """The number of the `serial`-th case (from 1) reported on that day."""
    if not 1 <= serial <= MOST_IN_A_DAY:
        raise ValueError(f"A day has at most {MOST_IN_A_DAY} cases, not {serial}.")
    digits = f"{day:%y%m%d}{serial:06d}"
    check = 98 - int(digits) * 100 % 97
    return f"{digits[:6]}-{digits[6:]}-{check:02d}"


def read_case_number(typed: str) -> CaseNumber:
    """The number that somebody typed or read out, with blanks, full-width digits or without dashes."""
    digits = re.sub(r"[\s\-\u2010-\u2015\u2212.]", "", unicodedata.normalize("NFKC", typed))
    match = _shape.fullmatch(digits)
    if match is None:
        raise NotACaseNumber(say("cases-number-wrong-shape"), try_this=say("cases-number-wrong-shape-try"))
    if int(digits) % 97 != 1:
        raise NotACaseNumber(say("cases-number-slip"), try_this=say("cases-number-slip-try"))
    year, month, day, serial = (int(part) for part in match.groups()[:4])
    try:
        return CaseNumber(date(2000 + year, month, day), serial)
    except ValueError:
        raise NotACaseNumber(say("cases-number-wrong-shape"), try_this=say("cases-number-wrong-shape-try")) from None
