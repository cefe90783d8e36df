"""Signs that nobody sees: with them words can be made to look like other words, or the same name be two."""

from __future__ import annotations

import unicodedata
from typing import Final

# Unicode's explicit directional formatting (UAX #9).
TURNING: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
# Letters that are blank: the fillers of Hangul and the empty pattern of Braille.
BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_BREAKS: Final = "\n\t"


def plain(words: str) -> str:
    """Words without the signs that no keyboard has, and those that turn the direction of writing; breaks stay."""
    if words.isprintable():
        return words
    return "".join(sign for sign in words if sign in _BREAKS or not _is_control(sign))


def seen(words: str) -> str:
    """A name without what nobody sees in it: control, direction, no width, soft hyphens, blank letters."""
    if words.isprintable() and not BLANK & set(words):
        return words
    return "".join(sign for sign in words if not (_is_control(sign) or _is_unseen(sign)))


def _is_control(sign: str) -> bool:
    return (
        unicodedata.category(sign) in ("Cc", "Cs")
        or unicodedata.bidirectional(sign) in TURNING
        or _is_no_character(sign)
    )


def _is_no_character(sign: str) -> bool:
    """One of the 66 code points that never become characters (Unicode 23.7). XML forbids U+FFFE and U+FFFF, so that
    one of them in a text would leave a workbook unwritten."""
    code = ord(sign)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" or sign in BLANK
