"""A spoken note is known by its own bytes, to the last of them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.cases.rules.sound import NotSound, read


def element(name: str, data: bytes, *, unknown: bool = False) -> bytes:
    size = b"\x01" + b"\xff" * 7 if unknown else (1 << 56 | len(data)).to_bytes(8)
    return bytes.fromhex(name) + size + data


def webm(seconds: float = 3, *, track: int = 2, doctype: bytes = b"webm", more: bytes = b"") -> bytes:
    """As a browser records it: segment and clusters without a size, one block each twentieth of a second."""
    blocks = b"".join(
        element("A3", b"\x81" + (20 * n % 1000).to_bytes(2) + b"\x80opus")
        if n % 50
        else element("1F43B675", b"", unknown=True)
        + element("E7", (20 * n).to_bytes(4))
        + element("A3", b"\x81\0\0\x80o")
        for n in range(int(seconds * 50) + 1)
    )
    tracks = element("1654AE6B", element("AE", element("83", bytes([track])) + element("86", b"A_OPUS")))
    inside = element("1549A966", element("2AD7B1", (1_000_000).to_bytes(4))) + tracks + more + blocks
    return element("1A45DFA3", element("4282", doctype)) + element("18538067", inside, unknown=True)


def box(name: bytes, data: bytes = b"") -> bytes:
    return (8 + len(data)).to_bytes(4) + name + data


def mp4(
    seconds: int = 3, *, handler: bytes = b"soun", fragments: int = 0, more: bytes = b"", inside: bytes = b""
) -> bytes:
    def header(name: bytes, ticks: int) -> bytes:
        return box(name, bytes(12) + (1000).to_bytes(4) + ticks.to_bytes(4) + bytes(8))

    whole = 0 if fragments else 1000 * seconds
    track = box(b"trak", box(b"mdia", header(b"mdhd", whole) + box(b"hdlr", bytes(8) + handler + bytes(12))))
    moov = box(b"moov", header(b"mvhd", whole) + track + inside)
    run = box(b"trun", b"\0\0\0\0" + (1000).to_bytes(4))
    piece = box(b"moof", box(b"traf", box(b"tfhd", b"\0\0\0\x08" + bytes(4) + (1).to_bytes(4)) + run)) + box(
        b"mdat", b"a"
    )
    return box(b"ftyp", b"isomiso5") + moov + (piece * fragments or box(b"mdat", b"aac")) + more


def test_what_browsers_record_is_a_sound_and_as_long_as_it_is():
    assert read(webm(3))[:2] == ("audio/webm", 3)
    assert read(webm(61.2))[:2] == ("audio/webm", 61)
    assert read(mp4(7))[:2] == ("audio/mp4", 7)
    assert read(mp4(fragments=9))[:2] == ("audio/mp4", 9)


def test_the_shortest_is_a_second():
    assert read(webm(0)).length_s == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"\xff\xd8\xff\xe0 picture",
        b"MZ program",
        b"OggS" + bytes(60),
        webm(track=1),
        webm(doctype=b"matroska"),
        webm(more=element("1254C367", b"GPS=32.2,119.4")),
        webm(more=element("1941A469", b"attached")),
        webm() + b"<script>alert(1)</script>",
        webm()[:-3],
        webm()[:40],
        mp4(handler=b"vide"),
        mp4(more=b"<script>alert(1)</script>"),
        mp4(more=box(b"uuid", bytes(16))),
        mp4()[:-3],
        box(b"ftyp", b"isom") + box(b"mdat", b"a"),
    ],
    ids=range(17),
)
def test_what_is_something_else_or_carries_something_is_none(content):
    with pytest.raises(NotSound):
        read(content)


def test_what_a_phone_noted_in_it_is_made_blank_where_it_stands():
    noted = mp4(inside=box(b"udta", box(b"\xa9xyz", b"+32.2000+119.4000/")))
    kept = read(noted).content
    assert b"+32.2" in noted and b"+32.2" not in kept and b"udta" not in kept and len(kept) == len(noted)
    assert read(kept).length_s == 3


@given(st.binary(max_size=300), st.sampled_from([b"", b"\x1a\x45\xdf\xa3", b"\0\0\0\x18ftyp", webm()[:60], mp4()[:60]]))
def test_whatever_arrives_is_a_sound_or_none_and_never_a_fault(tail, head):
    with contextlib.suppress(NotSound):
        assert read(head + tail).length_s >= 1


@given(st.integers(0, len(webm(1)) - 1), st.integers(0, 255))
def test_one_changed_byte_is_never_a_fault(place, value):
    changed = bytearray(webm(1))
    changed[place] = value
    with contextlib.suppress(NotSound):
        read(bytes(changed))


@given(st.integers(0, len(mp4(fragments=2)) - 1), st.integers(0, 255))
def test_nor_in_the_other_format(place, value):
    changed = bytearray(mp4(fragments=2))
    changed[place] = value
    with contextlib.suppress(NotSound):
        read(bytes(changed))
