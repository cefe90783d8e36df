"""The library alone in ten lines, as the documentation shows it: the lines are taken from the page and run."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import numba
import pytest

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = ("how-districting-works.md", "how-districting-works.zh.md")


def lines_of(page: str) -> str:
    [block] = re.findall(r"^```python\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return str(block)


def test_both_languages_show_the_same_lines_and_they_are_ten_at_most():
    one, other = map(lines_of, PAGES)
    assert one == other
    assert len([line for line in one.splitlines() if line]) <= 10


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="A certificate takes minutes without the compiler.")
def test_the_lines_of_the_documentation_divide_a_community_and_prove_it():
    said = io.StringIO()
    shown: dict[str, object] = {}
    with contextlib.redirect_stdout(said):
        exec(lines_of(PAGES[0]), shown)
    *pieces, last = said.getvalue().splitlines()
    assert len(pieces) > 10
    assert all(re.fullmatch(r"321102001004\d{5} \d+ True \d+", line) for line in pieces)
    assert sum(int(line.split()[1]) for line in pieces) == 24 * 120
    assert re.fullmatch(r"\d+ grids; (optimal|listed|bounded), at most \d+\.\d% from the best", last)


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_of_the_page_is_there(page):
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", (DOCS / page).read_text(encoding="utf-8"))
    assert len(pictures) == 5
    assert all((DOCS / picture).is_file() for picture in pictures)
