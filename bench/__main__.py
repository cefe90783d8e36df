"""Measure: `python -m bench` all of it, `python -m bench intake queue` some of it. Results go to `bench/results`.

With a folder in `BENCH_CITIES` the large cities are filled once and serve every measure; what `BENCH_BESIDE` says went
on beside is told with the results.

Each measure runs in a process of its own, one after the other, on a machine that should have nothing else to do.
`python -m bench.districting.peers` takes an hour and is only run when somebody asks for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

MEASURES = (
    "locate",
    "classify",
    "districting_real",
    "districting_by_hand",
    "districting.city",
    "districting.gaps",
    "districting.outlines",
    "intake",
    "automatic_way",
    "jobs",
    "sweep",
    "queue",
    "likeness",
    "hotline",
    "interleavings",
    "rehearsal",
    "webhooks",
    "reminder",
    "proofs",
    "first_load",
    "open311",
    "features",
    "demo",
)
ROOT = Path(__file__).resolve().parents[1]


def main(wanted: list[str]) -> int:
    """Run what is wanted; not 0 if a goal was missed or a measure fell over."""
    unknown = sorted(set(wanted) - set(MEASURES))
    if unknown:
        print(f"No such measure: {', '.join(unknown)}. There are: {', '.join(MEASURES)}.", file=sys.stderr)
        return 2
    missed = [name for name in wanted or MEASURES if not _reached(name)]
    print("All goals reached." if not missed else f"Missed: {', '.join(missed)}")
    return 1 if missed else 0


def _reached(name: str) -> bool:
    began = time.monotonic()
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    code = subprocess.run(
        [sys.executable, "-m", f"bench.{name}"], cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, check=False
    ).returncode
    print(f"== {name}: {'reached' if code == 0 else 'missed'} after {time.monotonic() - began:.0f} s", flush=True)
    return code == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
