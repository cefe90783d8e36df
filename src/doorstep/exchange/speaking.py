"""Which partner is speaking: what it does itself it is not told again, so that nothing goes round in circles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

NOBODY: Final = 0
_partner: ContextVar[int] = ContextVar("partner", default=NOBODY)


@contextmanager
def speaking(partner: int) -> Iterator[None]:
    """Everything inside is done at the word of this partner."""
    token = _partner.set(partner)
    try:
        yield
    finally:
        _partner.reset(token)


def who_speaks() -> int:
    """The partner that is speaking; `NOBODY` where people of the house act."""
    return _partner.get()
