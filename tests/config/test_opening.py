"""Opening the house: what is shown while it lasts, and what is not done twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.test import override_settings

from doorstep.config import opening
from doorstep.core import postgres
from doorstep.core.postgres import OWNER, Server, temporary_server

pytestmark = pytest.mark.integration


@pytest.fixture
def installation(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that `home()` leads to."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with temporary_server() as server:
        monkeypatch.setenv("DOORSTEP_HOME", str(server.folder))
        yield server


def test_where_nobody_watches_each_thing_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    with opening.progress(is_shown=True) as tell:
        for done, words in [(0.0, "first"), (0.1, "first"), (0.5, "second"), (1.0, "second")]:
            tell(done, words)
    assert capsys.readouterr().out.splitlines() == ["  0% first", " 50% second"]


def test_when_nothing_is_loaded_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with opening.progress(is_shown=False) as tell:
        tell(0.5, "half")
    assert capsys.readouterr().out == ""


def test_a_demo_is_loaded_once_it_is_loaded_whole(installation: Server) -> None:
    assert not opening.demo_is_loaded()
    opening.remember_the_demo_is_loaded()
    assert opening.demo_is_loaded()


def test_half_a_story_is_thrown_away(installation: Server) -> None:
    with psycopg.connect(installation.dsn(OWNER)) as owner:
        owner.execute("CREATE TABLE half AS SELECT 1 AS a")
    opening.start_database_anew()
    with psycopg.connect(installation.dsn(OWNER)) as owner:
        assert owner.execute("SELECT to_regclass('half')").fetchone() == (None,)
        found = owner.execute("SELECT datacl::text FROM pg_database WHERE datname = current_database()").fetchone()
    assert found is not None
    assert postgres.APP in str(found[0])


def test_static_files_are_collected_when_one_has_changed_and_only_then(tmp_path: Path) -> None:
    source, collected = tmp_path / "source", tmp_path / "static"
    source.mkdir()
    (source / "page.css").write_text("p { color: red }")
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STATIC_ROOT=collected, STATICFILES_DIRS=[source], STORAGES={**settings.STORAGES, **plain}):
        opening.collect_static(collected)
        first = (collected / "page.css").stat().st_ino, (collected / ".digest").stat().st_mtime_ns
        opening.collect_static(collected)
        assert ((collected / "page.css").stat().st_ino, (collected / ".digest").stat().st_mtime_ns) == first
        time.sleep(0.01)
        (source / "page.css").write_text("p { color: green }")
        opening.collect_static(collected)
        assert (collected / "page.css").read_text() == "p { color: green }"
