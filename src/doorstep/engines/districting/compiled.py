"""One way to compile a kernel: cached on disk, without the interpreter's lock, plain Python when numba is off.

Where `NUMBA_DISABLE_JIT` is 1 numba is not even loaded: a process that judges a few pieces by hand needs none of its
hundred megabytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

import numpy as np

F = TypeVar("F", bound=Callable[..., Any])

COMPILES: Final = os.environ.get("NUMBA_DISABLE_JIT", "0") in ("", "0")


def kernel(function: F) -> F:
    """Compile `function` on its first call from Python. The caller sets NUMBA_CACHE_DIR and NUMBA_DISABLE_JIT.

    Beware: the cache is renewed when the file of the kernel changes, not when the file of one of its steps does.
    """
    return _compiled(function, cache=True)


def kernel_step(function: F) -> F:
    """Compile `function` as part of the kernels that call it; without an entry from Python that takes half as long."""
    return _compiled(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def _compiled(function: F, **how: Any) -> F:
    if not COMPILES:
        return function
    import numba

    return cast(F, numba.njit(nogil=True, **how)(function))


# numba compiles a function anew for each literal that is passed to it; these two are numbers like any other.
ZERO: Any = np.int64(0)
NONE: Any = np.int64(-1)
