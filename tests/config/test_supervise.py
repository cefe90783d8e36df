"""The supervisor against real processes that die, hang and start others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.config.supervise import LARGEST_LOG, Child, Process, Supervisor, wait_after

pytestmark = pytest.mark.integration


def sleeper(name: str, tmp_path: Path, then: str = "time.sleep(60)") -> Process:
    """A process that writes its number down, a line for each of its lives."""
    lives = tmp_path / f"{name}.lives"
    code = f"import os, time; open({str(lives)!r}, 'a').write(str(os.getpid()) + '\\n'); {then}"
    return Process(name, [sys.executable, "-c", code])


def lives(name: str, tmp_path: Path) -> list[int]:
    path = tmp_path / f"{name}.lives"
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def until(happens: Callable[[], bool], within_s: float = 15) -> bool:
    give_up_at = time.monotonic() + within_s
    while not happens():
        if time.monotonic() > give_up_at:
            return False
        time.sleep(0.02)
    return True


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def supervise(supervisor: Supervisor, while_it_runs: Callable[[], None]) -> None:
    """`run` belongs to the main thread, so what happens meanwhile comes from another."""
    faults: list[BaseException] = []

    def meanwhile() -> None:
        try:
            while_it_runs()
        except BaseException as fault:
            faults.append(fault)
        finally:
            supervisor.stop()

    thread = threading.Thread(target=meanwhile)
    thread.start()
    supervisor.run()
    thread.join()
    if faults:
        raise faults[0]


def test_who_is_killed_is_started_again(tmp_path: Path) -> None:
    def kill_the_worker() -> None:
        assert until(lambda: len(lives("worker", tmp_path)) == 1)
        os.kill(lives("worker", tmp_path)[0], signal.SIGKILL)
        assert until(lambda: len(lives("worker", tmp_path)) == 2)
        assert len(lives("web", tmp_path)) == 1

    supervise(Supervisor([sleeper("web", tmp_path), sleeper("worker", tmp_path)], tmp_path), kill_the_worker)


def test_what_is_no_child_of_it_is_looked_after_too(tmp_path: Path) -> None:
    looks: list[float] = []
    supervisor = Supervisor([sleeper("a", tmp_path)], tmp_path)

    def look_after() -> None:
        looks.append(time.monotonic())
        if len(looks) == 3:
            supervisor.stop()

    supervisor.run(look_after=look_after)
    assert len(looks) == 3


def test_all_have_ended_when_it_returns(tmp_path: Path) -> None:
    def wait_for_both() -> None:
        assert until(lambda: bool(lives("web", tmp_path) and lives("worker", tmp_path)))

    supervise(Supervisor([sleeper("web", tmp_path), sleeper("worker", tmp_path)], tmp_path), wait_for_both)
    assert not any(is_alive(pid) for name in ("web", "worker") for pid in lives(name, tmp_path))


def test_who_does_not_listen_is_killed_with_all_it_started(tmp_path: Path) -> None:
    deaf = (
        "import signal, subprocess, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"grandchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"open({str(tmp_path / 'grandchild.lives')!r}, 'w').write(str(grandchild.pid)); time.sleep(60)"
    )
    child = Child(sleeper("deaf", tmp_path, deaf), tmp_path / "deaf.log")
    child.start()
    assert until(lambda: bool(lives("grandchild", tmp_path)))
    child.ask_to_end()
    child.wait_or_kill(time.monotonic() + 0.3)
    assert until(lambda: not is_alive(lives("deaf", tmp_path)[0]))
    assert until(lambda: not is_alive(lives("grandchild", tmp_path)[0]))


def test_what_it_wrote_last_can_be_shown(tmp_path: Path) -> None:
    supervisor = Supervisor([Process("web", [sys.executable, "-c", "print('no door'); raise SystemExit(3)"])], tmp_path)
    supervise(supervisor, lambda: until(lambda: supervisor.last_words() == "no door") or pytest.fail("nothing said"))


def test_a_check_that_raises_stops_everything(tmp_path: Path) -> None:
    def is_up() -> bool:
        if not lives("web", tmp_path):
            return False
        raise TimeoutError

    with pytest.raises(TimeoutError):
        Supervisor([sleeper("web", tmp_path)], tmp_path).run(is_up)
    assert not is_alive(lives("web", tmp_path)[0])


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells a child that its parent was killed.")
def test_nothing_outlives_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    process = sleeper("web", tmp_path)
    code = (
        "from pathlib import Path; from doorstep.config.supervise import Process, Supervisor;"
        f"Supervisor([Process('web', {process.command!r})], Path({str(tmp_path)!r})).run()"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": "src"})
    assert until(lambda: bool(lives("web", tmp_path)))
    supervisor.kill()
    supervisor.wait()
    assert until(lambda: not is_alive(lives("web", tmp_path)[0]))


def test_ctrl_c_stops_it_and_is_no_fault(tmp_path: Path) -> None:
    process = sleeper("web", tmp_path)
    code = (
        "from pathlib import Path; from doorstep.config.supervise import Process, Supervisor;"
        f"Supervisor([Process('web', {process.command!r})], Path({str(tmp_path)!r})).run(); print('stopped')"
    )
    supervisor = subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": "src"}, stdout=subprocess.PIPE, text=True
    )
    assert until(lambda: bool(lives("web", tmp_path)))
    supervisor.send_signal(signal.SIGINT)
    said, _ = supervisor.communicate(timeout=20)
    assert (supervisor.returncode, said) == (0, "stopped\n")
    assert not is_alive(lives("web", tmp_path)[0])


def test_the_wait_doubles_and_has_an_end() -> None:
    assert [wait_after(falls) for falls in (1, 2, 3, 4, 20)] == [0.5, 1.0, 2.0, 4.0, 30.0]


def test_a_long_log_is_put_aside(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_bytes(b"x" * (LARGEST_LOG + 1))
    child = Child(Process("web", [sys.executable, "-c", "print('new')"]), log)
    child.start()
    assert child.running is not None
    child.running.wait()
    assert log.read_text() == "new\n"
    assert (tmp_path / "web.log.1").stat().st_size == LARGEST_LOG + 1
