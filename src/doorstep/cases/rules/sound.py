"""Is it a spoken note, by its own bytes? WebM and MP4 as browsers record them: sound alone, read to the last byte.

What cannot be followed element by element to its very end is no sound: a page, a program or a second file that hangs
on it would be kept and given out with it. What a program noted in the file (place, device, title) is refused (WebM) or
made blank where it stands (MP4). Matroska: RFC 8794, RFC 9559; MP4: ISO/IEC 14496-12.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

MOST_BYTES: Final = 3 * 1024 * 1024
LONGEST_S: Final = 180

_EBML, _SEGMENT, _CLUSTER, _TRACKS, _TRACK, _INFO = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1654AE6B, 0xAE, 0x1549A966
_GROUP, _BLOCK, _SIMPLE_BLOCK, _AT, _TRACK_TYPE, _SCALE, _DOCTYPE = 0xA0, 0xA1, 0xA3, 0xE7, 0x83, 0x2AD7B1, 0x4282
_INSIDE: Final = frozenset({_EBML, _SEGMENT, _CLUSTER, _TRACKS, _TRACK, _INFO, _GROUP})
_FOREIGN: Final = frozenset({0x1254C367, 0x1941A469, 0x1043A770})  # tags, attachments, chapters
_AUDIO: Final = 2
_BOXES: Final = frozenset(b"ftyp moov mdat moof free skip wide sidx styp mfra".split())
_PARENTS: Final = frozenset(b"moov trak mdia moof traf".split())
_NOTES: Final = frozenset(b"udta meta free skip".split())


class Sound(NamedTuple):
    """A note that can be kept: its type, how long it is, and its bytes without what others wrote into them."""

    kind: str
    length_s: int
    content: bytes


class NotSound(ValueError):
    """Not a note that can be followed to its last byte."""


def read(content: bytes) -> Sound:
    """The note in these bytes; `NotSound` for anything else. Its name and its declared type are not looked at."""
    try:
        if content[:4] == b"\x1a\x45\xdf\xa3":
            return Sound("audio/webm", _webm(content), content)
        if content[4:8] == b"ftyp":
            return Sound("audio/mp4", *_mp4(content))
    except (IndexError, OverflowError, RecursionError, UnicodeDecodeError, ZeroDivisionError) as broken:
        raise NotSound from broken
    raise NotSound


def _webm(content: bytes) -> int:
    kinds: set[int] = set()
    scale, cluster_at, last, doctype = 1_000_000, 0, 0, b""
    for name, start, end in _elements(content):
        if name in _FOREIGN:
            raise NotSound
        if name == _DOCTYPE:
            doctype = content[start:end].rstrip(b"\0")
        elif name == _TRACK_TYPE:
            kinds.add(int.from_bytes(content[start:end]))
        elif name == _SCALE:
            scale = int.from_bytes(content[start:end])
        elif name == _AT:
            cluster_at = int.from_bytes(content[start:end])
        elif name in (_BLOCK, _SIMPLE_BLOCK):
            _, body = _number(content, start, keep=False)
            last = max(last, cluster_at + int.from_bytes(content[body : body + 2], signed=True))
    if doctype != b"webm" or kinds != {_AUDIO} or not scale:
        raise NotSound
    return _length(last * scale / 1e9)


def _elements(content: bytes) -> Iterator[tuple[int, int, int]]:
    """All elements in their order, with where their data begin and end; those that hold others are gone into."""
    place = 0
    while place < len(content):
        name, place = _number(content, place, keep=True)
        size, place = _number(content, place, keep=False)
        if name in _INSIDE:
            continue
        if size is None or place + size > len(content):
            raise NotSound
        yield name or 0, place, place + size
        place += size


def _number(content: bytes, place: int, *, keep: bool) -> tuple[int | None, int]:
    """A number of one to eight bytes, and the place after it; None for a size that is not known yet."""
    first = content[place]
    width = 9 - first.bit_length()
    if first == 0 or place + width > len(content):
        raise NotSound
    value = int.from_bytes(content[place : place + width])
    if not keep:
        value &= (1 << 7 * width) - 1
        if value == (1 << 7 * width) - 1:
            return None, place + width
    return value, place + width


def _mp4(content: bytes) -> tuple[int, bytes]:
    clean, seen = bytearray(content), set()
    handlers: set[bytes] = set()
    scales, length = [0], 0.0
    for name, start, end, depth in _boxes(content, 0, len(content), 0):
        seen.add(name)
        if depth == 0 and name not in _BOXES:
            raise NotSound
        if name in _NOTES:
            clean[start - 4 : start] = b"free"
            clean[start:end] = bytes(end - start)
        elif name == b"hdlr":
            handlers.add(content[start + 8 : start + 12])
        elif name in (b"mvhd", b"mdhd"):
            scale, lasts = _header(content, start)
            scales.append(scale)
            length = max(length, lasts / scale)
    if not {b"ftyp", b"moov", b"mdat"} <= seen or handlers != {b"soun"}:
        raise NotSound
    return _length(max(length, _fragments(content) / max(scales[-1], 1))), bytes(clean)


def _boxes(content: bytes, place: int, until: int, depth: int) -> Iterator[tuple[bytes, int, int, int]]:
    """All boxes in their order, with where their data begin and end, and how deep they lie."""
    while place < until:
        size, name, head = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8], 8
        if size == 1:
            size, head = int.from_bytes(content[place + 8 : place + 16]), 16
        if size < head or place + size > until:
            raise NotSound
        yield name, place + head, place + size, depth
        if name in _PARENTS:
            yield from _boxes(content, place + head, place + size, depth + 1)
        place += size


def _header(content: bytes, start: int) -> tuple[int, int]:
    """Ticks a second and ticks of a movie or track; those of one that is still written are not known."""
    wide = content[start] == 1
    at = start + (20 if wide else 12)
    scale, lasts = int.from_bytes(content[at : at + 4]), int.from_bytes(content[at + 4 : at + (12 if wide else 8)])
    unknown = 2 ** (64 if wide else 32) - 1
    return scale, 0 if lasts == unknown else lasts


def _fragments(content: bytes) -> int:
    """How many ticks the fragments of a recording hold that was written piece by piece."""
    usual, ticks = 0, 0
    for name, start, end, _ in _boxes(content, 0, len(content), 0):
        flags = int.from_bytes(content[start + 1 : start + 4])
        if name == b"tfhd":
            skipped = 8 + 8 * bool(flags & 1) + 4 * bool(flags & 2)
            usual = int.from_bytes(content[start + skipped : start + skipped + 4]) if flags & 8 else 0
        elif name == b"trun":
            ticks += _run(content, start, end, flags, usual)
    return ticks


def _run(content: bytes, start: int, end: int, flags: int, usual: int) -> int:
    count, at = int.from_bytes(content[start + 4 : start + 8]), start + 8 + 4 * bool(flags & 1) + 4 * bool(flags & 4)
    if not flags & 0x100:
        return count * usual
    wide = 4 * sum(bool(flags & each) for each in (0x100, 0x200, 0x400, 0x800))
    if at + count * wide > end:
        raise NotSound
    return sum(int.from_bytes(content[at + each * wide : at + each * wide + 4]) for each in range(count))


def _length(seconds: float) -> int:
    return max(1, round(seconds))
