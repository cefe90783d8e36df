#!/usr/bin/env python3
"""Check a proof of Doorstep without Doorstep: one file, the standard library alone (Python 3.9 or newer).

    python3 check_proof.py proof.json
    python3 check_proof.py proof.json newer.json           the log still begins with what this proof was about
    python3 check_proof.py proof.json --key 1a2b3c4d…      believe this key alone (64 hexadecimal digits)

`proof.json` is what the page of a case gives its reporter; `newer.json` is what `/proofs/consistency?first=SIZE`
gives. Ends with 0 when everything holds, with 1 when something does not, with 2 when the file cannot be read, with 3
when nothing is wrong but the newest rows are not in the log yet.
"""

from __future__ import annotations

import argparse
import base64
import datetime
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Point = tuple[int, int, int, int]

# Ed25519 (RFC 8032, 5.1), for verifying only: nothing secret passes through here, so it need not be of even speed.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


class Wrong(Exception):
    """Something does not hold; the text says what."""


class NotYet(Exception):
    """What is in the log holds, but of some rows nothing is shown; the text says which."""


def add(a: Point, b: Point) -> Point:
    """The sum of two points in extended coordinates."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return (i * j % P, k * m % P, j * k % P, i * m % P)


def times(number: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def same(a: Point, b: Point) -> bool:
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point_of(encoded: bytes) -> Point | None:
    """The point that 32 bytes stand for, or None."""
    y = int.from_bytes(encoded, "little")
    odd, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    if x & 1 != odd:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this is the key's signature of the message."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return same(times(s, BASE), add(r, times(h, key)))


# The tree (RFC 9162, 2.1).


def leaf_hash(row_hash: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + row_hash).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from_inclusion(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root to which the path leads; None where it cannot be a path of this leaf."""
    if not 0 <= index < size:
        return None
    left, last, top = index, size - 1, leaf
    for each in path:
        if last == 0:
            return None
        if left & 1 or left == last:
            top = node_hash(each, top)
            while not left & 1 and left:
                left, last = left >> 1, last >> 1
        else:
            top = node_hash(top, each)
        left, last = left >> 1, last >> 1
    return top if last == 0 else None


