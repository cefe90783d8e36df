"""What runs when Doorstep runs: the database, the pages, the live figures and the jobs."""

from __future__ import annotations

import errno
import fcntl
import http
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from doorstep.config.supervise import Process, Supervisor
from doorstep.core import postgres
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say

UP_WITHIN_S: Final = 90.0
# Each keeps a connection of its own; more only wait for each other (docs/decisions/eight-threads-a-web-process.md).
THREADS_A_WORKER: Final = 8
# granian's threads have 2 MB, which numpy's matrix product under Django has overrun (the worker died of SIGSEGV).
STACK_BYTES: Final = 16 * 1024 * 1024


class ServingRefused(Refusal):
    """It cannot be served like this."""


class Address(NamedTuple):
    """Where people find the pages."""

    host: str
    port: int

    def __str__(self) -> str:
        return os.environ.get("DOORSTEP_ADDRESS") or f"http://{_in_url(self.called)}:{self.port}"

    @property
    def nearby(self) -> str:
        """The host as this machine itself calls it."""
        return "127.0.0.1" if self._is_every else self.host

    @property
    def called(self) -> str:
        """The host as whoever may reach it calls it: other machines know this one by its address in their network."""
        return address_in_network() if self._is_every else self.host

    @property
    def is_open(self) -> bool:
        """Whether other machines can reach it."""
        return not (self.called in ("localhost", "::1") or self.called.startswith("127."))

    @property
    def _is_every(self) -> bool:
        return self.host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound.


@contextmanager
def database_server() -> Iterator[postgres.Server | None]:
    """Within it PostgreSQL runs: our own, unless `DATABASE_URL` names another, which others look after."""
    if "DATABASE_URL" in os.environ:
        urls = postgres.databases()
        postgres.make_ready(urls["owner"], urls["app"])
        yield None
        return
    server = postgres.server_for(postgres.home())
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def database_up() -> Iterator[None]:
    """Within it PostgreSQL runs, its schema is this version's and Django is set up: import what is needed in here."""
    with database_server():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
        import django

        django.setup()
        from doorstep.config.migrating import refuse_a_schema_behind

        refuse_a_schema_behind()
        yield


@contextmanager
def alone(folder: Path, address: Address) -> Iterator[None]:
    """Within it nobody else serves from this folder; refuse, naming the address, when somebody does."""
    postgres.make_folder(folder)
    path = folder / "serving"
    with path.open("a+") as file:
        try:
            # A process that was killed locks nothing, whatever it left in the file.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServingRefused(
                say("command-already-running", address=path.read_text()), say("command-already-running-try")
            ) from None
        file.truncate(0)
        file.write(str(address))
        file.flush()
        yield


def refuse_taken_port(address: Address) -> None:
    """Say so now, rather than in a log after everything else was started."""
    host, port = address.host, str(address.port)
    with _a_socket(host) as trial:
        try:
            trial.bind((host, address.port))
        except OSError as fault:
            if fault.errno == errno.EADDRINUSE:
                free = str(address.port + 100 if address.port < 65_000 else 8000)
                raise ServingRefused(
                    say("command-port-taken", port=port), say("command-port-taken-try", port=free)
                ) from fault
            raise ServingRefused(
                say("command-cannot-listen", host=host, port=port, reason=fault.strerror or str(fault)),
                say("command-cannot-listen-try"),
            ) from fault


def open_house(*, with_demo: bool) -> None:
    """Bring schema and static files up to date and, if asked, load the demo.

    In a process of its own, which takes its memory with it when it ends.
    """
    command = [sys.executable, "-m", "doorstep.config.opening", *(["--demo"] if with_demo else [])]
    opened = subprocess.run(command, env={**os.environ, "DOORSTEP_LANG": language()}, check=False)
    if opened.returncode:
        raise SystemExit(opened.returncode)


def serve(address: Address, workers: int, server: postgres.Server | None, announce: Callable[[], None]) -> None:
    """Run everything until SIGTERM or Ctrl-C; `announce` is called once the pages answer.

    A server of ours that fell is started again like everything else.
    """
    home = postgres.home()
    supervisor = Supervisor(processes(address, workers, home), home / "logs")
    give_up_at = time.monotonic() + UP_WITHIN_S

    def is_up() -> bool:
        if answers(address):
            announce()
            return True
        if time.monotonic() > give_up_at:
            raise ServingRefused(
                say("command-not-up", reason=supervisor.last_words() or "?"),
                say("command-not-up-try", logs=str(home / "logs")),
            )
        return False

    supervisor.run(is_up, lambda: server.start() if server and server.has_fallen() else None)


def processes(address: Address, workers: int, home: Path) -> list[Process]:
    """The processes beside the database. Live figures have a port of their own, which the pages are told."""
    live_port = _live_port(address)
    told = {
        "DJANGO_SETTINGS_MODULE": "doorstep.config.settings",
        "DOORSTEP_ADDRESS": str(address),
        "DOORSTEP_LIVE": os.environ.get("DOORSTEP_LIVE") or f"http://{_in_url(address.called)}:{live_port}",
        "DOORSTEP_STATIC": str(home / "static"),
        "DOORSTEP_HOSTS": f"{os.environ.get('DOORSTEP_HOSTS', '')} {_in_url(address.called)}",
        "NUMBA_CACHE_DIR": os.environ.get("NUMBA_CACHE_DIR") or str(home / "kernels"),
        # None of them compiles: what needs it runs apart (areas/dividing.py).
        "NUMBA_DISABLE_JIT": "1",
        "PYTHONUNBUFFERED": "1",
    }
    python = [sys.executable, "-m"]
    web = [*python, "granian", "--interface", "wsgi", "--host", address.host, "--port", str(address.port)]
    web += ["--workers", str(workers), "--blocking-threads", str(THREADS_A_WORKER), "--respawn-failed-workers"]
    web += ["--no-ws", "doorstep.config.wsgi:application"]
    live = [*python, "uvicorn", "--host", address.host, "--port", str(live_port), "--log-level", "warning"]
    return [
        Process("web", web, {**told, "RUST_MIN_STACK": str(STACK_BYTES)}),
        Process("live", [*live, "doorstep.config.live:application"], told),
        Process("worker", [*python, "doorstep.config.worker"], told),
    ]


def answers(address: Address) -> bool:
    """Whether the first page comes, whatever is on it."""
    connection = http.client.HTTPConnection(address.nearby, address.port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def address_in_network() -> str:
    """This machine's own address where it would reach out to another network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            # An address for documentation (RFC 5737): any that is far away leads out by the same door.
            asked.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(asked.getsockname()[0])


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _live_port(address: Address) -> int:
    """The next port, which whoever forwards ports can foresee; any free one where that is taken and none foresaw it."""
    for port in (address.port + 1,) if "DOORSTEP_LIVE" in os.environ else (address.port + 1, 0):
        with _a_socket(address.nearby) as trial:
            try:
                trial.bind((address.nearby, port))
            except (OSError, OverflowError):
                # Taken, or there is none after 65535.
                continue
            return int(trial.getsockname()[1])
    raise ServingRefused(say("command-port-taken", port=str(address.port + 1)), say("command-live-port-try"))


def _a_socket(host: str) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return made
