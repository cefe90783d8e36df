"""A backup of our own tables, with cases in them, comes back on a server that has never seen them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.committed import COPY
from tests.committed import committed_town as committed_town
from tests.town import MORNING, Town

from doorstep.cases.actions.report import Place, Report, report
from doorstep.core.backup import Installation, back_up, contents, restore
from doorstep.core.postgres import SUPERUSER, installed_binaries, temporary_server

pytestmark = pytest.mark.integration


@pytest.fixture
def reported(committed_town: Town) -> Town:
    """The town with two reports: their words carry what the search works out by itself."""
    for words in ("小区路灯坏了好几天", "楼道里堆满了杂物"):
        report(Report(words, Place(words="3号楼")), at=MORNING)
    return committed_town


def test_everything_of_ours_comes_back_elsewhere(reported: Town, server: Any, tmp_path: Path) -> None:
    here = Installation(server.dsn(SUPERUSER, COPY), tmp_path / "here", installed_binaries())
    manifest = back_up(tmp_path / "today.backup", here, MORNING)
    assert manifest.tables["public.cases_said"].rows == 2
    with temporary_server() as elsewhere:
        there = Installation(elsewhere.dsn(SUPERUSER), tmp_path / "there", installed_binaries())
        restore(tmp_path / "today.backup", there)
        with there.connected() as came_back, here.connected() as kept:
            assert contents(came_back) == contents(kept)
