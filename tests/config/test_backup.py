"""A backup of our own tables, with cases in them, comes back on a server that has never seen them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.committed import COPY
from tests.committed import committed_town as committed_town
from tests.town import MORNING, Town

from doorstep.cases.actions.report import Place, Report, report
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.backup import Installation, back_up, contents, restore
from doorstep.core.postgres import APP, OWNER, SUPERUSER, Server, installed_binaries, temporary_server
from doorstep.core.text import text
from doorstep.proofs.actions.sequencing import sign_now
from doorstep.proofs.queries import Published, newest_or_refused

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


def test_proofs_go_on_after_a_restore_and_a_later_head_shows_what_the_backup_lacks(
    reported: Town, server: Any, tmp_path: Path
) -> None:
    older = signed(MORNING)
    here = Installation(server.dsn(SUPERUSER, COPY), tmp_path / "here", installed_binaries())
    with here.connected() as superuser:
        # A copied database has lost what an installed one has: the app's own right to it, by which its roles are known.
        superuser.execute(f"GRANT CONNECT ON DATABASE {COPY} TO {APP}")
    back_up(tmp_path / "today.backup", here, MORNING)
    report(Report("电梯停了", Place(words="3号楼")), at=MORNING)
    later = signed(MORNING + timedelta(hours=1))
    with temporary_server() as elsewhere:
        assert commanded(elsewhere, tmp_path, "restore", str(tmp_path / "today.backup"))[0] == 0
        assert verified(elsewhere)[0] == 0
        assert verified(elsewhere, older, tmp_path) == (
            0,
            text("proofs-verify-kept", "en", size=2, at=older.at.isoformat()),
        )
        code, said = verified(elsewhere, later, tmp_path)
        assert (code, said) == (1, text("proofs-fault-truncated", "en", size="3", rows="2"))
        code, said = verified(elsewhere, older._replace(note=older.note.replace("\n2\n", "\n1\n")), tmp_path)
        assert code != 0 and text("proofs-head-forged", "en", key=older.key) in said


def signed(at: datetime) -> Published:
    """A head over all that is there."""
    sign_now(at)
    with acting_as(ANONYMOUS):
        return newest_or_refused()


def verified(server: Server, kept: Published | None = None, folder: Path | None = None) -> tuple[int, str]:
    """How `doorstep verify` ends on this server, and its last line."""
    if kept is None or folder is None:
        return commanded(server, Path(), "verify")
    (folder / "kept.txt").write_text(kept.note, encoding="utf-8")
    return commanded(server, folder, "verify", "--from", str(folder / "kept.txt"))


def commanded(server: Server, home: Path, *words: str) -> tuple[int, str]:
    """How the command ends on this server, and the last line that it says."""
    urls = {
        "DATABASE_URL": server.dsn(OWNER),
        "DATABASE_APP_URL": server.dsn(APP),
        "DATABASE_BACKUP_URL": server.dsn(SUPERUSER),
    }
    told = {**os.environ, **urls, "DOORSTEP_HOME": str(home), "DOORSTEP_LANG": "en"}
    command = [sys.executable, "-c", "from doorstep.config.command import main; main()", *words]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    said = (done.stdout + done.stderr).strip()
    print(said)
    return done.returncode, said.splitlines()[-1].strip() if said else ""
