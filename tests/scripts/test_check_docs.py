"""The documentation is held to what the code does."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The checker, for a repository of its own in which nothing is wrong."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    sys.modules.pop("check_docs", None)
    module = importlib.import_module("check_docs")
    (tmp_path / "docs" / "images").mkdir(parents=True)
    (tmp_path / "Makefile").write_text("demo:\n\techo\n")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "PICTURES", tmp_path / "docs" / "images")
    return module


def _faults(check: Any, words: str) -> list[str]:
    page = check.ROOT / "docs" / "page.md"
    page.write_text(words, encoding="utf-8")
    return list(check.faults_of(page))


def test_a_link_that_leads_somewhere_is_right_and_one_that_does_not_is_told(check: Any) -> None:
    (check.ROOT / "docs" / "other.md").write_text("# The other\n\n## What is there?\n")
    assert _faults(check, "[there](other.md), [part](other.md#what-is-there), [up](../Makefile)") == []
    assert _faults(check, "[not there](another.md)") == ["broken link: another.md"]
    assert _faults(check, "[not there](other.md#elsewhere)") == ["no such heading: other.md#elsewhere"]


def test_what_stands_in_a_block_of_code_is_no_link(check: Any) -> None:
    assert _faults(check, "```\n[not there](another.md)\n```\n`[nor](here.md)`") == []


def test_a_folder_of_one_machine_and_an_index_of_packages_are_told(check: Any) -> None:
    assert _faults(check, "see /var/lib/doorstep") == []
    assert _faults(check, "see /tmp/doorstep") == ["not for everybody: /tmp/"]
    assert _faults(check, "from https://pypi.org/anything") == ["not for everybody: pypi.org"]


def test_a_path_that_is_not_in_the_repository_is_told_but_a_pattern_is_not(check: Any) -> None:
    assert _faults(check, "`docs/images`, `src/<room>/rules`, `tests/*.py`") == []
    assert _faults(check, "`src/nothing.py`") == ["there is no src/nothing.py"]


def test_only_commands_that_exist_may_be_named(check: Any) -> None:
    assert _faults(check, "Run `make demo`, or\n```\n$ doorstep serve --port 80\n```\n") == []
    assert _faults(check, "Run `make tea`, or\n```\ndoorstep brew\n```\n") == [
        "there is no command “doorstep brew”",
        "there is no command “make tea”",
    ]


def test_the_glossary_says_which_words_are_not_used(check: Any) -> None:
    assert check.said_wrongly("Two cases wait; the tickets are in { $ticket }.", "en") == [("ticket", "case")]
    assert check.said_wrongly("两件诉求在等。", "zh") == []
    assert check.said_wrongly("两件工单在等。", "zh") == [("工单", "诉求")]


def test_a_picture_that_no_page_shows_is_told(check: Any) -> None:
    for name in ("shown.png", "forgotten.png"):
        (check.PICTURES / name).write_bytes(b"png")
    (check.ROOT / "README.md").write_text("![the desk](docs/images/shown.png)")
    assert list(check._pictures()) == ["docs/images/forgotten.png: no page shows it"]


def test_whoever_is_granted_a_right_without_a_policy_reaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    access = importlib.import_module("reference.access")
    sql = """-- A rule.
        CREATE POLICY own ON a FOR SELECT TO desk USING (true);
        GRANT SELECT (id, name), INSERT ON a TO desk, grid;"""
    assert access.reached(sql, ["desk", "grid"]) == {"desk": "r*", "grid": ""}
    with pytest.raises(ValueError, match="Neither a policy nor a grant"):
        access.reached("DROP TABLE a;", ["desk"])
