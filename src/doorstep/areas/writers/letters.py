"""Letters that the font of our paper does not have: they are printed as the sign for a missing sort, and told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Final

from PIL import ImageFont

from doorstep.core.text import text

ABSENT: Final = "〓"
"""The geta mark (U+3013), which printers put where they had no type."""
MOST_TOLD: Final = 8
_NOWHERE: Final = "\U0010ffff"
_SIZE: Final = 24


def printable(told: Any) -> tuple[Any, list[str]]:
    """The same with `ABSENT` for every letter that the font lacks, in all texts of it; and those letters."""
    absent: dict[str, None] = {}
    return _shown(told, absent), sorted(absent)


def notice(absent: list[str]) -> str:
    """Which letters are to be written in by hand; empty where there are none."""
    if not absent:
        return ""
    named = "、".join(f"U+{ord(letter):04X}" for letter in absent[:MOST_TOLD])
    return text("paper-letters", letters=named, count=len(absent), sign=ABSENT)


def _shown(told: Any, absent: dict[str, None]) -> Any:
    if isinstance(told, str):
        lacking = [letter for letter in dict.fromkeys(told) if not letter.isspace() and not _is_there(letter)]
        absent.update(dict.fromkeys(lacking))
        return told.translate({ord(letter): ABSENT for letter in lacking}) if lacking else told
    if isinstance(told, Mapping):
        return {name: _shown(each, absent) for name, each in told.items()}
    if isinstance(told, list):
        return [_shown(each, absent) for each in told]
    return told


@lru_cache(maxsize=8192)
def _is_there(letter: str) -> bool:
    return letter.isascii() or _drawn(letter) != _drawn(_NOWHERE)


def _drawn(letter: str) -> tuple[Any, bytes]:
    mask = _font().getmask(letter)
    return mask.size, bytes(mask)


@cache
def _font() -> ImageFont.FreeTypeFont:
    import pylopdf_fonts_zh_cn

    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), _SIZE)
