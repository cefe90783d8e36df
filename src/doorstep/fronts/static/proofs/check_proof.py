#!/usr/bin/env python3
"""Check a proof of Doorstep without Doorstep: one file, the standard library alone (Python 3.9 or newer).

    python3 check_proof.py proof.json
    python3 check_proof.py proof.json newer.json           the log still begins with what this proof was about
    python3 check_proof.py proof.json --key 1a2b3c4d…      believe this key alone (may be repeated)

`proof.json` is what the page of a case gives its reporter; `newer.json` is what `/proofs/consistency?first=SIZE`
gives. Ends with 0 when everything holds, with 1 when something does not, with 2 when the file or the key cannot be
read, with 3 when nothing is wrong and yet not everything is shown.
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
from typing import Any, NamedTuple

Said = tuple[str, str]  # a sentence in Chinese, and in English
Point = tuple[int, int, int, int]

# Ed25519 (RFC 8032, 5.1), for verifying only: nothing secret passes through here, so it need not be of even speed.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


class Verdict(Exception):
    """Why it cannot be said that everything holds, in Chinese and in English."""

    words: Said
    code: int


class Wrong(Verdict):
    words, code = ("不符", "WRONG"), 1


class Unreadable(Verdict):
    words, code = ("读不了", "UNREADABLE"), 2


class NotYet(Verdict):
    words, code = ("还不能", "NOT YET"), 3


class Unsure(Verdict):
    words, code = ("不能确定", "NOT SURE"), 3


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


# The files. What stands in them was written by others: each value is looked at before it is used or printed.

SALT_BYTES = 16
HASH_BYTES = 32
CHINA = datetime.timezone(datetime.timedelta(hours=8))
NOTE = re.compile(
    r"(?P<text>(?P<origin>[^\s+]{1,200})\n(?P<size>0|[1-9][0-9]{0,18})\n(?P<root>[A-Za-z0-9+/=]{44})\n"
    r"(?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n)"
    r"\n\u2014 (?P<signer>[^\s+]{1,200}) (?P<signature>[A-Za-z0-9+/=]{92})\n"
)
LINE = re.compile(
    r"(?P<case>[1-9][0-9]{0,18})\|(?P<row>[0-9]+)\|(?P<move>[^|]*)\|(?P<before>[^|]*)\|(?P<after>[^|]*)\|"
    r"(?P<happened>-?[0-9]{1,17})\|(?P<heard>-?[0-9]{1,17})\|(?P<hat>[^|]*)\|[0-9]+\|[0-9]+\|(?P<facts>.*)\|"
    r"(?P<words>[0-9a-f]{64}|)\|(?P<previous>[0-9a-f]{64}|)",
    re.DOTALL,
)


class Head(NamedTuple):
    size: int
    root: bytes
    at: datetime.datetime
    log: str
    public: str


def plain(value: object) -> str:
    """What a terminal may be given: nothing in it moves the cursor, breaks the line or turns the writing around."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(value))


def text(value: object) -> str:
    if not isinstance(value, str):
        raise Unreadable(f"应为文字：{plain(value)[:80]}", f"this should be a text: {plain(value)[:80]}")
    value.encode()
    return value


def whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise Unreadable(f"应为整数：{plain(value)[:80]}", f"this should be a whole number: {plain(value)[:80]}")
    return value


def from_hex(value: object, size: int) -> bytes:
    if not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", text(value)):
        raise Wrong(
            f"应为 {size} 字节（十六进制）：{plain(value)[:80]}",
            f"not {size} bytes in hexadecimal: {plain(value)[:80]}",
        )
    return bytes.fromhex(text(value))


def from_base64(value: str) -> bytes:
    read = base64.b64decode(value, validate=True)
    if base64.b64encode(read).decode() != value:
        raise Wrong(f"base64 写法不规范：{plain(value)}", f"base64 that is not as it should be: {plain(value)}")
    return read


def moment(value: object) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text(value).replace("Z", "+00:00"))


def told(micros: str) -> str:
    """Microseconds since 1970 as the clock in China showed them."""
    at = datetime.datetime(1970, 1, 1, 8, tzinfo=CHINA) + datetime.timedelta(microseconds=int(micros))
    return at.isoformat(" ", "seconds")


def key_id(name: str, public: bytes) -> str:
    return hashlib.sha256(name.encode() + b"\n\x01" + public).hexdigest()[:8]


def published(name: str, public: bytes) -> str:
    return f"{name}+{key_id(name, public)}+{base64.b64encode(bytes([1]) + public).decode()}"


