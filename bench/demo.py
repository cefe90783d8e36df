"""How long the demo takes to its first page: the first time on a machine, and later; and what it holds in memory.

Packages are taken as installed, since how fast they download says nothing about us. Everything is measured from
outside: the command is started as a person would, in a data folder of its own, and the first page is asked for until
it answers.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.house import machine

RESULTS = Path(__file__).parent / "results" / "demo.json"

LATER_STARTS = 5
GIVE_UP_AFTER_S = 300
FIRST_AT_MOST_S, LATER_AT_MOST_S, MEMORY_AT_MOST_MB = 90, 5, 900


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def start(home: Path, port: int) -> tuple[subprocess.Popen[bytes], float]:
    """The running demo, and seconds until its first page."""
    environment = {**os.environ, "DOORSTEP_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    began = time.perf_counter()
    command = [sys.executable, "-m", "doorstep.config.command", "demo", "--port", str(port)]
    if (doorstep := Path(sys.executable).with_name("doorstep")).exists():
        command = [str(doorstep), "demo", "--port", str(port)]
    demo = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    while time.perf_counter() - began < GIVE_UP_AFTER_S:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                if answer.status == 200:
                    return demo, time.perf_counter() - began
        except OSError:
            if demo.poll() is not None:
                raise SystemExit(f"The demo ended with {demo.returncode}.") from None
            time.sleep(0.05)
    raise SystemExit("The demo did not come up.")


def stop(demo: subprocess.Popen[bytes]) -> None:
    demo.send_signal(signal.SIGINT)
    demo.wait(60)


def memory_mb(demo: subprocess.Popen[bytes], home: Path) -> float:
    """Proportional set size of the demo and all that it started, PostgreSQL included."""
    return sum(_pss_kb(pid) for pid in _family(demo.pid) | _postgres(home)) / 1024


def _family(root: int) -> set[int]:
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
    found = {root}
    while True:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        if not more:
            return found
        found |= more


def _postgres(home: Path) -> set[int]:
    pids = list(home.rglob("postmaster.pid"))
    return _family(int(pids[0].read_text().split()[0])) if pids else set()


def _pss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def main() -> None:
    home, port = Path(tempfile.mkdtemp(prefix="doorstep-bench-")), free_port()
    home.chmod(0o755)
    try:
        demo, first_s = start(home, port)
        time.sleep(10)
        used = memory_mb(demo, home)
        stop(demo)
        later = []
        for _ in range(LATER_STARTS):
            demo, later_s = start(home, port)
            later.append(later_s)
            stop(demo)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    rows = [
        {"what": "first start, s", "measured": round(first_s, 1), "at_most": FIRST_AT_MOST_S},
        {"what": "later start, s, median", "measured": round(statistics.median(later), 2), "at_most": LATER_AT_MOST_S},
        {"what": "memory of all processes, MB", "measured": round(used), "at_most": MEMORY_AT_MOST_MB},
    ]
    for row in rows:
        print(f"{row['what']:<32} {row['measured']:>8}   at most {row['at_most']}")
    found = {"machine": machine(), "rows": rows, "later_s": [round(each, 2) for each in later]}
    RESULTS.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
