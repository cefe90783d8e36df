"""Which parts of a text could give somebody away: telephone and identity numbers, bank cards, number plates, addresses.

They are covered wherever more people read a case than handle it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple

MARK: Final = "▇▇▇"


class Private(StrEnum):
    IDENTITY = "identity"
    BANK_CARD = "bank-card"
    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"
    PLATE = "plate"


class Blurred(NamedTuple):
    """The text with every private part covered, and which kinds were."""

    text: str
    covered: tuple[Private, ...]


_gap: Final = r"[\s\-\u2010-\u2015.·]?"
_first: Final = r"(?<![0-9A-Za-z])"
_last: Final = r"(?![0-9A-Za-z])"

_shapes: Final[tuple[tuple[Private, re.Pattern[str]], ...]] = (
    (Private.EMAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    (
        Private.IDENTITY,
        re.compile(rf"{_first}[1-9]\d{{5}}{_gap}(?:19|20)\d{{2}}{_gap}[01]\d{_gap}[0-3]\d{_gap}\d{{3}}[\dXx]{_last}"),
    ),
    (Private.BANK_CARD, re.compile(rf"{_first}(?:\d{{4}}{_gap}){{3}}\d{{4}}(?:{_gap}\d{{1,3}})?{_last}")),
    (Private.MOBILE, re.compile(rf"(?<!\d)(?:\+?86{_gap})?1[3-9]\d{_gap}\d{{4}}{_gap}\d{{4}}(?!\d)")),
    (Private.LANDLINE, re.compile(r"(?<!\d)0\d{2,3}[\-\u2010-\u2015 ]?\d{7,8}(?!\d)")),
    (
        Private.PLATE,
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"  # read, not shown
            r"[A-HJ-NP-Z]·?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9学警港澳]"  # read, not shown
        ),
    ),
)


def blur(text: str) -> Blurred:
    """Cover what could give somebody away; full-width digits count as digits. Other texts come back as they were."""
    narrow = text.translate(_narrow)
    covered = []
    for kind, shape in _shapes:
        narrow, count = shape.subn(MARK, narrow)
        if count:
            covered.append(kind)
    return Blurred(narrow if covered else text, tuple(covered))


_narrow: Final = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
