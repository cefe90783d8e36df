"""Ava and her neighbours report while somebody pulls the plugs: nothing is lost, and nothing is done twice.

`doorstep serve` as it stands: two web processes, PostgreSQL safe against power cuts, a machine, and a second machine
beside it. All of them are killed with -9 while reports come in, and only what this test started.
"""

from __future__ import annotations

import http.client
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from doorstep.cases.rules.chain import Link, first_break
from doorstep.core.postgres import SUPERUSER, Server, server_for
from doorstep.events.cases import CaseMoved
from doorstep.notices.rules.telling import told

pytestmark = [pytest.mark.integration, pytest.mark.skipif(sys.platform != "linux", reason="/proc")]

ROOT = Path(__file__).resolve().parents[2]
UP_WITHIN_S, SETTLED_WITHIN_S, ANSWERED_WITHIN_S = 120.0, 90.0, 120.0
NEIGHBOURS = 12


class House:
    """`doorstep serve` in a folder of its own, and a second machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server: Server = server_for(folder)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("DOORSTEP_", "DATABASE_"))},
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DJANGO_SETTINGS_MODULE": "doorstep.config.settings",
            "DOORSTEP_HOME": str(folder),
            "DOORSTEP_STATIC": str(folder / "static"),
            "DOORSTEP_LANG": "en",
            "DOORSTEP_REPORTS_PER_HOUR": "1000000",
        }
        self.port = _free_port()
        self.started: list[subprocess.Popen[bytes]] = []

    def open(self) -> None:
        """Start everything, with the invented town in it."""
        main = "from doorstep.config.command import main; main()"
        self.start("serve", "-c", main, "serve", "--port", str(self.port), "--workers", "2")
        _wait_until(lambda: "http://" in self.said("serve"), UP_WITHIN_S, lambda: self.said("serve"))
        self.python("from tests.town import build_town; build_town()")
        self.start("second-machine", "-m", "doorstep.config.worker")

    def start(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.said").open("ab") as said:
            self.started.append(
                subprocess.Popen(
                    [sys.executable, *command], env=self.environment, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT
                )
            )

    def python(self, code: str) -> None:
        """Run a piece of code with Django set up, in a process of its own."""
        command = [sys.executable, "-c", f"import django; django.setup(); {code}"]
        subprocess.run(command, env=self.environment, cwd=ROOT, check=True)

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.said").read_text(errors="replace")

    # Pulling the plugs.

    def kill_web(self) -> None:
        """One web process first, then the one that keeps them."""
        granian = self._child("granian")
        for pid in (*_children(granian)[:1], granian):
            _kill(pid)

    def kill_machines(self) -> None:
        """Both at once; serve starts its own again, and we the second."""
        _kill(self._child("doorstep.config.worker"))
        second = self.started.pop()
        second.kill()
        second.wait()
        self.start("second-machine", "-m", "doorstep.config.worker")

    def kill_postgres(self) -> None:
        postmaster = int((self.server.cluster / "postmaster.pid").read_text().split()[0])
        assert Path(f"/proc/{postmaster}/cwd").resolve() == self.server.cluster.resolve()
        _kill(postmaster)

    def _child(self, command: str) -> int:
        found: list[int] = []

        def is_there() -> bool:
            found[:] = [pid for pid in _children(self.started[0].pid) if command in _command(pid)]
            return bool(found)

        _wait_until(is_there, UP_WITHIN_S, lambda: self.said("serve"))
        return found[0]

    # Looking.

    def rows(self, query: str, *given: Any) -> list[dict[str, Any]]:
        """What the database holds, past all policies."""
        with psycopg.connect(self.server.dsn(SUPERUSER), row_factory=dict_row) as superuser:
            return superuser.execute(query, given).fetchall()

    def is_settled(self) -> bool:
        """Whether the machine has nothing left to do."""
        with suppress(psycopg.OperationalError):
            return not self.rows("SELECT FROM cases_case WHERE look_again_at <= now()")
        return False

    def close(self) -> None:
        for process in reversed(self.started):
            process.terminate()
        for process in reversed(self.started):
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.server.stop()


@dataclass
class Neighbours:
    """People who report, and who send the same report again when no answer came."""

    port: int
    reports: queue.SimpleQueue[int] = field(default_factory=queue.SimpleQueue)
    receipts: dict[int, str] = field(default_factory=dict)
    unanswered: list[str] = field(default_factory=list)
    """Why an answer did not come, each time."""

    def report(self, count: int) -> list[threading.Thread]:
        """Begin; each of the threads ends when all reports are answered."""
        for number in range(count):
            self.reports.put(number)
        threads = [threading.Thread(target=self._go_on) for _ in range(NEIGHBOURS)]
        for thread in threads:
            thread.start()
        return threads

    def _go_on(self) -> None:
        with suppress(queue.Empty):
            while True:
                number = self.reports.get_nowait()
                receipt = self._insist(number)
                if receipt is not None:
                    self.receipts[number] = receipt

    def _insist(self, number: int) -> str | None:
        key, give_up_at = str(uuid.uuid4()), time.monotonic() + ANSWERED_WITHIN_S
        while time.monotonic() < give_up_at:
            try:
                return self._send(number, key)
            except (OSError, http.client.HTTPException) as lost:
                self.unanswered.append(repr(lost))
                time.sleep(0.1)
        return None

    def _send(self, number: int, key: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {"Content-Type": "application/json", "Idempotency-Key": key}
            connection.request("POST", "/api/v1/reports", json.dumps(what_is_said(number)), headers)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status >= 500:
            raise http.client.HTTPException(f"{answer.status}")
        assert answer.status == 201, body
        return str(json.loads(body)["number"])


def what_is_said(number: int) -> dict[str, Any]:
    """In town or beside it, clear or not, with an address or without: every way that a case can go by itself."""
    in_town = {"lon": 119.4004 + 0.0002 * (number % 8), "lat": 32.1996}
    beside_it = {"lon": 119.9, "lat": 32.9}
    return {
        "words": f"{number}号楼的路灯坏了，晚上一片漆黑" if number % 3 else f"第{number}件事，说不清楚",
        "place": {"point": beside_it if number % 10 == 0 else in_town},
        "contact": {"email": f"ava{number}@example.org"} if number % 2 else {},
    }


@pytest.fixture
def house() -> Iterator[House]:
    # Not pytest's own folder, which root's account for PostgreSQL cannot get into.
    with tempfile.TemporaryDirectory(prefix="doorstep-killed-") as folder:
        Path(folder).chmod(0o755)
        house = House(Path(folder))
        try:
            house.open()
            yield house
        finally:
            house.close()


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("reports", "rounds"), [(100, 1), pytest.param(1000, 3, marks=pytest.mark.long)], ids=["hundred", "thousand"]
)
def test_reports_outlive_every_killed_process(house: House, reports: int, rounds: int) -> None:
    durability = house.rows("SELECT name FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', "
                            "'full_page_writes') AND setting = 'on'")  # fmt: skip
    assert len(durability) == 3
    neighbours = Neighbours(house.port)
    threads = neighbours.report(reports)
    plugs = [house.kill_web, house.kill_machines, house.kill_postgres] * rounds
    for turn, pull in enumerate(plugs, start=1):
        _wait_until(
            lambda turn=turn: len(neighbours.receipts) >= reports * turn // (len(plugs) + 1),  # type: ignore[misc]
            ANSWERED_WITHIN_S,
            lambda: f"{neighbours.unanswered[-3:]} {house.said('serve')}",
        )
        pull()
    for thread in threads:
        thread.join()

    assert len(neighbours.receipts) == reports, (neighbours.unanswered[-3:], house.said("serve"))
    assert neighbours.unanswered, "Nobody was cut off: the plugs were pulled too late to prove anything."
    _wait_until(house.is_settled, SETTLED_WITHIN_S, lambda: house.said("serve"))
    each_report_is_one_case(house, neighbours.receipts)
    every_ledger_is_whole(house)
    every_reporter_was_told_once(house)
    every_case_was_counted_once(house)


def each_report_is_one_case(house: House, receipts: Mapping[int, str]) -> None:
    """What was answered is there, once; and nothing else is."""
    cases = house.rows("SELECT number, state, question FROM cases_case")
    assert sorted(receipts.values()) == sorted(case["number"] for case in cases)
    states = {(case["state"], case["question"]) for case in cases}
    assert all(state == "dispatched" or question for state, question in states), states
    assert ("dispatched", "") in states
    first_words = house.rows(
        "SELECT c.number, s.words FROM cases_case c JOIN cases_said s ON s.case_id = c.id WHERE s.seq = 1"
    )
    assert {row["number"]: row["words"] for row in first_words} == {
        receipt: what_is_said(number)["words"] for number, receipt in receipts.items()
    }


def every_ledger_is_whole(house: House) -> None:
    """No gap, no double, no changed row, and each case stands where its ledger says."""
    names = ", ".join({"case": "case_id", "facts": "facts::text"}.get(name, name) for name in Link._fields)
    ledgers: dict[int, list[Link]] = {}
    for row in house.rows(f"SELECT {names} FROM cases_event ORDER BY case_id, seq"):
        link = Link(*row.values())
        ledgers.setdefault(link.case, []).append(link)
    assert {case: first_break(ledger) for case, ledger in ledgers.items()} == dict.fromkeys(ledgers)
    stands = {row["id"]: (row["seq"], row["state"]) for row in house.rows("SELECT id, seq, state FROM cases_case")}
    assert stands == {case: (ledger[-1].seq, ledger[-1].to_state) for case, ledger in ledgers.items()}
    # A step that two machines took would stand there twice.
    for ledger in ledgers.values():
        moves = [link.move for link in ledger]
        assert len(moves) == len(set(moves)), moves


def every_reporter_was_told_once(house: House) -> None:
    """One notice for each row that is told to somebody who left an address; none for anybody else."""
    rows = house.rows("SELECT e.* FROM cases_event e JOIN cases_contact k ON k.case_id = e.case_id")
    wanted = sorted((row["case_id"], row["seq"]) for row in rows if told(_moved(row)) is not None)
    notices = house.rows("SELECT case_id, seq FROM notices_notice")
    assert wanted
    assert sorted((notice["case_id"], notice["seq"]) for notice in notices) == wanted


def every_case_was_counted_once(house: House) -> None:
    """The roll-ups agree with the ledger."""
    counted = house.rows("SELECT coalesce(sum(reported), 0)::int AS n FROM cases_tally")
    dispatched = house.rows("SELECT count(*)::int AS n FROM cases_event WHERE move = 'dispatch'")
    assert counted == dispatched


def _moved(row: Mapping[str, Any]) -> CaseMoved:
    names = ("seq", "move", "from_state", "to_state", "by_hat", "heard_at", "facts")
    return CaseMoved(case=row["case_id"], **{name: row[name] for name in names})


def _wait_until(is_so: Callable[[], bool], seconds: float, what_was_said: Callable[[], str]) -> None:
    give_up_at = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > give_up_at:
            pytest.fail(f"Not within {seconds:.0f} s. {what_was_said()[-3000:]}")
        time.sleep(0.02)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
