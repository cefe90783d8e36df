"""One division in a process of its own: a pickled call on standard input, the pickled answer on standard output.

A web process so never carries the compiler. Standard input comes from our own parent alone.
"""

from __future__ import annotations

import pickle
import sys

from doorstep.engines.districting import divide
from doorstep.engines.districting.problem import DistrictingError


def main() -> None:
    buildings, options = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent
    try:
        answer: object = divide(buildings, **options)
    except DistrictingError as error:
        # Its own class may take other arguments than the one that a pickle keeps.
        answer = DistrictingError(str(error))
    pickle.dump(answer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
