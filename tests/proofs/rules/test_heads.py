"""A head is believed only where a key of ours signed it while that key was in use."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from doorstep.proofs.rules.heads import Head, HeadRefused, Key, believed, read, signed

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
ORIGIN = "doorstep.log/0123456789ab"


def a_key(name: str = ORIGIN, since: datetime = AT - timedelta(days=1), until: datetime | None = None):
    private = Ed25519PrivateKey.generate()
    return Key(name, private.public_key().public_bytes_raw(), since, until), private.private_bytes_raw()


KEY, PRIVATE = a_key()
HEAD = Head(ORIGIN, 42, bytes(range(32)), AT)
NOTE = signed(HEAD, KEY, PRIVATE)


def refused(note: str, *keys: Key) -> str:
    with pytest.raises(HeadRefused) as found:
        believed(note, keys or [KEY])
    return found.value.message.key.removeprefix("proofs-head-")


def test_a_head_that_was_signed_with_the_key_in_use_is_believed():
    assert believed(NOTE, [a_key()[0], KEY]) == HEAD


def test_the_note_is_the_one_that_others_know():
    """c2sp.org/signed-note: the text, an empty line, and a line with the name and key id + signature in base64."""
    body, _, mark = NOTE.partition("\n\n")
    assert body.splitlines() == [ORIGIN, "42", base64.b64encode(HEAD.root).decode(), "2026-11-23T01:30:00Z"]
    assert mark.startswith(f"\u2014 {ORIGIN} ") and mark.endswith("\n")
    assert base64.b64decode(mark.split()[2])[:4].hex() == KEY.id
    name, key_id, encoded = KEY.published.split("+", 2)
    assert (name, key_id) == (ORIGIN, KEY.id)
    assert base64.b64decode(encoded) == b"\x01" + KEY.public


@pytest.mark.parametrize("field", ["size", "root", "at", "origin"])
def test_whatever_is_changed_in_a_head_breaks_its_signature(field):
    other = {"size": "43", "root": base64.b64encode(bytes(32)).decode(), "at": "2026-11-23T01:30:01Z", "origin": "x"}
    lines = NOTE.splitlines(keepends=True)
    place = ["origin", "size", "root", "at"].index(field)
    lines[place] = other[field] + "\n"
    assert refused("".join(lines)) == "forged"


def test_a_head_of_a_key_that_is_none_of_ours_is_refused():
    assert refused(NOTE, a_key()[0]) == "unknown-key"


def test_a_head_signed_with_a_retired_key_is_refused_and_one_from_before_its_end_is_not():
    retired = Key(KEY.name, KEY.public, KEY.valid_from, AT - timedelta(seconds=1))
    assert refused(NOTE, retired) == "retired-key"
    assert believed(NOTE, [Key(KEY.name, KEY.public, KEY.valid_from, AT)]) == HEAD


def test_a_head_from_before_its_key_was_in_use_is_refused():
    assert refused(NOTE, Key(KEY.name, KEY.public, AT + timedelta(seconds=1))) == "retired-key"


def test_a_head_of_another_log_is_refused():
    assert refused(signed(Head("another.log", 42, HEAD.root, AT), KEY, PRIVATE)) == "other-log"


@pytest.mark.parametrize(
    "note",
    [
        "",
        "x",
        NOTE[:-1],
        NOTE + "x",
        "x" * 10_000,
        NOTE.replace("42\n", "042\n"),
        NOTE.replace("42\n", "-1\n"),
        NOTE.replace("42\n", "9" * 40 + "\n"),
        NOTE.replace("42\n", "9999999999999999999\n"),
        NOTE.replace("2026-11-23", "2026-13-45"),
        NOTE.replace("\u2014", "-"),
        NOTE.replace("42\n", "٤٢\n"),
    ],
)
def test_what_is_no_note_is_refused_as_such(note):
    assert refused(note) == "unreadable"


@given(st.text())
def test_no_text_breaks_the_reader(text):
    with pytest.raises(HeadRefused):
        read(text)
