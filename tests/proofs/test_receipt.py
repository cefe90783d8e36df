"""Ava holds a proof; one Python file without anything of ours says whether it holds, and so it does after erasure."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.proofs.logs import CHECKER, consistency, proof_of, reported
from tests.town import MORNING

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.erase import erase
from doorstep.core.access import ANONYMOUS, WORKER, acting_as, follower_of
from doorstep.proofs import queries
from doorstep.proofs.actions import keys
from doorstep.proofs.actions.sequencing import sequence, sign_now

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
    code, said = checked(tmp_path, proof)
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
    assert code == 1 and "No head was signed yet" in said


def reworded(proof: dict[str, Any], row: int, one: str, other: str) -> None:
    line = proof["rows"][row]["line"]
    assert one in line
    proof["rows"][row]["line"] = line.replace(one, other)


def resized(head: dict[str, Any]) -> str:
    note: str = head["note"]
    return note.replace(f"\n{head['size']}\n", "\n7\n")


Change = Callable[[dict[str, Any]], Any]

CHANGES: dict[str, tuple[Change, str]] = {
    "a word": (lambda p: p["rows"][0].update(words="楼道里很干净"), "the words are not those"),
    "a salt": (lambda p: p["rows"][0].update(salt="00"), "the words are not those"),
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


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"format": "x"}', '{"format": "doorstep-proof/1"}', "\u0000", "1e999"]
)
def test_a_file_that_is_no_proof_is_said_to_be_none(tmp_path, content):
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(CHECKER), str(tmp_path / "x.json")], capture_output=True, text=True
    )
    assert (done.returncode, "UNREADABLE" in done.stdout, "Traceback" in done.stderr) == (2, True, False)


def test_a_key_that_somebody_believes_counts_alone(case, tmp_path):
    proof = proof_of(case)
    assert checked(tmp_path, proof, None, "--key", proof["keys"][0]["public"])[0] == 0
    code, said = checked(tmp_path, proof, None, "--key", "ab" * 32)
    assert code == 1 and "not signed with the key that you believe" in said


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
    assert checked(tmp_path, before, consistency(before["head"]["size"]))[0] == 0


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
