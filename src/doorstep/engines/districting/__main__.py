"""One question in a process of its own: a pickled call on standard input, the pickled answer on standard output.

The call is (function, buildings, options), the function one of `CALLS`. How far it has come goes to standard error, one
line a stage: `@ stage part`. A web process so never carries the compiler. Standard input comes from our own parent
alone.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

from doorstep.engines.districting import divide
from doorstep.engines.districting.trades import trades
from doorstep.engines.districting.wrong import DistrictingError

CALLS: Final[Mapping[str, Callable[..., Any]]] = {"divide": divide, "trades": trades}


def main() -> None:
    function, buildings, options = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent
    try:
        answer: object = CALLS[function](buildings, progress=tell, **options)
    except DistrictingError as error:
        answer = error
    pickle.dump(answer, sys.stdout.buffer)


def tell(stage: str, part: float) -> None:
    """Say to our parent how far it has come."""
    print("@", stage, f"{part:.4f}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
