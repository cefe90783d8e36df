"""Ava holds a proof; one Python file without anything of ours says whether it holds, and so it does after erasure."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.proofs.logs import CHECKER, as_file, consistency, proof_of, reported
from tests.town import MORNING

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.erase import erase
from doorstep.core.access import ANONYMOUS, WORKER, acting_as, follower_of
from doorstep.proofs import queries
from doorstep.proofs.actions import keys
from doorstep.proofs.actions.sequencing import sequence, sign_now
from doorstep.proofs.queries import Published
from doorstep.proofs.receipt import told_head, told_key
from doorstep.proofs.rules.heads import Head, Key, signed

LATER = MORNING + timedelta(hours=1)


def checked(folder: Path, proof: dict[str, Any], newer: dict[str, Any] | None = None, *more: str) -> tuple[int, str]:
    """What the file says of a proof: run apart, where no package but the standard library is found."""
    names = []
    for name, content in (("proof.json", proof), ("newer.json", newer)):
        if content is not None:
            (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            names.append(str(folder / name))
    command = [sys.executable, "-I", "-S", str(CHECKER), *names, *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONIOENCODING": "utf-8"})
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def case(town) -> int:
    """Ava's, among others, in a log with a head."""
    cases = reported(town, 5)
    advance(at=MORNING)
    sequence(MORNING)
    return cases[2]


def test_the_proof_of_a_case_holds_without_anything_of_ours(case, tmp_path):
    proof = proof_of(case)
    assert [row["row"] for row in proof["rows"]] == list(range(1, len(proof["rows"]) + 1))
    assert len(proof["rows"]) >= 4
    code, said = checked(tmp_path, proof, None, "--key", proof["keys"][0]["public"])
    assert (code, said.splitlines()[-1]) == (0, "Everything holds."), said
    assert "Row 1: in the log at place" in said and "with its words" in said


def test_no_proof_holds_personal_data_of_its_own(case):
    proof = proof_of(case)
    assert proof["rows"][0]["words"] == "楼道里堆满了杂物"
    assert all("杂物" not in row["line"] for row in proof["rows"])


def test_what_was_erased_is_in_no_later_proof_and_both_hold(case, town, tmp_path):
    before = proof_of(case)
    ava = follower_of(case)
    with acting_as(ava):
        from doorstep.cases.actions.withdraw import withdraw

        withdraw(case, by=ava, at=MORNING)
    with acting_as(ava):
        erase(case, by=ava, at=MORNING + timedelta(days=200))
    sign_now(LATER)
    after = proof_of(case)
    assert "words" not in after["rows"][0] and "salt" not in after["rows"][0]
    assert len(after["rows"]) > len(before["rows"])
    assert checked(tmp_path, after)[0] == 0
    code, said = checked(tmp_path, before, consistency(before["head"]["size"]))
    assert code == 0, said
    assert "nothing of it was changed" in said


def test_a_row_too_new_for_the_log_says_so_and_the_others_hold(case, town, tmp_path):
    ava = follower_of(case)
    with acting_as(ava):
        from doorstep.cases.actions.withdraw import withdraw

        withdraw(case, by=ava, at=LATER)
    proof = proof_of(case)
    assert "path" not in proof["rows"][-1]
    code, said = checked(tmp_path, proof)
    assert code == 3 and "not in the log yet" in said
    assert said.splitlines()[-1].startswith("NOT YET: of row ")


def test_a_proof_from_before_any_head_says_that_it_was_too_early(town, tmp_path):
    (case,) = reported(town)
    proof = proof_of(case)
    assert proof["head"] is None
    code, said = checked(tmp_path, proof)
    assert code == 3 and "NOT YET: No head was signed yet" in said


def reworded(proof: dict[str, Any], row: int, one: str, other: str) -> None:
    line = proof["rows"][row]["line"]
    assert one in line
    proof["rows"][row]["line"] = line.replace(one, other)


def resized(head: dict[str, Any]) -> str:
    note: str = head["note"]
    return note.replace(f"\n{head['size']}\n", "\n7\n")


def cut(row: dict[str, Any]) -> None:
    """Other words under the same hash: SHA-256 sees salt and words as one."""
    row.update(salt=row["salt"] + row["words"][:3].encode().hex(), words=row["words"][3:])


