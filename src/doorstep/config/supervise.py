"""Keeps the processes of one installation running until it is told to stop."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final, NamedTuple

LOOK_EVERY_S: Final = 0.1
FIRST_WAIT_S: Final = 0.5
LONGEST_WAIT_S: Final = 30.0
# Who has lived this long has recovered: its next fall is a first one again.
RECOVERED_AFTER_S: Final = 60.0
GRACE_S: Final = 15.0
LARGEST_LOG: Final = 10_000_000

_PR_SET_PDEATHSIG: Final = 1
# Looked up before any fork: between fork and exec nothing may be loaded.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Process(NamedTuple):
    """A process to keep: its log is named after it."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = {}


class Supervisor:
    """Starts processes, starts the dead again, ever more slowly, and stops all of them together.

    Nothing outlives it: on Linux its children end even when it is killed.
    """

    def __init__(self, processes: Sequence[Process], logs: Path) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self._children = [Child(process, logs / f"{process.name}.log") for process in processes]
        self._told_to_stop = False

    def run(self, is_up: Callable[[], bool] = lambda: True, look_after: Callable[[], None] = lambda: None) -> None:
        """Return when SIGTERM or SIGINT came, or `stop` was called, and every process has ended.

        The first process begins alone; the others follow once `is_up` says yes, so that they do not hold it up. It is
        asked again and again until then; when it raises, all are stopped. `look_after` is called as often, for what is
        no child of ours.
        """
        # One thread does everything: Linux takes a child for orphaned when the thread that started it ends.
        with self._stop_at(signal.SIGTERM, signal.SIGINT):
            try:
                was_up = False
                while not self._told_to_stop:
                    look_after()
                    for child in self._children if was_up else self._children[:1]:
                        child.look(time.monotonic())
                    was_up = was_up or is_up()
                    time.sleep(LOOK_EVERY_S)
            finally:
                stop_all(self._children)

    def stop(self) -> None:
        """Make `run` stop everything and return."""
        self._told_to_stop = True

    def last_words(self) -> str:
        """The end of the log of whoever fell last, to be shown when nothing comes up."""
        fallen = [child for child in self._children if child.falls]
        return max(fallen, key=lambda child: child.due_at).last_line() if fallen else ""

    @contextmanager
    def _stop_at(self, *signals: signal.Signals) -> Iterator[None]:
        before = {which: signal.signal(which, lambda *_: self.stop()) for which in signals}
        try:
            yield
        finally:
            for which, handler in before.items():
                signal.signal(which, handler)


class Child:
    """One process through all its lives."""

    def __init__(self, process: Process, log: Path) -> None:
        self.process = process
        self.log = log
        self.falls = 0
        self.due_at = 0.0
        self.running: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0

    def start(self) -> None:
        with self._open_log() as log:
            self.running = subprocess.Popen(
                self.process.command,
                env={**os.environ, **self.process.environment, "DOORSTEP_SUPERVISED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C in the terminal is for us; we tell them in order.
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self._started_at = time.monotonic()

    def look(self, now: float) -> None:
        """Notice a fall; start again when it is time to."""
        if self.running is not None:
            if self.running.poll() is None:
                return
            self.running = None
            self.falls = 1 if now - self._started_at > RECOVERED_AFTER_S else self.falls + 1
            self.due_at = now + wait_after(self.falls)
        elif now >= self.due_at:
            self.start()

    def ask_to_end(self) -> None:
        if self.running is not None:
            self.running.terminate()

    def wait_or_kill(self, until: float) -> None:
        """Wait for it, no longer than that; then kill it and all that it started."""
        if self.running is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.running.wait(max(0.0, until - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()

    def last_line(self) -> str:
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()
        except OSError:
            return ""
        return lines[-1] if lines else ""

    def _open_log(self) -> IO[bytes]:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        return self.log.open("ab")


def stop_all(children: Sequence[Child], grace_s: float = GRACE_S) -> None:
    """Ask all to end; whoever has not done so after the grace is killed."""
    for child in children:
        child.ask_to_end()
    until = time.monotonic() + grace_s
    for child in children:
        child.wait_or_kill(until)


def wait_after(falls: int) -> float:
    """Seconds to wait after so many falls in a row."""
    return min(FIRST_WAIT_S * 2.0 ** (falls - 1), LONGEST_WAIT_S)


def die_with_parent() -> None:
    """End this process when the one that started it ends, however that ends."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
