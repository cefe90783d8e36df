"""A table that Dana downloads runs nothing in her spreadsheet."""

from __future__ import annotations

import pytest

from doorstep.core.cells import harmless


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A", " =1", "　=1"]
)
def test_a_formula_becomes_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(("cell", "written"), [("3 号楼", "3 号楼"), (7, "7"), (-7, "-7"), (1.5, "1.5"), (None, "")])
def test_everything_else_stays_as_it_is(cell, written):
    assert harmless(cell) == written


def test_a_code_of_17_digits_is_not_rounded():
    assert harmless("32110100200100001") == "32110100200100001\t"
    assert harmless("321101002001") == "321101002001"