def loose(note: str) -> str:
    """Another letter before the `=`, whose last two bits no reader of base64 uses."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    assert note.endswith("=\n")
    return note[:-3] + letters[letters.index(note[-3]) + 1] + "=\n"


Change = Callable[[dict[str, Any]], Any]

CHANGES: dict[str, tuple[Change, str]] = {
    "a word": (lambda p: p["rows"][0].update(words="楼道里很干净"), "the words are not those"),
    "a salt": (lambda p: p["rows"][0].update(salt="00" * 16), "the words are not those"),
    "the beginning of the words, kept in the salt": (lambda p: cut(p["rows"][0]), "the salt is not 16 bytes"),
    "the case number": (lambda p: p.update(case="261123-000099-19"), "case number"),
    "the size beside the note": (lambda p: p["head"].update(size=999), "differ from the note"),
    "the root beside the note": (lambda p: p["head"].update(root="00" * 32), "differ from the note"),
    "the moment beside the note": (lambda p: p["head"].update(at="2020-01-01T00:00:00Z"), "differ from the note"),
    "the key beside the note": (lambda p: p["head"].update(key="deadbeef"), "differ from the note"),
    "the published key": (lambda p: p["keys"][0].update(published="x"), "in two ways"),
    "the key, twice": (lambda p: p["keys"].append(p["keys"][0]), "in two ways"),
    "the last letter of the signature": (lambda p: p["head"].update(note=loose(p["head"]["note"])), "base64"),
    "a row": (lambda p: reworded(p, 1, "locate", "note"), "does not follow|not in the log"),
    "the last row": (lambda p: reworded(p, -1, "|machine|", "|desk|"), "not in the log"),
    "a row left out": (lambda p: p["rows"].pop(1), "does not follow"),
    "the path": (lambda p: p["rows"][0]["path"].reverse(), "not in the log"),
    "the path, shorter": (lambda p: p["rows"][0]["path"].pop(), "not in the log"),
    "the place": (lambda p: p["rows"][0].update(leaf_index=p["rows"][0]["leaf_index"] + 1), "not in the log"),
    "a place that there is not": (lambda p: p["rows"][0].update(leaf_index=10**30), "not in the log"),
    "the size of the head": (lambda p: p["head"].update(note=resized(p["head"])), "signature"),
    "the key": (lambda p: p["keys"][0].update(public="00" * 32), "its own id"),
    "its number": (lambda p: p["rows"][1].update(row=9), "does not follow"),
    "all rows left out": (lambda p: p["rows"].clear(), "no row in it"),
    "a way left out in the middle": (lambda p: p["rows"][0].pop("path"), "the row before it is not"),
    "no key": (lambda p: p["keys"].clear(), "not among the keys"),
    "a key retired before": (lambda p: p["keys"][0].update(valid_until="2020-01-01T00:00:00Z"), "not in use"),
    "no note": (lambda p: p["head"].update(note="hello"), "not a signed note"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_changed_in_a_proof_is_said(case, tmp_path, what):
    proof = proof_of(case)
    change, expected = CHANGES[what]
    change(proof)
    code, said = checked(tmp_path, proof)
    assert code == 1, said
    assert any(part in said for part in expected.split("|")), said


def test_whoever_changes_the_newest_row_and_hides_its_way_is_not_told_that_all_holds(case, tmp_path):
    proof = proof_of(case)
    reworded(proof, -1, "|machine|", "|desk|")
    del proof["rows"][-1]["path"]
    code, said = checked(tmp_path, proof)
    assert code == 3 and "Everything holds" not in said


def run(file: Path, *more: str) -> tuple[int, str, str]:
    """What it says where the terminal knows nothing but ASCII."""
    command = [sys.executable, "-I", "-S", str(CHECKER), str(file), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONIOENCODING": "ascii"})
    return done.returncode, done.stdout, done.stderr


NO_PROOFS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "is empty"),
    "blanks": (b" \n", "is empty"),
    "a page": ("<!doctype html><p>请登录".encode(), "is a web page"),
    "not UTF-8": ("回执".encode("gbk"), "is not UTF-8 text"),
    "cut": (b'{"format": "doorstep-proof/1", "case": "26', "is cut off or damaged"),
    "no text": (b"\x00", "is cut off or damaged"),
    "a list": (b"[]", "is not a proof"),
    "a number": (b"1e999", "is not a proof"),
    "an empty object": (b"{}", "is not a proof"),
    "another format": (b'{"format": "x"}', "is not a proof"),
    "the format alone": (b'{"format": "doorstep-proof/1"}', "not written as a proof is"),
    "deep": (b"[" * 100_000, "not written as a proof is"),
}


@pytest.mark.parametrize("what", NO_PROOFS)
def test_a_file_that_is_no_proof_is_said_to_be_none(tmp_path, what):
    content, expected = NO_PROOFS[what]
    (tmp_path / "x.json").write_bytes(content)
    code, said, fault = run(tmp_path / "x.json")
    assert (code, fault) == (2, "") and "UNREADABLE" in said and expected in said


ODD: dict[str, Change] = {
    "half a letter as words": lambda p: p["rows"][0].update(words="\ud800"),
    "a terminal's codes as a number": lambda p: p["rows"][0].update(row="\r\x1b[2KEverything holds.\n"),
    "true as a number": lambda p: p["rows"][0].update(row=True),
    "a fraction as a place": lambda p: p["rows"][0].update(leaf_index=1.0),
    "a number as words": lambda p: p["rows"][0].update(words=5),
    "no way": lambda p: p["rows"][0].update(path=None),
    "a moment without a zone": lambda p: p["keys"][0].update(valid_from="2026-01-01T00:00:00"),
}


@pytest.mark.parametrize("what", ODD)
def test_a_value_of_another_kind_is_unreadable_and_never_printed_raw(case, tmp_path, what):
    proof = proof_of(case)
    ODD[what](proof)
    (tmp_path / "x.json").write_text(json.dumps(proof), encoding="utf-8")
    code, said, fault = run(tmp_path / "x.json")
    assert (code, fault, "UNREADABLE" in said) == (2, "", True)
    assert "\x1b" not in said and "Everything holds.\n" not in said


def test_words_are_printed_and_cannot_move_the_cursor(town, tmp_path):
    (case,) = reported(town, words="灯坏了\x1b[2K\u202e三天")
    sign_now(LATER)
    code, said = checked(tmp_path, proof_of(case))
    assert code == 0 and "\x1b" not in said and "\u202e" not in said
    assert "灯坏了" in said and "三天" in said and "report: new -> reported" in said


def test_a_name_that_stands_twice_is_said(case, tmp_path):
    written = json.dumps(proof_of(case)).replace('"words": ', '"words": "something else", "words": ', 1)
    (tmp_path / "x.json").write_text(written, encoding="utf-8")
    code, said, _ = run(tmp_path / "x.json")
    assert code == 1 and '"words" stands twice' in said


def test_a_proof_with_a_mark_in_front_of_its_text_is_read(case, tmp_path):
    (tmp_path / "x.json").write_text(json.dumps(proof_of(case)), encoding="utf-8-sig")
    assert run(tmp_path / "x.json")[0] == 0


def test_a_key_that_somebody_believes_counts_alone(case, tmp_path):
    proof = proof_of(case)
    (key,) = proof["keys"]
    for given in (key["public"], key["public"].upper(), key["published"]):
        code, said = checked(tmp_path, proof, None, "--key", given)
        assert code == 0 and said.endswith("Everything holds.\n")
    assert checked(tmp_path, proof, None, "--key", "ab" * 32, "--key", key["public"])[0] == 0
    code, said = checked(tmp_path, proof, None, "--key", "ab" * 32)
    assert code == 1 and "not signed with the key that you believe (--key)" in said


def test_without_a_key_it_holds_only_if_the_key_of_the_file_is_that_of_the_log(case, tmp_path):
    proof = proof_of(case)
    code, said = checked(tmp_path, proof)
    assert code == 0 and "Everything holds" not in said
    assert said.splitlines()[-1].startswith(f"It holds if the key {proof['keys'][0]['public']} is that of the log")


@pytest.mark.parametrize("given", ["", " ", "ab", "zz" * 32, "ab" * 33, "name+12345678+AQ==", "+", "++"])
def test_a_key_that_is_none_is_refused_and_never_left_unchecked(case, tmp_path, given):
    code, said = checked(tmp_path, proof_of(case), None, "--key", given)
    assert code == 2 and "--key" in said and "64 hexadecimal digits" in said and "Row 1" not in said


def by_another_key(newer: dict[str, Any], name: str, at: str) -> dict[str, Any]:
    """The same head, signed by a key that somebody made."""
    stranger = Ed25519PrivateKey.generate()
    since = datetime(2020, 1, 1, tzinfo=UTC)
    key = Key(name, stranger.public_key().public_bytes_raw(), since)
    moment = datetime.fromisoformat(at)
    head = Head(name, newer["head"]["size"], bytes.fromhex(newer["head"]["root"]), moment)
    note = signed(head, key, stranger.private_bytes_raw())
    published = Published(head.size, head.root, head.at, key.id, note)
    return {**newer, "keys": [as_file(told_key(key))], "head": as_file(told_head(published))}


def test_a_newer_head_of_a_strange_key_of_another_log_or_of_an_earlier_moment_never_holds(case, town, tmp_path):
    proof = proof_of(case)
    reported(town, 4)
    sign_now(LATER)
    newer = consistency(proof["head"]["size"])
    name, at = proof["keys"][0]["name"], newer["head"]["at"]
    for other, code, expected in (
        (by_another_key(newer, name, at), 3, "NOT SURE: the newer head was signed with the key"),
        (by_another_key(newer, "another.log", at), 1, "The newer head is of another log"),
        (by_another_key(newer, name, "2021-01-01T00:00:00Z"), 1, "older than yours"),
        ({**newer, "second": 9999}, 1, "second differs"),
    ):
        found, said = checked(tmp_path, proof, other)
        assert found == code and expected in said and "It holds" not in said, said


def test_a_second_head_that_is_no_newer_shows_nothing_more(case, tmp_path):
    proof = proof_of(case)
    code, said = checked(tmp_path, proof, consistency(proof["head"]["size"]))
    assert code == 0 and "no newer than yours" in said and "nothing of it was changed" not in said


def test_a_newer_head_of_another_tree_is_found_out(case, town, tmp_path):
    proof = proof_of(case)
    reported(town, 4)
    sign_now(LATER)
    newer = consistency(proof["head"]["size"])
    assert checked(tmp_path, proof, newer)[0] == 0
    other = copy.deepcopy(newer)
    other["path"][0] = "00" * 32
    code, said = checked(tmp_path, proof, other)
    assert code == 1 and "does not begin with the older one" in said
    later = consistency(proof["head"]["size"] - 1)
    code, said = checked(tmp_path, proof, later)
    assert code == 1 and "second file begins at" in said


def test_heads_of_an_old_key_hold_and_a_new_one_signs_after_it(case, town, tmp_path):
    before = proof_of(case)
    with acting_as(WORKER):
        keys.rotate(LATER)
    reported(town, 2)
    sign_now(LATER)
    after = proof_of(case)
    assert len(after["keys"]) == 2
    assert before["head"]["key"] != after["head"]["key"]
    assert checked(tmp_path, after)[0] == 0
    newer = consistency(before["head"]["size"])
    code, said = checked(tmp_path, before, newer)
    assert code == 3 and "NOT SURE" in said
    both = [word for key in after["keys"] for word in ("--key", key["public"])]
    code, said = checked(tmp_path, before, newer, *both)
    assert code == 0 and said.endswith("Everything holds.\n")


def test_the_secret_part_of_a_retired_key_is_gone(case):
    from doorstep.proofs.models import Key

    with acting_as(WORKER):
        keys.rotate(LATER)
        kept = list(Key.objects.order_by("valid_from").values_list("private", "valid_until"))
    assert kept[0] == (None, LATER) and kept[1][0] is not None and kept[1][1] is None


def test_a_key_is_published_as_tools_for_signed_notes_take_it(case):
    with acting_as(ANONYMOUS):
        (key,) = queries.all_keys()
    name, key_id, _ = key.published.split("+", 2)
    assert (name, key_id) == (key.name, key.id)
