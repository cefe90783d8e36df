"""Claim: in 1,000 random interleavings of moves by eight clients, with processes killed in between, no answered move is
lost, none is kept twice, and no row of the ledger is illegal.

The story and its checks are those of `tests/journeys/interleaving.py`, which also tests it at a tenth of the length:
`doorstep serve` with a second machine, over HTTP; every 25th case one of the web processes, the machines or PostgreSQL
is killed with -9 in the middle. Whatever is found wrong stops everything. Run alone: `python -m bench.interleavings`.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.house import machine
from bench.intake import show

RESULTS = Path(__file__).parent / "results" / "interleavings.json"
INTERLEAVINGS, KILL_EVERY = 1_000, 25


def main() -> int:
    """Print the table, write the JSON; a fault is an error."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
    from tests.journeys.interleaving import Street, interleave

    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else INTERLEAVINGS
    told = machine(clients=8, kill_every=KILL_EVERY)
    with tempfile.TemporaryDirectory(prefix="doorstep-street-") as folder:
        Path(folder).chmod(0o755)
        street = Street(Path(folder))
        try:
            street.open()
            kept = interleave(street, wanted, kill_every=KILL_EVERY)
        finally:
            street.close()
    row = {**vars(kept), "seconds": round(kept.seconds), "lost": 0, "doubled": 0, "illegal": 0}
    RESULTS.write_text(json.dumps({"machine": told, "row": row}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    row = {name: dict(value) if isinstance(value, Counter) else value for name, value in row.items()}
    show("interleavings", told, [row], ["interleavings", "attempts", "kills", "rows", "lost", "doubled", "illegal"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
