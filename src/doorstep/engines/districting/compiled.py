"""One way to compile a kernel: cached on disk, without the interpreter's lock, plain Python when numba is off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """Compile `function` on its first call from Python. The caller sets NUMBA_CACHE_DIR and NUMBA_DISABLE_JIT.

    Beware: the cache is renewed when the file of the kernel changes, not when the file of one of its steps does.
    """
    return cast(F, numba.njit(cache=True, nogil=True)(function))


def kernel_step(function: F) -> F:
    """Compile `function` as part of the kernels that call it; without an entry from Python that takes half as long."""
    inner: Any = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return cast(F, numba.njit(nogil=True, **inner)(function))


# numba compiles a function anew for each literal that is passed to it; these two are numbers like any other.
ZERO: Any = np.int64(0)
NONE: Any = np.int64(-1)
