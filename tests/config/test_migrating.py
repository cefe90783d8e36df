"""A database that was never made ready is named, not stumbled over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from doorstep.core.postgres import OWNER, temporary_server

pytestmark = pytest.mark.integration

CODE = "import sys; from doorstep.config.command import main; main(sys.argv[1:])"


def said_by(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    told = {name: value for name, value in os.environ.items() if not name.startswith(("DOORSTEP_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-c", CODE, *command],
        env={**told, "PYTHONPATH": "src", "DOORSTEP_LANG": "en", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_database_that_nobody_migrated_is_refused_in_words_and_works_once_it_is(tmp_path: Path) -> None:
    with temporary_server() as server:
        own = {"DATABASE_URL": server.dsn(OWNER), "DOORSTEP_HOME": str(tmp_path), "DOORSTEP_SECRET_KEY": "only here"}
        for command in (["verify"], ["train"]):
            refused = said_by(*command, **own)
            assert refused.returncode == 1
            assert "Traceback" not in refused.stderr
            assert "doorstep migrate" in refused.stderr
        assert said_by("migrate", **own).returncode == 0
        done = said_by("verify", **own)
        assert done.returncode == 0, done.stderr
