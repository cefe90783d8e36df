"""What the processes of the house are told when they begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from doorstep.config.serving import Address, processes


@pytest.mark.parametrize(
    ("named", "kept_in"), [("/srv/kernels", "/srv/kernels"), ("", "home/kernels"), (None, "home/kernels")]
)
def test_compiled_kernels_are_kept_where_the_environment_says(monkeypatch, named, kept_in):
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    if named is not None:
        monkeypatch.setenv("NUMBA_CACHE_DIR", named)
    told = {
        process.environment["NUMBA_CACHE_DIR"] for process in processes(Address("127.0.0.1", 8000), 1, Path("home"))
    }
    assert told == {kept_in}