def is_consistent(first: int, second: int, first_root: bytes, second_root: bytes, path: list[bytes]) -> bool:
    """Whether the tree of the second size begins with the one of the first."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    steps = ([first_root] if first & (first - 1) == 0 else []) + path
    if not steps:
        return False
    left, last = first - 1, second - 1
    while left & 1:
        left, last = left >> 1, last >> 1
    old = new = steps[0]
    for each in steps[1:]:
        if last == 0:
            return False
        if left & 1 or left == last:
            old, new = node_hash(each, old), node_hash(each, new)
            while not left & 1 and left:
                left, last = left >> 1, last >> 1
        else:
            new = node_hash(new, each)
        left, last = left >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


# The files.

NOTE = re.compile(
    r"(?P<text>(?P<origin>[^\s+]+)\n(?P<size>[0-9]{1,19})\n(?P<root>[A-Za-z0-9+/=]{44})\n(?P<at>[0-9TZ:-]{20})\n)"
    r"\n\u2014 (?P<signer>[^\s+]+) (?P<signature>[A-Za-z0-9+/=]{92})\n"
)


def read_head(note: str, keys: list[dict[str, Any]], believed: bytes | None) -> tuple[int, bytes, str, str]:
    """Size, root and moment of a signed head; the key must have been in use at that moment."""
    found = NOTE.fullmatch(note)
    if not found:
        raise Wrong("The head is not a signed note.")
    mark = base64.b64decode(found["signature"])
    key_id = mark[:4].hex()
    key = next((each for each in keys if each["id"] == key_id), None)
    if key is None:
        raise Wrong(f"The head was signed with the key {key_id}, which is not among the keys of this file.")
    public = bytes.fromhex(key["public"])
    if believed and public != believed:
        raise Wrong(f"The head was not signed with the key that you believe, but with {public.hex()}.")
    if hashlib.sha256(key["name"].encode() + b"\n\x01" + public).hexdigest()[:8] != key_id:
        raise Wrong(f"The key {key_id} does not bear its own id.")
    if found["origin"] != key["name"] or found["signer"] != key["name"]:
        raise Wrong("The head is of another log: {}.".format(found["origin"]))
    if not is_signed(public, found["text"].encode(), mark[4:]):
        raise Wrong(f"The signature of the head is not that of the key {key_id}.")
    at = moment(found["at"])
    if at < moment(key["valid_from"]) or (key["valid_until"] and at > moment(key["valid_until"])):
        raise Wrong("The head was signed with the key {} when that was not in use ({}).".format(key_id, found["at"]))
    return int(found["size"]), base64.b64decode(found["root"]), found["at"], public.hex()


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def check_rows(proof: dict[str, Any], size: int, root: bytes) -> Iterator[str]:
    """Every row: its words, the row before, its way to the root. Yields what was found out of each."""
    if not proof["rows"]:
        raise Wrong("There is no row in it.")
    before, waits = "", False
    for row in proof["rows"]:
        name = "Row {}: ".format(row["row"])
        line = row["line"]
        _, said_hash, previous = line.rsplit("|", 2)
        if previous != before or line.split("|")[1] != str(row["row"]):
            raise Wrong(name + "it does not follow the row before it.")
        before = hashlib.sha256(line.encode()).hexdigest()
        if "words" in row:
            reckoned = hashlib.sha256(bytes.fromhex(row["salt"]) + row["words"].encode()).hexdigest()
            if reckoned != said_hash:
                raise Wrong(name + "the words are not those of which the row keeps the hash.")
        if "path" not in row:
            waits = True
            yield name + "not in the log yet, nothing is shown of it."
            continue
        if waits:
            raise Wrong(name + "it is in the log, and the row before it is not.")
        path = [bytes.fromhex(each) for each in row["path"]]
        if root_from_inclusion(leaf_hash(bytes.fromhex(before)), row["leaf_index"], size, path) != root:
            raise Wrong(name + "it is not in the log of this head.")
        with_words = ", with its words" if "words" in row else ""
        yield f"{name}in the log at place {row['leaf_index']}{with_words}."


def check(proof: dict[str, Any], newer: dict[str, Any] | None, believed: bytes | None) -> Iterator[str]:
    """All that can be checked of a proof, and of a newer head where one is given; yields it in sentences."""
    if proof.get("format") != "doorstep-proof/1":
        raise ValueError("not a proof of Doorstep (format doorstep-proof/1)")
    if proof["head"] is None:
        raise Wrong("No head was signed yet when this proof was taken; take it again in some minutes.")
    size, root, at, public = read_head(proof["head"]["note"], proof["keys"], believed)
    yield f"Head: {size} rows, signed {at} with the key {public}."
    yield from check_rows(proof, size, root)
    if newer is not None:
        yield from check_newer(newer, size, root, believed)
    waiting = [str(row["row"]) for row in proof["rows"] if "path" not in row]
    if waiting:
        raise NotYet(f"of row {', '.join(waiting)} nothing is shown. Take the proof again in some minutes.")


def check_newer(newer: dict[str, Any], size: int, root: bytes, believed: bytes | None) -> Iterator[str]:
    """A newer head, and that its log begins with these many rows under this root."""
    if newer.get("format") != "doorstep-consistency/1":
        raise ValueError("the second file is not of the format doorstep-consistency/1")
    if newer["first"] != size:
        raise Wrong(f"The second file begins at {newer['first']} rows, the proof is of {size}.")
    later, later_root, later_at, public = read_head(newer["head"]["note"], newer["keys"], believed)
    yield f"Newer head: {later} rows, signed {later_at} with the key {public}."
    path = [bytes.fromhex(each) for each in newer["path"]]
    if not is_consistent(size, later, root, later_root, path):
        raise Wrong("The newer log does not begin with the older one: what was written before has been changed.")
    yield "The newer log begins with the older one: nothing of it was changed."


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check a proof of Doorstep.")
    parser.add_argument("proof")
    parser.add_argument("newer", nargs="?")
    parser.add_argument("--key", help="believe this public key alone (64 hexadecimal digits)")
    given = parser.parse_args(arguments)
    try:
        believed = bytes.fromhex(given.key) if given.key else None
        files = [json.loads(Path(name).read_text(encoding="utf-8")) for name in (given.proof, given.newer) if name]
        for sentence in check(files[0], files[1] if len(files) > 1 else None, believed):
            print(sentence)
    except NotYet as late:
        print(f"NOT YET: {late}")
        return 3
    except Wrong as wrong:
        print(f"WRONG: {wrong}")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        print(f"UNREADABLE: {type(fault).__name__}: {fault}")
        return 2
    print("Everything holds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
