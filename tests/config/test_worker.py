"""The machine goes on through whatever happens around it, and stops when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError

from doorstep.config import worker
from doorstep.core.postgres import APP, OWNER, Server, temporary_server

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 30.0


class Work:
    """Work that does what it is told, one answer at a time, and then tells the loop to stop."""

    def __init__(self, *answers: int | Exception) -> None:
        self.answers = list(answers)
        self.stop = threading.Event()
        self.began: list[float] = []

    def __call__(self, at) -> int:
        self.began.append(time.monotonic())
        answer = self.answers.pop(0)
        if not self.answers:
            self.stop.set()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def kept_at(self, batch: int = 10, idle_s: float = 0.15) -> list[float]:
        """How long the loop waited between one piece of work and the next."""
        worker.keep_at(self.stop, "test", self, batch, idle_s)
        return [later - earlier for earlier, later in zip(self.began, self.began[1:], strict=False)]


@pytest.fixture(autouse=True)
def no_connection(monkeypatch):
    """The loop closes the connection of its own thread; these tests have none to lose."""
    from django.db import connection

    monkeypatch.setattr(connection, "close", lambda: None)


def test_a_whole_batch_is_followed_at_once_a_part_soon_and_nothing_later():
    at_once, soon, later = Work(10, 3, 0, 0).kept_at()
    assert at_once < 0.1
    assert soon < 0.14
    assert later >= 0.14


def test_the_loop_survives_the_database(caplog):
    waits = Work(OperationalError("gone"), OperationalError("gone"), 0, 0).kept_at(idle_s=0.05)
    assert len(waits) == 3
    assert "did not get on" in caplog.text


def test_it_comes_back_ever_more_slowly():
    first, second, _ = Work(*[OperationalError("gone")] * 3, 0).kept_at(idle_s=0.05)
    assert second > first * 1.5


def test_a_fault_of_ours_does_not_stop_the_loop():
    assert len(Work(ValueError("a bug"), 0).kept_at(idle_s=0.01)) == 1


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A database that other tests never see: what is committed to a ledger cannot be taken back."""
    with temporary_server() as running:
        yield running


def test_a_worker_carries_a_case_on_and_stops_at_sigterm(own_server):
    """A real process on a real database: it takes what is due, and ends within seconds when told to."""
    server = own_server
    told = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "DATABASE_URL": server.dsn(OWNER),
        "DATABASE_APP_URL": server.dsn(APP),
    }
    migrate = "from doorstep.config.migrating import migrate; migrate()"
    subprocess.run([sys.executable, "-c", migrate], env=told, cwd=ROOT, check=True)
    command = [sys.executable, "-m", "doorstep.config.worker"]
    with subprocess.Popen(command, env=told, cwd=ROOT, stderr=subprocess.PIPE, text=True) as running:
        try:
            case = _reported_elsewhere(told)
            _wait_until(lambda: _question_of(server, case) == "where")
            running.send_signal(signal.SIGTERM)
            assert running.wait(PATIENCE_S) == 0
        finally:
            running.kill()
            print(running.stderr.read() if running.stderr else "")


def _reported_elsewhere(told: dict[str, str]) -> int:
    code = (
        "import django; django.setup();"
        "from doorstep.cases.actions.report import Report, report; from doorstep.core.time import clock;"
        "print(report(Report('灯不亮了'), at=clock.now()).case)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=told, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])


def _question_of(server, case: int) -> str:
    import psycopg

    from doorstep.core.postgres import SUPERUSER

    with psycopg.connect(server.dsn(SUPERUSER)) as superuser:
        return superuser.execute("SELECT question FROM cases_case WHERE id = %s", [case]).fetchone()[0]


def _wait_until(holds) -> None:
    give_up_at = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < give_up_at, "It did not come about."
        time.sleep(0.05)