def keys_of(file: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The keys of a file by their ids; what stands there twice must agree."""
    keys: dict[str, dict[str, Any]] = {}
    for key in file["keys"]:
        name, public, said = text(key["name"]), from_hex(key["public"], HASH_BYTES), plain(key["id"])
        if key["id"] != key_id(name, public):
            raise Wrong(f"密钥 {said} 与自己的编号不符。", f"The key {said} does not bear its own id.")
        if key["published"] != published(name, public) or key["id"] in keys:
            raise Wrong(f"密钥 {said} 前后不一致。", f"The key {said} is given in two ways.")
        keys[key["id"]] = key
    return keys


def read_head(file: dict[str, Any], believed: list[str]) -> Head:
    """The signed head of a file; its key must have been in use at that moment, and be believed where some are."""
    keys, head = keys_of(file), file["head"]
    found = NOTE.fullmatch(text(head["note"]))
    if not found:
        raise Wrong("快照不是签名文本。", "The head is not a signed note.")
    mark, root, at = from_base64(found["signature"]), from_base64(found["root"]), moment(found["at"])
    by = mark[:4].hex()
    if by not in keys:
        raise Wrong(f"快照由密钥 {by} 签名，文件里没有这把密钥。",
                    f"The head was signed with the key {by}, which is not among the keys of this file.")  # fmt: skip
    key = keys[by]
    if believed and key["public"] not in believed:
        raise Wrong(f"快照不是用您给出的密钥（--key）签名的，而是 {key['public']}。也请核对您输入的数字。",
                    "The head was not signed with the key that you believe (--key),"
                    f" but with {key['public']}. Look also whether you typed yours rightly.")  # fmt: skip
    if found["origin"] != key["name"] or found["signer"] != key["name"]:
        origin = plain(found["origin"])
        raise Wrong(f"快照属于另一份日志：{origin}。", f"The head is of another log: {origin}.")
    if not is_signed(bytes.fromhex(key["public"]), found["text"].encode(), mark[4:]):
        raise Wrong(f"快照的签名不是密钥 {by} 签的。", f"The signature of the head is not that of the key {by}.")
    if at < moment(key["valid_from"]) or (key["valid_until"] is not None and at > moment(key["valid_until"])):
        raise Wrong(f"快照签名时（{found['at']}）密钥 {by} 并未使用。",
                    f"The head was signed with the key {by} when that was not in use ({found['at']}).")  # fmt: skip
    if (head["size"], head["root"], moment(head["at"]), head["key"]) != (int(found["size"]), root.hex(), at, by):
        raise Wrong(
            "快照旁边的 size、root、at 或 key 与签名文本不同。",
            "size, root, at or key beside the note differ from the note.",
        )
    return Head(int(found["size"]), root, at, key["name"], key["public"])


def check_number(number: str, first: re.Match[str]) -> None:
    """The number of a case is made of the day of its first row and of its internal number."""
    day = told(first["heard"])[2:10].replace("-", "")
    digits = f"{day}{(int(first['case']) - 1) % 999_999 + 1:06d}"
    if number != f"{digits[:6]}-{digits[6:]}-{98 - int(digits) * 100 % 97:02d}":
        raise Wrong(
            f"受理编号 {plain(number)} 与记录不符。", f"The case number {plain(number)} is not that of these rows."
        )


def check_words(row: dict[str, Any], name: Said, said_hash: str) -> None:
    salt, words = text(row["salt"]), text(row["words"])
    if not re.fullmatch(f"[0-9a-f]{{{2 * SALT_BYTES}}}", salt):
        raise Wrong(name[0] + f"盐值不是 {SALT_BYTES} 字节。", name[1] + f"the salt is not {SALT_BYTES} bytes long.")
    if hashlib.sha256(bytes.fromhex(salt) + words.encode()).hexdigest() != said_hash:
        raise Wrong(
            name[0] + "文字与记录里的哈希不符。", name[1] + "the words are not those of which the row keeps the hash."
        )


def check_rows(proof: dict[str, Any], head: Head) -> Iterator[Said]:
    """Every row: its words, the row before, its way to the root. Yields what was found out of each."""
    if not proof["rows"]:
        raise Wrong("里面一条记录也没有。", "There is no row in it.")
    before, waits, case = "", False, ""
    for row in proof["rows"]:
        number, line = whole(row["row"]), text(row["line"])
        name, parts = (f"第 {number} 条：", f"Row {number}: "), LINE.fullmatch(line)
        if not parts or parts["previous"] != before or parts["row"] != str(number):
            raise Wrong(name[0] + "与前一条接不上。", name[1] + "it does not follow the row before it.")
        if not case:
            check_number(text(proof["case"]), parts)
        if parts["case"] != (case := case or parts["case"]):
            raise Wrong(name[0] + "属于另一件诉求。", name[1] + "it is of another case.")
        before = hashlib.sha256(line.encode()).hexdigest()
        if "words" in row or "salt" in row:
            check_words(row, name, parts["words"])
        if "path" not in row:
            waits = True
            yield name[0] + "还没有进入日志，暂不能核验。", name[1] + "not in the log yet, nothing is shown of it."
            continue
        if waits:
            raise Wrong(
                name[0] + "已在日志中，它的前一条却不在。", name[1] + "it is in the log, and the row before it is not."
            )
        place, path = whole(row["leaf_index"]), [from_hex(each, HASH_BYTES) for each in row["path"]]
        if root_from_inclusion(leaf_hash(bytes.fromhex(before)), place, head.size, path) != head.root:
            raise Wrong(name[0] + "不在这份快照的日志里。", name[1] + "it is not in the log of this head.")
        with_words = ("，文字相符", ", with its words") if "words" in row else ("", "")
        yield f"{name[0]}在日志第 {place} 位{with_words[0]}。", f"{name[1]}in the log at place {place}{with_words[1]}."
        moved = f"    {parts['move']}: {parts['before']} -> {parts['after']}, {told(parts['happened'])}, {parts['hat']}"
        yield plain(f"{moved} {parts['facts']}"), f'    "{plain(row["words"])}"' if "words" in row else ""


def check(proof: dict[str, Any], newer: dict[str, Any] | None, believed: list[str]) -> Iterator[Said]:
    """All that can be checked of a proof, and of a newer head where one is given; yields it in sentences."""
    if proof.get("format") != "doorstep-proof/1":
        raise Unreadable(
            "这不是家门口的存证回执（格式 doorstep-proof/1）。",
            "this is not a proof of Doorstep (format doorstep-proof/1).",
        )
    if proof["head"] is None:
        raise NotYet("领取这份回执时还没有签名快照，请过几分钟重新领取。",
                     "No head was signed yet when this proof was taken; take it again in some minutes.")  # fmt: skip
    head = read_head(proof, believed)
    yield (f"诉求 {plain(proof['case'])}", f"Case {plain(proof['case'])}")
    at = head.at.astimezone(CHINA)
    yield (f"快照：{head.size} 条记录，签名时间 {at}，密钥 {head.public}。",
           f"Head: {head.size} rows, signed {at} with the key {head.public}.")  # fmt: skip
    yield from check_rows(proof, head)
    if newer is not None:
        known = believed or [key["public"] for key in proof["keys"]]
        yield from check_newer(newer, head, known, believed)
    waiting = ", ".join(str(row["row"]) for row in proof["rows"] if "path" not in row)
    if waiting:
        raise NotYet(f"第 {waiting} 条暂不能核验，请过几分钟重新领取回执。",
                     f"of row {waiting} nothing is shown. Take the proof again in some minutes.")  # fmt: skip
    if believed:
        yield "全部相符。", "Everything holds."
    else:
        yield (f"如果密钥 {head.public} 确实是这份日志的，就全部相符。"
               "您没有用 --key 给出密钥，文件自带的密钥谁都造得出来。",
               f"It holds if the key {head.public} is that of the log: you gave no --key,"
               " and anybody can make a file with a key of their own.")  # fmt: skip


def check_newer(newer: dict[str, Any], head: Head, known: list[str], believed: list[str]) -> Iterator[Said]:
    """A newer head of the same log, and that its log begins with these many rows under this root."""
    if newer.get("format") != "doorstep-consistency/1":
        raise Unreadable(
            "第二个文件的格式不是 doorstep-consistency/1。",
            "the second file is not of the format doorstep-consistency/1.",
        )
    if (first := whole(newer["first"])) != head.size:
        raise Wrong(f"第二个文件从 {first} 条记录开始，回执是 {head.size} 条。",
                    f"The second file begins at {first} rows, the proof is of {head.size}.")  # fmt: skip
    later = read_head(newer, believed)
    at = later.at.astimezone(CHINA)
    yield (f"较新的快照：{later.size} 条记录，签名时间 {at}，密钥 {later.public}。",
           f"Newer head: {later.size} rows, signed {at} with the key {later.public}.")  # fmt: skip
    if later.log != head.log:
        raise Wrong(
            f"较新的快照属于另一份日志：{plain(later.log)}。", f"The newer head is of another log: {plain(later.log)}."
        )
    if newer["second"] != later.size:
        raise Wrong("第二个文件的 second 与它的快照不同。", "second differs from the head of the second file.")
    if later.size < head.size or later.at < head.at:
        raise Wrong("所谓较新的快照比您的更旧。", "The newer head is older than yours.")
    path = [from_hex(each, HASH_BYTES) for each in newer["path"]]
    if not is_consistent(head.size, later.size, head.root, later.root, path):
        raise Wrong("较新的日志不是以较早的日志开头：此前的记录被改动过。",
                    "The newer log does not begin with the older one:"
                    " what was written before has been changed.")  # fmt: skip
    if later.public not in known:
        raise Unsure(f"较新的快照由您的回执不知道的密钥 {later.public} 签名。"
                     "请从别处核实它，再用两次 --key 给出新旧密钥。",
                     f"the newer head was signed with the key {later.public}, which your proof does not know."
                     " Confirm it elsewhere, and give both keys, each with --key.")  # fmt: skip
    if later.size == head.size:
        yield (
            "第二个快照不比您的新，不能说明后来的情况。",
            "The second head is no newer than yours: it shows nothing of what came after.",
        )
    else:
        yield (
            "较新的日志以较早的日志开头：此前的记录没有被改动。",
            "The newer log begins with the older one: nothing of it was changed.",
        )


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON in which no name stands twice: readers differ in which of the two they take."""
    seen: dict[str, Any] = {}
    for name, value in pairs:
        if name in seen:
            raise Wrong(f"“{plain(name)}” 在同一处出现两次。", f'"{plain(name)}" stands twice in one place.')
        seen[name] = value
    return seen


def read(path: str) -> dict[str, Any]:
    name = plain(path)
    try:
        written = Path(path).read_bytes().decode("utf-8-sig").strip()
    except OSError as fault:
        raise Unreadable(f"打不开 {name}：{fault.strerror}。", f"{name} cannot be opened: {fault.strerror}.") from None
    except UnicodeDecodeError:
        raise Unreadable(
            f"{name} 不是 UTF-8 文字，请重新下载。", f"{name} is not UTF-8 text; download it again."
        ) from None
    if not written:
        raise Unreadable(f"{name} 是空的，请重新下载。", f"{name} is empty; download it again.")
    if written.startswith("<"):
        raise Unreadable(
            f"{name} 是网页，不是回执，请重新下载。", f"{name} is a web page, not a proof; download it again."
        )
    try:
        found = json.loads(written, object_pairs_hook=once)
    except json.JSONDecodeError as fault:
        raise Unreadable(f"{name} 不完整（第 {fault.lineno} 行），请重新下载。",
                         f"{name} is cut off or damaged (line {fault.lineno}); download it again."
                         ) from None  # fmt: skip
    if not isinstance(found, dict):
        raise Unreadable(f"{name} 不是回执。", f"{name} is not a proof.")
    return found


def believed_key(given: str) -> str:
    """A public key as 64 hexadecimal digits, or as the line `published` of the log's page."""
    name, _, rest = given.strip().partition("+")
    public = rest.partition("+")[2]
    try:
        key = base64.b64decode(public, validate=True)[1:].hex() if rest else name.lower()
    except ValueError:
        key = ""
    if not re.fullmatch("[0-9a-f]{64}", key) or (rest and published(name, bytes.fromhex(key)) != given.strip()):
        raise argparse.ArgumentTypeError("应为 64 位十六进制数字 / 64 hexadecimal digits are needed here")
    return key


def main(arguments: list[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    parser = argparse.ArgumentParser(description="Check a proof of Doorstep.")
    parser.add_argument("proof")
    parser.add_argument("newer", nargs="?")
    parser.add_argument("--key", action="append", default=[], type=believed_key,
                        help="believe this public key alone (64 hexadecimal digits); may be repeated")  # fmt: skip
    given = parser.parse_args(arguments)
    try:
        proof, newer = read(given.proof), read(given.newer) if given.newer is not None else None
        for sentence in check(proof, newer, given.key):
            print(*filter(None, sentence), sep="\n")
    except Verdict as verdict:
        for word, why in zip(verdict.words, verdict.args):  # noqa: B905 - Python 3.9 knows no strict
            print(f"{word}: {why}")
        return verdict.code
    except Exception as fault:
        why = f"{type(fault).__name__}: {plain(fault)[:200]}"
        print(f"读不了: 文件内容不合格式。\nUNREADABLE: not written as a proof is ({why}).")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
