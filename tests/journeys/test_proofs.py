"""Ava takes the proof of her case, checks it in her browser and with Python alone, and again later; nobody else's link
opens it; and a row that somebody altered in the database is named by `doorstep verify`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_story import AT_HOME, report

pytestmark = pytest.mark.journey

WORDS = "楼道里堆满了杂物，走路都困难"


def doorstep(site: Any, *words: str) -> tuple[int, str]:
    """What the command says on this house."""
    command = [sys.executable, "-c", "from doorstep.config.command import main; main()", *words]
    told = {**site.environment, "DOORSTEP_LANG": "zh"}
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def ava(open_context) -> Any:
    return open_context(geolocation=AT_HOME, permissions=["geolocation"], **PHONE).new_page()


@pytest.fixture
def told(ava, site) -> tuple[str, str]:
    """Number and link of her case, in a log with a head over it."""
    number, link = report(ava, WORDS, pin=True)
    site.wait_for(number, "dispatched")
    code, note = doorstep(site, "heads")
    assert code == 0 and note.startswith("doorstep.log/"), note
    return number, link


def taken(page: Any, selector: str, folder: Path) -> Path:
    """The file that this button gives."""
    with page.expect_download() as download:
        page.click(selector)
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def verdict(page: Any) -> tuple[str, str]:
    page.wait_for_selector("#answer:not([hidden])")
    return page.inner_text("#verdict"), page.inner_text("#found")


def test_ava_takes_her_proof_and_checks_it_without_us(ava, told, open_context, tmp_path):
    number, link = told
    ava.goto(link)
    proof = taken(ava, "#proof a.button", tmp_path)
    assert proof.name == f"doorstep-proof-{number}.json"
    checker = open_context(**DESKTOP).new_page()
    checker.goto("/proofs/")
    checker.click("#check a.button")
    checker.set_input_files("#proof", str(proof))
    checker.click("button.first")
    said, found = verdict(checker)
    assert said.startswith("如果密钥 ") and "文字与当初写入的一致" in found and WORDS in found
    (key,) = json.loads(proof.read_text(encoding="utf-8"))["keys"]
    checker.fill("#key", key["published"])
    checker.click("button.first")
    checker.wait_for_function("document.getElementById('verdict').textContent === '全部相符。'")
    checker.click("#language")
    assert verdict(checker)[0] == "Everything holds."
    # One word that is not hers any more is found out.
    changed = json.loads(proof.read_text(encoding="utf-8"))
    changed["rows"][0]["words"] = "楼道里很干净"
    (tmp_path / "changed.json").write_text(json.dumps(changed), encoding="utf-8")
    checker.set_input_files("#proof", str(tmp_path / "changed.json"))
    checker.click("button.first")
    checker.wait_for_function("document.getElementById('verdict').textContent.startsWith('Something')")
    assert "the words are not those" in verdict(checker)[1]
    for name, content, expected in spoilt(proof.read_text(encoding="utf-8")):
        (tmp_path / f"{name}.json").write_bytes(content)
        checker.set_input_files("#proof", str(tmp_path / f"{name}.json"))
        checker.click("button.first")
        checker.wait_for_function("part => document.getElementById('answer').textContent.includes(part)", arg=expected)
        assert checker.get_attribute("#answer", "class") == "wrong"
    # A key that is none is refused; it never switches the check off.
    checker.set_input_files("#proof", str(proof))
    checker.fill("#key", "abc")
    checker.click("button.first")
    checker.wait_for_function("document.getElementById('verdict').textContent.includes('not 64 hexadecimal digits')")


def spoilt(written: str) -> Iterator[tuple[str, bytes, str]]:
    """The proof, changed or broken in many ways, each with a part of what the page says of it."""

    def changed(change: Callable[[dict[str, Any]], Any]) -> bytes:
        proof = json.loads(written)
        change(proof)
        return json.dumps(proof).encode()

    def cut(proof: dict[str, Any]) -> None:
        row = proof["rows"][0]
        row.update(salt=row["salt"] + row["words"][:3].encode().hex(), words=row["words"][3:])

    yield "cut-words", changed(cut), "the salt is not 16 bytes long"
    yield "case", changed(lambda p: p.update(case="261123-000099-19")), "The case number 261123-000099-19 is not"
    yield "copy", changed(lambda p: p["head"].update(size=999)), "differs from the note"
    yield "published", changed(lambda p: p["keys"][0].update(published="x")), "given in two ways"
    yield "half", changed(lambda p: p["rows"][0].update(words="\ud800")), "should be a text"
    yield "fraction", changed(lambda p: p["rows"][0].update(leaf_index=1.5)), "should be a whole number"
    yield "early", changed(lambda p: p.update(head=None)), "No head was signed yet"
    yield "twice", written.replace('"words": ', '"words": "x", "w\\u006frds": ', 1).encode(), '"words" stands twice'
    yield "empty", b"", "is empty"
    yield "page", b"<!doctype html>", "is a web page"
    yield "broken", written[:200].encode(), "is cut off or damaged"
    yield "gbk", "回执".encode("gbk"), "is not UTF-8 text"


def test_the_saved_page_checks_without_a_network_and_a_newer_head_shows_that_the_log_only_grew(
    ava, told, open_context, site, tmp_path
):
    _, link = told
    ava.goto(link)
    proof = taken(ava, "#proof a.button", tmp_path)
    size = json.loads(proof.read_text(encoding="utf-8"))["head"]["size"]
    report(ava, "路灯不亮，晚上看不清路", pin=True)
    doorstep(site, "heads")
    newer = tmp_path / "newer.json"
    newer.write_text(ava.request.get(f"/proofs/consistency?first={size}").text(), encoding="utf-8")
    saved = tmp_path / "check.html"
    saved.write_text(ava.request.get("/proofs/check.html").text(), encoding="utf-8")
    context = open_context(**DESKTOP)
    context.set_offline(True)
    page = context.new_page()
    page.goto(saved.as_uri())
    page.set_input_files("#proof", str(proof))
    page.set_input_files("#newer", str(newer))
    page.click("button.first")
    said, found = verdict(page)
    assert said.startswith("如果密钥 ") and "此前的记录没有被改动" in found
    # The Python file, taken from the page, says the same; so does a forged path.
    heads = open_context(**DESKTOP).new_page()
    heads.goto("/proofs/")
    checker = taken(heads, "#check a[download='check_proof.py']", tmp_path)
    command = [sys.executable, "-I", "-S", str(checker), str(proof), str(newer)]
    assert subprocess.run(command, capture_output=True, text=True, check=False).returncode == 0
    forged = json.loads(newer.read_text(encoding="utf-8"))
    forged["path"][0] = "00" * 32
    newer.write_text(json.dumps(forged), encoding="utf-8")
    assert subprocess.run(command, capture_output=True, text=True, check=False).returncode == 1
    page.set_input_files("#newer", str(newer))
    page.click("button.first")
    page.wait_for_function("document.getElementById('answer').className === 'wrong'")
    assert "此前的记录被改动过" in verdict(page)[1]


def test_nobody_takes_the_proof_of_another(ava, told, open_context, enter):
    _, link = told
    dana = enter(open_context(**DESKTOP), "dana")
    stranger = open_context(**PHONE).new_page()
    stranger.goto("/proofs/")
    for page in (dana, stranger):
        for wrong in ("/c/nobodys-link/proof.json", f"{link.rstrip('/')}x/proof.json"):
            answer = page.request.get(wrong)
            assert answer.status == 404 and WORDS not in answer.text()
    assert WORDS not in stranger.content()


def test_a_row_that_was_altered_in_the_database_is_named(told, site):
    number, _ = told
    code, said = doorstep(site, "verify")
    assert code == 0 and "存证日志与流转记录相符" in said, said
    case = site.case(number)["id"]
    alter = "UPDATE cases_event SET by_unit = coalesce(by_unit, 0) + %s WHERE case_id = %s AND seq = 1"
    with psycopg.connect(site.dsn, autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(alter, [1, case])
        try:
            code, said = doorstep(site, "verify")
        finally:
            superuser.execute(
                "UPDATE cases_event SET by_unit = NULLIF(by_unit - 1, 0) WHERE case_id = %s AND seq = 1", [case]
            )
    assert code == 1 and f"诉求 {case} 第 1 条" in said and "这条记录被改过" in said, said
    assert doorstep(site, "verify")[0] == 0
